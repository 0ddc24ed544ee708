//! Reports of figures: results, prices, rates, draws, line after line under a headline.

use super::{
    Page,
    evidence::{Evidence, Form},
};
use crate::{
    cue::Cue,
    date,
    edtf::Precision,
    layout::{End, Line, Start},
    role::Role,
};

/// Fewest lines that read as dates in a column of months or days.
const COLUMN: usize = 3;

/// Most words of a figure and its name.
const LONGEST_NAME: usize = 12;

/// Fewest lines of a long page.
const LONG: usize = 24;

/// Whether a page is figures under a headline, with a note or two below. No menu looks so.
pub(super) fn is_report(text: &str, lines: &[Line], evidence: &[Evidence]) -> bool {
    let below = lines.len().saturating_sub(1);
    let (mut n_figures, mut n_prose, mut n_others) = (0, 0, 0);
    let has_column = has_column(lines, evidence);
    for (line, evidence) in lines.iter().zip(evidence).skip(1) {
        let is_text = matches!(evidence.form, Form::Prose | Form::Code);
        let is_other = evidence.is_furniture() && !is_total(line, evidence);
        n_others += usize::from(is_other);
        n_prose += usize::from(is_text && evidence.sure().is_none());
        let is_date = evidence.claims(Role::Timestamp) && !has_column && !evidence.cues.has(Cue::Age);
        n_figures += usize::from(is_figure(text, line) && !is_text && !is_date && !is_other);
    }
    // A long page has room for more than a report.
    let has_room = below >= LONG && n_prose > 0;
    let (is_mostly, has_notes) = match has_room {
        true => (n_figures * 4 >= below * 3, n_prose * 12 <= below),
        false => (n_figures * 2 >= below, n_prose * 4 <= below),
    };
    below > 0 && is_mostly && has_notes && n_others * 6 <= n_figures
}

/// Takes from the figures of a report what their words claim: a total is no button, and a month before a price no date.
pub(super) fn free(text: &str, lines: &[Line], evidence: &mut [Evidence]) {
    let has_column = has_column(lines, evidence);
    for (line, evidence) in lines.iter().zip(evidence).skip(1) {
        let is_date = evidence.claims(Role::Timestamp) && !has_column && is_day(line.content(text));
        let is_figure = evidence.claims(Role::Timestamp) && !is_date && !evidence.cues.has(Cue::Published);
        if evidence.form != Form::Prose && (is_figure || is_total(line, evidence)) {
            evidence.own = None;
        }
    }
}

/// Whether a line is a number with its name, or cells set apart by spaces: a sentence that has a number in it is longer.
fn is_figure(text: &str, line: &Line) -> bool {
    let shape = &line.shape;
    let is_short = shape.n_words <= LONGEST_NAME || shape.n_digits * 4 >= shape.n_letters;
    line.marker.is_none() && is_short && (shape.n_digits > 0 || line.content(text).contains("   "))
}

/// Whether dates stand in a column, one line below the other.
fn has_column(lines: &[Line], evidence: &[Evidence]) -> bool {
    let mut n_dates = 0;
    (1..lines.len()).any(|at| {
        let is_date = evidence[at].claims(Role::Timestamp) && (at == 1 || lines[at].gap == 0);
        n_dates = if is_date { n_dates + 1 } else { 0 };
        n_dates >= COLUMN
    })
}

/// Whether a line that claims to be navigation is a figure: a total, a number with its name, a mark.
fn is_total(line: &Line, evidence: &Evidence) -> bool {
    evidence.claims(Role::Navigation)
        && !evidence.cues.has_any(&[Cue::CommentHeading, Cue::Related, Cue::RelatedLink, Cue::Tags])
        && (line.shape.n_digits > 0 || line.shape.n_letters == 0)
}

/// Whether a line states a day, with its year.
fn is_day(content: &str) -> bool {
    date::find(content).is_some_and(|(_, date)| date.precision() >= Precision::Day)
}

/// Whether a page without running text is nothing but one text in short lines: no line says that it is something else,
/// and a third and more end as sentences and their parts do, go on with one, or are longer than titles.
pub(super) fn is_text_in_short_lines(page: &Page<'_>) -> bool {
    const LONGER_THAN_TITLES: usize = 15;
    let below = page.lines.len().saturating_sub(1);
    let is_said = |at: &usize| {
        let (above, line) = (&page.lines[at - 1], &page.lines[*at]);
        let goes_on = line.gap == 0 && line.shape.start == Start::Small && above.shape.end == End::Open;
        goes_on
            || line.shape.n_words >= LONGER_THAN_TITLES
            || line.shape.n_words > 1 && matches!(line.shape.end, End::Stop | End::Comma)
    };
    let is_other = |line: &Evidence| line.is_furniture() || line.cues.has_any(&[Cue::Appeal, Cue::Error]);
    below >= 2
        && page.lines[0].shape.n_words >= 2
        && (1..=below).filter(is_said).count() * 3 >= below
        && !page.evidence.iter().any(is_other)
}

#[cfg(test)]
mod tests {
    use crate::{
        label::{Labeller, Zone},
        layout,
    };

    fn is_article(text: &str) -> bool {
        let lines = layout::lines(text);
        Labeller::new().label(text, &lines).lines.iter().all(|label| label.zone == Zone::Article)
    }

    #[test]
    fn figures_under_a_headline_are_an_article() {
        assert!(is_article("Exchange rates, noon\n\nCrown 1.2345\nMark 0.8810\nTotal 2\n12 3/4\n"));
        assert!(is_article("Herring, closing prices\n\nMay 1922\nJul 1956\nSep 1981\nDec untraded\n"));
    }

    #[test]
    fn menus_and_listings_are_none() {
        assert!(!is_article(
            "Harbour News\n\nHome\nSports\nWeather 12\nSubscribe to our newsletter\nContact\n"
        ));
        assert!(!is_article(
            "Latest\n\n12 comments\nRead more\n3 comments\nRead more\nAll rights reserved\n"
        ));
    }
}
