//! Lines that a fixed width broke apart.

use super::{End, Row, Start, marker};
use std::ops::Range;

/// The widest page that text is broken to, in bytes.
const WIDEST: usize = 132;
/// The narrowest.
const NARROWEST: usize = 40;

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
    start..end
}

fn width(row: &Row) -> usize {
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
        return false;
    }
    let ends_sentence = |row: &Row| End::of(&text[row.span]).is_sentence();
    // Two full lines can be a coincidence, unless the second goes on in the middle of a sentence.
    let goes_on = || Start::of(&text[second.span]) == Start::Small && !ends_sentence(first);
    // Titles one below the other all start with a capital.
    let n_small = run[1..].iter().filter(|row| Start::of(&text[row.span]) != Start::Capital).count();
    let is_text = n_small * 4 >= run.len() - 1 && run[..run.len() - 1].iter().any(|row| !ends_sentence(row));
    run.len() > 2 && is_text || goes_on()
}
