//! The licences of what we build on: each package, and each text once.

use crate::metadata::Package;
use anyhow::{Context, Result};
use std::{collections::BTreeMap, fmt::Write, fs};

/// How the name of a file with a licence begins.
const NAMES: &[&str] = &["licen", "copying", "notice", "unlicense"];

/// A page of all packages that are not ours with their licences, then of all texts.
pub(super) fn write(linked: &[(&Package, Vec<&str>)]) -> Result<String> {
    let mut page = "# What Corpus is built on\n\n| package | version | licence |\n|---|---|---|\n".to_owned();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (package, _) in linked.iter().filter(|(package, _)| package.source.is_some()) {
        let licence = package.license.as_deref().unwrap_or("");
        let _ = writeln!(page, "| {} | {} | {licence} |", package.name, package.version);
        for text in licence_texts(package)? {
            texts.entry(text).or_default().push(package.name.clone());
        }
    }
    for (text, packages) in texts {
        let _ = write!(page, "\n## {}\n\n```text\n{text}\n```\n", packages.join(", "));
    }
    Ok(page)
}

/// The texts that a package brings.
fn licence_texts(package: &Package) -> Result<Vec<String>> {
    let folder = package.manifest_path.parent().context("a manifest lies in no folder")?;
    let failed = || format!("failed to read the licences of {}", package.name);
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        let path = entry.with_context(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_file() && NAMES.iter().any(|head| name.starts_with(head)) {
            let bytes = fs::read(&path).with_context(failed)?;
            texts.push(String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim().to_owned());
        }
    }
    texts.sort();
    Ok(texts)
}
