//! A page as its markup gives it: the text line by line, and what the markup says of every line.

use super::{
    kind::Kinds,
    marks::{Inline, Landmarks},
    tag::Tag,
    words::Hints,
};
use crate::{
    date::{self, Order},
    diagnostic::{Diagnostic, Severity},
    edtf::Edtf,
    span::Span,
};
use std::{cell::OnceCell, ops::Range};

/// A page, rendered: one block a line, in reading order.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The text. Lines are parted by a line feed, blocks by two; characters in a line are as browsers show them.
    pub(crate) text: String,
    /// The lines that are not blank, in order.
    pub(crate) lines: Vec<Line>,
    /// The elements that lines stand in, each after the one around it.
    pub(crate) containers: Vec<Container>,
    /// Cells of table rows, which lines point into.
    pub(crate) cells: Vec<Span>,
    /// Links, in order.
    pub(crate) links: Vec<Link>,
    /// Times and properties, in order.
    pub(crate) fields: Vec<Field>,
    /// What the head says, and what else is not text.
    pub(crate) head: Head,
    /// What was left out.
    pub(crate) omitted: Omitted,
    /// The order of day and month in its dates in figures, once asked.
    pub(crate) order: OnceCell<Option<Order>>,
}

/// One line of the text: a paragraph, a heading, a list item, a row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Where it lies in the text; not empty, no white space at its ends. Only preformatted text has line feeds in it.
    pub(crate) span: Span,
    /// From its first to its last byte in the decoded source.
    pub(crate) origin: Span,
    /// What the markup says of it.
    pub(crate) markup: Markup,
}

/// What the markup says of a line.
#[derive(Clone, Debug)]
pub(crate) struct Markup {
    /// The block element it stands in.
    pub(crate) element: Tag,
    /// Level of a heading; 0 where it is none.
    pub(crate) level: u8,
    /// Number of lists around it.
    pub(crate) list_depth: u8,
    /// Number of the list item that begins with it.
    pub(crate) ordinal: Option<u32>,
    /// Its cells, as a range of [`Page::cells`]; empty where it is no table row.
    pub(crate) cells: (u32, u32),
    /// Number of cells that the source writes out; 0 where it is no table row.
    pub(crate) n_cells: u8,
    /// Whether only a line break, and no new block, parts it from the line before.
    pub(crate) after_break: bool,
    /// What the elements around it are.
    pub(crate) landmarks: Landmarks,
    /// The same, counted from the innermost article or main element.
    pub(crate) within: Landmarks,
    /// What every character of it is.
    pub(crate) inline: Inline,
    /// What some character of it is.
    pub(crate) inline_some: Inline,
    /// What its block hints at, and the inline elements that hold all of it.
    pub(crate) own: Hints,
    /// What inline elements that hold a piece of it hint at.
    pub(crate) pieces: Hints,
    /// What the nearest three elements around the block hint at.
    pub(crate) near: Hints,
    /// What all elements around it hint at, the body's aside.
    pub(crate) around: Hints,
    /// Its length in characters, without the tabs of empty cells.
    pub(crate) chars: u32,
    /// Number of its characters that are in links.
    pub(crate) link_chars: u32,
    /// Index of the element it stands in, in [`Page::containers`].
    pub(crate) container: u32,
}

/// An element that lines stand in.
#[derive(Clone, Debug)]
pub(crate) struct Container {
    /// The element around it, which has a smaller index; `None` for the root.
    pub(crate) parent: Option<u32>,
    /// Its tag.
    pub(crate) tag: Tag,
    /// Its name in the source; empty where the source does not hold its tag.
    pub(crate) name: Span,
    /// What its attributes hint at.
    pub(crate) own: Hints,
    /// A hash of its class without digits; 0 where it has none.
    pub(crate) class: u32,
    /// The language that it or an element around it states, in the source; the root and the body aside.
    pub(crate) language: Option<Span>,
    /// What it and the elements around it are.
    pub(crate) landmarks: Landmarks,
    /// Index of its first line.
    pub(crate) first_line: u32,
}

