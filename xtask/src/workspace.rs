//! The repository: where it lies and what Cargo says of it.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

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
}
