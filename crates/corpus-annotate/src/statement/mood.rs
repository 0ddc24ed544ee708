//! Whether a clause tells that somebody said it, only supposes it, or tells that nobody did.

use super::{
    clause::{Clause, Reading},
    cue::{Cue, Order},
    word::Tags,
};
use std::ops::Range;

/// How a clause tells of something said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    /// It was said: "the mayor says".
    Told,
    /// It may have been: "if the mayor says", "did the mayor say", "the mayor might say".
    Supposed,
    /// It was not: "nobody said", "neither the mayor nor the police say".
    Unsaid,
}

/// Tokens behind a verb in which the comma stands that closes what is told aside.
const ASIDE_REACH: usize = 60;
/// Tokens before a subject among which "neither" stands.
const NEITHER_REACH: usize = 20;

impl Reading<'_, '_> {
    /// The mood of the clause of a verb of speech.
    pub(super) fn mood(&self, cue: &Cue, clause: &Clause) -> Mood {
        let Some(subject) = cue.subject.as_ref().filter(|_| cue.order == Order::SubjectFirst) else {
            return Mood::Told;
        };
        let lo = clause.tokens.start;
        let first = subject.tokens.start;
        let is = |at: usize, words: &[&str]| words.iter().any(|word| self.is_word(at, word));
        let before = subject.from.checked_sub(1).filter(|&k| k >= lo && !self.is(k, Tags::QUOTED));
        // "no one", "not one of them"
        if is(first, &["nobody", "none", "neither"]) || is(first, &["no", "not"]) && subject.tokens.len() > 1
        {
            return Mood::Unsaid;
        }
        let neither = |k: usize| {
            is(k, &["nor"])
                && (lo.max(k.saturating_sub(NEITHER_REACH))..k).any(|at| is(at, &["neither", "no", "not"]))
        };
        if before.is_some_and(neither) {
            return Mood::Unsaid;
        }
        let supposing = |k: usize| match k.checked_sub(1).filter(|&k| k >= lo) {
            // "only if", "what if"; but "as if" and "even if" suppose as well.
            _ if is(k, &["if", "unless", "whether", "lest"]) => true,
            // "in case the mayor says"
            Some(led) => is(k, &["case"]) && is(led, &["in"]),
            None => false,
        };
        // "Did the mayor say", "Had the mayor said": but "Why did he say" takes it as said.
        let asked = |k: usize| {
            k == lo
                && self.is(k, Tags::ANY_AUX)
                && !self.is(k, Tags::SUBJECT)
                && is(
                    k,
                    &["did", "does", "do", "has", "have", "had", "should", "would", "could", "can", "may"],
                )
        };
        if before.is_some_and(|k| supposing(k) || asked(k)) || self.may_be_said(cue) {
            return Mood::Supposed;
        }
        Mood::Told
    }

    /// "might say", "would have said": but "could only say" and "would say" tell of something said.
    fn may_be_said(&self, cue: &Cue) -> bool {
        let mut group = cue.tokens.clone();
        let Some(modal) = group.find(|&at| {
            ["may", "might", "would", "could", "should"].iter().any(|modal| self.is_word(at, modal))
        }) else {
            return false;
        };
        let only = cue.tokens.clone().any(|at| self.is_word(at, "only"));
        let perfect = cue.tokens.clone().any(|at| self.is(at, Tags::HAVE));
        (perfect || self.is_word(modal, "may") || self.is_word(modal, "might")) && !only
    }

    /// Where the clause ends that supposes or times what was said, and that opens the sentence: at the comma before
    /// what follows from it ("If she says that it is late, we go"); the end of the clause otherwise.
    pub(super) fn premise_end(&self, cue: &Cue, clause: &Clause) -> usize {
        let Range { start: lo, end } = clause.tokens.clone();
        let Some(subject) = &cue.subject else { return end };
        let Some(led) = subject.from.checked_sub(1).filter(|&k| k >= lo && cue.order.has_subject_before())
        else {
            return end;
        };
        let opens = led == lo || led == lo + 1 && self.is(lo, Tags::AND | Tags::BUT | Tags::ADVERB);
        let leads = ["if", "unless", "when", "whenever", "once", "until", "after", "before", "had", "should"];
        if !opens || !leads.iter().any(|word| self.is_word(led, word)) {
            return end;
        }
        let behind = cue.tokens.end;
        let comma = (behind + 1..end).find(|&at| {
            self.is(at, Tags::COMMA)
                && !self.is(at, Tags::QUOTED | Tags::BRACKETED)
                && !self.is(at + 1, Tags::RELATIVE | Tags::AND | Tags::BUT | Tags::SUBORDINATE)
                && self.has_finite(at + 1, end)
        });
        comma.unwrap_or(end)
    }

    /// Where the clause ends that tells aside what its subject said, at the comma before what else is said of them
    /// ("Brown, who says it rains, is late"); the end of the clause otherwise.
    pub(super) fn aside_end(&self, cue: &Cue, clause: &Clause) -> usize {
        let Range { start: lo, end } = clause.tokens.clone();
        let who = cue.tokens.start.checked_sub(1).filter(|&who| who > lo && cue.order.has_subject_before());
        let is_aside = who.is_some_and(|who| {
            ["who", "which"].iter().any(|word| self.is_word(who, word)) && self.is(who - 1, Tags::COMMA)
        });
        if !is_aside {
            return end;
        }
        let close = (cue.tokens.end + 1..end.min(cue.tokens.end + ASIDE_REACH)).find(|&at| {
            self.is(at, Tags::COMMA)
                && !self.is(at, Tags::QUOTED | Tags::BRACKETED)
                && self.is_finite_at(at + 1)
        });
        close.unwrap_or(end)
    }
}
