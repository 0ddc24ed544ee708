//! Dates of publication and change: which of the dates a page states is the article's.

mod shown;

use super::{
    marks::Landmarks,
    metadata::{Metadata, Stated, is_stamp},
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
use std::collections::HashSet;

/// When the article was published: the day that most of what the page states agrees on, its metadata above all, then a
/// `<time>` or a timestamp at its head, and its address.
pub(crate) fn published(
    source: &str,
    page: &Page,
    region: &Region,
    metadata: &Metadata,
    decisions: &[Decision],
    url: Option<&str>,
) -> Option<Published> {
    // A field that stands on the page more than once belongs to other things, too, but for its first.
    let mut known = HashSet::new();
    let firsts = metadata.published.iter().filter(|stated| known.insert(&*stated.field));
    let mut votes: Vec<Vote> = firsts.filter_map(Vote::of_metadata).collect();
    if votes.iter().any(|vote| is_day(&vote.published.edtf)) {
        votes.retain(|vote| is_day(&vote.published.edtf));
    }
    let is_settled = match votes.split_first() {
        Some((first, rest)) => {
            first.weight == STRONG
                && first.neighbour.is_none()
                && rest.iter().all(|vote| vote.day() == first.day())
        }
        None => false,
    };
    if !is_settled {
        let canonical = metadata.url.as_ref().map(|url| ("link[canonical]", url.value.as_str()));
        let address = url.map(|url| ("record.url", url)).or(canonical);
        votes.extend(timed(source, page, region, decisions).map(|found| Vote::new(found, 70)));
        votes.extend(stamped(page, decisions).map(|found| Vote::new(found, 50)));
        votes.extend(address.and_then(|(field, url)| Some(Vote::new(addressed(field, url)?, 60))));
        votes.extend(shown::shown(page, region, decisions).map(|shown| {
            let weight = if shown.is_sure { 60 } else { 30 };
            let evidence = Evidence::Span { span: shown.span };
            Vote::new(Published::new(shown.date, Method::Timestamp, evidence), weight)
        }));
    }
    elected(votes)
}

/// What the weight of the fields is that say in so many words when an article was published.
const STRONG: u32 = 100;

/// A date that something on the page states.
struct Vote {
    published: Published,
    weight: u32,
    /// The day before or after, where the hour is one of UTC, and the place of the page may have had that day.
    neighbour: Option<Edtf>,
}

impl Vote {
    fn new(published: Published, weight: u32) -> Vote {
        Vote { published, weight, neighbour: None }
    }

    fn of_metadata(stated: &Stated) -> Option<Vote> {
        let date = read(&stated.value)?;
        let neighbour = across_midnight(&date);
        let evidence = Evidence::Field { field: stated.field.to_string(), value: stated.value.clone() };
        let field = stated.field.trim_start_matches("meta[").trim_end_matches(']');
        let weight = match field {
            "ld.datePublished" | "itemprop[datePublished]" => STRONG,
            "article:published_time" | "og:article:published_time" => STRONG + 5,
            "date" | "dc.date" | "dcterms.date" | "dcterms.created" | "dc.date.created" | "datecreated"
            | "creation_date" | "ld.dateCreated" | "ld.uploadDate" | "article.created" => 50,
            _ => 80,
        };
        let published = Published::new(date, Method::Metadata, evidence);
        Some(Vote { neighbour, ..Vote::new(published, weight) })
    }

    fn day(&self) -> &str {
        self.published.edtf.as_str()
    }
}

/// The vote of most weight for the day that has most weight behind it. A day that lies in the month or year which a
/// heavier vote names goes before it.
fn elected(mut votes: Vec<Vote>) -> Option<Published> {
    let behind = |day: &str| -> u32 {
        let is_near = |vote: &&Vote| vote.neighbour.as_ref().is_some_and(|near| near.as_str() == day);
        let own = votes.iter().filter(|vote| vote.day() == day);
        own.chain(votes.iter().filter(is_near)).map(|vote| vote.weight).sum()
    };
    let vague = votes.iter().position(|vote| !is_day(&vote.published.edtf));
    let mut best: Option<(u32, usize)> = None;
    for (at, vote) in votes.iter().enumerate() {
        let agrees = vague
            .is_none_or(|vague| at < vague || is_within(&vote.published.edtf, &votes[vague].published.edtf));
        let weight = behind(vote.day());
        if is_day(&vote.published.edtf) && agrees && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, at));
        }
    }
    let at = best.map(|(_, at)| at).or(vague)?;
    let day = votes[at].day().to_owned();
    // The evidence is what says most of all that state the day.
    let surest = (0..votes.len())
        .filter(|&other| votes[other].day() == day)
        .max_by_key(|&other| (votes[other].weight, usize::MAX - other))?;
    Some(votes.swap_remove(surest).published)
}

/// The day before or after a stamp in UTC that some place on earth had at that hour.
fn across_midnight(date: &Edtf) -> Option<Edtf> {
    let text = date.as_str();
    let (_, time) = text.split_once('T')?;
    let is_utc = time.ends_with('Z') || time.ends_with("+00:00");
    let hour: u8 = time.get(..2)?.parse().ok()?;
    let day = match hour {
        _ if !is_utc => None,
        0..10 => date.date().bounds().0?.before(),
        16.. => date.date().bounds().0?.after(),
        _ => None,
    }?;
    Edtf::day(day.year(), day.month(), day.day())
}

