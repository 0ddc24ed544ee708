//! The lists and test sets that filters name, read from files.

use corpus_filter::World;
use corpus_read::Options;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Lists below a folder.
#[derive(Clone, Debug)]
pub struct Lists {
    folder: PathBuf,
}

impl Lists {
    /// Those that are named below `folder`.
    pub const fn below(folder: PathBuf) -> Self {
        Lists { folder }
    }
}

impl World for Lists {
    fn list(&self, path: &Path) -> io::Result<String> {
        fs::read_to_string(self.folder.join(path))
    }

    fn examples(&self, path: &Path, example: &mut dyn FnMut(&str)) -> io::Result<()> {
        let records =
            corpus_read::open(&[self.folder.join(path)], &Options::new()).map_err(io::Error::other)?;
        for packed in records {
            let packed = packed.map_err(io::Error::other)?;
            let record = packed.unpack().map_err(io::Error::other)?;
            example(&String::from_utf8_lossy(&record.bytes));
        }
        Ok(())
    }
}
