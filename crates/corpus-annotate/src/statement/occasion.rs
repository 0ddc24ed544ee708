//! The occasion of a statement: when it was made, and on whose report.

use super::{Statement, clause::Reading, draft::Draft};
use crate::{
    citation::{Citation, Outlet},
    dateline,
    page::{Found, Page, Passage},
    sentence::Sentence,
    stretch::InOrder,
    time::TimeKind,
};
use corpus_core::{Edtf, Span, edtf::Precision};
use std::ops::Range;

/// Times of a sentence that are looked at for the date of what was said.
const TIME_REACH: usize = 16;
/// Names of a sentence that are looked at for outlets.
const NAME_REACH: usize = 64;
/// Citations behind a statement that are looked at for the one that closes its sentences.
const CITATION_REACH: usize = 16;

/// The date that stands with the verb of speech, and not within what was said.
pub(super) fn said_on(reading: &Reading<'_, '_>, draft: &Draft, hull: Span) -> Option<Edtf> {
    let page = reading.page;
    let cue = page.tokens[draft.cue.as_ref()?.start].start as usize;
    let Sentence { span: sentence, tokens, .. } = page.sentences.before(cue + 1).last()?;
    let (start, end) = (sentence.start.min(hull.start), sentence.end);
    let inside = |at: usize| {
        draft.content.iter().any(|piece| {
            (page.tokens[piece.start].start as usize) <= at && at < page.tokens[piece.end - 1].end as usize
        })
    };
    let cited = |at: usize| page.facts.citations.over(at).is_some();
    // An article tells nothing that is said after it came out.
    let published = page.published_at(cue).and_then(|date| date.bounds().1);
    let may_be = |date: &Edtf| published.is_none_or(|last| date.bounds().0.is_none_or(|first| first <= last));
    let times = page.facts.times.beginning_in(start..end);
    let opening = page.token_at(start);
    let behind = dateline::behind(page, tokens);
    times
        .iter()
        .take(TIME_REACH)
        .filter(|time| matches!(time.value.kind, TimeKind::Date | TimeKind::Time))
        .filter(|time| !inside(time.span.start) && !cited(time.span.start))
        .filter(|time| time.value.edtf.as_ref().is_none_or(may_be))
        .filter(|time| {
            let tokens = page.token_at(time.span.start)..page.token_at(time.span.end);
            let first = if tokens.start < behind { opening } else { behind };
            reading.is_moment(draft, first, &tokens)
        })
        .min_by_key(|time| time.span.start.abs_diff(cue))
        .and_then(|time| time.value.edtf.as_ref().map(Edtf::date))
}

/// Gives each statement the outlets that report it: those of the citation in brackets that closes its sentence or a
/// later one of the paragraph, up to the citation before; else those that its own sentence names.
pub(super) fn cite(page: &Page<'_>, statements: &mut [Found<Statement>]) {
    let citations = &page.facts.citations;
    if citations.is_empty() {
        return;
    }
    for statement in statements {
        let end = statement.span.end;
        let Some(passage) = page.passages.over(end.saturating_sub(1)) else { continue };
        let closing = citations
            .touching(end..passage.span.end)
            .iter()
            .take(CITATION_REACH)
            .find(|citation| citation.rule.starts_with("brackets"));
        let running = || citations.touching(statement.span.range()).first();
        let Some(citation) = closing.or_else(running) else { continue };
        let outlets = chosen(page, passage, citation, statement);
        if statement.value.said_on.is_none() {
            statement.value.said_on = date_of(&outlets);
        }
        statement.value.outlets = outlets;
    }
}

/// The outlets of a citation that report a statement. Where they are of several dates, they are those that its sentence
/// names, or of the date that the statement has, or of the only date that the text before the citation gives to nothing
/// else: after "the warning of May 3 … was taken back (Radio Norte, May 3; Sol TV, May 9)" the warning is the radio’s.
/// Where nothing tells, they are all of them.
fn chosen(
    page: &Page<'_>,
    passage: &Passage,
    citation: &Found<Citation>,
    statement: &Found<Statement>,
) -> Vec<Outlet> {
    let outlets = &citation.value.outlets;
    if dates(outlets).len() < 2 {
        return outlets.clone();
    }
    let those = |wanted: &dyn Fn(&Outlet) -> bool| -> Option<Vec<Outlet>> {
        let those: Vec<Outlet> = outlets.iter().filter(|outlet| wanted(outlet)).cloned().collect();
        (dates(&those).len() == 1).then_some(those)
    };
    let named = || {
        let sentence = page.sentences.over(statement.span.end.saturating_sub(1))?;
        let names = named_in(page, sentence.span.start..sentence.span.end.min(citation.span.start));
        those(&|outlet| outlet.entity.as_deref().is_some_and(|entity| names.contains(&entity)))
    };
    let own = || {
        let said_on = statement.value.said_on.as_ref()?;
        those(&|outlet| outlet.date.as_ref() == Some(said_on))
    };
    let left = || {
        if statement.value.said_on.is_some() {
            return None;
        }
        let told = days(page, stretch(page, passage, citation));
        those(&|outlet| outlet.date.as_ref().is_some_and(|date| !told.contains(date)))
    };
    named().or_else(own).or_else(left).unwrap_or_else(|| outlets.clone())
}

/// The different dates of outlets, in their order.
fn dates(outlets: &[Outlet]) -> Vec<&Edtf> {
    let mut dates: Vec<&Edtf> = Vec::new();
    for date in outlets.iter().filter_map(|outlet| outlet.date.as_ref()) {
        if !dates.contains(&date) {
            dates.push(date);
        }
    }
    dates
}

/// When what outlets report was said: on their date, or between the first and the last of their days; nothing where
/// those have no order.
fn date_of(outlets: &[Outlet]) -> Option<Edtf> {
    let mut dates = dates(outlets);
    if dates.len() < 2 {
        return dates.pop().cloned();
    }
    let is_day = |date: &&Edtf| date.precision() == Precision::Day && !date.is_interval();
    if !dates.iter().all(is_day) {
        return None;
    }
    dates.sort_by_key(|date| date.bounds().0);
    let (first, last) = (dates.first()?, dates.last()?);
    format!("{first}/{last}").parse().ok()
}

/// The text that a citation closes: from the citation in brackets before it, or the beginning of its passage.
fn stretch(page: &Page<'_>, passage: &Passage, citation: &Found<Citation>) -> Range<usize> {
    let before = page.facts.citations.before(citation.span.start).iter().rev().take(CITATION_REACH);
    let closed = before.filter(|other| other.rule.starts_with("brackets")).map(|other| other.span.end).max();
    closed.unwrap_or_default().max(passage.span.start)..citation.span.start
}

/// The days that a range of the text names.
fn days(page: &Page<'_>, range: Range<usize>) -> Vec<Edtf> {
    let times = page.facts.times.beginning_in(range);
    times.iter().take(TIME_REACH).filter_map(|time| time.value.edtf.as_ref().map(Edtf::date)).collect()
}

/// Local ids of what is named in a range of the text, outlets that are cited in running text among them.
fn named_in<'p>(page: &'p Page<'_>, range: Range<usize>) -> Vec<&'p str> {
    let names = page.facts.names.beginning_in(range.clone()).iter().take(NAME_REACH);
    let cited = page.facts.citations.beginning_in(range).iter().take(CITATION_REACH);
    let cited =
        cited.flat_map(|citation| &citation.value.outlets).filter_map(|outlet| outlet.entity.as_deref());
    names.map(|name| &*name.value.entity).chain(cited).collect()
}
