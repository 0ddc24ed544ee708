//! `cargo xtask train main-text`: which lines of HTML are the main text, from pages whose main text is known.

use super::{
    boost::{self, Chance, Plan, Rows},
    site,
};
use crate::eval::{
    data::{Data, rows},
    fold::{fold, words},
};
use crate::{args::Args, workspace::Workspace};
use anyhow::{Context, Result};
use corpus_core::{
    html::{self, TextModel},
    trees::Table,
};
use serde::Deserialize;
use std::{
    collections::{HashMap, HashSet},
    fs,
};

/// Where the model lies.
const MODEL: &str = "crates/corpus-core/src/html/roles/main_text.trees";

/// How the trees are trained that know one line each.
const FIRST: Plan = Plan { trees: 150, rate: 0.11, decay: 8.0, every: 4, seed: 11, runs: 3 };

/// How the trees are trained that know what the first say.
const SECOND: Plan = Plan { trees: 400, rate: 0.06, decay: 8.0, every: 4, seed: 12, runs: html::N_RUNS };

/// The weight from which on a line is sure to teach; of lighter ones, some do.
const SURE: f32 = 0.4;

/// Parts of the pages, each of which is read by first trees that it has not taught, to teach the second.
const N_PARTS: usize = 3;

/// The sets that teach.
pub(crate) const SETS: &[&str] = &["fundus-dev", "wcxb-dev", "segments-dev"];

#[derive(Debug, Deserialize)]
struct Page {
    id: String,
    url: Option<String>,
    html: String,
    text: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// A page that teaches, and the fold that measures it.
#[derive(Debug)]
pub(crate) struct Taught {
    pub(crate) fold: usize,
    part: usize,
    html: String,
    table: Table,
    /// How likely each line is main text, and how much it counts.
    goals: Vec<(f32, f32)>,
}

/// `train main-text`.
pub(super) fn run(workspace: &Workspace, data: &Data, args: Args) -> Result<()> {
    args.finish()?;
    let taught = pages(data)?;
    if taught.is_empty() {
        return Ok(());
    }
    let bytes = model(&taught.iter().collect::<Vec<_>>()).bytes();
    let path = workspace.path(MODEL);
    fs::write(&path, &bytes).with_context(|| format!("failed to write {}", path.display()))?;
    let hash = blake3::hash(&bytes);
    crate::print(&format!("{MODEL}: {} pages, {} bytes, blake3 {hash}\n", taught.len(), bytes.len()));
    Ok(())
}

/// All pages that teach.
pub(crate) fn pages(data: &Data) -> Result<Vec<Taught>> {
    let mut taught = Vec::new();
    for set in SETS {
        let Some(path) = data.file(&format!("data/extraction/{set}.jsonl.zst")) else { continue };
        for page in rows::<Page>(&path)? {
            taught.push(Taught::of(page?));
        }
    }
    Ok(taught)
}

/// The model that pages teach.
pub(crate) fn model(pages: &[&Taught]) -> TextModel {
    let first = |is_taken: &dyn Fn(&Taught) -> bool| {
        let mut rows = Rows::default();
        let mut chance = Chance(7);
        for page in pages.iter().filter(|page| is_taken(page)) {
            page.teach(&page.table, html::FIRST_FEATURES, &mut chance, &mut rows);
        }
        boost::train(FIRST, &rows)
    };
    let mut rows = Rows::default();
    let mut chance = Chance(8);
    for part in 0..N_PARTS {
        let others = first(&|page| page.part != part);
        for page in pages.iter().filter(|page| page.part == part) {
            let (_, table) = html::features(&page.html, Some(&others));
            page.teach(&table, html::FEATURES, &mut chance, &mut rows);
        }
    }
    let mut runs = boost::runs(SECOND, &rows);
    let others = boost::joined(&runs.split_off(1));
    TextModel { first: first(&|_| true), second: boost::joined(&runs), others }
}

impl Taught {
    fn of(page: Page) -> Taught {
        let (lines, table) = html::features(&page.html, None);
        let goals = goals(&page, &lines);
        let site = page.url.as_deref().map_or_else(|| page.id.clone(), site::site);
        let part = usize::from(blake3::hash(site.as_bytes()).as_bytes()[1]) % N_PARTS;
        let fold = site::fold(page.url.as_deref(), &page.id);
        Taught { fold, part, html: page.html, table, goals }
    }

