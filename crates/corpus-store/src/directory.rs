//! The corpus directory: where each file lies.

use crate::error::Error;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The manifest, which alone says what belongs to the corpus.
pub(crate) const MANIFEST: &str = "manifest.sqlite";
/// A copy of the manifest, made at the end of each command that writes.
pub(crate) const BACKUP: &str = "manifest.backup.sqlite";
/// A manifest that was damaged, kept beside the copy that took its place.
pub(crate) const DAMAGED: &str = "manifest.damaged.sqlite";
/// Locked by the one process that writes; holds its number.
pub(crate) const WRITER_LOCK: &str = "writer.lock";
/// Locked, together, by all processes that read.
pub(crate) const READERS_LOCK: &str = "readers.lock";
/// The full-text index.
pub(crate) const INDEX: &str = "index";
/// An index that is made while the corpus is.
pub(crate) const FRESH_INDEX: &str = "index.new";

/// Whether there is a corpus at `path`: a folder with a manifest, or with what was its copy.
pub fn is_corpus(path: &Path) -> bool {
    path.join(MANIFEST).is_file() || path.join(BACKUP).is_file()
}

/// The folders that hold parts, and nothing but parts.
pub(crate) fn part_folders(directory: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> =
        ["documents", "sources", "links"].iter().map(|name| directory.join(name)).collect();
    let layers = fs::read_dir(directory.join("annotations")).into_iter().flatten().flatten();
    folders.extend(layers.map(|entry| entry.path()).filter(|path| path.is_dir()));
    folders
}

/// Gives a file that was just written its name, in the place of what has it, so that either is there whole even where
/// the power fails.
pub(crate) fn name_synced(temporary: &Path, path: &Path) -> Result<(), Error> {
    let name = || {
        fs::File::options().write(true).open(temporary)?.sync_all()?;
        fs::rename(temporary, path)?;
        // Not every system opens folders; those that do not sync them by themselves.
        match path.parent().map(fs::File::open) {
            Some(Ok(folder)) => folder.sync_all(),
            _ => Ok(()),
        }
    };
    name().map_err(|error| Error::io("write", path, error))
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove_folder(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", path, error)),
        _ => Ok(()),
    }
}
