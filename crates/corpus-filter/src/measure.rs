//! A text measured: its lines and its words, counted in one pass.

use crate::{
    class::{self, BEYOND, BLANK, DIGIT, LETTER, MARK},
    hash, words,
};
use corpus_core::ascii;

/// A text measured. All filters decide on these numbers.
pub(crate) struct Measured<'t> {
    pub(crate) text: &'t str,
    /// What stands between line feeds; the last is empty where the text ends in one.
    pub(crate) lines: Vec<Line>,
    pub(crate) words: Words,
}

/// A line measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// Offset of its first byte.
    pub(crate) start: usize,
    /// Offset of its line feed, or of the end of the text.
    pub(crate) end: usize,
    pub(crate) characters: u32,
    pub(crate) hash: u64,
    /// Number of words as [`words`] has them.
    pub(crate) words: u32,
    /// Number of runs of characters between blanks.
    pub(crate) chunks: u32,
    /// Characters of the longest of those.
    pub(crate) longest: u32,
    /// Number of sentences: a word after ".", "!" or "?" begins one.
    pub(crate) sentences: u32,
}

/// The words of a text, as far as the filters ask.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) hashes: Vec<u64>,
    /// Number of characters of each word.
    pub(crate) characters: Vec<u32>,
    /// Number of words that are not punctuation alone.
    pub(crate) spoken: u32,
    /// Characters of those.
    pub(crate) spoken_characters: u64,
    /// Number of words with a letter in them.
    pub(crate) alphabetic: u32,
}

impl<'t> Measured<'t> {
    /// Measures `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        // A word to four bytes: few texts have more, and none is moved to more room.
        let expected = text.len() / 4;
        let mut words = Words {
            hashes: Vec::with_capacity(expected),
            characters: Vec::with_capacity(expected),
            ..Words::default()
        };
        let mut lines = Vec::with_capacity(text.len() / 64 + 1);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            lines.push(measure_line(text, start, end, &mut words));
            start = end + 1;
        }
        Measured { text, lines, words }
    }

    /// Number of characters of the whole text.
    pub(crate) fn characters(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.characters)).sum::<u64>() + self.line_feeds()
    }

    /// Number of line feeds.
    pub(crate) const fn line_feeds(&self) -> u64 {
        self.lines.len() as u64 - 1
    }

    /// Number of words.
    pub(crate) const fn n_words(&self) -> usize {
        self.words.hashes.len()
    }

    /// The text of a line.
    pub(crate) fn slice(&self, line: &Line) -> &'t str {
        &self.text[line.start..line.end]
    }
}

/// Measures one line, as if it were a text.
pub(crate) fn line(text: &str, start: usize, end: usize) -> Line {
    measure_line(text, start, end, &mut Words::default())
}

fn measure_line(text: &str, start: usize, end: usize, words: &mut Words) -> Line {
    let bytes = text.as_bytes();
    let mut line = Line { start, end, hash: hash::text(&bytes[start..end]), ..Line::default() };
    let first_word = words.hashes.len();
    let mut sentence = Sentence::default();
    let mut n_continuing = 0;
    let mut at = start;
    let ends = |at: usize| bytes.get(at).is_none_or(|&byte| class::of(byte) == BLANK);
    while at < end {
        let begun = at;
        let (n_letters, hash) = letters(bytes, at);
        at += n_letters;
        // Most of a text is plain words, and plain words with a mark behind them.
        if n_letters > 0 && !words::is_cannot(&bytes[begun..at]) {
            if ends(at) {
                words.add_letters(hash, n_letters);
                sentence.spoken();
                line.count_chunk(n_letters);
                at += 1;
                continue;
            }
            if ends(at + 1) && words::is_plain_end(&bytes[begun..=at]) {
                words.add_letters(hash, n_letters);
                sentence.spoken();
                words.add(hash::short(bytes[at].into(), 1), 1);
                sentence.mark(matches!(bytes[at], b'.' | b'!' | b'?'));
                line.count_chunk(n_letters + 1);
                at += 2;
                continue;
            }
        }
        let mut seen = if at > begun { LETTER } else { 0 };
        while at < end {
            let class = class::of(bytes[at]);
            if class == BLANK || (class & BEYOND != 0 && is_blank_at(text, at)) {
                break;
            }
            seen |= class;
            at += 1;
        }
        if at > begun {
            let chunk = &text[begun..at];
            let characters = if seen & BEYOND == 0 { chunk.len() } else { chunk.chars().count() };
            n_continuing += chunk.len() - characters;
            line.count_chunk(characters);
            let mut push = |word: &str| {
                let from = word.as_ptr() as usize - bytes.as_ptr() as usize;
                let is_spoken = words.push(text, from, from + word.len(), seen);
                sentence.next(word, is_spoken);
            };
            if seen & (MARK | BEYOND) == 0 {
                words::simple(chunk, &mut push)
            } else {
                words::split(chunk, seen, &mut push)
            }
        }
        if at < end {
            let len = text[at..].chars().next().map_or(1, char::len_utf8);
            n_continuing += len - 1;
            at += len;
        }
    }
    line.characters = (end - start - n_continuing) as u32;
    line.words = (words.hashes.len() - first_word) as u32;
    line.sentences = sentence.count;
    line
}

/// The ASCII letters at `at`: how many, and their hash.
#[inline]
fn letters(bytes: &[u8], at: usize) -> (usize, u64) {
    let mut len = 0;
    if let Some(eight) = bytes[at..].first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        len = ascii::n_first(ascii::letters(eight));
        if len < 8 {
            return (len, hash::short(eight & !(u64::MAX << (8 * len)), len));
        }
    }
    len += ascii::run(&bytes[at + len..], ascii::letters);
    (len, hash::word(bytes, at, len))
}

