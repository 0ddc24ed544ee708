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

    /// The weights in row `at`.
    fn row(&self, at: usize) -> &Row<u8, N> {
        self.bytes[at * N..].first_chunk().unwrap_or(&[0; N])
    }

    /// The weight of `feature` for each label.
    pub fn of(&self, feature: Feature) -> Row<i8, N> {
        self.row(feature.0 as usize & (N_BUCKETS - 1)).map(|byte| byte as i8)
    }

    /// Adds the weight of `feature` for each label to `sum`.
    pub fn add(&self, feature: Feature, sum: &mut Row<i16, N>) {
        for (sum, weight) in sum.iter_mut().zip(self.of(feature)) {
            *sum += i16::from(weight);
        }
    }

    /// The weights of all `features` of a line together.
    pub fn sum(&self, features: &[Feature]) -> Row<i16, N> {
        let mut sum = [0_i16; N];
        for &feature in features {
            self.add(feature, &mut sum);
        }
        sum
    }
}

/// The score of what cannot be.
const NEVER: i32 = i32::MIN / 2;

/// A walk along the lines of a page, on which the weights add up most (Viterbi).
#[derive(Debug)]
pub struct Walk<'w, const N: usize> {
    weights: &'w Weights<N>,
    best: Row<i32, N>,
    /// For each line and label, the label before it on the best way there.
    from: Vec<Row<u8, N>>,
}

impl<'w, const N: usize> Walk<'w, N> {
    /// A walk that has yet to begin.
    pub fn new(weights: &'w Weights<N>, n_lines: usize) -> Self {
        Walk { weights, best: [0; N], from: Vec::with_capacity(n_lines) }
    }

    /// Goes on to the next line.
    pub fn step(&mut self, line: &Row<i16, N>) {
        let mut next = [NEVER; N];
        let mut from = [0_u8; N];
        if self.from.is_empty() {
            next = [0; N];
        } else {
            for origin in 0..N {
                let score = self.best[origin];
                let steps = self.weights.row(N_BUCKETS + origin);
                for to in 0..N {
                    let reached = score + i32::from(steps[to] as i8);
                    let is_better = reached > next[to];
                    next[to] = if is_better { reached } else { next[to] };
                    from[to] = if is_better { origin as u8 } else { from[to] };
                }
            }
        }
        for (next, &weight) in next.iter_mut().zip(line) {
            *next += i32::from(weight);
        }
        self.best = next;
        self.from.push(from);
    }

    /// Goes on to the next line, whose label is known.
    ///
    /// # Panics
    /// When `label` is none of the `N`.
    pub fn settle(&mut self, label: usize) {
        let reached = |origin: usize| {
            let step = self.weights.row(N_BUCKETS + origin)[label] as i8;
            if self.from.is_empty() { 0 } else { self.best[origin] + i32::from(step) }
        };
        let origin = (0..N).rev().max_by_key(|&origin| reached(origin)).unwrap_or(0);
        let best = reached(origin);
        self.best = [NEVER; N];
        self.best[label] = best;
        self.from.push([origin as u8; N]);
    }

    /// The labels of the lines, as numbers.
    pub fn labels(self) -> Vec<u8> {
        let last = (0..N).rev().max_by_key(|&label| self.best[label]).unwrap_or(0);
        let mut label = last as u8;
        let mut labels = vec![0; self.from.len()];
        for (at, from) in self.from.iter().enumerate().rev() {
            labels[at] = label;
            label = from[usize::from(label)];
        }
        labels
    }
}

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
