//! What `scan` counts over all documents.

use crate::{
    shared::Shared,
    stream::Ended,
    summary::{Characters, Summary},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts over all documents.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Totals {
    pub(crate) files: u64,
    pub(crate) documents: u64,
    /// Documents that have an article.
    pub(crate) articles: u64,
    /// Embedded articles.
    pub(crate) embedded: u64,
    pub(crate) comments: u64,
    pub(crate) characters: Characters,
    /// Blocks of body text that an earlier document had.
    pub(crate) shared_blocks: u64,
    /// Their characters.
    pub(crate) shared_characters: u64,
    /// Documents they were found in.
    pub(crate) shared_documents: u64,
    /// Blocks that were not compared with later ones, because there were too many.
    pub(crate) uncompared_blocks: u64,
    /// Documents by language; `und` where it cannot be told.
    pub(crate) languages: BTreeMap<String, u64>,
    /// Articles by how their date is known; `not stated` where the page does not say.
    pub(crate) dates: BTreeMap<String, u64>,
    /// Documents by kind of warning.
    pub(crate) warnings: BTreeMap<String, u64>,
    /// Records that could not be read.
    pub(crate) set_aside: u64,
}

/// The name under which articles without a date are counted.
pub(crate) const NOT_STATED: &str = "not stated";

impl Totals {
    /// Counts one more document.
    pub(crate) fn add(&mut self, summary: &Summary) {
        self.documents += 1;
        self.articles += u64::from(summary.has_article);
        self.embedded += summary.embedded;
        self.comments += summary.comments;
        self.characters.add(summary.characters);
        count(&mut self.languages, summary.language.as_deref().unwrap_or("und"));
        if summary.has_article {
            count(&mut self.dates, summary.date.as_ref().map_or(NOT_STATED, |date| &date.method));
        }
        for code in &summary.warnings {
            count(&mut self.warnings, code);
        }
    }

    /// Adds what is known only at the end.
    pub(crate) fn finish(&mut self, ended: &Ended, shared: &Shared) {
        self.files = ended.files;
        self.set_aside = ended.set_aside;
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
