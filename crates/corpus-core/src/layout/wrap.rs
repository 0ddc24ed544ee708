//! Lines that a fixed width broke apart.

use super::{End, Row, Start, marker};
use std::ops::Range;

/// The widest page that text is broken to, in bytes.
pub(super) const WIDEST: usize = 132;
/// The narrowest.
pub(super) const NARROWEST: usize = 40;

/// The run of adjacent lines at `start` that are set alike: no blank line, no new marker, one indent but for the first
/// line's. One paragraph, perhaps.
pub(super) fn run(text: &str, rows: &[Row], start: usize) -> Range<usize> {
    let mut end = start + 1;
    while end < rows.len()
        && rows[end].gap == 0
        && width(&rows[end]) <= WIDEST
        && (end == start + 1 || rows[end].indent == rows[end - 1].indent)
        && marker(&text[rows[end].span]).is_none()
    {
        end += 1;
    }
    // Paragraphs may follow each other without a blank line, the first line of each set in: the last line that is set in
    // like those before it then begins the next.
    let begins_next = end - start >= 2
        && rows.get(end).is_some_and(|next| next.gap == 0 && next.indent < rows[end - 1].indent);
    start..if begins_next { end - 1 } else { end }
}

pub(super) fn width(row: &Row) -> usize {
    usize::from(row.indent) + row.span.len()
}

/// Whether a run is one paragraph broken at a fixed width: every line but the last is as long as it could be, since the
/// first word of the next would not have fitted.
pub(super) fn is_wrapped(text: &str, run: &[Row]) -> bool {
    let [first, second, ..] = run else { return false };
    let page = run.iter().map(width).max().unwrap_or(0);
    if !(NARROWEST..=WIDEST).contains(&page) {
        return false;
    }
    let is_full = run.windows(2).all(|pair| {
        // The line below begins with a word; where it has no space within the page's width, it is one word.
        let below = &text.as_bytes()[pair[1].span.range()];
        let next_word = below.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(below.len());
        width(&pair[0]) + 1 + next_word > page
    });
    if !is_full {
        return is_ragged(text, run, page);
    }
    let ends_sentence = |row: &Row| End::of(&text[row.span]).is_sentence();
    // Two full lines can be a coincidence, unless the second goes on in the middle of a sentence.
    let goes_on = || Start::of(&text[second.span]) == Start::Small && !ends_sentence(first);
    // Titles one below the other all start with a capital.
    let n_small = run[1..].iter().filter(|row| Start::of(&text[row.span]) != Start::Capital).count();
    let is_text = n_small * 4 >= run.len() - 1 && run[..run.len() - 1].iter().any(|row| !ends_sentence(row));
    run.len() > 2 && is_text || goes_on()
}

/// Whether the second line of a run goes on with a sentence that the first begins, however short the first is: a place
/// and a day may have been cut from its start.
pub(super) fn goes_on(text: &str, run: &[Row]) -> bool {
    let [first, second, ..] = run else { return false };
    let (first, second) = (&text[first.span], &text[second.span]);
    Start::of(second) == Start::Small
        && matches!(End::of(first), End::Open | End::Comma)
        && first.split_whitespace().count() >= 3
}

/// Whether a run is prose that a writer broke by hand: most lines go on in the middle of a sentence, and none but the
/// first and the last is much shorter than the widest.
fn is_ragged(text: &str, run: &[Row], page: usize) -> bool {
    /// Fewest lines that show a habit, and the widest that hands break at, in bytes.
    const FEWEST: usize = 4;
    const WIDEST_BY_HAND: usize = 90;
    if run.len() < FEWEST || page > WIDEST_BY_HAND {
        return false;
    }
    let inner = &run[1..run.len() - 1];
    let goes_on = |pair: &&[Row]| {
        matches!(End::of(&text[pair[0].span]), End::Open | End::Comma)
            && Start::of(&text[pair[1].span]) == Start::Small
    };
    inner.iter().all(|row| width(row) * 5 >= page * 3)
        && run.windows(2).filter(goes_on).count() * 2 >= run.len() - 1
}

#[cfg(test)]
mod tests {
    use crate::layout::lines;

    fn n_lines(text: &str) -> usize {
        lines(text).len()
    }

    #[test]
    fn a_short_first_line_belongs_to_its_paragraph() {
        let text = "Showers fell for a week in\n\
            the valley above the old harbour, and the river rose by more\n\
            than two metres before the dam was opened on Sunday evening,\n\
            the town said in a note to all of its inhabitants.";
        assert_eq!(n_lines(text), 1);
    }

    #[test]
    fn prose_broken_by_hand_is_one_paragraph() {
        let text = "The council of the valley met on Tuesday to discuss the dam\n\
            which was opened on Sunday evening,\n\
            after it had rained for a week and the river had risen\n\
            by two metres and more. It wants to know\n\
            who gave the order.";
        assert_eq!(n_lines(text), 1);
    }

    #[test]
    fn a_paragraph_of_one_line_takes_nothing_from_the_next() {
        let text = "The dam was opened on Sunday evening, after it had rained for\n\
            a week in the valley above the old harbour.\n    The river rose by more than two metres in one night.\n    The council \
            meets on Tuesday to ask who had given the order,\nand why the ferry had not been told of it before it left for\n\
            the island.";
        assert_eq!(n_lines(text), 3);
    }

    #[test]
    fn titles_and_verses_stay_apart() {
        assert_eq!(
            n_lines(
                "Dam opened on Sunday evening\nCouncil meets on Tuesday\nRain goes on in the valley\nFerry is late"
            ),
            4
        );
        assert_eq!(
            n_lines(
                "A headline over it\nThe dam was opened. It had rained for a week in the hills.\nThe ferry is late."
            ),
            3
        );
    }
}
