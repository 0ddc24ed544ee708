//! The lines of a text as they lie on the page: where each begins and ends, how it is set, what it looks like.

mod habit;
mod markdown;
mod shape;
mod wrap;

pub use markdown::{Field, Markup};
pub(crate) use markdown::{links, plain, without_links};
pub use shape::{End, Shape, Start};

use crate::{date, span::Span};
use habit::Habit;

/// A line of a page, or several that a fixed width broke apart.
///
/// Its span begins and ends on characters that are not white space; together the spans of all lines of a text cover
/// every such character.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it lies in the text.
    pub span: Span,
    /// The same without a leading list marker.
    pub content: Span,
    /// Columns of white space before it; a tab counts as four.
    pub indent: u16,
    /// Blank lines before it; the first line of a text has as many as precede it, plus one.
    pub gap: u16,
    /// The list marker it begins with.
    pub marker: Option<Marker>,
    /// What its characters look like.
    pub shape: Shape,
    /// What its marks say that it is, in a text that is Markdown.
    pub markup: Option<Markup>,
}

impl Line {
    /// The line that `span` is of `text`, with `gap` blank lines before it.
    pub(crate) fn new(text: &str, span: Span, gap: u16) -> Line {
        line(text, &Row { span, indent: 0, gap }, span.end)
    }

    /// The text of the line, without a leading list marker.
    pub fn content<'t>(&self, text: &'t str) -> &'t str {
        &text[self.content]
    }
}

/// A list marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet, dash or star.
    Bullet,
    /// A number or letter with a full stop or bracket; letters count from 1.
    Number(u32),
}

/// The lines of `text`, in order. Line ends are LF, CR LF and CR.
pub fn lines(text: &str) -> Vec<Line> {
    let mut rows = rows(text);
    if rows.len() > MOST {
        rows = joined(&rows);
    } else if let Some(lines) = markdown::lines(text, &rows) {
        return lines;
    }
    let mut lines = Vec::with_capacity(rows.len());
    let habit = Habit::of(text, &rows);
    let mut at = 0;
    while at < rows.len() {
        if let Some(habit) = habit {
            let end = habit.paragraph(text, &rows, at);
            lines.push(line(text, &rows[at], rows[end - 1].span.end));
            at = end;
            continue;
        }
        let run = wrap::run(text, &rows, at);
        // The first line may be a heading set right over its paragraph, or be shorter than the rest.
        let paragraph = [run.start, run.start + 1]
            .into_iter()
            .find(|&start| start < run.end && wrap::is_wrapped(text, &rows[start..run.end]))
            .map(|start| if wrap::goes_on(text, &rows[run.start..run.end]) { run.start } else { start });
        let single = run.start..paragraph.unwrap_or(run.end);
        lines.extend(rows[single].iter().map(|row| line(text, row, row.span.end)));
        if let Some(start) = paragraph {
            lines.push(line(text, &rows[start], rows[run.end - 1].span.end));
        }
        at = run.end;
    }
    lines
}

/// The most lines that are told apart. No page has as many; a table of numbers or a broken file may, and what lies
/// together is then taken together, so that memory stays in proportion to the text.
const MOST: usize = 1 << 17;

/// Rows taken together, as many in each as leave no more than `MOST`.
fn joined(rows: &[Row]) -> Vec<Row> {
    rows.chunks(rows.len().div_ceil(MOST))
        .map(|chunk| Row {
            span: Span::new(chunk[0].span.start, chunk[chunk.len() - 1].span.end),
            indent: chunk[0].indent,
            gap: chunk[0].gap,
        })
        .collect()
}

/// A line as it stands in the text, before paragraphs that were broken at a fixed width are joined.
struct Row {
    span: Span,
    indent: u16,
    gap: u16,
}

/// The lines of `text` that are not blank.
fn rows(text: &str) -> Vec<Row> {
    let bytes = text.as_bytes();
    let mut rows: Vec<Row> = Vec::with_capacity(text.len() / 80 + 4);
    let mut gap: u16 = 1;
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        match content_of(text, start, end) {
            Some(span) => {
                rows.push(Row { span, indent: indent(&text[start..span.start]), gap });
                gap = 0;
            }
            None => gap = gap.saturating_add(1),
        }
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    rows
}

