//! What can go wrong: temporary files.

use std::{
    io,
    path::{Path, PathBuf},
};

/// A temporary file that cannot be made, written or read; nothing else can go wrong.
#[derive(Debug, thiserror::Error)]
#[error("{action} in {}: {source}", folder.display())]
pub struct Error {
    action: &'static str,
    folder: PathBuf,
    source: io::Error,
}

impl Error {
    pub(crate) fn new(action: &'static str, folder: &Path, source: io::Error) -> Self {
        Error { action, folder: folder.to_owned(), source }
    }

    /// The folder of the temporary file.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The system's error.
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }
}
