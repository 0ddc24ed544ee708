//! Lengths of time, and what recurs.

use super::{Read, Reader};
use crate::{
    numeral::{self, Numeral},
    time::{
        expression::{Date, Field, Meaning, Recurrence, Toward},
        vocabulary::{Shift, Short, Unit, Word},
    },
    token::{Key, TokenKind},
};

const FULL: Key = Key::ascii("full");
const SINGLE: Key = Key::ascii("single");

impl Reader<'_> {
    /// A length with a word that makes it rough: "more than four hours", "at least 2 years", "about a year ago".
    pub(super) fn rough(&self, at: usize) -> Read {
        let next = match self.word(at)? {
            Word::About => at + 1,
            Word::More if self.says(at + 1, "than") => at + 2,
            Word::AtLeast if ["least", "most", "to"].iter().any(|word| self.says(at + 1, word)) => at + 2,
            _ => return None,
        };
        match self.word(next) {
            Some(Word::Every) => self.every(next),
            Some(Word::The) => None,
            _ => self.counted(next),
        }
    }

    /// A number of units: a length, or a date where "ago" or "later" follows.
    pub(super) fn counted(&self, at: usize) -> Read {
        if self.without_colon(at).is_some() {
            return None;
        }
        let (unit_at, count) = self.count(at)?;
        let (end, unit) = match self.word(unit_at) {
            // "the 2018 day of action": a year.
            Some(Word::Unit(_)) if count.is_some_and(|count| count >= 1000.0) => return None,
            Some(Word::Units(unit) | Word::Unit(unit)) => (unit_at + 1, unit),
            // "30-year", "5-day"
            None if self.is(unit_at, "-") && !self.tokens[unit_at].spaced => match self.word(unit_at + 1) {
                Some(Word::Unit(unit)) if !self.is(unit_at + 2, "-") => (unit_at + 2, unit),
                _ => return None,
            },
            _ => return None,
        };
        // "a second" is seldom a time; "a quarter" is a fourth.
        let article = self.word(at) == Some(Word::A) && unit_at == at + 1;
        if article && matches!(unit, Unit::Second | Unit::Quarter | Unit::Night) {
            return None;
        }
        let (end, count) = self.and_a_half(end, count);
        if self.says(end, "old") || (self.is(end, "-") && self.says(end + 1, "old")) {
            return None;
        }
        if unit == Unit::Week
            && count == Some(1.0)
            && let Some((end, date)) = self.week_from(end)
        {
            return Some((end, Meaning::Date(date), "time:date"));
        }
        if let Some(ahead) = self.ahead(at, end) {
            return Some((ahead, Meaning::Date(Date::of(Field::Ago(count?, unit))), "time:ago"));
        }
        // "a year ago today"
        if self.word(end) == Some(Word::Ago)
            && self.word(end + 1) == Some(Word::Day(0))
            && let Some(count) = count
        {
            return Some((end + 2, Meaning::Date(Date::of(Field::Exactly(-count, unit))), "time:ago"));
        }
        if self.word(end) == Some(Word::Ago) || self.is_back(end) {
            let Some(count) = count else { return Some((end + 1, Meaning::Vague("PAST_REF"), "time:ago")) };
            return Some((end + 1, Meaning::Date(Date::of(Field::Ago(-count, unit))), "time:ago"));
        }
        for (word, sign) in [("later", 1.0), ("earlier", -1.0)] {
            if self.says(end, word) {
                let field = Field::Later(sign * count?, unit);
                return Some((end + 1, Meaning::Date(Date::of(field)), "time:later"));
            }
        }
        if self.is_prior(end) {
            return Some((end + 1, Meaning::Date(Date::of(Field::Later(-count?, unit))), "time:later"));
        }
        if self.says(end, "from") && (self.says(end + 1, "now") || self.says(end + 1, "today")) {
            return Some((end + 2, Meaning::Date(Date::of(Field::Ago(count?, unit))), "time:ago"));
        }
        if article && self.is_repeated(at) {
            return Some((end, Meaning::Every(Recurrence::Units(1.0, unit)), "time:recurring"));
        }
        Some((end, Meaning::Length(count, unit), "time:length"))
    }

    /// Whether "back" stands at the end of a phrase: "two years back, when".
    fn is_back(&self, at: usize) -> bool {
        self.says(at, "back") && (self.ends_phrase(at + 1) || self.says(at + 1, "when"))
    }

    /// Whether a length is counted back from what was told: "three years prior", "two years before."
    fn is_prior(&self, at: usize) -> bool {
        self.says(at, "prior") && !self.says(at + 1, "to")
            || ["before", "previously"].iter().any(|word| self.says(at, word)) && self.ends_phrase(at + 1)
    }

    fn ends_phrase(&self, at: usize) -> bool {
        self.token(at).is_none()
            || matches!(self.string(at), "." | "," | ";" | ":" | ")" | "?" | "!" | "–" | "—")
    }

    /// Where "in two weeks’ time" ends, of which the units end at `end`.
    fn ahead(&self, at: usize, end: usize) -> Option<usize> {
        let led = at > self.first && (self.says(at - 1, "in") || self.says(at - 1, "within"));
        let own = self.token(end).is_some_and(|next| next.kind == TokenKind::Possessive)
            || matches!(self.string(end), "'" | "’");
        (led && own && self.says(end + 1, "time")).then_some(end + 2)
    }

    /// Where the units stand that are counted from token `at` on, and how many; `None` for a number that is not said.
    fn count(&self, at: usize) -> Option<(usize, Option<f64>)> {
        match self.word(at) {
            Some(Word::Units(unit)) if unit >= Unit::Month => return Some((at, None)),
            Some(Word::Few) => return Some((at + 1, None)),
            Some(Word::Half) => {
                return (self.word(at + 1) == Some(Word::A)).then_some((at + 2, Some(0.5)));
            }
            Some(Word::Couple) => {
                return Some((at + 1 + usize::from(self.word(at + 1) == Some(Word::Of)), Some(2.0)));
            }
            Some(Word::A) => match self.word(at + 1) {
                Some(Word::Unit(_)) => return Some((at + 1, Some(1.0))),
                Some(Word::Few) => return Some((at + 2, None)),
                Some(Word::Couple) => return self.count(at + 1),
                Some(Word::Half) => return Some((at + 2 + usize::from(self.is(at + 2, "-")), Some(0.5))),
                None if self.token(at + 1).is_some_and(|next| [FULL, SINGLE].contains(&next.key)) => {
                    return Some((at + 2, Some(1.0)));
                }
                Some(Word::Numeral) => {}
                _ => return None,
            },
            _ => {}
        }
        let mut number = numeral::read(self.text, self.tokens, at)?;
        // "2 1/2 years"
        if self.is(number.end, "1") && self.is(number.end + 1, "/") && self.is(number.end + 2, "2") {
            number = Numeral { end: number.end + 3, value: number.value + 0.5 };
        }
        // "one or two years", "20 to 30 days", "60-90 days": the first of the two.
        let between = matches!(self.string(number.end), "or" | "to" | "-" | "–");
        if between && !matches!(self.word(number.end + 1), Some(Word::Unit(_) | Word::Units(_))) {
            let second = numeral::read(self.text, self.tokens, number.end + 1);
            if let Some(second) = second.filter(|second| second.value > number.value) {
                let units = matches!(self.word(second.end), Some(Word::Units(_)));
                return units.then_some((second.end, Some(number.value)));
            }
        }
        let more = ["more", "full", "consecutive", "straight", "long"]
            .iter()
            .any(|word| self.says(number.end, word));
        Some((number.end + usize::from(more), Some(number.value)))
    }

    /// "a year and a half": where it ends and how many.
    fn and_a_half(&self, end: usize, count: Option<f64>) -> (usize, Option<f64>) {
        if self.says(end, "and")
            && self.word(end + 1) == Some(Word::A)
            && self.word(end + 2) == Some(Word::Half)
        {
            return (end + 3, count.map(|count| count + 0.5));
        }
        (end, count)
    }

    /// Whether the unit at `at` recurs: "once a week", "five times a day".
    fn is_repeated(&self, at: usize) -> bool {
        at > self.first && ["once", "twice", "times"].iter().any(|word| self.says(at - 1, word))
    }

    /// "every month", "each year", "every two weeks", "every Monday".
    pub(super) fn every(&self, at: usize) -> Read {
        let next = at + 1;
        if self.says(next, "other") {
            let recurrence = match self.word(next + 1)? {
                Word::Unit(unit) => Recurrence::Units(2.0, unit),
                Word::Weekday(day, _) => Recurrence::Weekday(day),
                _ => return None,
            };
            return Some((next + 2, Meaning::Every(recurrence), "time:recurring"));
        }
        let (end, recurrence) = match self.word(next)? {
            Word::Unit(unit) if unit >= Unit::Minute => (next + 1, Recurrence::Units(1.0, unit)),
            Word::Weekday(day, _) => (next + 1, Recurrence::Weekday(day)),
            Word::DayPart(part) => (next + 1, Recurrence::DayPart(part)),
            Word::Season(season) => (next + 1, Recurrence::Season(season.codes().0)),
            Word::Month(..) | Word::Holiday(..) | Word::Feast(_)
                if self.token(next).is_some_and(|token| token.is_capitalised()) =>
            {
                let (end, date) = self.plain(next).or_else(|| self.every_month(next))?;
                // "every Easter": no day of the calendar.
                (end, date.recurrence().unwrap_or(Recurrence::Units(1.0, Unit::Year)))
            }
            _ => {
                let (unit_at, count) = self.count(next)?;
                let Some(Word::Units(unit)) = self.word(unit_at) else { return None };
                (unit_at + 1, Recurrence::Units(count?, unit))
            }
        };
        Some((end, Meaning::Every(recurrence), "time:recurring"))
    }

    /// "every May": a month behind a word that no name begins with.
    fn every_month(&self, at: usize) -> Option<(usize, Date)> {
        let Some(Word::Month(month, Short::No)) = self.word(at) else { return None };
        let goes_on = self.token(at + 1).is_some_and(|next| next.is_word() && next.is_capitalised());
        (!goes_on).then_some((at + 1, Date::of(Field::Month(month))))
    }

    /// "recent Mays", "in summers": the month or season of several years.
    pub(super) fn plural(&self, at: usize, recurrence: Recurrence) -> Read {
        const SEVERAL: [&str; 7] = ["most", "many", "all", "some", "few", "these", "those"];
        let before = at.checked_sub(1).filter(|&before| before >= self.first)?;
        let led = matches!(self.word(before), Some(Word::Preposition | Word::Of | Word::Shift(_)))
            || SEVERAL.iter().any(|word| self.says(before, word));
        let goes_on = self.token(at + 1).is_some_and(|next| next.is_word() && next.is_capitalised());
        (led && !goes_on).then_some((at + 1, Meaning::Every(recurrence), "time:recurring"))
    }

    /// "the past 1.5 years", "the next six months", "recent years", "the past decade".
    pub(super) fn to_now(&self, at: usize) -> Read {
        let the = usize::from(self.word(at) == Some(Word::The));
        let Some(Word::Shift(shift)) = self.word(at + the) else { return None };
        let toward = match shift {
            Shift::Last | Shift::Past | Shift::Recent | Shift::Previous => Toward::Past,
            Shift::Next | Shift::Coming | Shift::Following => Toward::Future,
            Shift::This | Shift::That | Shift::Same => return None,
        };
        let next = at + the + 1;
        if let Some(Word::Unit(unit)) = self.word(next) {
            // "the past year" is a length and "the last year" a date, but "the last decade" is ten years.
            let length =
                (the == 1 && shift == Shift::Past) || (unit == Unit::Decade && shift != Shift::Previous);
            return length.then_some((
                next + 1,
                Meaning::LengthToNow(Some(1.0), unit, toward),
                "time:to-now",
            ));
        }
        let (unit_at, count) = match self.word(next) {
            Some(Word::Units(_)) => (next, None),
            Some(Word::Numeral | Word::Few | Word::Couple) => self.count(next)?,
            None => self.count(next)?,
            _ => return None,
        };
        let Some(Word::Units(unit)) = self.word(unit_at) else { return None };
        let (end, count) = self.and_a_half(unit_at + 1, count);
        Some((end, Meaning::LengthToNow(count, unit, toward), "time:to-now"))
    }
}
