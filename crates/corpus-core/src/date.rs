//! Dates as pages write them: "October 02, 2017 11:57", "2. Oktober 2017", "2017-10-02T11:57:00+02:00".
//!
//! *What it reads*: days and months with a year, in figures or with a month word of some forty languages, a time of
//! day beside them and its zone; digits of ASCII, Arabic, Persian, Devanagari, Bengali, Thai and full width; years
//! of the Buddhist era.
//!
//! *What it leaves open*: which of two numbers up to 12 is the month in "03/04/2020" or "03-04-2020". Dots mean that
//! the day comes first; so do "Uhr" or "11h57" after the date; an American zone means that the month does; a weekday
//! before the date decides where it fits one reading only; else the other dates of the page do. Where nothing tells, the
//! year alone is given.
//!
//! *Known misses*: calendars other than the Gregorian and the Buddhist, years of Japanese eras, Chinese numerals,
//! names of months in two words; zone letters that mean two offsets (BST, IST, CST) are read over.

mod address;
mod age;
mod beside;
mod calendar;
mod clock;
mod epoch;
mod line;
mod names;
mod order;
mod running;
mod words;

pub use address::find_in_url;
pub use age::{age_coverage, is_reading_time, is_relative_age};
pub use order::Order;
pub use running::{Running, Stated, in_running_text};

use crate::edtf::{Edtf, Precision};
use line::Line;
use std::ops::Range;
use words::{AM, CONNECTOR, MONTH, PM, SHORT, WEEKDAY};

/// The first date with a year in a short text such as a timestamp line, with the byte range that states it.
///
/// A time of day is kept, to the minute, where one stands beside the date, with its offset from UTC where a zone
/// says so. A date in figures whose month cannot be told gives its year alone.
///
/// ```
/// use corpus_core::date;
/// let (range, date) = date::find("Posted on Oct. 2nd, 2017 at 11:57 am EST by the desk").unwrap();
/// assert_eq!(date.as_str(), "2017-10-02T11:57-05:00");
/// assert_eq!(range, 10..40);
/// assert_eq!(date::find("03/04/2020").unwrap().1.as_str(), "2020");
/// assert_eq!(date::find("March 4"), None);
/// ```
///
/// The first of January 1970 is none: programs write it that know no date.
pub fn find(text: &str) -> Option<(Range<usize>, Edtf)> {
    scan(text, false)
}

/// The same as [`find`], and where the date leaves open which of two numbers is the month, by the order of its page.
///
/// ```
/// use corpus_core::date::{Order, find_by};
/// assert_eq!(find_by("03/04/2020", || Some(Order::DayFirst)).unwrap().1.as_str(), "2020-04-03");
/// ```
pub fn find_by(text: &str, order: impl FnOnce() -> Option<Order>) -> Option<(Range<usize>, Edtf)> {
    let (range, date) = find(text)?;
    let is_open = date.precision() == Precision::Year && text[range.clone()].contains(['/', '-']);
    match if is_open { order() } else { None } {
        Some(order) => scan_line(Line::in_order(text, order), false),
        None => Some((range, date)),
    }
}

/// The same as [`find`], and where no date has a year, the first day without one: `XXXX-09-06`.
pub fn find_open(text: &str) -> Option<(Range<usize>, Edtf)> {
    scan(text, true)
}

fn scan(text: &str, open: bool) -> Option<(Range<usize>, Edtf)> {
    scan_line(Line::new(text), open)
}

fn scan_line(line: Line<'_>, open: bool) -> Option<(Range<usize>, Edtf)> {
    let mut clock = None;
    let mut yearless = None;
    let mut at = 0;
    while let Some(number) = line.next_digit(at).and_then(|at| line.number(at)) {
        at = number.end;
        if number.n_digits > 4 {
            continue;
        }
        if let Some(found) = calendar::read(line, number, clock.as_ref()) {
            if found.is_epoch() {
                at = at.max(found.end);
                continue;
            }
            if found.year.is_some() {
                return found.to_edtf().map(|date| (found.start..found.end, date));
            }
            yearless = yearless.or(Some(found));
        }
        if let Some(read) = clock::read(line, number.start, 0).filter(|clock| !clock.loose) {
            at = read.end;
            clock = Some(read);
        }
    }
    yearless.filter(|_| open).and_then(|found| Some((found.start..found.end, found.to_edtf()?)))
}

