//! What the manifest says of each document, in a corpus of an older version: addresses as they are told now, not letter
//! for letter, and which documents were made of the same bytes.

use crate::{
    adding::content,
    address::{address_as_written, address_of},
    corpus::Corpus,
    error::Error,
    manifest::Manifest,
    writer::Writer,
};
use corpus_core::Document;
use rusqlite::params;

impl Writer {
    /// Takes note of what an older version did not, for all documents.
    pub(crate) fn readdress(&mut self) -> Result<(), Error> {
        let knows = |manifest: &Manifest, what| manifest.meta_or(what, 0).map(|known| known > 0);
        let manifest = self.manifest();
        let (addresses, contents) = (knows(manifest, "addresses")?, knows(manifest, "contents")?);
        if addresses && contents {
            return Ok(());
        }
        if self.manifest().one("SELECT NOT EXISTS (SELECT 1 FROM documents)", [])? {
            return ["addresses", "contents"].iter().try_for_each(|name| self.manifest().set_meta(name, 1));
        }
        // What is too damaged to be opened is mended first.
        let Ok(corpus) = Corpus::open(self.directory()) else { return Ok(()) };
        self.change(|writer, _| {
            if !addresses {
                writer.manifest().readdress(&corpus)?;
            }
            if !contents {
                writer.manifest().learn_contents(&corpus)?;
            }
            Ok(((), Vec::new()))
        })
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

    fn learn_contents(&self, corpus: &Corpus) -> Result<(), Error> {
        for document in corpus.documents().without_annotations().undecided().with_left(true).flatten() {
            let values = params![content(&document.source), document.id.as_str()];
            self.execute("UPDATE documents SET content = ?1 WHERE id = ?2", values)?;
        }
        self.set_meta("contents", 1)
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
