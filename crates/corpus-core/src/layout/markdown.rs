//! The lines of a text that is Markdown, and what its marks say of each.

mod front;
mod link;
mod sign;

use super::{End, Line, Marker, Row, Shape, marker, wrap};
use crate::span::Span;
pub use front::Field;
use link::is_picture;
pub(crate) use link::{links, plain, without_links};
use sign::{
    end_of_fence, fence, heading, html, is_delimiter, is_reference, is_rule, is_underline, table_row,
};

/// What the marks of a line of Markdown say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// No mark: a paragraph, or a line of one that was not broken at a fixed width.
    Text,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// Program text between fences or set in, with its fences.
    Code,
    /// A quotation behind ">".
    Quote,
    /// An item of a list, by its depth from 1.
    Item(u8),
    /// A row of a table; the first has the line below it that parts head and body.
    Row,
    /// "---" or "* * *" alone.
    Rule,
    /// Nothing but pictures.
    Picture,
    /// Nothing but tags of HTML.
    Html,
    /// The definition of a link or footnote: `[1]: https://…`.
    Reference,
    /// What the text says of itself before it begins, by the name of the field.
    Field(Field),
}

/// The lines of a text that shows by its marks that it is Markdown; `None` of any other.
pub(super) fn lines(text: &str, rows: &[Row]) -> Option<Vec<Line>> {
    (may_be(text, rows) && sign::is_markdown(text, rows)).then(|| {
        let fences = Fences::of(text, rows);
        Reader { text, rows, fences, lines: Vec::new(), lists: Vec::new() }.read()
    })
}

/// One look at a text that tells nearly all texts that are no Markdown: no heading, fence, underline or link.
fn may_be(text: &str, rows: &[Row]) -> bool {
    let begins = |row: &Row| match text.as_bytes()[row.span.start] {
        b'#' => heading(&text[row.span]).is_some(),
        b'`' | b'~' => fence(&text[row.span]).is_some(),
        b'=' => is_underline(&text[row.span]).is_some(),
        _ => false,
    };
    rows.iter().any(begins)
        || memchr::memmem::find(text.as_bytes(), b"](").is_some()
        || front::end(text, rows).is_some()
}

/// How often the mark of a fence stands in the longest row that ends one, from each row to the end of the text, so that no
/// fence is looked for whose end is missing: of "`", then of "~".
struct Fences(Vec<[usize; 2]>);

impl Fences {
    fn of(text: &str, rows: &[Row]) -> Self {
        let mut longest = vec![[0; 2]; rows.len() + 1];
        for (at, row) in rows.iter().enumerate().rev() {
            longest[at] = longest[at + 1];
            if let Some((mark, count)) = end_of_fence(&text[row.span]) {
                let longest = &mut longest[at][usize::from(mark == '~')];
                *longest = count.max(*longest);
            }
        }
        Fences(longest)
    }

    /// Whether a fence that stands above row `at` ends there or below.
    fn end_from(&self, at: usize, (mark, count): (char, usize)) -> bool {
        self.0[at][usize::from(mark == '~')] >= count
    }
}

/// Reads rows from the first to the last.
struct Reader<'t> {
    text: &'t str,
    rows: &'t [Row],
    fences: Fences,
    lines: Vec<Line>,
    /// The indents of the lists that are open, the outermost first.
    lists: Vec<u16>,
}

/// Columns from which a row that is set in is program text.
const SET_IN: u16 = 4;

/// The deepest list that is told from others.
const DEEPEST: usize = 32;

impl<'t> Reader<'t> {
    fn read(mut self) -> Vec<Line> {
        let mut at = match front::end(self.text, self.rows) {
            Some(end) => self.front(end),
            None => 0,
        };
        let n_set_in = self.rows.iter().filter(|row| row.indent >= SET_IN).count();
        let has_set_in_code = n_set_in * 2 <= self.rows.len();
        while at < self.rows.len() {
            at = self.block(at, has_set_in_code);
        }
        self.lines
    }

