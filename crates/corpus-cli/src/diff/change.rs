//! What changed in one document.

use super::{
    facts::{self, Facts},
    joined::Pair,
};
use crate::explain::part_names;
use corpus_core::{Block, Document, Offsets, Part, Role, Span, part::PartKind};
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fmt,
};

/// A role in a kind of part: what a block comes out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Label {
    pub(super) part: PartKind,
    pub(super) role: Role,
}

impl Label {
    fn of(document: &Document, block: &Block) -> Self {
        Label { part: document.part_of(block).kind, role: block.role }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", self.part, self.role))
    }
}

/// How much changed from one label to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// Blocks, each counted where most of its characters went.
    pub(super) blocks: u64,
    /// Characters.
    pub(super) characters: u64,
}

/// What changed in one document.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    pub(super) id: String,
    pub(super) document: String,
    pub(super) change: Kind,
    /// Fields that differ: `language`, `title`, `published` …, `block author` …
    pub(super) fields: Vec<String>,
    pub(super) blocks: Vec<Differing>,
    /// Facts that differ, by layer.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) layers: BTreeMap<String, Facts>,
    /// From label to label.
    #[serde(skip)]
    pub(super) confused: BTreeMap<(Label, Label), Amount>,
}

/// How a document changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// There only after.
    Added,
    /// There only before.
    Removed,
    /// Its text itself differs.
    Text,
    /// Roles, parts or fields differ.
    Labels,
}

/// A stretch of text that came out otherwise.
#[derive(Debug, Serialize)]
pub(super) struct Differing {
    /// Number of its line, from 1, in the new text; in the old one where it is gone.
    pub(super) line: usize,
    pub(super) span: Span,
    /// Part and role before; `None` where the text was not there.
    pub(super) old: Option<Came>,
    /// Part and role after; `None` where the text is gone.
    pub(super) new: Option<Came>,
    pub(super) text: String,
}

/// What a block came out as, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Came {
    pub(super) part: String,
    pub(super) role: Role,
    pub(super) why: String,
}

impl Change {
    /// What changed, if anything did.
    pub(super) fn of(pair: &Pair) -> Option<Self> {
        let document = pair.document();
        let mut change = Change {
            id: document.id.to_string(),
            document: document.source.located().to_string(),
            change: Kind::Labels,
            fields: Vec::new(),
            blocks: Vec::new(),
            layers: BTreeMap::new(),
            confused: BTreeMap::new(),
        };
        match pair {
            Pair::Added(_) => change.change = Kind::Added,
            Pair::Removed(_) => change.change = Kind::Removed,
            Pair::Both { old, new } => {
                change.fields = fields(old, new);
                change.layers = facts::differing(old, new);
                if !change.layers.is_empty() {
                    change.fields.push("annotations".to_owned());
                }
                if old.text == new.text {
                    change.compare_spans(old, new);
                } else {
                    change.change = Kind::Text;
                    change.compare_texts(old, new);
                }
            }
        }
        let is_same = change.change == Kind::Labels && change.fields.is_empty() && change.blocks.is_empty();
        (!is_same).then_some(change)
    }

    /// Compares the blocks of the same text: each stretch that an old and a new block cover together.
    fn compare_spans(&mut self, old: &Document, new: &Document) {
        let names = (part_names(old), part_names(new));
        let mut lines = Offsets::new(&new.text);
        let (mut left, mut right) = (old.blocks.iter().peekable(), new.blocks.iter().peekable());
        let mut went: Vec<(Label, u64)> = Vec::new();
        while let (Some(before), Some(after)) = (left.peek(), right.peek()) {
            let start = before.span.start.max(after.span.start);
            let end = before.span.end.min(after.span.end);
            if start < end {
                let text = &new.text[start..end];
                let from = Label::of(old, before);
                let to = Label::of(new, after);
                let characters = text.chars().filter(|character| !character.is_whitespace()).count() as u64;
                went.push((to, characters));
                let (from_part, to_part) = (&names.0[before.part], &names.1[after.part]);
                if from != to || from_part != to_part {
                    self.confused.entry((from, to)).or_default().characters += characters;
                    self.blocks.push(Differing {
                        line: lines.line(start),
                        span: Span::new(start, end),
                        old: Some(came(before, from_part)),
                        new: Some(came(after, to_part)),
                        text: text.to_owned(),
                    });
                }
            }
            if before.span.end <= after.span.end {
                let from = Label::of(old, before);
                let most = went.iter().max_by_key(|(_, characters)| *characters);
                if let Some(amount) = most.and_then(|(to, _)| self.confused.get_mut(&(from, *to))) {
                    amount.blocks += 1;
                }
                went.clear();
                left.next();
            } else {
                right.next();
            }
        }
    }

