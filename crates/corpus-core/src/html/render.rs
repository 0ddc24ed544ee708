//! Rendering: from tokens to lines of text, in one pass over the source.

mod attributes;
mod characters;
mod element;
mod head;
mod line;
mod row;
mod style;

use self::{
    attributes::Attributes,
    line::{Draft, trimmed},
};
use super::{
    marks::Landmarks,
    page::{Field, FieldKind, Link, Page},
    stack::{Closed, MAX_DEPTH, Open, Stack},
    tag::Tag,
    tokenizer::{Token, Tokenizer},
};
use crate::span::Span;

/// Renders a page. What the page hides by `hidden` or by its style is left out, unless `with_hidden`.
pub(crate) fn render(source: &str, with_hidden: bool) -> Page {
    let mut renderer = Renderer::new(source, with_hidden);
    while let Some(token) = renderer.tokenizer.next() {
        match token {
            Token::Text(span) => renderer.text(span, true),
            Token::Start { tag, name, span, self_closing } => renderer.start(tag, name, span, self_closing),
            Token::End { tag, name, .. } => renderer.end(tag, name),
        }
    }
    renderer.close_to(1);
    renderer.push_line();
    renderer.page
}

struct Renderer<'a> {
    source: &'a str,
    with_hidden: bool,
    tokenizer: Tokenizer<'a>,
    stack: Stack<'a>,
    page: Page,
    draft: Draft,
    /// Whether white space is due before the next character.
    space: bool,
    /// What stands between the last character and the next.
    seam: Seam,
    /// White space of preformatted text that is due before the next character.
    kept_space: String,
    /// Blank lines of preformatted text, and what sets the next one in, due before it.
    kept_gap: String,
    /// Where the last character of the text ends that is no white space, of Unicode's: what stands behind it may be cut.
    content_end: usize,
    /// Line feeds due before the next line.
    gap: usize,
    /// Line breaks since the last character.
    breaks: u32,
    /// Lines of the cells of the open table rows: first line and line after the last.
    row_cells: Vec<row::Cell>,
    /// Of each open table, the rows that cells of rows above still take of each column.
    rows_taken: Vec<Vec<u16>>,
    /// How many lines are told apart.
    most_lines: usize,
    /// How many links are kept.
    most_links: usize,
}

/// What stands between two characters of a line: two elements beside each other are often set apart by style alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seam {
    None,
    /// The end of an inline element.
    Ended,
    /// The end of one, and the beginning of another.
    Begun,
}

/// Fewest lines that are told apart, however short the source; no page for people has as many.
const MOST_LINES: usize = 1 << 15;
/// Bytes of source for each line of a longer one.
const BYTES_A_LINE: usize = 100;
/// Links that are kept of any page.
const MOST_LINKS: usize = 1 << 12;

/// Bytes of an element that are taken for the name, date or title that it holds: elements without an end lie within one
/// another, and each would hold the page.
const LONGEST_FIELD: usize = 1024;
/// Bytes of source for each link of a page that has more: a link is far larger than its letter of text.
const BYTES_A_LINK: usize = 128;

impl<'a> Renderer<'a> {
    fn new(source: &'a str, with_hidden: bool) -> Self {
        Renderer {
            source,
            with_hidden,
            tokenizer: Tokenizer::new(source),
            stack: Stack::new(source, Open::root()),
            page: Page { text: String::with_capacity(source.len() / 16), ..Page::default() },
            draft: Draft::default(),
            space: false,
            seam: Seam::None,
            kept_space: String::new(),
            kept_gap: String::new(),
            content_end: 0,
            gap: 0,
            breaks: 0,
            row_cells: Vec::new(),
            rows_taken: Vec::new(),
            most_lines: MOST_LINES.max(source.len() / BYTES_A_LINE),
            most_links: MOST_LINKS.max(source.len() / BYTES_A_LINK),
        }
    }

    /// Begins a link, and says its number; one too many has a number that no link has.
    fn link(&mut self, href: Span, rel: Option<Span>) -> u32 {
        if self.page.links.len() >= self.most_links {
            self.page.omitted.links += 1;
            return u32::MAX;
        }
        let at = self.content_end;
        self.page.links.push(Link { span: Span::new(at, at), href, rel });
        self.page.links.len() as u32 - 1
    }

