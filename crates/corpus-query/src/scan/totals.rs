//! What a scan counts over all documents.

use super::{
    shared::Shared,
    summary::{Characters, Summary},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts over all documents.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Totals {
    /// Files read.
    pub files: u64,
    /// Documents found in them.
    pub documents: u64,
    /// Documents that have an article.
    pub articles: u64,
    /// Embedded articles.
    pub embedded: u64,
    /// Comments of readers.
    pub comments: u64,
    /// Characters by the part they belong to.
    pub characters: Characters,
    /// Blocks of body text that an earlier document had.
    pub shared_blocks: u64,
    /// Their characters.
    pub shared_characters: u64,
    /// Documents they were found in.
    pub shared_documents: u64,
    /// Blocks that were not compared with later ones, because there were too many.
    pub uncompared_blocks: u64,
    /// Documents by language; `und` where it cannot be told.
    pub languages: BTreeMap<String, u64>,
    /// Articles by how their date is known; `not stated` where the page does not say.
    pub dates: BTreeMap<String, u64>,
    /// Documents by kind of warning.
    pub warnings: BTreeMap<String, u64>,
    /// Records that could not be read.
    pub set_aside: u64,
}

/// The name under which articles without a date are counted.
pub const NOT_STATED: &str = "not stated";

impl Totals {
    /// Counts one more document.
    pub(super) fn add(&mut self, summary: &Summary) {
        self.documents += 1;
        self.articles += u64::from(summary.has_article);
        self.embedded += summary.embedded;
        self.comments += summary.comments;
        self.characters.add(summary.characters);
        count(&mut self.languages, summary.language.as_deref().unwrap_or("und"));
        if summary.has_article {
            count(&mut self.dates, summary.date.as_ref().map_or(NOT_STATED, |date| date.method));
        }
        for code in &summary.warnings {
            count(&mut self.warnings, code);
        }
    }

    /// Adds what is known only at the end.
    pub(super) fn finish(&mut self, files: u64, set_aside: u64, shared: &Shared) {
        self.files = files;
        self.set_aside = set_aside;
        self.shared_blocks = shared.again.blocks;
        self.shared_characters = shared.again.characters;
        self.shared_documents = shared.again.documents;
        self.uncompared_blocks = shared.left_out;
    }
}

fn count(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}
