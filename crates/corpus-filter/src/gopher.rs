//! The filters of Gopher: quality of words and lines, and repetition.
//!
//! Source: Rae et al. 2021, “Scaling language models: methods, analysis and insights from training Gopher”,
//! arXiv:2112.11446, section A1.1 and table A1.

use crate::{
    config::{GopherQuality, GopherRepetition},
    hash,
    measure::Measured,
    ngrams,
    notes::{Notes, share},
    seen::Seen,
};

pub(crate) const QUALITY: &str = "gopher_quality";
pub(crate) const REPETITION: &str = "gopher_repetition";

/// Looks at the words and lines of a text: how many, how long, how many of them are marks, bullets, ellipses.
pub(crate) fn quality(
    page: &Measured<'_>,
    stop_words: &StopWords,
    limits: &GopherQuality,
    notes: &mut Notes,
) {
    let words = &page.words;
    let n_words = page.n_words() as f64;
    let mut notes = notes.stage(QUALITY);
    notes.at_least("words", words.spoken.into(), "min_words", limits.min_words as f64);
    notes.limit(words.spoken.into(), "max_words", limits.max_words as f64);
    let mean = share(words.spoken_characters as f64, words.spoken);
    notes.at_least("mean_word_length", mean, "min_mean_word_length", limits.min_mean_word_length);
    notes.limit(mean, "max_mean_word_length", limits.max_mean_word_length);
    let hashes = memchr::memchr_iter(b'#', page.text.as_bytes()).count();
    notes.at_most(
        "hashes_per_word",
        share(hashes as f64, n_words),
        "max_hashes_per_word",
        limits.max_hashes_per_word,
    );
    let ellipses = ellipses(page.text);
    let per_word = share(ellipses as f64, n_words);
    notes.at_most("ellipses_per_word", per_word, "max_ellipses_per_word", limits.max_ellipses_per_word);
    let lines = Lines::of(page);
    let bullets = share(lines.bullets as f64, lines.all as f64);
    notes.at_most("bullet_lines", bullets, "max_bullet_lines", limits.max_bullet_lines);
    let cut = share(lines.cut as f64, lines.all as f64);
    notes.at_most("ellipsis_lines", cut, "max_ellipsis_lines", limits.max_ellipsis_lines);
    let alphabetic = share(words.alphabetic, n_words);
    notes.at_least("alphabetic_words", alphabetic, "min_alphabetic_words", limits.min_alphabetic_words);
    let stop_words = stop_words.in_words(&words.hashes) as f64;
    notes.at_least("stop_words", stop_words, "min_stop_words", limits.min_stop_words as f64);
}

/// The words that a text must have some of.
#[derive(Clone, Debug, Default)]
pub(crate) struct StopWords {
    hashes: Vec<u64>,
}

impl StopWords {
    pub(crate) fn new(words: &[String]) -> Self {
        StopWords { hashes: words.iter().map(|word| hash::text(word.as_bytes())).collect() }
    }

    /// How many of them, as they are written, are among the words of a text. Most are among its first hundred.
    fn in_words(&self, words: &[u64]) -> usize {
        self.hashes.iter().filter(|hash| words.contains(hash)).count()
    }
}

/// Lines counted by how they begin and end.
struct Lines {
    all: usize,
    bullets: usize,
    cut: usize,
}

impl Lines {
    fn of(page: &Measured<'_>) -> Self {
        // A line feed at the end begins no line.
        let all =
            page.lines.len() - usize::from(page.lines.last().is_some_and(|line| line.start == line.end));
        let (mut bullets, mut cut) = (0, 0);
        for line in &page.lines {
            let text = page.slice(line);
            bullets += usize::from(text.trim_start().starts_with(['•', '-']));
            let end = text.trim_end();
            cut += usize::from(end.ends_with("...") || end.ends_with('…'));
        }
        Lines { all, bullets, cut }
    }
}

/// Number of ellipses, written as three full stops or as one character.
fn ellipses(text: &str) -> usize {
    memchr::memmem::find_iter(text.as_bytes(), b"...").count()
        + memchr::memmem::find_iter(text.as_bytes(), "…".as_bytes()).count()
}

