//! Rust files: how each opens, how long it is, what no file holds.

use super::Finding;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;

/// The most lines a file may have, rows of tables not counted.
const MAX_LINES: usize = 600;

/// What no file holds. Written in two halves, since this file is checked as well.
const BANNED: &[&str] = &[
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("#[", "ignore"),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
];

/// The modules of the standard library that reach for the world, which `corpus-core` never does.
const WORLD: &[&str] = &["env", "fs", "net", "process", "thread", "time"];

/// Checks every Rust file.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for folder in ["crates", "tests", "xtask"] {
        for path in workspace.files(folder)? {
            if path.extension().is_some_and(|extension| extension == "rs") {
                check_file(&path, &workspace.read(&path)?, &mut findings);
            }
        }
    }
    Ok(findings)
}

fn check_file(path: &Path, text: &str, findings: &mut Vec<Finding>) {
    if !text.starts_with("//! ") {
        let wrong = "does not open with a `//!` sentence";
        findings.push(Finding::new(path, wrong, "say in its first line what the file is"));
    }
    let n_lines = text.lines().filter(|line| !is_table_row(line)).count();
    if n_lines > MAX_LINES {
        let wrong = format!("has {n_lines} lines, more than {MAX_LINES}");
        findings.push(Finding::new(path, wrong, "divide it where a second noun appears"));
    }
    if path.ends_with("mod.rs") && path.iter().any(|folder| folder == "src") {
        findings.push(Finding::new(path, "is a mod.rs", "name the file after its module"));
    }
    for (number, line) in text.lines().enumerate() {
        for banned in BANNED.iter().filter(|banned| line.contains(**banned)) {
            let wrong = format!("holds {banned:?}");
            findings.push(Finding::new(path, wrong, "finish it or take it out").at(number + 1));
        }
    }
    if path.starts_with("crates/corpus-core/src") {
        for (number, module) in world_used(text) {
            let wrong = format!("reaches for std::{module}");
            let mend = "let the caller do it: corpus-core knows no file, clock, environment or thread";
            findings.push(Finding::new(path, wrong, mend).at(number));
        }
    }
}

/// Whether a line is a row of a table: a literal or a group of them, and a comma.
fn is_table_row(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(',')
        && ["\"", "'", "(\"", "('", "b\"", "(b\"", "&[\""].iter().any(|head| line.starts_with(head))
}

/// Where a file names a module of [`WORLD`]: by its path, or in a group `use std::{…}`.
fn world_used(text: &str) -> Vec<(usize, &'static str)> {
    let mut used = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        let names = |module: &&&str| holds_path(code, &format!("std::{module}"));
        used.extend(WORLD.iter().filter(names).map(|module| (number + 1, *module)));
    }
    for (at, head) in text.match_indices("use std::{") {
        let number = text[..at].matches('\n').count() + 1;
        let group = imports(&text[at + head.len()..]);
        used.extend(WORLD.iter().filter(|module| group.contains(module)).map(|module| (number, *module)));
    }
    used
}

/// Whether `code` holds `path`, not as the beginning of a longer name.
fn holds_path(code: &str, path: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(path).any(|(at, _)| !code[at + path.len()..].starts_with(goes_on))
}

/// The first name of each import of a group, up to its closing bracket: `fmt::{self, Write}, fs}` has `fmt`, `fs`.
fn imports(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (1, 0, Vec::new());
    for (at, c) in group.char_indices() {
        depth = match c {
            '{' => depth + 1,
            '}' => depth - 1,
            _ => depth,
        };
        if depth == 0 || (depth == 1 && c == ',') {
            let import = group[start..at].trim();
            names.push(import.split("::").next().unwrap_or(import));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_may_not_reach_for_the_world() {
        assert_eq!(world_used("use std::fs;\n"), [(1, "fs")]);
        assert_eq!(world_used("use std::{\n    fmt,\n    fs::File,\n};\n"), [(1, "fs")]);
        assert_eq!(world_used("use std::{borrow::Cow, env};\n"), [(1, "env")]);
        assert_eq!(world_used("use std::{fmt::{self, Write}, ops::Range};\nuse crate::{time, net};\n"), []);
        assert_eq!(world_used("let x = std::timeless::y; // std::fs\n"), []);
    }

    #[test]
    fn a_file_says_what_it_is() {
        let mut findings = Vec::new();
        check_file(Path::new("crates/a/src/b.rs"), "fn main() {}\n", &mut findings);
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn rows_of_tables_are_free() {
        assert!(is_table_row("    \"word\","));
        assert!(is_table_row("(\"from\", \"to\"),"));
        assert!(!is_table_row("call(\"word\", 1),"));
    }
}
