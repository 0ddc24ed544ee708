//! A forest: which texts are one cluster, as a union-find structure.

use crate::relation::Likeness;

/// Which texts are one cluster, and how each is related to the closest of the others.
///
/// The root of a cluster is its first text in a given order, and the closest relation is a minimum: both are the same
/// in whatever order pairs are joined.
#[derive(Debug)]
pub(crate) struct Forest {
    parents: Vec<u32>,
    closest: Vec<Option<Likeness>>,
}

impl Forest {
    /// So many texts, each alone.
    pub(crate) fn new(len: u32) -> Self {
        Forest { parents: (0..len).collect(), closest: vec![None; len as usize] }
    }

    /// The root of the cluster that `text` is in.
    pub(crate) fn root(&self, mut text: u32) -> u32 {
        while self.parents[text as usize] != text {
            text = self.parents[text as usize];
        }
        text
    }

    /// How `text` is related to the closest of its cluster; `None` where it is alone.
    pub(crate) fn closest(&self, text: u32) -> Option<Likeness> {
        self.closest[text as usize]
    }

    /// Joins the clusters of two texts; `goes_before` says which of two roots is the root of both.
    pub(crate) fn join(
        &mut self,
        a: u32,
        b: u32,
        likeness: Likeness,
        goes_before: impl Fn(u32, u32) -> bool,
    ) {
        for text in [a, b] {
            let closest = &mut self.closest[text as usize];
            if closest.is_none_or(|closest| likeness.is_closer_than(closest)) {
                *closest = Some(likeness);
            }
        }
        let (a, b) = (self.shorten(a), self.shorten(b));
        if a != b {
            let (root, leaf) = if goes_before(a, b) { (a, b) } else { (b, a) };
            self.parents[leaf as usize] = root;
        }
    }

    /// The root of the cluster that `text` is in; the way to it is halved.
    fn shorten(&mut self, mut text: u32) -> u32 {
        while self.parents[text as usize] != text {
            let above = self.parents[self.parents[text as usize] as usize];
            self.parents[text as usize] = above;
            text = above;
        }
        text
    }
}
