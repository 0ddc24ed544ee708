//! Finds named agreements by their noun: "the Budapest Memorandum", "an association agreement with the EU".

use super::Agreement;
use crate::{
    lexicon::Lexicon,
    page::{Found, Page},
    statement::word::Tags,
    token::{Case, Key, Token, TokenKind},
};
use corpus_core::{PartKind, Span};
use std::{ops::Range, sync::LazyLock};

/// Nouns of agreements, programmes, loans and plans.
const NOUNS: &[&str] = &[
    "agreement",
    "agreements",
    "treaty",
    "treaties",
    "accord",
    "accords",
    "memorandum",
    "protocol",
    "protocols",
    "convention",
    "pact",
    "programme",
    "program",
    "plan",
    "charter",
    "declaration",
    "initiative",
    "concordat",
    "compact",
    "roadmap",
    "facility",
    "package",
    "deal",
    "constitution",
    "communiqué",
    "partnership",
    "settlement",
    "armistice",
    "ceasefire",
    "loan",
    "strategy",
    "doctrine",
];
/// Those that name an agreement in lower case too, where a partner or a matter follows.
const PLAIN_NOUNS: &[&str] = &[
    "agreement",
    "agreements",
    "treaty",
    "accord",
    "accords",
    "memorandum",
    "pact",
    "protocol",
    "convention",
];
/// Words of a name.
const LONGEST: usize = 26;
/// Agreements that a mention is compared with, the latest first.
const MOST_COMPARED: usize = 64;

static NOUN: LazyLock<Lexicon<bool>> =
    LazyLock::new(|| Lexicon::new(NOUNS.iter().map(|&noun| (noun, PLAIN_NOUNS.contains(&noun)))));

/// An agreement that has been named, by the keys of its words.
struct Known {
    keys: Vec<Key>,
    noun: Key,
    id: String,
}

/// The agreements of a page, in order.
pub(super) fn agreements(page: &Page<'_>) -> Vec<Found<Agreement>> {
    let mut found = Vec::new();
    let mut known: Vec<Known> = Vec::new();
    let mut n_ids = 0;
    for passage in &page.passages {
        if passage.kind == PartKind::Comments || is_in_capitals(&page.tokens[passage.tokens.clone()]) {
            continue;
        }
        let mut at = passage.tokens.start;
        while at < passage.tokens.end {
            let Some((tokens, noun, rule)) = mention(page, passage.tokens.clone(), at) else {
                at += 1;
                continue;
            };
            at = tokens.end.max(at + 1);
            let Some(id) = identify(page, &mut known, &mut n_ids, &tokens, noun) else { continue };
            found.push(Found {
                span: Span::new(
                    page.tokens[tokens.start].start as usize,
                    page.tokens[tokens.end - 1].end as usize,
                ),
                value: Agreement { agreement: id },
                rule,
                confidence: if rule == "capitalised" { 0.8 } else { 0.55 },
            });
        }
    }
    found
}

/// Whether a passage is written in capitals throughout, so that they name nothing: "TERN FILES PLAN".
fn is_in_capitals(tokens: &[Token]) -> bool {
    let mut words = tokens.iter().filter(|token| token.is_word());
    words.next().is_some_and(|first| first.case == Case::Upper || first.end - first.start == 1)
        && words.all(|word| matches!(word.case, Case::Upper | Case::Initial))
}

/// The tokens of an agreement whose noun stands at `noun`, and the rule that finds it.
fn mention(
    page: &Page<'_>,
    passage: Range<usize>,
    noun: usize,
) -> Option<(Range<usize>, usize, &'static str)> {
    let token = page.tokens[noun];
    let plain = NOUN.get(token)?;
    if token.is_capitalised() {
        let mut start = noun;
        while start > passage.start && noun - start < 8 && is_name(page, start - 1) {
            start -= 1;
        }
        // "the Test Treaty Office": a body that is named for one.
        if page
            .tokens
            .get(noun + 1)
            .is_some_and(|next| noun + 1 < passage.end && next.spaced && next.is_capitalised())
        {
            return None;
        }
        let end = name_end(page, noun + 1, passage.end);
        let lone = start == noun && end == noun + 1;
        let begins = noun == passage.start
            || !token.spaced
            || matches!(page.word(page.tokens[noun - 1]), "." | "!" | "?");
        return (!(lone && begins)).then_some((start..end, noun, "capitalised"));
    }
    if !plain {
        return None;
    }
    let mut start = noun;
    while start > passage.start && noun - start < 4 && is_modifier(page, page.tokens[start - 1]) {
        start -= 1;
    }
    // "with the EU", "on fishing with Norway", "of December 2013"
    let led = matches!(
        page.tokens.get(noun + 1).map(|next| page.word(*next)),
        Some("with" | "on" | "between" | "of")
    );
    let mut end = noun + 1;
    let mut named = None;
    while led && end < passage.end && end < noun + 9 {
        let token = page.tokens[end];
        let tags = token.tags;
        // "with the U.S."
        let acronym = end > noun + 1 && is_stop_of_acronym(page, end);
        if token.kind == TokenKind::Mark && !acronym
            || tags.has(Tags::VERB | Tags::ANY_AUX | Tags::THAT | Tags::SUBORDINATE | Tags::RELATIVE)
                && !token.is_capitalised()
        {
            break;
        }
        end += 1;
        let year = token.kind == TokenKind::Number
            && page.word(token).len() == 4
            && page.word(token).bytes().all(|byte| byte.is_ascii_digit());
        if token.is_capitalised() || year || acronym {
            named = Some(end);
        }
    }
    let modified = (start..noun).any(|at| page.tokens[at].is_capitalised());
    match named {
        Some(end) => Some((start..end, noun, "noun-and-partner")),
        None if modified => Some((start..noun + 1, noun, "noun-and-name")),
        None => None,
    }
}

