//! The filter of C4: lines that are no prose go, and pages of which too little is left.
//!
//! Source: Raffel et al. 2020, “Exploring the limits of transfer learning with a unified text-to-text transformer”,
//! Journal of Machine Learning Research 21, section 2.2; the lines on cookies and the marks of citation are in the
//! data set's code, not in the paper. Its list of bad words is a filter of its own here.

use crate::{
    config::C4,
    measure::{self, Line, Measured},
    notes::{Found, Notes},
};
use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem::Finder;
use std::borrow::Cow;

pub(crate) const NAME: &str = "c4";

const LOREM_IPSUM: usize = 0;
const JAVASCRIPT: usize = 1;
/// Phrases that decide on a line or a page; those after the first two are of a policy.
const PHRASES: [&str; 8] = [
    "lorem ipsum",
    "javascript",
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
];

/// What a text holds, in lower case, that has one of the phrases.
const SIGNS: [&str; 6] =
    ["lorem ipsum", "javascript", "terms of use", "privacy policy", "cookie policy", "cookies"];

/// What looks for the phrases.
#[derive(Debug)]
pub(crate) struct Phrases {
    phrases: AhoCorasick,
    signs: [Finder<'static>; SIGNS.len()],
}

impl Phrases {
    /// # Errors
    /// Never, for phrases as few as these; the library does not promise it.
    pub(crate) fn new() -> Result<Self, aho_corasick::BuildError> {
        let mut builder = AhoCorasick::builder();
        let phrases = builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(PHRASES)?;
        Ok(Phrases { phrases, signs: SIGNS.map(Finder::new) })
    }

    /// Whether one of them may be in a text: a look for each sign, many bytes at a time, which few texts have.
    fn may_be_in(&self, text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        self.signs.iter().any(|sign| sign.find(lower.as_bytes()).is_some())
    }

    /// Bit `n` stands for the phrase `n`.
    fn in_line(&self, line: &str) -> u16 {
        self.phrases.find_overlapping_iter(line).fold(0, |seen, found| seen | 1 << found.pattern().as_usize())
    }
}

/// What is left of a text: its lines measured, and the text.
pub(crate) struct Left {
    pub(crate) text: String,
    pub(crate) lines: Vec<Line>,
}

/// Why a line goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    LongWord,
    NotEnded,
    FewWords,
    JavaScript,
    Policy,
}

const FAULTS: [(Fault, &str); 5] = [
    (Fault::LongWord, "max_word_length"),
    (Fault::NotEnded, "terminal_punctuation"),
    (Fault::FewWords, "min_words_per_line"),
    (Fault::JavaScript, "javascript"),
    (Fault::Policy, "policy"),
];

/// Drops lines, and says of the page whether it is to be dropped; what is left of it otherwise.
pub(crate) fn clean(page: &Measured<'_>, config: &C4, phrases: &Phrases, notes: &mut Notes) -> Option<Left> {
    let mut left =
        Left { text: String::with_capacity(page.text.len()), lines: Vec::with_capacity(page.lines.len()) };
    let (mut dropped, mut cited, mut sentences) = ([0; FAULTS.len()], 0, 0);
    let mut notes = notes.stage(NAME);
    // Most pages have none of the phrases: one look at all of it saves one at each line.
    let has_phrases = phrases.may_be_in(page.text);
    for line in &page.lines {
        let (text, n_cited) = match config.citations {
            true => without_citations(page.slice(line).trim()),
            false => (Cow::Borrowed(page.slice(line).trim()), 0),
        };
        let seen = if has_phrases { phrases.in_line(&text) } else { 0 };
        if let Some(fault) = fault(line, &text, config) {
            // A blank line is no loss.
            dropped[fault as usize] += u64::from(line.chunks > 0);
            continue;
        }
        if config.lorem_ipsum && seen & 1 << LOREM_IPSUM != 0 {
            notes.drop("lorem_ipsum", Found::Number(1.0), None);
            return None;
        }
        if config.javascript && seen & 1 << JAVASCRIPT != 0 {
            dropped[Fault::JavaScript as usize] += 1;
            continue;
        }
        if config.curly_bracket && text.contains('{') {
            notes.drop("curly_bracket", Found::Number(1.0), None);
            return None;
        }
        if config.policy && seen >> (JAVASCRIPT + 1) != 0 {
            dropped[Fault::Policy as usize] += 1;
            continue;
        }
        cited += n_cited;
        left.push(&text, if n_cited == 0 { Some(line) } else { None });
        sentences += left.lines.last().map_or(0, |line| u64::from(line.sentences));
    }
    notes.number("lines", left.lines.len() as f64);
    for (count, (_, rule)) in dropped.into_iter().zip(FAULTS) {
        notes.changed(rule, count);
    }
    notes.changed("citations", cited);
    notes.at_least("sentences", sentences as f64, "min_sentences", config.min_sentences as f64);
    Some(left)
}

