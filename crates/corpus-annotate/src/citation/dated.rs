//! When a piece appeared that a sentence cites without a date of its own.

use super::{Citation, Outlet};
use crate::{
    page::{Found, Page},
    stretch::InOrder,
    time::{Time, TimeKind, is_ahead},
};
use corpus_core::{Edtf, edtf::Precision};
use std::collections::HashMap;

/// Passages before a citation in which the date of what it is about stands.
const PASSAGES_BACK: usize = 1;
/// Times before a citation that are looked at.
const MOST_TIMES: usize = 24;

/// Dates the running citations: by a day in their own sentence; else by the piece of the same outlet that was cited
/// before; else as not before the last day that the text has told of, since a piece is about what has happened.
pub(super) fn date(page: &Page<'_>, citations: &mut [Found<Citation>]) {
    let mut known: HashMap<String, Edtf> = HashMap::new();
    for citation in citations.iter_mut().filter(|citation| citation.rule.starts_with("running")) {
        let at = citation.span.start;
        for outlet in &mut citation.value.outlets {
            let Outlet { entity: Some(entity), date, .. } = outlet else { continue };
            *date = day_of_sentence(page, at)
                .or_else(|| known.get(entity).cloned())
                .or_else(|| not_before(page, at));
            if let Some(date) = date {
                known.entry(entity.clone()).or_insert_with(|| date.clone());
            }
        }
    }
}

/// A day that stands in the sentence before the citation.
fn day_of_sentence(page: &Page<'_>, at: usize) -> Option<Edtf> {
    let start = page.sentences.before(at + 1).last()?.span.start;
    day_between(page, start, at).or_else(|| between(page, start, at, |_, _| true))
}

/// The interval from the last day that the text tells of.
fn not_before(page: &Page<'_>, at: usize) -> Option<Edtf> {
    let here = page.passages.before(at + 1).len().checked_sub(1)?;
    let first = here.saturating_sub(PASSAGES_BACK);
    let start = page.passages[first..=here]
        .iter()
        .find(|passage| passage.part == page.passages[here].part)?
        .span
        .start;
    let is_day = |edtf: &Edtf| edtf.precision() == Precision::Day;
    let day = between(page, start, at, |time, edtf| is_day(edtf) && !is_ahead(page, time))?;
    format!("{day}/..").parse().ok()
}

/// The last day between two offsets.
fn day_between(page: &Page<'_>, start: usize, end: usize) -> Option<Edtf> {
    between(page, start, end, |_, edtf| edtf.precision() == Precision::Day)
}

/// The last date between two offsets that `wanted` takes.
fn between(
    page: &Page<'_>,
    start: usize,
    end: usize,
    wanted: impl Fn(&Found<Time>, &Edtf) -> bool,
) -> Option<Edtf> {
    let times = page.facts.times.beginning_in(start..end);
    times
        .iter()
        .rev()
        .take(MOST_TIMES)
        .filter(|time| time.span.end <= end)
        .filter(|time| matches!(time.value.kind, TimeKind::Date | TimeKind::Time))
        .filter_map(|time| Some((time, time.value.edtf.as_ref()?.date())))
        .find(|(time, edtf)| !edtf.is_interval() && wanted(time, edtf))
        .map(|(_, edtf)| edtf)
}
