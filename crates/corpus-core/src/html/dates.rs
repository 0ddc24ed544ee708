//! Dates of publication and change: which of the dates a page states is the article's.

mod shown;

use super::{
    marks::Landmarks,
    metadata::{Metadata, Stated},
    page::{FieldKind, Page},
    region::Region,
    roles::Decision,
    words::Hints,
};
use crate::{
    date,
    edtf::Edtf,
    part::PartKind,
    published::{Evidence, Method, Published},
    role::Role,
    span::Span,
};

/// When the article was published: as its metadata say, else a `<time>` or a timestamp at its head, else its address.
pub(crate) fn published(
    source: &str,
    page: &Page,
    region: &Region,
    metadata: &Metadata,
    decisions: &[Decision],
    url: Option<&str>,
) -> Option<Published> {
    let addressed = || {
        let canonical = metadata.url.as_ref().map(|url| url.value.as_str());
        let (field, url) =
            url.map(|url| ("record.url", url)).or(canonical.map(|url| ("link[canonical]", url)))?;
        let evidence = Evidence::Field { field: field.to_owned(), value: url.to_owned() };
        Some(Published::new(date::find_in_url(url)?, Method::Url, evidence))
    };
    let beside = || {
        let shown = shown::shown(page, region, decisions)?;
        Some(Published::new(shown.date, Method::Timestamp, Evidence::Span { span: shown.span }))
    };
    let sources: [&dyn Fn() -> Option<Published>; 5] = [
        &|| stated(&metadata.published),
        &|| timed(source, page, region, decisions),
        &|| stamped(page, decisions),
        &addressed,
        &beside,
    ];
    // A source that knows the day goes before one that does not, if they agree as far as that one knows.
    let mut vague: Option<Published> = None;
    for source in sources {
        let Some(found) = source() else { continue };
        let agrees = vague.as_ref().is_none_or(|vague| is_within(&found.edtf, &vague.edtf));
        if is_day(&found.edtf) && agrees {
            return Some(found);
        }
        vague = vague.or(Some(found));
    }
    vague
}

/// Whether a date is known to the day.
fn is_day(date: &Edtf) -> bool {
    date.as_str().len() >= "2020-01-01".len()
}

/// Whether `date` lies in the month or year that `vague` names.
fn is_within(date: &Edtf, vague: &Edtf) -> bool {
    date.as_str().starts_with(vague.as_str())
}

/// When it was last changed, as the metadata say.
pub(crate) fn modified(metadata: &Metadata) -> Option<Published> {
    stated(&metadata.modified)
}

/// The first of the stated dates that can be read, one known to the day before others.
fn stated(candidates: &[Stated]) -> Option<Published> {
    let mut read = candidates.iter().filter_map(|stated| Some((stated, read(&stated.value)?)));
    let first = read.next()?;
    let (stated, date) =
        if is_day(&first.1) { first } else { read.find(|(_, date)| is_day(date)).unwrap_or(first) };
    let evidence = Evidence::Field { field: stated.field.to_string(), value: stated.value.clone() };
    Some(Published::new(date, Method::Metadata, evidence))
}

/// A date as metadata write it.
fn read(value: &str) -> Option<Edtf> {
    date::read_stamp(value).or_else(|| date::find(value).map(|(_, date)| date))
}

/// The `<time>` at the head of the article: the first before or in the main text that says it is no change and
/// belongs to nothing beside it.
fn timed(source: &str, page: &Page, region: &Region, decisions: &[Decision]) -> Option<Published> {
    /// How far from the title a date still is the article's, in lines.
    const NEAR: usize = 15;
    let title = decisions.iter().position(|decision| decision.role == Role::Title);
    let end = decisions.iter().rposition(|decision| decision.part == PartKind::Article)?;
    let beside = Hints::COMMENT.with(Hints::RELATED).with(Hints::SIDEBAR).with(Hints::TEASER);
    let mut best: Option<(usize, Edtf, Evidence)> = None;
    for field in page.fields.iter().filter(|field| field.kind == FieldKind::Time) {
        let line = (field.line as usize).min(page.lines.len().checked_sub(1)?);
        let container = page.lines[line].markup.container as usize;
        if region.hints[container].any(beside)
            || field.landmarks.any(Landmarks::COMMENT.with(Landmarks::NAV).with(Landmarks::ASIDE))
            || field.own.contains(Hints::CHANGED)
            || line > end
        {
            continue;
        }
        let distance = title.map_or(line, |title| line.abs_diff(title));
        let is_inside = region.inside[container];
        if distance > NEAR && !is_inside {
            continue;
        }
        let written = field.value.map(|value| source[value].trim()).filter(|value| !value.is_empty());
        let (date, evidence) = match written.and_then(|value| Some((read(value)?, value))) {
            Some((date, value)) => {
                (date, Evidence::Field { field: "time[datetime]".to_owned(), value: value.to_owned() })
            }
            None => {
                let Some((range, date)) = date::find(&page.text[field.text]) else { continue };
                let start = field.text.start;
                (date, Evidence::Span { span: Span::new(start + range.start, start + range.end) })
            }
        };
        if best.as_ref().is_none_or(|(nearest, ..)| distance < *nearest) {
            best = Some((distance, date, evidence));
        }
    }
    let (_, date, evidence) = best?;
    Some(Published::new(
        date,
        if matches!(evidence, Evidence::Span { .. }) { Method::Timestamp } else { Method::Metadata },
        evidence,
    ))
}

/// The date of the first timestamp or byline of the article that states one.
fn stamped(page: &Page, decisions: &[Decision]) -> Option<Published> {
    let lines = page.lines.iter().zip(decisions);
    let mut stamps: Vec<_> = lines
        .filter(|(_, decision)| {
            decision.part == PartKind::Article && matches!(decision.role, Role::Timestamp | Role::Byline)
        })
        .collect();
    stamps.sort_by_key(|(_, decision)| decision.role == Role::Byline);
    stamps.into_iter().find_map(|(line, _)| {
        let (range, date) = date::find(&page.text[line.span])?;
        let span = Span::new(line.span.start + range.start, line.span.start + range.end);
        Some(Published::new(date, Method::Timestamp, Evidence::Span { span }))
    })
}