/// What is wrong with a line before its phrases are looked at.
fn fault(line: &Line, text: &str, config: &C4) -> Option<Fault> {
    if u64::from(line.longest) > config.max_word_length {
        return Some(Fault::LongWord);
    }
    let is_ended = text.ends_with(['.', '?', '!', '"', '\'']) && !text.ends_with("...");
    if config.terminal_punctuation && !is_ended {
        return Some(Fault::NotEnded);
    }
    (u64::from(line.chunks) < config.min_words_per_line).then_some(Fault::FewWords)
}

impl Left {
    /// Adds a line; `same` is the line it is all of, but for blanks at its ends.
    fn push(&mut self, text: &str, same: Option<&Line>) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        self.lines.push(match same {
            Some(line) if line.end - line.start == text.len() => Line { start, end, ..*line },
            _ => measure::line(&self.text, start, end),
        });
    }
}

/// A line without marks of citation, and how many it had.
fn without_citations(line: &str) -> (Cow<'_, str>, u64) {
    let mut kept = String::new();
    let mut count = 0;
    let mut begun = 0;
    for at in memchr::memchr_iter(b'[', line.as_bytes()) {
        let len = citation_len(&line[at..]);
        if at >= begun && len > 0 {
            kept.push_str(&line[begun..at]);
            begun = at + len;
            count += 1;
        }
    }
    match count {
        0 => (Cow::Borrowed(line), 0),
        _ => (Cow::Owned(kept + &line[begun..]), count),
    }
}

/// Length of the mark of citation that `text` begins with, which is `[`; 0 where it is none.
fn citation_len(text: &str) -> usize {
    if let Some(mark) = ["[edit]", "[citation needed]"].into_iter().find(|mark| text.starts_with(mark)) {
        return mark.len();
    }
    let digits = text[1..].chars().take_while(|digit| digit.is_numeric()).map(char::len_utf8).sum::<usize>();
    if text[1 + digits..].starts_with(']') { digits + 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> (Option<String>, Notes) {
        let mut notes = Notes::default();
        let page = Measured::new(text);
        let left = clean(&page, &C4::default(), &Phrases::new().unwrap(), &mut notes);
        if let Some(left) = &left {
            let again = Measured::new(&left.text);
            if !left.lines.is_empty() {
                assert_eq!(again.lines, left.lines, "lines keep what was measured of them");
            }
        }
        (left.map(|left| left.text), notes)
    }

    const FIVE: &str =
        "The ice came on Monday. It stayed. Nobody sailed. The pilots waited. They waited long.";

    fn changes(notes: &Notes) -> Vec<(&str, u64)> {
        notes.changes.iter().map(|change| (change.rule, change.count)).collect()
    }

    #[test]
    fn lines_that_are_no_prose_go() {
        let long = "x".repeat(1001);
        let text = format!(
            "Harbour news\n{FIVE}\n\nYes.\n  The mole [12] is shut[edit]. \nPlease enable JavaScript to go on.\n\
             We use cookies on this site.\nThis one trails off ...\nA word is {long} too long.\nTo be continued..."
        );
        let (left, notes) = cleaned(&text);
        assert_eq!(left.unwrap(), format!("{FIVE}\nThe mole  is shut."));
        assert_eq!(notes.number(NAME, "sentences"), Some(6.0));
        let expected = [
            ("max_word_length", 1),
            ("terminal_punctuation", 3),
            ("min_words_per_line", 1),
            ("javascript", 1),
            ("policy", 1),
            ("citations", 2),
        ];
        assert_eq!(changes(&notes), expected);
        assert!(!notes.is_dropped());
    }

    #[test]
    fn pages_of_filler_or_code_or_of_too_few_sentences_go() {
        let broken = |text: &str| cleaned(text).1.reason.map(|reason| reason.rule);
        assert_eq!(broken(&format!("{FIVE}\nLorem Ipsum dolor sit amet.")), Some("lorem_ipsum"));
        assert_eq!(broken(&format!("{FIVE}\nfunction of it {{ is this.")), Some("curly_bracket"));
        assert_eq!(broken(&format!("{FIVE}\nlorem ipsum without an end")), None, "the line goes first");
        assert_eq!(broken("One sentence is here. Another one is too."), Some("min_sentences"));
        assert_eq!(broken(""), Some("min_sentences"));
    }

    #[test]
    fn no_phrase_is_without_a_sign() {
        for phrase in PHRASES {
            assert!(SIGNS.iter().any(|sign| phrase.contains(sign)), "{phrase}");
        }
    }

    #[test]
    fn a_text_without_faults_stays_as_it_is() {
        let (left, notes) = cleaned(FIVE);
        assert_eq!(left.unwrap(), FIVE);
        assert!(notes.changes.is_empty());
    }
}
