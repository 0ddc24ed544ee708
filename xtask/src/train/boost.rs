//! Training of boosted trees that ask the same questions of every row, by second-order gradient steps.

use corpus_core::trees::{DEPTH, N_LEAVES, Question, Table, Tree, Trees, UNIT};
use std::{panic, thread};

/// Rows that teach: features, how likely each is what is sought, and how much it counts.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    columns: Vec<Vec<u8>>,
    goals: Vec<f32>,
    weights: Vec<f32>,
}

/// How trees are trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// The number of trees.
    pub(crate) trees: usize,
    /// The share of a step that is taken.
    pub(crate) rate: f32,
    /// How strongly scores are drawn to zero.
    pub(crate) decay: f32,
    /// One of how many features each tree looks at.
    pub(crate) every: u64,
    /// The seed of what is left to chance.
    pub(crate) seed: u64,
    /// How often as many trees are trained, each time by another chance: what counts is the mean of what they say.
    pub(crate) runs: usize,
}

impl Rows {
    /// Adds a row of `table`.
    pub(crate) fn push(&mut self, table: &Table, row: usize, n_columns: usize, goal: f32, weight: f32) {
        self.columns.resize_with(n_columns, Vec::new);
        for (feature, column) in self.columns.iter_mut().enumerate() {
            column.push(table.get(row, feature));
        }
        self.goals.push(goal);
        self.weights.push(weight);
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> usize {
        self.goals.len()
    }
}

/// A generator of numbers that look random.
#[derive(Clone, Debug)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// A number from 0 to 1.
    pub(crate) fn share(&mut self) -> f32 {
        (self.next() % (1 << 20)) as f32 / (1 << 20) as f32
    }
}

/// The trees that `rows` teach, of all runs.
pub(crate) fn train(plan: Plan, rows: &Rows) -> Trees {
    joined(&runs(plan, rows))
}

/// The trees that `rows` teach, run by run.
pub(crate) fn runs(plan: Plan, rows: &Rows) -> Vec<Trees> {
    thread::scope(|scope| {
        let runs: Vec<_> =
            (0..plan.runs).map(|run| scope.spawn(move || train_once(plan, run, rows))).collect();
        runs.into_iter().map(|run| run.join().unwrap_or_else(|fault| panic::resume_unwind(fault))).collect()
    })
}

/// The trees of several runs as one.
pub(crate) fn joined(runs: &[Trees]) -> Trees {
    Trees::new(runs.iter().flat_map(|run| run.bytes().iter().copied()).collect())
}

/// The trees of one run; the score of each is a part of what it says, one of as many as there are runs.
fn train_once(plan: Plan, run: usize, rows: &Rows) -> Trees {
    let n_rows = rows.len();
    let part = |score: i16| (f32::from(score) / plan.runs as f32).round() as i16;
    let mut chance = Chance((plan.seed + 2 * run as u64) | 1);
    let sum = |values: &mut dyn Iterator<Item = f32>| values.map(f64::from).sum::<f64>();
    let all = sum(&mut rows.weights.iter().copied());
    let sought = sum(&mut rows.weights.iter().zip(&rows.goals).map(|(weight, goal)| weight * goal));
    let odds = (sought.max(1e-9) / (all - sought).max(1e-9)).ln() as f32;
    let mut bytes = constant(part((odds * UNIT as f32).round() as i16));
    let mut scores = vec![odds; n_rows];
    // Features that say something, each with the number of its values.
    let known: Vec<(usize, usize)> = rows
        .columns
        .iter()
        .enumerate()
        .filter_map(|(feature, column)| {
            let most = usize::from(column.iter().copied().max()?);
            let first = column[0];
            let n_other = column.iter().filter(|&&value| value != first).count();
            (n_other >= 40).then_some((feature, most + 1))
        })
        .collect();
    let (mut slopes, mut bends) = (vec![0.0; n_rows], vec![0.0; n_rows]);
    let mut taken: Vec<u32> = Vec::new();
    for _ in 0..plan.trees {
        taken.clear();
        taken.extend((0..n_rows as u32).filter(|_| chance.next() % 10 < 7));
        for at in 0..n_rows {
            let likely = 1.0 / (1.0 + (-scores[at]).exp());
            slopes[at] = rows.weights[at] * (rows.goals[at] - likely);
            bends[at] = rows.weights[at] * (likely * (1.0 - likely)).max(1e-4);
        }
        let looked: Vec<(usize, usize)> = known
            .iter()
            .copied()
            .filter(|(_, n)| chance.next().is_multiple_of(plan.every * if *n > 2 { 1 } else { 2 }))
            .collect();
        let tree = grow(plan, rows, &looked, &taken, (&slopes, &bends));
        let mut places = vec![0_u8; n_rows];
        for (level, question) in tree.questions.iter().enumerate() {
            let column = &rows.columns[usize::from(question.feature)];
            for (place, &value) in places.iter_mut().zip(column) {
                *place |= u8::from(value > question.above) << level;
            }
        }
        for (score, &place) in scores.iter_mut().zip(&places) {
            *score += f32::from(tree.scores[usize::from(place)]) / UNIT as f32;
        }
        bytes.extend(Tree { scores: tree.scores.map(part), ..tree }.bytes());
    }
    Trees::new(bytes.into())
}