/// Looks at what a text says more than once: lines, paragraphs, runs of words.
pub(crate) fn repetition(page: &Measured<'_>, limits: &GopherRepetition, notes: &mut Notes) {
    let characters = page.characters() as f64;
    let mut notes = notes.stage(REPETITION);
    let paragraphs = paragraphs(page);
    let found = share(paragraphs.again as f64, paragraphs.all as f64);
    notes.at_most("duplicate_paragraphs", found, "max_duplicate_paragraphs", limits.max_duplicate_paragraphs);
    let found = share(paragraphs.characters as f64, characters);
    let limit = limits.max_duplicate_paragraph_characters;
    notes.at_most("duplicate_paragraph_characters", found, "max_duplicate_paragraph_characters", limit);
    let lines = lines(page);
    let found = share(lines.again as f64, lines.all as f64);
    notes.at_most("duplicate_lines", found, "max_duplicate_lines", limits.max_duplicate_lines);
    let found = share(lines.characters as f64, characters);
    let limit = limits.max_duplicate_line_characters;
    notes.at_most("duplicate_line_characters", found, "max_duplicate_line_characters", limit);
    let repeated = ngrams::repeated(&page.words);
    let top = [
        ("top_2_gram", "max_top_2_gram", limits.max_top_2_gram),
        ("top_3_gram", "max_top_3_gram", limits.max_top_3_gram),
        ("top_4_gram", "max_top_4_gram", limits.max_top_4_gram),
    ];
    for (found, (name, rule, limit)) in repeated.top.into_iter().zip(top) {
        notes.at_most(name, share(found as f64, characters), rule, limit);
    }
    let duplicate = [
        ("duplicate_5_grams", "max_duplicate_5_grams", limits.max_duplicate_5_grams),
        ("duplicate_6_grams", "max_duplicate_6_grams", limits.max_duplicate_6_grams),
        ("duplicate_7_grams", "max_duplicate_7_grams", limits.max_duplicate_7_grams),
        ("duplicate_8_grams", "max_duplicate_8_grams", limits.max_duplicate_8_grams),
        ("duplicate_9_grams", "max_duplicate_9_grams", limits.max_duplicate_9_grams),
        ("duplicate_10_grams", "max_duplicate_10_grams", limits.max_duplicate_10_grams),
    ];
    for (found, (name, rule, limit)) in repeated.duplicate.into_iter().zip(duplicate) {
        notes.at_most(name, share(found as f64, characters), rule, limit);
    }
}

/// Pieces of a text, and those that stood there before.
#[derive(Debug, Default, PartialEq)]
struct Duplicates {
    all: u64,
    again: u64,
    characters: u64,
}

/// Lines that are not empty, and those that an earlier line equals.
fn lines(page: &Measured<'_>) -> Duplicates {
    let mut seen = Seen::new(page.lines.len());
    let mut found = Duplicates::default();
    for line in page.lines.iter().filter(|line| line.start < line.end) {
        found.all += 1;
        if seen.again(line.hash) {
            found.again += 1;
            found.characters += u64::from(line.characters);
        }
    }
    // Line feeds at either end of a text part it from a line without characters.
    let edges = u64::from(page.text.starts_with('\n')) + u64::from(page.text.ends_with('\n'));
    found.all += edges;
    found.again += u64::from(edges == 2);
    found
}

