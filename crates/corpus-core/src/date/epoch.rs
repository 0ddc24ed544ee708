//! Moments as programs count them: seconds or milliseconds since the beginning of 1970.

use crate::edtf::Edtf;

/// The first second that has ten digits is of 2001; what is later than this one, of 2100, counts something else.
const LAST: u64 = 4_102_444_800;

/// The moment that a number of ten digits, or of thirteen, is; a fraction may follow.
pub(super) fn read(text: &str) -> Option<Edtf> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if ![whole, fraction].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number: u64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    if !(1_000_000_000..LAST).contains(&seconds) {
        return None;
    }
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}Z", rest / 3600, rest % 3600 / 60).parse().ok()
}

/// Year, month and day of the day that is so many after the first of 1970.
const fn civil(days: u64) -> (u64, u64, u64) {
    // Years begin in March here, so that the day of the leap year is the last of one; an era has 400 of them.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (400 * era + year + later, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_milliseconds_are_moments() {
        for (number, moment) in [
            ("1000000000", "2001-09-09T01:46Z"),
            ("1583402400", "2020-03-05T10:00Z"),
            ("1582977599.75", "2020-02-29T11:59Z"),
            ("1583020799999", "2020-02-29T23:59Z"),
            ("1583020800000", "2020-03-01T00:00Z"),
            ("4102444799", "2099-12-31T23:59Z"),
        ] {
            assert_eq!(read(number).map(|date| date.to_string()).as_deref(), Some(moment), "{number}");
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for number in [
            "",
            "0",
            "158340240",
            "15834024000",
            "4102444800",
            "0000000001",
            "-1583402400",
            "1583402400x",
            "1.583e9",
        ] {
            assert_eq!(read(number), None, "{number}");
        }
    }
}
