//! Dates as EDTF (ISO 8601-2): what is not known stays open.

mod day;
mod grammar;

pub use day::{Day, days_in_month, is_leap_year};

use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};

/// A date, a date with a time, or an interval, written as EDTF: `2017-10-02`, `2017-10-02T11:57`, `XXXX-09-06`,
/// `2020-09-14/..`.
///
/// It is valid by construction. What it takes of EDTF (levels 0 to 2):
///
/// * years of four digits, with a minus before 1 BC; year and month; year, month and day;
/// * seasons (`2017-21` spring to `24` winter), quarters (`33` to `36`) and halves (`40`, `41`) of a year;
/// * a time of day, to the minute or the second, with `Z` or an offset from UTC or neither: `2017-10-02T11:57+02:00`;
/// * `X` for a digit that is not known: `201X`, `XXXX-09-06`, `2017-10-XX`;
/// * `?` uncertain, `~` about, `%` both, after a date or part of it, or before a part: `2017?`, `2017-~10-02`;
/// * intervals, with `..` for an open and nothing for an unknown end: `2020-09-14/..`, `/2021`.
///
/// Sets, exponents and years beyond four digits are not taken. The order is that of the written form.
///
/// ```
/// use corpus_core::Edtf;
/// let stamp: Edtf = "2017-10-02T11:57".parse()?;
/// assert_eq!(stamp.date().as_str(), "2017-10-02");
/// assert!("2017-02-29".parse::<Edtf>().is_err());
/// # Ok::<(), corpus_core::EdtfError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Edtf(String);

/// How far a date is stated, the coarsest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Precision {
    /// Two ends, whatever their own precision.
    Interval,
    /// A century or a millennium.
    Century,
    /// A decade.
    Decade,
    /// A year.
    Year,
    /// A season, quarter or half of a year.
    Season,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A minute.
    Minute,
    /// A second.
    Second,
}

impl Edtf {
    /// A year; `None` outside -9999 to 9999.
    pub fn year(year: i32) -> Option<Edtf> {
        Day::new(year, 1, 1).map(|day| Edtf(day.to_string()[..year_len(year)].to_owned()))
    }

    /// A month of a year; `None` where the calendar has none such.
    pub fn month(year: i32, month: u8) -> Option<Edtf> {
        Day::new(year, month, 1).map(|day| Edtf(day.to_string()[..year_len(year) + 3].to_owned()))
    }

    /// A day; `None` where the calendar has none such.
    pub fn day(year: i32, month: u8, day: u8) -> Option<Edtf> {
        Day::new(year, month, day).map(Edtf::from)
    }

    /// A day of a year that is not known, `XXXX-09-06`; `None` where no year has such a day.
    pub fn yearless(month: u8, day: u8) -> Option<Edtf> {
        // 2000 is a leap year: 29 February passes.
        Day::new(2000, month, day).map(|_| Edtf(format!("XXXX-{month:02}-{day:02}")))
    }

