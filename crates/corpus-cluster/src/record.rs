//! The record of a run, `run.json`: what was read, what was done with it, and what came of it.

use crate::{
    error::Error,
    made::Made,
    needs::Needs,
    pipeline::{Deduplicate, Statistics},
    tally::Tally,
    work::{Note, read_json},
};
use globset::GlobBuilder;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    ffi::OsString,
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
    /// Whether a run was cut off since, of which there is no record.
    #[serde(skip)]
    pub(crate) was_cut: bool,
}

impl Earlier {
    /// That in the folder of a package, where a record lies in it.
    pub(crate) fn at(output: &Path) -> Option<Self> {
        read_json(&output.join(NAME)).ok().filter(|earlier: &Earlier| earlier.program == PROGRAM)
    }

    /// Removes what is none of the files of this run: those that are as that run left them, and, where a later one was
    /// cut off, what bears a name that it may have written. What else lies there is somebody's own.
    pub(crate) fn remove(&self, folder: &Path, kept: &[Hashed]) {
        let kept: HashSet<&Path> = kept.iter().map(|file| Path::new(&file.path)).collect();
        let is_left = |file: &&Hashed| {
            let path = Path::new(&file.path);
            let is_below = path.components().all(|part| matches!(part, Component::Normal(_)));
            let is_same =
                || corpus_format::checksum(&folder.join(path)).is_ok_and(|hash| hash == file.blake3);
            is_below && !kept.contains(path) && is_same()
        };
        let left = self.files.iter().filter(is_left).map(|file| PathBuf::from(&file.path));
        let patterns = if self.was_cut { &WRITTEN[..] } else { &[] };
        let strays = patterns.iter().flat_map(|pattern| fitting(folder, pattern));
        for path in left.chain(strays).filter(|path| !kept.contains(&**path)) {
            let _ = fs::remove_file(folder.join(&path));
            // Folders go only where nothing lies in them.
            for parent in path.ancestors().skip(1).filter(|parent| *parent != Path::new("")) {
                let _ = fs::remove_dir(folder.join(parent));
            }
        }
    }
}

/// Names of files of a package that a run gives, and of those it has not yet renamed, as patterns of shells in which `#`
/// is a digit.
const WRITTEN: [&str; 7] = [
    "documents/######.parquet",
    "annotations/*@{#,##,###}/######.parquet",
    "links/clusters-######.parquet{,.tmp}",
    "{decisions,dropped,rejects}/######.jsonl.zst",
    "{report.html,croissant.json,clusters.tsv}",
    "{report,croissant,clusters,run}.#*-#*-#*.tmp",
    "datapackage.json.tmp",
];

/// The files below a folder that fit one of these patterns. No link is followed.
fn fitting(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let pattern = pattern.replace('#', "[0-9]");
    let mut found = vec![PathBuf::new()];
    let mut parts = pattern.split('/').peekable();
    while let Some(part) = parts.next() {
        let Ok(part) = GlobBuilder::new(part).empty_alternates(true).build() else { return Vec::new() };
        let (part, is_last) = (part.compile_matcher(), parts.peek().is_none());
        let of_part = |below: PathBuf| {
            let mut names = names(&folder.join(&below), is_last);
            names.retain(|name| part.is_match(name));
            names.into_iter().map(move |name| below.join(name))
        };
        found = found.into_iter().flat_map(of_part).collect();
    }
    found
}

/// The names in a folder of its files, or else of its folders; of neither where they are links.
fn names(folder: &Path, of_files: bool) -> Vec<OsString> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_it = |entry: &fs::DirEntry| {
        entry.file_type().is_ok_and(|found| if of_files { found.is_file() } else { found.is_dir() })
    };
    entries.filter(is_it).map(|entry| entry.file_name()).collect()
}

/// A file with its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
