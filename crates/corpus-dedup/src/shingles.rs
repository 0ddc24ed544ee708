//! Shingles: the runs of five words of a text, as a set.

use crate::{
    fold::{Words, mix},
    spread::sort_hashes,
};

/// Number of words in a shingle.
pub const SHINGLE: usize = 5;

/// An odd number without a pattern: the base of the polynomial over the words of a shingle.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
const BASE_TO_SHINGLE: u64 = BASE.wrapping_pow(SHINGLE as u32);

/// Gives the hash of each run of five words to `sink`, in order; of a text with fewer words the hash of all of them.
pub(crate) fn each_shingle(words: &[u32], mut sink: impl FnMut(u64)) {
    // Word hash plus one, so that a zero in front is not nothing.
    let value = |word: u32| u64::from(word) + 1;
    let (head, tail) = words.split_at(words.len().min(SHINGLE));
    let mut sum = head.iter().fold(0_u64, |sum, &word| sum.wrapping_mul(BASE).wrapping_add(value(word)));
    if !words.is_empty() {
        sink(mix(sum));
    }
    for (&new, &old) in tail.iter().zip(words) {
        sum = sum
            .wrapping_mul(BASE)
            .wrapping_add(value(new))
            .wrapping_sub(value(old).wrapping_mul(BASE_TO_SHINGLE));
        sink(mix(sum));
    }
}

/// The set of the shingles of a text: its runs of five words, each as a 64-bit hash.
///
/// A text with fewer words is one shingle, one without words none. Broder, “On the resemblance and containment of
/// documents”, 1997, has the set and both measures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingles {
    /// In ascending order, each once.
    hashes: Vec<u64>,
}

impl Shingles {
    /// The shingles of a text's words.
    pub fn of(words: &Words) -> Self {
        Shingles::of_hashes(&words.hashes)
    }

    /// The shingles of words that a [`Sketch`](crate::Sketch) has kept.
    pub fn of_hashes(words: &[u32]) -> Self {
        let mut hashes = Vec::with_capacity(words.len());
        each_shingle(words, |hash| hashes.push(hash));
        sort_hashes(&mut hashes);
        hashes.dedup();
        Shingles { hashes }
    }

    /// Number of different shingles.
    pub const fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is no shingle.
    pub const fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Number of shingles that both have.
    pub fn common(&self, other: &Shingles) -> usize {
        let (mut left, mut right) = (0, 0);
        let mut common = 0;
        while let (Some(a), Some(b)) = (self.hashes.get(left), other.hashes.get(right)) {
            common += usize::from(a == b);
            left += usize::from(a <= b);
            right += usize::from(b <= a);
        }
        common
    }

    /// Jaccard similarity: what both have of what either has, from 0 to 1; 1 where both are empty.
    ///
    /// ```
    /// use corpus_dedup::{Shingles, Words};
    /// let shingles = |text| Shingles::of(&Words::of(text));
    /// let (a, b) = (shingles("one two three four five six"), shingles("one two three four five seven"));
    /// assert_eq!(a.jaccard(&b), 1.0 / 3.0);
    /// ```
    pub fn jaccard(&self, other: &Shingles) -> f64 {
        let common = self.common(other);
        share(common, self.len() + other.len() - common)
    }

    /// Containment: what both have of what the smaller one has, from 0 to 1; 1 where one is empty.
    pub fn containment(&self, other: &Shingles) -> f64 {
        share(self.common(other), self.len().min(other.len()))
    }
}

/// `part` of `whole`; all of it where the whole is nothing.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rolled_hash_is_the_hash_of_its_run() {
        let words: Vec<u32> = (0..40).map(|n: u32| n.wrapping_mul(0x9e37_79b1) >> 3).collect();
        let mut rolled = Vec::new();
        each_shingle(&words, |hash| rolled.push(hash));
        let mut alone = Vec::new();
        words.windows(SHINGLE).for_each(|run| each_shingle(run, |hash| alone.push(hash)));
        assert_eq!(rolled, alone);
    }

    #[test]
    fn a_short_text_is_one_shingle() {
        let count = |text| Shingles::of(&Words::of(text)).len();
        assert_eq!([count(""), count("one"), count("1 2 3 4 5"), count("1 2 3 4 5 6")], [0, 1, 1, 2]);
    }
}
