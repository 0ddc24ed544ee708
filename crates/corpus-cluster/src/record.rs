//! The record of a run, `run.json`: what was read, what was done with it, and what came of it.

use crate::{
    error::Error,
    made::Made,
    needs::Needs,
    pipeline::{Deduplicate, Statistics},
    tally::Tally,
    work::{Note, read_json},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    fs,
    path::{Component, Path},
};

/// The name of the file.
pub(crate) const NAME: &str = "run.json";
/// What wrote it.
pub(crate) const PROGRAM: &str = "corpus-cluster run";

/// The record of a run: nothing in it depends on when and where it ran.
#[derive(Serialize)]
pub(crate) struct Record<'a> {
    pub(crate) program: &'static str,
    pub(crate) version: &'static str,
    /// As TOML, since JSON has no infinite limits.
    pub(crate) filter: Option<String>,
    pub(crate) annotate: Option<Layers<'a>>,
    pub(crate) deduplicate: &'a Option<Deduplicate>,
    pub(crate) statistics: &'a Option<Statistics>,
    pub(crate) max_record: u64,
    pub(crate) map: &'a str,
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

/// What the record of the run before says of the files it left.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Earlier {
    program: String,
    files: Vec<Hashed>,
}

impl Earlier {
    /// That in a file, where it is a record.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        read_json(path).ok().filter(|earlier: &Earlier| earlier.program == PROGRAM)
    }

    /// Removes the files that are as that run left them, but for those of this one: what is in nobody's record is left.
    pub(crate) fn remove(&self, folder: &Path, kept: &[Hashed]) {
        let kept: HashSet<&str> = kept.iter().map(|file| &*file.path).collect();
        for file in self.files.iter().filter(|file| !kept.contains(&*file.path)) {
            let path = Path::new(&file.path);
            if !path.components().all(|part| matches!(part, Component::Normal(_))) {
                continue;
            }
            let whole = folder.join(path);
            if corpus_format::checksum(&whole).is_ok_and(|hash| hash == file.blake3) {
                let _ = fs::remove_file(&whole);
            }
            if let Some(parent) = path.parent().filter(|parent| *parent != Path::new("")) {
                // It goes only when nothing lies in it.
                let _ = fs::remove_dir(folder.join(parent));
            }
        }
    }
}

/// A file with its hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
