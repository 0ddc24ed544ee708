//! Ages and reading times: "3 hours ago", "vor 2 Stunden", "5 min read".

use super::{
    clock,
    line::{Line, Number, Word},
    words::{AGE, AGO, ARTICLE, CONNECTOR, LABEL, MINUTE, READING, UNIT},
};

/// Whether a short line says how long ago something was, beside labels such as "updated" and little else.
///
/// ```
/// use corpus_core::date;
/// assert!(date::is_relative_age("Updated 5 min ago"));
/// assert!(date::is_relative_age("vor 2 Stunden"));
/// assert!(date::is_relative_age("3h"));
/// assert!(!date::is_relative_age("Three hours ago the lights went out in the old town"));
/// ```
pub fn is_relative_age(text: &str) -> bool {
    age_coverage(text) > 0.55
}

/// The share of a short line's letters and digits that say how long ago something was, labels such as "updated" left
/// aside, from 0 to 1: "Jane Doe 2 years ago" has 9 of 16.
pub fn age_coverage(text: &str) -> f32 {
    let Some(pieces) = Pieces::read(text) else { return 0.0 };
    let tokens = pieces.tokens();
    let mut marked = [false; MAX_TOKENS];
    for (at, token) in tokens.iter().enumerate() {
        if token.is(AGE) || token.is_clock {
            marked[at] = true;
        }
        let Some(unit) = tokens.get(at + 1).filter(|next| token.is_quantity() && next.is(UNIT)) else {
            continue;
        };
        let follows = tokens[at + 2..].iter().take_while(|token| token.is(AGO)).count();
        let precedes = tokens[..at].iter().rev().take_while(|token| token.is(AGO | ARTICLE)).count();
        let says_so =
            unit.is(AGO) || follows > 0 || tokens[at - precedes..at].iter().any(|token| token.is(AGO));
        let is_short =
            tokens.len() == 2 && token.end == unit.start && unit.n_letters <= 2 && token.number.is_some();
        if says_so || is_short {
            marked[at - precedes..at + 2 + follows].fill(true);
        }
    }
    let said = tokens.iter().zip(marked).any(|(token, marked)| marked && !token.is_clock);
    if !said {
        return 0.0;
    }
    pieces.share(|at, token| marked[at] || (token.is(CONNECTOR) && tokens.len() < 5))
}

/// Whether a short line says how long the reading takes, and little else.
///
/// ```
/// use corpus_core::date;
/// assert!(date::is_reading_time("5 min read"));
/// assert!(date::is_reading_time("Lesezeit: 3 Minuten"));
/// assert!(!date::is_reading_time("I read for 5 minutes every evening"));
/// ```
pub fn is_reading_time(text: &str) -> bool {
    let Some(pieces) = Pieces::read(text) else { return false };
    let tokens = pieces.tokens();
    let minutes = tokens.windows(2).any(|pair| pair[0].number.is_some() && pair[1].is(MINUTE));
    let reading = tokens.iter().any(|token| token.is(READING));
    minutes
        && reading
        && pieces.share(|_, token| token.number.is_some() || token.is(READING | MINUTE | CONNECTOR)) > 0.75
}

const MAX_TOKENS: usize = 16;

/// The numbers and words of a short line.
struct Pieces {
    tokens: [Token; MAX_TOKENS],
    n_tokens: usize,
}

/// A number, a time of day or a word.
#[derive(Clone, Copy, Default)]
struct Token {
    start: usize,
    end: usize,
    n_letters: usize,
    number: Option<u32>,
    is_clock: bool,
    value: u64,
}

impl Token {
    fn is(&self, bits: u64) -> bool {
        self.value & bits != 0
    }

    fn is_quantity(&self) -> bool {
        self.number.is_some_and(|number| number < 1000) || self.is(ARTICLE)
    }
}

/// Whether a small number stands before a unit of time.
fn has_duration(line: Line<'_>) -> bool {
    let mut at = 0;
    while let Some(number) = line.next_digit(at).and_then(|at| line.number(at)) {
        at = number.end;
        if number.n_digits <= 3 && line.word(line.skip_blanks(at)).is_some_and(|word| word.is(UNIT)) {
            return true;
        }
    }
    false
}

impl Pieces {
    /// The pieces of a line that is short enough to be an age or a reading time alone.
    fn read(text: &str) -> Option<Pieces> {
        let line = Line::new(text);
        if line.len() > 100 || (line.len() > 32 && !has_duration(line)) {
            return None;
        }
        let mut pieces = Pieces { tokens: [Token::default(); MAX_TOKENS], n_tokens: 0 };
        let mut at = 0;
        while let Some(c) = line.char_at(at) {
            let token = if let Some(read) = clock::read(line, at, 0).filter(|clock| !clock.loose) {
                Token { start: at, end: read.end, n_letters: 4, is_clock: true, ..Token::default() }
            } else if let Some(Number { end, value, n_digits, .. }) = line.number(at) {
                let number = (n_digits < 5).then_some(value);
                Token { start: at, end, n_letters: n_digits, number, ..Token::default() }
            } else if let Some(Word { end, value, .. }) = line.word(at) {
                Token {
                    start: at,
                    end,
                    n_letters: line.slice(at, end).chars().count(),
                    value,
                    ..Token::default()
                }
            } else {
                at += c.len_utf8();
                continue;
            };
            at = token.end;
            *pieces.tokens.get_mut(pieces.n_tokens)? = token;
            pieces.n_tokens += 1;
        }
        Some(pieces)
    }

    fn tokens(&self) -> &[Token] {
        &self.tokens[..self.n_tokens]
    }

    /// The share of letters and digits in tokens that `counts` takes, labels left aside.
    fn share(&self, counts: impl Fn(usize, &Token) -> bool) -> f32 {
        let (mut covered, mut total) = (0, 0);
        for (at, token) in self.tokens().iter().enumerate() {
            if counts(at, token) {
                covered += token.n_letters;
            } else if token.is(LABEL) {
                continue;
            }
            total += token.n_letters;
        }
        if total == 0 { 0.0 } else { covered as f32 / total as f32 }
    }
}
