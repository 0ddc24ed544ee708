//! Addresses of documents as they are told now, in a corpus whose manifest was made when URLs counted letter for letter.

use crate::{
    address::{address_as_written, address_of},
    corpus::Corpus,
    error::Error,
    manifest::Manifest,
    writer::Writer,
};
use corpus_core::Document;
use rusqlite::params;

impl Writer {
    /// Tells the addresses of all documents anew, where that was not done.
    pub(crate) fn readdress(&mut self) -> Result<(), Error> {
        if self.manifest().meta_or("addresses", 0)? > 0 {
            return Ok(());
        }
        if self.manifest().one("SELECT NOT EXISTS (SELECT 1 FROM documents)", [])? {
            return self.manifest().set_meta("addresses", 1);
        }
        // What is too damaged to be opened is mended first.
        let Ok(corpus) = Corpus::open(self.directory()) else { return Ok(()) };
        self.change(|writer, _| Ok((writer.manifest().readdress(&corpus)?, Vec::new())))
    }
}

impl Manifest {
    fn readdress(&self, corpus: &Corpus) -> Result<(), Error> {
        for document in corpus.documents().without_annotations().undecided().with_left(true).flatten() {
            let query = "SELECT address FROM documents WHERE id = ?1 AND address IS NOT NULL";
            let old: Option<[u8; 16]> = self.option(query, [document.id.as_str()], |row| row.get(0))?;
            let Some((old, new)) = old.and_then(|old| Some((old, moved(&document, old)?))) else { continue };
            let values = params![old, new, document.id.as_str()];
            self.execute("UPDATE documents SET address = ?2 WHERE id = ?3 AND address = ?1", values)?;
            let statement = "INSERT OR IGNORE INTO removed SELECT ?2, document FROM removed WHERE page = ?1";
            self.execute(statement, params![old, new])?;
        }
        self.set_meta("addresses", 1)
    }
}

/// The address that a document has instead of `old`.
fn moved(document: &Document, old: [u8; 16]) -> Option<[u8; 16]> {
    let sources = std::iter::once(&document.source).chain(&document.also);
    let mut ways = sources.flat_map(|source| [false, true].map(|several| (source, several)));
    let (source, several) =
        ways.find(|(source, several)| address_as_written(source, *several) == Some(old))?;
    address_of(source, several).filter(|new| *new != old)
}
