//! Import: a package into a corpus.

use crate::{added::Added, error::Error, writer::Writer};
use corpus_core::{Document, Source};
use corpus_format::package::Package;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Documents of the package.
    pub documents: u64,
    /// Those that are new to the corpus.
    pub new: u64,
    /// Those that were removed from the corpus, and are left out.
    pub removed: u64,
}

impl Writer {
    /// Adds the documents of a package with all their annotations. An empty corpus takes its links and clusters as
    /// well; otherwise they are found anew, since they are about all documents of a corpus.
    ///
    /// The versions of the layers are those of [`Options::layer`](crate::Options::layer), which
    /// [`Package::layers`] knows.
    ///
    /// # Errors
    /// When the package cannot be read, or the corpus not be written.
    pub fn import(&mut self, package: &Package) -> Result<Imported, Error> {
        let is_empty = self.snapshot() == 0;
        let mut imported = Imported::default();
        let mut record: Vec<Document> = Vec::new();
        for document in package.documents() {
            let document = document?;
            if record.last().is_some_and(|last| !is_same_record(&last.source, &document.source)) {
                self.import_record(&mut record, &mut imported)?;
            }
            record.push(document);
        }
        self.import_record(&mut record, &mut imported)?;
        self.commit()?;
        if is_empty {
            self.set_links(package.links()?.into_iter(), package.entities()?.into_iter())?;
            self.set_clusters(&package.clusters()?)?;
        }
        Ok(imported)
    }

    fn import_record(&mut self, record: &mut Vec<Document>, imported: &mut Imported) -> Result<(), Error> {
        let added = self.add(record, None)?;
        imported.documents += added.len() as u64;
        imported.new += added.iter().filter(|added| matches!(added, Added::New { .. })).count() as u64;
        imported.removed += added.iter().filter(|added| matches!(added, Added::Removed)).count() as u64;
        record.clear();
        if self.is_full() {
            self.commit()?;
        }
        Ok(())
    }
}

/// Whether two documents were parsed from one record.
fn is_same_record(a: &Source, b: &Source) -> bool {
    let index = |source: &Source| source.record.as_ref().map(|place| place.index);
    a.blake3 == b.blake3 && a.uri == b.uri && index(a) == index(b)
}
