//! Dates in words: what a code of EDTF stands for that people do not write, such as `1986-23` for autumn 1986.

use std::fmt::Display;

/// Seasons, quarters and halves of a year by their numbers, as they stand before the year.
const PARTS: [(&str, &str); 10] = [
    ("21", "spring"),
    ("22", "summer"),
    ("23", "autumn"),
    ("24", "winter"),
    ("33", "1st quarter of"),
    ("34", "2nd quarter of"),
    ("35", "3rd quarter of"),
    ("36", "4th quarter of"),
    ("40", "1st half of"),
    ("41", "2nd half of"),
];

/// A date as people read it: seasons, quarters and halves of a year in words, everything else as it is written.
///
/// ```
/// assert_eq!(corpus_query::worded("1986-23"), "autumn 1986");
/// assert_eq!(corpus_query::worded("1986-10-23"), "1986-10-23");
/// ```
pub fn worded(date: impl Display) -> String {
    let date = date.to_string();
    let ends: Vec<&str> = date.split('/').collect();
    if ends.iter().all(|end| part_of_year(end).is_none()) {
        return date;
    }
    let end = |end: &&str| part_of_year(end).unwrap_or_else(|| (*end).to_owned());
    let ends: Vec<String> = ends.iter().map(end).collect();
    match &ends[..] {
        [from, to] if to.is_empty() || to == ".." => format!("{from} or later"),
        [from, to] if from.is_empty() || from == ".." => format!("{to} or earlier"),
        [from, to] => format!("{from} to {to}"),
        ends => ends.concat(),
    }
}

/// A season, quarter or half of a year in words; `None` of other dates.
fn part_of_year(date: &str) -> Option<String> {
    let known = date.trim_end_matches(['?', '~', '%']);
    let (year, number) = known.rsplit_once('-')?;
    let (_, name) = PARTS.iter().find(|(known, _)| *known == number)?;
    // Behind a month the number is a day.
    let is_year = !year.trim_start_matches('-').contains('-');
    let mark = match &date[known.len()..] {
        "" => "",
        "?" => " (uncertain)",
        _ => " (about)",
    };
    is_year.then(|| format!("{name} {year}{mark}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_year_are_said_and_days_are_not() {
        for (date, words) in [
            ("1986-23", "autumn 1986"),
            ("1986-36", "4th quarter of 1986"),
            ("1986-40", "1st half of 1986"),
            ("1986-33~", "1st quarter of 1986 (about)"),
            ("1986-33/1986-34", "1st quarter of 1986 to 2nd quarter of 1986"),
            ("1986-22/..", "summer 1986 or later"),
            ("1986-10-23", "1986-10-23"),
            ("1986-10", "1986-10"),
            ("XXXX-10-21", "XXXX-10-21"),
            ("2012-09-21/2012-12-15", "2012-09-21/2012-12-15"),
            ("", ""),
        ] {
            assert_eq!(worded(date), words);
        }
    }
}
