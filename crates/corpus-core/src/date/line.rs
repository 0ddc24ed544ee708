//! A line of text, read from any place in numbers and words.

use super::{order::Order, words::WORDS};

/// A line of text. Places in it are byte offsets on character bounds.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    text: &'a str,
    /// Whether the day stands before the month where nothing else tells.
    day_first: Option<bool>,
}

/// A run of digits.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The value; of nine digits and more, anything.
    pub(super) value: u32,
    pub(super) n_digits: usize,
}

/// A run of letters.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What the word means in a date: bits of `words`.
    pub(super) value: u64,
}

impl Word {
    pub(super) const fn is(self, bits: u64) -> bool {
        self.value & bits != 0
    }
}

impl<'a> Line<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Line { text, day_first: None }
    }

    /// A line of a page whose dates have an order.
    pub(super) const fn in_order(text: &'a str, order: Order) -> Self {
        Line { text, day_first: Some(matches!(order, Order::DayFirst)) }
    }

    pub(super) const fn day_first(self) -> Option<bool> {
        self.day_first
    }

    pub(super) fn slice(self, start: usize, end: usize) -> &'a str {
        &self.text[start..end]
    }

    pub(super) fn len(self) -> usize {
        self.text.len()
    }

    pub(super) fn char_at(self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.text[at..].chars().next(),
            None => None,
        }
    }

    pub(super) fn char_before(self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The place after the character at `at` where that is one of `chars`, else `at`.
    pub(super) fn skip_one(self, at: usize, chars: &[char]) -> usize {
        match self.char_at(at) {
            Some(c) if chars.contains(&c) => at + c.len_utf8(),
            _ => at,
        }
    }

    /// The place after the blanks at `at`.
    pub(super) fn skip_blanks(self, mut at: usize) -> usize {
        while let Some(c) = self.char_at(at).filter(|c| is_blank(*c)) {
            at += c.len_utf8();
        }
        at
    }

    /// The place of the next digit. Runs over a text without digits at memory speed.
    pub(super) fn next_digit(self, from: usize) -> Option<usize> {
        let (blocks, tail) = self.text.as_bytes()[from..].as_chunks::<64>();
        let mut at = from;
        for block in blocks {
            if block.iter().fold(false, |any, byte| any | may_begin_digit(*byte))
                && let Some(digit) = self.digit_within(block, at)
            {
                return Some(digit);
            }
            at += block.len();
        }
        self.digit_within(tail, at)
    }

    fn digit_within(self, bytes: &[u8], start: usize) -> Option<usize> {
        bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| may_begin_digit(**byte))
            .map(|(offset, _)| start + offset)
            .find(|at| self.char_at(*at).is_some_and(|c| digit_value(c).is_some()))
    }

    /// The number at `at`.
    #[inline]
    pub(super) fn number(self, at: usize) -> Option<Number> {
        let mut number = Number { start: at, end: at, value: 0, n_digits: 0 };
        while let Some((c, digit)) = self.char_at(number.end).and_then(|c| Some((c, digit_value(c)?))) {
            number.value = number.value.wrapping_mul(10).wrapping_add(digit);
            number.n_digits += 1;
            number.end += c.len_utf8();
        }
        (number.n_digits > 0).then_some(number)
    }

    /// The first `n_digits` digits of a number of ASCII digits.
    pub(super) fn first_digits(self, number: Number, n_digits: usize) -> Option<Number> {
        let digits = self.text.get(number.start..number.start + n_digits)?;
        Some(Number { end: number.start + n_digits, value: digits.parse().ok()?, n_digits, ..number })
    }

    /// The word at `at`.
    pub(super) fn word(self, at: usize) -> Option<Word> {
        let mut end = at;
        while let Some(c) = self.char_at(end).filter(|c| is_letter(*c)) {
            end += c.len_utf8();
        }
        (end > at).then(|| Word { start: at, end, value: meaning(&self.text[at..end]) })
    }

    /// The last of the words that are glued together in `word`: the "October" of "TimesOctober".
    pub(super) fn last_hump(self, word: Word) -> Word {
        let letters = self.slice(word.start, word.end);
        match letters.rfind(char::is_uppercase).filter(|hump| *hump > 0) {
            Some(hump) => Word { start: word.start + hump, value: meaning(&letters[hump..]), ..word },
            None => word,
        }
    }

    /// The word that ends at `at`.
    pub(super) fn word_before(self, at: usize) -> Option<Word> {
        let mut start = at;
        while let Some(c) = self.char_before(start).filter(|c| is_letter(*c)) {
            start -= c.len_utf8();
            if at - start > LONGEST {
                return None;
            }
        }
        (start < at).then(|| Word { start, end: at, value: meaning(&self.text[start..at]) })
    }
}

/// Length in bytes beyond which no word is in the table.
const LONGEST: usize = 40;

/// What `word` means in a date, in whatever case it is written.
fn meaning(word: &str) -> u64 {
    if word.len() > LONGEST {
        return 0;
    }
    if word.is_ascii() && (1..=8).contains(&word.len()) {
        return WORDS.value_of_short_ascii(word.as_bytes(), 0, word.len());
    }
    let mut folded = [0; 2 * LONGEST];
    let mut len = 0;
    for lower in word.chars().flat_map(char::to_lowercase) {
        let Some(place) = folded.get_mut(len..len + lower.len_utf8()) else { return 0 };
        lower.encode_utf8(place);
        len += lower.len_utf8();
    }
    WORDS.value(&folded[..len])
}

pub(super) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200a}' | '\u{3000}' | '\u{200e}' | '\u{200f}'
    )
}

/// Whether `c` is part of a word: a letter, or a mark of the scripts of India and of Thai.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    if matches!(c, '\u{900}'..='\u{e4f}') {
        return !matches!(c, '\u{964}' | '\u{965}') && digit_value(c).is_none();
    }
    c.is_alphabetic()
}

/// Whether a digit may begin with this byte; of other scripts' letters, few do.
const fn may_begin_digit(byte: u8) -> bool {
    byte.is_ascii_digit() | (byte == 0xd9) | (byte == 0xdb) | (byte == 0xe0) | (byte == 0xef)
}

/// The value of a decimal digit: ASCII, Arabic, Persian, Devanagari, Bengali, Thai, full-width.
pub(super) fn digit_value(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',
        '\u{e50}'..='\u{e59}' => '\u{e50}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}
