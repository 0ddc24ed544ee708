//! `/v1/documents`: the documents, and one of them whole.

use crate::{
    app::{App, Weight},
    form::Cells,
    pages::Limit,
    problem::Problem,
    question::{Places, Question},
    snapshot::{Opened, unreadable, unreadable_store},
};
use corpus_core::{Document, InSource, Offsets, PartKind, Role, Span};
use corpus_query::{Cursor, Tabular, Total, scan::Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The documents of the corpus, a page at a time.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Documents {
    /// Number of documents, at most 100,000.
    #[serde(default = "twenty")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

const fn twenty() -> Limit {
    Limit::new(20)
}

/// A page of the list of documents.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Listed {
    /// The documents, in the order of the corpus.
    items: Vec<Entry>,
    /// Number of documents in the corpus.
    total: Total,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A document in the list.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Entry {
    /// Its id.
    id: String,
    /// Path or address of its source.
    uri: String,
    /// Headline of its article.
    title: Option<String>,
    /// When the article was published, as EDTF.
    published: Option<String>,
    /// BCP 47 language.
    language: Option<String>,
}

impl Question for Documents {
    type Answer = Listed;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Listed, Problem> {
        let cursors = Cursor::of("documents");
        let from = cursors.passed(self.cursor.as_deref()).map_err(unreadable)?;
        let limit = self.limit.get();
        let items = match corpus.scan_if_made() {
            Some(scanned) => {
                let rows = scanned.rows.iter().enumerate().skip(from).take(limit);
                rows.map(|(index, row)| Entry::of_row(row, scanned.uri(index))).collect()
            }
            None => {
                let mut items = Vec::new();
                for document in corpus.corpus.documents().without_annotations().skip(from).take(limit) {
                    corpus.deadline.check().map_err(unreadable)?;
                    items.push(Entry::of(&document.map_err(unreadable_store)?));
                }
                items
            }
        };
        let total = corpus.corpus.n_documents();
        let reached = from + items.len();
        let next = (!items.is_empty() && (reached as u64) < total).then(|| cursors.after(reached));
        Ok(Listed { items, total: Total::exactly(total), next })
    }

    fn table(answer: &Listed) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

impl Entry {
    fn of(document: &Document) -> Self {
        let article = document.article();
        Entry {
            id: document.id.to_string(),
            uri: document.source.uri.clone(),
            title: article.and_then(|part| part.title.clone()),
            published: article.and_then(|part| part.published.as_ref()).map(|date| date.edtf.to_string()),
            language: document.language.as_deref().map(str::to_owned),
        }
    }

    fn of_row(row: &Row, uri: &str) -> Self {
        Entry {
            id: row.id.clone(),
            uri: uri.to_owned(),
            title: row.title.clone(),
            published: row.published.as_ref().map(|date| date.edtf.clone()),
            language: row.language.clone(),
        }
    }
}

impl Tabular for Entry {
    const COLUMNS: &'static [&'static str] = &["title", "published", "language", "uri", "id"];

    fn cells(&self) -> Vec<String> {
        let [title, published, language] =
            [&self.title, &self.published, &self.language].map(|known| known.clone().unwrap_or_default());
        vec![title, published, language, self.uri.clone(), self.id.clone()]
    }
}

/// One document: its text, parts, blocks and annotations.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct One {}

impl Question for One {
    type Answer = Document;

    const WEIGHT: Weight = Weight::Light;

    fn answer(self, path: &Places, _: &App, corpus: &Opened) -> Result<Document, Problem> {
        corpus.document(path.id())
    }
}

/// The blocks of one document, with their text and the reason of their role.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Blocks {}

/// The blocks of one document.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Blocked {
    /// The blocks, in the order of the text.
    items: Vec<Block>,
}

/// A block with its text.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Block {
    /// Line of the document's text it begins on, from 1.
    line: usize,
    /// Where it stands in the page as it was stored, where that is not the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_source: Option<InSource>,
    /// Where it lies in the document's text.
    span: Span,
    /// What it does on the page.
    role: Role,
    /// Index of its part.
    part: usize,
    /// What the part is.
    kind: PartKind,
    /// How sure the labeller is, from 0 to 1.
    confidence: f32,
    /// Why it has its role.
    why: String,
    /// Its text.
    text: String,
}

impl Question for Blocks {
    type Answer = Blocked;

    const WEIGHT: Weight = Weight::Light;

    fn answer(self, path: &Places, _: &App, corpus: &Opened) -> Result<Blocked, Problem> {
        let document = corpus.document(path.id())?;
        let mut lines = Offsets::new(&document.text);
        let items = document.blocks.iter().map(|block| Block {
            line: lines.line(block.span.start),
            in_source: document.in_source(block),
            span: block.span,
            role: block.role,
            part: block.part,
            kind: document.part_of(block).kind,
            confidence: block.confidence,
            why: block.why.to_string(),
            text: document.slice(block).to_owned(),
        });
        Ok(Blocked { items: items.collect() })
    }

    fn table(answer: &Blocked) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

impl Tabular for Block {
    const COLUMNS: &'static [&'static str] =
        &["line", "role", "text", "kind", "part", "confidence", "why", "byte_start", "byte_end"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.line.to_string(),
            self.role.to_string(),
            self.text.clone(),
            self.kind.to_string(),
            self.part.to_string(),
            self.confidence.to_string(),
            self.why.clone(),
            self.span.start.to_string(),
            self.span.end.to_string(),
        ]
    }
}
