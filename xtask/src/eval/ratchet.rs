//! The file of scores: a score may rise, but falls only by explicit consent.

use super::measure::Measures;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// Where consent is written down when no file is named.
const SCORES: &str = "tests/scores.toml";

/// What stands at the head of the file.
const HEADER: &str = "\
# Scores on gold beside the repository. `cargo xtask eval KIND --against tests/scores.toml` fails where one falls;
# `cargo xtask eval KIND --bless` writes the new ones, and the diff of this file is the consent.
";

/// How far a score may fall unnoticed: half of the last decimal that is kept.
const SLACK: f64 = 0.000_05;

/// What to do with new scores.
#[derive(Debug)]
pub(super) struct Ratchet {
    against: Option<PathBuf>,
    bless: Option<PathBuf>,
}

impl Ratchet {
    /// Compares with the file `against` where one is named; writes it, or the default one, where `bless` is set.
    pub(super) fn new(workspace: &Workspace, against: Option<PathBuf>, bless: bool) -> Self {
        let file = || against.clone().unwrap_or_else(|| workspace.path(SCORES));
        Ratchet { bless: bless.then(file), against }
    }

    /// Holds new scores against the old, or makes them the old.
    ///
    /// # Errors
    /// Where a score has fallen, with every one that has.
    pub(super) fn hold(&self, measured: &[Measures]) -> Result<()> {
        match (&self.bless, &self.against) {
            (Some(file), _) => bless(file, measured),
            (None, Some(file)) => compare(file, &read(file)?, measured),
            (None, None) => Ok(()),
        }
    }
}

/// Scores by data set and measure.
type Scores = BTreeMap<String, BTreeMap<String, f64>>;

fn compare(file: &Path, old: &Scores, measured: &[Measures]) -> Result<()> {
    let mut fallen = Vec::new();
    for measures in measured {
        for (name, new) in &measures.values {
            let before = old.get(&measures.set).and_then(|set| set.get(*name));
            if let Some(before) = before.filter(|before| new + SLACK < **before) {
                fallen.push(format!("{} {name} fell from {before:.4} to {new:.4}", measures.set));
            }
        }
    }
    if fallen.is_empty() {
        return Ok(());
    }
    bail!("{}\nif {} is to consent, run the same with --bless", fallen.join("\n"), file.display())
}

fn bless(file: &Path, measured: &[Measures]) -> Result<()> {
    let mut scores = if file.exists() { read(file)? } else { Scores::new() };
    for measures in measured {
        let values = measures.values.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        scores.insert(measures.set.clone(), values);
    }
    fs::write(file, render(&scores)).with_context(|| format!("failed to write {}", file.display()))
}

fn render(scores: &Scores) -> String {
    let mut text = HEADER.to_owned();
    for (set, values) in scores {
        let _ = writeln!(text, "\n[{set}]");
        for (name, value) in values {
            let _ = writeln!(text, "{name} = {value:.4}");
        }
    }
    text
}

fn read(file: &Path) -> Result<Scores> {
    let text = fs::read_to_string(file).with_context(|| format!("failed to read {}", file.display()))?;
    let mut scores = Scores::new();
    let mut set = String::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut set);
            continue;
        }
        let pair =
            line.split_once('=').and_then(|(name, value)| Some((name.trim(), value.trim().parse().ok()?)));
        let (name, value) = pair.with_context(|| {
            format!("failed to read line {} of {}: expected `name = number`", number + 1, file.display())
        })?;
        scores.entry(set.clone()).or_default().insert(name.to_owned(), value);
    }
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_may_rise_but_not_fall() {
        let mut old = Scores::new();
        old.entry("pages-dev".to_owned()).or_default().insert("f1".to_owned(), 0.5);
        let file = Path::new("scores.toml");
        let with = |value| [Measures::new("pages-dev").with("f1", value).with("new", 0.1)];
        assert!(compare(file, &old, &with(0.6)).is_ok());
        assert!(compare(file, &old, &with(0.499_96)).is_ok(), "rounding is no fall");
        let message = compare(file, &old, &with(0.4)).unwrap_err().to_string();
        assert!(message.starts_with("pages-dev f1 fell from 0.5000 to 0.4000\n"), "{message}");
    }
}
