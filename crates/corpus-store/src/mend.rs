//! Mending: what is damaged is taken out, so that a build reads it from its source again.

use crate::{
    directory::{BACKUP, DAMAGED, MANIFEST, name_synced},
    error::{Error, ErrorKind},
    lock::{IndexLock, WriterLock},
    manifest::Manifest,
    writer::Writer,
};
use rusqlite::params;
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
    /// The inputs they came from: to be built again.
    pub inputs: Vec<String>,
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

    /// Takes the parts with these numbers out of the corpus, and with them their documents, so that the next build of
    /// the same inputs reads them again. What was removed stays removed.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn take_out(&mut self, numbers: &BTreeSet<u64>) -> Result<Mended, Error> {
        self.change(|writer, snapshot| {
            let manifest = writer.manifest();
            let mut inputs = BTreeSet::new();
            let mut documents = 0;
            for number in numbers {
                let query = "SELECT DISTINCT uri FROM documents JOIN inputs USING (input) WHERE part = ?1";
                inputs.extend(manifest.all(query, [number], |row| row.get::<_, String>(0))?);
                let is_removed = "left IS NOT NULL AND superseded_by IS NULL";
                let statement =
                    format!("UPDATE documents SET part = NULL, row = NULL WHERE part = ?1 AND {is_removed}");
                manifest.execute(&statement, params![number])?;
                let statement =
                    "DELETE FROM also WHERE document IN (SELECT n FROM documents WHERE part = ?1)";
                manifest.execute(statement, params![number])?;
                documents +=
                    manifest.execute("DELETE FROM documents WHERE part = ?1", params![number])? as u64;
                manifest.execute("DELETE FROM sources WHERE part = ?1", params![number])?;
                manifest.execute("DELETE FROM parts WHERE number = ?1", params![number])?;
            }
            // Which input gave which record is not known part by part: all are looked through again, and what the
            // corpus has is told by its id.
            manifest.execute("DELETE FROM checkpoints", [])?;
            manifest.set_meta("clusters", 0)?;
            manifest.set_meta("links", 0)?;
            // What leaves no trace in the manifest cannot be taken out of the index.
            manifest.set_index_since(snapshot)?;
            Ok((Mended { documents, inputs: inputs.into_iter().collect() }, Vec::new()))
        })
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