/// A tree that gives every row the same score, as bytes.
pub(crate) fn constant(score: i16) -> Vec<u8> {
    Tree { questions: [Question { feature: 0, above: u8::MAX }; DEPTH], scores: [score; N_LEAVES] }.bytes()
}

fn grow(
    plan: Plan,
    rows: &Rows,
    looked: &[(usize, usize)],
    taken: &[u32],
    (slopes, bends): (&[f32], &[f32]),
) -> Tree {
    let mut questions = [Question { feature: 0, above: u8::MAX }; DEPTH];
    let mut places = vec![0_u8; taken.len()];
    let steps: Vec<(f32, f32)> =
        taken.iter().map(|&row| (slopes[row as usize], bends[row as usize])).collect();
    let mut sums: Vec<(f32, f32)> = Vec::new();
    for (level, asked) in questions.iter_mut().enumerate() {
        let n_places = 1 << level;
        let mut best: Option<(f32, Question)> = None;
        for &(feature, n_values) in looked {
            let column = &rows.columns[feature];
            sums.clear();
            sums.resize(n_places * n_values, (0.0, 0.0));
            for ((&row, &place), step) in taken.iter().zip(&places).zip(&steps) {
                let sum = &mut sums[usize::from(place) * n_values + usize::from(column[row as usize])];
                *sum = (sum.0 + step.0, sum.1 + step.1);
            }
            let mut gains = vec![0.0_f32; n_values];
            for values in sums.chunks_exact(n_values) {
                let all = values.iter().fold((0.0, 0.0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
                if all.1 <= 0.0 {
                    continue;
                }
                let mut below = (0.0, 0.0);
                for (gain, sum) in gains.iter_mut().zip(values) {
                    below = (below.0 + sum.0, below.1 + sum.1);
                    let above = (all.0 - below.0, all.1 - below.1);
                    *gain += below.0 * below.0 / (below.1 + plan.decay)
                        + above.0 * above.0 / (above.1.max(0.0) + plan.decay);
                }
            }
            for (value, &gain) in gains[..n_values - 1].iter().enumerate() {
                if best.is_none_or(|(most, _)| gain > most) {
                    best = Some((gain, Question { feature: feature as u16, above: value as u8 }));
                }
            }
        }
        let Some((_, question)) = best else { break };
        *asked = question;
        let column = &rows.columns[usize::from(question.feature)];
        for (place, &row) in places.iter_mut().zip(taken) {
            *place |= u8::from(column[row as usize] > question.above) << level;
        }
    }
    let mut leaves = [(0.0_f32, 0.0_f32); N_LEAVES];
    for (&place, step) in places.iter().zip(&steps) {
        let leaf = &mut leaves[usize::from(place)];
        *leaf = (leaf.0 + step.0, leaf.1 + step.1);
    }
    let score = |(slope, bend): (f32, f32)| {
        let step = plan.rate * slope / (bend + plan.decay) * UNIT as f32;
        step.round().clamp(-2000.0, 2000.0) as i16
    };
    Tree { questions, scores: leaves.map(score) }
}
