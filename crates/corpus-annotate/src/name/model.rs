//! The model: weights of features for each label, and the best labels of a run of tokens.

use super::features::Run;
use std::sync::LazyLock;

/// What a token is in a name: outside, or the first or a further token of a name of one kind.
///
/// 0 outside; 1, 2 person; 3, 4 organisation; 5, 6 place.
pub type Label = u8;

/// How many labels there are.
pub const N_LABELS: usize = 7;

/// The label of what is outside all names.
pub const OUTSIDE: Label = 0;

/// Whether a label is that of the second or a further token of a name.
pub const fn is_inner(label: Label) -> bool {
    label != OUTSIDE && label.is_multiple_of(2)
}

/// Whether `next` may follow `label`.
pub const fn may_follow(label: Label, next: Label) -> bool {
    !is_inner(next) || label == next || label + 1 == next
}

const MAGIC: &[u8; 4] = b"CNM1";

/// Length of what stands before the rows: magic, logarithm of the number of rows, transitions.
const HEADER: usize = 8 + 2 * N_LABELS * N_LABELS;

/// One row: a tag of the feature, 0 where the row is empty, and a weight for each label.
const ROW: usize = 1 + N_LABELS;

/// What raises each weight of a row by 128.
const RAISE: u64 = 0x8080_8080_8080_8080;

/// How many rows from its own a feature may lie.
const PROBES: usize = 8;

/// A linear model with first-order transitions, its weights in a hash table of bytes.
#[derive(Clone, Debug)]
pub struct Model {
    /// The rows, each weight raised by 128; those of the first ones once more, since a look-up may go on behind the
    /// last; and a row without weights, which stands for those that are not there.
    rows: Vec<u64>,
    /// The tag of each row, and those of the first rows once more: a look-up reads as many as it may probe at once.
    tags: Vec<u8>,
    /// How many rows the model has; a power of two, or zero.
    n_rows: usize,
    /// `transitions[next][label]`.
    transitions: [[i32; N_LABELS]; N_LABELS],
}

/// The model that ships with this crate.
pub(super) fn shipped() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        Model::new(include_bytes!("names.model")).unwrap_or(Model {
            rows: Vec::new(),
            tags: Vec::new(),
            n_rows: 0,
            transitions: [[0; N_LABELS]; N_LABELS],
        })
    });
    &MODEL
}

impl Model {
    /// The model in `bytes`, as [`pack`] writes them; nothing where they are something else.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let body = bytes.strip_prefix(MAGIC)?.get(HEADER - MAGIC.len()..)?;
        let (rows, rest) = body.as_chunks::<ROW>();
        if !rest.is_empty() || !rows.len().is_power_of_two() || rows.len() != 1 << *bytes.get(4)? {
            return None;
        }
        let mut transitions = [[0; N_LABELS]; N_LABELS];
        let pairs = bytes[8..HEADER].as_chunks::<2>().0;
        for (slot, &pair) in transitions.iter_mut().flatten().zip(pairs) {
            *slot = i32::from(i16::from_le_bytes(pair));
        }
        let all = || rows.iter().chain(rows.iter().cycle().take(PROBES));
        let tags = all().map(|row| row[0]).collect();
        let raised = all().map(|row| u64::from_le_bytes(*row)).chain([0]).map(|row| row ^ RAISE).collect();
        Some(Model { rows: raised, tags, n_rows: rows.len(), transitions })
    }

    /// The place of the row of a feature; of an empty one where it has none.
    ///
    /// No branch depends on whether it has, so that a processor goes on to the next features while this one is read.
    #[inline]
    fn row(&self, feature: u64) -> usize {
        const ONES: u64 = 0x0101_0101_0101_0101;
        let (place, tag) = place(feature, self.n_rows);
        let tags = self.tags.get(place..).and_then(<[u8]>::first_chunk::<PROBES>);
        let tags = u64::from_le_bytes(tags.copied().unwrap_or_default());
        let other = tags ^ (ONES * u64::from(tag));
        // The high bit of each byte that is the tag, right up to the first one; tags are odd, so an empty row has no
        // lowest bit, and what stands behind it was packed for another place.
        let own = other.wrapping_sub(ONES) & !other & RAISE;
        let empty = !tags & ONES;
        let own = own & (empty & empty.wrapping_neg()).wrapping_sub(1);
        let none = self.rows.len() - 1;
        if own == 0 { none } else { place + own.trailing_zeros() as usize / 8 }
    }

    /// The sums of the weights of some features, label by label.
    ///
    /// The bytes of a row are added in four lanes of sixteen bits twice, each weight raised by 128: a token has far
    /// fewer than 256 features, so no lane overflows.
    fn scores(&self, features: &[u64]) -> [i32; N_LABELS] {
        const LANES: u64 = 0x00ff_00ff_00ff_00ff;
        let (mut even, mut odd) = (0_u64, 0_u64);
        for &feature in features {
            let raised = self.rows[self.row(feature)];
            even += raised & LANES;
            odd += (raised >> 8) & LANES;
        }
        let raised = 128 * features.len() as i32;
        std::array::from_fn(|label| {
            let byte = label + 1;
            let lanes = if byte % 2 == 0 { even } else { odd };
            ((lanes >> (16 * (byte / 2))) & 0xffff) as i32 - raised
        })
    }

    /// The best labels of a run, one a token, into `labels`; and by how much the best beats the label outside.
    pub fn label(&self, run: &Run<'_>, lattice: &mut Lattice) {
        lattice.clear();
        if self.rows.is_empty() {
            lattice.labels.resize(run.tokens.len(), OUTSIDE);
            return;
        }
        for features in run.features() {
            lattice.push(self.scores(features));
        }
        lattice.decode(&self.transitions);
    }
}

