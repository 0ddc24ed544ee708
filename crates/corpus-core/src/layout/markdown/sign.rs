//! The signs of Markdown: what a row begins with or is made of, and how many signs make a text Markdown.

use super::{super::Row, front, link::links};
use std::ops::Range;

/// Whether a text shows by several signs of different kinds that it is Markdown: a number sign, a star or a link alone may
/// stand in any text.
pub(super) fn is_markdown(text: &str, rows: &[Row]) -> bool {
    if let Some(end) = front::end(text, rows)
        && rows[..end].iter().filter(|row| front::is_known(&text[row.span])).count() >= 2
    {
        return true;
    }
    let mut signs = Signs::default();
    for (at, row) in rows.iter().enumerate() {
        let below = rows.get(at + 1);
        let is_apart = row.indent < 4 && (row.gap > 0 || below.is_none_or(|below| below.gap > 0));
        let below = below.filter(|below| below.gap == 0).map(|below| &text[below.span]);
        signs.count(&text[row.span], below, is_apart, at < 2);
    }
    signs.suffice()
}

/// How often each kind of sign stands in a text.
#[derive(Debug, Default)]
struct Signs {
    headings: usize,
    /// Headings below the first level.
    lower: usize,
    /// Whether the text begins with a heading.
    begins: bool,
    fences: usize,
    links: usize,
    pictures: usize,
    emphasis: usize,
    tables: usize,
    /// Items of lists behind marks that Markdown knows, and behind those that it does not.
    items: usize,
    bullets: usize,
}

impl Signs {
    fn count(&mut self, row: &str, below: Option<&str>, is_apart: bool, is_first: bool) {
        let is_underlined =
            is_apart && below.and_then(is_underline) == Some(1) && row.chars().any(char::is_alphabetic);
        let level = heading(row).filter(|_| is_apart).map(|(level, _)| level).or(is_underlined.then_some(1));
        if let Some(level) = level {
            self.headings += 1;
            self.lower += usize::from(level > 1);
            self.begins |= is_first;
        }
        self.fences += usize::from(fence(row).is_some());
        self.tables += usize::from(table_row(row) && below.is_some_and(is_delimiter));
        self.links += links(row).count() + usize::from(is_reference(row) && row.contains("]: http"));
        self.pictures += usize::from(row.contains("![") && row.contains("]("));
        self.emphasis += emphasis(row);
        self.items += usize::from(["- ", "* ", "+ "].iter().any(|mark| row.starts_with(mark)));
        self.bullets += usize::from(row.starts_with(['•', '◦', '·', '▪', '●', '‣']));
    }

    fn suffice(&self) -> bool {
        let has_fences = self.fences >= 2;
        let others = [self.links > 0, has_fences, self.tables > 0, self.emphasis >= 2, self.pictures > 0];
        let n_others = others.iter().filter(|is_there| **is_there).count();
        // A page that was drawn from HTML has bullets of its own, and may quote Markdown.
        if self.bullets > self.items {
            return self.begins && n_others >= 1;
        }
        self.headings >= 1 && (n_others >= 1 || self.emphasis > 0)
            || self.headings >= 2 && self.lower >= 1 && self.begins
            || self.links >= 3 && (self.emphasis > 0 || self.items >= 2 || self.pictures > 0)
            || n_others >= 2 && (has_fences || self.pictures > 0)
    }
}

/// The level of a heading behind number signs, and where its words stand.
pub(super) fn heading(row: &str) -> Option<(u8, Range<usize>)> {
    let words = row.trim_start_matches('#');
    let level = row.len() - words.len();
    if !(1..=6).contains(&level) || !words.starts_with([' ', '\t']) {
        return None;
    }
    let start = row.len() - words.trim_start().len();
    let closed = row.trim_end_matches('#');
    let end = if closed.ends_with([' ', '\t']) { closed.trim_end().len() } else { row.len() };
    (start < end).then_some((level as u8, start..end))
}

/// The level of the heading that a row underlines.
pub(super) fn is_underline(row: &str) -> Option<u8> {
    let is_all = |mark: u8| row.len() >= 3 && row.bytes().all(|byte| byte == mark);
    if is_all(b'=') { Some(1) } else { is_all(b'-').then_some(2) }
}

/// The mark of a fence around program text, and how often it stands there.
pub(super) fn fence(row: &str) -> Option<(char, usize)> {
    let mark = row.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = row.trim_start_matches(mark);
    let count = row.len() - info.len();
    (count >= 3 && !info.contains('`')).then_some((mark, count))
}

/// The mark of a row that ends what a fence began with as many of it or fewer, and how often it stands there.
pub(super) fn end_of_fence(row: &str) -> Option<(char, usize)> {
    let mark = row.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    row.bytes().all(|byte| char::from(byte) == mark).then_some((mark, row.len()))
}

/// Whether a row is a line across the page.
pub(super) fn is_rule(row: &str) -> bool {
    let Some(mark) = row.chars().next().filter(|mark| matches!(mark, '-' | '*' | '_')) else { return false };
    row.chars().all(|c| c == mark || c == ' ') && row.matches(mark).count() >= 3
}

/// Whether a row may be one of a table.
pub(super) fn table_row(row: &str) -> bool {
    row.contains('|')
}

/// Whether a row parts the head of a table from its body.
pub(super) fn is_delimiter(row: &str) -> bool {
    row.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
        && row.contains('|')
        && row.contains("--")
}

/// Whether a row defines a link or footnote: "[1]: https://…", "[^1]: A note".
pub(super) fn is_reference(row: &str) -> bool {
    row.strip_prefix('[').and_then(|rest| rest.split_once("]:")).is_some_and(|(label, target)| {
        !label.is_empty() && label.len() <= 60 && !label.contains(['[', ']']) && target.starts_with(' ')
    })
}

/// How many words or phrases of a row stand between double stars or grave accents.
fn emphasis(row: &str) -> usize {
    let between = |mark: &str| {
        let pieces: Vec<&str> =
            if row.contains(mark) { row.split(mark).take(64).collect() } else { Vec::new() };
        let inner = pieces.iter().skip(1).step_by(2).take(pieces.len().saturating_sub(1) / 2);
        inner.filter(|inner| inner.starts_with(char::is_alphanumeric) && !inner.ends_with(' ')).count()
    };
    between("**") + between("`")
}

/// What a row of HTML is: the level of the heading it is, and the range of its words; the whole row where it has none.
/// `None` where it is no HTML.
pub(super) fn html(row: &str) -> Option<(Option<u8>, Range<usize>)> {
    let rest = row.strip_prefix('<').filter(|_| row.ends_with('>'))?;
    let is_tag = rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    let name_len = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if !is_tag || rest[name_len..].starts_with(':') || rest[name_len..].starts_with('@') {
        return None;
    }
    let open = row.find('>')? + 1;
    let close = row.rfind('<').filter(|&close| close > open)?.max(open);
    let level = match &rest.as_bytes()[..name_len] {
        [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    };
    let (mut is_tag, mut has_words) = (false, false);
    for c in row.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c => has_words |= !is_tag && c.is_alphanumeric(),
        }
    }
    let inner = &row[open..close];
    let start = open + inner.len() - inner.trim_start().len();
    let end = open + inner.trim_end().len();
    Some(if has_words && start < end { (level, start..end) } else { (None, 0..row.len()) })
}
