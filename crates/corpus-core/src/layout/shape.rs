//! What a line looks like: counts of its words and characters, how it starts, how it ends.

use crate::class::{CODE, Classes, DIGIT, LANES, LOWER, PAIR, SPACE, STOP, TAB, UPPER, WIDE, class};

/// Counts over a line. Of a long line only the first bytes are read: what a line looks like shows there.
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
    /// How `line` ends.
    pub fn of(line: &str) -> End {
        let bytes = line.as_bytes();
        // Nearly all lines end on a letter, or on a stop with a letter before it.
        match bytes {
            [.., last] if last.is_ascii_alphanumeric() => return End::Open,
            [.., before, b'.'] if before.is_ascii_alphanumeric() => return End::Stop,
            _ => {}
        }
        let body =
            line.trim_end_matches(['"', '\'', '”', '“', '’', '»', '«', '›', ')', ']', '」', '』', '*', ' ']);
        match body.chars().next_back() {
            Some('…') => End::Cut,
            Some('.') if body.ends_with("..") => End::Cut,
            Some('.' | '。' | '।' | '۔' | '։' | '．' | '።') => End::Stop,
            Some('!' | '?' | '！' | '？' | '؟' | '‽') => End::Asked,
            Some(':' | '：') => End::Colon,
            Some(',' | ';' | '-' | '–' | '—' | '、' | '，' | '،') => End::Comma,
            _ => End::Open,
        }
    }

    /// Whether the line ends as a sentence does.
    pub fn is_sentence(self) -> bool {
        matches!(self, End::Stop | End::Asked | End::Cut)
    }
}

impl Start {
    /// How `line` starts.
    pub fn of(line: &str) -> Start {
        match line.chars().next() {
            Some('A'..='Z') => Start::Capital,
            Some('a'..='z') => Start::Small,
            Some(c) if c.is_lowercase() => Start::Small,
            Some(c) if c.is_numeric() => Start::Digit,
            Some(c) if c.is_alphabetic() => Start::Capital,
            Some('"' | '\'' | '“' | '”' | '„' | '«' | '‘' | '‹' | '»' | '‚' | '「' | '『') => {
                Start::Quote
            }
            _ => Start::Other,
        }
    }
}

/// Bytes read at the start of a line; a longer line is prose whatever its middle holds.
const HEAD: usize = 11 * LANES;

impl Shape {
    /// The shape of `line`, which begins and ends on characters that are not white space.
    pub fn of(line: &str) -> Shape {
        let bytes = line.as_bytes();
        let n_read = bytes.len().min(HEAD);
        let head = &bytes[..n_read];
        let classes = Classes::<{ HEAD + LANES }>::of(head);
        let counts = Counts::of(&classes, n_read);
        let mut shape = Shape {
            n_bytes: bytes.len(),
            n_words: counts.words,
            n_capital: counts.capital,
            n_small: counts.small,
            n_digits: counts.digits,
            n_letters: counts.letters,
            n_stops: counts.stops,
            n_code: counts.code,
            n_tabs: counts.tabs,
            n_chars: n_read,
            start: Start::of(line),
            end: End::of(line),
        };
        if counts.wide > 0 {
            shape.count_wide(line, &classes, n_read);
        }
        if bytes.len() > n_read {
            shape.n_chars = shape.n_chars * bytes.len() / n_read;
            shape.n_words = shape.n_words * bytes.len() / n_read;
        }
        shape
    }

    /// Adds what characters beyond ASCII contribute.
    fn count_wide(&mut self, line: &str, classes: &Classes<{ HEAD + LANES }>, n_read: usize) {
        let bytes = line.as_bytes();
        self.n_chars = n_read;
        for at in (0..n_read).filter(|&at| bytes[at] >= 0x80) {
            if bytes[at] < 0xC0 {
                self.n_chars -= 1;
                continue;
            }
            let Some(c) = line[at..].chars().next() else { break };
            let begins = classes.at(at, -1) & (SPACE | PAIR) != 0;
            self.n_digits += usize::from(is_decimal(c));
            if c.is_alphabetic() {
                self.n_letters += 1;
                self.n_small += usize::from(begins && c.is_lowercase());
                self.n_capital += usize::from(begins && c.is_uppercase());
            } else if begins {
                // A quotation mark before the first letter of a word.
                let first = bytes.get(at + c.len_utf8()).map_or(0, |&byte| class(byte));
                self.n_small += usize::from(first & LOWER != 0);
                self.n_capital += usize::from(first & UPPER != 0);
            }
        }
    }

