//! The different words of a text, by number.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};
use twox_hash::XxHash3_64;

/// The different words of a text, by number, in the order in which they came.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Number of the word with this hash. Of words with one hash, of which there are hardly two, one is taken for the
    /// other.
    numbers: HashMap<u64, u32, BuildHasherDefault<Already>>,
    ends: Vec<u32>,
    letters: String,
}

impl Vocabulary {
    /// The number of a word, a new one where it has none yet.
    pub fn number(&mut self, word: &str) -> u32 {
        let next = self.ends.len() as u32;
        let number = *self.numbers.entry(XxHash3_64::oneshot(word.as_bytes())).or_insert(next);
        if number == next {
            self.letters.push_str(word);
            self.ends.push(self.letters.len() as u32);
        }
        number
    }

    /// The number of a word that has one.
    pub fn known(&self, word: &str) -> Option<u32> {
        self.numbers.get(&XxHash3_64::oneshot(word.as_bytes())).copied()
    }

    /// The word with a number.
    ///
    /// # Panics
    /// When no word has it.
    pub fn word(&self, number: u32) -> &str {
        let index = number as usize;
        let start = index.checked_sub(1).map_or(0, |last| self.ends[last]) as usize;
        &self.letters[start..self.ends[index] as usize]
    }

    /// Number of different words.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no word.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Takes a hash for its own hash.
#[derive(Debug, Default)]
pub(crate) struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = XxHash3_64::oneshot(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
