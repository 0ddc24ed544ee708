//! Feasts, and days of a month that ordinals name.

use super::Reader;
use crate::time::{
    expression::{Date, Field},
    vocabulary::{Feast, Short, Unit, Word},
};

impl Reader<'_> {
    /// A feast: "Christmas Eve", "Valentine’s Day", "Easter Monday 2021", "Good Friday", "New Year’s Day".
    pub(super) fn feast(&self, at: usize) -> Option<(usize, Date)> {
        if !self.token(at)?.is_capitalised() {
            return None;
        }
        let next = at + 1;
        let (end, field) = match self.word(at)? {
            Word::Holiday(month, day) => {
                let own = usize::from(self.is_possessive(next));
                let eve = self.says(next + own, "eve");
                let named = eve || self.says(next + own, "day");
                // "Valentine" is a given name, "Boxing" a sport.
                if (month, day) == (12, 26) && (eve || !named) {
                    return None;
                }
                if month == 2 && !(own == 1 && named) {
                    return None;
                }
                let end = if named { next + own + 1 } else { next };
                (end, Field::Day(month, if eve { day - 1 } else { day }))
            }
            Word::Feast(Feast::Easter(0)) => match self.word(next) {
                Some(Word::Weekday(7, _)) => (next + 1, Field::Feast(Feast::Easter(0))),
                Some(Word::Weekday(1, _)) => (next + 1, Field::Feast(Feast::Easter(1))),
                // "Easter Island", "Easter Rising"
                _ if self.goes_on(next) => return None,
                _ => (next, Field::Feast(Feast::Easter(0))),
            },
            Word::Feast(feast) => (next + usize::from(self.says(next, "day")), Field::Feast(feast)),
            Word::Holy(weekday, days) => match self.word(next) {
                Some(Word::Weekday(day, Short::No)) if day == weekday => {
                    (next + 1, Field::Feast(Feast::Easter(days)))
                }
                _ => return None,
            },
            Word::New if self.word(next) == Some(Word::Unit(Unit::Year)) && self.is_possessive(next + 1) => {
                match self.string(next + 2) {
                    "Eve" => (next + 3, Field::Day(12, 31)),
                    "Day" => (next + 3, Field::Day(1, 1)),
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(self.with_year(end, Date::of(field)))
    }

    /// "fourth of July", "second of May".
    pub(super) fn ordinal_day(&self, at: usize) -> Option<(usize, Date)> {
        let day = self.ordinal(at).filter(|day| (1..=31).contains(day))?;
        let Some(Word::Month(month, short)) = self.word(at + 2) else { return None };
        let named = self.word(at + 1) == Some(Word::Of) && self.token(at + 2)?.is_capitalised();
        let end = self.after_stop(at + 3, short);
        named.then(|| self.with_year(end, Date::of(Field::Day(month, day))))
    }

    fn is_possessive(&self, at: usize) -> bool {
        matches!(self.string(at), "'s" | "’s")
    }

    /// Whether a name goes on at `at`.
    fn goes_on(&self, at: usize) -> bool {
        self.word(at).is_none() && self.token(at).is_some_and(|next| next.is_word() && next.is_capitalised())
    }
}
