//! A table of words, laid out when the crate is compiled.

/// Words with a value each, found by hash. `SLOTS` is a power of two, at least twice the number of words.
pub(crate) struct WordTable<const WORDS: usize, const SLOTS: usize> {
    words: [Entry; WORDS],
    n_words: usize,
    /// For each hash, one more than the index of a word; 0 where there is none.
    slots: [u16; SLOTS],
}

#[derive(Clone, Copy)]
struct Entry {
    key: u64,
    word: &'static str,
    value: u64,
}

impl<const WORDS: usize, const SLOTS: usize> WordTable<WORDS, SLOTS> {
    pub(crate) const fn new() -> Self {
        assert!(SLOTS.is_power_of_two() && WORDS * 2 <= SLOTS, "a table is at most half full");
        WordTable { words: [Entry { key: 0, word: "", value: 0 }; WORDS], n_words: 0, slots: [0; SLOTS] }
    }

    /// Gives each word of `list`, which single spaces separate, the bits of `value`, beside those it has.
    pub(crate) const fn add(&mut self, list: &'static str, value: u64) {
        let mut rest = list;
        while !rest.is_empty() {
            let mut end = 0;
            while end < rest.len() && rest.as_bytes()[end] != b' ' {
                end += 1;
            }
            let (word, after) = rest.split_at(end);
            rest = if after.is_empty() { after } else { after.split_at(1).1 };
            assert!(!word.is_empty(), "one space between words");
            self.add_word(word, value);
        }
    }

    const fn add_word(&mut self, word: &'static str, value: u64) {
        let key = key(word.as_bytes());
        let mut slot = Self::slot(key);
        while self.slots[slot] != 0 {
            let entry = &mut self.words[self.slots[slot] as usize - 1];
            if entry.key == key {
                assert!(entry.word.len() == word.len(), "long words differ in their keys");
                entry.value |= value;
                return;
            }
            slot = (slot + 1) % SLOTS;
        }
        self.words[self.n_words] = Entry { key, word, value };
        self.n_words += 1;
        self.slots[slot] = self.n_words as u16;
    }

    const fn slot(key: u64) -> usize {
        (key.wrapping_mul(MULTIPLIER) >> (64 - SLOTS.ilog2())) as usize
    }

    /// The words, in the order in which they were added.
    #[cfg(test)]
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words[..self.n_words].iter().map(|entry| entry.word)
    }

    /// The value of a word; 0 where it is not in the table.
    #[inline]
    pub(crate) fn value(&self, word: &[u8]) -> u64 {
        match self.entry(key(word)) {
            Some(entry) if word.len() <= 8 || entry.word.as_bytes() == word => entry.value,
            _ => 0,
        }
    }

    /// The value of the lower case of a word of one to eight ASCII letters, `len` bytes from `start` on.
    #[inline]
    pub(crate) fn value_of_short_ascii(&self, text: &[u8], start: usize, len: usize) -> u64 {
        let letters = match text[start..].first_chunk::<8>() {
            Some(eight) => u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * len)),
            None => key(&text[start..start + len]),
        };
        let lower = 0x2020_2020_2020_2020 >> (64 - 8 * len);
        self.entry(letters | lower).map_or(0, |entry| entry.value)
    }

    #[inline]
    fn entry(&self, key: u64) -> Option<&Entry> {
        let mut slot = Self::slot(key);
        while self.slots[slot] != 0 {
            let entry = &self.words[usize::from(self.slots[slot]) - 1];
            if entry.key == key {
                return Some(entry);
            }
            slot = (slot + 1) % SLOTS;
        }
        None
    }
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The bytes of a word of at most eight, the first the lowest; a hash of a longer one.
#[inline]
const fn key(word: &[u8]) -> u64 {
    let mut key = 0;
    let mut at = 0;
    if word.len() <= 8 {
        while at < word.len() {
            key |= (word[at] as u64) << (8 * at);
            at += 1;
        }
    } else {
        while at < word.len() {
            key = (key ^ word[at] as u64).wrapping_mul(MULTIPLIER).rotate_left(23);
            at += 1;
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    static TABLE: WordTable<4, 8> = {
        let mut table = WordTable::new();
        table.add("one two", 1);
        table.add("two twenty-three", 2);
        table
    };

    #[test]
    fn a_word_has_the_bits_of_every_list_it_is_in() {
        let words = ["one", "two", "twenty-three", "four", "twenty-four", ""];
        assert_eq!(words.map(|word| TABLE.value(word.as_bytes())), [1, 3, 2, 0, 0, 0]);
        assert_eq!(TABLE.value_of_short_ascii(b"-ONE", 1, 3), 1);
        assert_eq!(TABLE.value_of_short_ascii(b"-TwO four five", 1, 3), 3);
    }
}
