//! A numeral: a number in digits or in words, "1,500", "two hundred and fifty", "1.5 million".

use crate::{
    lexicon::Lexicon,
    token::{Token, TokenKind},
};
use std::sync::LazyLock;

/// A number of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// Index of the first token after it.
    pub end: usize,
    /// What it comes to.
    pub value: f64,
}

/// What a word adds to a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    /// A number below a hundred.
    Small(f64),
    /// A hundred, or a dozen.
    Times(f64),
    /// A thousand, a million and so on.
    Scale(f64),
    /// "and", between pieces.
    And,
    /// "a", before a larger piece or "half".
    One,
    /// "half", "quarter".
    Fraction(f64),
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const LARGE: [(&str, Piece); 19] = [
    ("hundred", Piece::Times(100.0)),
    ("dozen", Piece::Times(12.0)),
    ("thousand", Piece::Scale(1e3)),
    ("lakh", Piece::Scale(1e5)),
    ("lakhs", Piece::Scale(1e5)),
    ("million", Piece::Scale(1e6)),
    ("mln", Piece::Scale(1e6)),
    ("crore", Piece::Scale(1e7)),
    ("crores", Piece::Scale(1e7)),
    ("billion", Piece::Scale(1e9)),
    ("bn", Piece::Scale(1e9)),
    ("bln", Piece::Scale(1e9)),
    ("trillion", Piece::Scale(1e12)),
    ("tn", Piece::Scale(1e12)),
    ("and", Piece::And),
    ("a", Piece::One),
    ("an", Piece::One),
    ("half", Piece::Fraction(0.5)),
    ("quarter", Piece::Fraction(0.25)),
];

static PIECES: LazyLock<Lexicon<Piece>> = LazyLock::new(|| {
    let mut pieces: Vec<(String, Piece)> = Vec::new();
    for (value, word) in (0_u32..).zip(SMALL) {
        pieces.push((word.to_owned(), Piece::Small(f64::from(value))));
    }
    for (tens, word) in (2_u32..).zip(TENS) {
        pieces.push((word.to_owned(), Piece::Small(f64::from(10 * tens))));
        for (ones, after) in (1_u32..).zip(&SMALL[1..10]) {
            pieces.push((format!("{word}-{after}"), Piece::Small(f64::from(10 * tens + ones))));
        }
    }
    pieces.extend(LARGE.map(|(word, piece)| (word.to_owned(), piece)));
    Lexicon::new(pieces.iter().map(|(word, piece)| (word.as_str(), *piece)))
});

/// The words that a written number can begin with, besides "a" and "half".
pub(crate) fn openers() -> impl Iterator<Item = String> {
    let tens = TENS.iter().flat_map(|tens| {
        let compounds = SMALL[1..10].iter().map(move |ones| format!("{tens}-{ones}"));
        std::iter::once((*tens).to_owned()).chain(compounds)
    });
    SMALL.iter().map(|word| (*word).to_owned()).chain(tens).chain(["hundred", "thousand"].map(str::to_owned))
}

/// How many tokens a written number may have: no text needs more, and reading stays linear.
const LONGEST: usize = 16;

/// The number that stands at token `at`, the longest reading.
pub fn read(text: &str, tokens: &[Token], at: usize) -> Option<Numeral> {
    let first = *tokens.get(at)?;
    let (mut current, mut total) = (0.0, 0.0);
    let mut end = at;
    let mut last = None;
    let mut unit = 1.0;
    if first.kind == TokenKind::Number {
        current = digits(&text[first.span()])?;
        end = at + 1;
        last = Some(Piece::Small(0.0));
        if let Some((after, part)) = fraction(text, tokens, end) {
            (current, end) = (current + part, after);
        }
        // "$40-million"
        if is_glued(text, tokens, end, "-")
            && tokens.get(end + 1).is_some_and(|next| !next.spaced && scale(Some(*next)).is_some())
        {
            end += 1;
        }
    }
    while let Some(&token) = tokens.get(end).filter(|_| end < at + LONGEST) {
        let Some(piece) = word(token) else { break };
        match (last, piece) {
            (None, Piece::Small(value)) => current = value,
            (Some(Piece::Small(tens)), Piece::Small(ones))
                if tens >= 20.0 && tens % 10.0 == 0.0 && (1.0..10.0).contains(&ones) =>
            {
                current += ones;
            }
            (Some(Piece::Times(_) | Piece::Scale(_) | Piece::And), Piece::Small(value)) => current += value,
            (None | Some(Piece::One), Piece::Times(value)) => current = value,
            (Some(Piece::Small(_)), Piece::Times(value)) => current *= value,
            // "two thousand million", "1.5 lakh crore"
            (Some(Piece::Scale(_)), Piece::Scale(value)) => total *= value,
            (_, Piece::Scale(value)) if last != Some(Piece::And) => {
                unit = value;
                total += if current == 0.0 { value } else { current * value };
                current = 0.0;
            }
            (Some(Piece::Times(_) | Piece::Scale(_)), Piece::And)
                if matches!(tokens.get(end + 1).copied().and_then(word), Some(Piece::Small(_))) => {}
            (Some(_), Piece::And) => {
                let rest = [1, 2].map(|after| tokens.get(end + after).copied().and_then(word));
                if let [Some(Piece::One), Some(Piece::Fraction(part))] = rest {
                    let value = total + current + part * unit;
                    // "two and a half million"
                    return Some(match tokens.get(end + 3).copied().and_then(word) {
                        Some(Piece::Scale(scale)) if unit == 1.0 => {
                            Numeral { end: end + 4, value: scale * value }
                        }
                        _ => Numeral { end: end + 3, value },
                    });
                }
                break;
            }
            (None, Piece::One) => {
                let next = tokens.get(end + 1).copied().and_then(word);
                if !matches!(next, Some(Piece::Times(_) | Piece::Scale(_) | Piece::Fraction(_))) {
                    return None;
                }
            }
            (None | Some(Piece::One), Piece::Fraction(part)) => {
                // "half a million", "a quarter of a million"
                let mut after = end + 1;
                while tokens.get(after).copied().and_then(word) == Some(Piece::One)
                    || tokens.get(after).is_some_and(|token| text[token.span()].eq_ignore_ascii_case("of"))
                {
                    after += 1;
                }
                let Some(Piece::Scale(value) | Piece::Times(value)) =
                    tokens.get(after).copied().and_then(word)
                else {
                    return None;
                };
                return Some(Numeral { end: after + 1, value: part * value });
            }
            _ => break,
        }
        last = Some(piece);
        end += 1;
    }
    (end > at).then_some(Numeral { end, value: total + current })
}

