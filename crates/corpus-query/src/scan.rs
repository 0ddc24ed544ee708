//! A scan: what is in a pile of documents, one row a document, and the totals.

mod shared;
mod summary;
mod totals;

pub use summary::{Characters, DateStatus, Summary};
pub use totals::{NOT_STATED, Totals};

use crate::tabular::{Tabular, cell};
use serde::Serialize;
use shared::Shared;

/// Scans documents in their order; each gives a row as soon as it is added.
#[derive(Debug, Default)]
pub struct Scan {
    totals: Totals,
    shared: Shared,
}

/// What a scan says of one document.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Number of the document, from 1.
    pub number: u64,
    /// Its id.
    pub id: String,
    /// Where it lies, as the user named it.
    pub document: String,
    /// Its short name.
    #[serde(skip)]
    pub name: String,
    /// Whether the page has an article.
    #[serde(skip)]
    pub has_article: bool,
    /// The headline of the article.
    pub title: Option<String>,
    /// The first block of an article without a title.
    #[serde(skip)]
    pub begins: Option<String>,
    /// BCP 47 language; `None` where it cannot be told.
    pub language: Option<String>,
    /// Characters by the part they belong to.
    pub characters: Characters,
    /// Number of embedded articles.
    pub embedded: u64,
    /// Number of comments.
    pub comments: u64,
    /// When the article was published.
    pub published: Option<DateStatus>,
    /// The earlier documents that have the same blocks.
    pub shared: Vec<With>,
}

/// Blocks that a document shares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct With {
    /// Number of the other document.
    pub number: u64,
    /// Number of blocks.
    pub blocks: u64,
}

impl Scan {
    /// Adds a document by its summary, which other threads may have made, and gives its row.
    pub fn add(&mut self, summary: Summary) -> Row {
        self.totals.add(&summary);
        let number = self.totals.documents;
        let with = self.shared.add(number, &summary.blocks);
        Row {
            number,
            id: summary.id,
            document: summary.place,
            name: summary.name,
            has_article: summary.has_article,
            title: summary.title,
            begins: summary.begins,
            language: summary.language,
            characters: summary.characters,
            embedded: summary.embedded,
            comments: summary.comments,
            published: summary.date,
            shared: with.into_iter().map(|(number, blocks)| With { number, blocks }).collect(),
        }
    }

    /// The totals, given how many files were read and how many records could not be.
    pub fn finish(mut self, files: u64, set_aside: u64) -> Totals {
        self.totals.finish(files, set_aside, &self.shared);
        self.totals
    }
}

impl Tabular for Row {
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "id",
        "document",
        "title",
        "language",
        "article_characters",
        "embedded_characters",
        "comments_characters",
        "furniture_characters",
        "embedded",
        "comments",
        "published",
        "method",
        "shared",
    ];

    fn cells(&self) -> Vec<String> {
        let shared = self.shared.iter().map(|with| format!("{}:{}", with.number, with.blocks));
        vec![
            self.number.to_string(),
            self.id.clone(),
            self.document.clone(),
            cell(self.title.as_ref()),
            cell(self.language.as_ref()),
            self.characters.article.to_string(),
            self.characters.embedded.to_string(),
            self.characters.comments.to_string(),
            self.characters.furniture.to_string(),
            self.embedded.to_string(),
            self.comments.to_string(),
            cell(self.published.as_ref().map(|date| &date.edtf)),
            cell(self.published.as_ref().map(|date| &date.method)),
            shared.collect::<Vec<_>>().join(","),
        ]
    }
}
