//! A token: a word, a number or a mark of a text.

use crate::{
    name::gazetteer::{Phrases, Traits},
    statement::word::Tags,
};
use corpus_core::Span;
use std::hash::{BuildHasherDefault, Hasher};

/// A word, a number or a mark, with what its letters look like and a key of its folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Offset of the first byte in the document's text.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// How its letters are cased.
    pub case: Case,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether a hyphen joins parts of it, as in "five-year".
    pub hyphenated: bool,
    /// Key of its lower-case form, curly apostrophes made straight: what a lexicon looks up.
    pub key: Key,
    /// What the gazetteers know of it; nothing before a page has looked it up.
    pub(crate) traits: Traits,
    /// The known phrases that begin with it; none before a page has looked it up.
    pub(crate) phrases: Phrases,
    /// What it may do in a sentence; nothing before a page has looked it up.
    pub(crate) tags: Tags,
}

impl Token {
    /// Where it lies in the document's text.
    #[inline]
    pub const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Whether it is a word.
    pub const fn is_word(self) -> bool {
        matches!(self.kind, TokenKind::Word)
    }

    /// Whether it begins with a capital letter.
    pub const fn is_capitalised(self) -> bool {
        matches!(self.case, Case::Title | Case::Upper | Case::Initial)
    }
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, and digits, hyphens or apostrophes among them.
    Word,
    /// Digits, with points and commas among them.
    Number,
    /// A possessive ending, "'s" or "’".
    Possessive,
    /// One mark of punctuation or one symbol.
    Mark,
}

/// How the letters of a token are cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// No letter that has a case.
    None,
    /// "word".
    Lower,
    /// "Word", "McDonald", "Jean-Luc".
    Title,
    /// "WORD", two letters or more.
    Upper,
    /// "W", one capital letter.
    Initial,
    /// "iPhone".
    Mixed,
}

/// Key of a folded word: its hash. Two words of a lexicon never share one; its construction checks that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    /// The key as a number.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// The key of a word as a token of a text would have it.
    pub fn of(word: &str) -> Self {
        let mut hash = Fold::default();
        for letter in word.chars() {
            hash.push(letter);
        }
        hash.key()
    }

    /// One key of several words, in their order.
    pub(crate) fn of_all(tokens: &[Token]) -> Self {
        let mix =
            |all: u64, token: &Token| (all.rotate_left(21) ^ token.key.0).wrapping_mul(0xff51_afd7_ed55_8ccd);
        Key(tokens.iter().fold(tokens.len() as u64, mix))
    }

    /// The key of a word of lower-case ASCII letters, for constants.
    pub(crate) const fn ascii(word: &str) -> Self {
        let bytes = word.as_bytes();
        let mut hash = Fold::NEW;
        let mut at = 0;
        while at < bytes.len() {
            hash.mix(bytes[at] as u32);
            at += 1;
        }
        hash.key()
    }
}

/// Folds a word letter by letter into its key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fold(u64);

impl Default for Fold {
    fn default() -> Self {
        Fold::NEW
    }
}

impl Fold {
    const NEW: Fold = Fold(0xcbf2_9ce4_8422_2325);

    /// Adds one letter in its lower-case form.
    pub(crate) fn push(&mut self, letter: char) {
        match letter {
            'A'..='Z' => self.mix(u32::from(letter) | 0x20),
            '\u{2019}' | '\u{2018}' | '\u{2bc}' => self.mix(u32::from('\'')),
            '\u{2010}' | '\u{2011}' => self.mix(u32::from('-')),
            _ if letter.is_ascii() => self.mix(u32::from(letter)),
            _ => letter.to_lowercase().for_each(|lower| self.mix(u32::from(lower))),
        }
    }

