//! A sentence of a passage.

mod abbreviations;

use crate::{
    annotator::Annotator,
    lexicon::Lexicon,
    page::{Found, Page, Passage},
    token::{Case, Token, TokenKind},
};
use abbreviations::{ABBREVIATIONS, CREDITS, STARTERS};
use corpus_core::Span;
use serde::{Serialize, Serializer};
use std::{cell::OnceCell, ops::Range, sync::LazyLock};

/// A sentence, and where its tokens lie. As a fact it has no value: it serializes as `null`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it lies in the document's text, without the white space around it.
    pub span: Span,
    /// Its tokens, in `Page::tokens`.
    pub tokens: Range<usize>,
    /// Its passage, in `Page::passages`.
    pub passage: usize,
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// Cuts passages into sentences, by the marks that end one and the words on either side (after UAX #29, SB rules).
#[derive(Clone, Copy, Debug, Default)]
pub struct Sentences;

impl Annotator for Sentences {
    fn layer(&self) -> &'static str {
        "sentence"
    }
    fn version(&self) -> u32 {
        3
    }
    fn description(&self) -> &'static str {
        "sentences"
    }
    fn asks_gazetteers(&self) -> bool {
        false
    }
    fn annotate(&self, page: &mut Page<'_>) {
        let text = page.text();
        let words = LazyLock::force(&WORDS);
        let wrapped = OnceCell::new();
        let mut sentences = Vec::with_capacity(page.tokens.len() / 16 + page.passages.len());
        for (index, passage) in page.passages.iter_mut().enumerate() {
            let first = sentences.len();
            let ends = Ends {
                text,
                words,
                tokens: &page.tokens[..passage.tokens.end],
                passage: passage.span,
                wrapped: &wrapped,
                runs_on: OnceCell::new(),
            };
            cut(&ends, passage, |tokens| {
                let (start, end) = (page.tokens[tokens.start].start, page.tokens[tokens.end - 1].end);
                sentences.push(Sentence {
                    span: Span::new(start as usize, end as usize),
                    tokens,
                    passage: index,
                });
            });
            passage.sentences = first..sentences.len();
        }
        page.facts.sentences = sentences
            .iter()
            .map(|sentence| Found {
                span: sentence.span,
                value: sentence.clone(),
                rule: "sentence:marks",
                confidence: 0.95,
            })
            .collect();
        page.sentences = sentences;
    }
}

/// What a word before a full stop says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// It stands before a name: "Mr.", "Gen.".
    Title,
    /// It stands before a number: "No.", "pp.".
    Numbered,
    /// It may end a sentence: "Inc.", "etc.".
    Plain,
    /// No abbreviation, but a word that often opens a sentence and seldom a name: "The".
    Starter,
    /// No abbreviation, but a word that opens a credit line: "Photo".
    Credit,
}

static WORDS: LazyLock<Lexicon<Abbreviation>> = LazyLock::new(|| {
    let starters = STARTERS.iter().map(|&word| (word, Abbreviation::Starter));
    let credits = CREDITS.iter().map(|&word| (word, Abbreviation::Credit));
    Lexicon::new(ABBREVIATIONS.iter().copied().chain(starters).chain(credits))
});

/// Calls `sentence` with the tokens of each sentence of a passage.
fn cut(ends: &Ends<'_>, passage: &Passage, mut sentence: impl FnMut(Range<usize>)) {
    let mut first = passage.tokens.start;
    let mut index = first;
    while index < passage.tokens.end {
        let after = ends.after(first, index);
        if let Some(after) = after {
            sentence(first..after);
            first = after;
            index = after;
        } else {
            index += 1;
        }
    }
    if first < passage.tokens.end {
        sentence(first..passage.tokens.end);
    }
}

/// The tokens of a passage, asked for the ends of sentences.
struct Ends<'p> {
    text: &'p str,
    words: &'p Lexicon<Abbreviation>,
    tokens: &'p [Token],
    /// Whether the lines of the text end where they are full, and not where sentences end; asked where a line ends
    /// within a passage, which in most texts none does.
    wrapped: &'p OnceCell<bool>,
    /// Where the passage lies.
    passage: Span,
    /// Whether its own lines go on over their ends; asked as `wrapped` is.
    runs_on: OnceCell<bool>,
}

/// Bytes of a line that may be full.
const FULL_LINE: usize = 40;

/// Bytes of a line of a passage that goes on in the next.
const LONG_LINE: usize = 25;

/// Whether the lines of a passage go on over their ends: one with a small letter, and no more of those that end on no
/// mark with a large one.
fn runs_on(passage: &str) -> bool {
    let (mut n_small, mut n_large) = (0, 0);
    let mut lines = passage.split('\n').peekable();
    while let (Some(line), Some(next)) = (lines.next(), lines.peek()) {
        if line.len() < LONG_LINE || line.trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"', ')']) {
            continue;
        }
        match next.chars().next() {
            Some(letter) if letter.is_lowercase() => n_small += 1,
            Some(letter) if letter.is_uppercase() => n_large += 1,
            _ => {}
        }
    }
    n_small > 0 && n_small >= n_large
}

