//! A text measured: its lines and its words, counted in one pass.

use crate::{hash, words};

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
    /// For each word the characters of all words before it; one more in the end.
    pub(crate) offsets: Vec<u32>,
    /// Number of words that are not punctuation alone.
    pub(crate) spoken: u32,
    /// Characters of those.
    pub(crate) spoken_characters: u64,
    /// Number of words with a letter in them.
    pub(crate) alphabetic: u32,
    /// Bit `n` stands for the stop word `n`.
    pub(crate) stop_words: u64,
}

/// What an ASCII character is.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const BLANK: u8 = 4;
const MARK: u8 = 8;
const BEYOND: u8 = 16;

const CLASS: [u8; 256] = {
    let mut table = [MARK; 256];
    let mut byte = 0;
    while byte < 256 {
        let character = byte as u8;
        table[byte] = match character {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b' ' | 0x09..=0x0d | 0x1c..=0x1f => BLANK,
            0x80.. => BEYOND,
            _ => MARK,
        };
        byte += 1;
    }
    table
};

impl<'t> Measured<'t> {
    /// Measures `text`; `stop_words` are looked for as they are written.
    pub(crate) fn new(text: &'t str, stop_words: &StopWords) -> Self {
        // A word to four bytes: few texts have more, and none is moved to more room.
        let expected = text.len() / 4;
        let mut words = Words {
            hashes: Vec::with_capacity(expected),
            offsets: Vec::with_capacity(expected + 1),
            ..Words::default()
        };
        words.offsets.push(0);
        let mut lines = Vec::with_capacity(text.len() / 64 + 1);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            lines.push(measure_line(text, start, end, stop_words, &mut words));
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
    measure_line(text, start, end, &StopWords::default(), &mut Words { offsets: vec![0], ..Words::default() })
}

fn measure_line(text: &str, start: usize, end: usize, stop_words: &StopWords, words: &mut Words) -> Line {
    let bytes = text.as_bytes();
    let mut line = Line { start, end, hash: hash::text(&bytes[start..end]), ..Line::default() };
    let first_word = words.hashes.len();
    let mut sentence = Sentence::default();
    let mut n_continuing = 0;
    let mut at = start;
    while at < end {
        let begun = at;
        at += n_letters(&bytes[at..]).min(end - at);
        let ends = |at: usize| at == end || CLASS[usize::from(bytes[at])] == BLANK;
        // Most of a text is plain words, and plain words with a mark behind them.
        if at > begun && at - begun != CANNOT {
            if ends(at) {
                words.push_letters(bytes, begun, at, stop_words);
                sentence.spoken();
                line.count_chunk(at - begun);
                at += 1;
                continue;
            }
            if ends(at + 1) && is_plain_end(&bytes[begun..=at]) {
                words.push_letters(bytes, begun, at, stop_words);
                sentence.spoken();
                words.add(bytes, at, 1, 1, stop_words);
                sentence.mark(matches!(bytes[at], b'.' | b'!' | b'?'));
                line.count_chunk(at + 1 - begun);
                at += 2;
                continue;
            }
        }
        let mut seen = if at > begun { LETTER } else { 0 };
        while at < end {
            let class = CLASS[usize::from(bytes[at])];
            if class == BLANK || (class == BEYOND && is_blank_at(text, at)) {
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
                let is_spoken = words.push(text, from, from + word.len(), stop_words);
                sentence.next(word, is_spoken);
            };
            if seen & (MARK | BEYOND) == 0 {
                words::simple(chunk, &mut push)
            } else {
                words::split(chunk, &mut push)
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

/// The number of ASCII letters that `bytes` begins with.
#[inline]
fn n_letters(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = bytes.as_chunks::<8>();
    for (nth, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        // The highest bit of a byte is set by the first sum from `a` on, by the second behind `z`.
        let lower = (eight | (ONES * 0x20)) & (ONES * 0x7f);
        let is_letter = (lower + ONES * (0x80 - 0x61)) & !(lower + ONES * (0x7f - 0x7a)) & !eight;
        let others = !is_letter & (ONES << 7);
        if others != 0 {
            return 8 * nth + others.trailing_zeros() as usize / 8;
        }
    }
    let n_rest = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    bytes.len() - rest.len() + n_rest
}

/// Length of the one word of letters that is two.
const CANNOT: usize = "cannot".len();

/// Whether letters and the mark behind them are two words for sure: what may be an abbreviation is not.
#[inline]
fn is_plain_end(chunk: &[u8]) -> bool {
    match *chunk {
        [.., b',' | b';' | b':' | b'!' | b'?'] => true,
        [first, .., before, b'.'] => {
            before.is_ascii_lowercase()
                && (chunk.len() > 7 || (first.is_ascii_lowercase() && chunk.len() > 3))
        }
        _ => false,
    }
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
    fn push_letters(&mut self, bytes: &[u8], start: usize, end: usize, stop_words: &StopWords) {
        let len = end - start;
        self.spoken += 1;
        self.spoken_characters += len as u64;
        self.alphabetic += 1;
        self.add(bytes, start, len, len as u32, stop_words);
    }

    /// Adds any word; whether it is more than punctuation.
    fn push(&mut self, text: &str, start: usize, end: usize, stop_words: &StopWords) -> bool {
        let word = &text[start..end];
        let (mut characters, mut is_spoken, mut is_alphabetic) = (0, false, false);
        if word.is_ascii() {
            characters = word.len() as u32;
            let seen = word.bytes().fold(0, |seen, byte| seen | CLASS[usize::from(byte)]);
            is_spoken = seen & (LETTER | DIGIT) != 0;
            is_alphabetic = seen & LETTER != 0;
        } else {
            for character in word.chars() {
                characters += 1;
                is_spoken |= !is_punctuation(character);
                is_alphabetic |= character.is_alphabetic();
            }
        }
        self.spoken += u32::from(is_spoken);
        self.spoken_characters += if is_spoken { u64::from(characters) } else { 0 };
        self.alphabetic += u32::from(is_alphabetic);
        self.add(text.as_bytes(), start, end - start, characters, stop_words);
        is_spoken
    }

    #[inline]
    fn add(&mut self, bytes: &[u8], start: usize, len: usize, characters: u32, stop_words: &StopWords) {
        let hash = hash::word(bytes, start, len);
        if len <= stop_words.longest {
            self.stop_words |= stop_words.bit(hash);
        }
        self.hashes.push(hash);
        let before = self.offsets.last().copied().unwrap_or_default();
        self.offsets.push(before + characters);
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

/// The words that a text must have some of.
#[derive(Clone, Debug, Default)]
pub(crate) struct StopWords {
    hashes: Vec<u64>,
    longest: usize,
    /// A bit for the end of each hash: most words have none of these ends.
    ends: u64,
}

impl StopWords {
    /// At most 64 words are looked for; more are left out.
    pub(crate) fn new(words: &[String]) -> Self {
        let hashes: Vec<u64> =
            words.iter().take(64).map(|word| hash::word(word.as_bytes(), 0, word.len())).collect();
        let ends = hashes.iter().fold(0, |ends, hash| ends | 1 << (hash & 63));
        StopWords { hashes, ends, longest: words.iter().map(String::len).max().unwrap_or_default() }
    }

    #[inline]
    fn bit(&self, hash: u64) -> u64 {
        if self.ends >> (hash & 63) & 1 == 0 {
            return 0;
        }
        self.hashes.iter().enumerate().fold(0, |bits, (nth, &known)| bits | u64::from(known == hash) << nth)
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
            self.mark(matches!(
                word,
                "." | "!" | "?" | "。" | "！" | "？" | "؟" | "۔" | "।" | "॥" | "։" | "።"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn measured(text: &str) -> Measured<'_> {
        Measured::new(text, &StopWords::new(&["the".to_owned(), "of".to_owned()]))
    }

    #[test]
    fn lines_and_words_are_counted() {
        let text = "The ice, at last.\n\n  “Où?” Of the harbour!\n";
        let measured = measured(text);
        assert_eq!(measured.characters(), text.chars().count() as u64);
        assert_eq!(measured.lines.len(), 4);
        let line = measured.lines[2];
        assert_eq!((line.chunks, line.words, line.sentences, line.longest), (4, 8, 2, 8));
        assert_eq!(line.characters, 23);
        assert_eq!(measured.n_words(), 14);
        assert_eq!((measured.words.spoken, measured.words.alphabetic), (8, 8));
        assert_eq!(measured.words.stop_words, 1, "a stop word is looked for as it is written");
        assert_eq!(measured.words.offsets.last(), Some(&(14 + 18)));
    }

    #[test]
    fn a_no_break_space_parts_words() {
        let measured = measured("ice\u{a0}and\u{2003}snow");
        assert_eq!(measured.n_words(), 3);
        assert_eq!(measured.characters(), 12);
    }

    proptest! {
        #[test]
        fn the_short_way_through_plain_words_counts_what_splitting_each_chunk_counts(
            text in "((cannot|Inc|Mr|co|vs|ice|NATO|U\\.S|he'll|5km|é|[a-zA-Z]{1,9})[.,;:!?'\"…]{0,2}[ \n\u{a0}]?){0,40}",
        ) {
            let mut words = Vec::new();
            for chunk in text.split_whitespace() {
                words::split(chunk, &mut |word: &str| words.push(hash::word(word.as_bytes(), 0, word.len())));
            }
            prop_assert_eq!(measured(&text).words.hashes, words);
        }
    }

    #[test]
    fn nothing_has_one_empty_line() {
        let measured = measured("");
        assert_eq!((measured.lines.len(), measured.n_words(), measured.characters()), (1, 0, 0));
    }
}
