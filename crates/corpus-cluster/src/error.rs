//! What can go wrong: the pipeline's description, files, tables, and the engine.

use datafusion::error::DataFusionError;
use std::{fmt::Display, io, path::Path};

/// What went wrong: a lower-case fragment that says what, where, and what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The pipeline's file does not say what can be done.
    #[error("understand the pipeline {path}: {reason}")]
    Pipeline {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{what}: {cause}")]
    File {
        /// What was tried.
        what: String,
        /// Why not.
        cause: String,
    },
    /// A query or a cluster failed.
    #[error("{what}: {cause}")]
    Engine {
        /// What was tried.
        what: String,
        /// Why not.
        cause: Box<DataFusionError>,
    },
    /// The cluster could not be reached, or went away.
    #[error("{what}: {cause}; what is committed stays, and the same command goes on from there")]
    Cluster {
        /// What was tried.
        what: String,
        /// Why not.
        cause: String,
    },
}

impl Error {
    pub(crate) fn io(verb: &str, path: &Path, cause: impl Display) -> Self {
        Error::File { what: format!("{verb} {}", path.display()), cause: cause.to_string() }
    }

    /// A file that is read became another meanwhile.
    pub(crate) fn changed(path: &Path) -> Self {
        Error::io("read", path, "it has changed while this run went on; give the same command again")
    }

    pub(crate) fn engine(what: &str, cause: DataFusionError) -> Self {
        Error::Engine { what: what.to_owned(), cause: Box::new(cause) }
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        io::Error::other(error.to_string())
    }
}
