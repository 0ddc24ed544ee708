//! A noun phrase: the words that name somebody, read back from a verb or on from it.

use super::{
    clause::Reading,
    word::{Form, Tags},
};
use crate::{name::gazetteer::Traits, token::TokenKind};
use std::ops::Range;

/// Tokens that a phrase may have.
pub(super) const LONGEST: usize = 30;
/// Tokens of a name that is written in quotation marks.
const LONGEST_QUOTED: usize = 6;

/// What a word does to the phrase that is read towards it.
enum Step {
    /// It belongs to the phrase, which now begins, or goes on, at this token.
    To(usize),
    /// The phrase ends.
    End,
    /// The phrase is this, or nothing.
    Is(Option<Range<usize>>),
}

/// Where reading back stands: what was read goes from `at` to `end`, and nothing before `lo` is looked at.
#[derive(Clone, Copy)]
struct Back {
    at: usize,
    end: usize,
    lo: usize,
}

impl Reading<'_, '_> {
    /// The noun phrase that ends before `end`.
    pub(super) fn phrase_before(&self, end: usize, lo: usize) -> Option<Range<usize>> {
        let mut back = Back { at: end, end, lo: lo.max(end.saturating_sub(LONGEST)) };
        while back.at > back.lo {
            match self.step_back(back) {
                Step::To(at) => back.at = at,
                Step::End => break,
                Step::Is(tokens) => return tokens,
            }
        }
        self.without_lead(back.at, end)
    }

    fn step_back(&self, back: Back) -> Step {
        let Back { at, end, lo } = back;
        let k = at - 1;
        if self.is(k, Tags::QUOTED) {
            return self.step_back_over_quotation(back);
        }
        if self.is(k, Tags::BRACKETED) {
            return Step::To(k);
        }
        if self.is(k, Tags::COMMA | Tags::COLON | Tags::SEMICOLON | Tags::DASH) {
            return Step::End;
        }
        if self.is(k, Tags::STOP) {
            // "Mr. Brown", "U.S. officials": the stop of an abbreviation.
            let short = k > lo
                && self.is_capital(k - 1)
                && self.word(k - 1).len() <= 4
                && !self.is(k - 1, Tags::TIME);
            return if short && k + 1 < end { Step::To(k) } else { Step::End };
        }
        let capital = self.is_capital(k);
        if self.is(k, Tags::SUBJECT) && !(capital && self.word(k).len() == 1 && k + 1 < end) {
            return if at == end { Step::Is(Some(k..end)) } else { Step::End };
        }
        if self.is(k, Tags::BUT | Tags::THAT) && at != end && !capital {
            return Step::End;
        }
        if self.is(k, Tags::AND) {
            return if self.joins(back) { Step::To(k) } else { Step::End };
        }
        if self.is(k, Tags::PREP) && !capital {
            return if self.is_inside(k, lo) { Step::To(k) } else { Step::End };
        }
        if self.is(k, Tags::PREP | Tags::SUBORDINATE) && capital && k == lo {
            // "In a statement Brown said": what the phrase names comes behind it.
            return Step::Is(self.behind_adverbial(at, end));
        }
        if self.is(k, Tags::SUBORDINATE | Tags::ANY_AUX | Tags::TO | Tags::WH)
            || self.is_verb_before(back)
            || self.is(k, Tags::TIME) && at != end && !self.is(k, Tags::AUX)
        {
            return Step::End;
        }
        Step::To(k)
    }

    /// A name may be written in quotation marks: “Sever” magazine.
    fn step_back_over_quotation(&self, Back { at, end, lo }: Back) -> Step {
        let Some(pair) =
            self.quote_at(at - 1).filter(|pair| pair.last - pair.first <= LONGEST_QUOTED && pair.first >= lo)
        else {
            return Step::End;
        };
        let nickname = pair.first > lo && self.is_capital(pair.first - 1) && self.is_capital(at) && at < end;
        let names =
            nickname || pair.first > lo && self.is(pair.first - 1, Tags::BODY | Tags::PERSON | Tags::PAPER);
        if names || at == end { Step::To(pair.first) } else { Step::End }
    }

    /// Whether the "and" before `at` joins two of one phrase.
    fn joins(&self, Back { at, end, lo }: Back) -> bool {
        let k = at - 1;
        k > lo
            && (self.is_capital(k - 1) || self.is(k - 1, Tags::PERSON | Tags::BODY))
            && (self.is_capital(at) || self.is(at, Tags::POSSESSIVE | Tags::PERSON | Tags::DET | Tags::BODY))
            && at < end
    }

    /// Whether the preposition at `k` stands within a phrase: "the head of the port".
    fn is_inside(&self, k: usize, lo: usize) -> bool {
        k > lo
            && !self.is(k, Tags::SUBORDINATE)
            && !self.is(k - 1, Tags::COMMA | Tags::ANY_AUX | Tags::PREP | Tags::STOP | Tags::QUOTED)
            && (!self.is(k - 1, Tags::VERB | Tags::TIME | Tags::ADVERB)
                || self.is(k - 1, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH))
    }

    /// Whether the word before `at` is a verb, and no part of a phrase: "was calling officials", but "planning director".
    fn is_verb_before(&self, Back { at, end, lo }: Back) -> bool {
        let k = at - 1;
        let owned =
            k > lo && matches!(self.word(k - 1), "the" | "a" | "an" | "one" | "The" | "A" | "An" | "One");
        let describes = self.word(k).ends_with("ing")
            && at < end
            && (owned
                || self.is(at, Tags::PERSON)
                    && (k == lo || !self.is(k - 1, Tags::ANY_AUX | Tags::PREP | Tags::TO | Tags::ADVERB)));
        self.is(k, Tags::VERB)
            && !self.is_capital(k)
            && !describes
            && !self.is(k, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH)
            && at != end
    }

