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
use std::{fmt::Write, fs, path::Path, process::Command};

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
    // Cargo builds its profile `dev` into a folder of another name.
    let folder = if profile == "dev" { "debug" } else { &profile };
    let binary = workspace.target(folder).join(format!("corpus{}", std::env::consts::EXE_SUFFIX));
    let metadata = Metadata::load(workspace)?;
    let root = metadata.member(SHIPPED).with_context(|| format!("no crate is called {SHIPPED}"))?;
    let linked = metadata.linked(root);
    let name = format!("corpus-{}-{}", root.version, metadata::host(workspace)?);
    let corpus = |words: &[&str]| -> Result<Vec<u8>> {
        let mut command = Command::new(&binary);
        command.args(words).current_dir(workspace.root());
        Ok(process::output(command)?.into_bytes())
    };

    let mut archive = Archive::new(&name);
    archive.program(&format!("corpus{}", std::env::consts::EXE_SUFFIX), read(&binary)?);
    for record in RECORDS {
        archive.file(record, read(&workspace.path(record))?);
    }
    for (shell, file) in SHELLS {
        archive.file(&format!("completions/{file}"), corpus(&["completions", shell])?);
    }
    let pages = workspace.target("man");
    let failed = || format!("failed to list {}", pages.display());
    if pages.exists() {
        fs::remove_dir_all(&pages).with_context(|| format!("failed to empty {}", pages.display()))?;
    }
    corpus(&["man", "--output", &pages.to_string_lossy()])?;
    for page in fs::read_dir(&pages).with_context(failed)? {
        let path = page.with_context(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        archive.file(&format!("man/{name}"), read(&path)?);
    }
    archive.file("THIRD-PARTY.md", notices::write(&linked)?.into_bytes());
    let materials = materials::write(workspace, root, &linked)?;
    archive.file("corpus.cdx.json", materials.clone().into_bytes());

    let folder = workspace.target("distrib");
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

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("failed to read {}", path.display()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
