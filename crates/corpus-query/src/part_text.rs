//! A part of a document as it is searched: its passages with their places, its dates and names, its facts.

use crate::{
    fact::{self, Fact},
    offsets::Walker,
    scope::is_clean,
};
use corpus_core::{Document, Edtf, InSource, Part, PartKind, Role, Span, host};
use corpus_dedup::TextKey;
use std::borrow::Cow;

/// A part of a document with all that answers say of it, so that they need not look at the document again.
#[derive(Clone, Debug, PartialEq)]
pub struct PartText {
    /// Place of the document in the order of the corpus, from 0.
    pub order: u64,
    /// Id of the document.
    pub document: String,
    /// Path or address of its source.
    pub uri: String,
    /// Number of the record in a container.
    pub record: Option<u64>,
    /// The record's own id.
    pub record_id: Option<String>,
    /// Index of the part in the document.
    pub part: usize,
    /// What the part is.
    pub kind: PartKind,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Name of the site or outlet, else the host of its address.
    pub site: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Language of the document.
    pub language: Option<String>,
    /// When it was published: EDTF.
    pub published: Option<Edtf>,
    /// How that is known, such as `timestamp`.
    pub date_method: Option<String>,
    /// The text of its blocks, one after the other, a line end after each.
    pub text: String,
    /// Its blocks, in order.
    pub passages: Vec<Passage>,
    /// What annotations say of it, in order of span.
    pub facts: Vec<Fact>,
}

/// A block of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it lies in the document's text, in bytes.
    pub span: Span,
    /// Where its text begins in [`PartText::text`].
    pub start: usize,
    /// Number of characters of the document's text before it.
    pub chars: usize,
    /// Number of UTF-16 code units of the document's text before it.
    pub utf16: usize,
    /// The line it begins on, from 1.
    pub line: usize,
    /// The column it begins at, in characters, from 1.
    pub column: usize,
    /// What it does on the page.
    pub role: Role,
    /// Index of the block in the document.
    pub block: usize,
    /// Where it stands in the page as it was stored, where that is not the text.
    pub in_source: Option<InSource>,
    /// What it is known by among copies: the hash of its [`TextKey`], for a short one with that of the text beside it.
    pub key: u64,
}

/// What the language is called of a text whose language is not known.
pub(crate) const UNKNOWN_LANGUAGE: &str = "und";

/// Words of the shortest text that stands for itself: a shorter one is known together with its neighbour, since
/// “Read more” on two pages is no copied text, and a title over a copied article is.
const LEAST_WORDS: usize = 8;

/// Gives each part the address of its record where it has none of its own, comments and furniture what the article of
/// their page says of site and date, and a part of no named site the host of its address.
fn share_origin(parts: &mut [PartText], address: Option<&str>) {
    let article = parts.iter().find(|part| part.kind == PartKind::Article);
    let (site, published, method) = article
        .map(|part| (part.site.clone(), part.published.clone(), part.date_method.clone()))
        .unwrap_or_default();
    for part in parts {
        if part.url.is_none() {
            part.url = address.map(str::to_owned);
        }
        if matches!(part.kind, PartKind::Comments | PartKind::Furniture) {
            if part.site.is_none() {
                part.site.clone_from(&site);
            }
            if part.published.is_none() {
                part.published.clone_from(&published);
                part.date_method.clone_from(&method);
            }
        }
        if part.site.is_none() {
            let host = part.url.as_deref().map(host::host).filter(|host| !host.is_empty());
            part.site = host.map(str::to_lowercase);
        }
    }
}

impl PartText {
    /// The parts of a document, in order, those without text left out.
    pub fn all_of(document: &Document, order: u64) -> Vec<PartText> {
        PartText::all_with_keys(document, order, &TextKey::of_blocks(document))
    }

