//! A folder of results: one file a document.

use crate::{failure::Failure, output::refuse_input};
use corpus_core::Document;
use corpus_export::ending::is_folder;
use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

/// A folder of results. Each document has a file of its own, named as its source is, so that no two get in each
/// other's way: `pages/a.txt` becomes `FOLDER/pages/a.txt`, the eighth record of `pile.jsonl`
/// `FOLDER/pile.jsonl/000007.txt`.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at `path`, if `path` is one, or is written as one with a slash at its end. It must not lie in what
    /// is read.
    ///
    /// # Errors
    /// When it would be read by the same command.
    pub(crate) fn at(path: &Path, inputs: &[PathBuf]) -> Result<Option<Self>, Failure> {
        if !is_folder(path) {
            return Ok(None);
        }
        refuse_input(path, inputs)?;
        Ok(Some(Folder { path: path.to_owned() }))
    }

    /// The file for a document, the `nth` of its record from 0.
    pub(crate) fn file(&self, document: &Document, nth: usize, extension: &str) -> PathBuf {
        let source = &document.source;
        let mut file = self.path.clone();
        for component in Path::new(if source.uri == "-" { "stdin" } else { &source.uri }).components() {
            match component {
                Component::Normal(name) => file.push(name),
                Component::ParentDir => file.push("_"),
                _ => {}
            }
        }
        if let Some(place) = &source.record {
            file.push(format!("{:06}", place.index));
        }
        let has_extension = file.extension().is_some_and(|own| own == extension);
        let stem = if has_extension { file.file_stem() } else { file.file_name() };
        let mut name = stem.unwrap_or_default().to_os_string();
        if nth > 0 {
            name.push(format!("-{}", nth + 1));
        }
        name.push(format!(".{extension}"));
        file.with_file_name(name)
    }

    /// Writes `bytes` to `file`, and makes the folders it lies in.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write(&self, file: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let written = match fs::write(file, bytes) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, bytes))
            }
            written => written,
        };
        written.map_err(|error| Failure::write(file, &error))
    }
}
