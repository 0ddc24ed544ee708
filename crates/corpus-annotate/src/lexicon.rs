//! A lexicon: words and phrases of one kind, each with a value, found in a run of tokens.

use crate::token::{BuildKeyHasher, Key, Token, tokenise};
use std::collections::HashMap;

/// Words and phrases, each with a value. The look-up of a token that begins none costs one look at a bitmap.
#[derive(Clone, Debug)]
pub struct Lexicon<T> {
    /// The key of the first word, and the phrases that begin with it, the longest first.
    phrases: HashMap<Key, Vec<Phrase<T>>, BuildKeyHasher>,
    firsts: KeyFilter,
}

/// A bitmap of keys: what it says it does not hold, it does not; what it says it holds, it most likely does.
#[derive(Clone, Debug)]
pub(crate) struct KeyFilter {
    bits: Box<[u64]>,
    /// How far a mixed key is shifted to the number of its bit.
    shift: u32,
}

/// Bits of a filter for each of its keys.
const BITS_PER_KEY: usize = 24;

impl KeyFilter {
    /// A filter of `keys`.
    pub(crate) fn new(keys: impl ExactSizeIterator<Item = Key>) -> Self {
        let n_bits = (keys.len() * BITS_PER_KEY).next_power_of_two().max(64);
        let mut filter = KeyFilter { bits: vec![0; n_bits / 64].into(), shift: 64 - n_bits.trailing_zeros() };
        for key in keys {
            let at = filter.place(key);
            filter.bits[at / 64] |= 1 << (at % 64);
        }
        filter
    }

    #[inline]
    fn place(&self, key: Key) -> usize {
        (key.bits().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    /// Whether `key` may be one of the filter's keys.
    #[inline]
    pub(crate) fn may_hold(&self, key: Key) -> bool {
        let at = self.place(key);
        self.bits[at / 64] >> (at % 64) & 1 != 0
    }
}

#[derive(Clone, Debug)]
struct Phrase<T> {
    rest: Box<[Key]>,
    value: T,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon of `entries`; a phrase is cut as a text is, so "Jean-Luc" is one word and "U.S." four tokens.
    pub fn new<'e>(entries: impl IntoIterator<Item = (&'e str, T)>) -> Self {
        let entries = entries.into_iter();
        let mut phrases: HashMap<Key, Vec<Phrase<T>>, BuildKeyHasher> =
            HashMap::with_capacity_and_hasher(entries.size_hint().0, BuildKeyHasher::default());
        let mut tokens = Vec::new();
        for (phrase, value) in entries {
            tokens.clear();
            tokenise(phrase, (0..phrase.len()).into(), &mut tokens);
            let mut keys = tokens.iter().map(|token| token.key);
            let Some(first) = keys.next() else { continue };
            phrases.entry(first).or_default().push(Phrase { rest: keys.collect(), value });
        }
        for phrases in phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        let firsts = KeyFilter::new(phrases.keys().copied());
        Lexicon { phrases, firsts }
    }

    /// The value of the longest phrase that `tokens` begin with, and its length in tokens.
    #[inline]
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, T)> {
        let (first, rest) = tokens.split_first()?;
        if self.firsts.may_hold(first.key) { self.longest_from(first.key, rest) } else { None }
    }

    fn longest_from(&self, first: Key, rest: &[Token]) -> Option<(usize, T)> {
        let phrase = self.phrases.get(&first)?.iter().find(|phrase| {
            phrase.rest.len() <= rest.len()
                && phrase.rest.iter().zip(rest).all(|(key, token)| *key == token.key)
        })?;
        Some((phrase.rest.len() + 1, phrase.value))
    }

    /// The value of a word that is no token of a text, such as a part of a hyphenated one.
    pub fn value(&self, word: &str) -> Option<T> {
        self.of_word(Key::of(word))
    }

    /// The value of a phrase of one word.
    #[inline]
    pub fn get(&self, token: Token) -> Option<T> {
        self.of_word(token.key)
    }

    #[inline]
    fn of_word(&self, key: Key) -> Option<T> {
        if self.firsts.may_hold(key) { self.alone(key) } else { None }
    }

    /// The value of the phrase that is this word alone.
    fn alone(&self, key: Key) -> Option<T> {
        self.phrases.get(&key)?.iter().find(|phrase| phrase.rest.is_empty()).map(|phrase| phrase.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let lexicon = Lexicon::new([("new", 1), ("New York", 2), ("new york times", 3)]);
        let text = "New York was new";
        let mut tokens = Vec::new();
        tokenise(text, (0..text.len()).into(), &mut tokens);
        assert_eq!(lexicon.longest(&tokens), Some((2, 2)));
        assert_eq!(lexicon.longest(&tokens[3..]), Some((1, 1)));
        assert_eq!(lexicon.longest(&tokens[1..]), None);
    }
}