    fn start(&mut self, tag: Tag, name: Span, span: Span, self_closing: bool) {
        if matches!(tag, Tag::Html | Tag::Body) {
            self.page.head.read_root(self.source, &self.tokenizer);
            return;
        }
        let Some(kept) = self.stack.kept_by_start(tag) else { return };
        self.close_to(kept);
        if self.stack.top().foreign {
            if !self_closing {
                self.open_foreign(tag, name);
            }
            return;
        }
        match tag {
            Tag::Meta => return self.page.head.read_meta(self.source, &self.tokenizer),
            Tag::Base => return self.page.head.read_base(self.source, &self.tokenizer),
            Tag::Link => return self.page.head.read_link(self.source, &self.tokenizer),
            Tag::Br => return self.line_break(),
            Tag::Hr => return self.end_block(tag),
            _ if tag.is_void() => return,
            _ if tag.is_raw() && tag.is_unseen() && !(tag == Tag::Noscript && self.with_hidden) => {
                return self.raw(tag, name);
            }
            Tag::Td | Tag::Th if self.stack.top().tag != Tag::Tr => {
                let row = self.child(Tag::Tr, Span::new(span.start, span.start), &Attributes::default());
                self.end_block(Tag::Tr);
                self.stack.push(row);
            }
            _ => {}
        }
        let is_verbatim = matches!(tag, Tag::Xmp | Tag::Plaintext);
        let tag = if is_verbatim { Tag::Pre } else { tag };
        let attributes = Attributes::read(self.source, &self.tokenizer, tag);
        if self.stack.len() >= MAX_DEPTH {
            self.close_to(MAX_DEPTH - 1);
        }
        let mut element = self.child(tag, name, &attributes);
        if tag.is_block() {
            self.end_block(tag);
            element.row_start = if tag == Tag::Tr { self.row_cells.len() } else { self.page.lines.len() };
        }
        if self_closing && tag == Tag::Svg {
            return;
        }
        if element.hidden && !self.stack.top().hidden {
            if tag.is_unseen() {
                self.page.omitted.unseen += 1;
            } else {
                self.page.omitted.hidden += 1;
            }
        }
        if !element.hidden {
            if let (Tag::A, Some(href)) = (tag, attributes.href) {
                element.link = Some(self.link(href, attributes.rel));
            }
            let dated = attributes.title.filter(|&title| element.is_dated(&self.source[title]));
            let kind = attributes.field.or_else(|| match tag {
                Tag::Time => Some(FieldKind::Time),
                _ if dated.is_some() => Some(FieldKind::Commented),
                _ if element.names_commenter() => Some(FieldKind::Commenter),
                _ => None,
            });
            if let Some(kind) = kind {
                element.field = Some(self.page.fields.len() as u32);
                let at = self.content_end;
                self.page.fields.push(Field {
                    kind,
                    value: attributes.datetime.or(attributes.content).or(dated),
                    text: Span::new(at, at),
                    is_cut: false,
                    line: self.page.lines.len() as u32,
                    landmarks: element.landmarks,
                    own: element.own,
                });
            }
        }
        if let (Tag::Li, Some(number)) = (tag, element.ordinal) {
            let list = self.stack.len() - 1;
            let list = self.stack.at_mut(list);
            list.next_ordinal = list.next_ordinal.map(|_| number.saturating_add(1));
        }
        if self.seam == Seam::Ended && element.may_be_set_apart() {
            self.seam = Seam::Begun;
        }
        if tag == Tag::Table {
            self.rows_taken.push(Vec::new());
        }
        self.tokenizer.foreign = element.foreign;
        self.stack.push(element);
        if is_verbatim {
            let content = self.tokenizer.raw(self.source[name].as_bytes());
            self.text(content, false);
            self.close_to(self.stack.len() - 1);
        }
    }

