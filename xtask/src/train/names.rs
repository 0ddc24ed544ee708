//! `cargo xtask train names`: an averaged perceptron over the features of runs of capitalised words.

use crate::{
    args::Args,
    eval::data::{Data, rows, set_name},
    workspace::Workspace,
};
use anyhow::{Result, bail};
use corpus_annotate::{
    Annotator, Page,
    name::{
        NameKind,
        features::for_each_run,
        find,
        model::{Label, Lattice, Model, N_LABELS, OUTSIDE, is_inner, pack},
    },
    sentence::Sentences,
};
use corpus_core::{Record, Registry};
use serde::Deserialize;
use std::{collections::HashMap, path::Path};

/// Where the weights lie.
const MODEL: &str = "crates/corpus-annotate/src/name/names.model";

/// The training sets, and how many times a round goes through each.
const SETS: &[(&str, usize)] = &[
    ("data/annotate/ner/crossner_politics_train.jsonl", 8),
    ("data/annotate/ner/gum_named_open_train.jsonl.zst", 1),
    ("data/annotate/ner/btc_train.jsonl.zst", 1),
    ("data/annotate/ner/wnut17_train.jsonl.zst", 1),
];

/// What the new model is measured on, before it is written.
const DEVELOPMENT: &[&str] =
    &["data/annotate/ner/crossner_politics_dev.jsonl.zst", "data/annotate/ner/uner_ewt_dev.jsonl"];

/// Rounds over all sets.
const ROUNDS: usize = 5;

/// A feature seen fewer times is left out.
const LEAST_SEEN: u32 = 2;

/// Logarithm of the number of rows of the model.
const LOG_ROWS: u8 = 16;

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    spans: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    s: usize,
    e: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// A run of tokens: its features by their number, and its labels.
#[derive(Default)]
struct Sample {
    tokens: Vec<Vec<u32>>,
    gold: Vec<Label>,
}

pub(super) fn run(workspace: &Workspace, data: &Data, mut args: Args) -> Result<()> {
    let n_rounds = args.option("--rounds")?.unwrap_or(ROUNDS);
    args.finish()?;
    let mut features = Features::default();
    let mut samples = Vec::new();
    let mut order = Vec::new();
    for (file, times) in SETS {
        let Some(path) = data.file(file) else { bail!("the training sets are not complete") };
        let first = samples.len();
        for row in rows::<Row>(&path)? {
            read(&row?, &mut features, &mut samples);
        }
        for _ in 0..*times {
            order.extend(first..samples.len());
        }
        crate::print(&format!("{file}: {} runs\n", samples.len() - first));
    }
    let mut learner = Learner::new(features, &mut samples);
    crate::print(&format!("{} features seen {LEAST_SEEN} times or more\n", learner.weights.len()));
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for round in 1..=n_rounds {
        shuffle(&mut order, &mut random);
        let wrong: usize = order.iter().map(|&at| learner.learn(&samples[at])).sum();
        crate::print(&format!("round {round}: {wrong} tokens wrong\n"));
    }
    let bytes = learner.pack();
    for file in DEVELOPMENT {
        if let (Some(path), Some(model)) = (data.file(file), Model::new(&bytes)) {
            measure(&path, &model)?;
        }
    }
    crate::print(&format!("{} bytes, blake3 {}\n", bytes.len(), blake3::hash(&bytes).to_hex()));
    workspace.write(MODEL, bytes)
}

