//! The files that the paths named lead to, in order.

use crate::{
    error::Error,
    options::Options,
    progress::Progress,
    reject::{Reject, RejectKind},
};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::{
    borrow::Cow,
    collections::VecDeque,
    ffi::{OsStr, OsString},
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};
use walkdir::{DirEntry, IntoIter, WalkDir};

/// What standard input is called.
pub(crate) const STANDARD_INPUT: &str = "-";

/// The names of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    /// The path as the user named it.
    pub(crate) uri: Box<str>,
    /// The path below the folder the user named, with `/` between its parts.
    pub(crate) below: Option<Box<str>>,
}

/// A file to read.
#[derive(Debug)]
pub(crate) enum Found {
    StandardInput,
    File(PathBuf, Names),
}

/// Walks the paths in the order named; a folder in the byte order of the paths in it. Holds no more than the entries
/// of the folders it is in.
#[derive(Debug)]
pub(crate) struct Files {
    roots: VecDeque<Root>,
    walk: Option<(PathBuf, IntoIter)>,
    filter: Arc<Filter>,
    progress: Progress,
}

#[derive(Clone, Debug)]
enum Root {
    StandardInput,
    File(PathBuf),
    Folder(PathBuf),
}

#[derive(Debug)]
struct Filter {
    include: Option<GlobSet>,
    exclude: GlobSet,
    /// Canonical paths of the sidecars, which are not data.
    sidecars: Vec<PathBuf>,
    sidecar_names: Vec<OsString>,
    follow_links: bool,
}

impl Files {
    pub(crate) fn new(paths: &[PathBuf], options: &Options, progress: &Progress) -> Result<Self, Error> {
        let root = |path: &PathBuf| -> Result<Root, Error> {
            if path.as_os_str() == STANDARD_INPUT {
                return Ok(Root::StandardInput);
            }
            let metadata = path.metadata().map_err(|error| Error::path(path, error))?;
            Ok(if metadata.is_dir() { Root::Folder(path.clone()) } else { Root::File(path.clone()) })
        };
        let canonical = |path: &PathBuf| path.canonicalize().map_err(|error| Error::path(path, error));
        let sidecars: Vec<_> = options.sidecars.iter().map(canonical).collect::<Result<_, _>>()?;
        let filter = Filter {
            include: (!options.include.is_empty()).then(|| glob_set(&options.include)).transpose()?,
            exclude: glob_set(&options.exclude)?,
            sidecar_names: sidecars.iter().filter_map(|path| path.file_name()).map(OsStr::to_owned).collect(),
            sidecars,
            follow_links: options.follow_links,
        };
        let roots = paths.iter().map(root).collect::<Result<_, _>>()?;
        Ok(Files { roots, walk: None, filter: Arc::new(filter), progress: progress.clone() })
    }

    /// Bytes on disk of all files to come; `None` where a stream is among them.
    pub(crate) fn measure(&self) -> Option<u64> {
        let mut total = 0;
        let (filter, progress) = (Arc::clone(&self.filter), Progress::default());
        let files = Files { roots: self.roots.clone(), walk: None, filter, progress };
        for found in files {
            total += match found {
                Ok(Found::StandardInput) => return None,
                Ok(Found::File(path, _)) => match path.metadata() {
                    Ok(metadata) if metadata.is_file() => metadata.len(),
                    Ok(_) => return None,
                    Err(_) => 0,
                },
                Err(_) => 0,
            };
        }
        Some(total)
    }

    /// What an entry of a folder is to us: a file to read, a reject, or nothing.
    fn found(&self, folder: &Path, entry: walkdir::Result<DirEntry>) -> Option<Result<Found, Reject>> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Err(reject(folder, &error))),
        };
        if entry.file_type().is_dir() {
            let reason = "a corpus directory, which is no folder of pages";
            return is_corpus(&entry)
                .then(|| Err(Reject::new(show(entry.path()), RejectKind::Corpus, reason)));
        }
        let below = below(folder, entry.path());
        let is_included = self.filter.include.as_ref().is_none_or(|include| include.is_match(&below));
        if entry.file_type().is_symlink() {
            // What a link to a folder leads to may be included, whatever the link is called.
            if is_included || entry.path().is_dir() {
                self.progress.add_link();
            }
            return None;
        }
        if !is_included {
            return None;
        }
        if !entry.file_type().is_file() {
            self.progress.add_special();
            return None;
        }
        let names = Names { uri: show(entry.path()), below: Some(below.into()) };
        Some(Ok(Found::File(entry.into_path(), names)))
    }
}

