//! Files that a task has made, by which it is told whether they still are what it made.

use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// Nanoseconds by which file systems may round a time.
const ROUNDED: u64 = 2_000_000_000;

/// Which folder a file lies below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Below {
    /// That of the package.
    Output,
    /// The work folder.
    Work,
}

/// A file that was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Made {
    /// The folder it lies below.
    pub below: Below,
    /// Its path below that.
    pub path: PathBuf,
    /// Its length.
    pub bytes: u64,
    /// BLAKE3 of it, 64 hex digits; empty for what is never handed on.
    pub blake3: String,
    /// When it was last changed, in nanoseconds since 1970: a file of that time was not changed since.
    modified: u64,
}

impl Made {
    /// A file that was just made, with its hash where that is known; one of the package has one in any case.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn of(below: Below, folder: &Path, path: &Path, blake3: Option<&str>) -> Result<Self, Error> {
        let file = folder.join(path);
        let failed = |cause: std::io::Error| Error::io("read", &file, cause);
        let (bytes, modified) = looks(&file).map_err(failed)?;
        let blake3 = match (blake3, below) {
            (Some(hash), _) => hash.to_owned(),
            (None, Below::Output) => {
                corpus_format::checksum(&file).map_err(|cause| Error::io("read", &file, cause))?
            }
            (None, Below::Work) => String::new(),
        };
        Ok(Made { below, path: path.to_owned(), bytes, blake3, modified })
    }

    /// What tells it from the same file made at another time.
    pub(crate) fn stamp(&self) -> String {
        format!("{} {} {}\n", self.path.display(), self.bytes, self.modified)
    }

    /// Whether the file is there as it was made: by its length and its time, else by its hash.
    pub(crate) fn is_whole(&self, folder: &Path) -> bool {
        let file = folder.join(&self.path);
        let Ok((bytes, modified)) = looks(&file) else { return false };
        let is_as_old = match self.below {
            Below::Output => modified == self.modified,
            // File systems of a cluster may round times, and there is no hash.
            Below::Work => modified.abs_diff(self.modified) < ROUNDED,
        };
        let is_same = || corpus_format::checksum(&file).is_ok_and(|hash| hash == self.blake3);
        bytes == self.bytes && (is_as_old || is_same())
    }
}

/// Length and time of a file.
fn looks(file: &Path) -> std::io::Result<(u64, u64)> {
    let metadata = fs::metadata(file)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok((metadata.len(), u64::try_from(modified.as_nanos()).unwrap_or(u64::MAX)))
}
