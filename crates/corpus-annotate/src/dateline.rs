//! Where the first sentence of a report begins: behind its dateline.

use crate::{
    name::gazetteer::{KnownKind, gazetteer},
    page::Page,
    statement::word::Tags,
    token::{Case, Token},
};
use std::ops::Range;

/// Tokens of a dateline at the most.
const LONGEST: usize = 16;

/// Where a sentence begins behind the dateline of a report: "LIMA, 3 May (Wire) – The port has reopened."
///
/// The place is in capitals, or a day or the name of a wire stands between it and the dash. Two nations or bodies with a
/// noun of both behind them are no place and what is told of it: "NATO – Russia talks".
pub(crate) fn behind(page: &Page<'_>, sentence: &Range<usize>) -> usize {
    let Range { start, end } = *sentence;
    let token = |at: usize| page.tokens[at];
    let is = |at: usize, tags: Tags| token(at).tags.has(tags);
    let dash = (start + 1..end.min(start + LONGEST)).find(|&at| is(at, Tags::DASH));
    let Some(dash) = dash.filter(|&dash| token(dash).spaced && dash + 2 < end) else {
        return start;
    };
    let mut depth = 0_u32;
    let mut is_dated = false;
    for at in start..dash {
        match page.word(token(at)) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if is(at, Tags::TIME) => is_dated = true,
            _ if is_small(token(at)) => return start,
            _ => {}
        }
    }
    let place = token(start);
    // "Lee's March 3 – April 5 visit"
    let is_dated = is_dated && ![start, dash + 1].into_iter().any(|at| is(at, Tags::TIME | Tags::PREP));
    if is_pair(page, start..dash, dash + 1..end) {
        return start;
    }
    let opens = place.case == Case::Upper || is(dash - 1, Tags::CLOSE) || is_dated;
    if opens && place.is_capitalised() && token(dash + 1).is_capitalised() { dash + 1 } else { start }
}

/// Whether all before a dash names a nation or body, and what is behind it another one with a noun: "NATO – Russia talks",
/// but "KENYA – Ghana has", "KENYA – Ghana and Togo".
fn is_pair(page: &Page<'_>, before: Range<usize>, behind: Range<usize>) -> bool {
    let holds = |kind| matches!(kind, KnownKind::Country | KnownKind::Organisation);
    let known = |tokens: Range<usize>| {
        let found = gazetteer().longest(&page.tokens[tokens]);
        found.filter(|(_, known)| holds(known.kind))
    };
    let Some((_, one)) = known(before.clone()).filter(|(len, _)| *len == before.len()) else { return false };
    let Some((len, other)) = known(behind.clone()) else { return false };
    let next = behind.start + len;
    one.entity != other.entity
        && next < behind.end
        && is_small(page.tokens[next])
        && !page.tokens[next].tags.has(
            Tags::VERB
                | Tags::ANY_AUX
                | Tags::PREP
                | Tags::AND
                | Tags::BUT
                | Tags::NOT
                | Tags::ADVERB
                | Tags::TIME,
        )
        && !page.word(page.tokens[next]).ends_with("ed")
}

fn is_small(token: Token) -> bool {
    token.is_word() && !token.is_capitalised()
}
