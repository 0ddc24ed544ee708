//! The rules that the repository keeps and that no compiler checks.
//!
//! Each rule has a file of its own and gives [`Finding`]s; `cargo xtask tidy` prints them, and a test of the
//! workspace fails on them.

mod layout;
mod licences;
mod manifests;
mod seeds;
mod snapshots;
mod sources;

use crate::{args::Args, metadata::Metadata, workspace::Workspace};
use anyhow::{Result, bail};
use std::{fmt, path::PathBuf};

/// Something that is not as it should be, and what mends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, inside the repository.
    pub path: PathBuf,
    /// Number of the line, from 1, where one is meant.
    pub line: Option<usize>,
    /// What is wrong, in a lower-case fragment.
    pub wrong: String,
    /// What mends it: a command or a deed.
    pub mend: String,
}

impl Finding {
    fn new(path: impl Into<PathBuf>, wrong: impl Into<String>, mend: impl Into<String>) -> Self {
        Finding { path: path.into(), line: None, wrong: wrong.into(), mend: mend.into() }
    }

    fn at(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; {}", self.wrong, self.mend)
    }
}

/// Everything that breaks a rule, by file.
///
/// # Errors
/// Where a file cannot be read or Cargo does not answer.
pub fn check(workspace: &Workspace) -> Result<Vec<Finding>> {
    let metadata = Metadata::load(workspace)?;
    let mut findings = Vec::new();
    findings.extend(sources::check(workspace)?);
    findings.extend(seeds::check(workspace)?);
    findings.extend(snapshots::check(workspace)?);
    findings.extend(layout::check(workspace, &metadata)?);
    findings.extend(manifests::check(workspace, &metadata)?);
    findings.extend(licences::check(workspace, &metadata)?);
    findings.sort();
    Ok(findings)
}

/// `cargo xtask tidy`.
pub(crate) fn run(workspace: &Workspace, args: Args) -> Result<()> {
    args.finish()?;
    let findings = check(workspace)?;
    let lines: Vec<_> = findings.iter().map(|finding| format!("{finding}\n")).collect();
    crate::print(&lines.concat());
    match findings.len() {
        0 => Ok(()),
        n_findings => bail!("{n_findings} findings; each line above ends with what mends it"),
    }
}