/// Whether the word at `at` belongs to a name before its noun.
fn is_name(page: &Page<'_>, at: usize) -> bool {
    let token = page.tokens[at];
    let tags = token.tags;
    token.is_capitalised()
        && !tags
            .has(Tags::DET | Tags::POSSESSIVE | Tags::SUBJECT | Tags::PREP | Tags::SUBORDINATE | Tags::TIME)
        || token.kind == TokenKind::Number && token.end - token.start == 4
}

/// One capital letter.
fn is_initial(token: Token) -> bool {
    token.case == Case::Initial && token.end - token.start == 1
}

/// Whether the token at `at` is a stop of an acronym: either of "U.S.".
fn is_stop_of_acronym(page: &Page<'_>, at: usize) -> bool {
    let is_stop = |at: usize| !page.tokens[at].spaced && page.word(page.tokens[at]) == ".";
    let goes_on = || page.tokens.get(at + 1).is_some_and(|next| !next.spaced && is_initial(*next));
    at >= 2 && is_stop(at) && is_initial(page.tokens[at - 1]) && (goes_on() || is_stop(at - 2))
}

/// Words before a noun that come to an agreement and do not describe it.
const COMING_TO: [&str; 9] =
    ["reach", "reached", "reaches", "reaching", "sign", "signed", "signs", "signing", "following"];

fn is_modifier(page: &Page<'_>, token: Token) -> bool {
    let tags = token.tags;
    token.kind == TokenKind::Word
        && !COMING_TO.contains(&page.word(token))
        && !tags.has(
            Tags::DET
                | Tags::POSSESSIVE
                | Tags::PREP
                | Tags::AND
                | Tags::ANY_AUX
                | Tags::VERB
                | Tags::TO
                | Tags::SUBORDINATE
                | Tags::SUBJECT
                | Tags::ADVERB
                | Tags::TIME,
        )
}

/// The end of a name that goes on behind its noun: "of Action", "on the Creation of the Union".
fn name_end(page: &Page<'_>, start: usize, limit: usize) -> usize {
    let mut end = start;
    let mut at = start;
    while at < limit && at < start + LONGEST {
        let token = page.tokens[at];
        let tags = token.tags;
        if tags.has(Tags::TIME) && token.is_capitalised() {
            break;
        }
        let small = tags.has(Tags::DET | Tags::AND | Tags::TO)
            || matches!(page.word(token), "of" | "on" | "for" | "between" | "against" | "from");
        if token.kind == TokenKind::Word && token.is_capitalised() {
            end = at + 1;
        } else if !small || at > end + 2 {
            break;
        }
        at += 1;
    }
    end
}

/// The local id of an agreement: that of one which begins or ends with the same words, or else a new one. A noun alone
/// ("the Treaty") is the last with that noun, and nothing where there is none.
fn identify(
    page: &Page<'_>,
    known: &mut Vec<Known>,
    n_ids: &mut usize,
    tokens: &Range<usize>,
    noun: usize,
) -> Option<String> {
    let keys: Vec<Key> = page.tokens[tokens.clone()]
        .iter()
        .filter(|token| token.kind != TokenKind::Mark)
        .map(|token| token.key)
        .collect();
    let noun = page.tokens[noun].key;
    let lone = keys.len() == 1;
    let same = known.iter().rev().take(MOST_COMPARED).find(|other| {
        other.noun == noun
            && (lone
                || other.keys.starts_with(&keys)
                || other.keys.ends_with(&keys)
                || keys.starts_with(&other.keys)
                || keys.ends_with(&other.keys))
    });
    if let Some(same) = same {
        let id = same.id.clone();
        if !lone && same.keys != keys {
            known.push(Known { keys, noun, id: id.clone() });
        }
        return Some(id);
    }
    if lone {
        return None;
    }
    *n_ids += 1;
    let id = format!("agreement-{n_ids}");
    known.push(Known { keys, noun, id: id.clone() });
    Some(id)
}
