//! Dates of publication against a range of dates.

use corpus_core::{Edtf, edtf::Day};

/// Whether a date meets the range from `from` to `to`, both included and as coarse as they are written: a date that is
/// known to the month meets each of its days. A date without a known beginning or end meets none.
pub(crate) fn meets(date: &Edtf, from: Option<&str>, to: Option<&str>) -> bool {
    let (Some(first), Some(last)) = date.bounds() else { return false };
    let after = from.is_none_or(|from| bounds(from).0.is_some_and(|from| from <= last));
    let before = to.is_none_or(|to| bounds(to).1.is_some_and(|to| first <= to));
    after && before
}

/// The first and the last day of what is written as one end of a range.
fn bounds(text: &str) -> (Option<Day>, Option<Day>) {
    text.parse::<Edtf>().map_or((None, None), |date| date.bounds())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_range_is_as_coarse_as_it_is_written() {
        let meets = |date: &str, from: &str, to: &str| {
            super::meets(&date.parse().unwrap(), (from != "*").then_some(from), (to != "*").then_some(to))
        };
        assert!(meets("2020-09-14", "2020-08", "2020-09"));
        assert!(meets("2020", "2020-08", "2020-09"));
        assert!(!meets("2020-10-01", "2020-08", "2020-09"));
        assert!(meets("2020-10-01", "2020-08", "*"));
        assert!(!meets("XXXX-09-06", "*", "*"));
        assert!(!meets("2020-09-14/..", "2020", "2020"), "an open date is no date");
        assert!(!meets("2020-09-14", "next week", "*"));
    }
}
