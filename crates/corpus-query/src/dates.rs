//! Dates of publication against a range of dates.

use crate::query::{Value, Word};
use corpus_core::{Edtf, edtf::Day};

/// Whether a date may lie in the range from `from` to `to`, both included and as coarse as they are written: a date that
/// is known to the month meets each of its days, one that is open at an end every day from there on. A date that is open
/// at both ends, or of no known year, meets none.
pub(crate) fn meets(date: &Edtf, from: Option<&str>, to: Option<&str>) -> bool {
    let (first, last) = date.bounds();
    if first.is_none() && last.is_none() {
        return false;
    }
    let after =
        from.is_none_or(|from| bounds(from).0.is_some_and(|from| last.is_none_or(|last| from <= last)));
    let before = to.is_none_or(|to| bounds(to).1.is_some_and(|to| first.is_none_or(|first| first <= to)));
    after && before
}

/// Whether a date lies in a range whatever day of it is meant.
pub(crate) fn lies_within(date: &Edtf, from: Option<&str>, to: Option<&str>) -> bool {
    let (Some(first), Some(last)) = date.bounds() else { return false };
    let after = from.is_none_or(|from| bounds(from).0.is_some_and(|from| from <= first));
    let before = to.is_none_or(|to| bounds(to).1.is_some_and(|to| last <= to));
    after && before
}

/// The one year in which a date lies, as it is written; `None` where it may be another.
pub(crate) fn year(date: Option<&Edtf>) -> Option<Edtf> {
    match date?.bounds() {
        (Some(first), Some(last)) if first.year() == last.year() => Edtf::year(first.year()),
        _ => None,
    }
}

/// Whether a value asks for what lies in no one year.
pub(crate) fn is_open(value: &Value) -> bool {
    matches!(value, Value::Words(words) if matches!(&words[..], [Word::Is(word)] if word == OPEN))
}

/// What is written of dates that are open.
pub(crate) const OPEN: &str = "open";

/// The first and the last day of what is written as one end of a range.
fn bounds(text: &str) -> (Option<Day>, Option<Day>) {
    text.parse::<Edtf>().map_or((None, None), |date| date.bounds())
}

#[cfg(test)]
mod tests {
    /// Whether a date may lie in a range, and whether it does.
    fn ask(date: &str, from: &str, to: &str) -> (bool, bool) {
        let (date, from, to) =
            (date.parse().unwrap(), (from != "*").then_some(from), (to != "*").then_some(to));
        (super::meets(&date, from, to), super::lies_within(&date, from, to))
    }

    #[test]
    fn a_range_is_as_coarse_as_it_is_written() {
        assert_eq!(ask("2020-09-14", "2020-08", "2020-09"), (true, true));
        assert_eq!(ask("2020", "2020-08", "2020-09"), (true, false));
        assert_eq!(ask("2020-10-01", "2020-08", "2020-09"), (false, false));
        assert_eq!(ask("2020-10-01", "2020-08", "*"), (true, true));
        assert_eq!(ask("2012-09-21/2012-12-15", "2012-10", "2012-10"), (true, false));
        assert_eq!(ask("2012-09-21/2012-12-15", "2012", "2012"), (true, true));
        assert_eq!(ask("XXXX-09-06", "*", "*"), (false, false));
        assert_eq!(ask("2020-09-14", "next week", "*"), (false, false));
    }

    #[test]
    fn an_open_date_may_be_any_day_on_its_open_side() {
        for (from, to) in [
            ("2020-09", "*"),
            ("2020-09", "2020-09"),
            ("2020-09-14", "2020-09-14"),
            ("2020", "2020"),
            ("2021", "2021"),
        ] {
            assert_eq!(ask("2020-09-14/..", from, to), (true, false), "{from} {to}");
        }
        assert_eq!(ask("2020-09-14/..", "*", "2020-09-13"), (false, false));
        assert_eq!(ask("../2020-09-14", "2019", "2019"), (true, false));
        assert_eq!(ask("../2020-09-14", "2020-09-15", "*"), (false, false));
    }

    #[test]
    fn a_date_of_several_years_lies_in_no_year() {
        let year = |date: &str| super::year(Some(&date.parse().unwrap())).map(|year| year.to_string());
        assert_eq!(year("2012-09-21/2012-12-15").as_deref(), Some("2012"));
        assert_eq!(year("0800-01-01").as_deref(), Some("0800"));
        assert_eq!(year("2017-24"), None);
        assert_eq!(year("2020-09-14/.."), None);
        assert_eq!(super::year(None), None);
    }
}
