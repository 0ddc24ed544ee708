//! Folding: a text as the sequence of its words, without case, punctuation and layout.

use corpus_core::Span;
use std::ops::Range;
use twox_hash::XxHash3_128;

/// The words of a text: lower case, without punctuation, each as a 32-bit hash, in order.
///
/// A word is what stands between white space; punctuation in it is dropped, not a border (“co-operate” is the word
/// `cooperate`). In scripts written without spaces each character is a word. Two texts with the same words in the same
/// order have the same [`Words::hash`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub(crate) hashes: Vec<u32>,
    pub(crate) hash: u128,
}

impl Words {
    /// The words of `text`.
    ///
    /// ```
    /// use corpus_dedup::Words;
    /// assert_eq!(Words::of("The “harbour” froze."), Words::of("the HARBOUR\nfroze"));
    /// assert_ne!(Words::of("the harbour froze"), Words::of("the harbour thawed"));
    /// assert_eq!(Words::of("港が凍る").len(), 4);
    /// ```
    pub fn of(text: &str) -> Self {
        Words::of_all([text])
    }

    /// The words of several pieces of text, one after the other. A word does not go on in the next piece.
    pub fn of_all<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        Folded::of(pieces).words()
    }

    /// The words of a text, and of each of its spans, which are in order and do not overlap, the hash and number of the
    /// words it has when it is read alone. The text is folded once.
    pub(crate) fn with_spans(
        text: &str,
        spans: impl ExactSizeIterator<Item = Span>,
    ) -> (Self, Vec<(u128, usize)>) {
        let mut folded = Folded { bytes: Vec::with_capacity(text.len() + text.len() / 8 + 64), end: 0 };
        let mut ranges = Vec::with_capacity(spans.len());
        let mut at = 0;
        for span in spans {
            folded.piece(&text[at..span.start]);
            let start = folded.end;
            folded.piece(&text[span.start..span.end]);
            ranges.push((span, start..folded.end));
            at = span.end;
        }
        folded.piece(&text[at..]);
        folded.close();
        let alone = |(span, range): (Span, Range<usize>)| match folded.alone(range) {
            Some(range) => (folded.hash(range.clone()), folded.n_words(range)),
            None => hash_of([&text[span.start..span.end]]),
        };
        let spans = ranges.into_iter().map(alone).collect();
        (folded.words(), spans)
    }

    /// Number of words.
    pub const fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is no word.
    pub const fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The hash of all words in their order: 128 bits of XXH3, equal where the folded texts are equal.
    pub const fn hash(&self) -> u128 {
        self.hash
    }
}

/// The [`Words::hash`] of a text and its number of words, without the words themselves.
pub(crate) fn hash_of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> (u128, usize) {
    let folded = Folded::of(pieces);
    (folded.hash(0..folded.end), folded.n_words(0..folded.end))
}

/// Whether the word of this hash has a digit in it.
pub(crate) const fn is_number(hash: u32) -> bool {
    hash & 1 == 1
}

/// Ends each word.
const SPACE: u8 = b' ';

/// A folded text: its words, each with a space after it.
struct Folded {
    /// The folded text and, from `end` on, room for more of it or spaces.
    bytes: Vec<u8>,
    end: usize,
}

/// Bytes that are looked at together.
const CHUNK: usize = 8;

