//! Boosted trees over small numbers: a sum of scores, each looked up by the answers to a few questions.
//!
//! Each tree asks the same questions of every row, one a level ("oblivious" trees): whether a feature is above a number.
//! The answers together are the place of the score. All numbers are integers, so that the same rows score the same on
//! any machine.

use std::borrow::Cow;

/// Questions a tree.
pub const DEPTH: usize = 6;

/// Scores a tree.
pub const N_LEAVES: usize = 1 << DEPTH;

/// Score of even odds to one, in units; the score is a logarithm of odds.
pub const UNIT: i32 = 256;

/// Length of a tree in bytes: feature (two bytes) and number of each question, then the scores (two bytes each).
pub const TREE_BYTES: usize = 3 * DEPTH + 2 * N_LEAVES;

/// A number on a scale of four steps for each power of two, so that a feature holds it.
pub(crate) fn scale(number: u32) -> u8 {
    match number {
        0..8 => number as u8,
        _ => {
            let log = number.ilog2();
            (4 * log - 4 + (number >> (log - 2) & 3)) as u8
        }
    }
}

/// Where groups of features begin that are so many each and lie one behind the other.
pub(crate) const fn starts<const N: usize>(widths: &[usize]) -> [usize; N] {
    let mut starts = [0; N];
    let mut at = 1;
    while at < N {
        starts[at] = starts[at - 1] + widths[at - 1];
        at += 1;
    }
    starts
}

/// Rows of features, column by column.
#[derive(Clone, Debug, Default)]
pub struct Table {
    n_rows: usize,
    cells: Vec<u8>,
}

impl Table {
    /// A table of zeros.
    pub fn new(n_rows: usize, n_columns: usize) -> Table {
        Table { n_rows, cells: vec![0; n_rows * n_columns] }
    }

    /// The number of rows.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// The values of a feature, one a row; none where the table has no such feature.
    pub fn column(&self, feature: usize) -> &[u8] {
        self.cells.get(feature * self.n_rows..(feature + 1) * self.n_rows).unwrap_or_default()
    }

    /// The same features of some rows.
    pub fn of_rows(&self, rows: &[usize]) -> Table {
        let columns = self.cells.chunks_exact(self.n_rows.max(1));
        let cells = columns.flat_map(|column| rows.iter().map(|&row| column[row])).collect();
        Table { n_rows: rows.len(), cells }
    }

    /// Sets a value.
    pub fn set(&mut self, row: usize, feature: usize, value: u8) {
        self.cells[feature * self.n_rows + row] = value;
    }

    /// A value.
    pub fn get(&self, row: usize, feature: usize) -> u8 {
        self.cells[feature * self.n_rows + row]
    }
}

/// A question: whether `feature` is above `above`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The feature.
    pub feature: u16,
    /// The number.
    pub above: u8,
}

/// A tree.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Its questions.
    pub questions: [Question; DEPTH],
    /// Its scores, by the answers as bits, the first question's lowest.
    pub scores: [i16; N_LEAVES],
}

impl Tree {
    /// The tree as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(TREE_BYTES);
        for question in self.questions {
            bytes.extend(question.feature.to_le_bytes());
            bytes.push(question.above);
        }
        bytes.extend(self.scores.iter().flat_map(|score| score.to_le_bytes()));
        bytes
    }
}

/// Trees, as bytes in a row.
#[derive(Clone, Debug)]
pub struct Trees {
    bytes: Cow<'static, [u8]>,
}

impl Trees {
    /// The trees that lie in `bytes`; bytes left over count for nothing.
    pub const fn new(bytes: Cow<'static, [u8]>) -> Trees {
        Trees { bytes }
    }

    /// The trees as bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn each(&self) -> impl Iterator<Item = Packed<'_>> + '_ {
        self.bytes.chunks_exact(TREE_BYTES).map(|tree| {
            let (questions, scores) = tree.split_at(3 * DEPTH);
            Packed { questions, scores }
        })
    }

    /// The score of each row of `table`.
    pub fn scores(&self, table: &Table) -> Vec<i32> {
        let mut sums = vec![0; table.n_rows()];
        let mut places = vec![0_u8; table.n_rows()];
        for tree in self.each() {
            places.fill(0);
            for (level, question) in tree.questions().enumerate() {
                let column = table.column(usize::from(question.feature));
                for (place, &value) in places.iter_mut().zip(column) {
                    *place |= u8::from(value > question.above) << level;
                }
            }
            for (sum, &place) in sums.iter_mut().zip(&places) {
                *sum += tree.score(usize::from(place));
            }
        }
        sums
    }

    /// The feature that speaks most for the score of a row being high, or low: of each tree the first question's counts.
    pub fn reason(&self, table: &Table, row: usize, high: bool) -> Option<usize> {
        let mut sums: Vec<i32> = Vec::new();
        for tree in self.each() {
            let is_above = |question: Question| {
                table.column(usize::from(question.feature)).get(row) > Some(&question.above)
            };
            let answers = tree.questions().enumerate();
            let place = answers.map(|(level, question)| usize::from(is_above(question)) << level).sum();
            let feature = tree.questions().next().map_or(0, |question| usize::from(question.feature));
            if sums.len() <= feature {
                sums.resize(feature + 1, 0);
            }
            sums[feature] += tree.score(place);
        }
        (0..sums.len()).max_by_key(|&feature| if high { sums[feature] } else { -sums[feature] })
    }
}

/// A tree as it lies in the bytes.
struct Packed<'a> {
    questions: &'a [u8],
    scores: &'a [u8],
}

impl Packed<'_> {
    fn questions(&self) -> impl Iterator<Item = Question> + '_ {
        self.questions.chunks_exact(3).map(|question| Question {
            feature: u16::from_le_bytes([question[0], question[1]]),
            above: question[2],
        })
    }

    fn score(&self, place: usize) -> i32 {
        let at = place % N_LEAVES * 2;
        i32::from(i16::from_le_bytes([self.scores[at], self.scores[at + 1]]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_find_the_score() {
        let mut tree =
            Tree { questions: [Question { feature: 1, above: 255 }; DEPTH], scores: [0; N_LEAVES] };
        tree.questions[0] = Question { feature: 0, above: 3 };
        tree.scores[0] = -7;
        tree.scores[1] = 300;
        let trees = Trees::new([tree.bytes(), tree.bytes()].concat().into());
        let mut table = Table::new(2, 2);
        table.set(1, 0, 4);
        assert_eq!(trees.scores(&table), [-14, 600]);
        assert_eq!(trees.reason(&table, 1, true), Some(0));
        assert!(trees.scores(&Table::new(0, 2)).is_empty());
        assert_eq!(trees.scores(&table.of_rows(&[1, 0, 1])), [600, -14, 600]);
        assert!(trees.scores(&table.of_rows(&[])).is_empty());
    }
}
