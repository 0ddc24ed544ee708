//! Lines of a page: where one begins and ends, and what the open elements make of it.

use super::{Renderer, style};
use crate::{
    html::{
        marks::{Inline, Landmarks},
        page::{Container, Line, Markup},
        stack::Open,
        tag::Tag,
        words::Hints,
    },
    span::Span,
};

/// The line being written.
#[derive(Default)]
pub(super) struct Draft {
    /// Where it begins in the text, and the length of the gap before it; `None` while it has no character.
    pub(super) start: Option<(usize, usize)>,
    /// From its first to its last byte in the source.
    pub(super) origin: Span,
    /// Number of its characters that are in links.
    pub(super) link_chars: u32,
    /// What every character of it is.
    pub(super) inline: Inline,
    /// What some character of it is.
    pub(super) inline_some: Inline,
    /// What the inline elements that hold all of it hint at.
    pub(super) inline_hints: Hints,
    /// What the inline elements that hold a piece of it hint at.
    pub(super) pieces: Hints,
}

impl Renderer<'_> {
    /// `<br>`: a new line, in a heading or caption only white space; two in a row part paragraphs.
    pub(super) fn line_break(&mut self) {
        if self.stack.top().hidden {
            return;
        }
        let top = self.stack.top();
        if top.preformatted {
            self.kept_space.push('\n');
            return;
        }
        if top.landmarks.any(Landmarks::HEADING.with(Landmarks::FIGCAPTION).with(Landmarks::BUTTON)) {
            self.space = true;
            return;
        }
        self.end_line();
        self.breaks += 1;
        self.gap = self.gap.max(if self.breaks > 1 { 2 } else { 1 });
    }

    /// Ends the line where a block of `tag` begins or ends.
    pub(super) fn end_block(&mut self, tag: Tag) {
        self.kept_gap.clear();
        self.end_line();
        self.breaks = 0;
        let is_tight = tag.is_cell()
            || matches!(
                tag,
                Tag::Li | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Dt | Tag::Dd | Tag::Option
            );
        self.gap = self.gap.max(if is_tight { 1 } else { 2 });
    }

    /// Takes the mark of a link to its own heading ("¶", "#") off the line.
    pub(super) fn drop_permalink(&mut self, link: &Open) {
        let Some(link) = link.link.and_then(|index| self.page.links.get_mut(index as usize)) else { return };
        let Some((start, _)) = self.draft.start else { return };
        let from = link.span.start.max(start);
        let mark = self.page.text.get(from..).unwrap_or_default().trim();
        let is_mark = !mark.is_empty() && mark.len() <= 8 && !mark.contains(char::is_alphanumeric);
        if is_mark && self.source[link.href].starts_with('#') {
            self.draft.link_chars = self.draft.link_chars.saturating_sub(mark.chars().count() as u32);
            self.page.text.truncate(from);
            link.span = Span::new(from, from);
            self.content_end = from;
            self.space = true;
        }
    }

    /// Ends the line, where it has characters. Behind the most lines of a page all is one line, so that memory stays in
    /// proportion to the source where nearly every character has an element of its own.
    pub(super) fn end_line(&mut self) {
        if self.page.lines.len() >= self.most_lines && self.draft.start.is_some() {
            self.space = true;
            return;
        }
        self.push_line();
    }

    /// Puts the line, where it has characters, among the page's.
    pub(super) fn push_line(&mut self) {
        self.space = false;
        self.kept_space.clear();
        let Some((start, gap)) = self.draft.start.take() else { return };
        let block = self.stack.at(self.stack.top().block);
        let number = if block.item > 0 { self.take_mark(start) } else { None };
        let draft = std::mem::take(&mut self.draft);
        let span = trimmed(&self.page.text, start, self.page.text.len());
        if span.is_empty() {
            self.page.text.truncate(start - gap);
            return;
        }
        self.page.text.truncate(span.end);
        let index = self.stack.top().block;
        let container = self.container(index);
        let block = self.stack.at_mut(index);
        let ordinal = block.ordinal.take().or(number);
        let block = self.stack.at(index);
        let markup = Markup {
            element: if block.item > 0 { Tag::Li } else { block.tag },
            level: block.level,
            list_depth: block.list_depth.saturating_add(block.item),
            ordinal,
            cells: (0, 0),
            n_cells: 0,
            after_break: self.breaks == 1,
            landmarks: block.landmarks,
            within: block.within,
            inline: draft.inline,
            inline_some: draft.inline_some,
            own: block.own.with(draft.inline_hints),
            pieces: draft.pieces,
            near: (1..=3)
                .filter_map(|up| index.checked_sub(up))
                .fold(Hints::NONE, |near, outer| near.with(self.stack.at(outer).own)),
            around: block.around.with(draft.inline_hints),
            chars: self.page.text[span].chars().count() as u32,
            link_chars: draft.link_chars,
            container,
        };
        if ordinal.is_some() {
            // The item's number belongs to its first line, whichever of its blocks that stands in.
            for outer in (0..index).rev().take(2) {
                self.stack.at_mut(outer).ordinal = None;
            }
        }
        self.page.lines.push(Line { span, origin: draft.origin, markup });
        self.gap = 0;
        self.breaks = 0;
    }

    /// Takes the mark of a list that a word processor wrote as text off the line that begins at `start`; its number, where
    /// it is one.
    fn take_mark(&mut self, start: usize) -> Option<u32> {
        let (length, number) = style::mark(&self.page.text[start..])?;
        self.page.text.replace_range(start..start + length, "");
        self.content_end = self.content_end.saturating_sub(length).max(start);
        let moved = |span: Span| {
            let back = |at: usize| if at < start { at } else { at.saturating_sub(length).max(start) };
            Span::new(back(span.start), back(span.end))
        };
        for link in self.page.links.iter_mut().rev().take_while(|link| link.span.end >= start) {
            link.span = moved(link.span);
        }
        for field in self.page.fields.iter_mut().rev().take_while(|field| field.text.end >= start) {
            field.text = moved(field.text);
        }
        number
    }

    /// The container of the element at `index`, made where it has none yet, as are those around it.
    fn container(&mut self, index: usize) -> u32 {
        let mut from = index;
        while from > 0 && self.stack.at(from).container.is_none() {
            from -= 1;
        }
        let mut parent = self.stack.at(from).container;
        for outer in from..=index {
            let first_line = self.page.lines.len() as u32;
            let element = self.stack.at_mut(outer);
            if element.container.is_none() {
                element.container = Some(self.page.containers.len() as u32);
                self.page.containers.push(Container {
                    parent,
                    tag: element.tag,
                    name: element.name,
                    own: element.own,
                    class: element.class,
                    language: element.language,
                    landmarks: element.landmarks,
                    first_line,
                });
            }
            parent = element.container.or(parent);
        }
        parent.unwrap_or(0)
    }
}

/// `text[start..end]` without the white space at its ends.
pub(super) fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let content = text[start..end].trim_end();
    let length = content.len();
    let content = content.trim_start();
    let start = start + length - content.len();
    Span::new(start, start + content.len())
}
