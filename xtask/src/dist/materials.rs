//! The software bill of materials: every package in the binary, as CycloneDX 1.6 JSON.

use crate::{metadata::Package, workspace::Workspace};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The bill of `root` and of the packages it links, each with the ids of those it links. It carries neither time
/// nor serial number, so that the same sources give the same bill.
pub(super) fn write(
    workspace: &Workspace,
    root: &Package,
    linked: &[(&Package, Vec<&str>)],
) -> Result<String> {
    let checksums = checksums(&workspace.read("Cargo.lock")?);
    let references: BTreeMap<_, _> =
        linked.iter().map(|(package, _)| (package.id.as_str(), reference(package))).collect();
    let others = linked.iter().filter(|(package, _)| package.id != root.id);
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component(root, "application", &checksums)},
        "components": others.map(|(package, _)| component(package, "library", &checksums)).collect::<Vec<_>>(),
        "dependencies": linked.iter().map(|(package, links)| {
            let mut links: Vec<_> = links.iter().filter_map(|id| references.get(id)).collect();
            links.sort();
            json!({"ref": reference(package), "dependsOn": links})
        }).collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&bill).context("failed to write the bill of materials")? + "\n")
}

fn component(package: &Package, kind: &str, checksums: &BTreeMap<(String, String), String>) -> Value {
    let mut component = json!({
        "type": kind,
        "bom-ref": reference(package),
        "name": package.name,
        "version": package.version,
        "purl": reference(package),
    });
    if let Some(description) = &package.description {
        component["description"] = json!(description.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if let Some(licence) = &package.license {
        component["licenses"] = json!([{"expression": licence.replace('/', " OR ")}]);
    }
    if let Some(checksum) = checksums.get(&(package.name.clone(), package.version.clone())) {
        component["hashes"] = json!([{"alg": "SHA-256", "content": checksum}]);
    }
    if let Some(repository) = &package.repository {
        component["externalReferences"] = json!([{"type": "vcs", "url": repository}]);
    }
    component
}

/// The package's address, which names it everywhere.
fn reference(package: &Package) -> String {
    format!("pkg:cargo/{}@{}", package.name, package.version)
}

/// SHA-256 of each package that Cargo.lock pins, by name and version.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let packages = lock.split("[[package]]").skip(1);
    packages
        .filter_map(|package| {
            let field = |name: &str| {
                let value = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))?;
                Some(value.trim_matches('"').to_owned())
            };
            Some(((field("name")?, field("version")?), field("checksum")?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_lock() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"ff\"\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n";
        let checksums = checksums(lock);
        assert_eq!(checksums.len(), 1);
        assert_eq!(checksums[&("a".to_owned(), "1.0.0".to_owned())], "ff");
    }
}
