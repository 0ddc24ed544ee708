//! The gold: where it lies, and its rows.

use crate::workspace::Workspace;
use anyhow::{Context, Result, anyhow};
use ruzstd::decoding::StreamingDecoder;
use serde::de::DeserializeOwned;
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

/// The widest window a zstd file may ask for, in bytes: what `zstd --long=27` writes.
const MAX_WINDOW: u64 = 1 << 27;

/// The folder that holds `gold/` and `data/`.
#[derive(Debug)]
pub(crate) struct Data {
    folder: PathBuf,
}

impl Data {
    /// The folder the user names, else `shared` beside the repository.
    pub(crate) fn new(workspace: &Workspace, folder: Option<PathBuf>) -> Self {
        let beside = workspace.root().parent().unwrap_or(workspace.root()).join("shared");
        Data { folder: folder.unwrap_or(beside) }
    }

    /// The file `relative`; where it is not there, says so on standard error and gives nothing, since the gold is
    /// not part of the repository.
    pub(crate) fn file(&self, relative: &str) -> Option<PathBuf> {
        let path = self.folder.join(relative);
        if path.exists() {
            return Some(path);
        }
        eprintln!("left out: no {relative} in {}; name its folder with --data DIR", self.folder.display());
        None
    }
}

/// The content of a file, unpacked where it is zstd.
///
/// # Errors
/// Where it cannot be opened, with its name.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>> {
    let failed = || format!("failed to open {}", path.display());
    let file = BufReader::new(fs::File::open(path).with_context(failed)?);
    if path.extension().is_none_or(|extension| extension != "zst") {
        return Ok(Box::new(file));
    }
    let decoder = StreamingDecoder::new_with_max_window_size(file, MAX_WINDOW);
    Ok(Box::new(decoder.map_err(|error| anyhow!("{error}")).with_context(failed)?))
}

/// The rows of a JSON Lines file, plain or zstd, one at a time.
pub(crate) fn rows<T: DeserializeOwned>(path: &Path) -> Result<impl Iterator<Item = Result<T>>> {
    let name = path.display().to_string();
    let lines = BufReader::with_capacity(1 << 20, open(path)?).lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.as_ref().is_ok_and(|line| line.trim().is_empty()));
    Ok(lines.map(move |(number, line)| {
        let place = || format!("failed to read line {} of {name}", number + 1);
        serde_json::from_str(&line.with_context(place)?).with_context(place)
    }))
}

/// The name of a data set: its file's name without extensions, such as `roles-dev`.
pub(crate) fn set_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}
