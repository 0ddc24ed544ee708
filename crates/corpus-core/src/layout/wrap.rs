//! Lines that a fixed width broke apart, joined again.

use super::{Line, Shape};
use crate::span::Span;

/// The widest page that text is broken to, in bytes.
const WIDEST: usize = 132;
/// The narrowest.
const NARROWEST: usize = 40;

/// Joins the lines of each paragraph that was broken at a fixed width.
///
/// A run of lines without blank lines between them was broken so when every line but the last is as long as it could
/// be: the first word of the next would not have fitted. Then its first line starts the paragraph, and each line
/// continues it.
pub(super) fn join(text: &str, lines: Vec<Line>) -> Vec<Line> {
    if !lines.windows(2).any(|pair| pair[1].gap == 0 && pair[0].span.len() <= WIDEST) {
        return lines;
    }
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let end = run_end(&lines, at);
        if is_wrapped(text, &lines[at..end]) {
            let mut line = lines[at].clone();
            line.span = Span::new(line.span.start, lines[end - 1].span.end);
            line.content = Span::new(line.content.start, line.span.end);
            line.shape = Shape::of(&text[line.content]);
            joined.push(line);
        } else {
            joined.extend_from_slice(&lines[at..end]);
        }
        at = end;
    }
    joined
}

/// The end of the run of adjacent lines at `start` that are set alike: no blank line, no new marker, one indent but
/// for the first line's.
fn run_end(lines: &[Line], start: usize) -> usize {
    let mut end = start + 1;
    while end < lines.len()
        && lines[end].gap == 0
        && lines[end].marker.is_none()
        && (end == start + 1 || lines[end].indent == lines[end - 1].indent)
    {
        end += 1;
    }
    end
}

fn is_wrapped(text: &str, run: &[Line]) -> bool {
    if run.len() < 2 {
        return false;
    }
    let width = |line: &Line| usize::from(line.indent) + line.span.len();
    let page = run.iter().map(width).max().unwrap_or(0);
    if !(NARROWEST..=WIDEST).contains(&page) {
        return false;
    }
    let is_full = run.windows(2).all(|pair| {
        let next_word = text[pair[1].span].split_whitespace().next().map_or(0, str::len);
        width(&pair[0]) + 1 + next_word > page
    });
    // Two full lines can be a coincidence, unless the second goes on in the middle of a sentence.
    let goes_on = || run[1].shape.start == super::Start::Small && !run[0].shape.end.is_sentence();
    is_full
        && (run.len() > 2 && run[..run.len() - 1].iter().any(|line| !line.shape.end.is_sentence())
            || goes_on())
}
