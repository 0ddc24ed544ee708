//! What goes wrong with a corpus at rest.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// Why a corpus could not be read or written: which file, what happened, and what to do next.
///
/// The message is a fragment that fits after “failed to”.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    message: String,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A failure to `verb` what lies at `path`.
    pub(crate) fn new(kind: ErrorKind, path: &Path, verb: &str, reason: impl fmt::Display) -> Self {
        let message = format!("{verb} {}: {reason}", path.display());
        Error { kind, path: path.to_owned(), message, source: None }
    }

    /// What kind of thing went wrong.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file or folder it went wrong with.
    pub fn place(&self) -> &Path {
        &self.path
    }
}

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no corpus.
    NotFound,
}
