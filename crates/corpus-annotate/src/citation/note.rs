//! The note that says where a text comes from: "Source: The Example Foundation".

use super::{Citation, Outlet, outlet};
use crate::{
    name::one_line,
    page::{Found, Page},
};
use corpus_core::Span;
use std::ops::Range;

/// Tokens that such a note may have.
const LONGEST: usize = 16;

/// The outlet that a source note names.
pub(super) fn find(page: &Page<'_>, tokens: Range<usize>, found: &mut Vec<Found<Citation>>) {
    if tokens.len() > LONGEST || tokens.len() < 3 {
        return;
    }
    let word = |at: usize| page.word(page.tokens[at]);
    let led = matches!(word(tokens.start), "Source" | "Sources" | "Via" | "From" | "SOURCE")
        && word(tokens.start + 1) == ":";
    if !led {
        return;
    }
    let start = tokens.start + 2;
    let mut end = tokens.end;
    while end > start && matches!(word(end - 1), "." | ",") {
        end -= 1;
    }
    if start >= end || !page.tokens[start].is_capitalised() {
        return;
    }
    let name = &page.text()[page.tokens[start].start as usize..page.tokens[end - 1].end as usize];
    let usual = outlet::known()
        .longest(&page.tokens[start..end])
        .filter(|(n, _)| start + n == end)
        .map_or(name, |(_, usual)| usual);
    found.push(Found {
        span: Span::new(page.tokens[tokens.start].start as usize, page.tokens[end - 1].end as usize),
        value: Citation {
            outlets: vec![Outlet {
                name: one_line(name).into_owned(),
                entity: Some(outlet::id(usual)),
                date: None,
            }],
        },
        rule: "source-note",
        confidence: 0.9,
    });
}
