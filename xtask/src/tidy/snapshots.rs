//! Snapshots: none without its test or seed, no seed without its snapshot, none pending.

use super::Finding;
use crate::workspace::Workspace;
use anyhow::Result;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Accepting or deleting a snapshot is looking at it first.
const REVIEW: &str = "look at it, then accept it with `INSTA_UPDATE=always cargo test` or delete it";

/// Checks every folder of snapshots, and every folder of seeds.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut suffixes = BTreeSet::new();
    let files: Vec<PathBuf> = ["crates", "tests", "xtask"]
        .iter()
        .map(|folder| workspace.files(folder))
        .collect::<Result<Vec<_>>>()?
        .concat();
    let seeds: Vec<_> =
        files.iter().filter(|path| is_seed(path)).cloned().chain(workspace.files("seeds")?).collect();
    let known: BTreeSet<_> = seeds.iter().flat_map(|seed| names(seed)).collect();
    for path in &files {
        if is_pending(path) {
            findings.push(Finding::new(path, "is a snapshot that nobody accepted", REVIEW));
        }
        if path.extension().is_some_and(|extension| extension == "snap") {
            let (name, suffix) = name_and_suffix(path);
            check_snapshot(workspace, path, &name, suffix.as_deref(), &known, &mut findings)?;
            suffixes.extend(suffix);
        }
    }
    for seed in seeds {
        let names = names(&seed);
        if !suffixes.iter().any(|suffix| names.iter().any(|name| is_of(suffix, name))) {
            let mend = "let a test show it: `INSTA_UPDATE=always cargo test --workspace` writes its snapshot";
            findings.push(Finding::new(seed, "is a seed without a snapshot", mend));
        }
    }
    Ok(findings)
}

/// Holds one snapshot against its test and its seed.
fn check_snapshot(
    workspace: &Workspace,
    path: &Path,
    name: &str,
    suffix: Option<&str>,
    seeds: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let text = workspace.read(path)?;
    let source = header(&text, "source").map(|source| PathBuf::from(source.replace('\\', "/")));
    match &source {
        Some(source) if workspace.path(source).exists() => {
            if !workspace.read(source)?.contains(name) {
                let wrong = format!("has no test: nothing in {} is called {name:?}", source.display());
                findings.push(Finding::new(path, wrong, "delete it, or give the test its name back"));
            }
        }
        Some(source) => {
            let wrong = format!("has no test: there is no {}", source.display());
            findings.push(Finding::new(path, wrong, "delete it"));
        }
        None => findings.push(Finding::new(path, "does not say which test wrote it", REVIEW)),
    }
    if let Some(suffix) = suffix.filter(|suffix| !seeds.iter().any(|seed| is_of(suffix, seed))) {
        let wrong = format!("has no seed: none is called {suffix:?}");
        findings.push(Finding::new(path, wrong, "delete it, or give the seed its name back"));
    }
    Ok(())
}

/// The value of a field of a snapshot's header.
fn header<'a>(text: &'a str, field: &str) -> Option<&'a str> {
    let header = text.strip_prefix("---\n")?.split("\n---").next()?;
    let value = header.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))?;
    Some(value.trim().trim_matches('"'))
}

/// What the test calls the snapshot, and what follows the `@`: `seeds__text@000.snap` is `text` and `000`.
fn name_and_suffix(path: &Path) -> (String, Option<String>) {
    let stem = stem(path);
    let (name, suffix) = match stem.split_once('@') {
        Some((name, suffix)) => (name, Some(suffix.to_owned())),
        None => (stem.as_str(), None),
    };
    let name = name.rsplit("__").next().unwrap_or(name);
    // A test that pins several values without naming them numbers its snapshots.
    let unnumbered = name.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('-').unwrap_or(name);
    (unnumbered.to_owned(), suffix)
}

/// What a snapshot may call a seed: its file's name with all, all but the last or no extensions.
fn names(seed: &Path) -> [String; 3] {
    let name = seed.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bare = name.split('.').next().unwrap_or(&name).to_owned();
    [name, stem(seed), bare]
}

/// Whether a snapshot's suffix is the name of a seed, alone or after its folder.
fn is_of(suffix: &str, seed: &str) -> bool {
    suffix
        .strip_suffix(seed)
        .is_some_and(|folder| folder.is_empty() || folder.ends_with(['-', '_', '.', '@']))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a file is a seed of our own writing: it lies in a folder `tests/seeds` and is no list of expectations.
fn is_seed(path: &Path) -> bool {
    let folders: Vec<_> = path.iter().collect();
    let in_seeds = folders.windows(2).any(|pair| pair[0] == "tests" && pair[1] == "seeds");
    in_seeds && path.extension().is_none_or(|extension| extension != "toml" && extension != "md")
}

fn is_pending(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "new" || extension == "pending-snap")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_names_its_test_and_its_seed() {
        let parts = |name: &str| name_and_suffix(Path::new(name));
        assert_eq!(parts("text@000_57.snap"), ("text".to_owned(), Some("000_57".to_owned())));
        assert_eq!(parts("seeds__json@a-b.snap"), ("json".to_owned(), Some("a-b".to_owned())));
        assert_eq!(parts("cli__help-2.snap"), ("help".to_owned(), None));
        assert!(is_of("html-byline-after-title", "byline-after-title"));
        assert!(!is_of("subtitle", "title"));
    }

    #[test]
    fn a_header_is_read_to_its_end_only() {
        let text = "---\nsource: tests/tests/seeds.rs\nexpression: view\n---\nsource: not this\n";
        assert_eq!(header(text, "source"), Some("tests/tests/seeds.rs"));
        assert_eq!(header(text, "input_file"), None);
    }

    #[test]
    fn seeds_lie_in_tests_seeds() {
        assert!(is_seed(Path::new("tests/seeds/html/one.html")));
        assert!(is_seed(Path::new("crates/corpus-feed/tests/seeds/first.xml")));
        assert!(!is_seed(Path::new("tests/seeds/html/one.toml")));
        assert!(!is_seed(Path::new("tests/tests/seeds.rs")));
    }
}
