//! Manifests: each crate says what it is, and shares licence, versions and lints.

use super::{Finding, layout::manifest};
use crate::{metadata::Metadata, workspace::Workspace};
use anyhow::Result;

/// Lines that every manifest of ours holds.
const SHARED: &[&str] = &["version.workspace = true", "edition.workspace = true", "license.workspace = true"];

/// Checks every manifest of the workspace.
pub(super) fn check(workspace: &Workspace, metadata: &Metadata) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for package in metadata.members() {
        let path = manifest(workspace, package);
        let text = workspace.read(&path)?;
        if package.description.as_deref().is_none_or(|description| description.trim().is_empty()) {
            findings.push(Finding::new(&path, "says not what it is", "add a `description`"));
        }
        for line in SHARED.iter().filter(|line| !text.contains(**line)) {
            findings.push(Finding::new(&path, "does not share what all share", format!("add `{line}`")));
        }
        if !text.contains("[lints]\nworkspace = true") {
            let mend = "add `[lints]` with `workspace = true`";
            findings.push(Finding::new(&path, "does not share the lints", mend));
        }
        for (number, line) in text.lines().enumerate() {
            if states_version(line) {
                let wrong = "states a version of its own";
                let mend = "put it under [workspace.dependencies] in Cargo.toml and write `workspace = true`";
                findings.push(Finding::new(&path, wrong, mend).at(number + 1));
            }
        }
    }
    Ok(findings)
}

/// Whether a line of a manifest gives a dependency a version: `name = "1.0"` or `name = { version = "1.0" }`.
fn states_version(line: &str) -> bool {
    let Some((name, value)) = line.split_once('=') else { return false };
    let value = value.trim();
    let is_number =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '^' | '=' | '~'));
    let plain = value.strip_prefix('"').is_some_and(is_number) && !name.trim_start().starts_with('#');
    plain || (value.starts_with('{') && value.contains("version = \""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_stand_in_one_place() {
        assert!(states_version("serde = \"1.0\""));
        assert!(states_version("serde = { version = \"1.0\", features = [\"derive\"] }"));
        assert!(!states_version("serde = { workspace = true, features = [\"derive\"] }"));
        assert!(!states_version("name = \"corpus-core\""));
    }
}
