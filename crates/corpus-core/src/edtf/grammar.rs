//! The grammar of the EDTF dates we take, and what a date says of days.

use super::{Day, Precision, days_in_month};

/// What a valid date says.
pub(super) struct Reading {
    /// The earliest and the latest day it can mean.
    pub(super) bounds: (Option<Day>, Option<Day>),
    pub(super) precision: Precision,
}

/// Reads a date, a date with a time, or an interval; `None` where `text` is none of them.
pub(super) fn read(text: &str) -> Option<Reading> {
    let Some((start, end)) = text.split_once('/') else {
        return read_date(text);
    };
    let read_end = |end: &str| match end {
        "" | ".." => Some(None),
        date => read_date(date).map(Some),
    };
    let (start, end) = (read_end(start)?, read_end(end)?);
    if start.is_none() && end.is_none() {
        return None;
    }
    let earliest = start.and_then(|reading| reading.bounds.0);
    let latest = end.and_then(|reading| reading.bounds.1);
    match (earliest, latest) {
        (Some(earliest), Some(latest)) if earliest > latest => None,
        bounds => Some(Reading { bounds, precision: Precision::Interval }),
    }
}

fn read_date(text: &str) -> Option<Reading> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut rest = date.as_bytes();
    let mut qualified = take_qualifier(&mut rest);
    let negative = rest.first() == Some(&b'-');
    if negative {
        rest = &rest[1..];
    }
    let year = Digits::<4>::take(&mut rest)?;
    let mut parts = [None, None];
    for part in &mut parts {
        qualified |= take_qualifier(&mut rest);
        let Some((b'-', after)) = rest.split_first() else { break };
        rest = after;
        qualified |= take_qualifier(&mut rest);
        *part = Some(Digits::<2>::take(&mut rest)?);
    }
    qualified |= take_qualifier(&mut rest);
    let [month, day] = parts;
    if !rest.is_empty() || (negative && year.0 == *b"0000") {
        return None;
    }
    let unknown_year = year.0 == *b"XXXX";
    if let (None, Some(number)) = (day, month.and_then(Digits::value))
        && number > 12
    {
        let year = year.value()?;
        let year = if negative { -year } else { year };
        let bounds = season_bounds(year, number)?;
        return time.is_none().then_some(Reading { bounds, precision: Precision::Season });
    }
    let pattern = Pattern { year, negative, month, day };
    let mut bounds = (Some(pattern.earliest()?), Some(pattern.latest()?));
    if unknown_year {
        bounds = (None, None);
    }
    let stated = |digits: Option<Digits<2>>| digits.is_some_and(|digits| digits.0 != *b"XX");
    let precision = if stated(day) {
        Precision::Day
    } else if stated(month) {
        Precision::Month
    } else {
        match year.0.iter().rev().take_while(|digit| **digit == b'X').count() {
            0 => Precision::Year,
            1 => Precision::Decade,
            4 => return None,
            _ => Precision::Century,
        }
    };
    match time {
        None => Some(Reading { bounds, precision }),
        Some(time) if day.is_some() && !qualified => Some(Reading { bounds, precision: read_time(time)? }),
        Some(_) => None,
    }
}

/// Reads a time of day with its offset from UTC, if any.
fn read_time(text: &str) -> Option<Precision> {
    let mut rest = text.as_bytes();
    let at_most = |rest: &mut &[u8], limit: i32| {
        let value = Digits::<2>::take(rest)?.value()?;
        (value <= limit).then_some(value)
    };
    let colon = |rest: &mut &[u8]| {
        let found = rest.first() == Some(&b':');
        *rest = &rest[usize::from(found)..];
        found
    };
    at_most(&mut rest, 23)?;
    if !colon(&mut rest) {
        return None;
    }
    at_most(&mut rest, 59)?;
    let mut precision = Precision::Minute;
    if colon(&mut rest) {
        at_most(&mut rest, 59)?;
        precision = Precision::Second;
    }
    match rest.split_first() {
        None => return Some(precision),
        Some((b'Z', after)) => rest = after,
        Some((b'+' | b'-', after)) => {
            rest = after;
            let hours = at_most(&mut rest, 14)?;
            if colon(&mut rest) {
                at_most(&mut rest, if hours == 14 { 0 } else { 59 })?;
            }
        }
        Some(_) => return None,
    }
    rest.is_empty().then_some(precision)
}

