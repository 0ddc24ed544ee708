//! Copied text, which counts once: passages that an earlier document had.

use crate::part_text::{PartText, Passage};
use std::collections::HashMap;

/// Tells copied passages from those that come for the first time.
///
/// Among what a query finds, the passage of the earliest document counts; a passage that stands twice in one document
/// counts twice. A passage shorter than eight words is a copy only together with the one beside it.
#[derive(Debug)]
pub(crate) struct Copies {
    /// The document in which each text was first found.
    first: HashMap<u64, u64>,
    counted: bool,
}

impl Copies {
    /// Before the first passage; with `counted` no passage is told to be a copy.
    pub(crate) fn new(counted: bool) -> Self {
        Copies { first: HashMap::new(), counted }
    }

    /// Whether the passage is a copy of one that was asked about before. Passages are asked about in the order of the
    /// corpus.
    pub(crate) fn is_copy(&mut self, part: &PartText, passage: &Passage) -> bool {
        !self.counted && *self.first.entry(passage.key).or_insert(part.order) != part.order
    }
}
