//! What goes wrong with a corpus at rest.

use crate::directory::{BACKUP, MANIFEST};
use std::{
    fmt, io,
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

    /// What the system says when it does not let us `verb` what lies at `path`.
    pub(crate) fn io(verb: &str, path: &Path, error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                ErrorKind::Full
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorKind::NotPermitted,
            _ => ErrorKind::Io,
        };
        let message = format!("{verb} {}: {error}", path.display());
        Error { kind, path: path.to_owned(), message, source: Some(error.into()) }
    }

    /// What SQLite says of the manifest at `path`.
    pub(crate) fn manifest(path: &Path, error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
            PermissionDenied, ReadOnly, Unknown,
        };
        let kind = match error.sqlite_error_code() {
            Some(NotADatabase | DatabaseCorrupt) => ErrorKind::Damaged,
            Some(DiskFull) => ErrorKind::Full,
            Some(CannotOpen | PermissionDenied | ReadOnly) => ErrorKind::NotPermitted,
            Some(DatabaseBusy | DatabaseLocked) => ErrorKind::Locked,
            // What is asked of it is right: a table, a column or a row is missing, or a cell holds something else.
            Some(Unknown) | None => ErrorKind::Damaged,
            _ => ErrorKind::Io,
        };
        let message = format!("read or write {}: {error}", path.display());
        Error { kind, path: path.to_owned(), message, source: Some(error.into()) }
    }

    /// What kind of thing went wrong.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file or folder it went wrong with.
    pub fn place(&self) -> &Path {
        &self.path
    }

    /// What to do about it, in a lower-case fragment.
    pub fn advice(&self) -> String {
        let is_manifest = self.path.file_name().is_some_and(|name| name == MANIFEST);
        match self.kind {
            ErrorKind::NotFound => "`corpus build PATH… -o DIR` makes a corpus".to_owned(),
            ErrorKind::Full => {
                "free some space, then run the same command again: it goes on where it stopped, \
                                and nothing that was committed is lost"
                    .to_owned()
            }
            ErrorKind::NotPermitted => "the folder must be writable to change a corpus".to_owned(),
            ErrorKind::Damaged if is_manifest => {
                format!(
                    "`corpus verify DIR --mend` puts {BACKUP} in its place; the parts themselves are untouched"
                )
            }
            ErrorKind::Damaged => {
                "`corpus verify DIR` names all that is damaged, and with --mend takes it out, so that \
                                   `corpus build` reads it from its source again"
                    .to_owned()
            }
            ErrorKind::Locked => "wait until it is done; reading goes on meanwhile".to_owned(),
            ErrorKind::TooNew => "use a newer version of corpus".to_owned(),
            ErrorKind::Io => {
                "nothing that was committed is lost; when the cause is gone, run the same command again"
                    .to_owned()
            }
        }
    }
}

impl From<corpus_format::Error> for Error {
    fn from(error: corpus_format::Error) -> Self {
        use corpus_format::ErrorKind as Format;
        let kind = match error.kind() {
            Format::Full => ErrorKind::Full,
            Format::NotPermitted => ErrorKind::NotPermitted,
            Format::Damaged | Format::NotFound => ErrorKind::Damaged,
            Format::TooNew => ErrorKind::TooNew,
            _ => ErrorKind::Io,
        };
        let path = error.place().map(Path::to_owned).unwrap_or_default();
        Error { kind, path, message: error.to_string(), source: Some(error.into()) }
    }
}

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no corpus.
    NotFound,
    /// The file system is full, or a file may not grow.
    Full,
    /// The folder may not be written, or a file not be read.
    NotPermitted,
    /// A file does not hold what the manifest says, or is no manifest.
    Damaged,
    /// Another process writes.
    Locked,
    /// The corpus has a version that this program does not know yet.
    TooNew,
    /// Anything else that the system says.
    Io,
}
