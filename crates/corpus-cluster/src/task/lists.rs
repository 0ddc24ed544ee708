//! The lists and test sets that filters name, read from files.

use corpus_filter::World;
use corpus_read::Options;
use std::{
    cell::RefCell,
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// Lists below a folder.
#[derive(Clone, Debug)]
pub struct Lists {
    folder: PathBuf,
    /// Those that were asked for.
    read: RefCell<BTreeSet<PathBuf>>,
}

impl Lists {
    /// Those that are named below `folder`.
    pub const fn below(folder: PathBuf) -> Self {
        Lists { folder, read: RefCell::new(BTreeSet::new()) }
    }

    /// Those that were asked for, as they were named.
    pub(crate) fn read(self) -> BTreeSet<PathBuf> {
        self.read.into_inner()
    }

    fn path(&self, path: &Path) -> PathBuf {
        self.read.borrow_mut().insert(path.to_owned());
        self.folder.join(path)
    }
}

impl World for Lists {
    fn list(&self, path: &Path) -> io::Result<String> {
        fs::read_to_string(self.path(path))
    }

    fn examples(&self, path: &Path, example: &mut dyn FnMut(&str)) -> io::Result<()> {
        let records = corpus_read::open(&[self.path(path)], &Options::new()).map_err(io::Error::other)?;
        for packed in records {
            let packed = packed.map_err(io::Error::other)?;
            let record = packed.unpack().map_err(io::Error::other)?;
            example(&String::from_utf8_lossy(&record.bytes));
        }
        Ok(())
    }
}
