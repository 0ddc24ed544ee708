//! Short names of currencies before a number: "Sh500", "Rs 2,000", "KSh45 million".

use super::{
    Amount, Reader,
    currency::{CURRENCIES, Kind, Word},
};
use crate::{
    numeral,
    token::{Case, TokenKind},
};

impl Reader<'_> {
    /// The amount behind a short name that is a token of its own: "Sh 500", "Rs. 2,000".
    pub(super) fn after_short(&self, at: usize, kind: Kind, code: Option<&'static str>) -> Option<Amount> {
        let stop = self.is(at + 1, ".") && !self.tokens[at + 1].spaced;
        let number = at + 1 + usize::from(stop);
        let is_number = self.tokens.get(number).is_some_and(|token| token.kind == TokenKind::Number);
        if !is_number || self.tokens[at].case == Case::Lower {
            return None;
        }
        let read = numeral::read(self.text, self.tokens, number)?;
        let (end, value) = self.short_scale(read.end, read.value);
        let amount = self.amount(at, end, value, code.or(kind.usual()), "money:short", 1.0);
        Some(Amount { kind: Some(kind), ..amount })
    }

    /// The amount at a word that begins with a short name and goes on with digits: "Sh45", "Rs2,000".
    pub(super) fn shortened(&self, at: usize) -> Option<Amount> {
        let token = self.tokens[at];
        let word = self.word(at);
        if !token.is_capitalised() && token.case != Case::Mixed
            || !word.ends_with(|last: char| last.is_ascii_digit())
        {
            return None;
        }
        let digits = word.find(|letter: char| letter.is_ascii_digit())?;
        let Some(Word::Short(kind, code)) = CURRENCIES.value(&word[..digits]) else { return None };
        let first = &word[digits..];
        if !first.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        // Groups of three digits behind commas, and a fraction behind a point.
        let glued = |at: usize, mark: &str| {
            self.is(at, mark)
                && !self.tokens[at].spaced
                && self.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number && !next.spaced)
        };
        let mut end = at + 1;
        while (glued(end, ",") || glued(end, ".")) && end < at + MOST_TOKENS {
            end += 2;
        }
        let written = &self.text[token.start as usize + digits..self.tokens[end - 1].end as usize];
        let mut value = numeral::digits(written)?;
        if let Some(scale) = numeral::scale(self.tokens.get(end).copied()) {
            value *= scale;
            end += 1;
        }
        let (end, value) = self.short_scale(end, value);
        let amount = self.amount(at, end, value, code.or(kind.usual()), "money:short", 1.0);
        Some(Amount { kind: Some(kind), ..amount })
    }
}

/// Tokens that the digits behind a short name may have.
const MOST_TOKENS: usize = 9;