    /// A minute of a day, with its offset from UTC in minutes where one is known; `None` where there is no such time.
    ///
    /// ```
    /// use corpus_core::Edtf;
    /// assert_eq!(Edtf::minute(2017, 10, 2, 11, 57, Some(120)).unwrap().as_str(), "2017-10-02T11:57+02:00");
    /// assert_eq!(Edtf::minute(2017, 10, 2, 11, 57, Some(0)).unwrap().as_str(), "2017-10-02T11:57Z");
    /// ```
    pub fn minute(year: i32, month: u8, day: u8, hour: u8, minute: u8, offset: Option<i16>) -> Option<Edtf> {
        let day = Day::new(year, month, day)?;
        if hour > 23 || minute > 59 || offset.is_some_and(|offset| offset.abs() > 14 * 60) {
            return None;
        }
        let mut text = format!("{day}T{hour:02}:{minute:02}");
        match offset {
            None => {}
            Some(0) => text.push('Z'),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                text.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
            }
        }
        Some(Edtf(text))
    }

    /// The date as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date without its time of day. An interval stays as it is.
    pub fn date(&self) -> Edtf {
        match self.0.split_once('T') {
            Some((date, _)) if !self.is_interval() => Edtf(date.to_owned()),
            _ => self.clone(),
        }
    }

    /// Whether two ends are given.
    pub fn is_interval(&self) -> bool {
        self.0.contains('/')
    }

    /// The earliest and the latest day that the date can mean; `None` on a side that is open or unknown.
    ///
    /// Uncertainty (`?`, `~`, `%`) does not widen it, an offset from UTC does not shift it. Seasons are the northern
    /// meteorological ones: spring from March to May, winter from December to the next year's February.
    ///
    /// ```
    /// use corpus_core::{Edtf, edtf::Day};
    /// let open: Edtf = "2020-02/..".parse()?;
    /// assert_eq!(open.bounds(), (Day::new(2020, 2, 1), None));
    /// let some_leap_day: Edtf = "201X-02-29".parse()?;
    /// assert_eq!(some_leap_day.bounds(), (Day::new(2012, 2, 29), Day::new(2016, 2, 29)));
    /// # Ok::<(), corpus_core::EdtfError>(())
    /// ```
    pub fn bounds(&self) -> (Option<Day>, Option<Day>) {
        grammar::read(&self.0).map_or((None, None), |reading| reading.bounds)
    }

    /// How far the date is stated: unspecified parts do not count, so `2017-XX` has the precision of a year.
    pub fn precision(&self) -> Precision {
        grammar::read(&self.0).map_or(Precision::Century, |reading| reading.precision)
    }
}

fn year_len(year: i32) -> usize {
    if year < 0 { 5 } else { 4 }
}

impl From<Day> for Edtf {
    fn from(day: Day) -> Edtf {
        Edtf(day.to_string())
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A text that is no EDTF date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError(String);

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no EDTF date (ISO 8601-2), such as 2017-10-02 or 2020-09-14/..", self.0)
    }
}

impl std::error::Error for EdtfError {}

