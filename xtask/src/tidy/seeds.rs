//! The five seeds, byte for byte, and nothing else beside them.

use super::Finding;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// Name, length in bytes and BLAKE3 of each seed.
const SEEDS: &[(&str, usize, &str)] = &[
    ("000_5736776905da398d.txt", 6908, "a0a02651f1f5caf97c477a21bcd297ef6ceefa8e0d04c49f1536ca69d3500f24"),
    ("001_d479b18a8ff2a215.txt", 6220, "6a008b00002d459a4a6d0e20af79fd7fbff22931ed6ff67102198261bbeac999"),
    ("002_080d1da5f101e41c.txt", 9241, "bcc3e7ded9c775401e443d1251c92a74f74e2d34d6115a1a8aba36a5c4467ef7"),
    ("003_01530ee491984323.txt", 9516, "3c4f58223aa141f443f596a9ff8b0508b1fd536a8f02104c1ce9ff128960b302"),
    ("004_d39da396d78fef58.txt", 13021, "56c4d13c3e6456253eb0efcaae24982cdbd51d7cea34cf72ffa148fcfdff901d"),
];

/// Checks the folder `seeds`.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for path in workspace.files("seeds")? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !SEEDS.iter().any(|(seed, ..)| *seed == name) {
            findings.push(Finding::new(&path, "is none of the five seeds", "move it to tests/seeds"));
        }
    }
    for (name, n_bytes, hash) in SEEDS {
        let path = Path::new("seeds").join(name);
        if !workspace.path(&path).exists() {
            findings.push(Finding::new(&path, "is missing", "take it back: `git checkout -- seeds`"));
            continue;
        }
        let bytes =
            fs::read(workspace.path(&path)).with_context(|| format!("failed to read {}", path.display()))?;
        if bytes.len() != *n_bytes || blake3::hash(&bytes).to_hex().as_str() != *hash {
            findings.push(Finding::new(&path, "has changed", "take it back: `git checkout -- seeds`"));
        }
    }
    Ok(findings)
}
