//! A new seed: one small input that shows one behaviour, named for it.

use crate::{args::Args, workspace::Workspace};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// `cargo xtask seed add FILE [--name NAME]`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let name: Option<String> = args.option("--name")?;
    let verb = args.required("what to do with seeds (add)")?;
    if verb != "add" {
        bail!("unknown deed {verb:?}; known: add");
    }
    let file = PathBuf::from(args.required("the file to add")?);
    args.finish()?;
    let bytes = fs::read(&file).with_context(|| format!("failed to read {}", file.display()))?;
    let text = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (text(file.file_stem()), text(file.extension()));
    let stem = name.unwrap_or(stem);
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if stem.is_empty() || !stem.chars().all(is_name) {
        bail!("{stem:?} cannot be a seed's name; --name says the behaviour, such as byline-after-title");
    }
    if extension.is_empty() {
        bail!("{} has no extension, which names the folder and the kind of page", file.display());
    }
    let seed = Path::new("tests/seeds").join(&extension).join(format!("{stem}.{extension}"));
    if workspace.path(&seed).exists() {
        bail!("there is a {} already", seed.display());
    }
    if let Some(same) = same(workspace, &bytes)? {
        bail!("{} holds the same bytes", same.display());
    }
    workspace.write(&seed, bytes)?;
    crate::print(&format!(
        "{} is written. `INSTA_UPDATE=always cargo test -p corpus-tests` writes its snapshot: look at it.\n",
        seed.display()
    ));
    Ok(())
}

/// A seed with the same bytes.
fn same(workspace: &Workspace, bytes: &[u8]) -> Result<Option<PathBuf>> {
    for folder in ["seeds", "tests/seeds"] {
        for path in workspace.files(folder)? {
            let seed = fs::read(workspace.path(&path))
                .with_context(|| format!("failed to read {}", path.display()))?;
            if seed == bytes {
                return Ok(Some(path));
            }
        }
    }
    Ok(None)
}
