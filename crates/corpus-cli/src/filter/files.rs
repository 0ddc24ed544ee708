//! The files of a run: what is read, and the lists and test sets that the configuration names.

use crate::{failure::Failure, input::Input};
use corpus_filter::World;
use corpus_read::Options;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{
    cell::RefCell,
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// The files of a run.
pub(super) struct Files<'a> {
    input: &'a Input,
    /// Where the files that the configuration names are looked for.
    folder: PathBuf,
    /// Those that were read.
    lists: RefCell<BTreeSet<PathBuf>>,
}

/// A file with its hash.
#[derive(Debug, Serialize)]
pub(super) struct Hashed {
    path: PathBuf,
    /// `None` where it is a stream.
    bytes: Option<u64>,
    sha256: Option<String>,
}

impl<'a> Files<'a> {
    pub(super) fn new(input: &'a Input, folder: PathBuf) -> Self {
        Files { input, folder, lists: RefCell::default() }
    }

    /// What is read, as it was named.
    pub(super) fn inputs(&self) -> String {
        self.input.paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ")
    }

    /// Every file that was read, in the order in which it was.
    pub(super) fn read(&self) -> Result<Vec<Hashed>, Failure> {
        self.input.files()?.into_iter().map(hashed).collect()
    }

    /// Every list and test set that was read.
    pub(super) fn lists(&self) -> Vec<PathBuf> {
        self.lists.borrow().iter().cloned().collect()
    }

    /// These with their hashes.
    pub(super) fn named(&self) -> Result<Vec<Hashed>, Failure> {
        self.lists().into_iter().map(hashed).collect()
    }

    fn path(&self, path: &Path) -> PathBuf {
        let path = self.folder.join(path);
        self.lists.borrow_mut().insert(path.clone());
        path
    }
}

impl World for Files<'_> {
    fn list(&self, path: &Path) -> io::Result<String> {
        fs::read_to_string(self.path(path))
    }

    fn examples(&self, path: &Path, example: &mut dyn FnMut(&str)) -> io::Result<()> {
        let records = corpus_read::open(&[self.path(path)], &Options::new()).map_err(io::Error::other)?;
        for packed in records {
            let packed = packed.map_err(|reject| io::Error::other(reject.to_string()))?;
            let record = packed.unpack().map_err(|reject| io::Error::other(reject.to_string()))?;
            example(&String::from_utf8_lossy(&record.bytes));
        }
        Ok(())
    }
}

/// A file with its hash.
pub(super) fn hashed(path: PathBuf) -> Result<Hashed, Failure> {
    // What went through a pipe does not come again.
    let is_gone = |path: &Path| fs::metadata(path).is_ok_and(|found| !found.is_file());
    if path == Path::new("-") || is_gone(&path) {
        return Ok(Hashed { path, bytes: None, sha256: None });
    }
    let hash = || -> io::Result<(u64, String)> {
        let mut file = File::open(&path)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        let mut bytes = 0;
        loop {
            let n = file.read(&mut buffer)?;
            if n == 0 {
                break;
            }
            hasher.update(&buffer[..n]);
            bytes += n as u64;
        }
        let hex = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((bytes, hex))
    };
    let (bytes, sha256) = hash()
        .map_err(|cause| Failure::new(format_args!("read {} again for its hash: {cause}", path.display())))?;
    Ok(Hashed { bytes: Some(bytes), sha256: Some(sha256), path })
}

impl Hashed {
    /// The hash, in hex digits.
    pub(super) fn sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
    }
}
