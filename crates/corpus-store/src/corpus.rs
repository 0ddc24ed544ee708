//! A corpus: documents in a directory or in memory, as they are at one snapshot.

use crate::{
    called::{Among, named},
    decision::Decision,
    directory::INDEX,
    documents::Documents,
    error::Error,
    links::LinksAtRest,
    manifest::Manifest,
    memory::Memory,
    reader::Reader,
    removal::Removed,
};
use corpus_core::{Document, DocumentId, Source};
use corpus_format::{ClusterRow, Layer};
use std::path::{Path, PathBuf};

/// Documents in a directory or in memory, as they are at one snapshot.
///
/// Threads may share it. What others write meanwhile is not seen; open the directory again to see it.
#[derive(Debug)]
pub struct Corpus {
    place: Place,
    /// The directory of a corpus that is gone when it is dropped.
    temporary: Option<tempfile::TempDir>,
}

/// Where the documents lie.
#[derive(Debug)]
enum Place {
    Memory(Memory),
    Directory(Box<Reader>),
}

impl Corpus {
    /// A corpus of these documents, in their order, that is gone when it is dropped. Documents with one id become one,
    /// which names the sources of the others in [`Document::also`].
    pub fn memory(documents: Vec<Document>) -> Corpus {
        Corpus { place: Place::Memory(Memory::new(documents)), temporary: None }
    }

    /// The corpus in the directory `path`, as it is now.
    ///
    /// # Errors
    /// When there is no corpus, or its manifest cannot be read.
    pub fn open(path: &Path) -> Result<Corpus, Error> {
        Ok(Corpus { place: Place::Directory(Box::new(Reader::open(path)?)), temporary: None })
    }

    /// As [`open`](Corpus::open), of a directory that goes when the corpus is dropped.
    pub(crate) fn open_temporary(folder: tempfile::TempDir) -> Result<Corpus, Error> {
        let corpus = Corpus::open(folder.path())?;
        Ok(Corpus { temporary: Some(folder), ..corpus })
    }

    /// Number of the snapshot, which rises with each change; 0 in memory.
    pub const fn snapshot(&self) -> u64 {
        match &self.place {
            Place::Memory(_) => 0,
            Place::Directory(reader) => reader.snapshot(),
        }
    }

    /// The last snapshot that changed what documents say which were there before it: by a layer, a decision, a repair;
    /// 0 where none did. What was derived from documents as they were earlier must read all of them again.
    pub const fn index_since(&self) -> u64 {
        match &self.place {
            Place::Memory(_) => 0,
            Place::Directory(reader) => reader.index_since(),
        }
    }

