//! The documents of a corpus, one after the other.

use crate::error::Error;
use corpus_core::Document;

/// The current documents of a corpus in the order in which they came, each read when it is asked for.
#[derive(Debug)]
pub struct Documents<'a> {
    way: Way<'a>,
    annotations: bool,
    since: u64,
}

/// Where they come from.
#[derive(Debug)]
enum Way<'a> {
    Memory(std::slice::Iter<'a, Document>),
}

impl<'a> Documents<'a> {
    pub(crate) fn in_memory(documents: &'a [Document]) -> Self {
        Documents { way: Way::Memory(documents.iter()), annotations: true, since: 0 }
    }

    /// The same documents without their annotations, which need not be read then. By default they come along.
    pub const fn without_annotations(mut self) -> Self {
        self.annotations = false;
        self
    }

    /// Only documents that became current after `snapshot`. By default all; in memory all whatever it says.
    pub const fn added_since(mut self, snapshot: u64) -> Self {
        self.since = snapshot;
        self
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.way {
            Way::Memory(documents) => {
                let mut document = documents.next()?.clone();
                if !self.annotations {
                    document.annotations.clear();
                }
                Some(Ok(document))
            }
        }
    }
}
