//! Programs that chores run.

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::{
    path::Path,
    process::{Command, Stdio},
};

/// A program in the repository's folder, with arguments parted by spaces.
pub(crate) fn command(workspace: &Workspace, line: &str) -> Command {
    let mut words = line.split_whitespace();
    let program = match words.next() {
        Some("cargo") => std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()),
        program => program.unwrap_or_default().to_owned(),
    };
    let mut command = Command::new(program);
    command.args(words).current_dir(workspace.root());
    command
}

/// What a program writes to standard output; its messages go where ours go.
///
/// # Errors
/// Where it cannot be started, fails or writes no UTF-8.
pub(crate) fn output(mut command: Command) -> Result<String> {
    let shown = shown(&command);
    let run = || format!("failed to run `{shown}`");
    let output = command.stderr(Stdio::inherit()).output().with_context(run)?;
    if !output.status.success() {
        bail!("`{shown}` failed: {}", output.status);
    }
    String::from_utf8(output.stdout).with_context(run)
}

/// Runs a program whose output goes where ours goes.
///
/// # Errors
/// Where it cannot be started or fails.
pub(crate) fn run(mut command: Command) -> Result<()> {
    let shown = shown(&command);
    let status = command.status().with_context(|| format!("failed to run `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed: {status}");
    }
    Ok(())
}

/// A command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
