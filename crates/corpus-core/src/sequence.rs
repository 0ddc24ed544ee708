//! A linear-chain model over labels: integer weights of hashed features, and the labels of most weight in a row.
//!
//! The weights are bytes that `cargo xtask train` writes. Sums are integers, so that the same features give the same
//! labels on any machine.

use std::borrow::Cow;

/// A feature of a line: the bucket of the table of weights that it falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature(pub u32);

/// Logarithm to base 2 of the number of buckets.
pub const BUCKET_BITS: u32 = 16;

/// The number of buckets.
pub const N_BUCKETS: usize = 1 << BUCKET_BITS;

impl Feature {
    /// The feature that `template` makes of `value`.
    pub const fn new(template: u8, value: u32) -> Feature {
        let mixed = ((template as u64) << 32 | value as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        Feature((mixed >> (64 - BUCKET_BITS)) as u32)
    }

    /// The row of the table.
    const fn row(self) -> usize {
        self.0 as usize & (N_BUCKETS - 1)
    }
}

/// Weights for each label, of a feature or of all features of a line.
pub type Row<T, const N: usize> = [T; N];

/// The weights of a model, as bytes: a row for each bucket, then a row for each label to come from.
#[derive(Clone, Debug)]
pub struct Weights<const N: usize> {
    bytes: Cow<'static, [u8]>,
}

impl<const N: usize> Weights<N> {
    /// The length in bytes of the weights of a model.
    pub const N_BYTES: usize = (N_BUCKETS + N) * N;

    /// The weights that ship.
    ///
    /// # Panics
    /// When they are not [`Self::N_BYTES`]; at compile time, where it is a constant.
    pub const fn shipped(bytes: &'static [u8]) -> Self {
        assert!(bytes.len() == Self::N_BYTES, "the weights have a row for each bucket and label");
        Weights { bytes: Cow::Borrowed(bytes) }
    }

    /// The weights that lie in `bytes`; `None` where they are not [`Self::N_BYTES`].
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() == Self::N_BYTES).then_some(Weights { bytes: Cow::Owned(bytes) })
    }

    /// The weights as bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The weights as rows.
    fn rows(&self) -> &[Row<u8, N>] {
        self.bytes.as_chunks().0
    }

    /// The weight of `feature` for each label.
    pub fn of(&self, feature: Feature) -> Row<i8, N> {
        self.rows()[feature.row()].map(|byte| byte as i8)
    }

    /// The weights of all `features` of a line together.
    pub fn sum(&self, features: &[Feature]) -> Row<i16, N> {
        let rows = self.rows();
        let mut sum = [0_i16; N];
        for feature in features {
            for (sum, &weight) in sum.iter_mut().zip(&rows[feature.row()]) {
                *sum += i16::from(weight as i8);
            }
        }
        sum
    }

    /// The weight of each step, from a label (row) to another, with room for the number of a label.
    fn steps(&self) -> Row<Row<i16, N>, N> {
        let rows = &self.rows()[N_BUCKETS..];
        std::array::from_fn(|from| rows[from].map(|weight| i16::from(weight as i8) << LABEL_BITS))
    }
}

/// A walk along the lines of a page, on which the weights add up most (Viterbi).
#[derive(Debug)]
pub struct Walk<const N: usize> {
    /// The weight of each step, with room for the number of a label.
    steps: Row<Row<i16, N>, N>,
    /// The score of each label of the last line: how far it is behind the best, but no more than `FARTHEST`.
    scores: Row<i16, N>,
    /// The label of the last line, where it was known.
    settled: Option<usize>,
    /// For each line and label, the label before it on the best way there.
    from: Vec<Row<u8, N>>,
}

/// A label that is so far behind the best is on no best way: no step weighs as much more than another.
const FARTHEST: i16 = -256;

impl<const N: usize> Walk<N> {
    /// A walk that has yet to begin.
    pub fn new(weights: &Weights<N>, n_lines: usize) -> Self {
        Walk { steps: weights.steps(), scores: [0; N], settled: None, from: Vec::with_capacity(n_lines) }
    }