/// Whether a text is broken into lines of a fixed width: most of its long lines go on with a small letter.
fn is_wrapped(text: &str) -> bool {
    const LEAST: usize = 2;
    let (mut n_small, mut n_large) = (0, 0);
    let mut lines = text.split('\n').peekable();
    while let (Some(line), Some(next)) = (lines.next(), lines.peek()) {
        if line.len() < FULL_LINE {
            continue;
        }
        match next.chars().next() {
            Some(letter) if letter.is_lowercase() => n_small += 1,
            Some(letter) if letter.is_uppercase() => n_large += 1,
            _ => {}
        }
    }
    n_small >= LEAST && n_small >= n_large
}

impl Ends<'_> {
    /// Index of the first token after the sentence that ends with or right after token `at`, where one does.
    fn after(&self, first: usize, at: usize) -> Option<usize> {
        let next = self.tokens.get(at + 1)?;
        if next.spaced && self.breaks_line(at) {
            return Some(at + 1);
        }
        if self.tokens[at].kind != TokenKind::Mark {
            return self.credits(at + 1).then_some(at + 1);
        }
        let full_stop = match self.letter(at) {
            '.' | '…' => true,
            '!' | '?' | '‽' | '。' | '！' | '？' | '।' | '۔' | '؟' => false,
            _ => return None,
        };
        // A run of marks is asked once, at its first.
        let goes_on = at > first && !self.tokens[at].spaced && self.tokens[at - 1].kind == TokenKind::Mark;
        if goes_on && matches!(self.letter(at - 1), '.' | '!' | '?' | '…') {
            return None;
        }
        let mut end = at + 1;
        let mut closed = false;
        let mut stops = 1;
        while let Some(token) = self.tokens.get(end) {
            if token.kind != TokenKind::Mark || token.spaced {
                break;
            }
            match self.letter(end) {
                '.' | '!' | '?' | '…' => stops += 1,
                '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' => closed = true,
                _ => break,
            }
            end += 1;
        }
        let next = *self.tokens.get(end)?;
        let ends = if full_stop && stops == 1 && !closed {
            self.full_stop(first, at, next)
        } else {
            self.begins(end, next, closed || (full_stop && stops > 1))
        };
        ends.then_some(end)
    }

    /// Whether the line ends after token `at`, and with it the sentence: an empty line follows, or what follows does
    /// not go on in lower case.
    fn breaks_line(&self, at: usize) -> bool {
        let (end, start) = (self.tokens[at].end as usize, self.tokens[at + 1].start as usize);
        if start - end == 1 && self.text.as_bytes()[end] != b'\n' {
            return false;
        }
        let n_lines = self.text.as_bytes()[end..start].iter().filter(|&&byte| byte == b'\n').count();
        n_lines > 1 || n_lines == 1 && self.tokens[at + 1].case != Case::Lower && !self.goes_on(at, start)
    }

    /// Whether a line that is no end of a sentence ends after token `at`, and the next goes on with it right at its
    /// margin: a full line of a wrapped text, or one of a passage whose lines run on.
    fn goes_on(&self, at: usize, next: usize) -> bool {
        let line = self.text[..self.tokens[at].end as usize].rfind('\n').map_or(0, |before| before + 1);
        let len = self.tokens[at].end as usize - line;
        self.text.as_bytes()[next - 1] == b'\n'
            && (len >= FULL_LINE && *self.wrapped.get_or_init(|| is_wrapped(self.text))
                || len >= LONG_LINE
                    && *self.runs_on.get_or_init(|| runs_on(&self.text[self.passage.range()])))
    }

    /// Whether token `at` opens the credit line of a picture, "Photo: …", that an extractor ran on.
    fn credits(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let colon = || self.tokens.get(at + 1).is_some_and(|next| !next.spaced && self.letter(at + 1) == ':');
        token.case == Case::Title && colon() && self.words.get(token) == Some(Abbreviation::Credit)
    }

    /// Whether a full stop that stands alone after token `at - 1` ends the sentence.
    fn full_stop(&self, first: usize, at: usize, next: Token) -> bool {
        let before = if at > first { self.tokens[at - 1] } else { return false };
        if self.tokens[at].spaced {
            return next.spaced && self.begins(at + 1, next, false);
        }
        if !next.spaced {
            // "the end.The next" lacks a space; "example.com" and "U.S." do not.
            let lacks = before.is_word() && before.case == Case::Lower && before.end - before.start > 1;
            return lacks && next.is_word() && next.case == Case::Title;
        }
        if before.kind == TokenKind::Number && at == first + 1 {
            // "1. The first of a list"
            return false;
        }
        if before.is_word() {
            let within = at >= first + 3 && !before.spaced && self.letter(at - 2) == '.';
            if before.end - before.start == 1 && (before.case == Case::Initial || within) {
                return self.starts(next);
            }
            match self.words.get(before).filter(|_| before.case != Case::Upper) {
                Some(Abbreviation::Title) => return false,
                Some(Abbreviation::Numbered) if next.kind == TokenKind::Number => return false,
                Some(Abbreviation::Numbered) if before.case == Case::Lower && !next.is_capitalised() => {
                    return false;
                }
                Some(Abbreviation::Plain) => return self.starts(next),
                _ => {}
            }
        }
        self.begins(at + 1, next, false)
    }

    /// Whether a sentence can begin with `next` after a mark that ends one; in lower case only where nothing was
    /// closed.
    fn begins(&self, at: usize, next: Token, closed: bool) -> bool {
        if !next.spaced {
            return false;
        }
        match next.kind {
            TokenKind::Word => next.case != Case::Lower || !closed,
            TokenKind::Number => true,
            TokenKind::Possessive => false,
            TokenKind::Mark => {
                !matches!(self.letter(at), ',' | ';' | ':' | '–' | '—' | '-' | ')' | ']' | '.')
            }
        }
    }

    /// Whether a word is one that opens sentences, after what may be an abbreviation.
    fn starts(&self, next: Token) -> bool {
        next.is_capitalised() && self.words.get(next) == Some(Abbreviation::Starter)
    }

    /// The first character of a token.
    fn letter(&self, at: usize) -> char {
        let start = self.tokens[at].start as usize;
        let byte = self.text.as_bytes()[start];
        if byte.is_ascii() { char::from(byte) } else { self.text[start..].chars().next().unwrap_or(' ') }
    }
}

