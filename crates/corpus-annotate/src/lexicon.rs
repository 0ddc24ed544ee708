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

    fn place(&self, key: Key) -> usize {
        (key.bits().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    /// Whether `key` may be one of the filter's keys.
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

    /// The phrases that begin with a word.
    fn of_first(&self, first: Key) -> Option<&[Phrase<T>]> {
        if self.firsts.may_hold(first) { self.phrases.get(&first).map(Vec::as_slice) } else { None }
    }

    /// The value of the longest phrase that `tokens` begin with, and its length in tokens.
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, T)> {
        let (first, rest) = tokens.split_first()?;
        let phrases = self.of_first(first.key)?;
        phrases
            .iter()
            .find(|phrase| {
                phrase.rest.len() <= rest.len()
                    && phrase.rest.iter().zip(rest).all(|(key, token)| *key == token.key)
            })
            .map(|phrase| (phrase.rest.len() + 1, phrase.value))
    }

    /// The value of a word that is no token of a text, such as a part of a hyphenated one.
    pub fn value(&self, word: &str) -> Option<T> {
        let phrases = self.of_first(Key::of(word))?;
        phrases.iter().find(|phrase| phrase.rest.is_empty()).map(|phrase| phrase.value)
    }

    /// The value of a phrase of one word.
    pub fn get(&self, token: Token) -> Option<T> {
        let phrases = self.of_first(token.key)?;
        phrases.iter().find(|phrase| phrase.rest.is_empty()).map(|phrase| phrase.value)
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
