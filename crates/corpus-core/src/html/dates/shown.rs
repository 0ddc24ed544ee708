//! The date that a page shows beside its article, where nothing says what it is but where it stands.

use crate::{
    date,
    edtf::Edtf,
    html::{
        marks::Landmarks,
        page::{Line, Page},
        region::{Region, ends_sentence},
        roles::{Decision, is_in_head},
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
    /// Whether it stands at the headline, and its markup names it a date.
    pub(super) is_sure: bool,
    /// How little speaks for it.
    cost: usize,
}

/// How far above the headline a date may stand, in lines.
const ABOVE: usize = 8;
/// How far below.
const BELOW: usize = 16;
/// How near the headline nothing is beside the article, in lines.
const BESIDE: usize = 2;
/// Longest line of which a label and a date can be all, in characters.
const LABELLED: u32 = 100;
/// Longest line that is a label for the date below it, in characters.
const LABEL: u32 = 30;
/// How far into a line that says more a date may begin, in bytes.
const BEHIND: usize = 30;
/// Shortest sentence that is no stamp, in characters.
const SENTENCE: u32 = 40;
/// What a date may cost to be taken.
const MOST: usize = 14;

/// The date that costs least: near the headline, alone on its line or at its start, and named as a date by markup.
/// Dates of other articles, comments and menus are none.
pub(super) fn shown(page: &Page, region: &Region, decisions: &[Decision]) -> Option<Shown> {
    let title = decisions.iter().position(|decision| decision.role == Role::Title);
    let title = title.or_else(|| region.inside_lines(page).next());
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
        let is_beside = title.is_some_and(|title| at.abs_diff(title) <= BESIDE);
        let text = &page.text[line.span];
        let may_be_labelled = (line.markup.chars < LABELLED || is_about_itself(text))
            && text.bytes().any(|byte| byte.is_ascii_digit());
        if !(is_near || is_inside || may_be_labelled) {
            continue;
        }
        let Some((range, date)) = dated(text) else { continue };
        let is_whole = range.start == 0 && range.end == text.len();
        let is_beside = is_beside || is_whole && title.is_some_and(|title| is_in_head(page, title, at));
        let above = at.checked_sub(1).map(|above| &page.lines[above]).filter(|_| range.start == 0);
        let is_labelled = is_label(&text[..range.start])
            || above.is_some_and(|line| line.markup.chars < LABEL && is_label(&page.text[line.span]));
        if !(is_near || is_inside || is_labelled)
            || is_elsewhere(line, region, is_beside || is_near && is_labelled, is_labelled)
        {
            continue;
        }
        let is_labelled = is_labelled || is_about_itself(text);
        let own = line.markup.own.with(line.markup.pieces);
        // What holds a sentence is not named for the day in it.
        let is_sentence = line.markup.chars > SENTENCE && ends_sentence(text);
        let hints = if is_sentence { own } else { own.with(line.markup.near) };
        let is_named = is_labelled || hints.contains(Hints::DATE) || line.markup.own.contains(Hints::META);
        let is_changed = hints.contains(Hints::CHANGED);
        let is_alone = is_labelled || (range.end - range.start) * 5 >= text.len() * 2;
        // A date behind other words says when a picture was taken, or when something takes place.
        if !is_alone && !is_named && (range.start > BEHIND || is_sentence && tells(&text[..range.start])) {
            continue;
        }
        let place = if is_near {
            distance.min(MOST)
        } else if is_last || is_labelled {
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
            best = Some(Shown { date, span, is_sure: is_near && is_named && !is_changed, cost });
        }
    }
    best
}

/// Whether the words before a date begin a sentence of which it is a part.
fn tells(before: &str) -> bool {
    before.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).nth(2).is_some()
}

/// The date in a line that says little else, or that opens a text.
fn dated(text: &str) -> Option<(std::ops::Range<usize>, Edtf)> {
    /// The longest line that is a stamp, in bytes.
    const LONGEST: usize = 160;
    /// How far into a longer line its date may begin, in bytes.
    const OPENING: usize = 24;
    /// How far a sentence about the entry itself is read, in bytes.
    const SENTENCE: usize = 120;
    let is_long = text.len() > LONGEST;
    let opening = if is_about_itself(text) { SENTENCE } else { OPENING };
    let head = if is_long { &text[..text.floor_char_boundary(2 * opening)] } else { text };
    let (range, date) = date::find(head)?;
    let is_day = date.as_str().len() >= "2020-01-01".len() && !date.as_str().contains('X');
    (is_day && (!is_long || range.start <= opening) && date.as_str() >= WEB).then_some((range, date))
}

/// No page shows an earlier day as its own: there was no web.
const WEB: &str = "1990";

/// Whether a text begins as weblogs say under an entry when it was posted.
fn is_about_itself(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "this entry was posted",
        "this post was",
        "this article was",
        "dieser beitrag wurde",
        "dieser eintrag wurde",
        "dieser artikel wurde",
        "cet article a été publié",
        "ce billet a été publié",
        "cette entrée a été publiée",
        "esta entrada fue publicada",
        "este post foi publicado",
        "questo articolo è stato pubblicato",
        "dit bericht werd geplaatst",
    ];
    let head = text[..text.floor_char_boundary(40)].to_lowercase();
    OPENINGS.iter().any(|opening| head.starts_with(opening))
}

