//! Dates counted from others, in units.

use super::{Known, Setting, Value};
use crate::time::{
    Anchor,
    calendar::{day_months_from, days_from, months_from, number, quarter, week},
    direction::Direction,
    vocabulary::{Season, Unit},
};
use corpus_core::edtf::{Day, days_in_month};

/// The leap year that is next to a year, the way that is said, or behind.
pub(super) fn leap_year(year: i32, direction: Direction) -> i32 {
    let step = if direction == Direction::Future { 1 } else { -1 };
    (0..8).map(|n| year + n * step).find(|&year| days_in_month(year, 2) == 29).unwrap_or(year)
}

/// Whether a date is known as finely as units of it can be counted.
pub(super) fn reaches(known: Known, unit: Unit) -> bool {
    match unit {
        Unit::Year | Unit::Decade | Unit::Century => known.year.is_some(),
        Unit::Month | Unit::Quarter => known.year.is_some() && known.month.is_some(),
        _ => known.full().is_some(),
    }
}

/// Most units that are counted from a date: the days in ten thousand years.
const FURTHEST: f64 = 3_652_425.0;

/// The date some units before or after one, as finely as the unit goes.
pub(super) fn shifted(from: Known, unit: Unit, count: f64, anchor: Anchor) -> Value {
    // Four digits hold the years of dates: nothing that far off has one, and nothing below it overflows.
    if count.abs() > FURTHEST {
        return Value::none(anchor);
    }
    let whole = count.trunc() as i64;
    let found = match unit {
        Unit::Second | Unit::Minute => from.full().map(Known::of),
        Unit::Hour => from.full().and_then(|day| days_from(day, whole / 24)).map(Known::of),
        Unit::Day | Unit::Night => from.full().and_then(|day| days_from(day, whole)).map(Known::of),
        Unit::Week | Unit::Fortnight => {
            let days = if unit == Unit::Week { (7.0 * count) as i64 } else { (14.0 * count) as i64 };
            let day = from.full().and_then(|day| days_from(day, days));
            return day.map_or_else(|| Value::none(anchor), |day| week_of(day, anchor));
        }
        Unit::Weekend => {
            let day = from.full().and_then(|day| days_from(day, 7 * whole));
            let Some(day) = day else { return Value::none(anchor) };
            let (year, week) = week(day);
            let saturday = days_from(day, 6 - i64::from(day.weekday()));
            let sunday = saturday.and_then(|day| days_from(day, 1));
            let edtf = saturday.zip(sunday).and_then(|(from, to)| format!("{from}/{to}").parse().ok());
            return Value {
                timex: Some(format!("{year:04}-W{week:02}-WE")),
                edtf,
                known: Known { day: None, ..Known::of(day) },
                anchor,
            };
        }
        // "six and a half months ago"
        Unit::Month if count.fract() != 0.0 => from
            .full()
            .and_then(|day| day_months_from(day, whole))
            .and_then(|day| days_from(day, (30.4 * count.fract()) as i64))
            .map(|day| Known::month(day.year(), day.month())),
        Unit::Month => from
            .year
            .zip(from.month)
            .and_then(|(year, month)| months_from(year, month, whole))
            .map(|(year, month)| Known::month(year, month)),
        Unit::Quarter => {
            let found =
                from.year.zip(from.month).and_then(|(year, month)| months_from(year, month, 3 * whole));
            let Some((year, month)) = found else { return Value::none(anchor) };
            let part = quarter(month);
            return Value {
                timex: Some(format!("{year:04}-Q{part}")),
                edtf: format!("{year:04}-{}", 32 + part).parse().ok(),
                known: Known::month(year, month),
                anchor,
            };
        }
        Unit::Year => match from.year {
            Some(year) if count.fract() == 0.0 => {
                i32::try_from(whole).ok().map(|years| Known::year(year + years))
            }
            // "a year and a half ago" is known to the month.
            _ => from
                .full()
                .and_then(|day| day_months_from(day, (12.0 * count) as i64))
                .map(|day| Known::month(day.year(), day.month())),
        },
        Unit::Decade => match (from.year, i32::try_from(whole)) {
            (Some(year), Ok(decades)) => return digits(year.div_euclid(10) + decades, 1, anchor),
            _ => None,
        },
        Unit::Century => match (from.year, i32::try_from(whole)) {
            (Some(year), Ok(centuries)) => return digits(year.div_euclid(100) + centuries, 2, anchor),
            _ => None,
        },
    };
    let valid = found.filter(|known| known.year.is_none_or(|year| (0..=9999).contains(&year)));
    valid.map_or_else(|| Value::none(anchor), |known| Value::known(known, anchor))
}

