//! A cluster: documents that are copies of each other, and the one that survives.

use crate::{label::Label, relation::Relation};

/// Two or more documents that are copies of each other, or copies of copies.
///
/// Its first member is the survivor: the longest text in words; of equally long ones the one with the earliest date, a
/// date going before none; of these the one with the smallest id; then the smallest hash of the words and the smallest
/// place decide. The others follow in the same order. Nothing is deleted: a cluster is a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    pub(crate) members: Vec<Member>,
}

impl Cluster {
    /// The members, the survivor first.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member to keep, where only one is kept.
    pub fn survivor(&self) -> &Member {
        &self.members[0]
    }
}

/// A document in a cluster.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Member {
    /// What the document is called.
    pub label: Label,
    /// Number of words.
    pub words: u32,
    /// How it is related to the survivor; where only a copy of a copy, to the closest member. The survivor has the
    /// relation of its closest copy.
    pub relation: Relation,
    /// How much, in the measure of the relation.
    pub similarity: f64,
    /// Whether it is the one to keep.
    pub is_survivor: bool,
}