    /// The text of a row.
    fn row(&self, at: usize) -> &'t str {
        &self.text[self.rows[at].span]
    }

    /// Adds the rows `start..end` as one line whose words are `content`.
    fn push(&mut self, start: usize, end: usize, content: Span, marker: Option<Marker>, markup: Markup) {
        let (first, last) = (&self.rows[start], &self.rows[end - 1]);
        self.lines.push(Line {
            span: Span::new(first.span.start, last.span.end),
            content,
            indent: first.indent,
            gap: first.gap,
            marker,
            shape: Shape::of(&self.text[content]),
            markup: Some(markup),
        });
    }

    /// Adds the rows `start..end` as one line without marks around its words.
    fn push_whole(&mut self, start: usize, end: usize, markup: Markup) {
        let content = Span::new(self.rows[start].span.start, self.rows[end - 1].span.end);
        self.push(start, end, content, None, markup);
    }

    /// The fields before the text, which end before row `end`.
    fn front(&mut self, end: usize) -> usize {
        let mut field = Field::Other;
        for at in 0..end {
            let (own, value) = front::field(self.row(at));
            field = own.unwrap_or(field);
            let start = self.rows[at].span.start;
            let is_mark = matches!(self.row(at), "---" | "...");
            let markup = if is_mark { Markup::Field(Field::Other) } else { Markup::Field(field) };
            self.push(at, at + 1, Span::new(start + value.start, start + value.end), None, markup);
        }
        end
    }

    /// Reads the block that begins with row `at` and gives the row behind it.
    fn block(&mut self, at: usize, has_set_in_code: bool) -> usize {
        let row = &self.rows[at];
        let text = self.row(at);
        let start = row.span.start;
        if row.indent == 0 && row.gap > 0 && marker(text).is_none() {
            self.lists.clear();
        }
        if let Some(fence) = fence(text) {
            let ends = |&below: &usize| {
                end_of_fence(self.row(below)).is_some_and(|(mark, count)| mark == fence.0 && count >= fence.1)
            };
            // Without an end it is the one row: the page may be cut.
            let has_end = self.fences.end_from(at + 1, fence);
            let end = if has_end { (at + 1..self.rows.len()).find(ends) } else { None };
            let end = end.map_or(at + 1, |end| end + 1);
            self.push_whole(at, end, Markup::Code);
            return end;
        }
        if has_set_in_code && self.lists.is_empty() && row.indent >= SET_IN && row.gap > 0 {
            let end = (at + 1..self.rows.len()).find(|&below| self.rows[below].indent < SET_IN);
            let end = end.unwrap_or(self.rows.len());
            self.push_whole(at, end, Markup::Code);
            return end;
        }
        if let Some((level, words)) = heading(text) {
            self.push(
                at,
                at + 1,
                Span::new(start + words.start, start + words.end),
                None,
                Markup::Heading(level),
            );
            return at + 1;
        }
        if let Some(field) = front::commented(text) {
            let (kind, value) = field;
            self.push(
                at,
                at + 1,
                Span::new(start + value.start, start + value.end),
                None,
                Markup::Field(kind),
            );
            return at + 1;
        }
        if is_reference(text) {
            self.push_whole(at, at + 1, Markup::Reference);
            return at + 1;
        }
        if text.starts_with('>') {
            return self.quote(at);
        }
        if let Some(end) = self.table(at) {
            return end;
        }
        if is_rule(text) {
            self.push_whole(at, at + 1, Markup::Rule);
            return at + 1;
        }
        if let Some((marker, length)) = marker(text) {
            return self.item(at, marker, length);
        }
        if is_picture(text) {
            self.push_whole(at, at + 1, Markup::Picture);
            return at + 1;
        }
        if let Some((level, words)) = html(text) {
            let content = Span::new(start + words.start, start + words.end);
            let markup = match level {
                Some(level) => Markup::Heading(level),
                None if words.start == 0 => Markup::Html,
                None => Markup::Text,
            };
            self.push(at, at + 1, content, None, markup);
            return at + 1;
        }
        self.paragraph(at)
    }

    /// Whether row `at`, right below a paragraph, begins something else.
    fn interrupts(&self, at: usize) -> bool {
        let text = self.row(at);
        fence(text).is_some()
            || heading(text).is_some()
            || text.starts_with('>')
            || is_rule(text)
            || is_reference(text)
            || is_picture(text)
            || html(text).is_some()
            || matches!(marker(text), Some((Marker::Bullet | Marker::Number(1), _)))
            || self.is_table(at)
    }

    /// A quotation: the rows behind ">" up to an empty one, and rows that go on with it.
    fn quote(&mut self, at: usize) -> usize {
        let is_bare = |row: &str| row.trim_matches(['>', ' ']).is_empty();
        let mut end = at + 1;
        while end < self.rows.len() && self.rows[end].gap == 0 {
            let (above, row) = (self.row(end - 1), self.row(end));
            let goes_on = if row.starts_with('>') {
                is_bare(row) || !is_bare(above)
            } else {
                !is_bare(above) && !self.interrupts(end)
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        let text = self.row(at);
        let first = text.len() - text.trim_start_matches(['>', ' ']).len();
        let first = if first < text.len() { first } else { 0 };
        let span = Span::new(self.rows[at].span.start + first, self.rows[end - 1].span.end);
        self.push(at, end, span, None, Markup::Quote);
        end
    }

    fn is_table(&self, at: usize) -> bool {
        table_row(self.row(at))
            && self
                .rows
                .get(at + 1)
                .is_some_and(|below| below.gap == 0 && is_delimiter(&self.text[below.span]))
    }

    /// A table: its head with the row that parts it from the rest, and a line for each further row.
    fn table(&mut self, at: usize) -> Option<usize> {
        let is_row =
            |at: usize| self.rows.get(at).is_some_and(|row| row.gap == 0 && table_row(&self.text[row.span]));
        let is_boxed = |at: usize| is_row(at) && self.row(at).starts_with('|') && self.row(at).ends_with('|');
        let has_head = self.is_table(at);
        let goes_on = self.lines.last().is_some_and(|above| above.markup == Some(Markup::Row)) && is_row(at);
        let begins = self.row(at).starts_with('|') && self.row(at).ends_with('|') && is_boxed(at + 1);
        if !(has_head || goes_on || begins) {
            return None;
        }
        let end = if has_head { at + 2 } else { at + 1 };
        self.push(at, end, self.rows[at].span, None, Markup::Row);
        Some(end)
    }

    /// An item of a list, with the rows that go on with it.
    fn item(&mut self, at: usize, marker: Marker, length: usize) -> usize {
        let indent = self.rows[at].indent;
        while self.lists.last().is_some_and(|&last| indent + 1 < last) {
            self.lists.pop();
        }
        if self.lists.last().is_none_or(|&last| indent > last + 1) && self.lists.len() < DEEPEST {
            self.lists.push(indent);
        }
        let depth = self.lists.len() as u8;
        let mut end = at + 1;
        while end < self.rows.len()
            && self.rows[end].gap == 0
            && super::marker(self.row(end)).is_none()
            && !self.interrupts(end)
        {
            end += 1;
        }
        let text = &self.row(at)[length..];
        // A box to tick is part of the mark.
        let boxed = ["[ ] ", "[x] ", "[X] "].iter().find(|boxed| text.starts_with(**boxed));
        let first = self.rows[at].span.start + length + boxed.map_or(0, |boxed| boxed.len());
        let span = Span::new(first, self.rows[end - 1].span.end);
        self.push(at, end, span, Some(marker), Markup::Item(depth));
        end
    }

    /// A paragraph, or a heading that is underlined. Rows that were not broken at a width are lines of their own.
    fn paragraph(&mut self, at: usize) -> usize {
        let below = self.rows.get(at + 1).filter(|below| below.gap == 0);
        if let Some(level) = below.and_then(|below| is_underline(&self.text[below.span]))
            && self.row(at).chars().any(char::is_alphanumeric)
        {
            self.push(at, at + 2, self.rows[at].span, None, Markup::Heading(level));
            return at + 2;
        }
        let mut end = at + 1;
        while end < self.rows.len()
            && self.rows[end].gap == 0
            && !self.interrupts(end)
            && !self
                .rows
                .get(end + 1)
                .is_some_and(|below| below.gap == 0 && is_underline(&self.text[below.span]).is_some())
        {
            end += 1;
        }
        let run = &self.rows[at..end];
        if run.len() > 1 && (wrap::is_wrapped(self.text, run) || is_broken(self.text, run)) {
            self.push_whole(at, end, Markup::Text);
        } else {
            for row in at..end {
                let content = emphasised(self.row(row), self.rows[row].span);
                self.push(row, row + 1, content, None, Markup::Text);
            }
        }
        end
    }
}

/// Whether rows are one paragraph that somebody broke by hand: none but the last is short, and some break a sentence.
fn is_broken(text: &str, run: &[Row]) -> bool {
    let inner = &run[..run.len() - 1];
    inner.iter().all(|row| (wrap::NARROWEST..=wrap::WIDEST).contains(&wrap::width(row)))
        && inner.iter().any(|row| matches!(End::of(&text[row.span]), End::Open | End::Comma))
}

/// The words of a line without the stars or underscores around all of it.
fn emphasised(text: &str, span: Span) -> Span {
    for mark in ["***", "**", "__", "*", "_"] {
        if let Some(inner) = text.strip_prefix(mark).and_then(|inner| inner.strip_suffix(mark))
            && !inner.contains(mark)
            && inner.starts_with(char::is_alphanumeric)
        {
            return Span::new(span.start + mark.len(), span.end - mark.len());
        }
    }
    span
}

#[cfg(test)]
mod tests {
    use super::{Field, Markup};
    use crate::layout::lines;

    fn read(text: &str) -> Vec<(Markup, &str)> {
        lines(text).iter().map(|line| (line.markup.expect("no Markdown"), line.content(text))).collect()
    }

    #[test]
    fn each_block_is_told_by_its_marks() {
        let text = "# A bridge\n\nIt **opens** on [Monday](https://bridge.example).\n\n## Tolls ##\n\n- Cars\n  - Vans\n- [x] Bicycles\n\n\
            > Nobody pays\n> twice.\n\n```sh\nopen bridge\n\n# shut\n```\n\n| Day | Toll |\n|---|---|\n| Mon | 3 |\n\n---\n\n![A bridge](b.png)\n\n[1]: https://b.example\n";
        assert_eq!(
            read(text),
            [
                (Markup::Heading(1), "A bridge"),
                (Markup::Text, "It **opens** on [Monday](https://bridge.example)."),
                (Markup::Heading(2), "Tolls"),
                (Markup::Item(1), "Cars"),
                (Markup::Item(2), "Vans"),
                (Markup::Item(1), "Bicycles"),
                (Markup::Quote, "Nobody pays\n> twice."),
                (Markup::Code, "```sh\nopen bridge\n\n# shut\n```"),
                (Markup::Row, "| Day | Toll |"),
                (Markup::Row, "| Mon | 3 |"),
                (Markup::Rule, "---"),
                (Markup::Picture, "![A bridge](b.png)"),
                (Markup::Reference, "[1]: https://b.example"),
            ]
        );
    }

    #[test]
    fn a_heading_may_be_underlined() {
        let text = "A bridge\n========\n\nIt [opens](https://b.example).\n\nTolls\n-----\n\nSee `toll`.\n\n    open bridge\n    shut bridge\n";
        let kinds: Vec<Markup> = read(text).iter().map(|(markup, _)| *markup).collect();
        assert_eq!(kinds, [Markup::Heading(1), Markup::Text, Markup::Heading(2), Markup::Text, Markup::Code]);
    }

    #[test]
    fn a_fence_ends_at_as_many_marks_or_more() {
        let text = "# Tolls\n\n````\n```\n~~~~\n`````\n\n~~~\n\n```sh\ntoll\n\n**Cars** pay `3`.\n";
        assert_eq!(
            read(text)[1..],
            [
                (Markup::Code, "````\n```\n~~~~\n`````"),
                (Markup::Code, "~~~"),
                (Markup::Code, "```sh"),
                (Markup::Text, "toll"),
                (Markup::Text, "**Cars** pay `3`."),
            ]
        );
    }

    #[test]
    fn what_a_text_says_of_itself_comes_first() {
        let text = "---\ntitle: \"A bridge\"\nauthor: Ada Holm\ndate: 2021-05-03\ntags:\n  - roads\nlayout: post\n---\n\nIt opens.\n";
        let field = |field| Markup::Field(field);
        assert_eq!(
            read(text)[1..7],
            [
                (field(Field::Title), "A bridge"),
                (field(Field::Author), "Ada Holm"),
                (field(Field::Date), "2021-05-03"),
                (field(Field::Topics), ""),
                (field(Field::Topics), "- roads"),
                (field(Field::Other), "layout: post"),
            ]
            .map(|(markup, words)| (markup, if words.is_empty() { "tags:" } else { words }))
        );
    }

    #[test]
    fn a_paragraph_broken_by_hand_is_one_line() {
        let text = "# A bridge\n\nThe bridge opens on Monday at the hour of\nnoon, says the [mayor](https://m.example), and\nnobody pays.\n\n**Short**\nlines\n";
        assert_eq!(read(text).len(), 4);
        assert_eq!(read(text)[2], (Markup::Text, "Short"));
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "# 1 in sales\n\nThe bridge opens on Monday. Nobody pays.\n\nIt was built in 2019.",
            "#bridges are back\n\n## and so are ferries",
            "[Music]\n\nThe bridge opens.\n\n[Applause]\n\n> said the mayor",
            "# settings of the bridge\nopen = true\n\n# of the toll\ntoll = 3\n",
            "---\nThe bridge opens on Monday.\n---\n",
            "A bridge\n\nIt opens [1] on Monday.\n\n[1] The mayor",
            "Prices | Monday | Tuesday\n\n| 3 | 4 |",
        ] {
            assert!(lines(text).iter().all(|line| line.markup.is_none()), "{text}");
        }
    }
}
