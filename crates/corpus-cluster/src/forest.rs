//! A forest: which texts are one cluster, joined by tasks and put together in rounds.

use crate::entry::{Joined, Ranked, TextId};
use corpus_dedup::Likeness;
use std::collections::HashMap;

/// Which texts are one cluster, and how each is related to the closest of the others.
///
/// The root of a cluster is its first text, and the closest relation is a minimum: both are the same in whatever order
/// texts are joined, and however forests are put together.
#[derive(Debug, Default)]
pub(crate) struct Forest {
    places: HashMap<TextId, u32>,
    trees: Vec<Tree>,
}

#[derive(Debug)]
struct Tree {
    text: Ranked,
    above: u32,
    closest: Option<Likeness>,
}

impl Forest {
    /// Joins the clusters of two texts, which are so alike.
    pub(crate) fn join(&mut self, a: Ranked, b: Ranked, likeness: Likeness) {
        let (a, b) = (self.place(a), self.place(b));
        self.be_as_close(a, likeness);
        self.be_as_close(b, likeness);
        self.unite(a, b);
    }

    /// Adds a text of another forest.
    pub(crate) fn add(&mut self, joined: &Joined) {
        // The root is a text of that forest too, and comes with a relation of its own.
        let (text, root) = (self.place(joined.text), self.place(joined.root));
        self.be_as_close(text, joined.closest);
        self.unite(text, root);
    }

    /// The first text of the cluster that a text is in; `None` where it is in none.
    pub(crate) fn root(&self, text: TextId) -> Option<Ranked> {
        let place = *self.places.get(&text)?;
        Some(self.trees[self.top(place) as usize].text)
    }

    /// How a text is related to the closest of its cluster; `None` where it is in none.
    pub(crate) fn closest(&self, text: TextId) -> Option<Likeness> {
        let place = *self.places.get(&text)?;
        self.trees[place as usize].closest
    }

    /// All its texts, in the order of their ids.
    pub(crate) fn texts(&self) -> Vec<Joined> {
        let joined = |(tree, place): (&Tree, u32)| Joined {
            text: tree.text,
            root: self.trees[self.top(place) as usize].text,
            closest: tree.closest.unwrap_or(Likeness::EXACT),
        };
        let mut texts: Vec<Joined> = self.trees.iter().zip(0..).map(joined).collect();
        texts.sort_unstable_by_key(|joined| joined.text.id);
        texts
    }

    /// The place of a text, which is added where it is not there.
    fn place(&mut self, text: Ranked) -> u32 {
        let new = self.trees.len() as u32;
        let place = *self.places.entry(text.id).or_insert(new);
        if place == new {
            self.trees.push(Tree { text, above: new, closest: None });
        }
        place
    }

    fn be_as_close(&mut self, place: u32, likeness: Likeness) {
        let closest = &mut self.trees[place as usize].closest;
        if closest.is_none_or(|closest| likeness.is_closer_than(closest)) {
            *closest = Some(likeness);
        }
    }

    fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.shorten(a), self.shorten(b));
        let goes_before = self.trees[a as usize].text <= self.trees[b as usize].text;
        let (root, leaf) = if goes_before { (a, b) } else { (b, a) };
        self.trees[leaf as usize].above = root;
    }

    fn top(&self, mut place: u32) -> u32 {
        while self.trees[place as usize].above != place {
            place = self.trees[place as usize].above;
        }
        place
    }

    /// As [`Forest::top`]; the way is halved.
    fn shorten(&mut self, mut place: u32) -> u32 {
        while self.trees[place as usize].above != place {
            let above = self.trees[self.trees[place as usize].above as usize].above;
            self.trees[place as usize].above = above;
            place = above;
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_dedup::Relation;
    use std::cmp::Reverse;

    fn text(row: u32) -> Ranked {
        Ranked { n_words: Reverse(1000 - row), hash: u128::from(row), id: TextId { part: 1, row } }
    }

    fn near(similarity: f64) -> Likeness {
        Likeness { relation: Relation::Near, similarity }
    }

    #[test]
    fn forests_put_together_are_the_forest_of_all_pairs() {
        let pairs = [(4, 5, 0.8), (1, 4, 0.9), (7, 8, 0.75), (2, 9, 0.71), (5, 7, 0.99), (9, 3, 0.72)];
        let forest = |pairs: &[(u32, u32, f64)]| {
            let mut forest = Forest::default();
            pairs.iter().for_each(|&(a, b, similarity)| forest.join(text(a), text(b), near(similarity)));
            forest
        };
        let whole = forest(&pairs).texts();
        assert_eq!(whole.len(), 8);
        for cut in 0..=pairs.len() {
            let mut together = Forest::default();
            for part in [&pairs[cut..], &pairs[..cut]] {
                forest(part).texts().iter().for_each(|joined| together.add(joined));
            }
            assert_eq!(together.texts(), whole, "{cut}");
        }
        let forest = forest(&pairs);
        assert_eq!(forest.root(text(8).id), Some(text(1)));
        assert_eq!(forest.closest(text(5).id), Some(near(0.99)));
        assert_eq!(forest.root(text(6).id), None);
    }
}