    const fn mix(&mut self, letter: u32) {
        self.0 = (self.0 ^ letter as u64).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// The key of what was pushed.
    pub(crate) const fn key(self) -> Key {
        // The low bits of the product mix poorly; a map takes them for its buckets.
        Key(self.0 ^ (self.0 >> 29))
    }
}

/// A hasher for keys, which are hashes already, and for short texts.
#[derive(Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        let tail = rest.iter().fold(0, |tail, &byte| tail << 8 | u64::from(byte));
        for chunk in chunks.iter().map(|chunk| u64::from_le_bytes(*chunk)).chain([tail]) {
            self.0 = (self.0.rotate_left(23) ^ chunk).wrapping_mul(0xff51_afd7_ed55_8ccd);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// Builds [`KeyHasher`]s.
pub type BuildKeyHasher = BuildHasherDefault<KeyHasher>;

/// Cuts `text[span]` into tokens.
///
/// A word is a run of letters and digits that begins with a letter; a hyphen or an apostrophe between two letters
/// belongs to it, the possessive at its end is a token of its own. A number is a run of digits, with a point, comma
/// or colon between two digits. Everything else that is no white space is a mark, one character each.
pub fn tokenise(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let text = &text[..span.end];
    let bytes = text.as_bytes();
    let mut at = span.start;
    let mut spaced = true;
    while let Some(&byte) = bytes.get(at) {
        let (len, token) = match Class::of(byte) {
            Class::Space => {
                spaced = true;
                at += 1;
                continue;
            }
            Class::Lower | Class::Upper => word(&text[at..]),
            Class::Digit => number(&bytes[at..]),
            Class::Mark | Class::Joiner => mark(&text[at..], char::from(byte), spaced),
            Class::Wide => {
                let rest = &text[at..];
                let Some(first) = rest.chars().next() else { break };
                if first.is_whitespace() {
                    spaced = true;
                    at += first.len_utf8();
                    continue;
                }
                if first.is_alphabetic() { word(rest) } else { mark(rest, first, spaced) }
            }
        };
        tokens.push(Token { start: at as u32, end: (at + len) as u32, spaced, ..token });
        spaced = false;
        at += len;
    }
}

/// What a byte of a text can be part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Lower,
    Upper,
    Digit,
    /// A mark that belongs to a word when letters stand on either side.
    Joiner,
    Mark,
    /// A byte of a character beyond ASCII.
    Wide,
}

impl Class {
    const TABLE: [Class; 256] = {
        let mut table = [Class::Mark; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = match byte as u8 {
                b' ' | b'\t'..=b'\r' => Class::Space,
                b'a'..=b'z' => Class::Lower,
                b'A'..=b'Z' => Class::Upper,
                b'0'..=b'9' => Class::Digit,
                b'\'' | b'-' | b'&' => Class::Joiner,
                128.. => Class::Wide,
                _ => Class::Mark,
            };
            byte += 1;
        }
        table
    };

