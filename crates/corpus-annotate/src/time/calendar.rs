//! Days counted, and the weeks, months and years they lie in.

use super::vocabulary::{Feast, Unit};
use corpus_core::edtf::{Day, days_in_month};

/// Number of the day, 0 for 1 March of the year 0 (proleptic Gregorian calendar).
pub(crate) fn number(day: Day) -> i64 {
    let year = i64::from(day.year()) - i64::from(day.month() <= 2);
    let month = (i64::from(day.month()) + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + i64::from(day.day())
        - 1
}

/// The day of a number; `None` beyond the years -9999 to 9999.
pub(super) fn day(number: i64) -> Option<Day> {
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + 400 * era + i64::from(month <= 2);
    Day::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// The day some days later, or earlier.
pub(super) fn days_from(from: Day, days: i64) -> Option<Day> {
    day(number(from).checked_add(days)?)
}

/// The month some months later, or earlier, as year and month.
pub(super) fn months_from(year: i32, month: u8, months: i64) -> Option<(i32, u8)> {
    let sum = i64::from(year).checked_mul(12)?.checked_add(i64::from(month) - 1)?.checked_add(months)?;
    let year = i32::try_from(sum.div_euclid(12)).ok().filter(|year| (-9999..=9999).contains(year))?;
    Some((year, u8::try_from(sum.rem_euclid(12)).ok()? + 1))
}

/// The day some months later, or earlier: the last of a month that is too short.
pub(super) fn day_months_from(from: Day, months: i64) -> Option<Day> {
    let (year, month) = months_from(from.year(), from.month(), months)?;
    Day::new(year, month, from.day().min(days_in_month(year, month)))
}

/// The day of a feast in a year.
pub(super) fn feast_day(feast: Feast, year: i32) -> Option<Day> {
    match feast {
        Feast::Easter(days) => easter(year).and_then(|easter| days_from(easter, i64::from(days))),
        Feast::Thanksgiving => {
            let first = Day::new(year, 11, 1)?;
            days_from(first, i64::from((11 - first.weekday()) % 7) + 21)
        }
    }
}

/// Easter Sunday of the western churches, as Gauss reckoned it for the Gregorian calendar.
fn easter(year: i32) -> Option<Day> {
    let century = year.div_euclid(100);
    let moon = (15 - (13 + 8 * century).div_euclid(25) + century - century.div_euclid(4)).rem_euclid(30);
    let sun = (4 + century - century.div_euclid(4)).rem_euclid(7);
    let (golden, fourth, week) = (year.rem_euclid(19), year.rem_euclid(4), year.rem_euclid(7));
    let full = (19 * golden + moon).rem_euclid(30);
    let sunday = (2 * fourth + 4 * week + 6 * full + sun).rem_euclid(7);
    let days = match (full, sunday) {
        (29, 6) => 27,
        (28, 6) if golden > 10 => 26,
        _ => full + sunday - 1,
    };
    days_from(Day::new(year, 3, 23)?, i64::from(days))
}

/// The ISO 8601 week of a day, as year and week.
pub(super) fn week(of: Day) -> (i32, u8) {
    // A week belongs to the year of its Thursday.
    let thursday = number(of) - i64::from(of.weekday()) + 4;
    let Some(thursday) = day(thursday) else { return (of.year(), 1) };
    let first = Day::new(thursday.year(), 1, 1).map_or(0, number);
    let week = (number(thursday) - first) / 7 + 1;
    (thursday.year(), u8::try_from(week).unwrap_or(1))
}

/// Which quarter of a year a month lies in, from 1 to 4.
pub(super) const fn quarter(month: u8) -> u8 {
    month.div_ceil(3)
}

/// The letter of a unit in an ISO 8601 duration, and whether it stands behind a `T`.
pub(super) const fn letters(unit: Unit) -> (&'static str, bool) {
    match unit {
        Unit::Second => ("S", true),
        Unit::Minute => ("M", true),
        Unit::Hour => ("H", true),
        Unit::Day | Unit::Night => ("D", false),
        Unit::Weekend => ("WE", false),
        Unit::Week | Unit::Fortnight => ("W", false),
        Unit::Month => ("M", false),
        Unit::Quarter => ("Q", false),
        Unit::Year | Unit::Decade | Unit::Century => ("Y", false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weeks_belong_to_the_year_of_their_thursday() {
        assert_eq!(week(Day::new(2006, 3, 28).unwrap()), (2006, 13));
        assert_eq!(week(Day::new(2021, 1, 3).unwrap()), (2020, 53));
        assert_eq!(week(Day::new(2018, 12, 31).unwrap()), (2019, 1));
    }

    proptest! {
        #[test]
        fn days_count_on(year in -9998..9998, ordinal in 0_i64..366) {
            let first = Day::new(year, 1, 1).unwrap();
            let some = days_from(first, ordinal).unwrap();
            prop_assert_eq!(number(some), number(first) + ordinal);
            prop_assert_eq!(i64::from(some.weekday()), (i64::from(first.weekday()) - 1 + ordinal) % 7 + 1);
        }
    }
}
