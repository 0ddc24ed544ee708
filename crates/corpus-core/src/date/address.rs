//! The date that an address states in its path.

use super::{line::Line, words::MONTH};
use crate::edtf::Edtf;

/// The date an address states in its path, such as `/2017/10/02/`, `/2017-10-02-title`, `/2017/oct/02/`,
/// `/20171002/`, `/22-10-2017`; the month where no day follows, as in `/2017/10/title`.
///
/// Years run from 1990 to 2099. A year alone is no date: it may be what the page is about. The query is not read.
///
/// ```
/// use corpus_core::date;
/// assert_eq!(date::find_in_url("https://news.example/2017/10/02/title.html").unwrap().as_str(), "2017-10-02");
/// assert_eq!(date::find_in_url("https://news.example/2017/10/ten-things").unwrap().as_str(), "2017-10");
/// assert_eq!(date::find_in_url("https://news.example/news/22-10-2017").unwrap().as_str(), "2017-10-22");
/// assert_eq!(date::find_in_url("https://news.example/story-20179914"), None);
/// ```
pub fn find_in_url(url: &str) -> Option<Edtf> {
    let url = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let path_start = after_scheme + url[after_scheme..].find('/')?;
    let path = Path { bytes: &url.as_bytes()[path_start..], line: Line::new(&url[path_start..]) };
    let mut month = None;
    let mut at = 0;
    while let Some(start) = path.digits_from(at) {
        let end = path.digits_end(start);
        at = end;
        if !path.begins_a_word(start) {
            continue;
        }
        match end - start {
            4 => match path.after_year(start, end) {
                Some(Stated::Day(date)) => return Some(date),
                Some(Stated::Month(date)) => month = month.or(Some(date)),
                None => {}
            },
            6 => {
                if let Some(date) = path.after_year_and_month(start, end) {
                    return Some(date);
                }
            }
            2 => {
                if let Some(date) = path.day_first(start, end) {
                    return Some(date);
                }
            }
            8 if !path.is_alphanumeric(end) => {
                let date = path.year(start, start + 4).and_then(|year| {
                    Edtf::day(year, path.two_digits(start + 4)?, path.two_digits(start + 6)?)
                });
                if date.is_some() {
                    return date;
                }
            }
            _ => {}
        }
    }
    month
}

enum Stated {
    Day(Edtf),
    Month(Edtf),
}

/// The path of an address.
struct Path<'a> {
    bytes: &'a [u8],
    line: Line<'a>,
}

impl Path<'_> {
    /// What follows the year `start..end`: "/10/02/", "-10-02-title", "/oct/02", "/1002/", "/10/".
    fn after_year(&self, start: usize, end: usize) -> Option<Stated> {
        let year = self.year(start, end)?;
        let separator = self.separator(end)?;
        let (month, month_end) = self.month(end + 1)?;
        if month_end - end == 5 && self.bytes[end + 1].is_ascii_digit() {
            // "/2017/1002/": month and day in one.
            let date = Edtf::day(year, self.two_digits(end + 1)?, self.two_digits(end + 3)?)?;
            return (!self.is_alphanumeric(month_end)).then_some(Stated::Day(date));
        }
        let month_date = Edtf::month(year, month)?;
        let day = self.separator(month_end).and_then(|second| self.day(second, month_end + 1));
        match day.and_then(|day| Edtf::day(year, month, day)) {
            Some(date) => Some(Stated::Day(date)),
            // "/2017/10/title" names a month; "2017-18" is a season of sport or a range of years.
            None if separator == b'/' && matches!(self.bytes.get(month_end), None | Some(b'/')) => {
                Some(Stated::Month(month_date))
            }
            None => None,
        }
    }

    /// "22-10-2017", with nothing else in the segment's word.
    fn day_first(&self, start: usize, end: usize) -> Option<Edtf> {
        let separator = self.separator(end).filter(|separator| *separator != b'/')?;
        let (month, year) = (end + 1, end + 4);
        let is_date = self.digits_end(month) == month + 2
            && self.bytes.get(month + 2) == Some(&separator)
            && self.digits_end(year) == year + 4
            && !self.is_alphanumeric(year + 4);
        if !is_date {
            return None;
        }
        let (day, month) = (self.two_digits(start)?, self.two_digits(month)?);
        // "/03-04-2017" may be either day.
        let is_clear = day > 12 || day == month;
        Edtf::day(self.year(year, year + 4)?, month, day).filter(|_| is_clear)
    }

    /// "201710/02/"
    fn after_year_and_month(&self, start: usize, end: usize) -> Option<Edtf> {
        let year = self.year(start, start + 4)?;
        let month = self.two_digits(start + 4)?;
        let separator = self.separator(end).filter(|separator| *separator == b'/')?;
        Edtf::day(year, month, self.day(separator, end + 1).filter(|_| self.digits_end(end + 1) == end + 3)?)
    }

    /// The month at `at`, in one or two digits or as a word, and where it ends; month and day in four digits.
    fn month(&self, at: usize) -> Option<(u8, usize)> {
        let end = self.digits_end(at);
        match end - at {
            1 => Some((self.bytes[at] - b'0', end)),
            2 | 4 => Some((self.two_digits(at)?, end)),
            0 => {
                let word =
                    self.line.char_at(at).and_then(|_| self.line.word(at)).filter(|word| word.is(MONTH))?;
                u8::try_from((word.value & MONTH).trailing_zeros()).ok().map(|month| (month, word.end))
            }
            _ => None,
        }
        .filter(|(_, end)| !self.is_alphanumeric(*end))
    }

    /// The day at `at`, after `separator`. In a folder of its own it fills the segment, or has a leading zero:
    /// "/2017/10/5-things" and "/2017/10/10-things" do not state a day.
    fn day(&self, separator: u8, at: usize) -> Option<u8> {
        let end = self.digits_end(at);
        let day = match end - at {
            1 => self.bytes[at] - b'0',
            2 => self.two_digits(at)?,
            _ => return None,
        };
        let stands_alone = match self.bytes.get(end) {
            None | Some(b'/') => true,
            Some(b'-' | b'_' | b'.') => separator != b'/' || (end - at == 2 && self.bytes[at] == b'0'),
            Some(byte) => !byte.is_ascii_alphanumeric(),
        };
        stands_alone.then_some(day)
    }

    fn year(&self, start: usize, end: usize) -> Option<i32> {
        let year = self.bytes[start..end].iter().fold(0, |year, digit| year * 10 + i32::from(digit - b'0'));
        (1990..2100).contains(&year).then_some(year)
    }

    fn two_digits(&self, at: usize) -> Option<u8> {
        Some((self.bytes.get(at)? - b'0') * 10 + (self.bytes.get(at + 1)? - b'0'))
    }

    fn separator(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied().filter(|byte| matches!(byte, b'/' | b'-' | b'_' | b'.'))
    }

    /// Whether a number at `at` begins a word, but for one letter that may open a segment ("/t20171002_").
    fn begins_a_word(&self, at: usize) -> bool {
        let letter_before = at > 0 && self.bytes[at - 1].is_ascii_alphanumeric();
        !letter_before || (at > 1 && self.bytes[at - 1].is_ascii_alphabetic() && self.bytes[at - 2] == b'/')
    }

    fn is_alphanumeric(&self, at: usize) -> bool {
        self.bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)
    }

    fn digits_from(&self, at: usize) -> Option<usize> {
        self.bytes[at..].iter().position(u8::is_ascii_digit).map(|offset| at + offset)
    }

    fn digits_end(&self, at: usize) -> usize {
        let digits = self.bytes.get(at..).unwrap_or_default();
        at + digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len())
    }
}
