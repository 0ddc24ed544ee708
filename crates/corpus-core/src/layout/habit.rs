//! Texts that were broken at one width throughout, as newswires and mails are.

use super::{
    End, Row, Start, marker,
    wrap::{NARROWEST, WIDEST, width},
};

/// The width that a whole text was broken at.
///
/// Where one paragraph alone could be a coincidence, a text that goes on like this shows a habit; then a row that is
/// as long as it could be is not the end of a paragraph, whatever the next begins with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habit {
    /// In bytes, white space at the start of a row included.
    width: usize,
    /// How far the rows are set in that are set in least, in columns.
    indent: u16,
}

/// Fewest rows that were broken at the width.
const FEWEST: usize = 2;

/// By how much a row may fall short of the width: some writers count otherwise.
const SLACK: usize = 3;

impl Habit {
    /// The habit of a text, if it has one: no row is too wide for a page, two in three rows that have another right
    /// below are full, and a third of these surely break a sentence.
    pub(super) fn of(text: &str, rows: &[Row]) -> Option<Habit> {
        if rows.len() <= FEWEST || rows.iter().any(|row| width(row) > WIDEST) {
            return None;
        }
        // A table may be wider than the text.
        let mut widths: Vec<usize> = rows.iter().map(width).collect();
        let nth = (widths.len() / 20).max(1);
        let (_, width, _) = widths.select_nth_unstable_by(nth, |a, b| b.cmp(a));
        let indent = rows.iter().map(|row| row.indent).min().unwrap_or(0);
        let habit = Habit { width: *width, indent };
        let (mut n_below, mut n_full, mut n_broken) = (0, 0, 0);
        for pair in rows.windows(2).filter(|pair| pair[1].gap == 0 && pair[1].indent <= pair[0].indent) {
            n_below += 1;
            if habit.is_full(text, &pair[0], &pair[1]) {
                n_full += 1;
                let breaks_sentence = Start::of(&text[pair[1].span]) == Start::Small
                    || ends_on_a_small_word(&text[pair[0].span]);
                n_broken += usize::from(breaks_sentence);
            }
        }
        let is_habit = n_full >= FEWEST && n_full * 3 >= n_below * 2 && n_broken * 3 >= n_full;
        (is_habit && habit.width >= NARROWEST).then_some(habit)
    }

    /// The end of the paragraph that begins with row `start`.
    pub(super) fn paragraph(self, text: &str, rows: &[Row], start: usize) -> usize {
        let mut end = start + 1;
        while end < rows.len() && self.goes_on(text, rows, start, end) {
            end += 1;
        }
        end
    }

    /// Whether row `at` goes on with the paragraph that begins with row `start`.
    fn goes_on(self, text: &str, rows: &[Row], start: usize, at: usize) -> bool {
        let (above, row) = (&rows[at - 1], &rows[at]);
        let is_first = at - 1 == start;
        let is_set_in = row.indent > above.indent || row.indent < above.indent && !is_first;
        // Two paragraphs of a row each, both set in; more rows set in alike are one that is quoted.
        let is_next = is_first
            && row.indent > self.indent
            && rows.get(at + 1).is_none_or(|next| next.indent < row.indent || next.gap > 0);
        if row.gap > 0 || is_set_in || is_next {
            return false;
        }
        let (content, over) = (&text[row.span], &text[above.span]);
        if over.rfind('(') > over.rfind(')') {
            return true;
        }
        let is_full = self.is_full(text, above, row);
        let breaks_sentence = matches!(End::of(over), End::Open | End::Comma);
        if marker(content).is_some() && !(is_full && breaks_sentence) || is_row(content) || is_row(over) {
            return false;
        }
        if is_full {
            return true;
        }
        if !breaks_sentence {
            return false;
        }
        // The place and the day may have been cut from the start of a paragraph, so that its first row is short.
        let is_lead = is_first
            && over.split_whitespace().nth(2).is_some()
            && (End::of(content) == End::Stop
                || rows.get(at + 1).is_some_and(|next| next.gap == 0 && self.is_full(text, row, next)));
        match Start::of(content) {
            Start::Small => true,
            Start::Capital => is_lead && (ends_on_a_small_word(over) || self.is_cut_lead(start, above, over)),
            _ => is_lead && over.rsplit(' ').next().is_some_and(|word| Start::of(word) == Start::Small),
        }
    }

    /// Whether a row right below the headline is the start of the text, a place and a day short of the width.
    fn is_cut_lead(self, at: usize, row: &Row, content: &str) -> bool {
        const LONGEST_DATELINE: usize = 36;
        // A name and its byline have no more words, and none in small letters.
        let is_sentence = content.split(' ').nth(4).is_some()
            || content.split(' ').any(|word| Start::of(word) == Start::Small);
        at == 1 && row.gap > 0 && width(row) + LONGEST_DATELINE > self.width && is_sentence
    }

    /// Whether a row is as long as it could be: the first word of the next would not have fitted.
    fn is_full(self, text: &str, row: &Row, next: &Row) -> bool {
        let below = &text.as_bytes()[next.span.range()];
        let word = below.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(below.len());
        width(row) + 1 + word + SLACK > self.width
    }
}

/// Whether a row has cells set apart by spaces.
fn is_row(content: &str) -> bool {
    content.contains("   ")
}

/// Whether a row ends on a word that no sentence or headline ends on: a short one in small letters.
fn ends_on_a_small_word(content: &str) -> bool {
    let last = content.rsplit(' ').next().unwrap_or(content);
    last.len() <= 3 && last.chars().all(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::layout::lines;

    const TAIL: &str = "The harbour of the island will stay closed until the end of\n\
        the month, said the office that looks after it. Ships will be\n\
        sent to the mainland.\n    The ferry, which is owned by the town, was built 40 years ago\n\
        and has been repaired twice since then.\n";

    fn firsts(text: &str) -> Vec<String> {
        lines(text).iter().map(|line| text[line.span].chars().take(12).collect()).collect()
    }

    #[test]
    fn a_short_lead_goes_on_whatever_it_goes_on_with() {
        let text = format!("FERRY STOPS\n\nThe town said it has paid\n12 mln to the yard.\n    {TAIL}");
        assert_eq!(firsts(&text), ["FERRY STOPS", "The town sai", "The harbour ", "The ferry, w"]);
        let text =
            format!("FERRY STOPS\n\nThe town said that it was the\nHarbour that had to pay.\n    {TAIL}");
        assert_eq!(firsts(&text), ["FERRY STOPS", "The town sai", "The harbour ", "The ferry, w"]);
    }

    #[test]
    fn headlines_and_tables_stay_apart() {
        let text = format!("Ferry stops for a month\nThe town has paid.\n    {TAIL}");
        assert_eq!(firsts(&text)[..2], ["Ferry stops ", "The town has"]);
        let text = format!("{TAIL}\nGuests    40    50\nCars    12    13\nBikes    2    3\n");
        assert_eq!(lines(&text).len(), 5);
    }
}