    /// Compares the blocks of two texts: those that read the same, in order; the others came or went.
    fn compare_texts(&mut self, old: &Document, new: &Document) {
        let names = (part_names(old), part_names(new));
        let mut before: HashMap<&str, VecDeque<&Block>> = HashMap::new();
        for block in &old.blocks {
            before.entry(old.slice(block)).or_default().push_back(block);
        }
        let mut lines = Offsets::new(&new.text);
        for block in &new.blocks {
            let text = new.slice(block);
            let partner = before.get_mut(text).and_then(VecDeque::pop_front);
            let to = Label::of(new, block);
            let to_part = &names.1[block.part];
            let is_same = partner.is_some_and(|old_block| {
                Label::of(old, old_block) == to && &names.0[old_block.part] == to_part
            });
            if is_same {
                continue;
            }
            if let Some(partner) = partner {
                let amount = self.confused.entry((Label::of(old, partner), to)).or_default();
                amount.blocks += 1;
                amount.characters +=
                    text.chars().filter(|character| !character.is_whitespace()).count() as u64;
            }
            self.blocks.push(Differing {
                line: lines.line(block.span.start),
                span: block.span,
                old: partner.map(|partner| came(partner, &names.0[partner.part])),
                new: Some(came(block, to_part)),
                text: text.to_owned(),
            });
        }
        let mut lines = Offsets::new(&old.text);
        for block in &old.blocks {
            let text = old.slice(block);
            // What is left was not taken by a block of the same text; those of one text are left from the back.
            let is_left = before.get_mut(text).is_some_and(|left| {
                let is_first = left.front().is_some_and(|first| std::ptr::eq(*first, block));
                is_first && left.pop_front().is_some()
            });
            if is_left {
                self.blocks.push(Differing {
                    line: lines.line(block.span.start),
                    span: block.span,
                    old: Some(came(block, &names.0[block.part])),
                    new: None,
                    text: text.to_owned(),
                });
            }
        }
    }
}

fn came(block: &Block, part: &str) -> Came {
    Came { part: part.to_owned(), role: block.role, why: block.why.to_string() }
}

/// Names of the fields, beside roles and parts, that differ.
fn fields(old: &Document, new: &Document) -> Vec<String> {
    let mut fields = Vec::new();
    let mut add = |name: &str, differs: bool| {
        if differs && !fields.iter().any(|field| field == name) {
            fields.push(name.to_owned());
        }
    };
    add("id", old.id != new.id);
    add("language", old.language != new.language);
    add("parts", old.parts.len() != new.parts.len());
    add("diagnostics", old.diagnostics != new.diagnostics);
    for (before, after) in old.parts.iter().zip(&new.parts) {
        let Part { kind, title, authors, site, url, topics, modified, published, .. } = before;
        add("parts", *kind != after.kind);
        add("title", *title != after.title);
        add("authors", *authors != after.authors);
        add("site", *site != after.site);
        add("url", *url != after.url);
        add("topics", *topics != after.topics);
        add("modified", *modified != after.modified);
        add("published", *published != after.published);
    }
    if old.text != new.text {
        return fields;
    }
    let mut blocks = new.blocks.iter().peekable();
    for before in &old.blocks {
        while blocks.next_if(|after| after.span.start < before.span.start).is_some() {}
        let Some(after) =
            blocks.peek().filter(|after| after.span == before.span && after.role == before.role)
        else {
            add("block spans", blocks.peek().is_none_or(|after| after.span != before.span));
            continue;
        };
        add("block level", before.level != after.level);
        add("block depth", before.depth != after.depth);
        add("block ordinal", before.ordinal != after.ordinal);
        add("block language", before.language != after.language);
        add("block truncated", before.truncated != after.truncated);
        add("block timestamp", before.timestamp != after.timestamp);
        add("block label", before.label != after.label);
        add("block author", before.author != after.author);
        add("block path", before.path != after.path);
        add("block outlet", before.outlet != after.outlet);
        add("block cells", before.cells != after.cells);
        add("block origin", (before.origin, before.origin_line) != (after.origin, after.origin_line));
    }
    fields
}
