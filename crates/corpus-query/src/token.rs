//! The words of a text: UAX #29 words, split at hyphens and after elided words, the possessive cut, each with its
//! folded form.

mod elision;

use crate::fold::{fold_char, fold_into};
use corpus_core::ascii;
use elision::{elided, is_apostrophe};
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

/// Version of what the words of a text are. An index made by another version is made anew.
///
/// * 1: UAX #29 of Unicode 17, folded as [`crate::fold`] says.
/// * 2: an elided word is a word of its own: of *l’économie*, `l'` and `economie`.
pub const TOKENIZER_VERSION: u32 = 2;

/// Hands each word of `text` to `sink`: where it begins and ends, in bytes, and its folded form.
///
/// A word is a UAX #29 word with a letter or digit in it. A possessive is not part of it: of “Kremlin’s” the word is
/// `Kremlin`. An elided word is one by itself, with its apostrophe: “l’économie” is two. Words come in order and do not
/// overlap.
///
/// ```
/// use corpus_query::token::each_word;
/// let mut words = Vec::new();
/// each_word("The Kremlin’s co-operation, 3.5%", |start, end, folded| words.push((start, end, folded.to_owned())));
/// let folded: Vec<&str> = words.iter().map(|(_, _, folded)| &**folded).collect();
/// assert_eq!(folded, ["the", "kremlin", "co", "operation", "3.5"]);
/// assert_eq!(words[1], (4, 11, "kremlin".to_owned()));
/// ```
pub fn each_word(text: &str, mut sink: impl FnMut(usize, usize, &str)) {
    let mut folded = String::new();
    let mut words = WordStream::new(text);
    while let Some((start, end)) = words.next(&mut folded) {
        sink(start, end, &folded);
    }
}

/// The words of a text, one after the other.
pub(crate) struct WordStream<'a> {
    text: &'a str,
    at: usize,
    /// Where a piece begins that is left to the tables of Unicode, and what is left of it.
    piece: Option<(usize, UWordBoundIndices<'a>)>,
    /// Where the word lies that an elided one, which was the last, is written as one with.
    joined: Option<(usize, usize)>,
}

impl<'a> WordStream<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        WordStream { text, at: 0, piece: None, joined: None }
    }

    /// The next word, where it is the commonest kind: up to seven ASCII letters and digits, joined to nothing. Else
    /// `None`, and `next` says which one it is.
    #[inline]
    pub(crate) fn next_short(&mut self) -> Option<Short> {
        if self.piece.is_some() || self.joined.is_some() {
            return None;
        }
        let bytes = self.text.as_bytes();
        self.at += bytes[self.at..].iter().take_while(|byte| is_between(**byte)).count();
        let eight = u64::from_le_bytes(*bytes[self.at..].first_chunk()?);
        let len = ascii::n_first(ascii::letters_and_digits(eight));
        let (start, end) = (self.at, self.at + len);
        if len == 0 || len == 8 || !ends_at(bytes, end) {
            return None;
        }
        self.at = end;
        // Letters become small, digits stay.
        let folded = (eight | ascii::SMALL) & !(u64::MAX << (8 * len));
        Some(Short { start, end, folded })
    }

    /// The next word, where it is any number of ASCII letters and digits, joined to nothing.
    #[inline]
    fn next_plain(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        self.at += bytes[self.at..].iter().take_while(|byte| is_between(**byte)).count();
        let (start, end) = (self.at, self.at + ascii::run(&bytes[self.at..], ascii::letters_and_digits));
        let is_plain = start < end && ends_at(bytes, end);
        is_plain.then(|| {
            self.at = end;
            (start, end)
        })
    }

    /// Where the next word begins and ends, in bytes; its folded form takes the place of what `folded` holds.
    pub(crate) fn next(&mut self, folded: &mut String) -> Option<(usize, usize)> {
        if let Some((start, end)) = self.joined.take() {
            folded.clear();
            fold_into(&self.text[start..end], folded);
            return Some(self.without_joined(start, end, folded));
        }
        loop {
            if let Some((from, segments)) = &mut self.piece {
                for (offset, segment) in segments.by_ref() {
                    if segment.chars().any(char::is_alphanumeric) {
                        folded.clear();
                        fold_into(segment, folded);
                        let (start, end) = (*from + offset, *from + offset + segment.len());
                        if let Some(end) = end_of(self.text, start, end, folded) {
                            return Some(self.without_joined(start, end, folded));
                        }
                    }
                }
                self.piece = None;
            }
            if let Some((start, end)) = self.next_plain() {
                folded.clear();
                folded.push_str(&self.text[start..end]);
                folded.make_ascii_lowercase();
                return Some((start, end));
            }
            let (start, end) = next_word(self.text, self.at, folded)?;
            self.at = end;
            if start == end {
                // Not the plain case: the words up to the next space are left to the tables of Unicode.
                let piece = &self.text[start..];
                let len = piece.find(|c: char| c.is_ascii_whitespace()).unwrap_or(piece.len());
                self.at = start + len;
                self.piece = Some((start, piece[..len].split_word_bound_indices()));
            } else if folded.bytes().any(|byte| byte != b'_')
                && let Some(end) = end_of(self.text, start, end, folded)
            {
                return Some(self.without_joined(start, end, folded));
            }
        }
    }

    /// Of the word from `start` to `end` the elided one that it begins with, if it does; the next one is what follows.
    #[inline]
    fn without_joined(&mut self, start: usize, end: usize, folded: &mut String) -> (usize, usize) {
        let Some(len) = elided(folded) else { return (start, end) };
        let mut characters = self.text[start..end].char_indices();
        let Some((offset, apostrophe)) = characters.find(|(_, character)| is_apostrophe(*character)) else {
            return (start, end);
        };
        folded.truncate(len);
        let middle = start + offset + apostrophe.len_utf8();
        self.joined = Some((middle, end));
        (start, middle)
    }
}

