//! The index of a new corpus, made while its documents pass by, so that none is read again.

use super::{Payload, schema::Fields, update, writing::Writing};
use crate::{error::Error, part_text::PartText};
use corpus_core::Document;
use corpus_dedup::TextKey;
use corpus_store::Corpus;
use std::{fs, io, path::PathBuf};

/// The index of a new corpus, made while its documents pass by.
///
/// It lies in a folder of its own until it is finished, so that who reads the corpus meanwhile is not in the way.
/// Dropped before that, it leaves nothing.
pub struct FreshIndex {
    path: PathBuf,
    fields: Fields,
    writing: Option<Writing>,
    n_documents: u64,
}

impl std::fmt::Debug for FreshIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FreshIndex").field("path", &self.path).finish_non_exhaustive()
    }
}

impl FreshIndex {
    /// An index in the folder `path`, which is cleared first.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(path: PathBuf) -> Result<FreshIndex, Error> {
        clear(&path)?;
        let fields = Fields::new();
        let index = update::create(&path, &fields)?;
        let writing = Writing::begin(&index, &path, update::WRITER_MEMORY)?;
        Ok(FreshIndex { path, fields, writing: Some(writing), n_documents: 0 })
    }

    /// Adds a document, whose blocks have these keys, behind all before it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, document: &Document, keys: &[TextKey]) -> Result<(), Error> {
        if let Some(writing) = &self.writing {
            for part in PartText::all_with_keys(document, self.n_documents, keys) {
                writing.add(update::indexed(&part, &self.fields), part.text.len())?;
            }
        }
        self.n_documents += 1;
        Ok(())
    }

    /// Makes it the index of a corpus, if it has all its documents; else the next engine that is opened makes one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, corpus: &Corpus) -> Result<(), Error> {
        let (Some(place), Some(writing)) = (corpus.index_dir(), self.writing.take()) else { return Ok(()) };
        if self.n_documents != corpus.n_documents() || corpus.index_since() > 0 {
            return Ok(());
        }
        writing.commit(&Payload::of(corpus, self.n_documents))?;
        let _lock = super::lock(&place)?;
        clear(&place)?;
        fs::rename(&self.path, &place).map_err(|error| Error::index(&place, "name", error))
    }
}

impl Drop for FreshIndex {
    fn drop(&mut self) {
        drop(self.writing.take());
        // Finished, it lies elsewhere; where it cannot be removed, the next writer of the corpus does.
        let _ = clear(&self.path);
    }
}

fn clear(path: &std::path::Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::index(path, "clear away", error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Engine, FreshIndex, KwicOptions, Query, SearchOptions};
    use corpus_core::{Record, Registry};
    use corpus_dedup::TextKey;
    use corpus_store::{Corpus, Options, Writer};
    use std::{fs, slice::from_ref};

    #[test]
    fn it_is_the_index_that_is_made_of_the_corpus_at_rest() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
        let mut fresh = FreshIndex::new(writer.fresh_index_dir()).unwrap();
        for n in 0..20 {
            let text = format!("Ferry {n}\n\nThe ferry left harbour {} after noon, as it does.\n", n % 3);
            for document in Registry::core().parse_all(&Record::new(format!("{n}.txt"), text.as_bytes())) {
                fresh.add(&document, &TextKey::of_blocks(&document)).unwrap();
                writer.add(from_ref(&document), None).unwrap();
            }
        }
        writer.commit().unwrap();
        let open = || Corpus::open(folder.path()).unwrap();
        fresh.finish(&open()).unwrap();
        let made = fs::metadata(folder.path().join("index/meta.json")).unwrap().modified().unwrap();
        let answers = || {
            let engine = Engine::open(&open()).unwrap();
            let query = Query::parse("harbour -1");
            let found = engine.search(&query, &SearchOptions::new()).unwrap();
            (found, engine.kwic(&query, &KwicOptions::new()).unwrap().lines)
        };
        let first = answers();
        assert!(!first.1.is_empty() && Engine::index_faults(&open()).unwrap().is_empty());
        let now = fs::metadata(folder.path().join("index/meta.json")).unwrap().modified().unwrap();
        assert_eq!(made, now, "nobody made it anew");
        Engine::drop_index(&open()).unwrap();
        assert_eq!(answers(), first);
        // One that has not all documents is none.
        Engine::drop_index(&open()).unwrap();
        FreshIndex::new(writer.fresh_index_dir()).unwrap().finish(&open()).unwrap();
        assert!(!folder.path().join("index").exists() && !writer.fresh_index_dir().exists());
    }
}
