//! Files that were moved, and records within a file: the documents that lay there lie elsewhere by now.

use crate::{
    adding::in_also,
    error::Error,
    manifest::{hashed, is_hashed},
    writer::Writer,
};
use corpus_core::Source;
use rusqlite::params;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// An input that was asked for, and where the checkpoint lies that it had, if it is there no longer.
#[derive(Clone, Debug)]
pub(crate) struct Gone {
    input: u64,
    checkpoint: Option<String>,
}

impl Writer {
    /// Whether the file of an input is there no longer. It is not where nothing tells that it ever was at that path, as
    /// seen from the folder in which this process works: a corpus may be built from several.
    pub(crate) fn is_gone(&mut self, input: u64) -> Result<bool, Error> {
        if self.gone.as_ref().is_none_or(|gone| gone.input != input) {
            self.forget_gone()?;
            let uri: String = self.manifest().one("SELECT uri FROM inputs WHERE input = ?1", [input])?;
            let path =
                Some(uri).filter(|uri| !is_hashed(uri) && Path::new(uri).try_exists().is_ok_and(|is| !is));
            let mut checkpoint =
                path.and_then(|path| once_canonical(Path::new(&path))).map(|path| hashed(&path));
            if let Some(known) = &checkpoint {
                let query = "SELECT EXISTS (SELECT 1 FROM checkpoints WHERE path = ?1)";
                if !self.manifest().one::<bool>(query, [known])? {
                    checkpoint = None;
                }
            }
            self.gone = Some(Gone { input, checkpoint });
        }
        Ok(self.gone.as_ref().is_some_and(|gone| gone.checkpoint.is_some()))
    }

    /// Whether a record that is read at another number of the same file than before has moved within it: records were put
    /// before it, or taken away. A copy that stands further down is one more place.
    pub(crate) fn is_displaced(
        &self,
        n: u64,
        input: u64,
        (before, now): (Option<u64>, Option<u64>),
    ) -> Result<bool, Error> {
        let (Some(before), Some(now)) = (before, now) else { return Ok(false) };
        let query = "SELECT EXISTS (SELECT 1 FROM also WHERE document = ?1 AND input = ?2 AND place = ?3)";
        if self.manifest().one(query, params![n, input, in_also(Some(now))])? {
            return Ok(false);
        }
        // What was read there in this build is another document.
        let query = "SELECT EXISTS (SELECT 1 FROM documents \
                     WHERE input = ?1 AND place = ?2 AND left IS NULL AND n <> ?3)";
        Ok(now < before || self.manifest().one(query, params![input, before, n])?)
    }

    /// Forgets how far a file was read that was moved: should it come back, it is read again.
    pub(crate) fn forget_gone(&mut self) -> Result<(), Error> {
        match self.gone.take().and_then(|gone| gone.checkpoint) {
            Some(path) => {
                self.manifest().execute("DELETE FROM checkpoints WHERE path = ?1", [path]).map(|_| ())
            }
            None => Ok(()),
        }
    }

    /// Says that a document lies in this input now, and is to be cited so.
    pub(crate) fn put(
        &self,
        n: u64,
        input: u64,
        source: &Source,
        address: Option<[u8; 16]>,
    ) -> Result<(), Error> {
        let place = source.record.as_ref().map(|place| place.index);
        let statement = "UPDATE documents SET input = ?1, place = ?2, source = ?3, address = ?4 WHERE n = ?5";
        self.manifest().execute(statement, params![input, place, self.written(source)?, address, n])?;
        let statement = "DELETE FROM also WHERE document = ?1 AND input = ?2 AND place = ?3";
        self.manifest().execute(statement, params![n, input, in_also(place)]).map(|_| ())
    }
}

/// What the path of a file was when it was there, without links: of the folders above it, some are left.
fn once_canonical(path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    let folder = path.ancestors().skip(1).find(|folder| folder.is_dir())?;
    let found: PathBuf = fs::canonicalize(folder).ok()?.join(path.strip_prefix(folder).ok()?);
    found.into_os_string().into_string().ok()
}
