//! What `cargo metadata` says of the packages of this workspace and of those they depend on.

use crate::{process, workspace::Workspace};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// The packages that a build for this machine uses.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    workspace_members: BTreeSet<String>,
    resolve: Resolve,
}

/// One package.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) id: String,
    pub(crate) description: Option<String>,
    /// SPDX expression.
    pub(crate) license: Option<String>,
    pub(crate) repository: Option<String>,
    /// Registry it comes from; `None` for a package of this workspace.
    pub(crate) source: Option<String>,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

/// Something that is built of a package.
#[derive(Debug, Deserialize)]
struct Target {
    kind: Vec<String>,
}

impl Package {
    /// Whether the package runs inside the compiler, and so is in no binary.
    fn is_macro(&self) -> bool {
        self.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "proc-macro"))
    }
}

/// A dependency that a manifest asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `dev` or `build`; `None` for an ordinary one.
    pub(crate) kind: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Debug, Deserialize)]
struct EdgeKind {
    kind: Option<String>,
}

impl Metadata {
    /// Asks Cargo.
    ///
    /// # Errors
    /// Where Cargo fails, such as when Cargo.lock is out of date.
    pub(crate) fn load(workspace: &Workspace) -> Result<Self> {
        let host = host(workspace)?;
        let line = format!("cargo metadata --format-version 1 --locked --filter-platform {host}");
        let json = process::output(process::command(workspace, &line))
            .context("is Cargo.lock up to date? `cargo metadata` writes it")?;
        serde_json::from_str(&json).context("failed to read what cargo metadata says")
    }

    /// The packages of this workspace, by name.
    pub(crate) fn members(&self) -> Vec<&Package> {
        let mut members: Vec<_> =
            self.packages.iter().filter(|package| self.workspace_members.contains(&package.id)).collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members
    }

    /// The package of this workspace called `name`.
    pub(crate) fn member(&self, name: &str) -> Option<&Package> {
        self.members().into_iter().find(|package| package.name == name)
    }

    /// The packages linked into `root`, itself included, each with the ids of those it links, by name and version.
    pub(crate) fn linked(&self, root: &Package) -> Vec<(&Package, Vec<&str>)> {
        let nodes: BTreeMap<_, _> = self.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let macros = self.packages.iter().filter(|package| package.is_macro());
        let macros: BTreeSet<_> = macros.map(|package| package.id.as_str()).collect();
        let links = |id: &str| -> Vec<&str> {
            let edges = nodes.get(id).map_or(&[][..], |node| &node.deps);
            let linked = edges.iter().filter(|edge| {
                edge.dep_kinds.iter().any(|kind| kind.kind.is_none()) && !macros.contains(edge.pkg.as_str())
            });
            linked.map(|edge| edge.pkg.as_str()).collect()
        };
        let mut found = BTreeMap::new();
        let mut open = vec![root.id.as_str()];
        while let Some(id) = open.pop() {
            if !found.contains_key(id) {
                let next = links(id);
                open.extend(&next);
                found.insert(id, next);
            }
        }
        let mut linked: Vec<_> = self
            .packages
            .iter()
            .filter_map(|package| Some((package, found.get(package.id.as_str())?.clone())))
            .collect();
        linked.sort_by(|(a, _), (b, _)| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        linked
    }
}

/// The triple of this machine, such as `x86_64-unknown-linux-gnu`.
///
/// # Errors
/// Where rustc does not say.
pub(crate) fn host(workspace: &Workspace) -> Result<String> {
    let about = process::output(process::command(workspace, "rustc -vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc -vV names no host")
}