    fn end(&mut self, tag: Tag, name: Span) {
        match self.stack.closed_by_end(tag, name) {
            Closed::From(index) => self.close_to(index.max(1)),
            Closed::Only { index, kept } if index > 0 => {
                self.close_to(kept);
                let element = self.stack.remove(index);
                self.closed(&element);
            }
            Closed::Only { .. } => {}
            Closed::Nothing => match tag {
                Tag::Br => self.line_break(),
                Tag::P => self.end_block(tag),
                _ => {}
            },
        }
    }

    /// Closes elements until `kept` remain.
    fn close_to(&mut self, kept: usize) {
        while self.stack.len() > kept.max(1) {
            let top = self.stack.top();
            if !top.is_inline {
                self.end_block(top.tag);
            }
            let Some(element) = self.stack.pop() else { break };
            self.closed(&element);
        }
        self.tokenizer.foreign = self.stack.top().foreign;
    }

    /// Finishes what an element had begun: its link, its field, its table row.
    fn closed(&mut self, element: &Open) {
        if element.tag == Tag::A && element.landmarks.contains(Landmarks::HEADING) {
            self.drop_permalink(element);
        }
        let end = self.page.text.len();
        if element.tag == Tag::A
            && let Some(link) = element.link.and_then(|index| self.page.links.get_mut(index as usize))
        {
            link.span = trimmed(&self.page.text, link.span.start.min(end), end);
        }
        if let Some(field) = element.field.and_then(|index| self.page.fields.get_mut(index as usize)) {
            let start = field.text.start.min(end);
            field.is_cut = end - start > LONGEST_FIELD;
            let end = self.page.text.floor_char_boundary(end.min(start + LONGEST_FIELD));
            field.text = trimmed(&self.page.text, start, end);
        }
        // A cell in SVG or MathML is none.
        if element.foreign {
            return;
        }
        if element.may_be_set_apart() {
            self.seam = Seam::Ended;
        }
        if element.tag.is_cell() {
            let lines = (element.row_start, self.page.lines.len());
            self.row_cells.push(row::Cell { lines, spans: element.spans });
        } else if element.tag == Tag::Tr {
            let cells = self.row_cells.split_off(element.row_start.min(self.row_cells.len()));
            let may_grow = self.page.cells.len() < self.source.len() / 8;
            let taken = self.rows_taken.last_mut().filter(|_| may_grow);
            let columns = row::columns(&cells, taken);
            let added =
                self.page.join_row(&columns, cells.len(), element.landmarks.contains(Landmarks::TABLE));
            self.content_end += added;
        } else if element.tag == Tag::Table {
            self.rows_taken.pop();
        }
    }

    /// An element of SVG or MathML, of which only a part of the latter is text.
    fn open_foreign(&mut self, tag: Tag, name: Span) {
        // Its place is that behind the elements that stay open.
        if self.stack.len() >= MAX_DEPTH {
            self.close_to(MAX_DEPTH - 1);
        }
        let mut element = self.child(tag, name, &Attributes::default());
        let name = self.source[name].to_ascii_lowercase();
        element.foreign = !matches!(
            name.as_str(),
            "foreignobject" | "desc" | "title" | "mi" | "mo" | "mn" | "ms" | "mtext"
        );
        element.hidden |= name.starts_with("annotation");
        self.tokenizer.foreign = element.foreign;
        self.stack.push(element);
    }

    /// The element that `tag` opens inside the innermost one.
    fn child(&self, tag: Tag, name: Span, attributes: &Attributes) -> Open {
        Open::child(self.stack.top(), self.stack.len(), (tag, name), attributes, self.with_hidden)
    }