    /// As [`all_of`](PartText::all_of), the keys of the document's blocks being these.
    pub fn all_with_keys(document: &Document, order: u64, keys: &[TextKey]) -> Vec<PartText> {
        let mut parts: Vec<PartText> = document
            .parts
            .iter()
            .enumerate()
            .map(|(index, part)| PartText::empty(document, part, index, order))
            .collect();
        // As much room as each part takes, and no more: they wait to be indexed.
        let mut rooms = vec![(0, 0); parts.len()];
        for block in &document.blocks {
            if let Some((n_blocks, n_bytes)) = rooms.get_mut(block.part) {
                *n_blocks += 1;
                *n_bytes += block.span.len() + 1;
            }
        }
        for (part, (n_blocks, n_bytes)) in parts.iter_mut().zip(rooms) {
            part.passages.reserve_exact(n_blocks);
            part.text.reserve_exact(n_bytes);
        }
        let mut walker = Walker::new(&document.text);
        for (block_index, block) in document.blocks.iter().enumerate() {
            let Some(part) = parts.get_mut(block.part) else { continue };
            let place = walker.at(block.span.start);
            part.passages.push(Passage {
                span: block.span,
                start: part.text.len(),
                chars: place.chars,
                utf16: place.utf16,
                line: place.line,
                column: place.column,
                role: block.role,
                block: block_index,
                in_source: document.in_source(block),
                key: 0,
            });
            part.text.push_str(document.slice(block));
            part.text.push('\n');
        }
        share_origin(&mut parts, document.source.metadata.url.as_deref());
        parts.retain(|part| !part.passages.is_empty());
        let facts = fact::all_of(document);
        for part in &mut parts {
            part.set_keys(keys);
            let is_here = |fact: &&Fact| {
                let first = part.passages.partition_point(|passage| passage.span.end <= fact.span.start);
                part.passages.get(first).is_some_and(|passage| passage.span.overlaps(fact.span))
            };
            part.facts = facts.iter().filter(is_here).cloned().collect();
        }
        parts
    }

    fn empty(document: &Document, part: &Part, index: usize, order: u64) -> PartText {
        let source = &document.source;
        let record_id = source.record.as_ref().and_then(|place| place.id.as_ref());
        PartText {
            order,
            document: document.id.as_str().to_owned(),
            uri: source.uri.clone(),
            record: source.record.as_ref().map(|place| place.index),
            record_id: record_id.or(source.metadata.id.as_ref()).cloned(),
            part: index,
            kind: part.kind,
            title: part.title.clone(),
            authors: part.authors.clone(),
            site: part.site.clone(),
            url: part.url.clone(),
            language: document.language.as_deref().map(str::to_owned),
            published: part.published.as_ref().map(|published| published.edtf.clone()),
            date_method: part.published.as_ref().map(|published| published.method.as_str().to_owned()),
            text: String::new(),
            passages: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// What the site goes by: its name, the host of its address, and the words of that.
    pub(crate) fn sites(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let host = self.url.as_deref().map(host::host).unwrap_or_default();
        let domains = host::parents(host).filter(|domain| domain.contains('.')).map(Cow::Borrowed);
        let words = (!host.is_empty()).then(|| Cow::Owned(host.replace('.', " ")));
        self.site.as_deref().map(Cow::Borrowed).into_iter().chain(domains).chain(words)
    }

    /// The text of a passage.
    pub fn slice(&self, passage: &Passage) -> &str {
        &self.text[passage.start..passage.start + passage.span.len()]
    }

    /// The text of a span of the document, where it lies in one passage of this part.
    pub fn covered(&self, span: Span) -> Option<&str> {
        let index = self.passages.partition_point(|passage| passage.span.end < span.end);
        let passage = self.passages.get(index).filter(|passage| passage.span.contains(span))?;
        let start = passage.start + span.start - passage.span.start;
        self.text.get(start..start + span.len())
    }

    /// Gives each passage what it is known by. Beside a short one stands the next of the clean text, else the last.
    fn set_keys(&mut self, keys: &[TextKey]) {
        let keys: Vec<TextKey> = self.passages.iter().map(|passage| keys[passage.block]).collect();
        let clean: Vec<usize> = (0..self.passages.len())
            .filter(|&index| is_clean(self.kind, self.passages[index].role))
            .collect();
        for (index, key) in keys.iter().enumerate() {
            let next = clean.partition_point(|&other| other <= index);
            let before = clean.partition_point(|&other| other < index).checked_sub(1);
            let beside = clean.get(next).or_else(|| clean.get(before?));
            self.passages[index].key = match beside {
                Some(&other) if key.n_words < LEAST_WORDS => key.hash.rotate_left(21) ^ keys[other].hash,
                _ => key.hash,
            };
        }
    }
}