/// The days of a season (21 to 24), a quarter (33 to 36) or a half (40, 41) of a year.
fn season_bounds(year: i32, number: i32) -> Option<(Option<Day>, Option<Day>)> {
    let (first, last) = match number {
        21..=23 => (number * 3 - 60, number * 3 - 58),
        24 => {
            let last = Day::new(year + 1, 2, days_in_month(year + 1, 2));
            return Some((Day::new(year, 12, 1), last));
        }
        33..=36 => (number * 3 - 98, number * 3 - 96),
        40 => (1, 6),
        41 => (7, 12),
        _ => return None,
    };
    let (first, last) = (u8::try_from(first).ok()?, u8::try_from(last).ok()?);
    Some((Day::new(year, first, 1), Day::new(year, last, days_in_month(year, last))))
}

fn take_qualifier(rest: &mut &[u8]) -> bool {
    let found = matches!(rest.first(), Some(b'?' | b'~' | b'%'));
    *rest = &rest[usize::from(found)..];
    found
}

/// `N` digits, each of which may be unspecified.
#[derive(Clone, Copy)]
struct Digits<const N: usize>([u8; N]);

impl<const N: usize> Digits<N> {
    fn take(rest: &mut &[u8]) -> Option<Self> {
        let (digits, after) = rest.split_first_chunk::<N>()?;
        *rest = after;
        digits.iter().all(|digit| digit.is_ascii_digit() || *digit == b'X').then_some(Digits(*digits))
    }

    /// The number, where every digit is specified.
    fn value(self) -> Option<i32> {
        self.0
            .iter()
            .try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i32::from(digit - b'0')))
    }

    /// Whether `number` can be meant.
    fn admits(self, number: i32) -> bool {
        let mut rest = number;
        self.0.iter().rev().all(|digit| {
            let last = rest % 10;
            rest /= 10;
            *digit == b'X' || i32::from(digit - b'0') == last
        })
    }
}

/// A date of which digits may be unspecified.
struct Pattern {
    year: Digits<4>,
    negative: bool,
    month: Option<Digits<2>>,
    day: Option<Digits<2>>,
}

impl Pattern {
    fn earliest(&self) -> Option<Day> {
        let in_month = |year, month| {
            (1..=days_in_month(year, month)).find(|day| self.admits_day(*day)).map(|day| (year, month, day))
        };
        let in_year =
            |year| (1..=12).filter(|month| self.admits_month(*month)).find_map(|month| in_month(year, month));
        let (year, month, day) = if self.negative {
            self.years().rev().find_map(in_year)
        } else {
            self.years().find_map(in_year)
        }?;
        Day::new(year, month, day)
    }

    fn latest(&self) -> Option<Day> {
        let in_month = |year, month| {
            (1..=days_in_month(year, month))
                .rev()
                .find(|day| self.admits_day(*day))
                .map(|day| (year, month, day))
        };
        let in_year = |year| {
            (1..=12).rev().filter(|month| self.admits_month(*month)).find_map(|month| in_month(year, month))
        };
        let (year, month, day) = if self.negative {
            self.years().find_map(in_year)
        } else {
            self.years().rev().find_map(in_year)
        }?;
        Day::new(year, month, day)
    }

    /// The years that can be meant, in the order of their digits.
    fn years(&self) -> impl DoubleEndedIterator<Item = i32> {
        let with = |open: u8| {
            let digits = self.year.0.iter().map(|digit| if *digit == b'X' { open } else { *digit });
            digits.fold(0, |year, digit| year * 10 + i32::from(digit - b'0'))
        };
        let range = with(b'0')..=with(b'9');
        let sign = if self.negative { -1 } else { 1 };
        range.filter(|year| self.year.admits(*year)).map(move |year| year * sign)
    }

    fn admits_month(&self, month: u8) -> bool {
        self.month.is_none_or(|digits| digits.admits(month.into()))
    }

    fn admits_day(&self, day: u8) -> bool {
        self.day.is_none_or(|digits| digits.admits(day.into()))
    }
}