/// Whether the words before a date say that it is the day of publication.
fn is_label(before: &str) -> bool {
    const LABELS: &[&str] = &[
        "date",
        "datum",
        "data",
        "fecha",
        "dato",
        "published",
        "published on",
        "posted",
        "posted on",
        "veröffentlicht",
        "veröffentlicht am",
        "erschienen am",
        "erstellt am",
        "publié le",
        "mise en ligne",
        "mis en ligne le",
        "publicado",
        "publicado el",
        "pubblicato il",
        "gepubliceerd op",
        "publicerad",
        "publisert",
        "opublikowano",
        "дата",
        "опубликовано",
    ];
    let before = before.trim_end_matches([' ', ':', '\u{A0}']).to_lowercase();
    LABELS.iter().any(|label| {
        before.strip_suffix(label).is_some_and(|rest| !rest.ends_with(|last: char| last.is_alphanumeric()))
    })
}

/// Whether a line belongs to something beside the article. What stands beside the headline, or says what its date is, may
/// stand in places that are mostly another thing's.
fn is_elsewhere(line: &Line, region: &Region, is_beside: bool, is_labelled: bool) -> bool {
    let container = line.markup.container as usize;
    let beside =
        Hints::COMMENT.with(Hints::RELATED).with(Hints::SIDEBAR).with(Hints::ADVERT).with(Hints::LEGAL);
    let places = Landmarks::COMMENT
        .with(Landmarks::NAV)
        .with(Landmarks::SEARCH)
        .with(Landmarks::DIALOG)
        .with(Landmarks::EMBED);
    let beside = if is_beside { beside.without(Hints::SIDEBAR) } else { beside };
    region.hints[container].any(beside)
        || region.landmarks[container].any(places)
        || region.landmarks[container].contains(Landmarks::FOOTER)
            && !line.markup.within.contains(Landmarks::ARTICLE)
        || line.markup.element == Tag::Tr && !is_beside
        || line.markup.element == Tag::Figcaption
        || line.markup.landmarks.contains(Landmarks::FIGCAPTION)
        || line.markup.around.contains(Hints::CAPTION)
            && !(is_beside || is_labelled || line.markup.own.contains(Hints::DATE))
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
        let region = Region::find(&page);
        let metadata = Metadata::gather(source, &page, &region);
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
    fn a_day_that_a_sentence_tells_of_is_not_the_articles() {
        let page = format!(
            "<main class=date><h1>Ferry sails again</h1><p>The ferry was built on 3 May 1996 in a yard of the town.{BODY}</main>"
        );
        assert_eq!(date(&page), None);
    }

    #[test]
    fn a_date_alone_in_the_head_counts_in_a_card_too() {
        let page = format!(
            "<main><h1>Ferry sails again</h1><h3>What the captain says</h3><div class=sidebar><div>Mira Holm</div>\
             <div>Aug 09, 2025</div></div>{BODY}<div class=sidebar>Aug 01, 2025</div></main>"
        );
        assert_eq!(date(&page).as_deref(), Some("2025-08-09"));
    }

    #[test]
    fn a_labelled_date_is_the_articles_wherever_it_stands() {
        let page = format!(
            "<main><h1>Ferry sails again</h1><p>The ferry in the yard, 24 April 2023</p>{BODY}</main><div><p>Date: 28 April 2023</div>"
        );
        assert_eq!(date(&page).as_deref(), Some("2023-04-28"));
    }

    #[test]
    fn a_label_counts_among_credits_too() {
        let page = format!(
            "<main><h1>Ferry sails again</h1>{BODY}<ul class=credits><li><p>Sound</p><p>Mira Holm</p></li>\
             <li><p>Mise en ligne</p><p>23 mai 2019</p></li><li><p>2 mai 2018</p></li></ul></main>"
        );
        assert_eq!(date(&page).as_deref(), Some("2019-05-23"));
    }

    #[test]
    fn an_entry_says_of_itself_when_it_was_posted() {
        let page = format!(
            "<main><h1>Ferry sails again</h1>{BODY}<small>This entry was posted by the harbour office on a quiet Tuesday, \
             24 April 2012, at noon and is filed under Ferries, Engines, Summer. You can follow any responses to it through \
             the feed, or leave one of your own below.</small></main>"
        );
        assert_eq!(date(&page).as_deref(), Some("2012-04-24"));
    }

    #[test]
    fn a_label_may_stand_on_a_line_of_its_own() {
        let page = format!(
            "<main><h1>Ferry sails again</h1>{BODY}</main><div><p>Published on</p><p>28 April 2023</p></div>"
        );
        assert_eq!(date(&page).as_deref(), Some("2023-04-28"));
    }

    #[test]
    fn a_day_before_the_web_is_no_pages_own() {
        let page = format!("<main><h1>Ferry sails again</h1><p>12 April 1912</p>{BODY}</main>");
        assert_eq!(date(&page), None);
    }

    #[test]
    fn a_neighbours_date_is_not() {
        let page = format!(
            "<main><h1>Ferry sails again</h1>{BODY}</main><aside class=related><a href=/a>Bridge closed</a> 03.02.2022</aside>"
        );
        assert_eq!(date(&page), None);
    }
}
