//! The repository: where it lies, and its files.

use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// This repository's checkout.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The checkout this program was built in.
    ///
    /// # Errors
    /// Where the folder is gone.
    pub fn find() -> Result<Self> {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = crate_folder.parent().context("xtask lies in no repository")?;
        let root = root.canonicalize().with_context(|| format!("failed to open {}", root.display()))?;
        Ok(Workspace { root })
    }

    /// A path inside the repository.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// The repository's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the folder that Cargo builds into.
    pub(crate) fn target(&self, relative: impl AsRef<Path>) -> PathBuf {
        let folder =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
        self.root.join(folder).join(relative)
    }

    /// The text of a file inside the repository.
    ///
    /// # Errors
    /// Where it cannot be read, with its name.
    pub(crate) fn read(&self, relative: impl AsRef<Path>) -> Result<String> {
        let path = relative.as_ref();
        fs::read_to_string(self.path(path)).with_context(|| format!("failed to read {}", path.display()))
    }

    /// Writes a file inside the repository, and the folders it lies in.
    ///
    /// # Errors
    /// Where it cannot be written, with its name.
    pub(crate) fn write(&self, relative: impl AsRef<Path>, content: impl AsRef<[u8]>) -> Result<()> {
        let path = relative.as_ref();
        let full = self.path(path);
        let written =
            fs::create_dir_all(full.parent().unwrap_or(&self.root)).and_then(|()| fs::write(&full, content));
        written.with_context(|| format!("failed to write {}", path.display()))
    }

    /// Every file in `folder`, with those of its subfolders, in order, as paths inside the repository. What Cargo
    /// builds and what begins with a dot is left out. None where there is no such folder.
    ///
    /// # Errors
    /// Where a folder cannot be listed, with its name.
    pub(crate) fn files(&self, folder: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        if self.path(folder.as_ref()).is_dir() {
            self.list(folder.as_ref(), &mut files)?;
        }
        files.sort();
        Ok(files)
    }

    fn list(&self, folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
        let failed = || format!("failed to list {}", folder.display());
        for entry in fs::read_dir(self.path(folder)).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') || name == "target" {
                continue;
            }
            let path = folder.join(name);
            match entry.file_type().with_context(failed)?.is_dir() {
                true => self.list(&path, files)?,
                false => files.push(path),
            }
        }
        Ok(())
    }
}
