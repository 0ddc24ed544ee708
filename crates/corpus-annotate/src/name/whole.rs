//! Names that were cut: a firm before its "and Co", an acronym before its last stop.

use super::{NameKind, gazetteer::Traits, tagger::Mention};
use crate::page::Page;

/// What ends the name of a firm behind "and".
const PARTNERS: [&str; 6] = ["Co", "Company", "Sons", "Bros", "Associates", "Partners"];

/// Words that the first partners of a firm have at the most: "Goldman" of "Goldman, Sachs and Co".
const MOST_WORDS: usize = 2;

/// The mentions, with firms that are named by their partners in one piece: "Lopes and Co Inc", "Tern, Lopes & Sons".
pub(super) fn firms(page: &Page<'_>, found: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(found.len());
    for mut mention in found {
        if out.last().is_some_and(|before| mention.tokens.start < before.tokens.end) {
            continue;
        }
        if let Some(start) = firm_start(page, &mention) {
            (mention.tokens.start, mention.start) = (start, page.tokens[start].start as usize);
            (mention.kind, mention.rule) = (NameKind::Org, "firm");
            if out.last().is_some_and(|before| mention.tokens.start < before.tokens.end) {
                out.pop();
            }
        }
        if let Some(end) = firm_end(page, mention.tokens.end) {
            while let Some(before) = out.last().filter(|before| is_partner(page, before, &mention)) {
                (mention.tokens.start, mention.start) = (before.tokens.start, before.start);
                out.pop();
            }
            mention.tokens.end = end;
            mention.end = page.tokens[end - 1].end as usize;
            (mention.kind, mention.rule) = (NameKind::Org, "firm");
        }
        out.push(mention);
    }
    out
}

/// Where a firm begins of whose name only "Sons" or "Co Inc" was taken: at the capitals before its "and".
fn firm_start(page: &Page<'_>, mention: &Mention) -> Option<usize> {
    let first = mention.tokens.start;
    let and = first.checked_sub(1).filter(|&at| matches!(page.word(page.tokens[at]), "and" | "&"))?;
    if !PARTNERS.contains(&page.word(page.tokens[first])) {
        return None;
    }
    let names = (and.saturating_sub(MOST_WORDS)..and).rev();
    names.take_while(|&at| page.tokens[at].is_word() && page.tokens[at].is_capitalised()).last()
}

/// The token behind the end of a firm of which a name ends before `at`: behind "and Co Inc".
fn firm_end(page: &Page<'_>, at: usize) -> Option<usize> {
    let word = |at: usize| page.tokens.get(at).map_or("", |token| page.word(*token));
    if !matches!(word(at), "and" | "&") || !PARTNERS.contains(&word(at + 1)) {
        return None;
    }
    let mut end = at + 2;
    while page
        .tokens
        .get(end)
        .is_some_and(|token| token.is_word() && token.is_capitalised() && token.traits.any(Traits::ORG_TAIL))
    {
        end += 1;
    }
    Some(end)
}

/// Whether a name is the partner before another, with a comma between.
fn is_partner(page: &Page<'_>, before: &Mention, mention: &Mention) -> bool {
    before.tokens.end + 1 == mention.tokens.start
        && page.word(page.tokens[before.tokens.end]) == ","
        && before.kind != NameKind::Loc
        && before.tokens.len() <= MOST_WORDS
        && mention.tokens.len() <= MOST_WORDS
}

/// Gives acronyms the stop that a cut took for the end of a sentence, or of a headline’s word: "U.S" is "U.S.".
pub(super) fn acronyms(page: &Page<'_>, mentions: &mut [Mention]) {
    for mention in mentions {
        let end = mention.tokens.end;
        if mention.tokens.len() < 3 || mention.end != page.tokens[end - 1].end as usize {
            continue;
        }
        let is = |at: usize, mark: bool| {
            let token = page.tokens[at];
            !token.spaced && if mark { page.word(token) == "." } else { token.end - token.start == 1 }
        };
        if is(end - 1, false) && is(end - 2, true) && end < page.tokens.len() && is(end, true) {
            mention.tokens.end = end + 1;
            mention.end = page.tokens[end].end as usize;
        }
    }
}
