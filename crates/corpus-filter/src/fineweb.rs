//! The filter of FineWeb: what the lines of a text are like.
//!
//! Source: Penedo et al. 2024, “The FineWeb datasets: decanting the web for the finest text data at scale”,
//! arXiv:2406.17557, section 3.6.

mod terminal;

use crate::{
    config::FineWeb,
    measure::Line,
    notes::{Notes, share},
    seen::Seen,
};

pub(crate) const NAME: &str = "fineweb";

/// Looks at the lines of `text`.
pub(crate) fn judge(text: &str, lines: &[Line], limits: &FineWeb, notes: &mut Notes) {
    let mut seen = Seen::new(lines.len());
    let (mut all, mut ended, mut short, mut again, mut characters, mut words) =
        (0_u64, 0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    for line in lines {
        characters += u64::from(line.characters);
        words += u64::from(line.words);
        if line.chunks == 0 {
            continue;
        }
        all += 1;
        ended += u64::from(text[line.start..line.end].ends_with(terminal::ends_sentence));
        short += u64::from(u64::from(line.characters) <= limits.short_line);
        if seen.again(line.hash) {
            again += u64::from(line.characters);
        }
    }
    let mut notes = notes.stage(NAME);
    let ended = share(ended as f64, all as f64);
    notes.at_least("ended_lines", ended, "min_ended_lines", limits.min_ended_lines);
    notes.at_most("short_lines", share(short as f64, all as f64), "max_short_lines", limits.max_short_lines);
    let again = share(again as f64, characters as f64);
    let limit = limits.max_duplicate_line_characters;
    notes.at_most("duplicate_line_characters", again, "max_duplicate_line_characters", limit);
    let line_feeds = share(lines.len().saturating_sub(1) as f64, words as f64);
    notes.at_most(
        "line_feeds_per_word",
        line_feeds,
        "max_line_feeds_per_word",
        limits.max_line_feeds_per_word,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Measured;

    fn broken(text: &str) -> Option<&'static str> {
        let page = Measured::new(text);
        let mut notes = Notes::default();
        judge(text, &page.lines, &FineWeb::default(), &mut notes);
        notes.reason.map(|reason| reason.rule)
    }

    #[test]
    fn each_rule_drops_what_breaks_it() {
        let line = "The pilots of the harbour waited for the ice to break.\n";
        assert_eq!(broken(line), None);
        assert_eq!(broken("The pilots of the harbour waited for news\n\n"), Some("min_ended_lines"));
        assert_eq!(broken(&format!("{line}Ice here.\nIce there.\nIce all over.\n")), Some("max_short_lines"));
        assert_eq!(broken(&line.repeat(2)), Some("max_duplicate_line_characters"));
        assert_eq!(broken(&format!("{line}{}", "\n".repeat(10))), Some("max_line_feeds_per_word"));
        assert_eq!(broken("港の氷はまだ解けていない。パイロットたちは長い間、港の外で待っている。"), None);
        assert_eq!(broken(""), Some("min_ended_lines"));
    }
}
