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

/// The crate that holds the list of parsers we ship.
const SHIPPED: &str = "corpus-cli";

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
            findings.extend(check_shipped(workspace, metadata, package)?);
        }
    }
    Ok(findings)
}

/// A parser crate of the workspace is a dependency of the crate with the list, and stands on the list.
fn check_shipped(workspace: &Workspace, metadata: &Metadata, parser: &Package) -> Result<Vec<Finding>> {
    let name = &parser.name;
    let mut findings = Vec::new();
    let shipped = metadata.member(SHIPPED);
    if !shipped.is_some_and(|cli| cli.dependencies.iter().any(|dependency| dependency.name == *name)) {
        let mend = format!("add `{name} = {{ path = \"../{name}\" }}` to crates/{SHIPPED}/Cargo.toml");
        findings.push(Finding::new(
            manifest(workspace, parser),
            "is a parser crate that does not ship",
            mend,
        ));
        return Ok(findings);
    }
    let path = format!("{}::", name.replace('-', "_"));
    let sources = workspace.files(Path::new("crates").join(SHIPPED).join("src"))?;
    for source in sources {
        if workspace.read(&source)?.contains(&path) {
            return Ok(findings);
        }
    }
    let mend = format!("add its line to `registry()` in crates/{SHIPPED}/src");
    findings.push(Finding::new(manifest(workspace, parser), "is a parser crate missing from the list", mend));
    Ok(findings)
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
