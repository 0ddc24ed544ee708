//! What keeps reading from starting at all.

use std::{fmt, io, path::PathBuf};

/// Why nothing could be read: a path that does not exist, a pattern that is none, a sidecar that cannot be used.
///
/// The message is a fragment that fits after “failed to”. What is wrong with a single file or record is never an
/// error but a [`Reject`](crate::Reject).
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
    message: String,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn path(path: impl Into<PathBuf>, error: io::Error) -> Self {
        let path = path.into();
        let (kind, reason) = match error.kind() {
            io::ErrorKind::NotFound => (ErrorKind::NotFound, "no such file or folder".to_owned()),
            _ => (ErrorKind::Unreadable, error.to_string()),
        };
        let message = format!("open {}: {reason}", path.display());
        Error { kind, path: Some(path), message, source: Some(error.into()) }
    }

    pub(crate) fn pattern(pattern: &str, error: globset::Error) -> Self {
        let message = format!("use the pattern {pattern:?}: {}", error.kind());
        Error { kind: ErrorKind::Pattern, path: None, message, source: Some(error.into()) }
    }

    pub(crate) fn mapping(message: String) -> Self {
        Error { kind: ErrorKind::Mapping, path: None, message, source: None }
    }

    pub(crate) fn sidecar(path: impl Into<PathBuf>, reason: impl fmt::Display) -> Self {
        let path = path.into();
        let message = format!("read the metadata in {}: {reason}", path.display());
        Error { kind: ErrorKind::Sidecar, path: Some(path), message, source: None }
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The path it went wrong with, if it is about one.
    pub fn place(&self) -> Option<&std::path::Path> {
        self.path.as_deref()
    }
}

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A path that was named does not exist.
    NotFound,
    /// A path that was named cannot be looked at.
    Unreadable,
    /// An include or exclude pattern is none.
    Pattern,
    /// A field mapping cannot be understood.
    Mapping,
    /// A sidecar's metadata cannot be used.
    Sidecar,
}