    /// Whether most words begin with a capital, as in a title or a name.
    pub fn is_title_case(&self) -> bool {
        self.n_capital >= 2 && self.n_capital * 3 >= (self.n_capital + self.n_small) * 2
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

    /// Whether it is a longer text in a script that sets no spaces between words.
    fn is_dense(&self) -> bool {
        self.n_chars >= 24 && self.n_bytes >= 2 * self.n_chars && self.n_words * 12 <= self.n_chars
    }
}

/// Whether a character is a digit of a script that writes dates with its own: Arabic, Persian, those of India, full width.
fn is_decimal(c: char) -> bool {
    matches!(c,
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}' | '\u{9e6}'..='\u{9ef}' | '\u{ff10}'..='\u{ff19}')
}

/// The sum of all lanes, which fits into a byte.
fn total(lanes: [u8; LANES]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let (eights, _) = lanes.as_chunks();
    let sums: u64 = eights.iter().map(|eight| u64::from_le_bytes(*eight)).sum();
    (sums.wrapping_mul(EACH) >> 56) as usize
}

/// Sums over the bytes read.
struct Counts {
    words: usize,
    capital: usize,
    small: usize,
    digits: usize,
    letters: usize,
    stops: usize,
    code: usize,
    tabs: usize,
    wide: usize,
}

impl Counts {
    /// Counts in lanes: no more than 15 bytes fall to each, so that its sums fit into a byte, and the compiler uses the
    /// wide registers of any machine.
    fn of(classes: &Classes<{ HEAD + LANES }>, n_read: usize) -> Counts {
        let mut sums = [[0_u8; LANES]; 9];
        for start in (0..n_read).step_by(LANES) {
            let around = |offset: isize| classes.lanes(start, offset);
            let (before_last, before, here, next, after_next) =
                (around(-2), around(-1), around(0), around(1), around(2));
            for lane in 0..LANES {
                let class = here[lane];
                let is = |class: u8, of: u8| u8::from(class & of != 0);
                let follows_space = is(before[lane], SPACE);
                let starts = follows_space | (is(before[lane], PAIR) & is(before_last[lane], SPACE));
                let ends_word = is(next[lane], SPACE)
                    | (is(next[lane], PAIR | WIDE) & is(after_next[lane], SPACE | WIDE));
                let is_initial = is(before[lane], UPPER) & is(before_last[lane], SPACE | STOP);
                let follows_word = is(before[lane], UPPER | LOWER | DIGIT | PAIR | WIDE);
                sums[0][lane] += follows_space & (1 ^ is(class, SPACE));
                sums[1][lane] += starts & is(class, UPPER);
                sums[2][lane] += starts & is(class, LOWER);
                sums[3][lane] += is(class, DIGIT);
                sums[4][lane] += is(class, UPPER | LOWER);
                sums[5][lane] += is(class, STOP) & ends_word & follows_word & (1 ^ is_initial);
                sums[6][lane] += is(class, CODE);
                sums[7][lane] += u8::from(class == TAB);
                sums[8][lane] += is(class, WIDE);
            }
        }
        let [words, capital, small, digits, letters, stops, code, tabs, wide] = sums.map(total);
        // The stop at the very end of the line is inside it only where more is to come.
        let is_closed = (1..=4).find(|&back| classes.at(n_read, -back) & (PAIR | WIDE) == 0);
        let is_closed = is_closed.is_some_and(|back| classes.at(n_read, -back) & STOP != 0);
        let stops = stops - usize::from(is_closed && stops > 0);
        Counts { words, capital, small, digits, letters, stops, code, tabs, wide }
    }
}