#[cfg(test)]
mod tests {
    use super::runs_on;
    use crate::Annotators;
    use corpus_core::{Record, Registry};

    fn sentences(text: &str) -> Vec<String> {
        let mut documents = Registry::core().parse_all(&Record::new("a.txt", text.as_bytes()));
        Annotators::core().only(&["sentence"]).unwrap().annotate(&mut documents[0]);
        let spans = documents[0].annotations.iter().map(|found| found.span);
        spans.map(|span| documents[0].text[span].to_owned()).collect()
    }

    #[test]
    fn abbreviations_and_initials_end_none() {
        for text in [
            "Prof. Ada L. Byrne of Orbit Inc. met Gen. R. J. Okoro at 10 a.m. on Sept. 3 in the U.S. Senate.",
            "See pp. 4 and vol. 2 of Dr. Marrow et al. for more.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
    }

    #[test]
    fn a_full_line_of_a_wrapped_text_ends_none() {
        let text = "The council of the harbour town has sold its ferry to the North\nSea Line, which will run it \
                    from the old pier and the new\nuntil the end of May. It has also been asked by the Dutch Coast\n\
                    Line, which has two ships in port and wants another one from\nthe council.";
        assert_eq!(sentences(text).len(), 2);
        // Here every line is a thing of its own.
        assert_eq!(
            sentences("The ferry of the harbour town to the islands\nThe old pier of the harbour town").len(),
            2
        );
    }

    #[test]
    fn a_line_of_a_passage_that_runs_on_ends_none() {
        let first = "A yearly meeting of the International\nCocoa Board of seven ports failed to agree on how to set the\n\
                     fees that ships pay in the harbour, delegates said.";
        let rest = "Ports that send cocoa could not find common ground on the\nquestion of who pays for the new pier \
                    and the old one, they said.";
        let text = format!("COCOA BOARD ENDS IN FAILURE\n\n{first}\n    {rest}\n");
        assert_eq!(sentences(&text)[1..], [first, rest]);
        assert!(!runs_on("Two ferries to the island were sold,\nAnd one was kept in the harbour"));
    }

    #[test]
    fn an_abbreviation_ends_one_before_a_word_that_opens_one() {
        assert_eq!(
            sentences("She lives in the U.S. He does not."),
            ["She lives in the U.S.", "He does not."]
        );
        assert_eq!(sentences("She sold Orbit Inc. The price is unknown.").len(), 2);
    }

    #[test]
    fn marks_stay_with_the_quotation_they_close() {
        assert_eq!(sentences("“We will go.” He left."), ["“We will go.”", "He left."]);
        assert_eq!(sentences("“Will we go?” he asked."), ["“Will we go?” he asked."]);
    }

    #[test]
    fn a_sentence_may_open_in_lower_case_or_without_a_space() {
        assert_eq!(sentences("we came home. it was late.").len(), 2);
        assert_eq!(sentences("This is the end.The next begins.").len(), 2);
        assert_eq!(sentences("Read it on example.com today.").len(), 1);
    }
}
