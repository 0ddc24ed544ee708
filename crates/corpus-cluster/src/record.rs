//! The record of a run, `run.json`: what was read, what was done with it, and what came of it.

use crate::{
    about::ABOUT,
    error::Error,
    made::Made,
    needs::Needs,
    pipeline::{Deduplicate, Statistics},
    tally::Tally,
    work::{Note, is_temporary, read_json},
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
        let strays = if self.was_cut { strays(folder) } else { Vec::new() };
        for path in left.chain(strays).filter(|path| !kept.contains(&**path)) {
            let _ = fs::remove_file(folder.join(&path));
            // Folders go only where nothing lies in them.
            for parent in path.ancestors().skip(1).filter(|parent| *parent != Path::new("")) {
                let _ = fs::remove_dir(folder.join(parent));
            }
        }
    }
}

/// Files of a package with names that a run gives: `documents/000001.parquet`, `annotations/time@4/000001.parquet`,
/// `links/clusters-000001.parquet`, `dropped/000001.jsonl.zst`, `report.html`, and what it has not yet renamed.
fn strays(folder: &Path) -> Vec<PathBuf> {
    let is_number = |text: &str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_part = |name: &str| name.strip_suffix(".parquet").is_some_and(is_number);
    let is_lines = |name: &str| name.strip_suffix(".jsonl.zst").is_some_and(is_number);
    let is_cluster = |name: &str| name.strip_prefix("clusters-").is_some_and(is_part);
    let is_layer = |name: &str| {
        let version = name.rsplit_once('@').map(|(_, version)| version);
        version
            .is_some_and(|version| !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_about = |name: &str| ABOUT.contains(&name) || is_temporary(name);
    let below = |part: &str, kind: Kind, is_ours: &dyn Fn(&str) -> bool| -> Vec<PathBuf> {
        let names = names(&folder.join(part), kind);
        names.into_iter().filter(|name| is_ours(name)).map(|name| Path::new(part).join(name)).collect()
    };
    let layers = below("annotations", Kind::Folder, &is_layer).into_iter();
    let of_layers = layers.flat_map(|layer| below(&layer.to_string_lossy(), Kind::File, &is_part));
    let lines =
        ["decisions", "dropped", "rejects"].iter().flat_map(|part| below(part, Kind::File, &is_lines));
    let parts = below("documents", Kind::File, &is_part).into_iter();
    let links = below("links", Kind::File, &is_cluster);
    parts.chain(of_layers).chain(lines).chain(links).chain(below("", Kind::File, &is_about)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

/// The names in a folder, which is no link, of what is of a kind and no link either.
fn names(folder: &Path, kind: Kind) -> Vec<String> {
    if !fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir()) {
        return Vec::new();
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_it = |entry: &fs::DirEntry| {
        entry.file_type().is_ok_and(|found| if kind == Kind::File { found.is_file() } else { found.is_dir() })
    };
    entries.filter(is_it).filter_map(|entry| entry.file_name().into_string().ok()).collect()
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
