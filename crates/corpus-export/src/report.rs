//! What an export wrote: how many rows to which file.

use std::{fmt, path::PathBuf};

/// What an export wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Documents of which something was taken.
    pub documents: u64,
    /// Documents of which nothing was taken, since the options leave them out.
    pub left_out: u64,
    /// What was written, file by file and table by table.
    pub written: Vec<Written>,
    /// What a reader of the files should know, such as characters that the format cannot hold.
    pub remarks: Vec<String>,
}

/// Rows of one kind in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file or folder; `None` where the rows went to a stream.
    pub path: Option<PathBuf>,
    /// Number of rows.
    pub rows: u64,
    /// What a row is, in the plural: `documents`, `annotations of layer time`.
    pub noun: String,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.rows, self.noun)?;
        match &self.path {
            Some(path) => write!(f, " to {}", path.display()),
            None => Ok(()),
        }
    }
}

/// Rows by what they are, in the order in which they were first counted.
#[derive(Clone, Debug, Default)]
pub struct Tally(Vec<(String, u64)>);

impl Tally {
    /// Counts `rows` more.
    pub fn add(&mut self, noun: &str, rows: u64) {
        match self.0.iter_mut().find(|(known, _)| known == noun) {
            Some((_, count)) => *count += rows,
            None => self.0.push((noun.to_owned(), rows)),
        }
    }

    /// What was written to `path`.
    pub fn written(&self, path: Option<&std::path::Path>) -> Vec<Written> {
        let row = |(noun, rows): &(String, u64)| Written {
            path: path.map(std::path::Path::to_owned),
            rows: *rows,
            noun: noun.clone(),
        };
        self.0.iter().map(row).collect()
    }
}
