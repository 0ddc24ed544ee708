//! A corpus for one command: in memory while it is small, in a temporary directory when it grows.

use crate::{
    corpus::Corpus,
    error::Error,
    writer::{Options, Writer},
};
use corpus_core::Document;

/// Bytes of text up to which documents stay in memory.
const MEMORY_BYTES: usize = 48 << 20;

/// A corpus for one command: in memory while it is small, in a temporary directory when it grows.
#[derive(Debug, Default)]
pub struct Ephemeral {
    documents: Vec<Document>,
    n_bytes: usize,
    directory: Option<(tempfile::TempDir, Box<Writer>)>,
}

impl Ephemeral {
    /// An empty one.
    pub fn new() -> Self {
        Ephemeral::default()
    }

    /// Adds the documents of one record.
    ///
    /// # Errors
    /// When the temporary directory cannot be written.
    pub fn add(&mut self, documents: Vec<Document>) -> Result<(), Error> {
        let n_blocks: usize =
            documents.iter().map(|document| document.blocks.len() + document.annotations.len()).sum();
        self.n_bytes += documents.iter().map(|document| document.text.len()).sum::<usize>() + 200 * n_blocks;
        match &mut self.directory {
            None if self.n_bytes <= MEMORY_BYTES => self.documents.extend(documents),
            None => {
                let folder =
                    tempfile::tempdir().map_err(|error| Error::io("write", &std::env::temp_dir(), error))?;
                let writer = Writer::open(folder.path(), Options::new().keep_sources(false))?;
                let (_, writer) = self.directory.insert((folder, Box::new(writer)));
                for document in std::mem::take(&mut self.documents).into_iter().chain(documents) {
                    writer.add(&[document], None)?;
                }
            }
            Some((_, writer)) => {
                writer.add(&documents, None)?;
                if writer.is_full() {
                    writer.commit()?;
                }
            }
        }
        Ok(())
    }

    /// The corpus of everything added.
    ///
    /// # Errors
    /// When the temporary directory cannot be written or read.
    pub fn finish(self) -> Result<Corpus, Error> {
        match self.directory {
            None => Ok(Corpus::memory(self.documents)),
            Some((folder, mut writer)) => {
                writer.commit()?;
                drop(writer);
                Corpus::open_temporary(folder)
            }
        }
    }
}