    /// A phrase without what stands before it and is no part of it: "then on Monday", "struck by".
    fn without_lead(&self, from: usize, end: usize) -> Option<Range<usize>> {
        let mut at = from;
        let small = Tags::ADVERB | Tags::PREP | Tags::AND | Tags::BUT | Tags::TIME;
        while at < end && (self.is(at, small) && !self.is(at, Tags::DET) || self.is_day(at)) {
            at += 1;
        }
        if at < end && self.page.tokens[at].kind == TokenKind::Possessive {
            at += 1;
        }
        // "was struck by a sign that said", "broken by the paper": the sign says it.
        let noun = Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH | Tags::DET | Tags::POSSESSIVE;
        let participle = self.is_word(at + 1, "by")
            && !self.is_capital(at)
            && (self.word(at).ends_with("ed") || self.word(at).ends_with("en") && !self.is(at, noun));
        if participle && at + 2 < end {
            at += 2;
        }
        (at < end).then_some(at..end)
    }

    /// Whether the number of a day stands at `at`: "June 9", "Aug. 9".
    pub(super) fn is_day(&self, at: usize) -> bool {
        let before = |n: usize, tags: Tags| at.checked_sub(n).is_some_and(|at| self.is(at, tags));
        self.page.tokens[at].kind == TokenKind::Number
            && (before(1, Tags::TIME) || before(1, Tags::STOP) && before(2, Tags::TIME))
    }

    /// The phrase behind an adverbial that begins a sentence without a comma.
    fn behind_adverbial(&self, from: usize, end: usize) -> Option<Range<usize>> {
        let mut at = end;
        while at > from {
            let k = at - 1;
            let starts = self.is(k, Tags::DET | Tags::POSSESSIVE);
            let turns = at < end && self.is_capital(at) && !self.is_capital(k);
            if turns {
                break;
            }
            at = k;
            if starts {
                break;
            }
        }
        (at < end).then_some(at..end)
    }

    /// The noun phrase that begins at `start`, as the subject of an inverted verb of speech or the object of "according
    /// to": up to a comma, a stop, or a word that ends a phrase.
    pub(super) fn phrase_after(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let end = end.min(start + LONGEST);
        let mut at = start;
        if self.is(at, Tags::SUBJECT) && at < end && !self.is(at, Tags::DET) {
            return Some(at..at + 1);
        }
        while at < end {
            match self.step_on(start, at, end) {
                Step::To(next) => at = next,
                Step::End | Step::Is(_) => break,
            }
        }
        (at > start).then_some(start..at)
    }

    fn step_on(&self, start: usize, at: usize, end: usize) -> Step {
        let is_first = at == start;
        if self.is(at, Tags::QUOTED) {
            let names = !is_first && self.is(at - 1, Tags::BODY | Tags::PERSON | Tags::PAPER);
            let pair = self.quote_at(at).filter(|pair| {
                names && pair.first == at && pair.last < end && pair.last - pair.first <= LONGEST_QUOTED
            });
            return pair.map_or(Step::End, |pair| Step::To(pair.last + 1));
        }
        if self.is(at, Tags::STOP) {
            return if !is_first && self.is_of_abbreviation(at, end) { Step::To(at + 1) } else { Step::End };
        }
        if self.is(at, Tags::COMMA | Tags::COLON | Tags::SEMICOLON | Tags::DASH | Tags::BRACKETED) {
            return Step::End;
        }
        if self.is(at, Tags::AND) {
            let joins = self.is_capital(at + 1) || self.is(at + 1, Tags::PERSON | Tags::BODY | Tags::DET);
            return if joins && !is_first { Step::To(at + 1) } else { Step::End };
        }
        if !is_first && self.ends_phrase(at) { Step::End } else { Step::To(at + 1) }
    }

    /// Whether the stop at `at` is that of an abbreviation: "Mr. Brown", "former Nevada Sen. and Reagan confidant Ann Brown".
    fn is_of_abbreviation(&self, at: usize, end: usize) -> bool {
        let short = self.is_capital(at - 1) && self.word(at - 1).len() <= 4;
        let titled = || {
            self.is(at + 1, Tags::AND) && self.page.tokens[at - 1].traits.any(Traits::TITLE.or(Traits::POST))
        };
        short && at + 1 < end && (self.is_capital(at + 1) || titled())
    }

    /// Whether a phrase ends before the word at `at`.
    fn ends_phrase(&self, at: usize) -> bool {
        let others = Tags::SUBORDINATE | Tags::THAT | Tags::RELATIVE | Tags::BUT | Tags::ANY_AUX | Tags::TO;
        let governs = self.is(at, Tags::PREP)
            && (self.is(at + 1, Tags::TIME) || !self.is(at, Tags::OBJECT) && !self.is_of(at));
        self.is(at, others) && !self.is_capital(at)
            || self.is(at, Tags::TIME) && !self.is(at, Tags::AUX)
            // "according to a report released on Monday"
            || self.is(at - 1, Tags::PAPER) && self.is_done(at)
            || governs
            || self.is(at, Tags::VERB) && !self.is_capital(at) && self.is_finite_speech(at)
    }

    fn is_of(&self, at: usize) -> bool {
        matches!(self.word(at), "of" | "for" | "at" | "from" | "with" | "in")
    }

    fn is_finite_speech(&self, at: usize) -> bool {
        self.verb(at, self.page.tokens.len()).is_some_and(|(_, verb)| {
            matches!(verb.form, Form::Past | Form::Third) && !self.is(at, Tags::SPEECH | Tags::PAPER)
        })
    }
}