    const fn of(byte: u8) -> Class {
        Class::TABLE[byte as usize]
    }
}

/// A token of one kind, its place still open.
const fn bare(kind: TokenKind, key: Key) -> Token {
    Token {
        start: 0,
        end: 0,
        kind,
        case: Case::None,
        spaced: false,
        hyphenated: false,
        key,
        traits: Traits::NONE,
        phrases: Phrases::NONE,
        tags: Tags::NONE,
    }
}

fn word(rest: &str) -> (usize, Token) {
    let bytes = rest.as_bytes();
    let mut fold = Fold::default();
    let (mut n_letters, mut n_upper, mut hyphenated) = (0_u32, 0_u32, false);
    let mut first_upper = bytes[0].is_ascii_uppercase();
    // Most words are plain ASCII letters to their end.
    while let Some(&byte) = bytes.get(n_letters as usize) {
        let lower = byte | 0x20;
        if !lower.is_ascii_lowercase() {
            break;
        }
        n_upper += u32::from(byte != lower);
        fold.mix(u32::from(lower));
        n_letters += 1;
    }
    let mut len = n_letters as usize;
    while let Some(&byte) = bytes.get(len) {
        match Class::of(byte) {
            Class::Lower => {
                n_letters += 1;
                fold.mix(u32::from(byte));
                len += 1;
            }
            Class::Upper => {
                first_upper |= n_letters == 0;
                n_letters += 1;
                n_upper += 1;
                fold.mix(u32::from(byte | 0x20));
                len += 1;
            }
            Class::Digit => {
                fold.mix(u32::from(byte));
                len += 1;
            }
            Class::Joiner => {
                if !joins(char::from(byte), &rest[len + 1..]) {
                    break;
                }
                hyphenated |= byte == b'-';
                fold.mix(u32::from(byte));
                len += 1;
            }
            Class::Space | Class::Mark => break,
            Class::Wide => {
                let Some(letter) = rest[len..].chars().next() else { break };
                let after = &rest[len + letter.len_utf8()..];
                if letter.is_alphanumeric() || is_combining(letter) {
                    if letter.is_alphabetic() {
                        let upper = letter.is_uppercase();
                        first_upper |= n_letters == 0 && upper;
                        n_letters += 1;
                        n_upper += u32::from(upper);
                    }
                } else if is_joiner(letter) && joins(letter, after) {
                    hyphenated |= !is_apostrophe(letter);
                } else {
                    break;
                }
                fold.push(letter);
                len += letter.len_utf8();
            }
        }
    }
    let case = match (n_letters, n_upper, first_upper) {
        (_, 0, _) => Case::Lower,
        (1, 1, _) => Case::Initial,
        (letters, upper, _) if letters == upper => Case::Upper,
        (_, _, true) => Case::Title,
        _ => Case::Mixed,
    };
    (len, Token { case, hyphenated, ..bare(TokenKind::Word, fold.key()) })
}

/// Whether a joiner belongs to the word before it, by what follows.
fn joins(joiner: char, after: &str) -> bool {
    after.chars().next().is_some_and(char::is_alphanumeric)
        && !(is_apostrophe(joiner) && is_possessive(after))
}

fn number(rest: &[u8]) -> (usize, Token) {
    let mut fold = Fold::default();
    let mut len = 0;
    while let Some(&byte) = rest.get(len) {
        let joins = matches!(byte, b'.' | b',' | b':') && rest.get(len + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !joins {
            break;
        }
        fold.mix(u32::from(byte));
        len += 1;
    }
    (len, bare(TokenKind::Number, fold.key()))
}

fn mark(rest: &str, first: char, spaced: bool) -> (usize, Token) {
    let len = first.len_utf8();
    if is_apostrophe(first) && !spaced && is_possessive(&rest[len..]) {
        return (len + 1, bare(TokenKind::Possessive, Key::of("'s")));
    }
    let mut fold = Fold::default();
    fold.push(first);
    (len, bare(TokenKind::Mark, fold.key()))
}

/// Whether what follows an apostrophe is the "s" of a possessive.
fn is_possessive(after: &str) -> bool {
    let mut letters = after.chars();
    matches!(letters.next(), Some('s' | 'S')) && !letters.next().is_some_and(char::is_alphanumeric)
}

const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2bc}')
}

const fn is_joiner(letter: char) -> bool {
    is_apostrophe(letter) || matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '&')
}

const fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenise(text, (0..text.len()).into(), &mut tokens);
        tokens.iter().map(|token| &text[token.span()]).collect()
    }

    #[test]
    fn words_keep_their_hyphens_and_lose_their_possessive() {
        assert_eq!(cut("Jean-Luc’s 1.5 million, don't"), ["Jean-Luc", "’s", "1.5", "million", ",", "don't"]);
    }

    #[test]
    fn a_key_knows_no_case_and_no_curl() {
        assert_eq!(Key::of("Don’t"), Key::of("don't"));
        assert_ne!(Key::of("dont"), Key::of("don't"));
    }
}
