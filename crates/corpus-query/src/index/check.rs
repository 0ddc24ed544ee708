//! Whether an index says what the documents say.

use super::{Fields, Index, Store, named, schema::document_term};
use crate::{engine::Engine, error::Error, part_text::PartText};
use corpus_store::Corpus;
use std::{fs, io};
use tantivy::{
    DocAddress, DocSet, TERMINATED, TantivyError, Term,
    directory::error::LockError,
    schema::{Field, IndexRecordOption},
};

/// As many faults are named; what has so many is looked at no further.
const FAULTS: usize = 20;

impl Engine {
    /// What is wrong with the index of a corpus, in lower-case fragments: files that are damaged, parts that are not as
    /// the documents are, parts of documents that are not current. Nothing where there is no index, or where the next
    /// engine that is opened makes or updates it anyway. Where nothing can be written, only the files are looked at.
    ///
    /// # Errors
    /// When the documents cannot be read.
    pub fn index_faults(corpus: &Corpus) -> Result<Vec<String>, Error> {
        let fields = Fields::new();
        let Some(path) = corpus.index_dir() else { return Ok(Vec::new()) };
        let Some((index, payload)) = named(&path, &fields) else { return Ok(Vec::new()) };
        if payload.snapshot != corpus.snapshot() {
            return Ok(Vec::new());
        }
        let unreadable = |error: TantivyError| vec![format!("it cannot be read: {error}")];
        match index.validate_checksum() {
            Ok(damaged) if damaged.is_empty() => {}
            Ok(damaged) => {
                let mut names: Vec<String> = damaged.iter().map(|file| file.display().to_string()).collect();
                names.sort();
                return Ok(vec![format!("damaged: {}", names.join(", "))]);
            }
            Err(error) => return Ok(unreadable(error)),
        }
        let searcher = match index.reader() {
            Ok(reader) => reader.searcher(),
            // Where no lock can be written nothing else can, and the bytes are those that were.
            Err(TantivyError::LockFailure(LockError::IoError(_), _)) => return Ok(Vec::new()),
            Err(error) => return Ok(unreadable(error)),
        };
        let index = Index { path, fields, searcher };
        let mut store = Store::new(&index);
        let (mut faults, mut n_parts) = (Vec::new(), 0);
        for document in corpus.documents() {
            let document = document?;
            let expected = PartText::all_of(&document, 0);
            n_parts += expected.len() as u64;
            match index.parts_of(document.id.as_str(), &mut store) {
                Ok(found) if found == expected => {}
                Ok(_) => {
                    faults.push(format!("{}: what it has of it is not what the document says", document.id))
                }
                Err(error) => faults.push(format!("{}: {error}", document.id)),
            }
            if faults.len() >= FAULTS {
                return Ok(faults);
            }
        }
        if index.searcher.num_docs() != n_parts {
            let n_found = index.searcher.num_docs();
            faults.push(format!("it has {n_found} parts of pages, the documents have {n_parts}"));
        }
        Ok(faults)
    }

    /// Throws the index of a corpus away; the next engine that is opened makes it anew.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn drop_index(corpus: &Corpus) -> Result<(), Error> {
        let Some(path) = corpus.index_dir() else { return Ok(()) };
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::index(&path, "clear away", error))
            }
            _ => Ok(()),
        }
    }
}

impl Index {
    /// The parts of a document, in order, as of the first document of a corpus.
    fn parts_of(&self, document: &str, store: &mut Store<'_>) -> Result<Vec<PartText>, Error> {
        let term = document_term(self.fields.document, document);
        let addresses =
            self.addresses(&term, self.fields.document).map_err(|error| self.unreadable(error))?;
        let mut parts: Vec<PartText> =
            addresses.into_iter().map(|address| store.part(address)).collect::<Result<_, _>>()?;
        parts.sort_by_key(|part| part.part);
        parts.iter_mut().for_each(|part| part.order = 0);
        Ok(parts)
    }

    fn addresses(&self, term: &Term, field: Field) -> tantivy::Result<Vec<DocAddress>> {
        let mut addresses = Vec::new();
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            let postings = segment.inverted_index(field)?.read_postings(term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    addresses.push(DocAddress::new(number, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Document, Parser, Record, text::Text};
    use corpus_store::{Options, Writer};
    use std::path::Path;

    fn build(directory: &Path, pages: &[(&'static str, &str)]) -> Corpus {
        let mut writer = Writer::open(directory, Options::new()).unwrap();
        for (uri, text) in pages {
            let documents: Vec<Document> = Text::new().parse_all(&Record::new(*uri, text.as_bytes()));
            writer.add(&documents, None).unwrap();
        }
        writer.finish().unwrap();
        Corpus::open(directory).unwrap()
    }

    #[test]
    fn an_index_is_held_to_the_documents_and_to_its_checksums() {
        let folder = tempfile::tempdir().unwrap();
        let pages = [("a.txt", "The ferry left at nine."), ("b.txt", "The harbour froze on Monday.")];
        let corpus = build(&folder.path().join("one"), &pages);
        assert_eq!(Engine::index_faults(&corpus).unwrap(), Vec::<String>::new());
        drop(Engine::open(&corpus).unwrap());
        assert_eq!(Engine::index_faults(&corpus).unwrap(), Vec::<String>::new());
        // The index of other documents, at the same snapshot.
        let other = build(&folder.path().join("other"), &[("c.txt", "The council met."), pages[0]]);
        drop(Engine::open(&other).unwrap());
        let index = corpus.index_dir().unwrap();
        fs::remove_dir_all(&index).unwrap();
        fs::rename(other.index_dir().unwrap(), &index).unwrap();
        let faults = Engine::index_faults(&corpus).unwrap();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains("not what the document says"), "{faults:?}");
        // Where the lock of its reader cannot be written, its files are held to their checksums all the same.
        let lock = index.join(".tantivy-meta.lock");
        let _ = fs::remove_file(&lock);
        fs::create_dir(&lock).unwrap();
        assert_eq!(Engine::index_faults(&corpus).unwrap(), Vec::<String>::new());
        // A damaged file of it.
        let mut files = fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path());
        let store = files.find(|path| path.extension().is_some_and(|end| end == "store")).unwrap();
        let mut bytes = fs::read(&store).unwrap();
        bytes[3] ^= 0xff;
        fs::write(&store, bytes).unwrap();
        let faults = Engine::index_faults(&corpus).unwrap();
        assert!(faults.len() == 1 && faults[0].starts_with("damaged: "), "{faults:?}");
        Engine::drop_index(&corpus).unwrap();
        drop(Engine::open(&corpus).unwrap());
        assert_eq!(Engine::index_faults(&corpus).unwrap(), Vec::<String>::new());
    }
}
