//! What goes wrong when a corpus is asked.

use corpus_annotate::link::CorpusId;
use std::{fmt, path::Path};

/// Why a corpus could not be asked: what happened and where. The message is a fragment that fits after “failed to”.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The corpus could not be read.
    Corpus,
    /// The index could not be read or written.
    Index,
    /// A cursor is not one of this query on this corpus.
    Cursor,
    /// What is said of entities cannot be: there is none of an id, or they are not of one kind.
    Entity,
    /// The work was to end before there was an answer.
    Deadline,
}

impl Error {
    /// What kind of thing went wrong.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// A failure with the index in a folder.
    pub(crate) fn index(
        path: &Path,
        verb: &str,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        let message = format!(
            "{verb} the index in {}: {source}; `corpus verify --mend` throws it away, to be made anew",
            path.display()
        );
        Error { kind: ErrorKind::Index, message, source: Some(Box::new(source)) }
    }

    /// Work that was to end before there was an answer.
    pub(crate) fn deadline() -> Self {
        Error { kind: ErrorKind::Deadline, message: "answer in time".to_owned(), source: None }
    }

    /// An id that no entity has.
    pub(crate) fn unknown_entity(id: CorpusId) -> Self {
        Error { kind: ErrorKind::Entity, message: format!("find {id}: no entity has this id"), source: None }
    }

    /// Entities that cannot be one.
    pub(crate) fn two_kinds(one: (CorpusId, &str), other: (CorpusId, &str)) -> Self {
        let message = format!(
            "make one of {} and {}: the first is of the kind {}, the other of the kind {}",
            one.0, other.0, one.1, other.1
        );
        Error { kind: ErrorKind::Entity, message, source: None }
    }

    /// A cursor that cannot be gone on from.
    pub(crate) fn cursor(reason: impl fmt::Display) -> Self {
        Error { kind: ErrorKind::Cursor, message: format!("go on from the cursor: {reason}"), source: None }
    }
}

impl From<corpus_dedup::Error> for Error {
    fn from(error: corpus_dedup::Error) -> Self {
        Error { kind: ErrorKind::Corpus, message: error.to_string(), source: Some(Box::new(error)) }
    }
}

impl From<corpus_store::Error> for Error {
    fn from(error: corpus_store::Error) -> Self {
        Error { kind: ErrorKind::Corpus, message: error.to_string(), source: Some(Box::new(error)) }
    }
}
