//! Dates told from the present one, or from the one named before: "last year", "over the weekend".

use super::Reader;
use crate::{
    time::{
        expression::{Clock, Date, Field, Year},
        vocabulary::{Shift, Short, Unit, Word},
    },
    token::Case,
};

impl Reader<'_> {
    /// "last year", "the next month", "this Friday", "the same day", "that summer".
    pub(super) fn shifted(&self, at: usize, next: usize, shift: Shift) -> Option<(usize, Date)> {
        if shift == Shift::Recent {
            return None;
        }
        // "this past weekend", "this coming Friday"
        if shift == Shift::This
            && let Some(Word::Shift(shift @ (Shift::Last | Shift::Past | Shift::Next | Shift::Coming))) =
                self.word(next)
        {
            return self.shifted(at, next + 1, shift);
        }
        let definite = self.word(at) == Some(Word::The);
        let mut next = next;
        if matches!(shift, Shift::Last | Shift::This | Shift::Next) && self.says(next, "very") {
            next += 1;
        }
        let named = matches!(shift, Shift::Previous | Shift::Following | Shift::Same | Shift::That);
        let step = match shift {
            Shift::Last | Shift::Past | Shift::Recent | Shift::Previous => -1,
            Shift::This | Shift::Same | Shift::That => 0,
            Shift::Next | Shift::Coming | Shift::Following => 1,
        };
        match self.word(next)? {
            Word::Unit(unit) => {
                if unit == Unit::Second || (unit <= Unit::Hour && shift != Shift::Next) {
                    return None;
                }
                if unit == Unit::Day && matches!(shift, Shift::Last | Shift::Past | Shift::This) {
                    return None;
                }
                let field = if named { Field::FromNamed(unit, step) } else { Field::FromNow(unit, step) };
                let (end, date) = (next + 1, Date::of(field));
                // "the same month last year", "the same period a year ago"
                if shift == Shift::Same && definite {
                    return Some(self.with_year(end, date));
                }
                Some((end, date))
            }
            // "this years fair", for want of an apostrophe
            Word::Units(Unit::Year)
                if !definite
                    && matches!(shift, Shift::This | Shift::Last | Shift::Next)
                    && self.token(next + 1).is_some_and(|noun| noun.case == Case::Lower)
                    && self.word(next + 1).is_none() =>
            {
                Some((next + 1, Date::of(Field::FromNow(Unit::Year, step))))
            }
            Word::Weekday(day, short) => {
                let weeks = (shift != Shift::Past).then_some(step);
                self.weekday(next, day, short, weeks)
            }
            Word::Month(month, Short::No)
                if !(matches!(month, 3 | 5) && self.tokens[next].case == Case::Lower) =>
            {
                Some((next + 1, Date::of(Field::MonthFromNow(month, step))))
            }
            Word::Season(season) => Some((next + 1, Date::of(Field::SeasonFromNow(season, step)))),
            Word::DayPart(part) => {
                let day = if shift == Shift::Last { -1 } else { 0 };
                let field =
                    if named { Field::FromNamed(Unit::Day, step) } else { Field::FromNow(Unit::Day, day) };
                Some((next + 1, Date { clock: Some(Clock::Part(part)), ..Date::of(field) }))
            }
            Word::Holiday(..) | Word::Feast(_) => {
                let (end, date) = self.feast(next)?;
                Some((end, date.in_year(Year::FromNow(step))))
            }
            _ if shift == Shift::Same && definite && self.says(next, "period") => {
                let (end, date) = self.with_year(next + 1, Date::of(Field::FromNamed(Unit::Month, 0)));
                (date.year != Year::Open).then_some((end, date))
            }
            _ => None,
        }
    }
}
