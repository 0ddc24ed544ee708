//! The open elements of a page, and what a tag closes of them.

use super::{
    marks::{Inline, Landmarks},
    tag::Tag,
    words::Hints,
};
use crate::span::Span;

/// How deep elements may lie in one another; what lies deeper replaces its parent, as in browsers.
pub(crate) const MAX_DEPTH: usize = 512;

/// An element that has begun and not ended.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    /// Its tag.
    pub(crate) tag: Tag,
    /// Its name in the source, which tells elements of [`Tag::Other`] apart.
    pub(crate) name: Span,
    /// Whether its content is not shown.
    pub(crate) hidden: bool,
    /// Whether its content is SVG or MathML.
    pub(crate) foreign: bool,
    /// Whether white space counts in it.
    pub(crate) preformatted: bool,
    /// Whether it is shown as part of a line.
    pub(crate) is_inline: bool,
    /// Index of the nearest element, itself included, that stands on lines of its own.
    pub(crate) block: usize,
    /// Its index among the page's containers, once text was found in it.
    pub(crate) container: Option<u32>,
    /// What its own attributes hint at.
    pub(crate) own: Hints,
    /// A hash of its class without digits; 0 where it has none.
    pub(crate) class: u32,
    /// The language that it or an element around it states, in the source.
    pub(crate) language: Option<Span>,
    /// What its attributes and those of every element around it hint at, the body's aside.
    pub(crate) around: Hints,
    /// What it and the elements around it are.
    pub(crate) landmarks: Landmarks,
    /// The same, counted from the innermost article or main element.
    pub(crate) within: Landmarks,
    /// What it and the elements around it, up to the block, make of its characters.
    pub(crate) inline: Inline,
    /// What it and the elements around it, up to the block, hint at.
    pub(crate) inline_hints: Hints,
    /// Level of the heading that it is; 0 where it is none.
    pub(crate) level: u8,
    /// Depth of the list that it is an item of, where it is a paragraph of a word processor; else 0.
    pub(crate) item: u8,
    /// Number of lists it lies in.
    pub(crate) list_depth: u8,
    /// Number of the next item of an ordered list.
    pub(crate) next_ordinal: Option<u32>,
    /// Number of this item, until its first line has taken it.
    pub(crate) ordinal: Option<u32>,
    /// Index of the link it lies in.
    pub(crate) link: Option<u32>,
    /// Index of the property or time it opened, whose text ends with it.
    pub(crate) field: Option<u32>,
    /// Index of the first line of a table row, of the first cell in it.
    pub(crate) row_start: usize,
    /// Number of columns and of rows that a cell takes; 0 where it does not say.
    pub(crate) spans: (u16, u16),
}

/// The open elements, the outermost first.
pub(crate) struct Stack<'a> {
    source: &'a str,
    open: Vec<Open>,
    counts: [u16; Tag::COUNT],
    /// Whether a form has begun and no end tag of a form has come: until then another one is ignored.
    in_form: bool,
}

impl<'a> Stack<'a> {
    /// A stack whose only element is `root`.
    pub(crate) fn new(source: &'a str, root: Open) -> Self {
        let mut stack =
            Stack { source, open: Vec::with_capacity(64), counts: [0; Tag::COUNT], in_form: false };
        stack.push(root);
        stack
    }

    /// Puts an element inside the innermost one.
    pub(crate) fn push(&mut self, element: Open) {
        self.counts[element.tag as usize] += 1;
        self.in_form |= element.tag == Tag::Form;
        self.open.push(element);
    }

    /// Takes the innermost element away; never the root.
    pub(crate) fn pop(&mut self) -> Option<Open> {
        if self.open.len() < 2 {
            return None;
        }
        let element = self.open.pop()?;
        self.counts[element.tag as usize] -= 1;
        Some(element)
    }

    /// Takes the element at `index` away and leaves those inside it open.
    pub(crate) fn remove(&mut self, index: usize) -> Open {
        let element = self.open.remove(index);
        self.counts[element.tag as usize] -= 1;
        // Where the outermost of them ends, the page is outside the element too.
        if !element.is_inline
            && let Some(inner) = self.open.get_mut(index)
        {
            inner.is_inline = false;
        }
        for inner in &mut self.open[index..] {
            if inner.block >= index && inner.block > 0 {
                inner.block -= 1;
            }
            if inner.link == element.link && element.tag == Tag::A {
                inner.link = None;
                inner.inline = inner.inline.without(Inline::LINK);
            }
        }
        element
    }