impl Line {
    /// Counts what stands between two blanks.
    #[inline]
    fn count_chunk(&mut self, characters: usize) {
        self.chunks += 1;
        self.longest = self.longest.max(characters as u32);
    }
}

/// Whether a blank beyond ASCII, such as a no-break space, begins at `at`.
#[inline]
fn is_blank_at(text: &str, at: usize) -> bool {
    matches!(text.as_bytes()[at], 0xc2 | 0xe1..=0xe3) && text[at..].starts_with(char::is_whitespace)
}

impl Words {
    /// Adds a word of ASCII letters.
    #[inline]
    fn add_letters(&mut self, hash: u64, n_letters: usize) {
        self.add(hash, n_letters);
        self.count(n_letters, true, true);
    }

    /// Adds any word, of characters of these classes; whether it is more than punctuation.
    fn push(&mut self, text: &str, start: usize, end: usize, seen: u8) -> bool {
        let bytes = &text.as_bytes()[start..end];
        let (characters, is_spoken, is_alphabetic);
        if seen & BEYOND == 0 || bytes.is_ascii() {
            // Most words are told by their first character.
            let first = class::of(bytes[0]);
            let seen = if first == LETTER { LETTER } else { class::of_all(bytes) };
            (characters, is_spoken, is_alphabetic) =
                (bytes.len(), seen & (LETTER | DIGIT) != 0, seen & LETTER != 0);
        } else {
            let word = &text[start..end];
            characters = word.chars().count();
            is_spoken = !word.chars().all(is_punctuation);
            is_alphabetic = word.chars().any(char::is_alphabetic);
        }
        self.add(hash::word(text.as_bytes(), start, end - start), characters);
        self.count(characters, is_spoken, is_alphabetic);
        is_spoken
    }

    /// Counts a word of so many characters.
    #[inline]
    fn count(&mut self, characters: usize, is_spoken: bool, is_alphabetic: bool) {
        self.spoken += u32::from(is_spoken);
        self.spoken_characters += if is_spoken { characters as u64 } else { 0 };
        self.alphabetic += u32::from(is_alphabetic);
    }

    #[inline]
    fn add(&mut self, hash: u64, characters: usize) {
        self.hashes.push(hash);
        self.characters.push(characters as u32);
    }
}

/// Whether a character is punctuation: ASCII, general punctuation, or that of East Asian scripts.
const fn is_punctuation(character: char) -> bool {
    match character {
        '\0'..='\x7f' => !character.is_ascii_alphanumeric(),
        '\u{80}'..='\u{a0}' | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '´' => true,
        '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' => true,
        '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}' => true,
        '؟' | '،' | '؛' | '۔' | '।' | '॥' | '։' | '።' => true,
        _ => false,
    }
}

/// The sentences of a line, told from its words.
#[derive(Default)]
struct Sentence {
    count: u32,
    ended: bool,
}

impl Sentence {
    #[inline]
    fn spoken(&mut self) {
        self.count += u32::from(self.ended || self.count == 0);
        self.ended = false;
    }

    /// Counts a mark, which may end a sentence.
    #[inline]
    fn mark(&mut self, ends: bool) {
        self.count = self.count.max(1);
        self.ended |= ends;
    }

    fn next(&mut self, word: &str, is_spoken: bool) {
        if is_spoken {
            self.spoken();
        } else {
            self.mark(match word.as_bytes() {
                [mark] => matches!(mark, b'.' | b'!' | b'?'),
                _ => matches!(word, "。" | "！" | "？" | "؟" | "۔" | "।" | "॥" | "։" | "።"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_and_words_are_counted() {
        let text = "The ice, at last.\n\n  “Où?” Of the harbour!\n";
        let measured = Measured::new(text);
        assert_eq!(measured.characters(), text.chars().count() as u64);
        assert_eq!(measured.lines.len(), 4);
        let line = measured.lines[2];
        assert_eq!((line.chunks, line.words, line.sentences, line.longest), (4, 8, 2, 8));
        assert_eq!(line.characters, 23);
        assert_eq!(measured.n_words(), 14);
        assert_eq!((measured.words.spoken, measured.words.alphabetic), (8, 8));
        assert_eq!(measured.words.characters.iter().sum::<u32>(), 14 + 18);
    }

    #[test]
    fn a_no_break_space_parts_words() {
        let measured = Measured::new("ice\u{a0}and\u{2003}snow");
        assert_eq!(measured.n_words(), 3);
        assert_eq!(measured.characters(), 12);
    }

    proptest! {
        #[test]
        fn the_short_way_through_plain_words_counts_what_splitting_each_chunk_counts(
            text in "([(\"#]?(cannot|Cannot|Inc|Mr|co|vs|ice|NATO|U\\.S|he'll|5km|é|[a-zA-Z]{1,9})[.,;:!?'\"…)_*]{0,2}[ \n\u{a0}]?){0,40}",
        ) {
            let mut words = Vec::new();
            for chunk in text.split_whitespace() {
                let seen = class::of_all(chunk.as_bytes());
                words::split(chunk, seen, &mut |word: &str| words.push(hash::word(word.as_bytes(), 0, word.len())));
            }
            prop_assert_eq!(Measured::new(&text).words.hashes, words);
        }
    }

    #[test]
    fn nothing_has_one_empty_line() {
        let measured = Measured::new("");
        assert_eq!((measured.lines.len(), measured.n_words(), measured.characters()), (1, 0, 0));
    }
}
