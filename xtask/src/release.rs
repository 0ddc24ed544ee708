//! A release: what must hold before it, the change of version, the commit and the tag. Nothing is pushed.

use crate::{args::Args, metadata::Metadata, process, workspace::Workspace};
use anyhow::{Context, Result, bail};

/// The heading of the changelog under which changes gather.
const UNRELEASED: &str = "## Unreleased";

/// `cargo xtask release VERSION [--dry-run]`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let dry_run = args.flag("--dry-run");
    let version = args.required("the version")?;
    args.finish()?;
    let metadata = Metadata::load(workspace)?;
    let member = metadata.members().into_iter().next().context("the workspace has no crates")?;
    let old = member.version.clone();
    let changelog = workspace.read("CHANGELOG.md")?;
    let manifest = workspace.read("Cargo.toml")?;
    let checks = [
        ("the version is three numbers, not lower than now", is_next(&version, &old)),
        (
            "nothing is uncommitted; `git stash` or `git commit`",
            git(workspace, &["status", "--porcelain"])?.is_empty(),
        ),
        ("all crates are of one version", metadata.members().iter().all(|package| package.version == old)),
        (
            "CHANGELOG.md says under Unreleased what changes",
            unreleased(&changelog).is_some_and(|text| !text.is_empty()),
        ),
        ("CHANGELOG.md has no section of that version", !changelog.contains(&format!("## {version}"))),
        ("no tag has that name", git(workspace, &["tag", "--list", &tag(&version)])?.is_empty()),
    ];
    let mut n_failed = 0;
    for (what, holds) in checks {
        crate::print(&format!("{} {what}\n", if holds { "ok    " } else { "FAILED" }));
        n_failed += usize::from(!holds);
    }
    if n_failed > 0 {
        bail!("{n_failed} of the above do not hold: {version} is not released");
    }
    if dry_run {
        let steps = format!(
            "would set {old} to {version} in Cargo.toml and Cargo.lock, move Unreleased of CHANGELOG.md under {version},\n\
             commit \"release: {version}\" and tag {}\n",
            tag(&version)
        );
        crate::print(&steps);
        return Ok(());
    }
    workspace.write("Cargo.toml", with_version(&manifest, &old, &version))?;
    workspace
        .write("CHANGELOG.md", changelog.replacen(UNRELEASED, &format!("{UNRELEASED}\n\n## {version}"), 1))?;
    process::run(process::command(workspace, "cargo update --workspace --offline --quiet"))?;
    git(workspace, &["commit", "--quiet", "--all", "--message", &format!("release: {version}")])?;
    git(workspace, &["tag", "--annotate", "--message", &format!("Corpus {version}"), &tag(&version)])?;
    crate::print(&format!("{} stands; `cargo xtask dist` makes its archive\n", tag(&version)));
    Ok(())
}

fn tag(version: &str) -> String {
    format!("v{version}")
}

fn git(workspace: &Workspace, words: &[&str]) -> Result<String> {
    let mut command = process::command(workspace, "git");
    command.args(words);
    process::output(command)
}

/// The numbers of a version.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let numbers: Option<Vec<_>> = version.split('.').map(|number| number.parse().ok()).collect();
    numbers.filter(|numbers| numbers.len() == 3)
}

/// Whether one version may follow the other; the first release has the version that stands already.
fn is_next(new: &str, old: &str) -> bool {
    match (numbers(new), numbers(old)) {
        (Some(new), Some(old)) => new >= old,
        _ => false,
    }
}

/// What stands under Unreleased.
fn unreleased(changelog: &str) -> Option<&str> {
    let (_, rest) = changelog.split_once(UNRELEASED)?;
    Some(rest.split("\n## ").next().unwrap_or(rest).trim())
}

/// The workspace's manifest with one version in the place of another: that of the workspace, and that of each crate
/// of ours that others depend on.
fn with_version(manifest: &str, old: &str, new: &str) -> String {
    let (old, new) = (format!("version = \"{old}\""), format!("version = \"{new}\""));
    let line = |line: &str| match line.starts_with("version") || line.contains("path = \"crates/") {
        true => line.replace(&old, &new),
        false => line.to_owned(),
    };
    manifest.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_rise() {
        assert!(is_next("0.10.0", "0.9.1"));
        assert!(is_next("0.9.1", "0.9.1"));
        assert!(!is_next("0.9.0", "0.9.1"));
        assert!(!is_next("0.10", "0.9.1"));
        assert!(!is_next("0.10.0-rc.1", "0.9.1"));
    }

    #[test]
    fn a_version_changes_where_it_is_ours() {
        let manifest = "[workspace.package]\nversion = \"0.1.0\"\n[workspace.dependencies]\ncorpus-core = { path = \"crates/corpus-core\", version = \"0.1.0\" }\nother = { version = \"0.1.0\" }\n";
        let changed = with_version(manifest, "0.1.0", "0.2.0");
        assert_eq!(changed.matches("0.2.0").count(), 2);
        assert!(changed.contains("other = { version = \"0.1.0\" }"));
    }

    #[test]
    fn the_changelog_says_what_changes() {
        assert_eq!(unreleased("# Changelog\n\n## Unreleased\n\n- one\n\n## 0.1.0\n"), Some("- one"));
        assert_eq!(unreleased("# Changelog\n"), None);
    }
}
