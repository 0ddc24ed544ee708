//! What a line of dates states: each date with the words before it, and whether these say that it is a day of change.

mod change;

pub(crate) use change::says as says_change;

use crate::{date, edtf::Edtf};
use std::ops::Range;

/// A date of a line, and the words that lead to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stamp<'t> {
    /// The words between the date before and this one, without marks around them.
    pub(crate) label: &'t str,
    /// Where the date stands in the line.
    pub(crate) range: Range<usize>,
    /// The date.
    pub(crate) date: Edtf,
    /// Whether its label says that it is when the text was changed.
    pub(crate) is_change: bool,
}

/// The most dates of one line that are read: published, changed, changed again.
const MOST: usize = 3;

/// The dates of a short line in their order, no more than three.
pub(crate) fn stamps(line: &str) -> Vec<Stamp<'_>> {
    let mut stamps = Vec::new();
    let mut from = 0;
    while stamps.len() < MOST
        && let Some((range, date)) = date::find(&line[from..])
    {
        let range = from + range.start..from + range.end;
        let label = line[from..range.start].trim_matches(|c: char| !c.is_alphanumeric());
        from = range.end;
        let is_change = says_change(label) || change::follows(&line[range.end..]);
        stamps.push(Stamp { label, range, date, is_change });
    }
    stamps
}

/// The dates of a line that is known to be a time stamp, which may be a date that is none elsewhere: "20190312".
pub(crate) fn of_timestamp(line: &str) -> Vec<Stamp<'_>> {
    // A field that was written by who knew no more: "date: 2020-09-14/..".
    let start = line.rfind(": ").map_or(0, |colon| colon + 2);
    let value = line[start..].trim_matches(['"', '\'', ' ']);
    if let Some(date) = date::unsure(value) {
        let label = line[..start].trim_matches(|c: char| !c.is_alphanumeric());
        return vec![Stamp { label, range: start..line.len(), date, is_change: says_change(label) }];
    }
    let mut stamps = stamps(line);
    if stamps.is_empty()
        && let Some(date) = date::alone(line)
    {
        stamps.push(Stamp { label: "", range: 0..line.len(), date, is_change: false });
    }
    stamps
}

/// The share of a line's bytes that its dates take, from 0 to 1.
pub(crate) fn share(line: &str, stamps: &[Stamp<'_>]) -> f32 {
    stamps.iter().map(|stamp| stamp.range.len()).sum::<usize>() as f32 / line.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::stamps;

    fn read(line: &str) -> Vec<(&str, String, bool)> {
        let of = |stamp: super::Stamp<'static>| (stamp.label, stamp.date.to_string(), stamp.is_change);
        stamps(Box::leak(line.to_owned().into_boxed_str())).into_iter().map(of).collect()
    }

    #[test]
    fn each_date_has_the_words_before_it() {
        let found = read("Publié le 3 février 2022 à 11h42, mis à jour le 4 février 2022 à 18h10");
        assert_eq!(found[0].1, "2022-02-03T11:42");
        assert!(!found[0].2);
        assert_eq!(
            (found[1].0, found[1].1.as_str(), found[1].2),
            ("mis à jour le", "2022-02-04T18:10", true)
        );
    }

    #[test]
    fn a_date_that_is_not_sure_stays_so() {
        for (line, read) in [
            ("date: \"2020-09-14/..\"", "2020-09-14/.."),
            ("2012-09-21/2012-12-15", "2012-09-21/2012-12-15"),
            ("date: XXXX-09-06", "XXXX-09-06"),
            ("2012/09/21", "2012-09-21"),
        ] {
            assert_eq!(super::of_timestamp(line)[0].date.as_str(), read, "{line}");
        }
    }

    #[test]
    fn words_of_change_are_known_in_many_languages() {
        for line in [
            "Updated 3 May 2021",
            "Last modified: 3 May 2021",
            "Zuletzt aktualisiert am 3. Mai 2021",
            "Aangepast op 3 mei 2021",
            "Güncelleme: 03.05.2021",
            "수정 2021.05.03",
            "更新日 2021年5月3日",
            "modifica il 3 maggio 2021",
            "2021年5月3日 更新",
        ] {
            assert!(read(line)[0].2, "{line}");
        }
        for line in ["Posted 3 May 2021", "입력 2021.05.03", "Giriş: 03.05.2021", "Upstate, 3 May 2021"] {
            assert!(!read(line)[0].2, "{line}");
        }
    }
}
