//! The record of a run, `run.json`: what was read, what was done with it, and what came of it.

use crate::{
    about::ABOUT,
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
    path::{Component, Path, PathBuf},
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
    /// Whether a later one was cut off, of which there is no record.
    #[serde(skip)]
    pub(crate) was_cut: bool,
}

impl Earlier {
    /// That in a file, where it is a record.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        read_json(path).ok().filter(|earlier: &Earlier| earlier.program == PROGRAM)
    }

    /// Removes what is none of the files of this run: those that are as that run left them, and what bears the name of a
    /// part, which a run left that was cut off. What else lies there is somebody's own.
    pub(crate) fn remove(&self, folder: &Path, kept: &[Hashed]) {
        let kept: HashSet<&Path> = kept.iter().map(|file| Path::new(&file.path)).collect();
        let is_left = |file: &&Hashed| {
            let path = Path::new(&file.path);
            let is_below = path.components().all(|part| matches!(part, Component::Normal(_)));
            let is_same =
                || corpus_format::checksum(&folder.join(path)).is_ok_and(|hash| hash == file.blake3);
            is_below && !kept.contains(path) && is_same()
        };
        let left = self.files.iter().filter(is_left).map(|file| folder.join(&file.path));
        let strays = PARTS.iter().flat_map(|part| files(&folder.join(part)));
        let strays = strays.filter(|file| is_part(file));
        let pages = ABOUT.iter().filter(|_| self.was_cut).map(|name| folder.join(name));
        for file in left.chain(strays).chain(pages) {
            if file.strip_prefix(folder).is_ok_and(|path| !kept.contains(path)) {
                let _ = fs::remove_file(&file);
            }
        }
        for part in PARTS {
            remove_empty(&folder.join(part));
        }
    }
}

/// The folders of a package and of what is told beside it.
const PARTS: [&str; 7] = ["documents", "annotations", "links", "sources", "decisions", "dropped", "rejects"];

/// Whether a file has the name of a part: a number, with what it is of before it.
fn is_part(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.strip_suffix(".parquet").or_else(|| name.strip_suffix(".jsonl.zst"));
    let number = stem.map(|stem| stem.rsplit_once('-').map_or(stem, |(_, number)| number));
    number.is_some_and(|number| number.len() >= 6 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let of = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.flat_map(|entry| of(entry.path())).collect()
}

/// Removes a folder, and those in it, as far as nothing lies in them.
fn remove_empty(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    let _ = fs::remove_dir(folder);
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
