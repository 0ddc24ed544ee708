//! What a line looks like: counts of its words and characters, how it starts, how it ends.

/// Counts over a line. Of a long line only the first and last bytes are read: what a line looks like shows there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Length in bytes.
    pub n_bytes: usize,
    /// Number of characters; of a long line, an estimate.
    pub n_chars: usize,
    /// Number of words; of a long line, an estimate.
    pub n_words: usize,
    /// Words that begin with a capital, among the bytes read.
    pub n_capital: usize,
    /// Words that begin with a small letter, among the bytes read.
    pub n_small: usize,
    /// Words without any small letter that have at least two capitals, among the bytes read.
    pub n_shouted: usize,
    /// Digits, among the bytes read.
    pub n_digits: usize,
    /// Letters, among the bytes read.
    pub n_letters: usize,
    /// Ends of sentences inside the line, among the bytes read.
    pub n_stops: usize,
    /// Tabs, among the bytes read.
    pub n_tabs: usize,
    /// Characters of program text, among the bytes read: braces, semicolons, equal signs, backslashes and the like.
    pub n_code: usize,
    /// How it starts.
    pub start: Start,
    /// How it ends.
    pub end: End,
}

/// How a line starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// With a capital letter, or a letter of a script without case.
    #[default]
    Capital,
    /// With a small letter.
    Small,
    /// With a digit.
    Digit,
    /// With a quotation mark.
    Quote,
    /// With anything else.
    Other,
}

/// How a line ends, closing quotation marks and brackets set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Without punctuation.
    #[default]
    Open,
    /// With a full stop or the like.
    Stop,
    /// With a question or exclamation mark.
    Asked,
    /// With three dots.
    Cut,
    /// With a colon.
    Colon,
    /// With a comma, semicolon or dash.
    Comma,
}

impl End {
    /// Whether the line ends as a sentence does.
    pub fn is_sentence(self) -> bool {
        matches!(self, End::Stop | End::Asked | End::Cut)
    }
}

/// Bytes read at the start of a line; a longer line is prose whatever its middle holds.
const HEAD: usize = 256;

/// What a byte is. The upper half of the word counts: fields of twelve bits, so that the counts of `HEAD` bytes add up
/// without overflow in a single sum.
const CLASS: [u64; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'A'..=b'Z' => UPPER | ONE_LETTER | ONE_UPPER,
            b'a'..=b'z' => LOWER | ONE_LETTER,
            b'0'..=b'9' => DIGIT | ONE_DIGIT,
            b'.' | b'!' | b'?' => STOP,
            b'{' | b'}' | b';' | b'=' | b'\\' | b'<' | b'>' | b'_' | b'$' | b'`' | b'|' | b'#' => ONE_CODE,
            0x80..=0xBF => ONE_CONTINUATION,
            0xC0..=0xFF => WIDE | ONE_LETTER,
            _ => 0,
        };
        byte += 1;
    }
    class
};

const UPPER: u64 = 1;
const LOWER: u64 = 2;
const DIGIT: u64 = 4;
const WIDE: u64 = 8;
const STOP: u64 = 16;
/// The bits that say what a byte is, as against those that count.
const KIND: u64 = 31;

const ONE_LETTER: u64 = 1 << 5;
const ONE_UPPER: u64 = 1 << 17;
const ONE_DIGIT: u64 = 1 << 29;
const ONE_CODE: u64 = 1 << 41;
const ONE_CONTINUATION: u64 = 1 << 53;

