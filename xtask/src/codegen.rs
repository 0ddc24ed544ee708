//! Files that programs write: the reference of the command line, the JSON Schema, the table of parsers.

use crate::{args::Args, process, workspace::Workspace};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{fmt::Write, process::Command};

/// A file, and where its content comes from.
struct Generated {
    path: &'static str,
    /// The words after `corpus` that print it.
    words: &'static str,
    /// Makes the file of what is printed.
    render: fn(String) -> Result<String>,
}

/// Every generated file. Completions and man pages are made by `dist`, where they are needed.
const GENERATED: &[Generated] = &[
    Generated { path: "docs/cli.md", words: "reference", render: Ok },
    Generated { path: "docs/parsers.md", words: "parsers --format jsonl", render: parsers },
    Generated { path: "docs/schema/document.json", words: "schema", render: Ok },
];

/// `cargo xtask codegen [--check]`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let check = args.flag("--check");
    args.finish()?;
    // Built as the tests build it: any other choice of targets has other features, and builds every dependency again.
    process::run(process::command(workspace, "cargo test --quiet --locked --workspace --test cli --no-run"))?;
    let program = workspace.target(format!("debug/corpus{}", std::env::consts::EXE_SUFFIX));
    let mut stale = Vec::new();
    for file in GENERATED {
        let mut command = Command::new(&program);
        command.args(file.words.split_whitespace()).current_dir(workspace.root());
        let printed = process::output(command);
        let new = printed.and_then(file.render).with_context(|| format!("failed to make {}", file.path))?;
        let is_there = workspace.path(file.path).exists();
        if is_there && workspace.read(file.path)? == new {
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

/// A parser, as `corpus parsers` prints it.
#[derive(Debug, Deserialize)]
struct Parser {
    name: String,
    media_types: Vec<String>,
    description: String,
}

/// The table of parsers.
fn parsers(lines: String) -> Result<String> {
    let mut page = "# Parsers\n\n\
        What ships, those asked first on top. A record goes to the first that claims its media type, else to the\n\
        first that knows its first bytes. Written by `cargo xtask codegen`.\n\n\
        | name | reads | media types |\n|---|---|---|\n"
        .to_owned();
    for line in lines.lines() {
        let parser: Parser =
            serde_json::from_str(line).context("failed to read what `corpus parsers` says")?;
        let types: Vec<_> = parser.media_types.iter().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(page, "| `{}` | {} | {} |", parser.name, parser.description, types.join(", "));
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_parser_has_a_row() {
        let line =
            r#"{"name":"minutes","media_types":["text/a","text/b"],"description":"minutes of a meeting"}"#;
        let page = parsers(format!("{line}\n")).unwrap();
        assert!(page.ends_with("| `minutes` | minutes of a meeting | `text/a`, `text/b` |\n"), "{page}");
        assert!(parsers("not JSON\n".to_owned()).is_err());
    }
}