/// The scores of a run on the way to its best labels; kept between runs to save allocations.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    steps: Vec<Step>,
    /// The best labels of the last run, one a token.
    pub labels: Vec<Label>,
}

#[derive(Clone, Debug)]
struct Step {
    /// Scores of the token by itself.
    local: [i32; N_LABELS],
    from: [u8; N_LABELS],
}

impl Lattice {
    /// Forgets the last run.
    pub fn clear(&mut self) {
        self.steps.clear();
        self.labels.clear();
    }

    /// Adds the scores of the next token.
    pub fn push(&mut self, scores: [i32; N_LABELS]) {
        self.steps.push(Step { local: scores, from: [0; N_LABELS] });
    }

    /// Finds the best labels of what was pushed; `transitions[next][label]`.
    pub fn decode(&mut self, transitions: &[[i32; N_LABELS]; N_LABELS]) {
        const LOW: i32 = i32::MIN / 4;
        self.labels.clear();
        // Most runs are one word, before which nothing is.
        if let [step] = &self.steps[..] {
            let score = |label: usize| step.local[label] + transitions[label][0];
            let begins = (0..N_LABELS).rev().filter(|&label| !is_inner(label as Label));
            self.labels.extend(begins.max_by_key(|&label| score(label)).map(|label| label as Label));
            return;
        }
        let mut before = [LOW; N_LABELS];
        before[0] = 0;
        for step in &mut self.steps {
            let mut best = [LOW; N_LABELS];
            for next in 0..N_LABELS {
                // Further tokens follow the first one or each other; all else follows anything.
                let labels = if is_inner(next as Label) { next - 1..next + 1 } else { 0..N_LABELS };
                for label in labels {
                    let score = before[label] + transitions[next][label];
                    if score > best[next] {
                        best[next] = score;
                        step.from[next] = label as u8;
                    }
                }
                best[next] += step.local[next];
            }
            before = best;
        }
        let mut label = (0..N_LABELS).rev().max_by_key(|&label| before[label]).unwrap_or(0) as u8;
        for step in self.steps.iter().rev() {
            self.labels.push(label);
            label = step.from[usize::from(label)];
        }
        self.labels.reverse();
    }

    /// By how much the label of a token beats the best other one, in units of the weights.
    pub fn margin(&self, at: usize) -> i32 {
        let (Some(step), Some(&label)) = (self.steps.get(at), self.labels.get(at)) else { return 0 };
        let own = step.local[usize::from(label)];
        let others = step.local.iter().enumerate().filter(|&(other, _)| other != usize::from(label));
        others.map(|(_, &score)| own - score).min().unwrap_or(0)
    }
}

/// The row a feature is looked for first, and its tag.
fn place(feature: u64, n_rows: usize) -> (usize, u8) {
    let place = (feature >> 8) as usize & (n_rows - 1);
    (place, (feature >> 56) as u8 | 1)
}

/// Writes a model of `2^log_rows` rows: of `weights`, the most telling first, those that find room.
///
/// Weights are divided by `unit` and rounded.
pub fn pack(
    log_rows: u8,
    transitions: &[[f32; N_LABELS]; N_LABELS],
    weights: &[(u64, [f32; N_LABELS])],
    unit: f32,
) -> Vec<u8> {
    let n_rows = 1_usize << log_rows;
    let mut rows = vec![[0_u8; ROW]; n_rows];
    for (feature, weights) in weights {
        let (place, tag) = place(*feature, n_rows);
        let free = (0..PROBES)
            .map(|probe| (place + probe) & (n_rows - 1))
            .find(|&at| rows[at][0] == 0 || rows[at][0] == tag);
        let Some(row) = free.map(|at| &mut rows[at]) else { continue };
        if row[0] == 0 {
            row[0] = tag;
            for (slot, weight) in row[1..].iter_mut().zip(weights) {
                *slot = (weight / unit).round().clamp(-127.0, 127.0) as i8 as u8;
            }
        }
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend([log_rows, 0, 0, 0]);
    for weight in transitions.iter().flatten() {
        let units = (weight / unit).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16;
        bytes.extend(units.to_le_bytes());
    }
    bytes.extend(rows.as_flattened());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found_again() {
        let weights = [(0xdead_beef_1234_5678, [0.0, 1.0, -1.0, 0.5, 0.0, 0.0, 9.9])];
        let bytes = pack(4, &[[0.0; N_LABELS]; N_LABELS], &weights, 0.1);
        let model = Model::new(&bytes).unwrap();
        let scores = model.scores(&[weights[0].0, 0x1234]);
        assert_eq!(scores, [0, 10, -10, 5, 0, 0, 99]);
        assert!(Model::new(&bytes[1..]).is_none());
    }
}