/// A short word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Short {
    /// Where it begins, in bytes,
    pub(crate) start: usize,
    /// and ends.
    pub(crate) end: usize,
    /// The bytes of its folded form, the first lowest, with zeros behind them.
    pub(crate) folded: u64,
}

/// Where the word from `start` to `end` ends without a possessive, which is taken from `folded` too; `None` where there
/// is nothing to a word but what folds to nothing.
#[inline]
fn end_of(text: &str, start: usize, end: usize, folded: &mut String) -> Option<usize> {
    let mut end = end;
    if folded.len() > 2 && folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
        let mut characters = text[start..end].char_indices().rev();
        // The s and the apostrophe, with whatever invisible stands between them.
        end = characters
            .find(|(_, character)| is_apostrophe(*character))
            .map_or(end, |(offset, _)| start + offset);
    }
    (!folded.is_empty()).then_some(end)
}

/// What a character means to the fast way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter, or the underscore that joins as letters do.
    Letter,
    Digit,
    /// Joins letters to letters and digits to digits: full stop, apostrophe.
    Mid,
    /// Joins letters.
    MidLetter,
    /// Joins digits.
    MidDigit,
    /// Stands between words.
    Between,
    /// Left to the tables of Unicode.
    Other,
}

const ASCII: [Kind; 128] = {
    let mut table = [Kind::Between; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Kind::Letter,
            b'0'..=b'9' => Kind::Digit,
            b'.' | b'\'' => Kind::Mid,
            b':' => Kind::MidLetter,
            b',' | b';' => Kind::MidDigit,
            _ => Kind::Between,
        };
        byte += 1;
    }
    table
};

/// The kind of a character that is this byte.
#[inline]
fn ascii_kind(byte: u8) -> Kind {
    ASCII.get(usize::from(byte)).copied().unwrap_or(Kind::Other)
}

/// Whether a byte is a character of ASCII that no word begins with.
#[inline]
fn is_between(byte: u8) -> bool {
    !matches!(ascii_kind(byte), Kind::Letter | Kind::Digit | Kind::Other)
}

/// Whether a run of ASCII letters and digits that ends at `end` is a word, whatever follows.
#[inline]
fn ends_at(bytes: &[u8], end: usize) -> bool {
    let is_between_at = |at: usize| bytes.get(at).is_none_or(|byte| is_between(*byte));
    match bytes.get(end).map_or(Kind::Between, |byte| ascii_kind(*byte)) {
        Kind::Between => true,
        Kind::Mid | Kind::MidLetter | Kind::MidDigit => is_between_at(end + 1),
        Kind::Letter | Kind::Digit | Kind::Other => false,
    }
}