impl Folded {
    fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let mut folded = Folded { bytes: Vec::new(), end: 0 };
        for piece in pieces {
            folded.piece(piece);
            folded.space();
        }
        folded.close();
        folded
    }

    /// Ends the last word, and leaves spaces behind it.
    fn close(&mut self) {
        self.space();
        self.bytes.truncate(self.end);
        self.bytes.resize(self.end + CHUNK, SPACE);
    }

    fn words(&self) -> Words {
        let mut hashes = Vec::with_capacity(self.end / 6);
        self.each_word(|hash| hashes.push(hash));
        Words { hashes, hash: self.hash(0..self.end) }
    }

    /// What a range would be if what made it stood alone: the same with the space behind it; `None` where a word goes
    /// on across its border.
    fn alone(&self, range: Range<usize>) -> Option<Range<usize>> {
        let is_space = |at: usize| self.bytes[at] == SPACE;
        if range.start > 0 && !is_space(range.start - 1) {
            return None;
        }
        if range.is_empty() || is_space(range.end - 1) {
            return Some(range);
        }
        is_space(range.end).then_some(range.start..range.end + 1)
    }

    fn piece(&mut self, piece: &str) {
        let bytes = piece.as_bytes();
        // A character with a space on either side, or in lower case, is no longer than twice itself.
        self.bytes.resize(self.end + 2 * bytes.len() + 2 * CHUNK, SPACE);
        let mut at = 0;
        while at < bytes.len() {
            at += self.ascii(&bytes[at..]);
            let Some(character) = piece[at..].chars().next() else { break };
            self.character(character);
            at += character.len_utf8();
        }
    }

    /// Folds the ASCII characters that `bytes` begins with, as far as they fill chunks, and gives their number.
    fn ascii(&mut self, bytes: &[u8]) -> usize {
        let mut end = self.end;
        let mut after_space = self.ends_in_space();
        let mut n_chunks = 0;
        for chunk in bytes.as_chunks::<CHUNK>().0.iter().take_while(|chunk| chunk.is_ascii()) {
            let folded = Chunk::of(u64::from_le_bytes(*chunk), after_space);
            self.bytes[end..end + CHUNK].copy_from_slice(&folded.bytes.to_le_bytes());
            end += folded.len;
            if folded.len > 0 {
                after_space = self.bytes[end - 1] == SPACE;
            }
            n_chunks += 1;
        }
        self.end = end;
        n_chunks * CHUNK
    }

    /// Folds a character.
    fn character(&mut self, character: char) {
        if character.is_whitespace() || matches!(character, '\u{1c}'..='\u{1f}') {
            self.space();
        } else if is_a_word(character) {
            self.space();
            self.push(character);
            self.space();
        } else if character.is_alphanumeric() || character == '_' {
            character.to_lowercase().for_each(|lower| self.push(lower));
        }
    }

    fn space(&mut self) {
        if !self.ends_in_space() {
            self.bytes[self.end] = SPACE;
            self.end += 1;
        }
    }

    /// Whether a word would begin here.
    fn ends_in_space(&self) -> bool {
        self.end == 0 || self.bytes[self.end - 1] == SPACE
    }

    fn push(&mut self, character: char) {
        self.end += character.encode_utf8(&mut self.bytes[self.end..]).len();
    }

    fn hash(&self, range: Range<usize>) -> u128 {
        XxHash3_128::oneshot(&self.bytes[range])
    }

    /// Number of words: of spaces, summed in bytes, many at a time, so that they cannot overflow.
    fn n_words(&self, range: Range<usize>) -> usize {
        let spaces = |bytes: &[u8]| bytes.iter().map(|&byte| u8::from(byte == SPACE)).sum::<u8>();
        self.bytes[range].chunks(usize::from(u8::MAX)).map(|bytes| usize::from(spaces(bytes))).sum()
    }

    /// Gives a hash of each word to `sink`: of its bytes, eight at a time; the last bit is set where it has a digit.
    fn each_word(&self, mut sink: impl FnMut(u32)) {
        let mut at = 0;
        while at < self.end {
            let mut hash = 0;
            let mut digits = 0;
            loop {
                let chunk = self.bytes[at..].first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk));
                let differs = chunk ^ (ONES * SPACE as u64);
                // The highest bit of each byte that is a space, and of some bytes after the first such one.
                let spaces = differs.wrapping_sub(ONES) & !differs & (ONES << 7);
                let len = (spaces.trailing_zeros() / 8) as usize;
                let part = if len < CHUNK { chunk & ((1 << (8 * len)) - 1) } else { chunk };
                // Of what is left in a folded text, only digits are 0x20 and more but less than 0x40.
                digits |= (part >> 5) & !(part >> 6) & !(part >> 7) & ONES;
                hash = mix(hash ^ part);
                at += len;
                if len < CHUNK {
                    break;
                }
            }
            at += 1;
            sink((hash >> 32) as u32 & !1 | u32::from(digits != 0));
        }
    }
}

/// A one in each byte of a chunk.
const ONES: u64 = 0x0101_0101_0101_0101;

/// Eight ASCII characters folded at once: those that are left, the first lowest.
struct Chunk {
    bytes: u64,
    /// Number of those that are left.
    len: usize,
}

impl Chunk {
    /// What is left of `bytes`, behind a space or not.
    #[inline]
    fn of(bytes: u64, after_space: bool) -> Chunk {
        // A one in each byte from `low` to `high`: of two sums, just one carries into the highest bit.
        let among = |bytes: u64, low: u8, high: u8| {
            let above = bytes + ONES * u64::from(0x7f - high);
            let from = bytes + ONES * u64::from(0x80 - low);
            ((above ^ from) >> 7) & ONES
        };
        let doubled = |spaces: u64| spaces & (spaces << 8 | u64::from(after_space));
        let letters = among(bytes | (ONES << 5), b'a', b'z');
        let digits = among(bytes, b'0', b'9');
        let spaces = among(bytes, SPACE, SPACE);
        if letters | digits | spaces == ONES && doubled(spaces) == 0 {
            // A letter in lower case, a digit and a space all have the bit that makes lower case.
            return Chunk { bytes: bytes | (ONES << 5), len: CHUNK };
        }
        let spaces = among(bytes, 0x1c, SPACE) | among(bytes, b'\t', b'\r');
        let kept = letters | digits | spaces | among(bytes, b'_', b'_');
        let chunk = Chunk { bytes: ((bytes | letters << 5) & !(spaces * 0xff)) | spaces << 5, len: CHUNK };
        let chunk = chunk.without(kept ^ ONES);
        let spaces = among(chunk.bytes, SPACE, SPACE);
        chunk.without(doubled(spaces))
    }

