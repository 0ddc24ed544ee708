//! Which way a sentence points: to what was, or to what is to come.

use crate::{
    lexicon::Lexicon,
    token::{Case, Key, Token},
};
use std::{ops::Range, sync::LazyLock};

/// Whether what is said lies in the past or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    /// Not said.
    Open,
}

const PAST: [&str; 68] = [
    "was",
    "were",
    "had",
    "did",
    "said",
    "told",
    "met",
    "held",
    "took",
    "made",
    "came",
    "went",
    "gave",
    "became",
    "began",
    "left",
    "won",
    "lost",
    "paid",
    "sent",
    "saw",
    "found",
    "got",
    "rose",
    "fell",
    "grew",
    "wrote",
    "spoke",
    "led",
    "kept",
    "brought",
    "bought",
    "built",
    "sold",
    "stood",
    "thought",
    "knew",
    "broke",
    "chose",
    "drew",
    "drove",
    "flew",
    "fought",
    "hit",
    "put",
    "ran",
    "shot",
    "showed",
    "sank",
    "spent",
    "struck",
    "swore",
    "taught",
    "tore",
    "threw",
    "understood",
    "withdrew",
    "heard",
    "born",
    "done",
    "arose",
    "hung",
    "laid",
    "lay",
    "meant",
    "sought",
    "shook",
    "slept",
];

const FUTURE: [&str; 25] = [
    "supposed",
    "will",
    "won't",
    "shall",
    "would",
    "scheduled",
    "planned",
    "plans",
    "plan",
    "planning",
    "expected",
    "expects",
    "due",
    "upcoming",
    "forthcoming",
    "intends",
    "deadline",
    "next",
    "slated",
    "ahead",
    "prepares",
    "preparing",
    "future",
    "hopes",
    "wants",
];

/// What is still to begin where a date follows: "the trial begins on Friday", "classes start Monday".
/// With whether one thing does it, and not several.
const TO_BEGIN: [(&str, bool); 12] = [
    ("begin", false),
    ("begins", true),
    ("start", false),
    ("starts", true),
    ("resume", false),
    ("resumes", true),
    ("open", false),
    ("opens", true),
    ("reopen", false),
    ("reopens", true),
    ("expire", false),
    ("expires", true),
];

static BEGINS: LazyLock<Lexicon<bool>> = LazyLock::new(|| Lexicon::new(TO_BEGIN));

/// Words right before a date that say which way it lies.
const LEADING: [(&str, Direction); 4] = [
    ("by", Direction::Future),
    ("until", Direction::Future),
    ("till", Direction::Future),
    ("since", Direction::Past),
];

static LEADS: LazyLock<Lexicon<Direction>> = LazyLock::new(|| Lexicon::new(LEADING));

/// Words before "plan" that make a noun of it.
const OWNERS: [&str; 9] = ["a", "the", "his", "her", "its", "their", "this", "that", "’s"];

const BE: Key = Key::ascii("be");
const TO: Key = Key::ascii("to");
const BY: Key = Key::ascii("by");
const ON: Key = Key::ascii("on");
const IN: Key = Key::ascii("in");
const FROM: Key = Key::ascii("from");
const HAD: Key = Key::ascii("had");
const WAS: Key = Key::ascii("was");
const WERE: Key = Key::ascii("were");
const IS: Key = Key::ascii("is");
const ARE: Key = Key::ascii("are");

static CUES: LazyLock<Lexicon<Direction>> = LazyLock::new(|| {
    let past = PAST.map(|word| (word, Direction::Past));
    Lexicon::new(past.into_iter().chain(FUTURE.map(|word| (word, Direction::Future))))
});

/// How far a cue may stand from the expression, in tokens.
const REACH: usize = 18;

/// Which way the sentence points at an expression: the nearest cue before it decides, else the first after it.
pub(super) fn direction(
    text: &str,
    tokens: &[Token],
    sentence: Range<usize>,
    expression: Range<usize>,
) -> Direction {
    let lead = (expression.start > sentence.start).then(|| LEADS.get(tokens[expression.start - 1]));
    let before = sentence.start.max(expression.start.saturating_sub(REACH))..expression.start;
    if let Some(Some(direction)) = lead {
        let lead = tokens[expression.start - 1];
        let was = || lead.key == BY && was_by(text, tokens, before.start..expression.start - 1);
        return if was() { Direction::Past } else { direction };
    }
    if begins(text, tokens, sentence.start, expression.start) {
        return Direction::Future;
    }
    let after = expression.end..sentence.end.min(expression.end + REACH);
    let cue = |index: usize| cue(text, tokens, index);
    before.rev().find_map(cue).or_else(|| after.clone().find_map(cue)).unwrap_or(Direction::Open)
}

/// Whether "by" leads to what was already: "had been signed by Thursday", but "was told to leave by Thursday".
fn was_by(text: &str, tokens: &[Token], before: Range<usize>) -> bool {
    for index in before.rev() {
        let key = tokens[index].key;
        if key == TO {
            return false;
        }
        if let Some(direction) = cue(text, tokens, index)
            && ([HAD, WAS, WERE].contains(&key) || direction == Direction::Future)
        {
            return direction == Direction::Past;
        }
    }
    false
}

/// Whether what begins stands before the date at `at`, with "on" or "in" between or without.
fn begins(text: &str, tokens: &[Token], first: usize, at: usize) -> bool {
    let before = |at: usize| at.checked_sub(1).filter(|before| *before >= first);
    let Some(last) = before(at) else { return false };
    let verb = if [ON, IN, FROM].contains(&tokens[last].key) { before(last) } else { Some(last) };
    let Some(verb) = verb.filter(|verb| tokens[*verb].case == Case::Lower) else { return false };
    // "The vote is on Friday."
    if verb + 1 == last && tokens[last].key == ON && [IS, ARE].contains(&tokens[verb].key) {
        return true;
    }
    // "classes start", "set to open", but "a bright start", "was open"
    let many = || {
        before(verb)
            .is_some_and(|before| tokens[before].key == TO || text[tokens[before].span()].ends_with('s'))
    };
    BEGINS.get(tokens[verb]).is_some_and(|one| one || many())
}

fn cue(text: &str, tokens: &[Token], index: usize) -> Option<Direction> {
    let token = tokens[index];
    if !token.is_word() {
        return None;
    }
    let word = &text[token.span()];
    // "is to open"
    if token.key == TO && index > 0 && [IS, ARE].contains(&tokens[index - 1].key) {
        return Some(Direction::Future);
    }
    let past =
        || token.case == Case::Lower && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    let found = CUES.get(token).or_else(|| past().then_some(Direction::Past))?;
    // "the plan", "his plans": what somebody has, and nothing to come.
    let noun = found == Direction::Future && word.starts_with("plan") && word.len() <= 5;
    if noun && index > 0 && OWNERS.contains(&&text[tokens[index - 1].span()]) {
        return None;
    }
    // "to be held", "may be signed"
    let passive = index > 0 && tokens[index - 1].key == BE;
    Some(if passive { Direction::Future } else { found })
}