/// A link with an address.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// What it covers in the text; empty where it holds no text.
    pub(crate) span: Span,
    /// Its address in the source, references not yet read.
    pub(crate) href: Span,
    /// Its `rel` in the source.
    pub(crate) rel: Option<Span>,
}

/// What a property says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// `<time>`, no property.
    Time,
    /// `itemprop` datePublished, dateCreated; `<time pubdate>`; class "published" of microformats.
    Published,
    /// `itemprop` dateModified.
    Modified,
    /// `itemprop` author, creator; `rel` author.
    Author,
    /// `itemprop` headline.
    Headline,
    /// `itemprop` name.
    Name,
    /// `itemprop` keywords, `rel` tag.
    Topic,
    /// `itemprop` articleSection.
    Section,
    /// Among comments, what is named as an author or a name.
    Commenter,
    /// Among comments, what has a time as its title.
    Commented,
}

/// A time or a property that an element of the page states.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// What it is.
    pub(crate) kind: FieldKind,
    /// Its machine-readable value in the source (`datetime`, `content`), references not yet read.
    pub(crate) value: Option<Span>,
    /// What it covers in the text, of what is long the beginning; may be empty.
    pub(crate) text: Span,
    /// Whether it covers more than that.
    pub(crate) is_cut: bool,
    /// Number of lines before it.
    pub(crate) line: u32,
    /// What the elements around it are.
    pub(crate) landmarks: Landmarks,
    /// What its own attributes hint at.
    pub(crate) own: Hints,
}

/// What a page says of itself outside its text. Spans lie in the source, references not yet read.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// `<title>`.
    pub(crate) title: Option<Span>,
    /// `lang` of the root or the body.
    pub(crate) language: Option<Span>,
    /// `<meta>` with a name, property or itemprop, and its content.
    pub(crate) metas: Vec<(Span, Span)>,
    /// `<link rel=canonical>`.
    pub(crate) canonical: Option<Span>,
    /// `<base href>`.
    pub(crate) base: Option<Span>,
    /// Scripts that hold JSON-LD.
    pub(crate) json_ld: Vec<Span>,
    /// What kind of page the class of its body names.
    pub(crate) kinds: Kinds,
}

impl Page {
    /// The date that a piece of the page's text states, read as the page's other dates are.
    pub(crate) fn date_in(&self, text: &str) -> Option<(Range<usize>, Edtf)> {
        date::find_by(text, || *self.order.get_or_init(|| Order::of(&self.text)))
    }

    /// Characters of paragraphs and other longer lines that are not links.
    pub(crate) fn running_text(&self) -> usize {
        let lines = self.lines.iter().filter(|line| line.markup.chars > 60 && line.markup.level == 0);
        lines.map(|line| line.markup.chars.saturating_sub(line.markup.link_chars) as usize).sum()
    }
}

/// What was left out of a page's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Omitted {
    /// Elements that the page hides, which held characters.
    pub(crate) hidden: u32,
    /// Their characters that are not white space, in bytes.
    pub(crate) hidden_bytes: usize,
    /// Source of `noscript` elements, in bytes.
    pub(crate) noscript_bytes: usize,
    /// Scripts, styles, templates, `noscript` and the like.
    pub(crate) unseen: u32,
    /// Links whose text is kept and whose address is not.
    pub(crate) links: u32,
}

impl Omitted {
    /// How many links were too many, where any were.
    pub(crate) fn links_diagnostic(self) -> Option<Diagnostic> {
        let message = format!("the addresses of {} links beyond the most that are kept left out", self.links);
        (self.links > 0).then(|| Diagnostic::new("html.links", Severity::Warning, message))
    }

    /// What was left out, counted, where anything was.
    pub(crate) fn diagnostic(self) -> Option<Diagnostic> {
        let Omitted { hidden, unseen, .. } = self;
        let message = match (hidden, unseen) {
            (0, 0) => return None,
            (0, unseen) => format!("{unseen} scripts, styles and other elements without text left out"),
            (hidden, 0) => format!("{hidden} hidden elements left out"),
            (hidden, unseen) => {
                format!(
                    "{hidden} hidden elements and {unseen} scripts, styles and other elements without text left out"
                )
            }
        };
        Some(Diagnostic::new("html.omitted", Severity::Info, message))
    }
}
