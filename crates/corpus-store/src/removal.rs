//! Removal: a page that was taken out of the corpus stays out, however often it is scraped again.

use crate::{
    address::{address_of, pages},
    called::Among,
    corpus::Corpus,
    error::Error,
    manifest::{Manifest, document_id, is_hashed},
    writer::Writer,
};
use corpus_core::{Document, DocumentId};
use rusqlite::params;
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// Documents that are looked up one by one; more are found in a walk through all.
const LOOKED_UP: usize = 64;

/// A document that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// Its id.
    pub id: DocumentId,
    /// The file that it came from; `None` where no document of that file is left and its name was purged.
    pub uri: Option<String>,
    /// What its record calls itself; `None` where it has no name, or that was purged.
    pub name: Option<String>,
    /// The snapshot since which it is gone.
    pub left: u64,
    /// Whether its text was purged.
    pub is_purged: bool,
}

/// What became of removed documents that were wanted again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Those that are current again.
    pub current: u64,
    /// Those whose text was purged: the next build that reads their page takes it in.
    pub purged: u64,
}

impl Writer {
    /// Takes documents out of the corpus: their rows stay until they are purged, but no reader sees them. They do not
    /// come back when their source is built again, nor does what their page says then: it is known by its address, by
    /// the URL of its record and by the one that it calls its own. Gives the number of those that were current.
    ///
    /// # Errors
    /// When the manifest cannot be written, or a document not be read.
    pub fn remove(&mut self, ids: &[DocumentId]) -> Result<u64, Error> {
        self.commit()?;
        let corpus = Corpus::open(self.directory())?;
        self.change(|writer, snapshot| {
            let manifest = writer.manifest();
            with_each(&corpus, ids, |document| manifest.mark(document))?;
            let statement =
                "UPDATE documents SET left = coalesce(left, ?1), superseded_by = NULL WHERE id = ?2";
            let mut n_removed = 0;
            for id in ids {
                let query = "SELECT count(*) FROM documents WHERE id = ?1 AND left IS NULL";
                n_removed += manifest.one::<u64>(query, [id.as_str()])?;
                manifest.execute(statement, params![snapshot, id.as_str()])?;
                // Of one that is not current or cannot be read, the address is known all the same.
                let statement = "INSERT OR IGNORE INTO removed SELECT address, n FROM documents \
                                 WHERE id = ?1 AND address IS NOT NULL";
                manifest.execute(statement, [id.as_str()])?;
            }
            Ok((n_removed, Vec::new()))
        })
    }

    /// Takes removals back. A document whose text is there is current again; of one whose text was purged, and of what
    /// its page said later, nothing is there until a build reads it: inputs are read from their beginnings then.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn take_back(&mut self, ids: &[DocumentId]) -> Result<TakenBack, Error> {
        self.change(|writer, snapshot| {
            let manifest = writer.manifest();
            let is_removed = Among::Removed.condition();
            let mut taken = TakenBack::default();
            for id in ids {
                let query = format!("SELECT n, part FROM documents WHERE id = ?1 AND {is_removed}");
                let found = manifest.option(&query, [id.as_str()], |row| {
                    Ok((row.get::<_, u64>(0)?, row.get::<_, Option<u64>>(1)?))
                })?;
                let Some((n, part)) = found else { continue };
                // Other documents of the page stay removed, but keep it out no longer.
                let statement =
                    "DELETE FROM removed WHERE page IN (SELECT page FROM removed WHERE document = ?1)";
                manifest.execute(statement, [n])?;
                if part.is_some() {
                    let statement = "UPDATE documents SET left = NULL, added = ?1, run = ?2 WHERE n = ?3";
                    manifest.execute(statement, params![snapshot, writer.run(), n])?;
                    taken.current += 1;
                } else {
                    manifest.execute("DELETE FROM documents WHERE n = ?1", [n])?;
                    taken.purged += 1;
                }
            }
            if taken != TakenBack::default() {
                manifest.execute("DELETE FROM checkpoints", [])?;
            }
            Ok((taken, Vec::new()))
        })
    }

    /// Whether this is a page that was removed, as it is now. Where another document stands at its address, which was
    /// not removed with it, the page is that one's.
    pub(crate) fn was_removed(
        &self,
        document: &Document,
        address: Option<[u8; 16]>,
        is_one_of_several: bool,
    ) -> Result<bool, Error> {
        let manifest = self.manifest();
        if !manifest.one("SELECT EXISTS (SELECT 1 FROM removed)", [])? {
            return Ok(false);
        }
        let stated = pages(document).filter(|_| !is_one_of_several);
        for page in address.into_iter().chain(stated) {
            if manifest.one("SELECT EXISTS (SELECT 1 FROM removed WHERE page = ?1)", [page])? {
                let query = "SELECT NOT EXISTS (SELECT 1 FROM documents WHERE address = ?1 AND left IS NULL)";
                return manifest.one(query, params![address]);
            }
        }
        Ok(false)
    }
}

impl Manifest {
    /// The documents that were removed, in the order in which they came.
    pub(crate) fn removed(&self) -> Result<Vec<Removed>, Error> {
        let query = format!(
            "SELECT id, uri, name, left, part IS NULL FROM documents JOIN inputs USING (input) WHERE {} ORDER BY n",
            Among::Removed.condition()
        );
        let rows = self.all(&query, [], |row| {
            let id: String = row.get(0)?;
            let uri: String = row.get(1)?;
            Ok((id, uri, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let removed = |(id, uri, name, left, is_purged): (String, String, _, _, _)| {
            let uri = Some(uri).filter(|uri| !is_hashed(uri));
            Ok(Removed { id: document_id(self.path(), &id)?, uri, name, left, is_purged })
        };
        rows.into_iter().map(removed).collect()
    }

    /// Takes note of all by which the page of a current document is known when it comes again.
    fn mark(&self, document: &Document) -> Result<(), Error> {
        let query = "SELECT n, address FROM documents WHERE id = ?1";
        let (n, address): (u64, Option<[u8; 16]>) =
            match self.option(query, [document.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))? {
                Some(found) => found,
                None => return Ok(()),
            };
        let mut marks: BTreeSet<[u8; 16]> = address.into_iter().collect();
        marks.extend(document.also.iter().filter_map(|source| address_of(source, false)));
        // What several documents of one record state may be the address of the record.
        if address == address_of(&document.source, false) {
            marks.extend(pages(document));
        }
        for mark in marks {
            self.execute("INSERT OR IGNORE INTO removed VALUES (?1, ?2)", params![mark, n])?;
        }
        Ok(())
    }
}

/// Shows each of these documents that is current; the order is not that of `ids`. One that cannot be read is passed by.
fn with_each(
    corpus: &Corpus,
    ids: &[DocumentId],
    mut show: impl FnMut(&Document) -> Result<(), Error>,
) -> Result<(), Error> {
    if ids.len() <= LOOKED_UP {
        let found = ids.iter().filter_map(|id| corpus.document(id).ok().flatten());
        return found.into_iter().try_for_each(|document| show(&document));
    }
    let ids: HashSet<&DocumentId> = ids.iter().collect();
    let all = corpus.documents().without_annotations().undecided();
    all.flatten().filter(|document| ids.contains(&document.id)).try_for_each(|document| show(&document))
}
