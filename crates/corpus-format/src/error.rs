//! What goes wrong with tables and packages.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// Why a table or package could not be read or written.
///
/// The message is a fragment that fits after “failed to”.
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
    /// What kind of thing went wrong.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file it went wrong with, if it is about one.
    pub fn place(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A file that the system does not let us read or write.
    pub(crate) fn io(verb: &str, path: &Path, error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => ErrorKind::NotFound,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                ErrorKind::Full
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorKind::NotPermitted,
            _ => ErrorKind::Io,
        };
        let message = format!("{verb} {}: {error}", path.display());
        Error { kind, path: Some(path.to_owned()), message, source: Some(error.into()) }
    }

    /// A file that does not hold what it should.
    pub(crate) fn damaged(path: &Path, reason: impl fmt::Display) -> Self {
        let message = format!("read {}: {reason}", path.display());
        Error { kind: ErrorKind::Damaged, path: Some(path.to_owned()), message, source: None }
    }

    /// A file of a version that is newer than this program.
    pub(crate) fn too_new(path: &Path, found: &str) -> Self {
        let message = format!(
            "read {}: it has version {found} of the format, this program knows versions up to {}; use a newer program",
            path.display(),
            crate::VERSION
        );
        Error { kind: ErrorKind::TooNew, path: Some(path.to_owned()), message, source: None }
    }

    /// Rows that do not have the form they should have.
    pub(crate) fn rows(reason: impl fmt::Display) -> Self {
        let message = format!("read rows: {reason}");
        Error { kind: ErrorKind::Damaged, path: None, message, source: None }
    }

    /// Values that no row can hold.
    pub(crate) fn too_large(what: impl fmt::Display) -> Self {
        let message = format!("write {what}: a batch of rows holds at most 2 GiB of text");
        Error { kind: ErrorKind::TooLarge, path: None, message, source: None }
    }

    /// What writing Parquet says, at the file at `path`.
    pub(crate) fn writing(path: &Path, error: parquet::errors::ParquetError) -> Self {
        use parquet::errors::ParquetError;
        let ParquetError::External(inner) = error else { return Error::unwritten(path, error) };
        match inner.downcast::<io::Error>() {
            Ok(error) => Error::io("write", path, *error),
            Err(error) => Error::unwritten(path, error),
        }
    }

    fn unwritten(path: &Path, reason: impl fmt::Display) -> Self {
        let message = format!("write {}: {reason}", path.display());
        Error { kind: ErrorKind::Io, path: Some(path.to_owned()), message, source: None }
    }
}

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    NotFound,
    /// The file system is full, or the file may not grow.
    Full,
    /// The folder or file may not be written or read.
    NotPermitted,
    /// The file does not hold what it should.
    Damaged,
    /// The file has a version that this program does not know yet.
    TooNew,
    /// A text is too large for a row.
    TooLarge,
    /// Anything else that the system says.
    Io,
}
