//! Mending: what is damaged is taken out, so that a build reads it from its source again.

use crate::{
    directory::{BACKUP, DAMAGED, MANIFEST, name_synced},
    error::{Error, ErrorKind},
    lock::{IndexLock, WriterLock},
    manifest::Manifest,
    writer::Writer,
};
use corpus_format::{Part, Table};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// Documents that are no longer there.
    pub documents: u64,
    /// The inputs to be built again: those of documents or of source bytes that are no longer there.
    pub inputs: Vec<String>,
    /// Layers of annotations that some documents have no longer.
    pub layers: BTreeSet<String>,
    /// Whether the links are gone.
    pub links: bool,
}

impl Writer {
    /// Keeps the copy of the manifest under another name, where it may be the right one of two that differ; whoever
    /// finishes makes a new one.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn set_copy_aside(&self) -> Result<PathBuf, Error> {
        let (copy, aside) = (self.directory().join(BACKUP), self.directory().join(DAMAGED));
        fs::rename(&copy, &aside).map_err(|error| Error::io("rename", &copy, error))?;
        Ok(aside)
    }

    /// Takes damaged parts out of the corpus: one of documents with all of them, so that the next build of the same
    /// inputs reads them again, and what was removed stays removed; of annotations, source bytes, links or clusters that
    /// alone, which documents do not need.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn take_out(&mut self, damaged: &[Part]) -> Result<Mended, Error> {
        self.change(|writer, snapshot| {
            let manifest = writer.manifest();
            let (mut mended, mut inputs) = (Mended::default(), BTreeSet::new());
            let of_documents = |number: u64| -> Result<Vec<String>, Error> {
                let query = "SELECT DISTINCT uri FROM documents JOIN inputs USING (input) WHERE part = ?1";
                manifest.all(query, [number], |row| row.get(0))
            };
            for part in damaged {
                match part.table {
                    Table::Documents => {
                        inputs.extend(of_documents(part.number)?);
                        mended.documents += writer.take_out_documents(part.number)?;
                    }
                    Table::Sources => {
                        inputs.extend(of_documents(part.number)?);
                        manifest.execute("DELETE FROM sources WHERE part = ?1", [part.number])?;
                    }
                    _ => mended.layers.extend(part.layer.as_ref().map(|layer| layer.name.clone())),
                }
                let is_links = matches!(part.table, Table::Links | Table::Entities);
                mended.links |= is_links;
                match is_links {
                    // Neither is of use without the other.
                    true => manifest.execute("DELETE FROM parts WHERE kind IN ('links', 'entities')", [])?,
                    false => manifest.execute("DELETE FROM parts WHERE path = ?1", [&part.path])?,
                };
            }
            if !inputs.is_empty() {
                // Which input gave which record is not known part by part: all are looked through again, and what the
                // corpus has is told by its id.
                manifest.execute("DELETE FROM checkpoints", [])?;
            }
            manifest.set_meta("clusters", 0)?;
            manifest.set_meta("links", 0)?;
            // What leaves no trace in the manifest cannot be taken out of the index.
            manifest.set_index_since(snapshot)?;
            mended.inputs = inputs.into_iter().collect();
            Ok((mended, Vec::new()))
        })
    }

    /// Takes the documents of a part out, with all that is kept of them; how many there were.
    fn take_out_documents(&self, number: u64) -> Result<u64, Error> {
        let manifest = self.manifest();
        let is_removed = "left IS NOT NULL AND superseded_by IS NULL";
        manifest.execute(
            &format!("UPDATE documents SET part = NULL, row = NULL WHERE part = ?1 AND {is_removed}"),
            [number],
        )?;
        for table in ["also", "pages"] {
            let statement =
                format!("DELETE FROM {table} WHERE document IN (SELECT n FROM documents WHERE part = ?1)");
            manifest.execute(&statement, [number])?;
        }
        let n_documents = manifest.execute("DELETE FROM documents WHERE part = ?1", [number])?;
        manifest.execute("DELETE FROM sources WHERE part = ?1", [number])?;
        manifest.execute("DELETE FROM parts WHERE number = ?1", [number])?;
        Ok(n_documents as u64)
    }
}

/// Puts the copy of the manifest in the place of one that is damaged or missing, which is kept beside it.
///
/// What was committed after the copy was made is read from its source again by the next build.
///
/// # Errors
/// When the manifest is whole, or there is no copy, or the directory cannot be written.
pub fn restore_manifest(directory: &Path) -> Result<(), Error> {
    let (manifest, backup) = (directory.join(MANIFEST), directory.join(BACKUP));
    let _lock = WriterLock::take(directory)?;
    if !backup.is_file() {
        let reason =
            "there is no copy of it, since no build came to its end; build the corpus anew in another folder";
        return Err(Error::new(ErrorKind::NotFound, &manifest, "mend", reason));
    }
    if Manifest::open_snapshot(directory).is_ok_and(|manifest| manifest.faults().is_empty()) {
        return Ok(());
    }
    IndexLock::remove_index(directory)?;
    if let Some(what) = Manifest::faults_of(&backup).into_iter().next() {
        let reason = format!("its copy is damaged too ({what}); build the corpus anew in another folder");
        return Err(Error::new(ErrorKind::Damaged, &backup, "read", reason));
    }
    let write = |error| Error::io("write", &manifest, error);
    if manifest.exists() {
        fs::rename(&manifest, directory.join(DAMAGED)).map_err(write)?;
    }
    for end in ["-wal", "-shm"] {
        let beside = directory.join(format!("{MANIFEST}{end}"));
        if beside.exists() {
            fs::remove_file(&beside).map_err(|error| Error::io("remove", &beside, error))?;
        }
    }
    let temporary = directory.join(format!("{MANIFEST}.tmp"));
    fs::copy(&backup, &temporary).map_err(write)?;
    name_synced(&temporary, &manifest)
}