/// A week as TIMEX3 writes it, and its days.
pub(super) fn week_of(day: Day, anchor: Anchor) -> Value {
    let (year, number) = week(day);
    let monday = days_from(day, 1 - i64::from(day.weekday()));
    let sunday = monday.and_then(|monday| days_from(monday, 6));
    let edtf = monday.zip(sunday).and_then(|(from, to)| format!("{from}/{to}").parse().ok());
    Value {
        timex: Some(format!("{year:04}-W{number:02}")),
        edtf,
        known: Known::month(day.year(), day.month()),
        anchor,
    }
}

/// Years of which the last digits are left open.
pub(super) fn digits(first: i32, open: usize, anchor: Anchor) -> Value {
    if !(0..=999).contains(&first) {
        return Value::none(anchor);
    }
    let width = 4 - open;
    let timex = format!("{first:0width$}");
    let edtf = format!("{timex}{}", &"XX"[..open]).parse().ok();
    Value { timex: Some(timex), edtf, known: Known::default(), anchor }
}

pub(super) fn season_of(season: Season, year: Option<i32>, anchor: Anchor) -> Value {
    let (letters, code) = season.codes();
    let timex = year.map_or_else(|| format!("XXXX-{letters}"), |year| format!("{year:04}-{letters}"));
    let edtf = year.and_then(|year| format!("{year:04}-{code}").parse().ok());
    Value { timex: Some(timex), edtf, known: Known { year, month: None, day: None }, anchor }
}

/// The very day some units from one.
pub(super) fn exactly(from: Day, unit: Unit, count: f64) -> Option<Day> {
    if count.abs() > FURTHEST || count.fract() != 0.0 {
        return None;
    }
    let whole = count as i64;
    match unit {
        Unit::Day | Unit::Night => days_from(from, whole),
        Unit::Week => days_from(from, 7 * whole),
        Unit::Fortnight => days_from(from, 14 * whole),
        Unit::Month => day_months_from(from, whole),
        Unit::Quarter => day_months_from(from, 3 * whole),
        Unit::Year => day_months_from(from, 12 * whole),
        Unit::Decade => day_months_from(from, 120 * whole),
        Unit::Century => day_months_from(from, 1200 * whole),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Weekend => None,
    }
}

/// How many days ahead a day lies at the most that is meant, and not that of the year before, though the sentence
/// tells of what was: "The bank offered bills that close on March 6".
const CLOSE_AHEAD: i64 = 75;

/// The year of a month, or of a day of it, that lies near the day of writing as the sentence points.
pub(super) fn year_beside(now: Day, month: u8, day: Option<u8>, setting: Setting) -> i32 {
    let key = (month, day.unwrap_or(if month == now.month() { now.day() } else { 1 }));
    let today = (now.month(), now.day());
    let is_close = || {
        let ahead = day.and_then(|day| Day::new(now.year(), month, day)).map(|day| number(day) - number(now));
        ahead.is_some_and(|days| (1..=CLOSE_AHEAD).contains(&days))
    };
    match setting.direction {
        Direction::Past if key > today && (setting.is_done || !is_close()) => now.year() - 1,
        Direction::Future if key < today => now.year() + 1,
        Direction::Open if i32::from(month) > i32::from(now.month()) + 6 => now.year() - 1,
        _ => now.year(),
    }
}
