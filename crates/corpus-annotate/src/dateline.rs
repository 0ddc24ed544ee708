//! Where the first sentence of a report begins: behind its dateline.

use crate::{
    page::Page,
    statement::word::Tags,
    token::{Case, Token},
};
use std::ops::Range;

/// Tokens of a dateline at the most.
const LONGEST: usize = 16;

/// Where a sentence begins behind the dateline of a report: "LIMA, 3 May (Wire) – The port has reopened."
///
/// The place is in capitals, or a day or the name of a wire stands between it and the dash.
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
    let opens = place.case == Case::Upper || is(dash - 1, Tags::CLOSE) || is_dated;
    if opens && place.is_capitalised() && token(dash + 1).is_capitalised() { dash + 1 } else { start }
}

fn is_small(token: Token) -> bool {
    token.is_word() && !token.is_capitalised()
}