/// Columns of white space; a tab counts as four.
fn indent(space: &str) -> u16 {
    if space.is_empty() {
        return 0;
    }
    let columns = space.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum::<usize>();
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// The part of `text[start..end]` without white space around it, if anything is left.
fn content_of(text: &str, start: usize, end: usize) -> Option<Span> {
    let bytes = &text.as_bytes()[start..end];
    if let [first, .., last] = bytes
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return Some(Span::new(start, end));
    }
    let trimmed = text[start..end].trim_start();
    let from = end - trimmed.len();
    let trimmed = trimmed.trim_end();
    (!trimmed.is_empty()).then(|| Span::new(from, from + trimmed.len()))
}

/// The line that begins with `row` and ends at `end`.
fn line(text: &str, row: &Row, end: usize) -> Line {
    let span = Span::new(row.span.start, end);
    let (marker, marker_len) = match marker(&text[row.span]) {
        Some((marker, len)) => (Some(marker), len),
        None => (None, 0),
    };
    let content = Span::new(span.start + marker_len, span.end);
    let shape = Shape::of(&text[content]);
    Line { span, content, indent: row.indent, gap: row.gap, marker, shape, markup: None }
}

/// Bullets that extractors and writers set; each is followed by white space.
const BULLETS: &[char] = &[
    '•', '◦', '‣', '⁃', '∙', '·', '●', '○', '■', '□', '▪', '▫', '►', '▸', '▶', '❖', '➤', '➢', '→', '✓', '✔',
    '*', '-', '–', '—', '+', '»', '›', '◆', '◇', '★', '☆',
];

/// The list marker that `line` begins with, and its length with the white space after it.
fn marker(line: &str) -> Option<(Marker, usize)> {
    let first = line.chars().next()?;
    if first.is_ascii_uppercase() {
        return None;
    }
    let (marker, marker_len) = if BULLETS.contains(&first) {
        (Marker::Bullet, first.len_utf8())
    } else if first.is_ascii_digit() || first == '(' {
        let open = usize::from(first == '(');
        let digits = line.as_bytes()[open..].iter().take_while(|b| b.is_ascii_digit()).count();
        let close = *line.as_bytes().get(open + digits)?;
        if !(1..=4).contains(&digits) || !(close == b')' || (open == 0 && close == b'.')) {
            return None;
        }
        (Marker::Number(line[open..open + digits].parse().ok()?), open + digits + 1)
    } else if first.is_ascii_lowercase() && line.as_bytes().get(1) == Some(&b')') {
        (Marker::Number(u32::from(first) - u32::from('a') + 1), 2)
    } else {
        return None;
    };
    let rest = &line[marker_len..];
    let content = rest.trim_start();
    let is_set_off = content.len() < rest.len() && !content.is_empty();
    (is_set_off && !begins_with_day(line, marker)).then(|| (marker, line.len() - content.len()))
}

/// Whether what looks like the number of a list item is the day of a date: "14. März 2023", "14. 3. 2023".
fn begins_with_day(line: &str, marker: Marker) -> bool {
    /// Bytes that a day, a month and a year take at most.
    const LONGEST: usize = 64;
    let start = &line[..line.floor_char_boundary(LONGEST)];
    matches!(marker, Marker::Number(1..=31))
        && date::find(start)
            .is_some_and(|(range, date)| range.start == 0 && date.as_str().len() > "2023-03".len())
}

#[cfg(test)]
mod tests {
    use super::{Marker, lines};

    #[test]
    fn the_day_of_a_date_is_no_marker() {
        for date in [
            "14. März 2023",
            "3. května 2021 v 10:15",
            "14. mars 2023",
            "14. 3. 2023",
            "31. oktobra 2020, 9.30",
        ] {
            let line = &lines(date)[0];
            assert_eq!((line.marker, line.content(date)), (None, date));
        }
        for item in
            ["14. Marble, 2023 edition", "3. In May 2021 the yard closed", "2. 5 May 2020", "40. May 2020"]
        {
            assert!(matches!(lines(item)[0].marker, Some(Marker::Number(_))), "{item}");
        }
    }
}
