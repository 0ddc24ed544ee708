//! The year that stands with a date.

use super::{Reader, clock};
use crate::{
    time::{
        expression::{Date, Field, Year},
        vocabulary::{COUNTED, Shift, Unit, Word},
    },
    token::TokenKind,
};

impl Reader<'_> {
    /// The date with the year that follows: "2013", ", 2013", "of 2013", "last year", "of this year".
    pub(super) fn with_year(&self, at: usize, date: Date) -> (usize, Date) {
        let shift = |at: usize| {
            let the = usize::from(self.word(at) == Some(Word::The));
            let Some(Word::Shift(shift)) = self.word(at + the) else { return None };
            if !matches!(self.word(at + the + 1), Some(Word::Unit(Unit::Year))) {
                return None;
            }
            let year = match shift {
                Shift::Last | Shift::Past | Shift::Recent => Year::FromNow(-1),
                Shift::This => Year::FromNow(0),
                Shift::Next | Shift::Coming => Year::FromNow(1),
                Shift::Previous => Year::FromNamed(-1),
                Shift::Following => Year::FromNamed(1),
                Shift::Same | Shift::That => Year::FromNamed(0),
            };
            Some((at + the + 2, year))
        };
        let ago = |at: usize| {
            let yes = self.word(at) == Some(Word::A)
                && self.word(at + 1) == Some(Word::Unit(Unit::Year))
                && self.word(at + 2) == Some(Word::Ago);
            yes.then_some((at + 3, Year::FromNow(-1)))
        };
        // "in May in 1981"
        let in_year =
            self.says(at, "in") && matches!(date.field, Field::Month(_) | Field::Day(..) | Field::Season(_));
        let skips = [0, usize::from(self.is(at, ",") || self.word(at) == Some(Word::Of) || in_year)];
        let year = skips.into_iter().find_map(|skip| {
            let at = at + skip;
            let whole = self.year(at).or_else(|| self.spoken_year(at));
            let is = whole.or_else(|| self.early_year(at, date)).map(|(end, year)| (end, Year::Is(year)));
            let spoken = if skip == 1 && self.is(at - 1, ",") { None } else { shift(at).or_else(|| ago(at)) };
            is.or(spoken)
        });
        match year {
            Some((end, year)) => (end, date.in_year(year)),
            None => (at, date),
        }
    }

    /// A year of four digits right here.
    pub(super) fn year(&self, at: usize) -> Option<(usize, i32)> {
        let token = self.token(at)?;
        if token.kind != TokenKind::Number || token.end - token.start != 4 {
            return None;
        }
        let year: i32 = self.string(at).parse().ok()?;
        ((1000..=2199).contains(&year) && !self.is_counted(at)).then_some((at + 1, year))
    }

    /// Whether the number counts what follows, or is part of a larger one.
    pub(super) fn is_counted(&self, at: usize) -> bool {
        let Some(next) = self.token(at + 1) else { return false };
        if !next.spaced && next.kind == TokenKind::Word {
            return true;
        }
        match next.kind {
            TokenKind::Word => {
                let rough = self.says(at + 1, "or")
                    && ["so", "more", "fewer"].iter().any(|word| self.says(at + 2, word));
                rough || COUNTED.get(next).is_some() || clock::is_zone(self.string(at + 1))
            }
            TokenKind::Mark => {
                self.is(at + 1, "%")
                    || (!next.spaced
                        && matches!(self.string(at + 1), "°" | "€" | "£" | "/" | "@" | "_")
                        && !self.goes_into_next(at))
            }
            _ => false,
        }
    }

    /// Whether a year and the one behind it are written as one: "2019/20".
    fn goes_into_next(&self, at: usize) -> bool {
        let alone = self.token(at + 3).is_none_or(|next| {
            next.spaced || matches!(self.string(at + 3), "." | "," | ")" | ";" | ":" | "-" | "–")
        });
        let (year, last) = (self.string(at).parse::<i32>(), self.string(at + 2));
        let next = year.map(|year| (year + 1).to_string()).unwrap_or_default();
        self.is(at + 1, "/") && alone && next.len() == 4 && (last == next || last == &next[2..])
    }
}
