//! `cargo xtask train main-text`: which lines of HTML are the main text, from pages whose main text is known.

use super::{
    crf::{self, Example, Plan},
    site,
};
use crate::eval::{
    data::{Data, rows},
    fold::{fold, words},
};
use crate::{args::Args, workspace::Workspace};
use anyhow::{Context, Result, bail};
use corpus_core::html;
use serde::Deserialize;
use std::{collections::HashSet, fs};

/// Where the weights lie.
const WEIGHTS: &str = "crates/corpus-core/src/html/roles/main_text.weights";

/// How the weights are trained.
pub(crate) const PLAN: Plan = Plan { epochs: 10, rate: 0.1, decay: 0.1 };

/// The sets that teach.
pub(crate) const SETS: &[&str] = &["fundus-dev", "wcxb-dev", "segments-dev"];

#[derive(Debug, Deserialize)]
struct Page {
    id: String,
    url: Option<String>,
    html: String,
    text: Option<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// A line is not the main text, is it, or may be either.
const OTHER: u32 = 1;
const MAIN: u32 = 2;
const EITHER: u32 = 3;

/// A page that teaches, and the fold that measures it.
pub(crate) struct Taught {
    pub(crate) fold: usize,
    pub(crate) example: Example,
}

/// `train main-text`.
pub(super) fn run(workspace: &Workspace, data: &Data, args: Args) -> Result<()> {
    args.finish()?;
    let taught = examples(data)?;
    if taught.is_empty() {
        return Ok(());
    }
    let examples: Vec<_> = taught.iter().map(|page| &page.example).collect();
    let weights: html::TextWeights = match crf::train(PLAN, &examples) {
        Some(weights) => weights,
        None => bail!("failed to lay out the weights"),
    };
    let path = workspace.path(WEIGHTS);
    fs::write(&path, weights.bytes()).with_context(|| format!("failed to write {}", path.display()))?;
    let hash = blake3::hash(weights.bytes());
    crate::print(&format!(
        "{WEIGHTS}: {} pages, {} bytes, blake3 {hash}\n",
        taught.len(),
        weights.bytes().len()
    ));
    Ok(())
}

/// All pages that teach.
pub(crate) fn examples(data: &Data) -> Result<Vec<Taught>> {
    let mut taught = Vec::new();
    for set in SETS {
        let Some(path) = data.file(&format!("data/extraction/{set}.jsonl.zst")) else { continue };
        for page in rows::<Page>(&path)? {
            let page = page?;
            let fold = site::fold(page.url.as_deref(), &page.id);
            taught.push(Taught { fold, example: example(&page) });
        }
    }
    Ok(taught)
}

fn example(page: &Page) -> Example {
    let features = html::features(&page.html);
    let gold = page.text.as_deref().filter(|text| !text.trim().is_empty()).map(Gold::of);
    let with: Vec<String> = page.with.iter().map(|segment| fold(segment)).collect();
    let without: Vec<String> = page.without.iter().map(|segment| fold(segment)).collect();
    let allowed = |text: &str| match &gold {
        Some(gold) => gold.allows(text),
        None => {
            let folded = fold(text);
            let is_of = |segments: &[String]| {
                segments.iter().any(|segment| {
                    segment.len() > 12 && folded.contains(segment.as_str())
                        || folded.len() > 25 && segment.contains(&folded)
                        || *segment == folded
                })
            };
            match (is_of(&with), is_of(&without)) {
                (true, false) => MAIN,
                (false, true) => OTHER,
                _ => EITHER,
            }
        }
    };
    Example {
        allowed: features.iter().map(|(text, _)| allowed(text)).collect(),
        lines: features.into_iter().map(|(_, features)| features).collect(),
        weight: if gold.is_some() { 1.0 } else { 0.5 },
    }
}

/// The words of a main text, four by four, and its lines.
struct Gold {
    fours: HashSet<u64>,
    lines: HashSet<String>,
    all: String,
}

impl Gold {
    fn of(text: &str) -> Gold {
        Gold { fours: fours(text), lines: text.lines().map(fold).collect(), all: format!(" {} ", fold(text)) }
    }

    fn allows(&self, line: &str) -> u32 {
        let found = fours(line);
        if found.is_empty() {
            let folded = fold(line);
            return if folded.is_empty() {
                EITHER
            } else if self.lines.contains(&folded) {
                MAIN
            } else if self.all.contains(&format!(" {folded} ")) {
                EITHER
            } else {
                OTHER
            };
        }
        let n_same = found.iter().filter(|four| self.fours.contains(*four)).count();
        match n_same * 10 / found.len() {
            7.. => MAIN,
            0..=3 => OTHER,
            _ => EITHER,
        }
    }
}

/// Hashes of each four words in a row.
fn fours(text: &str) -> HashSet<u64> {
    let hash = |word: &str| {
        word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        })
    };
    let hashes: Vec<u64> = words(text).map(hash).collect();
    let four =
        |four: &[u64]| four.iter().fold(0_u64, |all, &word| all.rotate_left(13).wrapping_mul(31) ^ word);
    hashes.windows(4).map(four).collect()
}
