//! Why a command failed: what, where, and what to do next.

use corpus_export::ErrorKind;
use std::{error::Error, fmt, io, path::Path};

/// Why a command failed, in the three things a person needs: what happened, why, and what to do next.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    hint: Option<String>,
    code: u8,
}

impl Failure {
    /// A failure of the world: an unreadable file, a full disk. `what` completes "failed to …".
    pub(crate) fn new(what: impl fmt::Display) -> Self {
        Failure { what: format!("failed to {what}"), hint: None, code: 4 }
    }

    /// A command line that cannot be meant.
    pub(crate) fn usage(what: impl fmt::Display) -> Self {
        Failure { what: what.to_string(), hint: None, code: 2 }
    }

    /// A file that could not be read.
    pub(crate) fn read(path: &Path, cause: &io::Error) -> Self {
        let failure = Failure::new(format_args!("read {}: {cause}", path.display()));
        match cause.kind() {
            io::ErrorKind::NotFound => failure.hint("check the spelling; nothing was read"),
            io::ErrorKind::PermissionDenied => {
                failure.hint("you may not read it: ask who owns it, or copy it")
            }
            io::ErrorKind::IsADirectory => failure.hint("it is a folder; name a file"),
            io::ErrorKind::InvalidData => failure.hint("it is no UTF-8 text; save it as such"),
            _ => failure.hint("try whether another program can read it"),
        }
    }

    /// A file that could not be written.
    pub(crate) fn write(path: &Path, cause: &io::Error) -> Self {
        let failure = Failure::new(format_args!("write {}: {cause}", path.display()));
        let folder =
            || path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match cause.kind() {
            io::ErrorKind::NotFound if !folder().exists() => failure.hint(format_args!(
                "there is no folder {folder}; make it first: mkdir -p {folder}",
                folder = folder().display()
            )),
            io::ErrorKind::NotADirectory => {
                failure.hint("a file stands where a folder is meant; name another place")
            }
            io::ErrorKind::IsADirectory => failure.hint("it is a folder; name a file"),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                failure.hint(format_args!(
                    "you may not write there; name another file, or ask who owns {}",
                    folder().display()
                ))
            }
            io::ErrorKind::InvalidFilename => failure.hint("name it shorter, or without what no name holds"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                failure.hint("free some space and run it again; what was written is not whole")
            }
            _ => failure.hint("nothing that looks whole was left behind; name another file, or run it again"),
        }
    }

    /// Standard output, which could not be written.
    pub(crate) fn write_stdout(cause: &io::Error) -> Self {
        Failure::new(format_args!("write to standard output: {cause}"))
            .hint("look where it is sent to; -o FILE writes to a file that has its name when it is whole")
    }

    /// The same failure with what to do next.
    pub(crate) fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// What happened, where and why.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }

    /// What to do next.
    pub(crate) fn next(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The exit code.
    pub(crate) const fn code(&self) -> u8 {
        self.code
    }
}

impl From<corpus_export::Error> for Failure {
    fn from(error: corpus_export::Error) -> Self {
        let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
        match (error.kind(), error.place(), cause) {
            (ErrorKind::Unknown | ErrorKind::Target | ErrorKind::Exists, ..) => {
                // What can be done is part of what it says.
                Failure::usage(format_args!("failed to {error}"))
            }
            (_, Some(place), Some(cause)) => Failure::write(place, cause),
            (_, None, Some(cause)) => Failure::write_stdout(cause),
            _ => Failure::new(error).hint("nothing that looks whole was left behind; run it again"),
        }
    }
}

impl From<corpus_query::Error> for Failure {
    fn from(error: corpus_query::Error) -> Self {
        match error.kind() {
            corpus_query::ErrorKind::Cursor => Failure::usage(format_args!("failed to {error}"))
                .hint("a cursor goes on with the query that printed it; without one the answer begins anew"),
            corpus_query::ErrorKind::Entity => Failure::usage(format_args!("failed to {error}"))
                .hint("`corpus people DIR --format jsonl` shows ids, kinds and names"),
            _ => Failure::new(error).hint("`corpus verify DIR` says what is damaged, and what to do"),
        }
    }
}