/// What stands between empty lines, and what equals something that stood there before.
fn paragraphs(page: &Measured<'_>) -> Duplicates {
    let mut seen = Seen::new(page.lines.len());
    let mut found = Duplicates::default();
    let mut add = |hash: u64, text: &str| {
        found.all += 1;
        if seen.again(hash) {
            found.again += 1;
            found.characters += text.chars().count() as u64;
        }
    };
    // Blanks at either end of the text belong to no paragraph.
    let end = page.text.trim_end().len();
    let start = end - page.text[..end].trim_start().len();
    let lines = &page.lines;
    let first = lines.partition_point(|line| line.end < start);
    let (mut begun, mut hash) = (start, None);
    for line in lines[first..].iter().take_while(|line| line.start < end) {
        if line.start == line.end {
            if let Some(hash) = hash.take() {
                add(hash, &page.text[begun..line.start - 1]);
            }
            begun = line.end + 1;
            continue;
        }
        let one = match (line.start < start, line.end > end) {
            (false, false) => line.hash,
            _ => hash::text(&page.text.as_bytes()[line.start.max(start)..line.end.min(end)]),
        };
        hash = Some(hash.map_or(one, |before| hash::both(before, one)));
    }
    add(hash.unwrap_or_default(), &page.text[begun..end]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    fn notes(text: &str, look: impl Fn(&Measured<'_>, &mut Notes)) -> Notes {
        let page = Measured::new(text);
        let mut notes = Notes::default();
        look(&page, &mut notes);
        notes
    }

    fn of_quality(text: &str) -> Notes {
        let limits = GopherQuality::default();
        let stop_words = StopWords::new(&limits.stop_words);
        notes(text, |page, notes| quality(page, &stop_words, &limits, notes))
    }

    fn of_repetition(text: &str) -> Notes {
        notes(text, |page, notes| repetition(page, &GopherRepetition::default(), notes))
    }

    fn prose(n_words: usize) -> String {
        const WORDS: [&str; 9] =
            ["the", "pilot", "of", "a", "cutter", "steered", "with", "care", "northwards"];
        (0..n_words).map(|nth| WORDS[nth * 7 % 9]).collect::<Vec<_>>().join(" ") + "."
    }

    fn broken(notes: &Notes) -> &str {
        notes.reason.as_ref().map_or("", |reason| reason.rule)
    }

    #[test]
    fn each_rule_of_quality_drops_what_breaks_it() {
        assert_eq!(broken(&of_quality(&prose(60))), "");
        assert_eq!(broken(&of_quality(&prose(49))), "min_words");
        assert_eq!(broken(&of_quality(&"ice ".repeat(100_001))), "max_words");
        assert_eq!(broken(&of_quality(&"is of a ".repeat(40))), "min_mean_word_length");
        assert_eq!(broken(&of_quality(&"incomprehensibly ".repeat(60))), "max_mean_word_length");
        assert_eq!(broken(&of_quality(&(prose(60) + &" #".repeat(12)))), "max_hashes_per_word");
        assert_eq!(broken(&of_quality(&(prose(60) + &" …".repeat(12)))), "max_ellipses_per_word");
        let bullets = prose(60).replace(' ', "\n- ");
        assert_eq!(broken(&of_quality(&format!("- {bullets}"))), "max_bullet_lines");
        assert_eq!(
            broken(&of_quality(&prose(58).replace("northwards", "northwards...\n"))),
            "max_ellipsis_lines"
        );
        assert_eq!(broken(&of_quality(&(prose(60) + &" 1234".repeat(30)))), "min_alphabetic_words");
        assert_eq!(
            broken(&of_quality(&prose(90).replace("the", "THE").replace("of", "by").replace("with", "in"))),
            "min_stop_words"
        );
    }

    #[test]
    fn the_length_of_words_is_that_of_words_that_are_more_than_marks() {
        let notes = of_quality("“Ice,” he said.");
        assert_eq!(notes.number(QUALITY, "words"), Some(3.0));
        assert_eq!(notes.number(QUALITY, "mean_word_length"), Some(3.0));
    }

    #[test]
    fn repeated_lines_and_paragraphs_are_counted() {
        let notes = of_repetition("One line here.\nAnother line.\nOne line here.\n\nA third.\n\nA third.");
        assert_eq!(notes.number(REPETITION, "duplicate_lines"), Some(0.4));
        assert_eq!(notes.number(REPETITION, "duplicate_paragraphs"), Some(1.0 / 3.0));
        let characters = notes.number(REPETITION, "duplicate_line_characters").unwrap();
        assert!((characters - 22.0 / 63.0).abs() < 1e-9, "{characters}");
        assert_eq!(broken(&notes), "max_duplicate_paragraphs");
    }

    proptest! {
        #[test]
        fn paragraphs_are_what_empty_lines_part(text in "[ab \n]{0,40}") {
            let mut seen = std::collections::HashSet::new();
            let mut expected = Duplicates::default();
            let mut rest = text.trim();
            loop {
                let (paragraph, behind) = rest.split_once("\n\n").unwrap_or((rest, ""));
                let is_new = seen.insert(paragraph);
                expected.all += 1;
                expected.again += u64::from(!is_new);
                expected.characters += if is_new { 0 } else { paragraph.len() as u64 };
                rest = behind.trim_start_matches('\n');
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!(paragraphs(&Measured::new(&text)), expected);
        }
    }

    #[test]
    fn repeated_runs_of_words_are_counted() {
        let text = "the ferry did not leave the harbour on Monday because the ferry did not leave the harbour on Sunday";
        let notes = of_repetition(text);
        let characters = text.len() as f64;
        assert_eq!(notes.number(REPETITION, "duplicate_5_grams"), Some(19.0 / characters));
        assert_eq!(notes.number(REPETITION, "duplicate_8_grams"), Some(31.0 / characters));
        assert_eq!(notes.number(REPETITION, "duplicate_9_grams"), Some(0.0));
        assert_eq!(notes.number(REPETITION, "top_2_gram"), Some(18.0 / characters));
    }

    #[test]
    fn nothing_is_no_division_by_zero() {
        for text in ["", "\n", "\n\n\n", " "] {
            for notes in [of_quality(text), of_repetition(text)] {
                assert!(
                    notes.values.iter().all(|value| !format!("{:?}", value.found).contains("NaN")),
                    "{text:?}"
                );
            }
        }
    }
}
