//! What a scan keeps of a document.

use super::shared;
use corpus_core::{Document, Role, Severity, part::PartKind};
use serde::Serialize;
use std::collections::BTreeSet;

/// Characters of a document's blocks, by the part they belong to. White space between blocks does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Characters {
    /// Of the page's own article.
    pub article: u64,
    /// Of embedded articles.
    pub embedded: u64,
    /// Of readers' comments.
    pub comments: u64,
    /// Of everything else.
    pub furniture: u64,
}

impl Characters {
    /// The characters of `document`.
    pub fn of(document: &Document) -> Self {
        let mut characters = Characters::default();
        for block in &document.blocks {
            let count = document.slice(block).chars().count() as u64;
            match document.part_of(block).kind {
                PartKind::Article => characters.article += count,
                PartKind::Embedded => characters.embedded += count,
                PartKind::Comments => characters.comments += count,
                _ => characters.furniture += count,
            }
        }
        characters
    }

    /// All of them.
    pub const fn total(self) -> u64 {
        self.article + self.embedded + self.comments + self.furniture
    }

    /// Adds those of another document.
    pub fn add(&mut self, other: Characters) {
        self.article += other.article;
        self.embedded += other.embedded;
        self.comments += other.comments;
        self.furniture += other.furniture;
    }
}

/// What a scan keeps of a document: enough for its row, and the keys of its blocks.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The id of the document.
    pub id: String,
    /// Where it lies, as the user named it.
    pub place: String,
    /// Its short name.
    pub name: String,
    /// Whether the page has an article.
    pub has_article: bool,
    /// The headline of the article.
    pub title: Option<String>,
    /// The first block of an article without a title.
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
    pub date: Option<DateStatus>,
    /// Codes of the warnings about it.
    pub warnings: BTreeSet<String>,
    /// Keys of its long blocks of body text, with their characters.
    pub(super) blocks: Vec<shared::Key>,
}

/// When an article was published, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DateStatus {
    /// The date.
    pub edtf: String,
    /// How it is known.
    pub method: &'static str,
}

impl Summary {
    /// The summary of `document`.
    pub fn of(document: &Document) -> Self {
        let place = document.source.located();
        let article = document.article();
        let in_article = |block: &&corpus_core::Block| document.part_of(block).kind == PartKind::Article;
        let begins = || document.blocks.iter().find(in_article).map(|block| document.slice(block).to_owned());
        let published = article.and_then(|part| part.published.as_ref());
        let warnings =
            document.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
        Summary {
            id: document.id.to_string(),
            place: place.to_string(),
            name: place.name(),
            has_article: article.is_some(),
            title: article.and_then(|part| part.title.clone()),
            begins: if article.is_some_and(|part| part.title.is_none()) { begins() } else { None },
            language: document.language.as_deref().map(str::to_owned),
            characters: Characters::of(document),
            embedded: document.parts.iter().filter(|part| part.kind == PartKind::Embedded).count() as u64,
            comments: comments(document),
            date: published
                .map(|date| DateStatus { edtf: date.edtf.to_string(), method: date.method.as_str() }),
            warnings: warnings.map(|diagnostic| diagnostic.code.to_string()).collect(),
            blocks: shared::keys(document),
        }
    }
}

/// Number of comments: of places in the thread, else of lines that name who comments, else of runs of comment text.
fn comments(document: &Document) -> u64 {
    let of_comments = || document.blocks.iter().filter(|block| block.role.is_comment());
    let paths: BTreeSet<&str> = of_comments().filter_map(|block| block.path.as_deref()).collect();
    let authors =
        of_comments().filter(|block| block.role == Role::CommentAuthor && block.author.is_some()).count();
    let mut previous = None;
    let runs = document.blocks.iter().filter(|block| {
        let begins = block.role == Role::Comment && previous != Some(Role::Comment);
        previous = Some(block.role);
        begins
    });
    [paths.len(), authors, runs.count()].into_iter().find(|count| *count > 0).unwrap_or(0) as u64
}
