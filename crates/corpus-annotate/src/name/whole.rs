//! Names by what stands beside them: a firm before its "and Co", an acronym before its last stop or behind what it is
//! short for.

use super::{NameKind, gazetteer::Traits, tagger::Mention};
use crate::{
    page::Page,
    token::{Case, Token},
};
use std::collections::HashSet;

/// The rule of an acronym that stands behind what it is short for.
pub(super) const EXPANDED: &str = "expansion";

/// What ends the name of a firm behind "and".
const PARTNERS: [&str; 6] = ["Co", "Company", "Sons", "Bros", "Associates", "Partners"];

/// Those that a country or a town has as well: "France and Partners".
const ALLIES: [&str; 3] = ["Company", "Associates", "Partners"];

/// Words that the first partners of a firm have at the most: "Goldman" of "Goldman, Sachs and Co".
const MOST_WORDS: usize = 2;

/// The mentions, with firms that are named by their partners in one piece: "Lopes and Co Inc", "Tern, Lopes & Sons".
pub(super) fn firms(page: &Page<'_>, found: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(found.len());
    let mut passages = page.passages.iter().map(|passage| &passage.tokens).peekable();
    for mut mention in found {
        if out.last().is_some_and(|before| mention.tokens.start < before.tokens.end) {
            continue;
        }
        while passages.next_if(|passage| passage.end <= mention.tokens.start).is_some() {}
        let Some(&passage) = passages.peek() else {
            out.push(mention);
            continue;
        };
        if let Some(start) = firm_start(page, &mention, passage.start, out.last()) {
            (mention.tokens.start, mention.start) = (start, page.tokens[start].start as usize);
            (mention.kind, mention.rule) = (NameKind::Org, "firm");
            while out.last().is_some_and(|before| start < before.tokens.end) {
                out.pop();
            }
        }
        if let Some((and, end)) = firm_end(page, &mention, passage.end) {
            if and - mention.tokens.start <= MOST_WORDS {
                while let Some(before) = out.last().filter(|before| is_partner(page, before, &mention)) {
                    (mention.tokens.start, mention.start) = (before.tokens.start, before.start);
                    out.pop();
                }
            }
            mention.tokens.end = end;
            mention.end = page.tokens[end - 1].end as usize;
            (mention.kind, mention.rule) = (NameKind::Org, "firm");
        }
        out.push(mention);
    }
    out
}

/// Where a firm begins of whose name only "Sons" or "Co Inc" was taken: at the capitals before its "and", in its passage.
fn firm_start(page: &Page<'_>, mention: &Mention, passage: usize, before: Option<&Mention>) -> Option<usize> {
    let first = mention.tokens.start;
    let and = (passage..first).next_back().filter(|&at| matches!(page.word(page.tokens[at]), "and" | "&"))?;
    let partner = page.word(page.tokens[first]);
    let is_place = before.is_some_and(|before| before.tokens.end == and && before.kind == NameKind::Loc);
    if !PARTNERS.contains(&partner) || is_place && ALLIES.contains(&partner) {
        return None;
    }
    let names = (and.saturating_sub(MOST_WORDS).max(passage)..and).rev();
    names.take_while(|&at| page.tokens[at].is_word() && page.tokens[at].is_capitalised()).last()
}

/// The "and" of a firm that is named with its "and Co Inc" or up to it, and the token behind its end, in a passage that
/// ends at a token.
fn firm_end(page: &Page<'_>, mention: &Mention, passage: usize) -> Option<(usize, usize)> {
    let is_and = |at: usize| matches!(page.word(page.tokens[at]), "and" | "&");
    let end = mention.tokens.end;
    let and = if mention.tokens.len() > 2 && is_and(end - 2) { end - 2 } else { end };
    let [_, partner, tail @ ..] = page.tokens.get(and..passage).filter(|_| and < passage && is_and(and))?
    else {
        return None;
    };
    let partner = page.word(*partner);
    if !PARTNERS.contains(&partner) || mention.kind == NameKind::Loc && ALLIES.contains(&partner) {
        return None;
    }
    let is_tail =
        |token: &&Token| token.is_word() && token.is_capitalised() && token.traits.any(Traits::ORG_TAIL);
    Some((and, and + 2 + tail.iter().take_while(is_tail).count()))
}

/// Whether a name is a partner before others, with a comma between: of two words a person is somebody else.
fn is_partner(page: &Page<'_>, before: &Mention, mention: &Mention) -> bool {
    let most = match before.kind {
        NameKind::Org => MOST_WORDS,
        NameKind::Per => 1,
        NameKind::Loc => 0,
    };
    before.tokens.end + 1 == mention.tokens.start
        && page.word(page.tokens[before.tokens.end]) == ","
        && before.tokens.len() <= most
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

/// Makes bodies of all names that stand somewhere right behind the body that they are short for: "ICO" of "International
/// Coffee Organization (ICO)", also where a town is called so.
pub(super) fn expanded(page: &Page<'_>, mentions: &mut [Mention]) {
    let short = |mention: &Mention| {
        let token = page.tokens[mention.tokens.start];
        (mention.tokens.len() == 1 && token.case == Case::Upper).then_some(token.key)
    };
    let is_expanded = |pair: &[Mention]| {
        let [body, acronym] = pair else { return false };
        body.kind == NameKind::Org
            && body.tokens.len() > 1
            && acronym.kind != NameKind::Org
            && acronym.tokens.start == body.tokens.end + 1
            && matches!(page.word(page.tokens[body.tokens.end]), "(" | ",")
            && page.tokens[body.tokens.clone()]
                .iter()
                .filter(|token| token.is_word() && token.is_capitalised())
                .map(|token| page.first_char(*token))
                .eq(page.word(page.tokens[acronym.tokens.start]).chars())
    };
    let found = mentions.windows(2).filter(|pair| is_expanded(pair)).filter_map(|pair| short(&pair[1]));
    let found: HashSet<_> = found.collect();
    for mention in mentions {
        if mention.kind != NameKind::Org && short(mention).is_some_and(|key| found.contains(&key)) {
            (mention.kind, mention.rule) = (NameKind::Org, EXPANDED);
        }
    }
}
