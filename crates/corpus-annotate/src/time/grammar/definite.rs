//! Dates that the article points at: "over the weekend", "the Friday before last", "earlier in the year", "year end".

use super::Reader;
use crate::{
    time::{
        expression::{Date, Field, Year},
        vocabulary::{Portion, Shift, Short, Unit, Word},
    },
    token::TokenKind,
};

/// Words before "the weekend" that make it the one before or behind the day of writing.
const OVER: [&str; 9] = ["over", "at", "on", "during", "throughout", "across", "for", "until", "before"];

/// Words that make a name of the day of the week behind them, none of which is its date: "Super Tuesday".
const NAMED: [&str; 6] = ["super", "bloody", "black", "cyber", "giving", "fat"];

impl Reader<'_> {
    /// A date that begins with "the" at `at` and is told by what stands around it.
    pub(super) fn definite_date(&self, at: usize) -> Option<(usize, Date)> {
        let noun = at + 1;
        match self.word(noun)? {
            Word::Unit(Unit::Weekend) if !self.says(noun + 1, "before") => {
                let led = at > self.first && OVER.iter().any(|word| self.says(at - 1, word));
                // "over the weekend of 3 May", "at the weekend market"
                let owns = self.token(noun + 1).is_some_and(|next| next.kind == TokenKind::Possessive);
                let alone = self.token(noun + 1).is_none_or(|next| next.kind == TokenKind::Mark)
                    || self.is_small_word(noun + 1);
                (owns || led && alone).then(|| (noun + 1, Date::of(Field::Weekend)))
            }
            // "the day before yesterday"
            Word::Unit(Unit::Day) if matches!(self.word(noun + 2), Some(Word::Day(days)) if days != 0) => {
                let Some(Word::Day(days)) = self.word(noun + 2) else { return None };
                let along = matches!(
                    (self.word(noun + 1), days),
                    (Some(Word::Earlier), ..0) | (Some(Word::Later), 1..)
                );
                along.then(|| (noun + 3, Date::of(Field::FromNow(Unit::Day, 2 * i32::from(days)))))
            }
            // "the Friday before last", "the week before last"
            word @ (Word::Weekday(_, Short::No) | Word::Unit(_))
                if self.says(noun + 1, "before") && self.word(noun + 2) == Some(Word::Shift(Shift::Last)) =>
            {
                let field = match word {
                    Word::Weekday(day, _) => Field::Weekday(day, Some(-2)),
                    Word::Unit(unit) if unit >= Unit::Weekend => Field::FromNow(unit, -2),
                    _ => return None,
                };
                Some((noun + 3, Date::of(field)))
            }
            // "the week of March 1", "the week ending 5 March"
            Word::Unit(Unit::Week)
                if self.word(noun + 1) == Some(Word::Of)
                    || ["ending", "beginning", "starting"].iter().any(|word| self.says(noun + 1, word)) =>
            {
                let (end, date) = self.plain(noun + 2)?;
                let Field::Day(month, day) = date.field else { return None };
                Some((end, Date { field: Field::WeekWith(month, day), clock: None, ..date }))
            }
            Word::Unit(unit) => self.end_of_unit(noun, unit),
            _ => None,
        }
    }

    /// "in the year" behind "earlier", "later", "early" or "late": the one spoken of.
    pub(super) fn in_the(&self, at: usize) -> Option<(usize, Date)> {
        if !self.says(at, "in") || self.word(at + 1) != Some(Word::The) {
            return None;
        }
        match self.word(at + 2)? {
            Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century)) => {
                Some((at + 3, Date::of(Field::FromNamed(unit, 0))))
            }
            _ => None,
        }
    }

    /// "by year end", "the year’s end", with its year where it follows.
    pub(super) fn end_of_unit(&self, at: usize, unit: Unit) -> Option<(usize, Date)> {
        if !matches!(unit, Unit::Month | Unit::Quarter | Unit::Year) {
            return None;
        }
        let own = self.token(at + 1).is_some_and(|next| next.kind == TokenKind::Possessive);
        let led = at > self.first
            && (self.word(at - 1) == Some(Word::Preposition)
                || self.says(at - 1, "at")
                || own && self.word(at - 1) == Some(Word::The));
        let end = at + 1 + usize::from(own);
        (led && self.says(end, "end")).then(|| self.ended(end + 1, unit))
    }

    /// The end of the present unit, or of the year that stands at `at`.
    pub(super) fn ended(&self, at: usize, unit: Unit) -> (usize, Date) {
        let end = Date { portion: Some(Portion::End), ..Date::of(Field::FromNow(unit, 0)) };
        match self.year(at).filter(|_| unit == Unit::Year) {
            Some((after, year)) => (after, Date { field: Field::Year, ..end }.in_year(Year::Is(year))),
            None => (at, end),
        }
    }

    /// "a week from Friday", "a week on Monday".
    pub(super) fn week_from(&self, end: usize) -> Option<(usize, Date)> {
        let joined = self.says(end, "from") || self.says(end, "on");
        match self.word(end + 1)? {
            Word::Weekday(day, Short::No) if joined => {
                Some((end + 2, Date::of(Field::Weekday(day, Some(2)))))
            }
            _ => None,
        }
    }

    /// Whether the day of the week at `at` is part of the name of a day: "Black Friday".
    pub(super) fn is_named_day(&self, at: usize) -> bool {
        at > self.first
            && self.tokens[at].is_capitalised()
            && self.tokens[at - 1].is_capitalised()
            && NAMED.iter().any(|word| self.says(at - 1, word))
    }

    /// Whether ten years are told of somebody's life, or of the weather: "in her early 30s", "temperatures in the 80s".
    pub(super) fn is_age(&self, at: usize) -> bool {
        let before = |n: usize| at.checked_sub(n).filter(|before| *before >= self.first);
        let portion = before(1).is_some_and(|before| {
            matches!(self.word(before), Some(Word::Portion(_)))
                || self.is(before, "-") && matches!(self.word(before.wrapping_sub(1)), Some(Word::Portion(_)))
        });
        let skip = if !portion {
            1
        } else if before(1).is_some_and(|before| self.is(before, "-")) {
            3
        } else {
            2
        };
        let owned = before(skip).is_some_and(|before| {
            ["his", "her", "their", "my", "your", "our", "its"].iter().any(|word| self.says(before, word))
        });
        let warm = (skip..skip + 8).filter_map(before).any(|before| {
            ["temperature", "temperatures", "highs", "lows", "degrees", "thermometer", "thermometers"]
                .iter()
                .any(|word| self.says(before, word))
        });
        owned || warm
    }

    /// Whether "nineties" stands behind a portion, and is nobody’s age: "the late nineties".
    pub(super) fn is_late_decade(&self, at: usize) -> bool {
        at > self.first && matches!(self.word(at - 1), Some(Word::Portion(_))) && !self.is_age(at)
    }

    /// Whether a word that is part of no name or phrase stands at `at`.
    fn is_small_word(&self, at: usize) -> bool {
        const SMALL: [&str; 34] = [
            "in",
            "at",
            "on",
            "to",
            "with",
            "for",
            "when",
            "where",
            "as",
            "by",
            "during",
            "because",
            "after",
            "before",
            "while",
            "though",
            "but",
            "and",
            "or",
            "is",
            "are",
            "was",
            "were",
            "will",
            "would",
            "has",
            "had",
            "have",
            "that",
            "which",
            "who",
            "from",
            "said",
            "following",
        ];
        SMALL.iter().any(|word| self.says(at, word))
    }
}
