//! Papers of which a shortened clause tells: "a report released last year", "the study, published in May,".

use super::{clause::Reading, speaker::Subject, word::Form, word::Tags};
use crate::lexicon::Lexicon;
use std::sync::LazyLock;

/// Tokens that such a clause may have.
const REACH: usize = 18;

/// What is done with a paper: participles that shorten a clause about it.
static DONE: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(PARTICIPLES.split(' ').map(|word| (word, ()))));

/// The words of [`DONE`].
const PARTICIPLES: &str = "published released issued conducted commissioned carried dated sent seen obtained leaked posted \
                           filed signed prepared written compiled unveiled presented produced drafted submitted circulated \
                           sponsored funded reviewed completed delivered distributed emailed mailed shared updated \
                           provided made led undertaken";

impl Reading<'_, '_> {
    /// The paper that speaks before the token at `end`, of which a shortened clause tells between the two.
    pub(super) fn paper_before(&self, end: usize, lo: usize) -> Option<Subject> {
        let closed = self.is(end - 1, Tags::COMMA);
        let last = end - usize::from(closed);
        let first = (lo + 1).max(last.saturating_sub(REACH));
        for at in (first..last).rev() {
            if self.ends_clause(at) {
                return None;
            }
            if !self.is_done(at) {
                continue;
            }
            let opened = self.is(at - 1, Tags::COMMA);
            if opened != closed || at + 1 >= last {
                continue;
            }
            let noun_end = at - usize::from(opened);
            let Some(tokens) = self.phrase_before(noun_end, lo) else { continue };
            if self.is_paper(self.head_of(&tokens)) {
                return Some(Subject { from: tokens.start, tokens });
            }
        }
        None
    }

    /// Whether the verb at `at` shortens a clause about a paper that says something further on: "published" in "a study
    /// published in March says".
    pub(super) fn shortens(&self, at: usize, lo: usize, end: usize) -> bool {
        if at <= lo || !self.is_done(at) {
            return false;
        }
        let opened = self.is(at - 1, Tags::COMMA);
        let noun = at - 1 - usize::from(opened);
        if noun < lo || !self.is_paper(noun) {
            return false;
        }
        for next in at + 1..end.min(at + REACH) {
            let comma = self.is(next, Tags::COMMA);
            if self.ends_clause(next) && !(comma && opened) || self.is(next, Tags::AND | Tags::OBJECT) {
                return false;
            }
            let speaks =
                self.verb(next, end).is_some_and(|(_, verb)| matches!(verb.form, Form::Past | Form::Third));
            if speaks
                && !self.is(next, Tags::SPEECH | Tags::PAPER | Tags::PERSON | Tags::BODY)
                && !self.is_done(next)
            {
                return true;
            }
        }
        false
    }

    /// Whether the token at `at` is what is done with a paper, and stands behind it.
    pub(super) fn is_done(&self, at: usize) -> bool {
        !self.is_capital(at) && DONE.get(self.page.tokens[at]).is_some()
    }

    fn is_paper(&self, at: usize) -> bool {
        // The first word of a sentence has a capital whatever it is.
        let opens = at.checked_sub(1).is_none_or(|before| !self.page.tokens[before].is_word());
        (opens || !self.is_capital(at)) && self.is(at, Tags::PAPER)
            || matches!(self.word(at), "paper" | "papers")
    }

    /// Whether a clause ends at `at`, or another begins.
    fn ends_clause(&self, at: usize) -> bool {
        let ends = Tags::COMMA | Tags::STOP | Tags::SEMICOLON | Tags::COLON | Tags::QUOTED;
        let others = Tags::THAT | Tags::RELATIVE | Tags::ANY_AUX | Tags::SUBJECT;
        self.is(at, ends) || self.is(at, others) && !self.is_capital(at)
    }
}