    /// Adds lines to `rows`, one in so many of the light ones.
    fn teach(&self, table: &Table, n_features: usize, chance: &mut Chance, rows: &mut Rows) {
        for (line, &(goal, weight)) in self.goals.iter().enumerate() {
            if weight > 0.0 && chance.share() < weight / SURE {
                rows.push(table, line, n_features, goal, weight.max(SURE));
            }
        }
    }
}

/// What gold says of each line: how likely it is main text, and how much it counts. Every page counts as much, whether
/// long or short; one of which gold knows some pieces only, less, and one of the rarer kinds, more.
fn goals(page: &Page, lines: &[String]) -> Vec<(f32, f32)> {
    const WHOLE: f32 = 100.0;
    const PIECES: f32 = 60.0;
    const RARE: f32 = 1.6;
    // In scripts without spaces, a word is a few characters.
    let n_words = |line: &str| words(line).count().max(line.len() / 8) as f32;
    if let Some(text) = page.text.as_deref().filter(|text| !text.trim().is_empty()) {
        let gold = Gold::of(text);
        let total = n_words(text).max(60.0);
        let whole =
            if page.kind.as_deref().is_none_or(|kind| kind == "article") { WHOLE } else { WHOLE * RARE };
        let shares = gold.shares(lines);
        let weigh = |(line, share): (&String, Option<f32>)| match share {
            Some(share) => (share, (n_words(line).powf(0.9) / total).min(1.0) * whole),
            None => (0.0, 0.0),
        };
        return lines.iter().zip(shares).map(weigh).collect();
    }
    let folded = |segments: &[String]| segments.iter().map(|segment| fold(segment)).collect::<Vec<_>>();
    let (with, without) = (folded(&page.with), folded(&page.without));
    let weigh = |line: &String| {
        let line = fold(line);
        let is_of = |segments: &[String]| {
            segments.iter().any(|segment| {
                segment.len() > 12 && line.contains(segment.as_str())
                    || line.len() > 25 && segment.contains(&line)
                    || *segment == line
            })
        };
        let weight = n_words(&line).min(60.0).sqrt();
        match (is_of(&with), is_of(&without)) {
            (true, false) => (1.0, weight),
            (false, true) => (0.0, weight),
            _ => (0.0, 0.0),
        }
    };
    let mut goals: Vec<(f32, f32)> = lines.iter().map(weigh).collect();
    let total = goals.iter().map(|goal| goal.1).sum::<f32>().max(1e-9);
    goals.iter_mut().for_each(|goal| goal.1 *= PIECES / total);
    goals
}

/// The words of a main text, one by one and four by four, and its lines.
struct Gold {
    words: Vec<u64>,
    fours: HashSet<u64>,
    lines: HashSet<String>,
    all: String,
}

impl Gold {
    fn of(text: &str) -> Gold {
        Gold {
            words: words(text).map(hash).collect(),
            fours: fours(text),
            lines: text.lines().map(fold).collect(),
            all: format!(" {} ", fold(text)),
        }
    }