/// The count that `sum` holds in the field of `one`.
const fn count(sum: u64, one: u64) -> usize {
    let bits = if one == ONE_CONTINUATION { 11 } else { 12 };
    ((sum / one) & ((1 << bits) - 1)) as usize
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

impl Shape {
    /// The shape of `line`, which begins and ends on characters that are not white space.
    pub fn of(line: &str) -> Shape {
        let bytes = line.as_bytes();
        let head = &bytes[..bytes.len().min(HEAD)];
        let mut shape =
            Shape { n_bytes: bytes.len(), start: start(line), end: end(line), ..Shape::default() };
        let mut sum = 0;
        let mut at = 0;
        while at < head.len() {
            // One word: from here to the next white space.
            let word = at;
            let before = sum;
            let mut kinds = 0;
            while at < head.len() && !is_space(head[at]) {
                let class = CLASS[usize::from(head[at])];
                kinds |= class & KIND;
                sum += class & !KIND;
                at += 1;
            }
            if at > word {
                shape.n_words += 1;
                let first = match CLASS[usize::from(head[word])] & KIND {
                    UPPER => Some(true),
                    LOWER => Some(false),
                    DIGIT => None,
                    _ => first_letter(line, word, at),
                };
                match first {
                    Some(true) => shape.n_capital += 1,
                    Some(false) => shape.n_small += 1,
                    None => {}
                }
                let n_upper = count(sum - before, ONE_UPPER);
                shape.n_shouted += usize::from(n_upper > 1 && kinds & (LOWER | WIDE) == 0);
                let closes = kinds & STOP != 0 && ends_sentence(&head[word..at]);
                shape.n_stops += usize::from(closes && at < head.len());
            }
            while at < head.len() && is_space(head[at]) {
                shape.n_tabs += usize::from(head[at] == b'\t');
                at += 1;
            }
        }
        shape.n_letters = count(sum, ONE_LETTER);
        shape.n_digits = count(sum, ONE_DIGIT);
        shape.n_code = count(sum, ONE_CODE);
        let n_continuation = count(sum, ONE_CONTINUATION);
        shape.n_chars = head.len() - n_continuation;
        if bytes.len() > head.len() {
            shape.n_chars = shape.n_chars * bytes.len() / head.len();
            shape.n_words = shape.n_words * bytes.len() / head.len();
        }
        shape
    }

    /// Whether it is a longer text in a script that sets no spaces between words.
    fn is_dense(&self) -> bool {
        self.n_chars >= 24 && self.n_bytes >= 2 * self.n_chars && self.n_words * 12 <= self.n_chars
    }

    /// Whether most words begin with a capital, as in a title or a name.
    pub fn is_title_case(&self) -> bool {
        self.n_capital >= 2 && self.n_capital * 3 >= (self.n_capital + self.n_small) * 2
    }

    /// Whether nearly all letters are capitals.
    pub fn is_shouted(&self) -> bool {
        self.n_shouted >= 1 && self.n_small == 0 && self.n_shouted * 2 >= self.n_words
    }

    /// Whether it reads as running text: a sentence of some length, or several.
    pub fn is_prose(&self) -> bool {
        let is_closed = match self.end {
            // A question or an exclamation is as often a headline.
            End::Asked => self.n_words >= 18 || (self.n_stops >= 1 && self.n_words >= 16),
            End::Stop | End::Cut => self.n_words >= 9 || (self.n_stops >= 1 && self.n_words >= 7),
            End::Colon | End::Comma => self.n_words >= 20,
            End::Open => self.n_words >= 35 || (self.n_stops >= 1 && self.n_words >= 18) || self.n_stops >= 3,
        };
        (is_closed && self.n_small * 2 >= self.n_capital) || self.is_dense()
    }
}

/// Whether the first letter of `line[from..to]` is a capital; `None` where it has none before its first digit.
fn first_letter(line: &str, from: usize, to: usize) -> Option<bool> {
    let bytes = line.as_bytes();
    for at in from..to {
        match CLASS[usize::from(bytes[at])] & KIND {
            UPPER => return Some(true),
            LOWER => return Some(false),
            DIGIT => return None,
            WIDE => {
                let c = line[at..].chars().next()?;
                if c.is_alphabetic() {
                    return Some(!c.is_lowercase());
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a word with a stop in it closes a sentence: the stop stands at its end, and the word is no initial.
fn ends_sentence(word: &[u8]) -> bool {
    let end =
        word.iter().rposition(|b| !matches!(b, b')' | b'"' | b'\'' | 0x80..=0xFF)).map_or(0, |at| at + 1);
    match word[..end] {
        [.., b'!' | b'?'] => true,
        [b'A'..=b'Z', b'.'] => false,
        [.., a, b'.'] => a.is_ascii_alphanumeric() || a >= 0x80 || matches!(a, b')' | b'"'),
        _ => false,
    }
}

fn start(line: &str) -> Start {
    match line.chars().next() {
        Some(c) if c.is_lowercase() => Start::Small,
        Some(c) if c.is_numeric() => Start::Digit,
        Some(c) if c.is_alphabetic() => Start::Capital,
        Some('"' | '\'' | '“' | '”' | '„' | '«' | '‘' | '‹' | '»' | '‚' | '「' | '『') => {
            Start::Quote
        }
        _ => Start::Other,
    }
}

fn end(line: &str) -> End {
    let body =
        line.trim_end_matches(['"', '\'', '”', '“', '’', '»', '«', '›', ')', ']', '」', '』', '*', ' ']);
    let mut chars = body.chars().rev();
    match chars.next() {
        Some('…') => End::Cut,
        Some('.') if body.ends_with("...") => End::Cut,
        Some('.' | '。' | '।' | '۔' | '։' | '．' | '።') => End::Stop,
        Some('!' | '?' | '！' | '？' | '؟' | '‽') => End::Asked,
        Some(':' | '：') => End::Colon,
        Some(',' | ';' | '-' | '–' | '—' | '、' | '，' | '،') => End::Comma,
        _ => End::Open,
    }
}
