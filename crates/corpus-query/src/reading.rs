//! A document read for its facts: where each lies, how its entities are called, and which of its text is a copy.

use crate::{
    hit::{InArticle, Location},
    offsets::{Spans, Walker},
};
use corpus_annotate::{
    link::{CorpusId, Layer, Table},
    name::one_line,
};
use corpus_core::{Annotation, Block, Document, PartKind, Span};
use corpus_dedup::TextKey;
use serde::Deserialize;
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

/// The blocks of body text seen so far, so that copied text counts once, and what entities are corpus-wide.
#[derive(Debug)]
pub(crate) struct Seen<'t> {
    blocks: HashSet<TextKey>,
    pub(crate) table: &'t Table,
}

/// A document read for its facts.
pub(crate) struct Reading<'d> {
    pub(crate) document: &'d Document,
    /// How each local entity is called, in one line: its mentions, the first the longest.
    names: HashMap<&'d str, Vec<Cow<'d, str>>>,
    /// Where names begin.
    named: HashSet<usize>,
    /// What each local id stands for.
    links: HashMap<(Layer, &'d str), CorpusId>,
    table: &'d Table,
    /// Whether a block stood in an earlier document.
    copied: Vec<bool>,
    walker: Walker<'d>,
    walked: usize,
}

impl<'t> Seen<'t> {
    /// Nothing seen yet, of documents that `table` links.
    pub(crate) fn new(table: &'t Table) -> Self {
        Seen { blocks: HashSet::new(), table }
    }

    /// Reads a document and remembers its blocks.
    pub(crate) fn read<'d>(&mut self, document: &'d Document) -> Reading<'d>
    where
        't: 'd,
    {
        let mut names: HashMap<&str, Vec<Cow<'_, str>>> = HashMap::new();
        let mut named = HashSet::new();
        for annotation in document.annotations.iter().filter(|annotation| annotation.layer == "name") {
            named.insert(annotation.span.start);
            let entity = annotation.value.get("entity").and_then(serde_json::Value::as_str);
            if let (Some(entity), Some(text)) = (entity, document.text.get(annotation.span.range())) {
                let (known, text) = (names.entry(entity).or_default(), one_line(text));
                if !known.contains(&text) {
                    known.push(text);
                }
            }
        }
        for known in names.values_mut() {
            known.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        let key = |block: &Block| TextKey::of_block(document.slice(block)).filter(|_| block.role.is_body());
        let keys: Vec<Option<TextKey>> = document.blocks.iter().map(key).collect();
        let copied = keys.iter().map(|key| key.is_some_and(|key| self.blocks.contains(&key))).collect();
        self.blocks.extend(keys.into_iter().flatten());
        let table = self.table;
        let of_document = table.links_of(document.id.as_str());
        let links = of_document.iter().map(|link| ((link.layer, &*link.local), link.entity)).collect();
        Reading {
            document,
            names,
            named,
            links,
            table,
            copied,
            walker: Walker::new(&document.text),
            walked: 0,
        }
    }
}

impl<'d> Reading<'d> {
    /// The annotations of a layer, those in text that an earlier document had left out unless `copies`.
    pub(crate) fn layer(&self, layer: &str, copies: bool) -> Vec<&'d Annotation> {
        let wanted = |annotation: &&Annotation| {
            annotation.layer == layer && (copies || !self.copied[self.block_at(annotation.span.start)])
        };
        self.document.annotations.iter().filter(wanted).collect()
    }

    /// Whether a span lies in text that an earlier document had.
    pub(crate) fn is_copy(&self, span: Span) -> bool {
        self.copied.get(self.block_at(span.start)).copied().unwrap_or_default()
    }

    /// The annotations of a layer that an article tells, and not its readers.
    pub(crate) fn told(&self, layer: &str, copies: bool) -> Vec<&'d Annotation> {
        let mut found = self.layer(layer, copies);
        found.retain(|annotation| {
            let block = self.document.blocks.get(self.block_at(annotation.span.start));
            block.is_some_and(|block| self.document.part_of(block).kind.is_article())
        });
        found
    }

    /// Where a span lies. Spans that follow one another are found faster.
    pub(crate) fn locate(&mut self, span: Span) -> Location {
        if span.start < self.walked {
            self.walker = Walker::new(&self.document.text);
        }
        let first = self.walker.at(span.start);
        self.walked = span.start;
        let last = self.walker.clone().at(span.end);
        let document = self.document;
        let index = self.block_at(span.start);
        let block = &document.blocks[index];
        let record = document.source.record.as_ref();
        Location {
            document: document.id.to_string(),
            uri: document.source.uri.clone(),
            record: record.map(|place| place.index),
            record_id: record
                .and_then(|place| place.id.clone())
                .or_else(|| document.source.metadata.id.clone()),
            part: block.part,
            kind: document.part_of(block).kind,
            block: index,
            role: block.role,
            line: first.line,
            column: first.column,
            span: Spans {
                byte: [span.start, span.end],
                char: [first.chars, last.chars],
                utf16: [first.utf16, last.utf16],
            },
            in_source: document.in_source(block),
        }
    }

    /// What is known of the article that a span stands in; of what stands in none, that of the page's own.
    pub(crate) fn article(&self, span: Span) -> InArticle {
        let document = self.document;
        let part = document.blocks.get(self.block_at(span.start)).map(|block| document.part_of(block));
        let Some(article) = part.filter(|part| part.kind.is_article()).or_else(|| document.article()) else {
            return InArticle::default();
        };
        let of_page = if article.kind == PartKind::Article { &document.source.metadata.url } else { &None };
        InArticle {
            published: article.published.as_ref().map(|published| published.edtf.clone()),
            title: article.title.clone(),
            url: of_page.clone().or_else(|| article.url.clone()),
        }
    }

    /// The words of a span.
    pub(crate) fn words(&self, span: Span) -> &'d str {
        self.document.text.get(span.range()).unwrap_or_default()
    }

    /// Whether a name begins at an offset.
    pub(crate) fn is_named(&self, offset: usize) -> bool {
        self.named.contains(&offset)
    }

    /// What a local id stands for corpus-wide.
    pub(crate) fn linked(&self, layer: Layer, local: &str) -> Option<CorpusId> {
        self.links.get(&(layer, local)).copied()
    }

    /// The ways a local entity is called, in this document and in all others.
    pub(crate) fn names(&self, entity: &str) -> impl Iterator<Item = &str> {
        let own = self.names.get(entity).into_iter().flatten().map(|name| &**name);
        let linked = self.linked(Layer::Name, entity).and_then(|id| self.table.entity(id));
        own.chain(linked.into_iter().flat_map(|entity| &entity.variants).map(|variant| &*variant.name))
    }

    /// What a local entity is best called: what the corpus calls it, else its longest mention, else its id.
    pub(crate) fn called(&self, entity: &str) -> String {
        let linked = self.linked(Layer::Name, entity).and_then(|id| self.table.entity(id));
        let own = || self.names.get(entity).and_then(|names| names.first()).map(|name| &**name);
        linked.map(|entity| &*entity.name).or_else(own).unwrap_or(entity).to_owned()
    }

    /// The value of an annotation as the type of its layer; `None` where it has another shape.
    pub(crate) fn value<T: for<'v> Deserialize<'v>>(annotation: &Annotation) -> Option<T> {
        T::deserialize(&annotation.value).ok()
    }

    /// Index of the block that an offset lies in, or that follows it.
    fn block_at(&self, offset: usize) -> usize {
        let blocks = &self.document.blocks;
        blocks.partition_point(|block| block.span.end <= offset).min(blocks.len().saturating_sub(1))
    }
}
