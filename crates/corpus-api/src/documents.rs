//! `/v1/documents`: the documents, and one of them whole.

use crate::{
    app::{App, Opened},
    problem::{Code, Problem},
    question::{Places, Question},
};
use corpus_core::{Document, Edtf, Offsets, PartKind, Role, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The documents of the corpus, a page at a time.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Documents {
    /// Number of documents, at most 1000.
    #[serde(default = "twenty")]
    limit: usize,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

const fn twenty() -> usize {
    20
}

/// A page of the list of documents.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Listed {
    /// The documents, in the order of the corpus.
    items: Vec<Entry>,
    /// Number of documents in the corpus.
    total: u64,
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
    published: Option<Edtf>,
    /// BCP 47 language.
    language: Option<String>,
}

impl Question for Documents {
    type Answer = Listed;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Listed, Problem> {
        let from: usize = match &self.cursor {
            None => 0,
            Some(cursor) => {
                cursor.strip_prefix('d').and_then(|number| number.parse().ok()).ok_or_else(|| {
                    Problem::new(Code::BadParameter, format_args!("{cursor:?} is no cursor of this list"))
                        .hint("take `next` of an answer, or none for the first page")
                })?
            }
        };
        let limit = self.limit.min(1000);
        let mut items = Vec::new();
        for document in corpus.corpus.documents().skip(from).take(limit) {
            let document = document.map_err(|error| Problem::new(Code::Unreadable, error))?;
            let article = document.article();
            items.push(Entry {
                id: document.id.to_string(),
                uri: document.source.uri.clone(),
                title: article.and_then(|part| part.title.clone()),
                published: article.and_then(|part| part.published.as_ref()).map(|date| date.edtf.clone()),
                language: document.language.as_deref().map(str::to_owned),
            });
        }
        let total = corpus.corpus.n_documents();
        let reached = from + items.len();
        let next = (!items.is_empty() && (reached as u64) < total).then(|| format!("d{reached}"));
        Ok(Listed { items, total, next })
    }
}

/// One document: its text, parts, blocks and annotations.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct One {}

impl Question for One {
    type Answer = Document;

    fn answer(self, path: &Places, _: &App, corpus: &Opened) -> Result<Document, Problem> {
        corpus.document(path.get("id").map_or("", String::as_str))
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

    fn answer(self, path: &Places, _: &App, corpus: &Opened) -> Result<Blocked, Problem> {
        let document = corpus.document(path.get("id").map_or("", String::as_str))?;
        let mut lines = Offsets::new(&document.text);
        let items = document.blocks.iter().map(|block| Block {
            line: lines.line(block.span.start),
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
}