/// The date that a metadata value states as a whole: EDTF, ISO 8601, RFC 3339, RFC 2822 and whatever [`find`] reads.
///
/// `None` where the value says anything besides. A time is kept to the minute. Numbers of seconds are no dates.
///
/// ```
/// use corpus_core::date;
/// assert_eq!(date::read_stamp("Mon, 02 Oct 2017 11:57:00 GMT").unwrap().as_str(), "2017-10-02T11:57Z");
/// assert_eq!(date::read_stamp("2017-10").unwrap().as_str(), "2017-10");
/// assert_eq!(date::read_stamp("2017-10-02/..").unwrap().as_str(), "2017-10-02/..");
/// assert_eq!(date::read_stamp("issue of 2 October 2017"), None);
/// ```
pub fn read_stamp(text: &str) -> Option<Edtf> {
    let text = text.trim();
    // "2017-10-02T11:57:00+02:00[Europe/Berlin]"
    let text = text.split_once('[').filter(|(_, zone)| zone.ends_with(']')).map_or(text, |(stamp, _)| stamp);
    if let Some(date) = read_compact(text).or_else(|| unsure(text)) {
        return Some(date);
    }
    let (range, date) = find(text)?;
    let rest_is_date = coverage_of(text, &range) >= 1.0;
    rest_is_date.then_some(date)
}

/// The date that a record states of itself: what [`read_stamp`] reads, and a moment as programs count it, in seconds or
/// milliseconds since 1970. On a page a number is no date.
///
/// ```
/// use corpus_core::date;
/// assert_eq!(date::read_of_record("1506945420").unwrap().as_str(), "2017-10-02T11:57Z");
/// assert_eq!(date::read_of_record("1506945420000").unwrap().as_str(), "2017-10-02T11:57Z");
/// assert_eq!(date::read_of_record("2017-10-02").unwrap().as_str(), "2017-10-02");
/// assert_eq!(date::read_of_record("15069454"), None);
/// ```
pub fn read_of_record(text: &str) -> Option<Edtf> {
    read_stamp(text).or_else(|| epoch::read(text.trim()))
}

/// Whether a record states no date, in words that programs write where they have none.
pub(crate) fn is_none(text: &str) -> bool {
    const NONE: [&str; 9] = ["", "-", "0", "n/a", "na", "nan", "none", "null", "undefined"];
    NONE.iter().any(|none| text.trim().eq_ignore_ascii_case(none))
}

/// A date that says in EDTF that it is none of one day: "2020-09-14/..", "2012-09-21/2012-12-15", "XXXX-09-06".
pub(crate) fn unsure(text: &str) -> Option<Edtf> {
    let is_unsure = text.contains(['/', 'X', '~', '?', '%']) && text.len() <= 64;
    text.parse().ok().filter(|_| is_unsure)
}

/// The date that a line is where it is nothing else and stands where a date is due: what [`read_stamp`] reads to the day,
/// and a year of two digits, "3/12/19", of which the year alone is told where its order is open.
///
/// ```
/// use corpus_core::date;
/// assert_eq!(date::alone("20190312").unwrap().as_str(), "2019-03-12");
/// assert_eq!(date::alone("3/12/19").unwrap().as_str(), "2019");
/// assert_eq!(date::alone("3/25/19").unwrap().as_str(), "2019-03-25");
/// assert_eq!(date::alone("2019"), None);
/// ```
pub fn alone(text: &str) -> Option<Edtf> {
    if text.len() > 40 {
        return None;
    }
    let of_two_digits = || {
        let mark = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
        let mut numbers = text.split(mark).map(|digits| {
            let is_number =
                (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| digits.parse::<u8>().ok())?
        });
        let (Some(first), Some(second), Some(year), None) =
            (numbers.next()?, numbers.next()?, numbers.next()?, numbers.next())
        else {
            return None;
        };
        let year = i32::from(year) + if year < 70 { 2000 } else { 1900 };
        let (day_first, month_first) = (Edtf::day(year, second, first), Edtf::day(year, first, second));
        match (day_first, month_first) {
            (Some(one), Some(other)) if one != other && mark != '.' => Edtf::year(year),
            (one, other) => one.or(other),
        }
    };
    let is_of_the_web = |date: &Edtf| date.as_str() >= "1990" && date.as_str() < "2100";
    read_stamp(text).filter(|date| date.as_str().len() >= 10 && is_of_the_web(date)).or_else(of_two_digits)
}

/// Reads "2017", "2017-10", "20171002", "20171002T1157Z".
fn read_compact(text: &str) -> Option<Edtf> {
    let number = |range: Range<usize>| {
        let digits = text.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u16>().ok())?
    };
    let small = |range| number(range).and_then(|value| u8::try_from(value).ok());
    let year = number(0..4).filter(|year| (1000..2200).contains(year))?.into();
    match (text.len(), text.as_bytes().get(4)) {
        (4, _) => Edtf::year(year),
        (7, Some(b'-' | b'/')) => Edtf::month(year, small(5..7)?),
        (8, _) if text == "19700101" => None,
        (8, _) => Edtf::day(year, small(4..6)?, small(6..8)?),
        (13.., Some(b'0'..=b'9')) if text.as_bytes()[8] == b'T' => {
            let time = format!("{}:{}", text.get(9..11)?, text.get(11..)?);
            // Seconds, where they follow without a colon.
            let glued_seconds =
                text.get(13..15).is_some_and(|two| two.bytes().all(|byte| byte.is_ascii_digit()));
            let time = if glued_seconds { format!("{}:{}", &time[..5], &time[5..]) } else { time };
            let clock = clock::read(Line::new(&time), 0, 0).filter(|clock| clock.end == time.len())?;
            Edtf::minute(year, small(4..6)?, small(6..8)?, clock.hour, clock.minute, clock.offset)
        }
        _ => None,
    }
}

