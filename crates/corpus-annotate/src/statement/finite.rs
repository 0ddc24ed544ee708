//! Finite verbs: whether a clause has one, told by lists of verbs, by endings and by what stands before.

use super::{
    clause::Reading,
    word::{Form, Frames, Tags, Verb},
};
use crate::token::TokenKind;

/// Tokens of a clause within which its verb stands.
const CLAUSE_REACH: usize = 12;

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
                && (!self.is(at - 1, Tags::DET | Tags::POSSESSIVE | Tags::PREP | Tags::TO)
                    || at > start + 1 && self.is_counted(at - 1) && word.ends_with("ed"))
            {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Whether "the two" or "all three" ends at `at`.
    fn is_counted(&self, at: usize) -> bool {
        let number = matches!(self.word(at), "two" | "three" | "four" | "five" | "six" | "seven");
        number && self.is(at - 1, Tags::DET)
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
            || self.looks_third(at) && self.has_object(at)
            || word.len() > 4 && word.ends_with("ed") && (self.has_object(at) || self.has_subject(at))
    }

    /// Whether words behind a verb that takes no object may be a clause, by a noun and what ends as a verb does: "her
    /// lead obscures doubts".
    pub(super) fn may_be_clause(&self, start: usize, end: usize) -> bool {
        let verb = |at: usize| {
            let led = self.is_plain_noun(at - 1) || self.is_capital(at - 1) && self.is_named(at - 1);
            let small = Tags::TIME | Tags::DET | Tags::VERB;
            self.looks_third(at)
                && !self.is_capital(at)
                && led
                && !self.is(at - 1, small)
                && (self.is_plain_noun(at + 1) || self.is_capital(at + 1) && !self.is(at + 1, Tags::TIME))
        };
        let stop = (start..end.min(start + CLAUSE_REACH))
            .find(|&at| self.is(at, Tags::COMMA | Tags::COLON | Tags::SEMICOLON | Tags::QUOTED));
        (start + 1..stop.unwrap_or(end.min(start + CLAUSE_REACH))).any(verb)
    }

    /// Whether a finite verb stands right at `at`.
    pub(super) fn is_finite_at(&self, at: usize) -> bool {
        let aux = self.is(at, Tags::ANY_AUX) && !matches!(self.word(at), "be" | "being" | "having" | "been");
        at < self.page.tokens.len() && (aux || self.looks_finite(at)) && !self.is_capital(at)
    }

    /// Whether what stands behind a word may be the object of a verb: "favors a dam", "raised $3".
    fn has_object(&self, at: usize) -> bool {
        let object = Tags::DET | Tags::POSSESSIVE | Tags::OBJECT;
        self.is(at + 1, object) && !self.is(at + 1, Tags::PREP | Tags::TIME)
            || self.page.tokens.get(at + 1).is_some_and(|next| {
                let counted =
                    next.kind == TokenKind::Number || matches!(self.page.word(*next), "$" | "€" | "£");
                let led = |before: usize| {
                    self.is(before, Tags::POSSESSIVE | Tags::PREP | Tags::ADVERB)
                        || matches!(self.word(before), "a" | "an" | "the")
                };
                counted && at > 0 && !led(at - 1) && self.word(at).ends_with("ed")
            })
    }

    /// Whether what stands before a word in "-ed" is its subject: "she moved", "police moved", "Korova moved".
    fn has_subject(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let named = self.is_capital(before) && !self.is(before, Tags::TIME | Tags::PREP | Tags::DET);
        self.is(before, Tags::SUBJECT | Tags::PERSON | Tags::BODY) || named && self.is_named(before)
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