    /// Goes on to the next line, whose features weigh `line`: each from -32,000 to 32,000.
    pub fn step(&mut self, line: &Row<i16, N>) {
        let (mut scores, from) = match self.settled {
            _ if self.from.is_empty() => ([0; N], [0; N]),
            Some(label) => (self.steps[label].map(|step| step >> LABEL_BITS), [label as u8; N]),
            None => reached(&self.steps, &self.scores),
        };
        for (score, &weight) in scores.iter_mut().zip(line) {
            *score = score.saturating_add(weight);
        }
        let best = scores.iter().fold(i16::MIN, |best, &score| best.max(score));
        self.scores = scores.map(|score| score.saturating_sub(best).max(FARTHEST));
        self.settled = None;
        self.from.push(from);
    }

    /// Goes on to the next line, whose label is known.
    ///
    /// # Panics
    /// When `label` is none of the `N`.
    pub fn settle(&mut self, label: usize) {
        let reached = |&from: &usize| self.scores[from] + (self.steps[from][label] >> LABEL_BITS);
        let from = match self.settled {
            _ if self.from.is_empty() => 0,
            Some(label) => label,
            None => (0..N).rev().max_by_key(reached).unwrap_or(0),
        };
        self.settled = Some(label);
        self.from.push([from as u8; N]);
    }

    /// The labels of the lines, as numbers.
    pub fn labels(self) -> Vec<u8> {
        let best = || (0..N).rev().max_by_key(|&label| self.scores[label]);
        let mut label = self.settled.or_else(best).unwrap_or(0) as u8;
        let mut labels = vec![0; self.from.len()];
        for (at, from) in self.from.iter().enumerate().rev() {
            labels[at] = label;
            label = from[usize::from(label)];
        }
        labels
    }
}

/// The best score with which each label is reached from a line, and from which label; of several, the first.
fn reached<const N: usize>(steps: &Row<Row<i16, N>, N>, scores: &Row<i16, N>) -> (Row<i16, N>, Row<u8, N>) {
    // Below each score stands the number of labels behind the one it comes from.
    const { assert!(N <= 1 << LABEL_BITS, "scores and steps leave these bits") };
    let mut best = [i16::MIN; N];
    for (from, (steps, score)) in steps.iter().zip(scores).enumerate() {
        raise(&mut best, steps, score << LABEL_BITS | (N - 1 - from) as i16);
    }
    let from = best.map(|best| (N - 1) as u8 - (best & ((1 << LABEL_BITS) - 1)) as u8);
    (best.map(|best| best >> LABEL_BITS), from)
}

/// Raises `best` to `score` and a step from there. A function of its own, so that the compiler adds the labels up
/// together that lie together.
#[inline(never)]
fn raise<const N: usize>(best: &mut Row<i16, N>, steps: &Row<i16, N>, score: i16) {
    for (best, step) in best.iter_mut().zip(steps) {
        *best = (*best).max(score + step);
    }
}

/// Bits that the number of a label takes.
const LABEL_BITS: u32 = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_weighs_steps_and_features() {
        let heads = Feature::new(0, 1);
        let mut bytes = vec![0; Weights::<2>::N_BYTES];
        bytes[heads.0 as usize * 2 + 1] = 10;
        // A change of label costs 6.
        bytes[N_BUCKETS * 2 + 1] = -6_i8 as u8;
        bytes[N_BUCKETS * 2 + 2] = -6_i8 as u8;
        let weights = Weights::<2>::read(bytes).unwrap();
        let labels = |lines: &[&[Feature]]| {
            let mut walk = Walk::new(&weights, lines.len());
            lines.iter().for_each(|line| walk.step(&weights.sum(line)));
            walk.labels()
        };
        assert_eq!(labels(&[&[], &[heads], &[]]), [1, 1, 1]);
        assert!(labels(&[]).is_empty());
        let mut walk = Walk::new(&weights, 3);
        walk.step(&weights.sum(&[]));
        walk.settle(1);
        walk.step(&weights.sum(&[]));
        assert_eq!(walk.labels(), [1, 1, 1]);
        assert!(Weights::<2>::read(vec![0; 3]).is_none());
    }
}