/// The share of a short line's letters and digits that belong to dates, times, zones and weekdays, from 0 to 1.
///
/// Days without a year count as well. Lines of more than 200 bytes have none. A weekday by itself counts only in
/// the shortest of lines.
///
/// ```
/// use corpus_core::date;
/// assert_eq!(date::coverage("Monday, October 02, 2017 at 11:57"), 1.0);
/// assert!((date::coverage("By Jane Doe - 2018-09-16") - 0.47).abs() < 0.01);
/// assert_eq!(date::coverage("Room 101 in May"), 0.0);
/// ```
pub fn coverage(text: &str) -> f32 {
    if text.len() > 200 || (text.len() > 24 && !has_date_or_time(Line::new(text))) {
        return 0.0;
    }
    coverage_of(text, &(0..0))
}

/// Whether most of a short line's letters and digits belong to dates and times: a [`coverage`] of 0.6 and more.
pub fn is_mostly_date(text: &str) -> bool {
    coverage(text) >= 0.6
}

/// Whether a word is the name of a month in a language (BCP 47), not cut short: "Mai" in German, "лютому" in Ukrainian.
pub fn is_month(word: &str, language: &str) -> bool {
    let language = language.split('-').next().unwrap_or(language);
    let word = word.to_lowercase();
    let of_language =
        names::MONTHS.iter().filter(|(languages, _)| languages.split(' ').any(|one| one == language));
    let is_whole = |name: &str, first: &str| name == word && (name == first || !first.starts_with(name));
    of_language.flat_map(|(_, months)| months.iter()).any(|names| {
        let first = names.split(' ').next().unwrap_or_default();
        names.split(' ').any(|name| is_whole(name, first))
    })
}

/// The share of letters and digits that belong to dates and times, where those in `known` do.
fn coverage_of(text: &str, known: &Range<usize>) -> f32 {
    let line = Line::new(text);
    let mut covered = count_letters(&text[known.clone()]);
    // Where the last covered piece ends; where the words begin that count if a date follows them.
    let (mut covered_end, mut pending) = (0, None);
    let mut clock = None;
    let mut at = 0;
    while let Some(c) = line.char_at(at) {
        if at < known.end && at >= known.start {
            // Words before it, as "Mon," or "on", belong to it.
            covered += pending.map_or(0, |start: usize| count_letters(&text[start..known.start]));
            at = known.end;
            (covered_end, pending) = (at, None);
            continue;
        }
        let piece = if let Some(number) = line.number(at) {
            at = number.end;
            let found = calendar::read(line, number, clock.as_ref()).map(|found| (found.start, found.end));
            found.or_else(|| {
                let read = clock::read(line, number.start, 0).filter(|clock| !clock.loose)?;
                clock = Some(read);
                Some((read.start, read.end))
            })
        } else if let Some(word) = line.word(at) {
            at = word.end;
            let beside_date = covered_end > 0 && count_letters(&text[covered_end..word.start]) == 0;
            if word.is(WEEKDAY) && (!word.is(SHORT) || beside_date) {
                Some((word.start, word.end))
            } else {
                if word.is(CONNECTOR | MONTH | WEEKDAY | AM | PM) {
                    pending = pending.or(Some(word.start));
                    continue;
                }
                None
            }
        } else {
            at += c.len_utf8();
            continue;
        };
        if let Some((start, end)) = piece {
            let start = pending.map_or(start, |pending: usize| pending.min(start)).max(covered_end);
            covered += count_letters(&text[start.min(end)..end]);
            covered_end = end.max(covered_end);
            at = at.max(end);
        }
        pending = None;
    }
    let total = count_letters(text);
    if total == 0 { 0.0 } else { covered.min(total) as f32 / total as f32 }
}

fn has_date_or_time(line: Line<'_>) -> bool {
    let mut at = 0;
    while let Some(number) = line.next_digit(at).and_then(|at| line.number(at)) {
        at = number.end;
        if calendar::read(line, number, None).is_some() || clock::read(line, number.start, 0).is_some() {
            return true;
        }
    }
    false
}

fn count_letters(text: &str) -> usize {
    text.chars().filter(|c| line::is_letter(*c) || line::digit_value(*c).is_some()).count()
}

#[cfg(test)]
mod tests;