    /// The same without the bytes that have a one here.
    fn without(mut self, mut dropped: u64) -> Chunk {
        while dropped != 0 {
            // The last first, so that those before it stay where they are.
            let below = (1 << dropped.ilog2()) - 1;
            self.bytes = (self.bytes & below) | (self.bytes >> 8 & !below);
            dropped &= below;
            self.len -= 1;
        }
        self
    }
}

/// Whether the character is of a script that puts no spaces between words: kana, Han, Thai, Lao, Burmese, Khmer.
const fn is_a_word(character: char) -> bool {
    matches!(
        character,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// A 64-bit hash of 64 bits: the finalizer of MurmurHash3, a permutation.
pub(crate) const fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

/// A hash of a sequence of numbers.
pub(crate) fn hash_all(numbers: impl IntoIterator<Item = u64>) -> u64 {
    numbers.into_iter().fold(0, |hash, number| mix(hash.rotate_left(23) ^ number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let folded = Folded::of([text]);
        let text = String::from_utf8(folded.bytes[..folded.end].to_vec()).unwrap();
        let mut words = 0;
        folded.each_word(|_| words += 1);
        assert_eq!(words, text.split(' ').count() - 1);
        assert_eq!(words, hash_of([&*text]).1);
        text.trim_end().to_owned()
    }

    #[test]
    fn case_punctuation_and_layout_go() {
        assert_eq!(
            folded("  “Don’t” — co-operate,\r\n\tSHE said (twice)! "),
            "dont cooperate she said twice"
        );
        assert_eq!(folded("Ürümqi’s ÉTÉ\u{a0}2019"), "ürümqis été 2019");
        assert_eq!(folded("…!?"), "");
    }

    #[test]
    fn every_ascii_text_folds_as_its_characters_do() {
        let all: String = (0..128_u8).map(char::from).collect();
        let mut texts = vec![
            all.clone(),
            all.repeat(3),
            " a  b   c        d e".to_owned(),
            "a b c d e f g h i ".repeat(9),
        ];
        texts.extend(
            (0..64).map(|seed| (0..40).map(|n| char::from((mix(seed * 64 + n) % 128) as u8)).collect()),
        );
        texts.extend((0..64).map(|seed| {
            (0..40).map(|n| ['a', 'Z', '7', ' ', ' ', '.'][mix(seed * 64 + n) as usize % 6]).collect()
        }));
        for text in texts {
            let mut plainly = Folded { bytes: vec![0; 1024], end: 0 };
            text.chars().for_each(|character| plainly.character(character));
            plainly.space();
            let folded = Folded::of([&*text]);
            assert_eq!(folded.bytes[..folded.end], plainly.bytes[..plainly.end], "{text:?}");
        }
    }

    #[test]
    fn where_no_spaces_are_written_each_character_is_a_word() {
        assert_eq!(folded("港が凍る。Ferry便"), "港 が 凍 る ferry 便");
    }

    #[test]
    fn the_count_and_hash_are_those_of_the_words() {
        let text = "The ferry — late again — left at 9.";
        let words = Words::of(text);
        assert_eq!(hash_of([text]), (words.hash(), words.len()));
    }

    #[test]
    fn a_word_is_hashed_whole_and_knows_whether_it_has_a_digit() {
        let words = |text: &str| Words::of(text).hashes;
        for long in ["abcdefg", "abcdefgh", "abcdefghi", "abcdefghabcdefghé"] {
            assert_eq!(words(long), words(&format!("x {long}"))[1..], "{long}");
            assert_ne!(words(long), words(&format!("{long}z")));
            assert!(!is_number(words(long)[0]));
            assert!(is_number(words(&format!("{long}7"))[0]));
        }
        let numbers: Vec<bool> = words("in 1987 it_was 5.93 mln Ⅷ é").into_iter().map(is_number).collect();
        assert_eq!(numbers, [false, true, false, true, false, false, false]);
    }

    #[test]
    fn a_span_has_the_words_that_it_has_alone() {
        let texts = [
            "Title\n\n— The “ferry” left .\n  It came back.\n",
            "nothing between: thehar|bour|. |  |x",
            "港が|凍る ferry|便",
            "",
        ];
        for text in texts {
            // Borders at each end of a line and at each bar.
            let borders: Vec<usize> = text.match_indices(['\n', '|', ' ']).map(|(at, _)| at).collect();
            let spans: Vec<Span> = borders.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect();
            let (words, alone) = Words::with_spans(text, spans.iter().copied());
            assert_eq!(words, Words::of(text));
            for (span, alone) in spans.into_iter().zip(alone) {
                assert_eq!(alone, hash_of([&text[span.start..span.end]]), "{text:?} {span:?}");
            }
        }
    }

    #[test]
    fn a_word_ends_with_its_piece() {
        assert_eq!(Words::of_all(["the har", "bour"]), Words::of("the har bour"));
    }
}