/// The fraction that a whole number goes on with, from the hyphen at `at`: "213-1/2".
fn fraction(text: &str, tokens: &[Token], at: usize) -> Option<(usize, f64)> {
    let number = |at: usize| {
        let token = tokens.get(at).filter(|token| token.kind == TokenKind::Number && !token.spaced)?;
        text[token.span()].parse::<u16>().ok()
    };
    if !is_glued(text, tokens, at, "-") || !is_glued(text, tokens, at + 2, "/") {
        return None;
    }
    let (part, whole) = (number(at + 1)?, number(at + 3)?);
    (0 < part && part < whole).then(|| (at + 4, f64::from(part) / f64::from(whole)))
}

/// Whether a mark stands at `at`, right behind what is before.
fn is_glued(text: &str, tokens: &[Token], at: usize, mark: &str) -> bool {
    tokens.get(at).is_some_and(|token| !token.spaced && &text[token.span()] == mark)
}

fn word(token: Token) -> Option<Piece> {
    if token.is_word() { PIECES.get(token) } else { None }
}

/// What a word multiplies the number before it by: "million".
pub(crate) fn scale(token: Option<Token>) -> Option<f64> {
    match word(token?)? {
        Piece::Scale(value) | Piece::Times(value) => Some(value),
        _ => None,
    }
}

/// The number that digits write; commas and points in groups of three digits are left out.
pub(crate) fn digits(word: &str) -> Option<f64> {
    // Few numbers have a mark, and those without are whole.
    if word.len() <= MOST_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(word.bytes().fold(0_u64, |value, byte| 10 * value + u64::from(byte - b'0')) as f64)
            .filter(|_| !word.is_empty());
    }
    if word.contains(':') || word.len() > 24 {
        return None;
    }
    let grouped = |mark: char| {
        let mut groups = word.split(mark);
        groups.next().is_some_and(|group| (1..=3).contains(&group.len()) && group != "0")
            && groups.clone().count() > 0
            && groups.all(|group| group.split('.').next().is_some_and(|whole| whole.len() == 3))
    };
    if grouped(',') {
        return word.replace(',', "").parse().ok();
    }
    if word.matches('.').count() > 1 {
        return grouped('.').then(|| word.replace('.', "").parse().ok()).flatten();
    }
    if word.matches(',').count() > 1 {
        return None;
    }
    if word.contains(',') { word.replace(',', ".").parse().ok() } else { word.parse().ok() }
}

/// So many digits make a number that a float holds to the last one.
const MOST_DIGITS: usize = 15;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenise;

    fn value(text: &str) -> Option<(f64, usize)> {
        let mut tokens = Vec::new();
        tokenise(text, (0..text.len()).into(), &mut tokens);
        read(text, &tokens, 0).map(|numeral| (numeral.value, tokens.len() - numeral.end))
    }

    #[test]
    fn digits_and_words() {
        for (text, number) in [
            ("1,500", 1500.0),
            ("1.5", 1.5),
            ("1.500.000", 1_500_000.0),
            ("12,345.67", 12_345.67),
            ("twenty-five", 25.0),
            ("two hundred and fifty", 250.0),
            ("three million two hundred thousand", 3_200_000.0),
            ("1.5 million", 1_500_000.0),
            ("half a million", 500_000.0),
            ("300 crore", 3e9),
            ("1.5 lakh crore", 1.5e12),
            ("two thousand million", 2e9),
            ("a hundred", 100.0),
            ("two and a half", 2.5),
            ("two and a half million", 2_500_000.0),
        ] {
            let read = value(text).map(|(number, _)| number);
            assert_eq!(read, Some(number), "{text}");
        }
        assert_eq!(value("a house"), None);
        assert_eq!(value("ten years"), Some((10.0, 1)));
    }
}
