//! An expression of time as it reads, before it is reckoned from anything.

use super::vocabulary::{Feast, Portion, Season, Unit};
use corpus_core::Span;
use std::ops::Range;

/// An expression of time and its tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    /// Its tokens, in `Page::tokens`.
    pub tokens: Range<usize>,
    /// Where it lies in the text; within a word where only a part of it is a time.
    pub span: Span,
    /// What it reads.
    pub meaning: Meaning,
    /// The rule that read it.
    pub rule: &'static str,
}

/// What an expression reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A date or a time of day.
    Date(Date),
    /// A length of time: how many of a unit, `None` where it is not said.
    Length(Option<f64>, Unit),
    /// A length that reaches to the time of writing, or from it: "the past two weeks".
    LengthToNow(Option<f64>, Unit, Toward),
    /// A time that recurs: each unit, or each of a day of the week.
    Every(Recurrence),
    /// PAST_REF, PRESENT_REF or FUTURE_REF.
    Vague(&'static str),
    /// "the day before X's visit": days from an event, whose words are tokens from the given one on.
    FromEvent { days: i64, event: usize },
}

impl Meaning {
    /// Whether it is a date of a year before the year 1000 and behind the first.
    pub(super) const fn is_early(&self) -> bool {
        matches!(self, Meaning::Date(Date { year: Year::Is(1..1000), .. }))
    }
}

/// Which way a length reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    Past,
    Future,
}

/// What recurs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Recurrence {
    /// A length, as TIMEX3 writes it.
    Length(&'static str),
    /// So many of a unit.
    Units(f64, Unit),
    /// A day of the week.
    Weekday(u8),
    /// A part of each day.
    DayPart(&'static str),
    /// A season of each year.
    Season(&'static str),
    /// A month of each year.
    Month(u8),
    /// A day of each year: month and day.
    Day(u8, u8),
}

/// A date with what is said of the year it lies in, the part of it that is meant and the time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Date {
    pub field: Field,
    pub year: Year,
    pub portion: Option<Portion>,
    pub clock: Option<Clock>,
    /// The day of the week that the text says the day is, from 1 for Monday.
    pub weekday: Option<u8>,
}

/// The year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Not said.
    Open,
    Is(i32),
    /// "last year": years from the year of writing.
    FromNow(i32),
    /// "the previous year": years from the date named before.
    FromNamed(i32),
}

/// What a date names, without its year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    /// The year itself.
    Year,
    Month(u8),
    Day(u8, u8),
    /// A feast that moves.
    Feast(Feast),
    /// Days of a month, from the first to the second.
    Days(u8, u8, u8),
    /// Months of a year, from the first to the second.
    Months(u8, u8),
    Quarter(u8),
    /// Half of a year, 1 or 2.
    Half(u8),
    Season(Season),
    /// Ten years, by the first three digits.
    Decade(i32),
    /// Ten years of a century that is not said: "the 90s".
    OpenDecade(i32),
    /// A hundred years, by the first two digits.
    Century(i32),
    /// A day of the week; weeks from that of writing, where said.
    Weekday(u8, Option<i32>),
    /// Units from the present one: "last month", "today".
    FromNow(Unit, i32),
    /// Units from the one named before: "the same day", "the previous month".
    FromNamed(Unit, i32),
    /// A length before (negative) or after the time of writing.
    Ago(f64, Unit),
    /// A length before or after the date named before: "a year later".
    Later(f64, Unit),
    /// A length before or after the day of writing, to the day: "a year ago today".
    Exactly(f64, Unit),
    /// The weekend before or behind the day of writing, as the sentence points.
    Weekend,
    /// The week of a day: month and day.
    WeekWith(u8, u8),
    /// The last or the first week of a month: the month, and which week, 0 for the last.
    WeekOf(u8, u8),
    /// The month of that name before, of or after the present one.
    MonthFromNow(u8, i32),
    /// The season before, of or after the present one.
    SeasonFromNow(Season, i32),
    /// Nothing but a time of day.
    Clock,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// Minutes after midnight, and whether in UTC.
    Minutes(u16, bool),
    /// TIMEX3's letters.
    Part(&'static str),
}

impl Date {
    /// A date of which nothing more is said.
    pub(super) const fn of(field: Field) -> Date {
        Date { field, year: Year::Open, portion: None, clock: None, weekday: None }
    }

    /// The same date in a year.
    pub(super) const fn in_year(self, year: Year) -> Date {
        Date { year, ..self }
    }

    /// What recurs each year or week where the date is not of one alone; nothing of what has a year or is no part of one.
    pub(super) const fn recurrence(&self) -> Option<Recurrence> {
        match (self.field, self.year) {
            (Field::Month(month), Year::Open) => Some(Recurrence::Month(month)),
            (Field::Day(month, day), Year::Open) => Some(Recurrence::Day(month, day)),
            (Field::Season(season), Year::Open) => Some(Recurrence::Season(season.codes().0)),
            (Field::Weekday(day, None), Year::Open) => Some(Recurrence::Weekday(day)),
            _ => None,
        }
    }
}
