//! Arrows between crates: each layer may use those below it, and nothing beside or above.

use super::Finding;
use crate::{
    metadata::{Metadata, Package},
    workspace::Workspace,
};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// The layers, the lowest first. A crate under `crates/` that is not listed is a parser crate.
const LAYERS: &[&[&str]] = &[
    &["corpus-core"],
    &["corpus-read", "corpus-annotate", "corpus-dedup", "corpus-filter"],
    &["corpus-format"],
    &["corpus-store"],
    &["corpus-query", "corpus-export"],
    &["corpus-api"],
    &["corpus-cli", "corpus-cluster"],
];

/// The layer of parser crates: they know `corpus-core` and nothing else of ours.
const PARSERS: usize = 1;

/// What may use anything and is used by nothing but each other.
const OUTSIDE: &[&str] = &["corpus-tests", "xtask"];

/// The crates that hold a list of the parsers we ship; the last is in a workspace of its own.
const SHIPPED: [&str; 2] = ["corpus-cli", "corpus-cluster"];

/// Checks every dependency of one of our crates on another, and that each parser crate ships.
pub(super) fn check(workspace: &Workspace, metadata: &Metadata) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let members = metadata.members();
    for package in &members {
        let manifest = manifest(workspace, package);
        for dependency in &package.dependencies {
            let ours = members.iter().any(|member| member.name == dependency.name);
            if ours && dependency.kind.as_deref() != Some("dev") && !may_use(&package.name, &dependency.name)
            {
                let wrong = format!("{} depends on {}, against the layout", package.name, dependency.name);
                let mend = "move what both need to a crate below, as ARCHITECTURE.md draws it";
                findings.push(Finding::new(&manifest, wrong, mend));
            }
        }
        if is_parser(package, workspace) {
            for list in SHIPPED {
                findings.extend(check_shipped(workspace, list, package)?);
            }
        }
    }
    Ok(findings)
}

/// A parser crate of the workspace is a dependency of a crate with a list, and stands on the list.
fn check_shipped(workspace: &Workspace, list: &str, parser: &Package) -> Result<Option<Finding>> {
    let name = &parser.name;
    let folder = Path::new("crates").join(list);
    let dependencies = workspace.read(folder.join("Cargo.toml"))?;
    if !dependencies.lines().any(|line| is_dependency(line, name)) {
        let mend = format!("add `{name} = {{ path = \"../{name}\" }}` to crates/{list}/Cargo.toml");
        let wrong = format!("is a parser crate that does not ship in {list}");
        return Ok(Some(Finding::new(manifest(workspace, parser), wrong, mend)));
    }
    let path = format!("{}::", name.replace('-', "_"));
    for source in workspace.files(folder.join("src"))? {
        if workspace.read(&source)?.contains(&path) {
            return Ok(None);
        }
    }
    let mend = format!("add its line to `registry()` in crates/{list}/src");
    let wrong = format!("is a parser crate missing from the list of {list}");
    Ok(Some(Finding::new(manifest(workspace, parser), wrong, mend)))
}

/// Whether a line of a manifest names a crate: `corpus-feed = …`, `corpus-feed.workspace = …`.
fn is_dependency(line: &str, name: &str) -> bool {
    line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
}

fn is_parser(package: &Package, workspace: &Workspace) -> bool {
    manifest(workspace, package).starts_with("crates") && !LAYERS.concat().contains(&package.name.as_str())
}

fn may_use(user: &str, used: &str) -> bool {
    if OUTSIDE.contains(&user) {
        return true;
    }
    !OUTSIDE.contains(&used) && layer(used) < layer(user)
}

fn layer(name: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&name)).unwrap_or(PARSERS)
}

/// The manifest of a package, inside the repository.
pub(super) fn manifest(workspace: &Workspace, package: &Package) -> PathBuf {
    let path = &package.manifest_path;
    path.strip_prefix(workspace.root()).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_is_named_by_its_whole_name() {
        for line in ["corpus-feed = { path = \"../corpus-feed\" }", "corpus-feed.workspace = true"] {
            assert!(is_dependency(line, "corpus-feed"), "{line}");
        }
        for line in ["corpus-feeds = \"1\"", "# corpus-feed", ""] {
            assert!(!is_dependency(line, "corpus-feed"), "{line}");
        }
    }

    #[test]
    fn arrows_point_down_only() {
        assert!(may_use("corpus-cli", "corpus-core"));
        assert!(may_use("corpus-feed", "corpus-core"));
        assert!(may_use("corpus-tests", "xtask"));
        assert!(!may_use("corpus-core", "corpus-read"));
        assert!(!may_use("corpus-read", "corpus-dedup"), "neighbours do not know each other");
        assert!(!may_use("corpus-feed", "corpus-read"));
        assert!(!may_use("corpus-cli", "xtask"));
    }
}
