//! The corpus directory: where each file lies.

use std::path::{Path, PathBuf};

/// The manifest, which alone says what belongs to the corpus.
pub(crate) const MANIFEST: &str = "manifest.sqlite";
/// A copy of the manifest, made at the end of each command that writes.
pub(crate) const BACKUP: &str = "manifest.backup.sqlite";
/// Locked by the one process that writes; holds its number.
pub(crate) const WRITER_LOCK: &str = "writer.lock";
/// Locked, together, by all processes that read.
pub(crate) const READERS_LOCK: &str = "readers.lock";
/// The full-text index.
pub(crate) const INDEX: &str = "index";

/// Whether there is a corpus at `path`: a folder with a manifest, or with what was its copy.
pub fn is_corpus(path: &Path) -> bool {
    path.join(MANIFEST).is_file() || path.join(BACKUP).is_file()
}

/// The folders that hold parts, and nothing but parts.
pub(crate) fn part_folders(directory: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> =
        ["documents", "sources", "links"].iter().map(|name| directory.join(name)).collect();
    let layers = std::fs::read_dir(directory.join("annotations")).into_iter().flatten().flatten();
    folders.extend(layers.map(|entry| entry.path()).filter(|path| path.is_dir()));
    folders
}
