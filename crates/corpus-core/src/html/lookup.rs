//! A table of words found by hash, laid out when the crate is compiled.

use crate::fnv;

/// Finds the index of a word in a fixed list. `SLOTS` is a power of two, at least twice the number of words.
pub(crate) struct Lookup<const SLOTS: usize> {
    words: &'static [&'static str],
    /// Index of a word plus one; 0 where no word is.
    slots: [u16; SLOTS],
}

impl<const SLOTS: usize> Lookup<SLOTS> {
    /// The table of `words`, all of them ASCII in lower case.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        assert!(SLOTS.is_power_of_two() && words.len() * 2 <= SLOTS, "too few slots for the words");
        let mut slots = [0; SLOTS];
        let mut i = 0;
        while i < words.len() {
            let mut slot = hash(words[i].as_bytes()) as usize % SLOTS;
            while slots[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = i as u16 + 1;
            i += 1;
        }
        Lookup { words, slots }
    }

    /// Index of `word` in the list, whatever the case of its ASCII letters.
    pub(crate) fn find(&self, word: &[u8]) -> Option<usize> {
        let mut slot = hash(word) as usize % SLOTS;
        loop {
            let i = (self.slots[slot] as usize).checked_sub(1)?;
            if self.words[i].as_bytes().eq_ignore_ascii_case(word) {
                return Some(i);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

/// FNV-1a over the bytes in lower case, its high half folded in.
const fn hash(word: &[u8]) -> u32 {
    let mut hash = fnv::BEGIN;
    let mut i = 0;
    while i < word.len() {
        hash = fnv::add(hash, word[i].to_ascii_lowercase());
        i += 1;
    }
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::Lookup;

    #[test]
    fn words_are_found_in_any_case_and_others_are_not() {
        static TABLE: Lookup<8> = Lookup::new(&["nav", "aside", "main"]);
        assert_eq!(TABLE.find(b"ASIDE"), Some(1));
        assert_eq!(TABLE.find(b"mai"), None);
        assert_eq!(TABLE.find(b""), None);
    }
}
