//! A turn: the time in which one run, and no other, writes to its folders.

use crate::{error::Error, work::attempt};
use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

/// A turn at the folders of a pipeline. Its plan and its tasks lie in a folder of their own below that of the work, and
/// go with it; a file in the folder of the package says whose turn it is, as long as it lasts. A task whose turn is over
/// writes nothing more.
#[derive(Debug)]
pub(crate) struct Turn {
    folder: PathBuf,
    mark: PathBuf,
    _locks: Vec<File>,
}

/// The folder of turns, below that of the work.
const TURNS: &str = "turns";

impl Turn {
    /// Takes it, where `check` finds nothing against that, and ends what is left of those before.
    ///
    /// # Errors
    /// When another run has it, `check` fails, or the folders cannot be written.
    pub(crate) fn take<T>(
        work: &Path,
        output: &Path,
        check: impl FnOnce() -> Result<T, Error>,
    ) -> Result<(Self, T), Error> {
        let failed = |cause| Error::io("write", work, cause);
        fs::create_dir_all(output).map_err(|cause| Error::io("make", output, cause))?;
        let mut locks = Vec::new();
        let mut keep = |file: File| match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let cause = "another run is at work there; wait for it or end it";
                Err(Error::io("write", output, cause))
            }
            // Where a file system has no locks, the tasks' own checks remain.
            _ => {
                locks.push(file);
                Ok(())
            }
        };
        // Where the system lets one open folders, they can be locked like files: nobody has one as output and another
        // as work.
        [output, work].iter().filter_map(|folder| File::open(folder).ok()).try_for_each(&mut keep)?;
        let lock = File::options().create(true).truncate(false).write(true).open(lock(work));
        keep(lock.map_err(failed)?)?;
        let checked = check()?;
        let turns = work.join(TURNS);
        match fs::remove_dir_all(&turns) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(failed(cause)),
            _ => {}
        }
        let name = attempt();
        let turn = Turn { folder: turns.join(&name), mark: mark(output), _locks: locks };
        fs::create_dir_all(&turn.folder).map_err(failed)?;
        if fs::symlink_metadata(&turn.mark).is_ok_and(|found| !found.is_file()) {
            // What a link leads to is somebody's own.
            let _ = fs::remove_file(&turn.mark);
        }
        fs::write(&turn.mark, &name).map_err(|cause| Error::io("write", &turn.mark, cause))?;
        Ok((turn, checked))
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Comes to its end: the package is whole.
    pub(crate) fn finish(self) {
        let _ = fs::remove_file(&self.mark);
    }

    /// Whether the turn of this folder goes on.
    pub(crate) fn is_on(folder: &Path, output: &Path) -> bool {
        let name = folder.file_name().and_then(|name| name.to_str());
        folder.exists() && fs::read_to_string(mark(output)).is_ok_and(|marked| Some(&*marked) == name)
    }

    /// Whether a run ever had a turn at a work folder.
    pub(crate) fn was_taken(work: &Path) -> bool {
        lock(work).exists()
    }

    /// Whether a turn at the folder of a package never came to its end.
    pub(crate) fn was_cut(output: &Path) -> bool {
        mark(output).exists()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Where it stays, the next turn removes it.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The lock of a work folder, and what says that it is one.
fn lock(work: &Path) -> PathBuf {
    work.join("corpus-cluster.lock")
}

fn mark(output: &Path) -> PathBuf {
    output.join(".turn")
}