    /// An element whose content is characters up to its end tag, none of them text of the page.
    fn raw(&mut self, tag: Tag, name: Span) {
        let is_json_ld = tag == Tag::Script
            && self.tokenizer.attribute(b"type").is_some_and(|media_type| {
                let media_type = media_type.trim();
                media_type.len() >= 19
                    && media_type.as_bytes()[..19].eq_ignore_ascii_case(b"application/ld+json")
            });
        let content = self.tokenizer.raw(self.source[name].as_bytes());
        match tag {
            Tag::Title => {
                if !self.stack.top().hidden {
                    self.page.head.title.get_or_insert(content);
                }
            }
            Tag::Script if is_json_ld => self.page.head.json_ld.push(content),
            _ => {
                self.page.omitted.unseen += u32::from(!content.is_empty());
                if tag == Tag::Noscript {
                    self.page.omitted.noscript_bytes += content.len();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::html::{
        marks::{Inline, Landmarks},
        tag::Tag,
        words::Hints,
    };

    pub(super) fn lines(source: &str) -> Vec<String> {
        let page = render(source, false);
        page.lines.iter().map(|line| page.text[line.span].to_owned()).collect()
    }

    #[test]
    fn blocks_stand_on_lines_of_their_own() {
        assert_eq!(lines("a<p>b<b>c</b> d<div>e</div>f"), ["a", "bc d", "e", "f"]);
        assert_eq!(render("<p>a<p>b<ul><li>c<li>d</ul>", false).text, "a\n\nb\n\nc\nd");
    }

    #[test]
    fn white_space_folds_as_in_browsers() {
        assert_eq!(lines("<p> a \n\t b<span> </span>c <i> d</i></p>"), ["a b c d"]);
        assert_eq!(lines("<p>&nbsp;</p><p>a&nbsp; b</p>"), ["a\u{A0} b"]);
    }

    #[test]
    fn numbers_do_not_run_into_what_stands_beside_them() {
        assert_eq!(
            lines("<p><span>28.09.19</span><span>12:44</span><a>by Ida</a>"),
            ["28.09.19 12:44 by Ida"]
        );
        assert_eq!(
            lines("<p><b>10</b><sup>5</sup> H<sub>2</sub>O, <b>1</b>st <i>W</i><i>ord</i>"),
            ["105 H2O, 1st Word"]
        );
    }

    #[test]
    fn preformatted_text_keeps_its_lines() {
        assert_eq!(lines("<pre>\na\n  b\n\nc</pre>"), ["a\n  b", "c"]);
        assert_eq!(lines("<xmp><i>a</i> &amp; b</xmp>c"), ["<i>a</i> &amp; b", "c"]);
    }

    #[test]
    fn blank_lines_of_preformatted_text_stay_and_what_sets_a_line_in() {
        let page = render("<p>x</p><pre>a\n\n\n    b\nc</pre><p>d", false);
        assert_eq!(page.text, "x\n\na\n\n\n    b\nc\n\nd");
        assert_eq!(page.lines.len(), 4);
    }

    #[test]
    fn a_link_of_a_heading_to_itself_is_no_text() {
        assert_eq!(lines("<h2>Configuration <a href=#c title=Permalink>¶</a></h2>"), ["Configuration"]);
        assert_eq!(
            lines("<h2><a href=#c>#</a> Configuration</h2><p>a <a href=#d>#</a>"),
            ["Configuration", "a #"]
        );
        let wiki = "<h2>History<span class=mw-editsection><span>[</span><a href=/e>edit</a><span>]</span></span></h2>";
        assert_eq!(lines(wiki), ["History"]);
    }

    #[test]
    fn a_break_ends_a_line_and_two_part_blocks() {
        let page = render("<p>a<br>b<br><br>c</p><h2>d<br>e</h2>", false);
        assert_eq!(page.text, "a\nb\n\nc\n\nd e");
        assert_eq!(
            page.lines.iter().map(|line| line.markup.after_break).collect::<Vec<_>>(),
            [false, true, false, false]
        );
    }

    #[test]
    fn hidden_and_unseen_content_is_left_out_and_counted() {
        let page = render(
            "<p>a<p hidden>b<p style='color:red; DISPLAY : none'>c<template>d</template><script>e</script><noscript>f</noscript>\
             <select><option>g</select><dialog>h</dialog><textarea>i</textarea><svg><text>j</text></svg>",
            false,
        );
        assert_eq!(page.text, "a");
        assert_eq!(page.omitted.hidden, 3);
        assert_eq!(lines("a<div hidden><xmp>b</xmp></div><xmp hidden>c</xmp>"), ["a"]);
        assert_eq!(lines("<body style='visibility:hidden'><p>a"), ["a"]);
    }

    #[test]
    fn what_a_click_or_a_script_shows_is_text() {
        let panels =
            "<div role=tabpanel hidden>a</div><div class=accordion__content style='display:none'>b</div>";
        assert_eq!(lines(&format!("{panels}<div hidden id=S:0>c</div><div hidden>d</div>")), ["a", "b", "c"]);
        assert_eq!(lines(&format!("<div hidden>{panels}</div>")), [""; 0]);
    }

    #[test]
    fn list_items_know_their_depth_and_number() {
        let page = render("<ol start=3><li>a<ul><li>b</ul><li><p>c<p>d</ol>", false);
        let items: Vec<_> =
            page.lines.iter().map(|line| (line.markup.list_depth, line.markup.ordinal)).collect();
        assert_eq!(items, [(1, Some(3)), (2, None), (1, Some(4)), (1, None)]);
    }

    #[test]
    fn a_line_knows_where_it_comes_from() {
        let source = "<p>x</p><p class=a>caf&eacute; <b>au lait</b></p>";
        let page = render(source, false);
        assert_eq!(&source[page.lines[1].origin], "caf&eacute; <b>au lait");
        assert_eq!(page.lines[1].markup.element, Tag::P);
    }

    #[test]
    fn a_line_knows_what_is_around_it() {
        let page = render("<main><article><footer class='post-author'><a href=/x><b>a</b></a>", false);
        let markup = &page.lines[0].markup;
        assert!(markup.landmarks.contains(Landmarks::MAIN.with(Landmarks::ARTICLE).with(Landmarks::FOOTER)));
        assert!(markup.own.contains(Hints::BYLINE));
        assert!(markup.inline.contains(Inline::LINK.with(Inline::BOLD)));
        assert_eq!((markup.chars, markup.link_chars), (1, 1));
    }

    #[test]
    fn lines_without_end_are_taken_together() {
        let page = render(&"<div>a<p>b".repeat(100_000), false);
        assert_eq!(page.lines.len(), super::MOST_LINES + 1);
        let letters = page.text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
        assert_eq!(letters, 200_000);
        let rows = render(&format!("<table>{}", "<tr><td>a<td>b".repeat(50_000)), false);
        assert!(rows.text.ends_with("a b"), "{:?}", &rows.text[rows.text.len() - 20..]);
    }

    #[test]
    fn links_and_fields_begin_where_white_space_may_be_cut() {
        let source = "<div>One\u{2003}<a href=x><div>\u{e9}tude</div></a>\u{2003}<b itemprop=author><div>\u{e9}va</div>";
        let page = render(source, false);
        assert_eq!(page.text, "One\n\n\u{e9}tude\n\n\u{e9}va");
        assert_eq!(&page.text[page.links[0].span], "\u{e9}tude");
        assert_eq!(&page.text[page.fields[0].text], "\u{e9}va");
    }

    #[test]
    fn links_without_end_keep_their_text() {
        let page = render(&"<a href=x>a</a> ".repeat(20_000), false);
        assert_eq!(page.links.len(), super::MOST_LINKS);
        assert_eq!(page.omitted.links as usize, 20_000 - super::MOST_LINKS);
        assert_eq!(page.lines[0].markup.link_chars, 20_000);
    }

    #[test]
    fn deep_nesting_is_bounded() {
        let page = render(&("<div>".repeat(100_000) + "a"), false);
        assert_eq!(page.text, "a");
        assert!(page.containers.len() <= 512);
    }

    #[test]
    fn fields_without_end_are_bounded() {
        let page = render(&format!("<time>{}", "eight or ü <time>".repeat(2000)), false);
        assert!(page.fields.iter().all(|field| field.text.len() <= super::LONGEST_FIELD));
        assert_eq!(&page.text[page.fields[1999].text], "eight or ü");
    }

    #[test]
    fn deep_nesting_of_pictures_is_bounded() {
        for end in ["<button>a<button>b", "<desc><div>a</div>b", "<mtext><button>a<div>b"] {
            for tag in ["<svg>", "<math>", "<math><mi>", "<div><svg>"] {
                let page = render(&("a".to_owned() + &tag.repeat(600) + end), false);
                assert!(page.text.starts_with('a'), "{tag}{end}");
            }
        }
    }
}