/// Calls `visit` with the pages of a row, cut into sentences.
fn for_each_page(row: &Row, mut visit: impl FnMut(&Page<'_>)) {
    let record = Record::new(row.id.as_str(), row.text.as_bytes()).with_media_type("text/plain");
    for document in Registry::core().parse_all(&record) {
        let mut page = Page::new(&document);
        Sentences.annotate(&mut page);
        visit(&page);
    }
}

/// Prints precision, recall and F1 of names with the right span and kind.
fn measure(path: &Path, model: &Model) -> Result<()> {
    let (mut n_right, mut n_found, mut n_gold) = (0_u32, 0_u32, 0_u32);
    for row in rows::<Row>(path)? {
        let row = row?;
        let mut gold: Vec<_> =
            row.spans.iter().filter_map(|gold| Some((gold.s, gold.e, label(&gold.kind)?))).collect();
        gold.dedup();
        n_gold += gold.len() as u32;
        for_each_page(&row, |page| {
            for name in find(page, model) {
                let kind = match name.value.kind {
                    NameKind::Per => 1,
                    NameKind::Org => 3,
                    NameKind::Loc => 5,
                };
                n_found += 1;
                n_right += u32::from(gold.contains(&(name.span.start, name.span.end, kind)));
            }
        });
    }
    let share = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    let (precision, recall) = (share(n_right, n_found), share(n_right, n_gold));
    let f1 = share(2 * n_right, n_found + n_gold);
    crate::print(&format!("{}: precision {precision:.1}, recall {recall:.1}, F1 {f1:.1}\n", set_name(path)));
    Ok(())
}

/// Reads the runs of a row.
fn read(row: &Row, features: &mut Features, samples: &mut Vec<Sample>) {
    for_each_page(row, |page| {
        for_each_run(page, |run| {
            let mut sample = Sample::default();
            let mut last = None;
            for (at, list) in run.tokens.clone().zip(run.features()) {
                let start = page.tokens[at].start as usize;
                let gold = row.spans.iter().position(|gold| gold.s <= start && start < gold.e);
                let first = gold.and_then(|gold| label(&row.spans[gold].kind)).unwrap_or(OUTSIDE);
                sample.gold.push(first + Label::from(first != OUTSIDE && gold == last));
                last = gold;
                sample.tokens.push(list.iter().map(|&feature| features.number(feature)).collect());
            }
            samples.push(sample);
        });
    });
}

/// The label of the first token of a name of a kind.
fn label(kind: &str) -> Option<Label> {
    match kind {
        "PER" | "person" | "politician" => Some(1),
        "ORG" | "organisation" | "politicalparty" | "corporation" | "group" => Some(3),
        "LOC" | "location" | "country" => Some(5),
        _ => None,
    }
}

/// Features in the order in which they were met.
#[derive(Default)]
struct Features {
    numbers: HashMap<u64, u32>,
    /// The feature and how often it was seen, by its number.
    list: Vec<(u64, u32)>,
}

impl Features {
    fn number(&mut self, feature: u64) -> u32 {
        let number = *self.numbers.entry(feature).or_insert(self.list.len() as u32);
        if number as usize == self.list.len() {
            self.list.push((feature, 0));
        }
        self.list[number as usize].1 += 1;
        number
    }
}

/// An averaged perceptron: integer weights, and the sum of each over all steps.
struct Learner {
    features: Vec<u64>,
    weights: Vec<[i32; N_LABELS]>,
    sums: Vec<[i64; N_LABELS]>,
    transitions: [[i32; N_LABELS]; N_LABELS],
    transition_sums: [[i64; N_LABELS]; N_LABELS],
    step: i64,
    lattice: Lattice,
}

impl Learner {
    /// A learner that knows nothing yet, of the features that were seen often enough; the others leave the samples.
    fn new(features: Features, samples: &mut [Sample]) -> Self {
        let mut kept = Vec::new();
        let mut numbers = vec![None; features.list.len()];
        for (slot, (feature, seen)) in numbers.iter_mut().zip(features.list) {
            if seen >= LEAST_SEEN {
                *slot = Some(kept.len() as u32);
                kept.push(feature);
            }
        }
        for tokens in samples.iter_mut().flat_map(|sample| &mut sample.tokens) {
            *tokens = tokens.iter().filter_map(|&number| numbers[number as usize]).collect();
        }
        Learner {
            weights: vec![[0; N_LABELS]; kept.len()],
            sums: vec![[0; N_LABELS]; kept.len()],
            features: kept,
            transitions: [[0; N_LABELS]; N_LABELS],
            transition_sums: [[0; N_LABELS]; N_LABELS],
            step: 0,
            lattice: Lattice::default(),
        }
    }

    /// Labels a sample, corrects the weights by it, and says how many tokens were wrong.
    fn learn(&mut self, sample: &Sample) -> usize {
        self.step += 1;
        self.lattice.clear();
        for tokens in &sample.tokens {
            let mut scores = [0; N_LABELS];
            for &feature in tokens {
                for (score, weight) in scores.iter_mut().zip(self.weights[feature as usize]) {
                    *score += weight;
                }
            }
            self.lattice.push(scores);
        }
        self.lattice.decode(&self.transitions);
        let found = std::mem::take(&mut self.lattice.labels);
        let mut n_wrong = 0;
        let (mut gold_before, mut found_before) = (OUTSIDE, OUTSIDE);
        for ((tokens, &gold), &found) in sample.tokens.iter().zip(&sample.gold).zip(&found) {
            if gold != found {
                n_wrong += 1;
                for &feature in tokens {
                    self.correct(feature as usize, gold, 1);
                    self.correct(feature as usize, found, -1);
                }
            }
            if (gold, gold_before) != (found, found_before) {
                self.correct_transition(gold, gold_before, 1);
                self.correct_transition(found, found_before, -1);
            }
            (gold_before, found_before) = (gold, found);
        }
        self.lattice.labels = found;
        n_wrong
    }

    fn correct(&mut self, feature: usize, label: Label, by: i32) {
        self.weights[feature][usize::from(label)] += by;
        self.sums[feature][usize::from(label)] += self.step * i64::from(by);
    }

    fn correct_transition(&mut self, next: Label, label: Label, by: i32) {
        debug_assert!(!is_inner(next) || label != OUTSIDE);
        self.transitions[usize::from(next)][usize::from(label)] += by;
        self.transition_sums[usize::from(next)][usize::from(label)] += self.step * i64::from(by);
    }

    /// The model of the averaged weights, the largest first.
    fn pack(&self) -> Vec<u8> {
        let average = |weight: i32, sum: i64| weight as f32 - sum as f32 / (self.step + 1) as f32;
        let mut weights: Vec<(u64, [f32; N_LABELS])> = Vec::new();
        for ((feature, weight), sum) in self.features.iter().zip(&self.weights).zip(&self.sums) {
            weights.push((*feature, std::array::from_fn(|label| average(weight[label], sum[label]))));
        }
        let size = |weights: &[f32; N_LABELS]| weights.iter().map(|weight| weight.abs()).fold(0.0, f32::max);
        weights.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
        let largest = weights.get(weights.len() / 1000).map_or(1.0, |(_, weights)| size(weights));
        let transitions = std::array::from_fn(|next| {
            std::array::from_fn(|label| {
                average(self.transitions[next][label], self.transition_sums[next][label])
            })
        });
        let unit = largest / 120.0;
        weights.retain(|(_, weights)| size(weights) > unit);
        crate::print(&format!("{} weights kept, unit {unit}\n", weights.len()));
        pack(LOG_ROWS, &transitions, &weights, unit)
    }
}

fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(at, (*random % (at as u64 + 1)) as usize);
    }
}
