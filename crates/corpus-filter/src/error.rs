//! What can go wrong: a configuration that cannot be meant, a list that cannot be read.

use std::{io, path::PathBuf};

/// Why filters cannot be made. The message completes "failed to …".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The configuration is not right.
    #[error("read the configuration: {0}")]
    Config(String),
    /// A list or test set that the configuration names cannot be read.
    #[error("read {}, which the configuration names: {cause}", path.display())]
    List {
        /// The file.
        path: PathBuf,
        /// The system's error.
        cause: io::Error,
    },
    /// A test set has no example of enough words.
    #[error("use {} as a test set: no example in it has {words} words", path.display())]
    Short {
        /// The file.
        path: PathBuf,
        /// Number of words that an example must have.
        words: usize,
    },
}