/// The kind and length in bytes of the character at `at`.
#[inline]
fn kind_at(text: &str, at: usize) -> (Kind, usize) {
    let bytes = text.as_bytes();
    match bytes.get(at) {
        None => (Kind::Between, 0),
        Some(&byte) if byte < 128 => (ASCII[usize::from(byte)], 1),
        Some(0xe2) if bytes[at + 1] == 0x80 => match bytes[at + 2] {
            // U+2018 and U+2019, the typographic apostrophes.
            0x98 | 0x99 => (Kind::Mid, 3),
            // Hyphens, dashes, quotation marks, dagger, bullet; ellipsis.
            0x90..=0x97 | 0x9a..=0xa2 | 0xa6 => (Kind::Between, 3),
            _ => (Kind::Other, 3),
        },
        // No-break space and angular quotation marks.
        Some(0xc2) if matches!(bytes[at + 1], 0xa0 | 0xab | 0xbb) => (Kind::Between, 2),
        // Latin, Greek and Cyrillic letters.
        Some(0xc3..=0xca | 0xce..=0xd3) => match text[at..].chars().next() {
            Some(character) if character.is_alphabetic() => (Kind::Letter, 2),
            _ => (Kind::Other, 2),
        },
        Some(_) => (Kind::Other, text[at..].chars().next().map_or(1, char::len_utf8)),
    }
}

/// The next word from `at` on, its folded form in `folded`; an empty range where the fast way does not lead further.
fn next_word(text: &str, at: usize, folded: &mut String) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut start = at;
    let mut kind = loop {
        let (kind, len) = kind_at(text, start);
        match kind {
            Kind::Letter | Kind::Digit => break kind,
            Kind::Other => return Some((start, start)),
            _ if len == 0 => return None,
            _ => start += len,
        }
    };
    folded.clear();
    let mut end = start;
    loop {
        // The usual case: a run of ASCII letters and digits.
        let run = ascii::run(&bytes[end..], ascii::letters_and_digits);
        if run > 0 {
            let ascii = &text[end..end + run];
            let from = folded.len();
            folded.push_str(ascii);
            folded[from..].make_ascii_lowercase();
            end += run;
            kind = if bytes[end - 1].is_ascii_digit() { Kind::Digit } else { Kind::Letter };
        }
        let (next, len) = kind_at(text, end);
        match next {
            Kind::Letter | Kind::Digit => {
                fold_next(text, end, folded);
                kind = next;
                end += len;
            }
            Kind::Mid | Kind::MidLetter | Kind::MidDigit => {
                let after = kind_at(text, end + len).0;
                // The underscore is joined by nothing but letters and digits beside it.
                let underscore = bytes[end - 1] == b'_' || bytes.get(end + len) == Some(&b'_');
                let joins = after == kind
                    && !underscore
                    && (next == Kind::Mid || (next == Kind::MidLetter) == (kind == Kind::Letter));
                match after {
                    Kind::Other => return Some((start, start)),
                    _ if joins => {
                        fold_next(text, end, folded);
                        end += len;
                    }
                    _ => return Some((start, end)),
                }
            }
            Kind::Between => return Some((start, end)),
            Kind::Other => return Some((start, start)),
        }
    }
}

fn fold_next(text: &str, at: usize, folded: &mut String) {
    if let Some(character) = text[at..].chars().next() {
        fold_char(character, folded);
    }
}

/// The words of one text, kept: where each lies, and its folded form.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    spans: Vec<(u32, u32)>,
    /// Where the folded form of each word ends in `folded`.
    ends: Vec<u32>,
    folded: String,
}

impl Tokens {
    /// The words of `text`.
    pub fn of(text: &str) -> Self {
        let mut tokens = Tokens::default();
        tokens.read(text);
        tokens
    }

    /// Takes the words of `text` in the place of those held, in the same memory.
    pub(crate) fn read(&mut self, text: &str) {
        self.spans.clear();
        self.ends.clear();
        self.folded.clear();
        each_word(text, |start, end, folded| {
            self.spans.push((start as u32, end as u32));
            self.folded.push_str(folded);
            self.ends.push(self.folded.len() as u32);
        });
    }

