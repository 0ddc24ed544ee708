//! A list: an entry a line, with remarks.

use crate::{error::Error, world::World};
use std::path::PathBuf;

/// The lines of some files.
pub(crate) struct List(Vec<String>);

impl List {
    pub(crate) fn read(paths: &[PathBuf], world: &dyn World) -> Result<Self, Error> {
        let read =
            |path: &PathBuf| world.list(path).map_err(|cause| Error::List { path: path.clone(), cause });
        paths.iter().map(read).collect::<Result<_, _>>().map(List)
    }

    /// The entries: lines without blanks about them; what follows ` #` or begins with `#` is a remark.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &str> {
        let line = |line| {
            let line: &str = line;
            let end = if line.starts_with('#') { Some(0) } else { line.find(" #") };
            line[..end.unwrap_or(line.len())].trim()
        };
        self.0
            .iter()
            .flat_map(|file| file.trim_start_matches('\u{feff}').lines())
            .map(line)
            .filter(|entry| !entry.is_empty())
    }
}
