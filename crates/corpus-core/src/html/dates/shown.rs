//! The date that a page shows beside its article, where nothing says what it is but where it stands.

use crate::{
    date,
    edtf::Edtf,
    html::{
        marks::Landmarks,
        page::{Line, Page},
        region::Region,
        roles::Decision,
        tag::Tag,
        words::Hints,
    },
    role::Role,
    span::Span,
};

/// A date that stands at the head or the foot of the article.
pub(super) struct Shown {
    /// The date, to the day.
    pub(super) date: Edtf,
    /// Where it stands in the text.
    pub(super) span: Span,
    /// How little speaks for it.
    cost: usize,
}

/// How far above the headline a date may stand, in lines.
const ABOVE: usize = 8;
/// How far below.
const BELOW: usize = 16;
/// What a date may cost to be taken.
const MOST: usize = 14;

/// The date that costs least: near the headline, alone on its line or at its start, and named as a date by markup.
/// Dates of other articles, comments and menus are none.
pub(super) fn shown(page: &Page, region: &Region, decisions: &[Decision]) -> Option<Shown> {
    let title = decisions.iter().position(|decision| decision.role == Role::Title);
    let last = region.inside_lines(page).next_back();
    let mut best: Option<Shown> = None;
    for (at, line) in page.lines.iter().enumerate() {
        let distance = match title {
            Some(title) if at < title => 2 * (title - at),
            Some(title) => at - title,
            None => at,
        };
        let is_near = title.map_or(at < BELOW, |title| at + ABOVE >= title && at <= title + BELOW);
        let is_inside = region.inside[line.markup.container as usize];
        let is_last = last.is_some_and(|last| at <= last + 2 && at + 2 >= last);
        if !(is_near || is_inside) || is_elsewhere(line, region) {
            continue;
        }
        let text = &page.text[line.span];
        let Some((range, date)) = dated(text) else { continue };
        let hints = line.markup.own.with(line.markup.pieces).with(line.markup.near);
        let is_named = hints.contains(Hints::DATE) || line.markup.own.contains(Hints::META);
        let is_changed = hints.contains(Hints::CHANGED);
        let is_alone = (range.end - range.start) * 5 >= text.len() * 2;
        let place = if is_near {
            distance.min(MOST)
        } else if is_last {
            8
        } else {
            12
        };
        let cost = place
            + if is_named { 0 } else { 4 }
            + if is_alone { 0 } else { 4 }
            + if is_changed { 6 } else { 0 }
            + if is_inside { 0 } else { 1 };
        if cost <= MOST && best.as_ref().is_none_or(|best| cost < best.cost) {
            let span = Span::new(line.span.start + range.start, line.span.start + range.end);
            best = Some(Shown { date, span, cost });
        }
    }
    best
}

/// The date in a line that says little else, or that opens a text.
fn dated(text: &str) -> Option<(std::ops::Range<usize>, Edtf)> {
    /// The longest line that is a stamp, in bytes.
    const LONGEST: usize = 160;
    /// How far into a longer line its date may begin, in bytes.
    const OPENING: usize = 24;
    let is_long = text.len() > LONGEST;
    let head = if is_long { &text[..text.floor_char_boundary(2 * OPENING)] } else { text };
    let (range, date) = date::find(head)?;
    let is_day = date.as_str().len() >= "2020-01-01".len() && !date.as_str().contains('X');
    (is_day && (!is_long || range.start <= OPENING)).then_some((range, date))
}

/// Whether a line belongs to something beside the article.
fn is_elsewhere(line: &Line, region: &Region) -> bool {
    let container = line.markup.container as usize;
    let beside =
        Hints::COMMENT.with(Hints::RELATED).with(Hints::SIDEBAR).with(Hints::ADVERT).with(Hints::LEGAL);
    let places = Landmarks::COMMENT.with(Landmarks::NAV).with(Landmarks::SEARCH).with(Landmarks::DIALOG);
    region.hints[container].any(beside)
        || region.landmarks[container].any(places)
        || region.landmarks[container].contains(Landmarks::FOOTER)
            && !line.markup.within.contains(Landmarks::ARTICLE)
        || matches!(line.markup.element, Tag::Tr | Tag::Figcaption)
        || line.markup.landmarks.contains(Landmarks::FIGCAPTION)
        || line.markup.around.contains(Hints::CAPTION)
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::html::{
        metadata::Metadata,
        region::Region,
        render::render,
        roles::{SHIPPED, label_lines},
    };

    fn date(source: &str) -> Option<String> {
        let page = render(source, false);
        let metadata = Metadata::gather(source, &page);
        let region = Region::find(&page);
        let decisions = label_lines(&page, &metadata, &region, &SHIPPED);
        shown(&page, &region, &decisions).map(|shown| shown.date.as_str().to_owned())
    }

    const BODY: &str = "<p>The ferry sails again from Monday, after two weeks in the yard, and the island's shops hope \
        for the summer's guests.<p>The captain says that the new engine is half as loud as the old one was.</p>";

    #[test]
    fn a_date_beside_the_headline_is_the_articles() {
        let page = format!("<main><h3>21.01.2022</h3><h1>Ferry sails again</h1>{BODY}</main>");
        assert_eq!(date(&page).as_deref(), Some("2022-01-21"));
        let page = format!("<main><h1>Ferry sails again</h1><p>(18.01.2018) What is new.{BODY}</main>");
        assert_eq!(date(&page).as_deref(), Some("2018-01-18"));
    }

    #[test]
    fn a_neighbours_date_is_not() {
        let page = format!(
            "<main><h1>Ferry sails again</h1>{BODY}</main><aside class=related><a href=/a>Bridge closed</a> 03.02.2022</aside>"
        );
        assert_eq!(date(&page), None);
    }
}
