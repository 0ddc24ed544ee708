//! A corpus for one command: in memory while it is small, in a temporary directory when it grows.

use crate::{corpus::Corpus, error::Error, options::Options, writer::Writer};
use corpus_core::Document;
use std::path::Path;

/// Bytes of text up to which documents stay in memory.
const MEMORY_BYTES: usize = 48 << 20;

/// Bytes of text after which a commit is made at the latest.
const PART_BYTES: usize = 32 << 20;

/// A corpus for one command: in memory while it is small, in a temporary directory when it grows.
///
/// One that grows is committed whenever it is twice as large as it was, and after 32 MiB of text at the latest, so that
/// others may ask it meanwhile.
///
/// ```
/// use corpus_core::{Parser, Record, text::Text};
/// use corpus_store::Ephemeral;
///
/// let mut ephemeral = Ephemeral::new();
/// for text in ["The harbour froze.", "The toll rises.", "The harbour froze."] {
///     ephemeral.add(Text::new().parse_all(&Record::new("-", text.as_bytes())))?;
/// }
/// // The same bytes are the same document.
/// assert_eq!(ephemeral.finish()?.n_documents(), 2);
/// # Ok::<(), corpus_store::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Ephemeral {
    documents: Vec<Document>,
    n_bytes: usize,
    directory: Option<(tempfile::TempDir, Box<Writer>)>,
    /// Bytes of text that are committed, and that are not.
    committed: usize,
    uncommitted: usize,
}

impl Ephemeral {
    /// An empty one.
    pub fn new() -> Self {
        Ephemeral::default()
    }

    /// The directory in which it lies as it was when it was committed last, once it has grown out of memory.
    pub fn directory(&self) -> Option<&Path> {
        self.directory.as_ref().map(|(folder, _)| folder.path())
    }

    /// Adds the documents of one record.
    ///
    /// # Errors
    /// When the temporary directory cannot be written.
    pub fn add(&mut self, documents: Vec<Document>) -> Result<(), Error> {
        let n_blocks: usize =
            documents.iter().map(|document| document.blocks.len() + document.annotations.len()).sum();
        let n_text = documents.iter().map(|document| document.text.len()).sum::<usize>();
        self.n_bytes += n_text + 200 * n_blocks;
        self.uncommitted += n_text;
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
                self.commit()?;
            }
            Some((_, writer)) => {
                writer.add(&documents, None)?;
                if writer.is_full() || self.uncommitted >= self.committed.clamp(1, PART_BYTES) {
                    self.commit()?;
                }
            }
        }
        Ok(())
    }

    /// Commits what was added, where it lies in a directory.
    ///
    /// # Errors
    /// When the temporary directory cannot be written.
    pub fn commit(&mut self) -> Result<(), Error> {
        if let Some((_, writer)) = &mut self.directory {
            writer.commit()?;
            self.committed += std::mem::take(&mut self.uncommitted);
        }
        Ok(())
    }

    /// The corpus of everything added.
    ///
    /// # Errors
    /// When the temporary directory cannot be written or read.
    pub fn finish(mut self) -> Result<Corpus, Error> {
        self.commit()?;
        match self.directory {
            None => Ok(Corpus::memory(self.documents)),
            Some((folder, writer)) => {
                drop(writer);
                Corpus::open_temporary(folder)
            }
        }
    }
}