impl Iterator for Files {
    type Item = Result<Found, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((folder, mut walk)) = self.walk.take() {
                let filter = Arc::clone(&self.filter);
                while let Some(entry) = next_entry(&mut walk, &folder, &filter) {
                    if let Some(found) = self.found(&folder, entry) {
                        self.walk = Some((folder, walk));
                        return Some(found);
                    }
                }
            }
            match self.roots.pop_front()? {
                Root::StandardInput => return Some(Ok(Found::StandardInput)),
                Root::File(path) => {
                    let names = Names { uri: show(&path), below: None };
                    return Some(Ok(Found::File(path, names)));
                }
                Root::Folder(path) => {
                    let walk = WalkDir::new(&path)
                        .follow_links(self.filter.follow_links)
                        .sort_by(|a, b| sort_key(a).cmp(sort_key(b)))
                        .into_iter();
                    self.walk = Some((path, walk));
                }
            }
        }
    }
}

/// The next entry that is not left out; folders that are left out are not entered, nor are corpora.
fn next_entry(walk: &mut IntoIter, folder: &Path, filter: &Filter) -> Option<walkdir::Result<DirEntry>> {
    loop {
        let entry = walk.next()?;
        let Ok(entry) = entry else { return Some(entry) };
        let is_left_out = filter.leaves_out(folder, &entry);
        if entry.file_type().is_dir() && (is_left_out || is_corpus(&entry)) {
            walk.skip_current_dir();
        }
        if !is_left_out {
            return Some(Ok(entry));
        }
    }
}

impl Filter {
    fn leaves_out(&self, folder: &Path, entry: &DirEntry) -> bool {
        if entry.depth() == 0 {
            return false;
        }
        entry.file_name().as_encoded_bytes().starts_with(b".")
            || self.exclude.is_match(below(folder, entry.path()))
            || self.is_sidecar(entry)
            || stands_beside_documents(entry)
    }

    fn is_sidecar(&self, entry: &DirEntry) -> bool {
        self.sidecar_names.iter().any(|name| name == entry.file_name())
            && entry.path().canonicalize().is_ok_and(|path| self.sidecars.contains(&path))
    }
}

/// Whether an entry of a folder is a corpus at rest: its files are ours, and say nothing to a reader of pages.
fn is_corpus(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_type().is_dir() && entry.path().join("manifest.sqlite").is_file()
}

/// What stands in a package beside its documents: tables about them, and what they were not taken into.
const BESIDE_DOCUMENTS: [&str; 10] = [
    "annotations",
    "clusters",
    "croissant.json",
    "datapackage.json",
    "dropped",
    "links",
    "rejects",
    "report.html",
    "run.json",
    "sources",
];

/// Whether an entry belongs to a package and is none of its documents.
fn stands_beside_documents(entry: &DirEntry) -> bool {
    let is_such = |name: &str| BESIDE_DOCUMENTS.contains(&name);
    entry.file_name().to_str().is_some_and(is_such)
        && entry.path().parent().is_some_and(|package| {
            package.join("datapackage.json").is_file() && package.join("documents").is_dir()
        })
}

/// The name of an entry such that names in order are paths in order: what is in the folder `a` comes after `a.txt`,
/// since `/` comes after `.`.
fn sort_key(entry: &DirEntry) -> impl Iterator<Item = u8> {
    let slash = entry.file_type().is_dir().then_some(b'/');
    entry.file_name().as_encoded_bytes().iter().copied().chain(slash)
}

fn below(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(text).collect();
    parts.join("/")
}

fn show(path: &Path) -> Box<str> {
    text(path.as_os_str()).into()
}

/// A name as text. A byte that is no UTF-8 becomes `%` and two hexadecimal digits, so that names which differ in it do
/// not become the same.
fn text(name: &OsStr) -> Cow<'_, str> {
    if let Some(text) = name.to_str() {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    Cow::Owned(text)
}

fn reject(folder: &Path, error: &walkdir::Error) -> Reject {
    let uri = show(error.path().unwrap_or(folder));
    if let Some(ancestor) = error.loop_ancestor() {
        return Reject::new(
            uri,
            RejectKind::LinkLoop,
            format!("the link leads back to {}", ancestor.display()),
        );
    }
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Reject::new(uri, RejectKind::Unreadable, reason)
}

fn glob_set(patterns: &[String]) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let trimmed = pattern.trim_end_matches('/');
        let anchored = trimmed.strip_prefix("./").or_else(|| trimmed.strip_prefix('/'));
        let full = match anchored {
            Some(anchored) => anchored.to_owned(),
            None if trimmed.contains('/') => trimmed.to_owned(),
            None => format!("**/{trimmed}"),
        };
        let glob = GlobBuilder::new(&full).literal_separator(true).build();
        set.add(glob.map_err(|error| Error::pattern(pattern, error))?);
    }
    set.build().map_err(|error| Error::pattern(&patterns.join(", "), error))
}