    /// What gold says of each line, knowing the lines beside it: a short line, and one that the page has more often than
    /// gold, is main text where it stands in gold beside the words that it stands beside on the page, or would, were up
    /// to three lines of more than a word between left out.
    fn shares(&self, lines: &[String]) -> Vec<Option<f32>> {
        /// How many lines with words are looked at on each side.
        const REACH: usize = 4;
        let folded: Vec<Vec<u64>> = lines.iter().map(|line| words(line).map(hash).collect()).collect();
        let mut runs = HashSet::new();
        for length in 3..=5 {
            runs.extend(self.words.windows(length).map(joined));
        }
        let is_run = |before: &[u64], after: &[u64]| runs.contains(&joined(&[before, after].concat()));
        let is_beside = |at: usize| {
            let own = &folded[at];
            let (head, tail) = (&own[..own.len().min(3)], &own[own.len().saturating_sub(3)..]);
            let before = folded[..at].iter().rev().filter(|line| line.len() >= 2).take(REACH);
            let after = folded[at + 1..].iter().filter(|line| line.len() >= 2).take(REACH);
            !own.is_empty()
                && (before.into_iter().any(|line| is_run(&line[line.len() - 2..], head))
                    || after.into_iter().any(|line| is_run(tail, &line[..2])))
        };
        let beside: Vec<bool> = (0..lines.len()).map(is_beside).collect();
        // How often the page has a line, and how often beside what gold has beside it.
        let mut copies: HashMap<&[u64], (usize, usize)> = HashMap::new();
        for (line, &is_beside) in folded.iter().zip(&beside) {
            let copies = copies.entry(line).or_default();
            *copies = (copies.0 + 1, copies.1 + usize::from(is_beside));
        }
        let n_gold = |line: &[u64]| self.words.windows(line.len()).filter(|run| *run == line).count();
        let mut shares = Vec::with_capacity(lines.len());
        for ((line, words), &is_beside) in lines.iter().zip(&folded).zip(&beside) {
            let (n_page, n_beside) = copies[words.as_slice()];
            let share = self.share(line);
            let is_more = n_page > 1 && !words.is_empty() && share != Some(0.0) && n_page > n_gold(words);
            shares.push(match share {
                _ if is_beside && words.len() < 4 => Some(1.0),
                Some(share) if is_more && !is_beside => (n_beside > 0 || share == 0.0).then_some(0.0),
                share => share,
            });
        }
        shares
    }

    /// The share of a line's words that are main text; `None` where gold leaves it open.
    fn share(&self, line: &str) -> Option<f32> {
        let found = fours(line);
        if !found.is_empty() {
            let n_same = found.iter().filter(|four| self.fours.contains(*four)).count();
            return Some(n_same as f32 / found.len() as f32);
        }
        let folded = fold(line);
        if folded.is_empty() {
            None
        } else if self.lines.contains(&folded) {
            Some(1.0)
        } else if self.all.contains(&format!(" {folded} ")) {
            None
        } else {
            Some(0.0)
        }
    }
}

/// The hash of a word.
fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// The hash of words in a row.
fn joined(words: &[u64]) -> u64 {
    words.iter().fold(0_u64, |all, &word| all.rotate_left(13).wrapping_mul(31) ^ word)
}

/// Hashes of each four words in a row.
fn fours(text: &str) -> HashSet<u64> {
    let hashes: Vec<u64> = words(text).map(hash).collect();
    hashes.windows(4).map(joined).collect()
}

#[cfg(test)]
mod tests {
    use super::Gold;

    #[test]
    fn a_line_of_the_menu_is_not_the_line_of_the_text_that_reads_alike() {
        let gold = Gold::of("Stools\nA stool of oak, oiled twice.\nBenches\nA bench for two, of ash.");
        let page = "Home|Stools|Benches|Log in here|Find a shop|Your basket|Where we ship|Stools|A stool of oak, oiled twice.|Add";
        let page: Vec<String> = page.split('|').map(str::to_owned).collect();
        let shares = gold.shares(&page);
        assert_eq!((shares[0], shares[1], shares[2]), (Some(0.0), Some(0.0), Some(1.0)));
        assert_eq!(shares[7..], [Some(1.0), Some(1.0), Some(0.0)]);
    }
}
