//! The text of a TEI document: a division for the article, one for each embedded article, one for the comments.

use super::{header::is_language, inline::Inline, xml::Xml};
use crate::selection::Selected;
use corpus_core::{Block, PartKind, Role};

/// Writes the text of a document; ids of its blocks begin with `prefix`.
pub(super) fn write(selected: &Selected<'_>, inline: &Inline<'_>, prefix: &str, xml: &mut Xml) {
    let document = selected.document;
    let language = document.language.as_deref().filter(|language| is_language(language));
    xml.open("text", &language.map(|language| ("xml:lang", language)).into_iter().collect::<Vec<_>>());
    xml.open("body", &[]);
    let mut any = false;
    for (index, part) in document.parts.iter().enumerate() {
        let blocks: Vec<_> = selected.blocks().filter(|(_, block)| block.part == index).collect();
        if blocks.is_empty() {
            continue;
        }
        any = true;
        xml.line();
        let base = xml.depth();
        let n = index.to_string();
        xml.open("div", &[("type", part.kind.as_str()), ("n", &n)]);
        if part.kind == PartKind::Embedded {
            xml.open("floatingText", &[("type", "embedded")]);
            xml.open("body", &[]);
        }
        xml.line();
        let mut division = Division {
            inline,
            prefix,
            xml,
            base: 0,
            started: false,
            sections: Vec::new(),
            group: Group::None,
        };
        division.base = division.xml.depth();
        for (number, block) in blocks {
            match part.kind {
                PartKind::Comments => division.comment(number, block),
                PartKind::Furniture => division.furniture(number, block, selected),
                _ => division.block(number, block),
            }
        }
        division.close_group();
        xml.close_to(base);
    }
    if !any {
        xml.open("div", &[]);
        xml.empty("p", &[]);
        xml.close();
    }
    xml.line();
    xml.close();
    xml.close();
    xml.line();
}

/// Blocks in a row that are one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    None,
    List,
    Table,
    Figure,
    Comment,
}

/// A division under way.
struct Division<'x, 'd> {
    inline: &'x Inline<'d>,
    prefix: &'x str,
    xml: &'x mut Xml,
    /// Elements open around what the division holds.
    base: usize,
    /// Whether anything but heads, bylines and datelines was written: after that TEI wants none of them.
    started: bool,
    /// Levels of the headings whose sections are open.
    sections: Vec<u8>,
    group: Group,
}

impl Division<'_, '_> {
    fn block(&mut self, number: usize, block: &Block) {
        let group = match block.role {
            Role::ListItem => Group::List,
            Role::Table => Group::Table,
            Role::Caption | Role::Credit => Group::Figure,
            _ => Group::None,
        };
        self.enter(group);
        let is_top = !self.started && self.sections.is_empty();
        match block.role {
            Role::Title if is_top => self.element("head", Some("main"), number, block, false),
            Role::Kicker if is_top => self.element("head", Some("kicker"), number, block, false),
            Role::Standfirst if is_top => self.element("head", Some("standfirst"), number, block, false),
            Role::Byline if is_top => self.element("byline", None, number, block, true),
            Role::Timestamp if is_top => self.element("dateline", None, number, block, true),
            Role::Heading => self.section(number, block),
            _ => {
                self.started = true;
                match block.role {
                    Role::Paragraph => self.element("p", None, number, block, false),
                    Role::Quote => self.element("quote", None, number, block, false),
                    Role::ListItem => self.element("item", None, number, block, false),
                    Role::Table => self.row(number, block),
                    Role::Caption => self.element("p", Some("caption"), number, block, false),
                    Role::Credit => self.element("p", Some("credit"), number, block, false),
                    role => self.element("ab", Some(role.as_str()), number, block, false),
                }
            }
        }
        self.xml.line();
    }

    /// A heading begins a section, which ends before the next heading of its level or a higher one.
    fn section(&mut self, number: usize, block: &Block) {
        let level = block.level.unwrap_or(2);
        while self.sections.last().is_some_and(|open| *open >= level) {
            self.sections.pop();
        }
        self.xml.close_to(self.base + self.sections.len());
        self.sections.push(level);
        self.xml.open("div", &[("type", "section")]);
        self.element("head", None, number, block, false);
    }

    fn row(&mut self, number: usize, block: &Block) {
        let id = self.id(number);
        self.xml.open("row", &[("xml:id", &id)]);
        let mut cells = block.cells.iter().filter(|cell| block.span.contains(**cell)).peekable();
        if cells.peek().is_none() {
            self.xml.open("cell", &[]);
            self.inline.write(block.span, false, self.xml);
            self.xml.close();
        }
        for cell in cells {
            self.xml.open("cell", &[]);
            self.inline.write(*cell, false, self.xml);
            self.xml.close();
        }
        self.xml.close();
    }

    /// A comment is a note; the line that names its author begins it.
    fn comment(&mut self, number: usize, block: &Block) {
        let begins = block.role == Role::CommentAuthor || self.group != Group::Comment;
        if begins {
            self.close_group();
            let mut attributes = vec![("type", "comment")];
            attributes.extend(block.path.as_deref().map(|path| ("n", path)));
            self.xml.open("note", &attributes);
            self.group = Group::Comment;
        }
        match block.role {
            Role::Comment => self.element("p", None, number, block, false),
            role => self.element("ab", Some(role.as_str()), number, block, false),
        }
        self.xml.line();
    }

    /// Page furniture is what TEI calls forme work.
    fn furniture(&mut self, number: usize, block: &Block, selected: &Selected<'_>) {
        let id = self.id(number);
        let content = selected.document.slice(block);
        self.xml.element("fw", &[("type", block.role.as_str()), ("xml:id", &id)], content);
        self.xml.line();
    }

    fn element(
        &mut self,
        name: &'static str,
        kind: Option<&str>,
        number: usize,
        block: &Block,
        narrow: bool,
    ) {
        let id = self.id(number);
        let mut attributes = vec![("xml:id", &*id)];
        // A paragraph has no type.
        let attribute = if name == "p" { "rend" } else { "type" };
        attributes.extend(kind.map(|kind| (attribute, kind)));
        let language = block.language.as_deref().filter(|language| is_language(language));
        attributes.extend(language.map(|language| ("xml:lang", language)));
        if block.role == Role::Code {
            attributes.push(("xml:space", "preserve"));
        }
        self.xml.open(name, &attributes);
        self.inline.write(block.span, narrow, self.xml);
        self.xml.close();
    }

    fn enter(&mut self, group: Group) {
        if self.group == group {
            return;
        }
        self.close_group();
        self.group = group;
        match group {
            Group::List => self.xml.open("list", &[]),
            Group::Table => self.xml.open("table", &[]),
            Group::Figure => self.xml.open("figure", &[]),
            Group::None | Group::Comment => {}
        }
    }

    fn close_group(&mut self) {
        if self.group != Group::None {
            self.xml.close_to(self.base + self.sections.len());
            self.xml.line();
            self.group = Group::None;
        }
    }

    fn id(&self, number: usize) -> String {
        format!("{}b{number}", self.prefix)
    }
}
