//! Dates as other formats write them, from EDTF.

use corpus_core::{
    Edtf,
    edtf::{Day, Precision},
};

/// A year, month and day as far as they are stated outright: `2017-10` without a day, no uncertain digits.
pub(crate) fn stated(date: &Edtf) -> Option<(i32, Option<u8>, Option<u8>)> {
    let plain = date.date();
    let text = plain.as_str();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = plain.bounds().0?;
    match plain.precision() {
        _ if !is_plain => None,
        Precision::Year => Some((day.year(), None, None)),
        Precision::Month => Some((day.year(), Some(day.month()), None)),
        Precision::Day => Some((day.year(), Some(day.month()), Some(day.day()))),
        _ => None,
    }
}

/// Attributes of a TEI element that say when: `when`, or `notBefore` and `notAfter`, or nothing where all is open.
pub(crate) fn datable(date: &Edtf) -> Vec<(&'static str, String)> {
    let mut attributes = Vec::new();
    let text = date.as_str();
    let bare = text.trim_end_matches(['?', '~', '%']);
    if let Some(when) = when(bare) {
        attributes.push(("when", when));
    } else {
        let (earliest, latest) = date.bounds();
        let mut bound = |name, day: Option<Day>| {
            if let Some(day) = day.filter(|day| day.year() != 0) {
                attributes.push((name, day.to_string()));
            }
        };
        bound("notBefore", earliest);
        bound("notAfter", latest);
    }
    if text.contains(['?', '%']) {
        attributes.push(("cert", "low".to_owned()));
    }
    attributes
}

/// The date as a W3C date, dateTime, gYearMonth, gYear or gMonthDay; `None` where it is none of them.
fn when(text: &str) -> Option<String> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    if let Some(day) = date.strip_prefix("XXXX-").filter(|_| time.is_none()) {
        let is_day = day.len() == 5 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        return is_day.then(|| format!("--{day}"));
    }
    let parsed: Edtf = date.parse().ok()?;
    let (year, _, day) = stated(&parsed)?;
    // There is no year 0 in XML Schema 1.0.
    if year == 0 {
        return None;
    }
    let Some(time) = time else { return Some(date.to_owned()) };
    day?;
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    let minutes = if zone.len() == 3 { ":00" } else { "" };
    Some(format!("{date}T{clock}{seconds}{zone}{minutes}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(text: &str) -> String {
        let pairs = datable(&text.parse().unwrap());
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_open_stays_open() {
        assert_eq!(attributes("2017-10-02"), "when=2017-10-02");
        assert_eq!(attributes("2017-10"), "when=2017-10");
        assert_eq!(attributes("2017-10-02T11:57+02"), "when=2017-10-02T11:57:00+02:00");
        assert_eq!(attributes("XXXX-09-06"), "when=--09-06");
        assert_eq!(attributes("2020-09-14/.."), "notBefore=2020-09-14");
        assert_eq!(attributes("201X"), "notBefore=2010-01-01 notAfter=2019-12-31");
        assert_eq!(attributes("2017-10?"), "when=2017-10 cert=low");
        assert_eq!(attributes("2017-33"), "notBefore=2017-01-01 notAfter=2017-03-31");
    }
}
