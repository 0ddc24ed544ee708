//! A lexicon: words and phrases of one kind, each with a value, found in a run of tokens.

use crate::token::{BuildKeyHasher, Key, Token, tokenise};
use std::collections::HashMap;

/// Words and phrases, each with a value. The look-up of a token that begins none costs one hash look-up.
#[derive(Clone, Debug)]
pub struct Lexicon<T> {
    /// The key of the first word, and the phrases that begin with it, the longest first.
    phrases: HashMap<Key, Vec<Phrase<T>>, BuildKeyHasher>,
}

#[derive(Clone, Debug)]
struct Phrase<T> {
    rest: Box<[Key]>,
    value: T,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon of `entries`; a phrase is cut as a text is, so "Jean-Luc" is one word and "U.S." four tokens.
    pub fn new<'e>(entries: impl IntoIterator<Item = (&'e str, T)>) -> Self {
        let mut lexicon = Lexicon { phrases: HashMap::default() };
        let mut tokens = Vec::new();
        for (phrase, value) in entries {
            tokens.clear();
            tokenise(phrase, (0..phrase.len()).into(), &mut tokens);
            let mut keys = tokens.iter().map(|token| token.key);
            let Some(first) = keys.next() else { continue };
            lexicon.phrases.entry(first).or_default().push(Phrase { rest: keys.collect(), value });
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        lexicon
    }

    /// The value of the longest phrase that `tokens` begin with, and its length in tokens.
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, T)> {
        let (first, rest) = tokens.split_first()?;
        let phrases = self.phrases.get(&first.key)?;
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
        let phrases = self.phrases.get(&Key::of(word))?;
        phrases.iter().find(|phrase| phrase.rest.is_empty()).map(|phrase| phrase.value)
    }

    /// The value of a phrase of one word.
    pub fn get(&self, token: Token) -> Option<T> {
        let phrases = self.phrases.get(&token.key)?;
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
