//! The locks of a corpus directory: one process writes, any number read.

use crate::{
    directory::{INDEX, READERS_LOCK, WRITER_LOCK, is_corpus, remove_folder},
    error::{Error, ErrorKind},
};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::Path,
};

/// The right to write, until it is dropped. The system gives it back when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the right to write.
    ///
    /// # Errors
    /// When another process has it, or there can be no lock file.
    pub(crate) fn take(directory: &Path) -> Result<Self, Error> {
        let path = directory.join(WRITER_LOCK);
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(|error| Error::io("write", &path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut process = String::new();
                // Its number is a help and no more.
                let _ = file.read_to_string(&mut process);
                let process = process.trim();
                let reason = match process {
                    "" => "another process writes to it".to_owned(),
                    _ => format!("process {process} writes to it"),
                };
                return Err(Error::new(ErrorKind::Locked, directory, "write", reason));
            }
            Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path, error)),
        }
        let named = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        named.map_err(|error| Error::io("write", &path, error))?;
        Ok(WriterLock { _file: file })
    }
}

/// The right to make the full-text index, to change it or to take it away, until it is dropped. One process at a time
/// has it; the others wait.
#[derive(Debug)]
pub struct IndexLock {
    _file: File,
}

impl IndexLock {
    /// Waits for the right to write the index in the folder `index`.
    ///
    /// # Errors
    /// When there can be no lock file.
    pub fn take(index: &Path) -> io::Result<Self> {
        let file = File::create(index.with_extension("lock"))?;
        file.lock()?;
        Ok(IndexLock { _file: file })
    }

    /// Takes the index away.
    pub(crate) fn remove_index(directory: &Path) -> Result<(), Error> {
        let index = directory.join(INDEX);
        let _lock = IndexLock::take(&index).map_err(|error| Error::io("lock", &index, error))?;
        remove_folder(&index)
    }
}

/// The promise that no part is taken away, until it is dropped. `None` where the directory cannot have a lock file:
/// nobody writes there.
pub(crate) fn read_lock(directory: &Path) -> Option<File> {
    if !is_corpus(directory) {
        return None;
    }
    let path = directory.join(READERS_LOCK);
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let file = open.or_else(|_| File::open(&path)).ok()?;
    file.lock_shared().ok()?;
    Some(file)
}

/// The right to take parts away; `None` while somebody reads.
pub(crate) fn lock_out_readers(directory: &Path) -> Option<File> {
    let path = directory.join(READERS_LOCK);
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).ok()?;
    file.try_lock().ok()?;
    Some(file)
}
