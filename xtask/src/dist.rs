//! A release archive: the binary, completions, man pages, licences, a bill of materials, checksums.
//!
//! The same sources give the same archive: entries are in order, belong to nobody and carry no time.

mod archive;
mod materials;
mod notices;

use crate::{
    args::Args,
    metadata::{self, Metadata},
    process,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use archive::Archive;
use sha2::{Digest, Sha256};
use std::{fmt::Write, fs, path::Path};

/// The crate whose binary ships.
const SHIPPED: &str = "corpus-cli";

/// Shells that get completions, and the file each looks for.
const SHELLS: &[(&str, &str)] = &[
    ("bash", "corpus.bash"),
    ("elvish", "corpus.elv"),
    ("fish", "corpus.fish"),
    ("powershell", "_corpus.ps1"),
    ("zsh", "_corpus"),
];

/// Files of the repository that go into the archive as they are.
const RECORDS: &[&str] = &["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// `cargo xtask dist [--profile NAME]`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let profile = args.option::<String>("--profile")?.unwrap_or_else(|| "dist".to_owned());
    args.finish()?;
    let build = format!("cargo build --locked --package {SHIPPED} --profile {profile}");
    process::run(process::command(workspace, &build))?;
    let binary = format!("target/{profile}/corpus{}", std::env::consts::EXE_SUFFIX);
    let metadata = Metadata::load(workspace)?;
    let root = metadata.member(SHIPPED).with_context(|| format!("no crate is called {SHIPPED}"))?;
    let linked = metadata.linked(root);
    let name = format!("corpus-{}-{}", root.version, metadata::host(workspace)?);
    let corpus = |words: &str| process::output(process::command(workspace, &format!("{binary} {words}")));

    let mut archive = Archive::new(&name);
    archive.program(&format!("corpus{}", std::env::consts::EXE_SUFFIX), read(workspace, &binary)?);
    for record in RECORDS {
        archive.file(record, read(workspace, record)?);
    }
    for (shell, file) in SHELLS {
        archive.file(&format!("completions/{file}"), corpus(&format!("completions {shell}"))?.into_bytes());
    }
    let pages = Path::new("target/dist-man");
    if workspace.path(pages).exists() {
        fs::remove_dir_all(workspace.path(pages)).context("failed to empty target/dist-man")?;
    }
    fs::create_dir_all(workspace.path(pages)).context("failed to make target/dist-man")?;
    corpus(&format!("man -o {}", pages.display()))?;
    for entry in fs::read_dir(workspace.path(pages)).context("failed to list target/dist-man")? {
        let page =
            entry.context("failed to list target/dist-man")?.file_name().to_string_lossy().into_owned();
        archive.file(&format!("man/{page}"), read(workspace, pages.join(&page))?);
    }
    archive.file("THIRD-PARTY.md", notices::write(&linked)?.into_bytes());
    let materials = materials::write(workspace, root, &linked)?;
    archive.file("corpus.cdx.json", materials.clone().into_bytes());

    let folder = Path::new("target/distrib");
    let outputs =
        [(format!("{name}.tar.gz"), archive.finish()?), (format!("{name}.cdx.json"), materials.into_bytes())];
    let mut sums = String::new();
    for (file, bytes) in &outputs {
        workspace.write(folder.join(file), bytes)?;
        let _ = writeln!(sums, "{}  {file}", hex(&Sha256::digest(bytes)));
    }
    workspace.write(folder.join("SHA256SUMS"), &sums)?;
    crate::print(&format!("in {}:\n{sums}", folder.display()));
    Ok(())
}

fn read(workspace: &Workspace, path: impl AsRef<Path>) -> Result<Vec<u8>> {
    let path = path.as_ref();
    fs::read(workspace.path(path)).with_context(|| format!("failed to read {}", path.display()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
