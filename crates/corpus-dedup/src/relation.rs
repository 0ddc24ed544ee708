//! A relation: in which way two texts are copies of each other, and how much.

use crate::{
    alignment,
    fold::{Words, is_number},
    shingles::{Shingles, share},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// In which way two texts are copies of each other; the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Relation {
    /// The same words in the same order; case, punctuation and layout may differ.
    Exact,
    /// Most runs of five words are the same.
    Near,
    /// One text is the beginning, or another part, of the other.
    Contains,
    /// Most words are the same and in the same order, but scattered words are not.
    Reworded,
}

impl Relation {
    /// The name in JSON and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Relation::Exact => "exact",
            Relation::Near => "near",
            Relation::Contains => "contains",
            Relation::Reworded => "reworded",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How two texts are related.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Likeness {
    /// In which way.
    pub relation: Relation,
    /// How much, from 0 to 1, each relation in its own measure: exact is 1; near the Jaccard similarity of the
    /// shingles; contains the share of the smaller text's shingles that the larger has; reworded the share of the
    /// longer text's words that stand in the other in the same order.
    pub similarity: f64,
}

impl Likeness {
    /// That of a text and itself.
    pub const EXACT: Likeness = Likeness { relation: Relation::Exact, similarity: 1.0 };

    /// Whether this is closer than `other`: the relation decides, then the similarity.
    pub fn is_closer_than(self, other: Likeness) -> bool {
        self.relation < other.relation
            || (self.relation == other.relation && self.similarity > other.similarity)
    }
}

/// From when on two texts count as copies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Jaccard similarity of near duplicates.
    pub near: f64,
    /// Share of the smaller text's shingles that the larger has.
    pub contains: f64,
    /// Number of the smaller text's words as a share of the longer one's, below which it is a quotation or a passage
    /// rather than a cut copy.
    pub part: f64,
    /// Share of the longer text's words that stand in the other in the same order.
    pub reworded: f64,
    /// Share of the numbers that both texts of a reworded pair have: the same form filled with other figures is
    /// another statement.
    pub numbers: f64,
    /// Number of words in the smaller text below which it is neither contained nor reworded: what is shorter may well
    /// be written twice.
    pub least_words: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds { near: 0.7, contains: 0.97, part: 0.65, reworded: 0.915, numbers: 0.5, least_words: 20 }
    }
}

impl Thresholds {
    /// How two texts are related; `None` where neither is a copy of the other. It is the same in either order.
    ///
    /// ```
    /// use corpus_dedup::{Relation, Thresholds, Words};
    /// let thresholds = Thresholds { least_words: 5, reworded: 0.8, ..Thresholds::default() };
    /// let relation = |a, b| thresholds.compare(&Words::of(a), &Words::of(b)).map(|likeness| likeness.relation);
    /// let text = "on monday night the harbour froze and no ferry left before the thaw";
    /// assert_eq!(relation(text, "On Monday night the harbour froze, and no ferry left before the thaw."), Some(Relation::Exact));
    /// assert_eq!(relation(text, "on monday night the harbour froze and no ferry left"), Some(Relation::Contains));
    /// assert_eq!(relation(text, "on sunday night the harbour froze and no boat left before the thaw"), Some(Relation::Reworded));
    /// assert_eq!(relation(text, "the council met on thursday to talk about the bridge"), None);
    /// ```
    pub fn compare(&self, a: &Words, b: &Words) -> Option<Likeness> {
        if a.hash() == b.hash() {
            return Some(Likeness::EXACT);
        }
        self.compare_shingled((&a.hashes, &Shingles::of(a)), (&b.hashes, &Shingles::of(b)))
    }

    /// As [`Thresholds::compare`], of words with different hashes that a [`Sketch`](crate::Sketch) has kept.
    pub fn compare_words(&self, a: &[u32], b: &[u32]) -> Option<Likeness> {
        if !self.may_be_copies(a.len(), b.len()) {
            return None;
        }
        self.compare_shingled((a, &Shingles::of_hashes(a)), (b, &Shingles::of_hashes(b)))
    }

    /// Whether two texts of so many words can be copies: the smaller of two that are short must be near the other.
    pub fn may_be_copies(&self, a: usize, b: usize) -> bool {
        a.min(b) >= self.least_words || a.min(b) as f64 >= self.near * 0.5 * a.max(b) as f64
    }

    /// As [`Thresholds::compare_words`], of texts that [may be copies](Thresholds::may_be_copies); each is its words and
    /// their shingles.
    pub fn compare_shingled(
        &self,
        (a, a_shingles): (&[u32], &Shingles),
        (b, b_shingles): (&[u32], &Shingles),
    ) -> Option<Likeness> {
        let common = a_shingles.common(b_shingles);
        let jaccard = share(common, a_shingles.len() + b_shingles.len() - common);
        if jaccard >= self.near {
            return Some(Likeness { relation: Relation::Near, similarity: jaccard });
        }
        let (less, more) = (a.len().min(b.len()), a.len().max(b.len()));
        if less < self.least_words {
            return None;
        }
        let containment = share(common, a_shingles.len().min(b_shingles.len()));
        if containment >= self.contains && share(less, more) >= self.part {
            return Some(Likeness { relation: Relation::Contains, similarity: containment });
        }
        if share(less, more) < self.reworded || numbers_in_common(a, b) < self.numbers {
            return None;
        }
        let least = (self.reworded * more as f64).ceil() as usize;
        let in_order = alignment::common_in_order(a, b, least)?;
        Some(Likeness { relation: Relation::Reworded, similarity: share(in_order, more) })
    }
}

/// The share of the numbers of either text that both have, one number given: where there is but one, it may differ.
fn numbers_in_common(a: &[u32], b: &[u32]) -> f64 {
    let numbers =
        |words: &[u32]| -> Vec<u32> { words.iter().copied().filter(|&word| is_number(word)).collect() };
    let (a, b) = (numbers(a), numbers(b));
    let more = a.len().max(b.len());
    share(alignment::common_in_any_order(a, b) + 1, more + 1)
}
