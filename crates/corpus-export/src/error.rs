//! What goes wrong with an export.

use std::{
    error, fmt, io,
    path::{Path, PathBuf},
};

/// Why an export failed: what was done, where, and the cause. The message completes "failed to …".
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    what: String,
    place: Option<PathBuf>,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No format, table or layer has the name.
    Unknown,
    /// The format cannot be written to such a place.
    Target,
    /// What is to be written is there already.
    Exists,
    /// Whoever reads the result went away.
    Closed,
    /// The result cannot be written.
    Write,
}

impl Error {
    /// A failure of this kind; `what` completes "failed to …", and says what to do next.
    pub fn new(kind: ErrorKind, what: impl Into<String>) -> Self {
        Error { kind, what: what.into(), place: None, source: None }
    }

    /// A failure to write to `place`, or to whoever reads the result where there is none.
    pub fn write(place: Option<&Path>, cause: io::Error) -> Self {
        let kind = match cause.kind() {
            io::ErrorKind::BrokenPipe => ErrorKind::Closed,
            _ => ErrorKind::Write,
        };
        let what = if place.is_some() { "write" } else { "write the result" };
        Error { kind, what: what.to_owned(), place: place.map(Path::to_owned), source: Some(Box::new(cause)) }
    }

    /// A failure of SQLite at `place`.
    pub(crate) fn sqlite(place: &Path, cause: rusqlite::Error) -> Self {
        Error {
            kind: ErrorKind::Write,
            what: "write".to_owned(),
            place: Some(place.to_owned()),
            source: Some(Box::new(cause)),
        }
    }

    /// The file or folder that could not be written, where it is one.
    pub fn place(&self) -> Option<&Path> {
        self.place.as_deref()
    }

    /// What kind of failure it is.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some(place) = &self.place {
            write!(f, " {}", place.display())?;
        }
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