    /// Number of words.
    pub const fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no word.
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The folded form of the word at `index`.
    ///
    /// # Panics
    /// When there is no such word.
    pub fn folded(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.folded[start..self.ends[index] as usize]
    }

    /// Where the word at `index` begins and ends in the text, in bytes.
    ///
    /// # Panics
    /// When there is no such word.
    pub fn span(&self, index: usize) -> (usize, usize) {
        let (start, end) = self.spans[index];
        (start as usize, end as usize)
    }

    /// The folded forms in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.folded(index))
    }

    /// Index of the first word that begins at `offset` or after it.
    pub(crate) fn first_from(&self, offset: usize) -> usize {
        self.spans.partition_point(|&(start, _)| (start as usize) < offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        Tokens::of(text).iter().map(str::to_owned).collect()
    }

    /// The definition, without the fast way.
    fn plainly(text: &str) -> Vec<String> {
        let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
        let cut = |word: String| match word.strip_suffix("'s") {
            Some(stem) if !stem.is_empty() => stem.to_owned(),
            _ => word,
        };
        let words = text.split_word_bounds().filter(is_word).map(|word| cut(fold(word)));
        let mut found = Vec::new();
        for mut word in words.filter(|word| !word.is_empty()) {
            while let Some(len) = elided(&word) {
                let rest = word.split_off(len);
                found.push(std::mem::replace(&mut word, rest));
            }
            found.push(word);
        }
        found
    }

    #[test]
    fn an_elided_word_is_one_by_itself() {
        assert_eq!(
            words("L’économie d'aujourd’hui, jusqu'à l'été"),
            ["l'", "economie", "d'", "aujourd'hui", "jusqu'", "a", "l'", "ete"]
        );
        assert_eq!(words("dell’Unione qu'l'heure"), ["dell'", "unione", "qu'l'heure"]);
        assert_eq!(words("N’Djamena O'Brien can't D’Souza’s"), ["n'djamena", "o'brien", "can't", "d'souza"]);
        assert_eq!(words("d'Artagnan's l’"), ["d'", "artagnan", "l"]);
        let (text, tokens) = ("de l’été", Tokens::of("de l’été"));
        let covered: Vec<&str> = (0..3).map(|index| tokens.span(index)).map(|(s, e)| &text[s..e]).collect();
        assert_eq!(covered, ["de", "l’", "été"]);
    }

    #[test]
    fn words_are_split_and_folded() {
        assert_eq!(words("State-owned “NordFerry’s” don’t"), ["state", "owned", "nordferry", "don't"]);
        assert_eq!(
            words("non‑breaking 12.5 1,000 12:30 U.S. a_b _ 7th"),
            ["non", "breaking", "12.5", "1,000", "12", "30", "u.s", "a_b", "7th"]
        );
        assert_eq!(words("Гавань замёрзла; «порт»"), ["гавань", "замерзла", "порт"]);
        assert_eq!(words("港が凍る")[0], "港");
        assert!(words("— … 🚢 's").iter().eq(["s"]));
    }

    #[test]
    fn a_possessive_is_not_covered() {
        let text = "the pilots' guild’s boat";
        let tokens = Tokens::of(text);
        let covered: Vec<&str> = (0..tokens.len())
            .map(|index| {
                let (start, end) = tokens.span(index);
                &text[start..end]
            })
            .collect();
        assert_eq!(covered, ["the", "pilots", "guild", "boat"]);
    }

    proptest! {
        #[test]
        fn the_fast_way_finds_what_the_definition_says(
            text in r"([a-zA-Z0-9_.,:;'’‘ \n-]|[éßøÅйЖё×²ªµ]|[“”«»…–—\u{a0}\u{ad}\u{200b}\u{301}👍🏽港が]){0,40}"
        ) {
            prop_assert_eq!(words(&text), plainly(&text));
        }

        #[test]
        fn any_text_has_words_in_order(text in r"\PC{0,60}") {
            let tokens = Tokens::of(&text);
            let mut last = 0;
            for index in 0..tokens.len() {
                let (start, end) = tokens.span(index);
                prop_assert!(last <= start && start < end && text.get(start..end).is_some());
                prop_assert!(!tokens.folded(index).is_empty());
                last = end;
            }
        }
    }
}
