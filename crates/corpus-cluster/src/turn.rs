//! A turn: the time in which one run, and no other, writes to its folders.

use crate::{error::Error, work::attempt};
use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

/// A turn at the folders of a pipeline. Its plan and its tasks lie in a folder of their own below that of the work, and
/// go with it: a task whose plan is gone writes nothing more.
#[derive(Debug)]
pub(crate) struct Turn {
    folder: PathBuf,
    _locks: Vec<File>,
}

/// The folder of turns, below that of the work.
const TURNS: &str = "turns";

impl Turn {
    /// Takes it, and ends what is left of those before.
    ///
    /// # Errors
    /// When another run has it, or the folders cannot be written.
    pub(crate) fn take(work: &Path, output: &Path) -> Result<Self, Error> {
        let failed = |cause| Error::io("write", work, cause);
        fs::create_dir_all(output).map_err(|cause| Error::io("make", output, cause))?;
        let file =
            File::options().create(true).truncate(false).write(true).open(lock(work)).map_err(failed)?;
        // A folder can be locked like a file where the system lets one open it.
        let locks: Vec<File> = [Some(file), File::open(output).ok()].into_iter().flatten().collect();
        for file in &locks {
            // Where a file system has no locks, the tasks' own checks remain.
            if let Err(TryLockError::WouldBlock) = file.try_lock() {
                let cause = "another run is at work there; wait for it or end it";
                return Err(Error::io("write", output, cause));
            }
        }
        let turns = work.join(TURNS);
        match fs::remove_dir_all(&turns) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(failed(cause)),
            _ => {}
        }
        let folder = turns.join(attempt());
        fs::create_dir_all(&folder).map_err(failed)?;
        Ok(Turn { folder, _locks: locks })
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a run ever had a turn there.
    pub(crate) fn was_taken(work: &Path) -> bool {
        lock(work).exists()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Where it stays, the next turn removes it.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn lock(work: &Path) -> PathBuf {
    work.join("lock")
}
