//! Finite verbs: whether a clause has one, told by lists of verbs, by endings and by what stands before.

use super::{
    clause::Reading,
    word::{Form, Frames, Tags, Verb},
};
use crate::token::TokenKind;

impl Reading<'_, '_> {
    /// Whether the word at `at` may be a verb in the third person, by its ending.
    pub(super) fn looks_third(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !self.is(at, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH | Tags::TIME)
    }

    /// Whether a finite verb stands from `start` to the end of its clause.
    pub(super) fn has_finite(&self, start: usize, end: usize) -> bool {
        let mut at = start;
        while at < end.min(start + 40) {
            // "said the mayor “is late”": the verb of a clause may stand in quotation marks.
            if self.is(at, Tags::BRACKETED) || at == start && self.is(at, Tags::QUOTED) {
                at += 1;
                continue;
            }
            if self.is(at, Tags::SEMICOLON | Tags::COLON) {
                return false;
            }
            let word = self.word(at);
            if at > start
                && (self.is(at, Tags::BE | Tags::HAVE | Tags::AUX)
                    && !matches!(word, "being" | "having" | "be")
                    || self.looks_finite(at))
                && !self.is(at - 1, Tags::DET | Tags::POSSESSIVE | Tags::PREP | Tags::TO)
            {
                return true;
            }
            at += 1;
        }
        false
    }

    pub(super) fn looks_finite(&self, at: usize) -> bool {
        let token = self.page.tokens[at];
        if token.kind != TokenKind::Word || self.is_capital(at) {
            return false;
        }
        let word = self.word(at);
        if self.is(at, Tags::VERB) {
            return !word.ends_with("ing")
                && !self.is(at, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH)
                && !self.is(at.wrapping_sub(1), Tags::ANY_AUX);
        }
        // "It owes", "she hopes"
        let third = self.looks_third(at)
            && at > 0
            && matches!(self.word(at - 1), "it" | "he" | "she" | "It" | "He" | "She");
        third
            || word.len() > 4
                && word.ends_with("ed")
                && !self.is(at + 1, Tags::PREP)
                && self.is(at + 1, Tags::DET | Tags::POSSESSIVE | Tags::OBJECT | Tags::PREP)
            || word.len() > 4
                && word.ends_with("ed")
                && self.is(at.wrapping_sub(1), Tags::SUBJECT | Tags::PERSON | Tags::BODY)
    }

    /// The verb of speech at `at`, where it is one that stands finite by its form.
    pub(super) fn finite_speech(&self, at: usize) -> Option<(usize, Verb)> {
        if self.is(at, Tags::QUOTED | Tags::BRACKETED) {
            return None;
        }
        self.verb(at, self.page.tokens.len()).filter(|(_, verb)| {
            matches!(verb.form, Form::Past | Form::Third)
                && verb.frames.has(Frames::CLAUSE | Frames::QUOTE)
                && !verb.frames.has(Frames::WEAK)
                && !self.is(at.wrapping_sub(1), Tags::DET | Tags::POSSESSIVE | Tags::PREP)
        })
    }
}
