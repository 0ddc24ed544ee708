//! Years that are not written as four digits: with their era, in words, or early ones.

use super::Reader;
use crate::{
    numeral,
    statement::word::Tags,
    time::{
        expression::{Date, Field, Year},
        vocabulary::Word,
    },
    token::TokenKind,
};

impl Reader<'_> {
    /// "347 AD", "400 BCE", and "1200" in "from 1200 to about 400 BC".
    pub(super) fn of_era(&self, at: usize) -> Option<(usize, Date)> {
        let number = self.digits(at)?;
        // "in the year 71"
        let year_of = at >= self.first + 2 && self.says(at - 1, "year") && self.says(at - 2, "the");
        let alone =
            self.token(at + 1).is_none_or(|next| next.kind == TokenKind::Mark && !self.is(at + 1, "%"));
        if year_of && alone && number > 31 && self.era(at + 1).is_none() {
            return Some((at + 1, of(number)));
        }
        if let Some(before) = self.era(at + 1).filter(|_| !self.counts_those_of(at)) {
            return Some((at + 2, of(if before { 1 - number } else { number })));
        }
        let joint = matches!(self.string(at + 1), "to" | "and" | "or" | "-" | "–" | "—");
        let about = usize::from(matches!(self.word(at + 2), Some(Word::About)));
        let last = self.digits(at + 2 + about).filter(|last| joint && *last < number)?;
        let before = self.era(at + 3 + about)?;
        (before && last > 0).then(|| (at + 1, of(1 - number)))
    }

    /// Whether a number before what may be an era counts the noun behind both, and "BC" is where they are: "12 BC
    /// residents", but "the 400 BC temple", "in 12 BC residents fled".
    fn counts_those_of(&self, at: usize) -> bool {
        let small =
            Tags::PREP | Tags::DET | Tags::AND | Tags::BUT | Tags::ANY_AUX | Tags::ADVERB | Tags::VERB;
        let noun = self.token(at + 2).is_some_and(|next| {
            next.is_word()
                && !next.is_capitalised()
                && !next.tags.has(small | Tags::SUBJECT | Tags::SUBORDINATE)
        });
        let leads = [
            "in", "the", "a", "an", "around", "about", "from", "since", "circa", "until", "by", "before",
            "after",
        ];
        let led = at > self.first && leads.iter().any(|word| self.says(at - 1, word));
        noun && !led
    }

    /// "AD 842".
    pub(super) fn after_era(&self, at: usize) -> Option<(usize, Date)> {
        let year = self.digits(at + 1).filter(|_| self.is(at, "AD") && self.tokens[at + 1].spaced)?;
        Some((at + 2, of(year)))
    }

    /// A year of three digits behind a day, or behind "of": "30 September 420", "December of 384".
    pub(super) fn early_year(&self, at: usize, date: Date) -> Option<(usize, i32)> {
        let year = self.digits(at).filter(|_| self.string(at).len() == 3)?;
        let after_of = at > self.first && self.word(at - 1) == Some(Word::Of);
        let behind_day =
            matches!(date.field, Field::Day(..)) && self.tokens[at].spaced && !self.is(at - 1, ",");
        let ends =
            self.token(at + 1).is_none_or(|next| next.kind == TokenKind::Mark && !self.is(at + 1, "%"));
        ((after_of || behind_day) && ends).then_some((at + 1, year))
    }

    /// One of two years of three digits in brackets, and the first of a life of which it is about known: "(837–908)",
    /// "(c. 314 – 368)".
    pub(super) fn early_span(&self, at: usize) -> Option<(usize, Date)> {
        let early = |at: usize| self.digits(at).filter(|_| self.string(at).len() == 3);
        // "Theodulf (" but not "rooms ("
        let named = |at: usize| at > self.first && self.is(at, "(") && self.tokens[at - 1].is_capitalised();
        let dash = |at: usize| matches!(self.string(at), "-" | "–" | "—");
        let year = early(at)?;
        let about = at >= self.first + 2
            && self.is(at - 1, ".")
            && ["c", "ca", "b", "d", "r", "fl"].iter().any(|word| self.is(at - 2, word));
        let opens = at > self.first && named(at - 1) || about;
        let first = opens
            && dash(at + 1)
            && (about || early(at + 2).is_some_and(|last| last > year && self.is(at + 3, ")")));
        let last = at >= self.first + 3
            && dash(at - 1)
            && early(at - 2).is_some_and(|from| from < year)
            && (named(at - 3) || self.is(at - 3, "."))
            && matches!(self.string(at + 1), ")" | ",");
        let alone = about && matches!(self.string(at + 1), ")" | ",");
        (first || last || alone).then(|| (at + 1, of(year)))
    }

    /// A year of three digits in a page that tells of such years: "In 348 Osric died", "about 373, when", "360 - 366".
    pub(super) fn lone_early_year(&self, at: usize) -> Option<(usize, Date)> {
        if !self.is_early {
            return None;
        }
        let year = self.digits(at).filter(|_| self.string(at).len() == 3)?;
        let dash = |at: usize| matches!(self.string(at), "-" | "–" | "—");
        let led = at > self.first && self.leads_year(at - 1, year);
        // "360 - 366": the last of a span whose first is a year.
        let last = at >= self.first + 3
            && dash(at - 1)
            && self.digits(at - 2).is_some_and(|from| from < year && self.leads_year(at - 3, from));
        let first = dash(at + 1) && self.digits(at + 2).is_some_and(|last| last > year && last < 1000);
        let next = self.token(at + 1);
        let is_in = at > self.first && self.says(at - 1, "in");
        let ends = next.is_none_or(|next| match next.kind {
            TokenKind::Mark => {
                matches!(self.string(at + 1), "." | "," | ";" | ")" | ":" | "—") && !self.is_longer(at)
            }
            TokenKind::Word if next.is_capitalised() => is_in && self.tokens[at - 1].is_capitalised(),
            // "in 348 he died", but "in 348 of the houses", "in 350 or so", "after 250 were laid off"
            TokenKind::Word
                if is_in && next.spaced && !self.says(at + 1, "of") && !self.says(at + 1, "or") =>
            {
                let small =
                    Tags::ANY_AUX | Tags::SUBJECT | Tags::DET | Tags::AND | Tags::BUT | Tags::SUBORDINATE;
                next.tags.has(small | Tags::VERB | Tags::PREP | Tags::WH)
            }
            TokenKind::Word => next.spaced && next.tags.has(Tags::WH | Tags::SUBJECT),
            _ => false,
        });
        ((led || last) && (first || ends)).then(|| (at + 1, of(year)))
    }

    /// Whether the word at `at` leads to a year rather than to how many there are: none of round numbers is about a year.
    fn leads_year(&self, at: usize, year: i32) -> bool {
        match self.string(at).to_ascii_lowercase().as_str() {
            "in" | "circa" => true,
            "until" | "since" | "after" | "before" | "from" | "about" | "around" => year % 50 != 0,
            _ => false,
        }
    }

    /// Whether a mark behind a number is part of it: "348,000", "34.5".
    fn is_longer(&self, at: usize) -> bool {
        self.token(at + 2).is_some_and(|next| !next.spaced && next.kind == TokenKind::Number)
    }

    /// A year in words: "nineteen eighty-four", "twenty sixteen".
    pub(super) fn spoken_year(&self, at: usize) -> Option<(usize, i32)> {
        let number = |at: usize| {
            if self.word(at) != Some(Word::Numeral) {
                return None;
            }
            let read = numeral::read(self.text, self.tokens.get(..=at)?, at)?;
            (read.value < 100.0).then_some(read.value as i32)
        };
        let hundreds = number(at).filter(|hundreds| (13..=20).contains(hundreds))?;
        let rest = number(at + 1).filter(|rest| *rest >= 10)?;
        let more = self.word(at + 2) == Some(Word::Numeral) || self.is_counted(at + 1);
        let counted = matches!(self.word(at + 2), Some(Word::Unit(_) | Word::Units(_)));
        (!more && !counted).then_some((at + 2, 100 * hundreds + rest))
    }

    /// A number of up to four digits.
    fn digits(&self, at: usize) -> Option<i32> {
        let word = self.string(at);
        let is_number = self.token(at)?.kind == TokenKind::Number && word.len() <= 4;
        word.parse().ok().filter(|year| is_number && *year > 0)
    }

    /// Whether an era stands at `at`, and whether it is the one before our own.
    fn era(&self, at: usize) -> Option<bool> {
        match self.string(at) {
            "AD" | "CE" => Some(false),
            "BC" | "BCE" => Some(true),
            _ => None,
        }
    }
}

const fn of(year: i32) -> Date {
    Date::of(Field::Year).in_year(Year::Is(year))
}
