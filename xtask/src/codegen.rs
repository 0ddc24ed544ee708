//! Files that are written by programs: the reference of the command line, the JSON Schema, the table of parsers.

use crate::{args::Args, process, workspace::Workspace};
use anyhow::{Context, Result, bail};

/// A file, and the words after `corpus` that print it.
struct Generated {
    path: &'static str,
    words: &'static str,
}

/// Every generated file. Completions and man pages are large and in no one's way: `dist` makes them.
const GENERATED: &[Generated] = &[
    Generated { path: "docs/cli.md", words: "reference" },
    Generated { path: "docs/parsers.md", words: "reference --parsers" },
    Generated { path: "docs/schema/document.json", words: "schema" },
];

/// `cargo xtask codegen [--check]`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let check = args.flag("--check");
    args.finish()?;
    let mut stale = Vec::new();
    for file in GENERATED {
        let line = format!("cargo run --quiet --locked --package corpus-cli -- {}", file.words);
        let new = process::output(process::command(workspace, &line))
            .with_context(|| format!("no {}", file.path))?;
        let old = workspace.path(file.path).exists().then(|| workspace.read(file.path)).transpose()?;
        if old.as_deref() == Some(new.as_str()) {
            continue;
        }
        stale.push(file.path);
        if !check {
            workspace.write(file.path, new)?;
        }
    }
    let stale = stale.join(", ");
    if check && !stale.is_empty() {
        bail!("out of date: {stale}; `cargo xtask codegen` writes them");
    }
    if !stale.is_empty() {
        crate::print(&format!("written: {stale}\n"));
    }
    Ok(())
}

/// `cargo xtask codegen --check`, as a step.
pub(crate) fn check(workspace: &Workspace, args: Args) -> Result<()> {
    args.finish()?;
    run(workspace, Args::new(["--check".to_owned()]))
}
