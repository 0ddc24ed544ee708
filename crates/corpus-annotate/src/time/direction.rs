//! Which way a sentence points: to what was, or to what is to come.

use crate::{
    lexicon::Lexicon,
    statement::word::Tags,
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

const PAST: [&str; 70] = [
    "agreed",
    "died",
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

/// What is still to begin, or to happen, where a date follows: "the trial begins on Friday", "classes start Monday".
/// With whether one thing does it, and not several.
const TO_BEGIN: [(&str, bool); 19] = [
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
    ("premiere", false),
    ("premieres", true),
    ("airs", true),
    ("closes", true),
    ("ends", true),
    ("departs", true),
    ("leaves", true),
];

/// The same of several words.
const TO_HAPPEN: [(&str, &str); 4] =
    [("takes", "place"), ("take", "place"), ("goes", "ahead"), ("goes", "live")];
/// What goes on to a date: "the term runs to 2031".
const LASTS: [&str; 4] = ["runs", "lasts", "extends", "continues"];

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

/// Verbs of who means to do what follows "to".
const INTENTS: [&str; 14] = [
    "agreed",
    "aimed",
    "decided",
    "hoped",
    "intended",
    "meant",
    "offered",
    "pledged",
    "promised",
    "proposed",
    "threatened",
    "vowed",
    "voted",
    "wanted",
];
/// What may be.
const MODALS: [Key; 4] = [Key::ascii("can"), Key::ascii("could"), Key::ascii("may"), Key::ascii("might")];

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
    let nearest = before.clone().rev().find_map(|index| Some((index, cue(index)?)));
    match nearest {
        Some((index, Direction::Past)) if describes(text, tokens, before.clone(), index) => {
            let led = (before.start..index).rev().take_while(|&at| !ends_clause(text, tokens, at));
            let verb = led.filter(|&at| !describes(text, tokens, before.clone(), at)).find_map(cue);
            verb.unwrap_or(Direction::Past)
        }
        // "agreed in May to pay in June"
        Some((index, Direction::Past)) if INTENTS.contains(&&text[tokens[index].span()]) => {
            let means = |at: usize| {
                let small = Tags::DET | Tags::POSSESSIVE | Tags::PREP;
                tokens[at].key == TO && tokens[at + 1].case == Case::Lower && !tokens[at + 1].tags.has(small)
            };
            // "agreed to press on despite Sunday's defeat"
            let led = tokens[expression.start - 1].tags.has(Tags::PREP);
            let is_meant = led && (index + 1..expression.start - 1).any(means);
            if is_meant { Direction::Future } else { Direction::Past }
        }
        Some((_, direction)) => direction,
        None => after.clone().find_map(cue).unwrap_or(Direction::Open),
    }
}

/// Verbs whose date may be that of what is spoken of, and not their own: "announced a vote on May 3".
const OF_ANOTHER: [&str; 26] = [
    "announced",
    "said",
    "told",
    "set",
    "called",
    "moved",
    "postponed",
    "delayed",
    "rescheduled",
    "extended",
    "adjourned",
    "fixed",
    "invited",
    "offered",
    "asked",
    "ordered",
    "wanted",
    "agreed",
    "booked",
    "had",
    "did",
    "put",
    "sought",
    "gave",
    "got",
    "confirmed",
];
/// Tokens between a verb and its date.
const DONE_REACH: usize = 5;

/// Whether the verb that the date at `at` stands with says that it was: "was closed on May 3", "died in Ely on May 3",
/// but not "announced a vote on May 3" or "bills that close on May 3".
pub(super) fn is_done(text: &str, tokens: &[Token], first: usize, at: usize) -> bool {
    let word = |at: usize| &text[tokens[at].span()];
    let Some(on) = at.checked_sub(1).filter(|&on| on > first && [ON, IN].contains(&tokens[on].key)) else {
        return false;
    };
    let low = first.max(on.saturating_sub(DONE_REACH));
    for verb in (low..on).rev() {
        let token = tokens[verb];
        let ends =
            Tags::RELATIVE | Tags::THAT | Tags::TO | Tags::SUBORDINATE | Tags::AND | Tags::BUT | Tags::COMMA;
        if token.tags.has(ends) || !token.is_word() && !token.tags.has(Tags::DET) {
            return false;
        }
        if cue(text, tokens, verb) == Some(Direction::Past) && !describes(text, tokens, first..at, verb) {
            let be = [WAS, WERE, HAD].contains(&token.key);
            return !be && !OF_ANOTHER.contains(&word(verb));
        }
    }
    false
}

/// Whether a word in "-ed" describes the noun behind it, and is no verb: "to invited guests", "at the renovated hall".
fn describes(text: &str, tokens: &[Token], within: Range<usize>, at: usize) -> bool {
    let word = |at: usize| &text[tokens[at].span()];
    let is_led = |at: usize| {
        let small = Tags::DET | Tags::POSSESSIVE | Tags::PREP;
        tokens[at].tags.has(small) && tokens[at].key != HAD && word(at) != "that"
    };
    let mut before = at;
    while before > within.start && tokens[before - 1].tags.has(Tags::ADVERB) {
        before -= 1;
    }
    let noun = tokens.get(at + 1).filter(|_| at + 1 < within.end).is_some_and(|next| {
        next.is_word()
            && !next.tags.has(Tags::PREP | Tags::DET | Tags::TIME | Tags::AND | Tags::TO | Tags::ADVERB)
    });
    word(at).ends_with("ed") && noun && before > within.start && is_led(before - 1)
}

/// Whether another clause begins at a token.
fn ends_clause(text: &str, tokens: &[Token], at: usize) -> bool {
    let marks = Tags::COMMA | Tags::SEMICOLON | Tags::COLON | Tags::OPEN | Tags::CLOSE | Tags::DASH;
    let joins = Tags::RELATIVE | Tags::THAT | Tags::BUT | Tags::SUBORDINATE;
    tokens[at].tags.has(marks | joins) && &text[tokens[at].span()] != "as"
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
    let verb = if [ON, IN, FROM, TO].contains(&tokens[last].key) { before(last) } else { Some(last) };
    let Some(verb) = verb.filter(|verb| tokens[*verb].case == Case::Lower) else { return false };
    let word = |at: usize| &text[tokens[at].span()];
    if tokens[last].key == TO && LASTS.contains(&word(verb))
        || before(verb).is_some_and(|first| TO_HAPPEN.contains(&(word(first), word(verb))))
    {
        return true;
    }
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

/// "may open", "could be sold", but "could not open", "can only have opened".
fn modal(tokens: &[Token], index: usize) -> Option<Direction> {
    if !MODALS.contains(&tokens[index].key) {
        return None;
    }
    let next = tokens[index + 1..].iter().find(|next| !next.tags.has(Tags::ADVERB))?;
    let leads = next.is_word() && !next.tags.has(Tags::HAVE | Tags::NOT);
    (tokens[index].case == Case::Lower && leads).then_some(Direction::Future)
}

fn cue(text: &str, tokens: &[Token], index: usize) -> Option<Direction> {
    let token = tokens[index];
    if !token.is_word() {
        return None;
    }
    let word = &text[token.span()];
    // "is to open", "a hall to be torn down", but "was to be" and "is said to be"
    if token.key == TO && index > 0 {
        let before = tokens[index - 1];
        let be = tokens.get(index + 1).is_some_and(|next| next.key == BE);
        let verb = || before.tags.has(Tags::VERB | Tags::ANY_AUX) || text[before.span()].ends_with("ed");
        if [IS, ARE].contains(&before.key) || be && !verb() {
            return Some(Direction::Future);
        }
    }
    let past =
        || token.case == Case::Lower && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    let found =
        CUES.get(token).or_else(|| past().then_some(Direction::Past)).or_else(|| modal(tokens, index))?;
    // "the plan", "his plans": what somebody has, and nothing to come.
    let noun = found == Direction::Future && word.starts_with("plan") && word.len() <= 5;
    if noun && index > 0 && OWNERS.contains(&&text[tokens[index - 1].span()]) {
        return None;
    }
    // "to be held", "may be signed"
    let passive = index > 0 && tokens[index - 1].key == BE;
    Some(if passive { Direction::Future } else { found })
}
