//! A spill: bytes that grow on disk instead of in memory.

use crate::error::Error;
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// Bytes appended to a temporary file that has no name and goes with the process.
#[derive(Debug)]
pub(crate) struct Spill {
    file: Mutex<File>,
    /// The folder of the file.
    folder: PathBuf,
    /// What is not in the file yet.
    tail: Vec<u8>,
    /// Length of the file.
    written: u64,
}

const TAIL: usize = 1 << 18;

impl Spill {
    /// An empty spill in `folder`, or where the system keeps temporary files.
    pub(crate) fn new(folder: Option<&Path>) -> Result<Self, Error> {
        let file = match folder {
            Some(folder) => tempfile::tempfile_in(folder),
            None => tempfile::tempfile(),
        };
        let folder = folder.map_or_else(std::env::temp_dir, Path::to_owned);
        let file = file.map_err(|error| Error::new("make a temporary file", &folder, error))?;
        Ok(Spill { file: Mutex::new(file), folder, tail: Vec::new(), written: 0 })
    }

    /// Appends `bytes`, and gives their offset.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<u64, Error> {
        let offset = self.written + self.tail.len() as u64;
        self.tail.extend_from_slice(bytes);
        if self.tail.len() >= TAIL {
            self.flush()?;
        }
        Ok(offset)
    }

    /// Writes what is not in the file yet; [`Spill::read`] reads only what is.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.written))
            .and_then(|_| file.write_all(&self.tail))
            .map_err(|error| Error::new("write a temporary file", &self.folder, error))?;
        self.written += self.tail.len() as u64;
        self.tail.clear();
        Ok(())
    }

    /// The `len` bytes at `offset`, appended to `bytes`.
    pub(crate) fn read(&self, offset: u64, len: usize, bytes: &mut Vec<u8>) -> Result<(), Error> {
        let begin = bytes.len();
        bytes.resize(begin + len, 0);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| file.read_exact(&mut bytes[begin..]))
            .map_err(|error| Error::new("read a temporary file", &self.folder, error))
    }
}