impl FromStr for Edtf {
    type Err = EdtfError;
    fn from_str(text: &str) -> Result<Self, EdtfError> {
        match grammar::read(text) {
            Some(_) => Ok(Edtf(text.to_owned())),
            None => Err(EdtfError(text.chars().take(80).collect())),
        }
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Edtf {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Edtf".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // Wider than the grammar, which also knows the calendar; no valid date fails it.
        let date = r"[?~%]?-?[0-9X]{4}[?~%]?(-[?~%]?[0-9X]{2}[?~%]?(-[?~%]?[0-9X]{2}[?~%]?)?)?";
        let time = r"(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}(:[0-9]{2})?)?)?";
        schemars::json_schema!({
            "description": "A date, a date with a time, or an interval, as EDTF (ISO 8601-2)",
            "type": "string",
            "pattern": format!("^({date}{time}|({date}{time}|\\.\\.)?/({date}{time}|\\.\\.)?)$"),
            "examples": ["2017-10-02", "2017-10-02T11:57+02:00", "XXXX-09-06", "2020-09-14/.."],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edtf(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    fn bounds(text: &str) -> String {
        let show = |day: Option<Day>| day.map_or("..".to_owned(), |day| day.to_string());
        let (earliest, latest) = edtf(text).bounds();
        format!("{}/{}", show(earliest), show(latest))
    }

    #[test]
    fn takes_what_the_documents_use() {
        for text in [
            "2017",
            "-0043",
            "2017-10",
            "2017-10-02",
            "2017-10-02T11:57",
            "2017-10-02T11:57:08",
            "2017-10-02T11:57Z",
            "2017-10-02T11:57-04:30",
            "2017-10-02T11:57+02",
            "XXXX-09-06",
            "XXXX-02-29",
            "201X",
            "20XX-10",
            "2017-XX-XX",
            "2017-10-XX",
            "2017-1X",
            "2017?",
            "2017-10~",
            "2017-10-02%",
            "2017?-10-02",
            "?2017-~10-%02",
            "2017-21",
            "2017-36",
            "2017-41",
            "2020-09-14/..",
            "../2020-09-14",
            "2020-09-14/",
            "/2020",
            "2019/2020-05",
            "2020-09-14T10:00/2020-09-14T11:00",
            "201X/2019",
        ] {
            assert_eq!(edtf(text).to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "/",
            "..",
            "../..",
            "XXXX",
            "XXXX-XX-XX",
            "17",
            "02017",
            "-0000",
            "2017-1",
            "2017-00",
            "2017-13",
            "2017-20",
            "2017-25",
            "2017-32",
            "2017-10-32",
            "2017-02-29",
            "XX30-02-29",
            "2017-21-01",
            "2017-10-02T24:00",
            "2017-10-02T11:60",
            "2017-10-02T11",
            "2017-10-02T11:57+15:00",
            "2017-10T11:57",
            "2017-10-02?T11:57",
            "2017-10-02 11:57",
            "2020/2019",
            "2017/2018/2019",
            "[2017,2018]",
            "2017-10-02??",
            "20１7",
        ] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    #[test]
    fn bounds_are_days() {
        assert_eq!(bounds("2016-02"), "2016-02-01/2016-02-29");
        assert_eq!(bounds("201X"), "2010-01-01/2019-12-31");
        assert_eq!(bounds("-004X"), "-0049-01-01/-0040-12-31");
        assert_eq!(bounds("XXXX-09-06"), "../..");
        assert_eq!(bounds("2017-1X-3X"), "2017-10-30/2017-12-31");
        assert_eq!(bounds("2017-0X"), "2017-01-01/2017-09-30");
        assert_eq!(bounds("2017-24"), "2017-12-01/2018-02-28");
        assert_eq!(bounds("2017-34"), "2017-04-01/2017-06-30");
        assert_eq!(bounds("2017-41"), "2017-07-01/2017-12-31");
        assert_eq!(bounds("2019/2020-02"), "2019-01-01/2020-02-29");
        assert_eq!(bounds("2017-10-02T11:57/.."), "2017-10-02/..");
    }

    #[test]
    fn precision_is_what_is_stated() {
        for (text, precision) in [
            ("2017-10-02T11:57Z", Precision::Minute),
            ("2017-10-02T11:57:00", Precision::Second),
            ("XXXX-09-06", Precision::Day),
            ("XXXX-09", Precision::Month),
            ("2017-10-XX", Precision::Month),
            ("2017-22", Precision::Season),
            ("2017-XX-XX", Precision::Year),
            ("201X", Precision::Decade),
            ("20XX", Precision::Century),
            ("2017/2018", Precision::Interval),
        ] {
            assert_eq!(edtf(text).precision(), precision, "{text}");
        }
        assert!(Precision::Day > Precision::Month);
    }

    #[test]
    fn constructors_validate() {
        assert_eq!(Edtf::year(-43).unwrap().as_str(), "-0043");
        assert_eq!(Edtf::month(800, 12).unwrap().as_str(), "0800-12");
        assert_eq!(Edtf::yearless(2, 29).unwrap().as_str(), "XXXX-02-29");
        assert_eq!(Edtf::minute(2017, 10, 2, 0, 5, Some(-210)).unwrap().as_str(), "2017-10-02T00:05-03:30");
        assert_eq!(Edtf::day(2017, 2, 29), None);
        assert_eq!(Edtf::minute(2017, 2, 28, 24, 0, None), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_an_error(text in r"\PC{0,24}|[0-9X?~%/.:TZ+-]{0,30}") {
            if let Ok(date) = text.parse::<Edtf>() {
                prop_assert_eq!(date.to_string(), text);
                let (earliest, latest) = date.bounds();
                if let (Some(earliest), Some(latest)) = (earliest, latest) {
                    prop_assert!(earliest <= latest);
                }
                date.precision();
                prop_assert!(date.date().to_string().parse::<Edtf>().is_ok());
            }
        }

        #[test]
        fn every_minute_reads_back(year in -9999..=9999, month in 0u8..14, day in 0u8..33, hour in 0u8..25,
                                   minute in 0u8..61, offset in proptest::option::of(-900i16..900)) {
            for date in [
                Edtf::year(year),
                Edtf::month(year, month),
                Edtf::day(year, month, day),
                Edtf::yearless(month, day),
                Edtf::minute(year, month, day, hour, minute, offset),
            ].into_iter().flatten() {
                prop_assert_eq!(date.to_string().parse::<Edtf>(), Ok(date));
            }
        }
    }
}
