//! The record of a run, `run.json`: what was read, what was done with it, and what came of it.

use crate::{error::Error, made::Made, needs::Needs, pipeline::Deduplicate, tally::Tally, work::Note};
use serde::Serialize;
use std::{fs, path::Path};

/// The name of the file.
pub(crate) const NAME: &str = "run.json";

/// The record of a run: nothing in it depends on when and where it ran.
#[derive(Serialize)]
pub(crate) struct Record<'a> {
    pub(crate) program: &'static str,
    pub(crate) version: &'static str,
    /// As TOML, since JSON has no infinite limits.
    pub(crate) filter: Option<String>,
    pub(crate) annotate: Option<Layers<'a>>,
    pub(crate) deduplicate: &'a Option<Deduplicate>,
    pub(crate) max_record: u64,
    pub(crate) read: Vec<Hashed>,
    /// Lists, test sets and the tokenizer that the pipeline names.
    pub(crate) lists: &'a [Hashed],
    pub(crate) counts: &'a Tally,
    pub(crate) clusters: u64,
    /// Documents in clusters beside their survivors.
    pub(crate) copies: u64,
    pub(crate) files: Vec<Hashed>,
}

/// The layers that were written.
#[derive(Serialize)]
pub(crate) struct Layers<'a> {
    layers: &'a [String],
}

/// A file with its hash.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Hashed {
    /// Its path, below the folder of the pipeline or of the package.
    pub(crate) path: String,
    pub(crate) bytes: u64,
    /// 64 hex digits; empty where the file cannot be read.
    pub(crate) blake3: String,
}

impl Hashed {
    /// The file at `path`, which is shown as it lies below `folder`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn of(folder: &Path, path: &Path) -> Result<Self, Error> {
        let failed = |cause: &dyn std::fmt::Display| Error::io("read", path, cause);
        Ok(Hashed {
            path: path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned(),
            bytes: fs::metadata(path).map_err(|cause| failed(&cause))?.len(),
            blake3: corpus_format::checksum(path).map_err(|cause| failed(&cause))?,
        })
    }

    /// A file that was made, with its path.
    pub(crate) fn made(made: &Made) -> (String, Self) {
        let path = made.path.to_string_lossy().into_owned();
        (path.clone(), Hashed { path, bytes: made.bytes, blake3: made.blake3.clone() })
    }

    /// The file that a task read.
    pub(crate) fn read(note: &Note) -> Self {
        Hashed { path: note.name.clone(), bytes: note.tally.bytes, blake3: note.blake3.clone() }
    }
}

impl Needs {
    /// The layers, for the record.
    pub(crate) fn annotate(&self) -> Option<Layers<'_>> {
        self.layers.as_deref().map(|layers| Layers { layers })
    }
}
