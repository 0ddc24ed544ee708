//! A table of words, laid out when the crate is compiled.

/// Words with a value each, found by hash. `SLOTS` is a power of two, at least twice the number of words.
pub(crate) struct WordTable<const WORDS: usize, const SLOTS: usize> {
    words: [(&'static str, u64); WORDS],
    n_words: usize,
    /// For each hash, one more than the index of a word; 0 where there is none.
    slots: [u16; SLOTS],
}

impl<const WORDS: usize, const SLOTS: usize> WordTable<WORDS, SLOTS> {
    pub(crate) const fn new() -> Self {
        assert!(SLOTS.is_power_of_two() && WORDS * 2 <= SLOTS, "a table is at most half full");
        WordTable { words: [("", 0); WORDS], n_words: 0, slots: [0; SLOTS] }
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
        let mut hash = WordHash::new();
        let mut at = 0;
        while at < word.len() {
            hash.push(word.as_bytes()[at]);
            at += 1;
        }
        let mut slot = hash.slot() & (SLOTS - 1);
        while self.slots[slot] != 0 {
            let known = &mut self.words[self.slots[slot] as usize - 1];
            if equal(known.0.as_bytes(), word.as_bytes()) {
                known.1 |= value;
                return;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        self.words[self.n_words] = (word, value);
        self.n_words += 1;
        self.slots[slot] = self.n_words as u16;
    }

    /// The words, in the order in which they were added.
    #[cfg(test)]
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words[..self.n_words].iter().map(|(word, _)| *word)
    }

    /// The value of a word whose hash is known; 0 where it is not in the table.
    #[inline]
    pub(crate) fn value(&self, word: &[u8], hash: WordHash) -> u64 {
        let mut slot = hash.slot() & (SLOTS - 1);
        while self.slots[slot] != 0 {
            let (known, value) = self.words[usize::from(self.slots[slot]) - 1];
            if known.as_bytes() == word {
                return value;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        0
    }
}

/// The hash of a word, made byte by byte (FNV-1a).
#[derive(Clone, Copy)]
pub(crate) struct WordHash(u64);

impl WordHash {
    pub(crate) const fn new() -> Self {
        WordHash(0xcbf2_9ce4_8422_2325)
    }

    #[inline]
    pub(crate) const fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01b3);
    }

    const fn slot(self) -> usize {
        (self.0 ^ (self.0 >> 32)) as usize
    }
}

const fn equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    static TABLE: WordTable<4, 8> = {
        let mut table = WordTable::new();
        table.add("one two", 1);
        table.add("two drei", 2);
        table
    };

    fn value(word: &str) -> u64 {
        let mut hash = WordHash::new();
        word.bytes().for_each(|byte| hash.push(byte));
        TABLE.value(word.as_bytes(), hash)
    }

    #[test]
    fn a_word_has_the_bits_of_every_list_it_is_in() {
        assert_eq!(["one", "two", "drei", "four", ""].map(value), [1, 3, 2, 0, 0]);
    }
}
