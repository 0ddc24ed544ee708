//! A day of the proleptic Gregorian calendar.

use std::fmt;

/// A day of the proleptic Gregorian calendar, ordered by time. Year 0 is 1 BC.
///
/// ```
/// use corpus_core::edtf::Day;
/// assert!(Day::new(2017, 2, 29).is_none());
/// assert_eq!(Day::new(2016, 2, 29).unwrap().to_string(), "2016-02-29");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

impl Day {
    /// The day, or `None` where the calendar has none such; years run from -9999 to 9999.
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        if year < -9999 || year > 9999 || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Day { year, month, day })
    }

    /// The year, 0 for 1 BC.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The day after; `None` after the last there is.
    pub const fn after(self) -> Option<Day> {
        match (self.month, self.day < days_in_month(self.year, self.month)) {
            (month, true) => Day::new(self.year, month, self.day + 1),
            (12, false) => Day::new(self.year + 1, 1, 1),
            (month, false) => Day::new(self.year, month + 1, 1),
        }
    }

    /// The day before; `None` before the first there is.
    ///
    /// ```
    /// use corpus_core::edtf::Day;
    /// assert_eq!(Day::new(2016, 3, 1).unwrap().before(), Day::new(2016, 2, 29));
    /// ```
    pub const fn before(self) -> Option<Day> {
        match (self.month, self.day) {
            (1, 1) => Day::new(self.year - 1, 12, 31),
            (month, 1) => Day::new(self.year, month - 1, days_in_month(self.year, month - 1)),
            (month, day) => Day::new(self.year, month, day - 1),
        }
    }

    /// The day of the week, 1 for Monday to 7 for Sunday.
    ///
    /// ```
    /// use corpus_core::edtf::Day;
    /// assert_eq!(Day::new(2017, 10, 2).unwrap().weekday(), 1);
    /// ```
    pub const fn weekday(self) -> u8 {
        // Zeller's congruence, with years that begin in March.
        let (year, month) =
            if self.month < 3 { (self.year - 1, self.month + 12) } else { (self.year, self.month) };
        let century = year.div_euclid(100);
        let sum = self.day as i32
            + (13 * (month as i32 + 1)) / 5
            + year.rem_euclid(100)
            + year.rem_euclid(100) / 4
            + century.div_euclid(4)
            + 5 * century;
        ((sum + 5).rem_euclid(7) + 1) as u8
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

/// Number of days of a month; 0 where `month` is none.
pub const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Whether a year has a 29 February.
pub const fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_by_time() {
        let days = [(-43, 3, 15), (0, 1, 1), (2016, 2, 29), (2016, 3, 1), (2017, 1, 1)]
            .map(|(year, month, day)| Day::new(year, month, day).unwrap());
        assert!(days.is_sorted());
        assert_eq!(days[0].to_string(), "-0043-03-15");
    }

    #[test]
    fn refuses_days_the_calendar_lacks() {
        for (year, month, day) in [(2017, 0, 1), (2017, 13, 1), (2017, 4, 31), (1900, 2, 29), (10_000, 1, 1)]
        {
            assert_eq!(Day::new(year, month, day), None);
        }
    }
}