    /// Number of open elements, at least 1.
    pub(crate) fn len(&self) -> usize {
        self.open.len()
    }

    /// The innermost element.
    pub(crate) fn top(&self) -> &Open {
        &self.open[self.open.len() - 1]
    }

    /// The element at `index`, 0 the root.
    pub(crate) fn at(&self, index: usize) -> &Open {
        &self.open[index]
    }

    /// The element at `index`, to be changed.
    pub(crate) fn at_mut(&mut self, index: usize) -> &mut Open {
        &mut self.open[index]
    }

    /// Index of the innermost element of `tag`.
    pub(crate) fn innermost(&self, tag: Tag) -> Option<usize> {
        if self.counts[tag as usize] == 0 {
            return None;
        }
        self.open.iter().rposition(|element| element.tag == tag)
    }

    /// Whether an element of `tag` is open.
    pub(crate) fn has(&self, tag: Tag) -> bool {
        self.counts[tag as usize] > 0
    }

    /// How many of the open elements remain when a start tag of `tag` comes: what it implies the end of is closed.
    /// `None` where the tag is out of place and is ignored.
    pub(crate) fn kept_by_start(&self, tag: Tag) -> Option<usize> {
        let mut kept = self.open.len();
        if self.top().foreign {
            if tag.breaks_out() {
                while self.open[kept - 1].foreign && kept > 1 {
                    kept -= 1;
                }
            }
            return Some(kept);
        }
        if self.has(Tag::Select) {
            return match tag {
                Tag::Option if self.top().tag == Tag::Option => Some(kept - 1),
                Tag::Optgroup if matches!(self.top().tag, Tag::Option | Tag::Optgroup) => {
                    self.innermost(Tag::Select).map(|i| i + 1)
                }
                Tag::Option | Tag::Optgroup | Tag::Script | Tag::Template => Some(kept),
                Tag::Select | Tag::Input | Tag::Textarea => self.innermost(Tag::Select),
                Tag::Caption
                | Tag::Table
                | Tag::Tbody
                | Tag::Tfoot
                | Tag::Thead
                | Tag::Tr
                | Tag::Td
                | Tag::Th
                    if self.has(Tag::Table) =>
                {
                    self.innermost(Tag::Select)
                }
                _ => None,
            };
        }
        match tag {
            Tag::Li => kept = self.kept_by_item(kept, |tag| tag == Tag::Li),
            Tag::Dd | Tag::Dt => kept = self.kept_by_item(kept, |tag| matches!(tag, Tag::Dd | Tag::Dt)),
            Tag::Button => {
                if let Some(button) = self.in_scope(kept, Tag::Button, |_| false) {
                    kept = button;
                }
            }
            Tag::Form if self.in_form => return None,
            Tag::Option if self.top().tag == Tag::Option => return Some(kept - 1),
            Tag::Rt | Tag::Rp if matches!(self.top().tag, Tag::Rt | Tag::Rp) => return Some(kept - 1),
            Tag::Html | Tag::Head | Tag::Body | Tag::Frame => return None,
            Tag::Table => {
                if let Some(table) = self.innermost(Tag::Table)
                    && !self.open[table..]
                        .iter()
                        .any(|element| element.tag.is_cell() || element.tag == Tag::Caption)
                {
                    kept = table;
                }
            }
            Tag::Caption | Tag::Colgroup | Tag::Col | Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                return self.innermost(Tag::Table).map(|table| table + 1);
            }
            Tag::Tr => {
                let table = self.innermost(Tag::Table)?;
                let group = self.above(table, |tag| matches!(tag, Tag::Tbody | Tag::Thead | Tag::Tfoot));
                return Some(group.unwrap_or(table) + 1);
            }
            Tag::Td | Tag::Th => {
                let table = self.innermost(Tag::Table)?;
                let row =
                    self.above(table, |tag| matches!(tag, Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot));
                return Some(row.unwrap_or(table) + 1);
            }
            _ => {}
        }
        if tag.ends_paragraph() || matches!(tag, Tag::Li | Tag::Dd | Tag::Dt) || tag == Tag::Form {
            kept = self.paragraph(kept).unwrap_or(kept);
            if tag.heading_level() > 0 && self.open[kept - 1].tag.heading_level() > 0 {
                kept -= 1;
            }
        }
        Some(kept)
    }

    /// What an end tag of `tag` closes.
    pub(crate) fn closed_by_end(&mut self, tag: Tag, name: Span) -> Closed {
        let length = self.open.len();
        self.in_form &= tag != Tag::Form;
        let found = match tag {
            Tag::Other => {
                return self.unrelated(|element| {
                    element.tag == tag && self.source[element.name].eq_ignore_ascii_case(&self.source[name])
                });
            }
            _ if tag.heading_level() > 0 => {
                let heading = self.open.iter().rposition(|element| element.tag.heading_level() > 0);
                heading.filter(|&index| !self.open[index..].iter().any(|element| element.tag.is_scope()))
            }
            Tag::Html => return Closed::Nothing,
            _ if !self.has(tag) => return Closed::Nothing,
            Tag::P => self.paragraph(length),
            Tag::Li => self.in_scope(length, tag, |tag| matches!(tag, Tag::Ol | Tag::Ul)),
            Tag::Table | Tag::Template | Tag::Select => self.innermost(tag),
            Tag::Tr
            | Tag::Td
            | Tag::Th
            | Tag::Tbody
            | Tag::Thead
            | Tag::Tfoot
            | Tag::Caption
            | Tag::Colgroup => {
                self.innermost(Tag::Table).and_then(|table| self.above(table, |other| other == tag))
            }
            Tag::Form => {
                let Some(index) = self.in_scope(length, tag, |_| false) else { return Closed::Nothing };
                let implied =
                    self.open.iter().rev().take_while(|element| ends_by_implication(element.tag)).count();
                let kept = length - implied;
                return if index + 1 == kept { Closed::From(index) } else { Closed::Only { index, kept } };
            }
            _ if tag.is_formatting() => {
                let Some(index) = self.in_scope(length, tag, |_| false) else { return Closed::Nothing };
                let crosses = self.open[index + 1..].iter().any(|element| element.tag.is_special());
                return if crosses { Closed::Only { index, kept: length } } else { Closed::From(index) };
            }
            _ if tag.is_special() || matches!(tag, Tag::Dialog) => self.in_scope(length, tag, |_| false),
            _ => return self.unrelated(|element| element.tag == tag),
        };
        found.map_or(Closed::Nothing, Closed::From)
    }

    /// Index of the open paragraph that a new block ends.
    fn paragraph(&self, length: usize) -> Option<usize> {
        self.in_scope(length, Tag::P, |tag| tag == Tag::Button)
    }

    /// Index of the innermost element of `tag` among the first `length`, where nothing that bounds a search lies
    /// inside it.
    fn in_scope(&self, length: usize, tag: Tag, bounds: impl Fn(Tag) -> bool) -> Option<usize> {
        if !self.has(tag) {
            return None;
        }
        for (index, element) in self.open[..length].iter().enumerate().rev() {
            if element.tag == tag {
                return Some(index);
            }
            if element.tag.is_scope() || element.foreign || bounds(element.tag) {
                return None;
            }
        }
        None
    }

    /// How many remain when an item begins: the item before it ends, unless a list or another block lies between.
    fn kept_by_item(&self, length: usize, is_item: impl Fn(Tag) -> bool) -> usize {
        for (index, element) in self.open[..length].iter().enumerate().rev() {
            if is_item(element.tag) {
                return index;
            }
            if element.tag.is_special() && !matches!(element.tag, Tag::Address | Tag::Div | Tag::P) {
                return length;
            }
        }
        length
    }

    /// Index of the innermost element inside the one at `outer` that `wanted` takes.
    fn above(&self, outer: usize, wanted: impl Fn(Tag) -> bool) -> Option<usize> {
        let inner = self.open[outer + 1..].iter().rposition(|element| wanted(element.tag))?;
        Some(outer + 1 + inner)
    }

    /// What the end tag of an inline or unknown element closes: it reaches no further than the innermost block.
    fn unrelated(&self, wanted: impl Fn(&Open) -> bool) -> Closed {
        for (index, element) in self.open.iter().enumerate().rev() {
            if wanted(element) {
                return Closed::From(index);
            }
            if element.tag.is_special() {
                break;
            }
        }
        Closed::Nothing
    }
}

/// What an end tag closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    /// Nothing: there is no such element.
    Nothing,
    /// The element at this index and all inside it.
    From(usize),
    /// The element at `index` alone: of those opened inside it, the first ones stay open, so that `kept` remain with it.
    Only {
        /// Where it is.
        index: usize,
        /// How many elements remain open, itself counted.
        kept: usize,
    },
}

/// Whether the end of an element around it ends it as a matter of course.
fn ends_by_implication(tag: Tag) -> bool {
    matches!(tag, Tag::Dd | Tag::Dt | Tag::Li | Tag::Optgroup | Tag::Option | Tag::P | Tag::Rp | Tag::Rt)
}