/// The date that an address states.
fn addressed(field: &str, url: &str) -> Option<Published> {
    let evidence = Evidence::Field { field: field.to_owned(), value: url.to_owned() };
    Some(Published::new(date::find_in_url(url)?, Method::Url, evidence))
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
pub(super) fn read(value: &str) -> Option<Edtf> {
    date::read_stamp(value).or_else(|| date::find(value).map(|(_, date)| date))
}

/// The `<time>` at the head of the article: the first before or in the main text that says it is no change and
/// belongs to nothing beside it.
fn timed(source: &str, page: &Page, region: &Region, decisions: &[Decision]) -> Option<Published> {
    /// How far from the title a date still is the article's, in lines.
    const NEAR: usize = 15;
    /// How near the title nothing is beside the article, whatever its column is called, in lines.
    const BESIDE: usize = 8;
    let title = decisions.iter().position(|decision| decision.role == Role::Title);
    let end = decisions.iter().rposition(|decision| decision.part == PartKind::Article)?;
    let beside = Hints::COMMENT.with(Hints::RELATED).with(Hints::SIDEBAR).with(Hints::TEASER);
    let apart = Landmarks::COMMENT.with(Landmarks::NAV).with(Landmarks::ASIDE).with(Landmarks::EMBED);
    let mut best: Option<(usize, Edtf, Evidence)> = None;
    for field in
        page.fields.iter().filter(|field| matches!(field.kind, FieldKind::Time | FieldKind::Published))
    {
        let line = (field.line as usize).min(page.lines.len().checked_sub(1)?);
        let container = page.lines[line].markup.container as usize;
        let distance = title.map_or(line, |title| line.abs_diff(title));
        let is_inside = region.inside[container];
        let beside =
            if distance <= BESIDE { beside.without(Hints::SIDEBAR.with(Hints::TEASER)) } else { beside };
        if region.hints[container].any(beside)
            || field.landmarks.any(apart)
            || field.own.contains(Hints::CHANGED)
            || decisions.get(line).is_some_and(|decision| decision.part == PartKind::Comments)
            || line > end
        {
            continue;
        }
        if distance > NEAR && !is_inside {
            continue;
        }
        let written = field.value.map(|value| source[value].trim()).filter(|value| !value.is_empty());
        let (date, evidence) = match written.and_then(|value| Some((read(value)?, value))) {
            Some((date, value)) => {
                (date, Evidence::Field { field: "time[datetime]".to_owned(), value: value.to_owned() })
            }
            None => {
                let text = Some(&page.text[field.text]).filter(|text| !field.is_cut && is_stamp(text));
                let Some((range, date)) = text.and_then(|text| page.date_in(text)) else { continue };
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
        let (range, date) = page.date_in(&page.text[line.span])?;
        let span = Span::new(line.span.start + range.start, line.span.start + range.end);
        Some(Published::new(date, Method::Timestamp, Evidence::Span { span }))
    })
}

#[cfg(test)]
mod tests {
    use crate::{html::Html, parser::Parser, record::Record};

    /// The day that a page with `head` and `body` around an article was published.
    fn day(head: &str, body: &str) -> Option<String> {
        let text = "<p>The ferry sails again from Monday, after two weeks in the yard, and the island's shops hope for the \
            summer's guests.<p>The captain says that the new engine is half as loud as the old one was.";
        let page = format!("<head>{head}</head><main><h1>Ferry sails again</h1>{body}{text}</main>");
        let document = Html.parse_all(&Record::new("page.html", page.as_bytes())).remove(0);
        document.article()?.published.as_ref().map(|published| published.edtf.to_string())
    }

    const JSON_LD: &str =
        r#"<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "DATE"}</script>"#;

    #[test]
    fn an_hour_of_utc_leaves_the_day_to_what_the_page_shows() {
        let late = JSON_LD.replace("DATE", "2021-11-04T23:00:00Z");
        assert_eq!(day(&late, "<time>5 November 2021</time>").as_deref(), Some("2021-11-05"));
        assert_eq!(day(&late, "").as_deref(), Some("2021-11-04"));
        let noon = JSON_LD.replace("DATE", "2021-11-04T12:00:00Z");
        assert_eq!(day(&noon, "<time>5 November 2021</time>").as_deref(), Some("2021-11-04"));
    }

    #[test]
    fn a_field_of_no_clear_meaning_yields_to_the_page() {
        let created = "<meta name=dcterms.date content=2021-12-20>";
        assert_eq!(day(created, "<span class=date>27.01.2022</span>").as_deref(), Some("2022-01-27"));
        assert_eq!(day(created, "").as_deref(), Some("2021-12-20"));
    }

    #[test]
    fn a_property_around_a_text_dates_nothing_by_a_day_of_the_text() {
        let around = |attributes: &str, tail: &str| {
            let body = format!("<p>The old ferry was built on 3 May 1996 in a yard of the town.<p>{tail}");
            day("", &format!("<div itemprop=datePublished {attributes}>{body}</div>"))
        };
        assert_eq!(around("", ""), None);
        let long = "It sailed until nobody had to wait for it any more. ".repeat(30);
        assert_eq!(around("", &long), None);
        assert_eq!(around("content=2021-05-04", "").as_deref(), Some("2021-05-04"));
        let stamp = "<p itemprop=datePublished>Posted on Tuesday, 4 May 2021";
        assert_eq!(day("", stamp).as_deref(), Some("2021-05-04"));
    }

    #[test]
    fn a_makers_own_name_of_a_date_is_read() {
        assert_eq!(day("<meta name=yard.date content=2021-12-20>", "").as_deref(), Some("2021-12-20"));
        assert_eq!(day("<meta name=yard.update content=2021-12-20>", ""), None);
    }
}