    /// Whether an index of this snapshot may be written into the directory, as it is now: not where documents were
    /// purged since, or what they say was changed.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn may_be_indexed(&self) -> Result<bool, Error> {
        match &self.place {
            Place::Memory(_) => Ok(true),
            Place::Directory(reader) => {
                let now = Manifest::open_snapshot(reader.directory())?;
                Ok(now.index_since()? <= reader.snapshot())
            }
        }
    }

    /// What reads the directory; `None` in memory.
    pub(crate) fn reader(&self) -> Option<&Reader> {
        match &self.place {
            Place::Memory(_) => None,
            Place::Directory(reader) => Some(reader),
        }
    }

    /// Number of documents that are current: neither superseded nor removed.
    pub const fn n_documents(&self) -> u64 {
        match &self.place {
            Place::Memory(memory) => memory.documents().len() as u64,
            Place::Directory(reader) => reader.n_documents(),
        }
    }

    /// The current document with this id, annotations included; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn document(&self, id: &DocumentId) -> Result<Option<Document>, Error> {
        match &self.place {
            Place::Memory(memory) => Ok(memory.get(id).cloned()),
            Place::Directory(reader) => reader.document(id),
        }
    }

    /// The current documents in the order in which they came, each read when it is asked for.
    ///
    /// Options are set on the iterator before it is used: [`Documents::without_annotations`],
    /// [`Documents::added_since`].
    pub fn documents(&self) -> Documents<'_> {
        match &self.place {
            Place::Memory(memory) => Documents::in_memory(memory.documents()),
            Place::Directory(reader) => {
                Documents::in_directory(reader, reader.document_parts().cloned().collect())
            }
        }
    }

    /// The current documents in as many runs as there are files, for threads to share; one after the other they are
    /// all documents in their order.
    pub fn runs(&self) -> Vec<Documents<'_>> {
        match &self.place {
            Place::Memory(_) => vec![self.documents()],
            Place::Directory(reader) => reader
                .document_parts()
                .map(|part| Documents::in_directory(reader, vec![part.clone()]))
                .collect(),
        }
    }

    /// Ids of the documents that are no longer current but were, or may have been, at `snapshot`: superseded or
    /// removed since. Together with [`Documents::added_since`] it says what an index of that snapshot must catch up on.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn left_since(&self, snapshot: u64) -> Result<Vec<DocumentId>, Error> {
        match &self.place {
            Place::Memory(_) => Ok(Vec::new()),
            Place::Directory(reader) => reader.left_since(snapshot),
        }
    }

    /// Ids of the current documents that a person may mean by `name`: those whose id begins so (four hex digits or
    /// more), else those whose record calls itself so, else those of the file with that path, name or stem, else those
    /// at that URL. No more than `limit`.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn named(&self, name: &str, limit: usize) -> Result<Vec<DocumentId>, Error> {
        match &self.place {
            Place::Memory(memory) => Ok(memory.named(name, limit)),
            Place::Directory(reader) => named(&reader.manifest(), Among::Current, name, limit),
        }
    }

    /// The files that current documents came from, as they were named then, each with the number of its documents; none
    /// in memory.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn inputs(&self) -> Result<Vec<(String, u64)>, Error> {
        match &self.place {
            Place::Memory(_) => Ok(Vec::new()),
            Place::Directory(reader) => reader.manifest().all(
                "SELECT uri, count(*) FROM documents JOIN inputs USING (input) WHERE left IS NULL \
                 GROUP BY input ORDER BY input",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            ),
        }
    }

    /// The documents that were removed, in the order in which they came; none in memory.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn removed(&self) -> Result<Vec<Removed>, Error> {
        match &self.place {
            Place::Memory(_) => Ok(Vec::new()),
            Place::Directory(reader) => reader.manifest().removed(),
        }
    }

    /// As [`named`](Corpus::named), among the documents that were removed; of those whose names were purged, by the URL
    /// of the page or the path of its file too.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn removed_named(&self, name: &str, limit: usize) -> Result<Vec<DocumentId>, Error> {
        match &self.place {
            Place::Memory(_) => Ok(Vec::new()),
            Place::Directory(reader) => named(&reader.manifest(), Among::Removed, name, limit),
        }
    }

    /// The untouched bytes of the record that a document was parsed from; `None` where they were not kept apart:
    /// because they are the document's text, or because only a reference to them was wanted.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn source_bytes(&self, source: &Source) -> Result<Option<Vec<u8>>, Error> {
        match &self.place {
            Place::Memory(_) => Ok(None),
            Place::Directory(reader) => reader.source_bytes(source),
        }
    }

    /// The clusters of copies that were found when the corpus was last built, member by member.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn clusters(&self) -> Result<Vec<ClusterRow>, Error> {
        match &self.place {
            Place::Memory(_) => Ok(Vec::new()),
            Place::Directory(reader) => reader.clusters(),
        }
    }

    /// The links from local ids to corpus-wide ones, as they lie in the directory; none in memory.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn links(&self) -> Result<LinksAtRest, Error> {
        match &self.place {
            Place::Memory(_) => Ok(LinksAtRest::default()),
            Place::Directory(reader) => reader.links(),
        }
    }

    /// The decisions of people about what was found, in the order in which they were taken; none in memory.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        match &self.place {
            Place::Memory(_) => Ok(Vec::new()),
            Place::Directory(reader) => reader.manifest().decisions(),
        }
    }

    /// The current document that a decision about this one is about now: itself, or what superseded it; `None` where it
    /// was removed, or is not known. What was rejected is still there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn decided_document(&self, id: &DocumentId) -> Result<Option<Document>, Error> {
        match &self.place {
            Place::Memory(memory) => Ok(memory.get(id).cloned()),
            Place::Directory(reader) => {
                let current = reader.manifest().current(id)?;
                let mut document = current.map_or(Ok(None), |id| reader.document_undecided(&id))?;
                document.iter_mut().for_each(|document| reader.split(document));
                Ok(document)
            }
        }
    }

    /// The layers of annotations at rest, each in the version of what made it; none in memory.
    pub fn layers(&self) -> Vec<Layer> {
        match &self.place {
            Place::Memory(_) => Vec::new(),
            Place::Directory(reader) => reader.layers().into_iter().collect(),
        }
    }

    /// The folder for the full-text index, which may not exist yet; `None` in memory.
    pub fn index_dir(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Memory(_) => None,
            Place::Directory(reader) => Some(reader.directory().join(INDEX)),
        }
    }

    /// Whether the corpus is gone when it is dropped.
    pub const fn is_temporary(&self) -> bool {
        matches!(self.place, Place::Memory(_)) || self.temporary.is_some()
    }
}
