//! Statements by a noun of speech: "the mayor’s claim that it rains", "made a statement about the rain".

use super::{
    Polarity,
    clause::{Clause, Reading},
    content::{Onset, Shape},
    draft::{Draft, only},
    word::{Form, Tags},
};
use crate::token::TokenKind;
use std::ops::Range;

/// Tokens between a noun of speech and "that".
const REACH: usize = 9;
/// Tokens of a topic that says something: "her remarks on guns" tell of no more than that she spoke.
const LEAST: usize = 5;

impl Reading<'_, '_> {
    /// The statement that the noun of speech at `at` stands for.
    pub(super) fn noun(&self, at: usize, clause: &Clause, main: Option<&Range<usize>>) -> Option<Draft> {
        let Range { start, end } = clause.tokens;
        if !self.is(at, Tags::SPEECH) || at == start || self.is(at, Tags::QUOTED) || self.is_capital(at) {
            return None;
        }
        let owner = self.owner(at, start);
        let light = self.light_verb(at, start);
        let (onset, marked) = self.onset_of_noun(at, end)?;
        let article = self.is(at - 1, Tags::DET | Tags::ADVERB)
            || self.is_plain_noun(at - 1)
            || self.is(at - 1, Tags::PREP);
        let told = self.is(at - 1, Tags::DET) && self.is_word(at + 1, "about") && self.is(at, Tags::PAPER);
        if !marked && owner.is_none() && light.is_none() && !told {
            return None;
        }
        // "no claim that", "without a word": nothing was said.
        if self.is(at - 1, Tags::NOT) {
            return None;
        }
        let (speaker, first) = match (owner, light) {
            (_, Some(verb)) => {
                let subject = self
                    .subject_before(self.group_start(verb, start), start)
                    .filter(|subject| self.names_somebody(&subject.tokens))
                    .or_else(|| self.shared_subject(clause, main))?;
                (Some(subject.tokens), verb)
            }
            (Some(owner), None) => (Some(owner), at),
            (None, None) if article => (None, at),
            (None, None) => return None,
        };
        let mut content = self.content_from(onset, end, Form::Base)?;
        if !marked {
            // "The statement about the rain was late": the noun is the subject of another verb.
            let verb = content.clone().find(|&at| self.is(at, Tags::ANY_AUX | Tags::RELATIVE | Tags::QUOTED));
            if let Some(verb) = verb.filter(|&at| self.is(at, Tags::ANY_AUX) && at > content.start) {
                content.end = verb;
            }
        }
        if !marked && content.len() < LEAST {
            return None;
        }
        Some(Draft {
            until: content.end,
            speaker,
            cue: Some(first..at + 1),
            content: only(content),
            polarity: Polarity::Assert,
            rule: if light.is_some() { "light-verb" } else { "noun" },
            confidence: if marked { 0.65 } else { 0.5 },
        })
    }

    /// Who owns the noun at `at`: "his claim", "the mayor’s latest claim".
    fn owner(&self, at: usize, lo: usize) -> Option<Range<usize>> {
        let mut owner = at;
        while owner > lo && at - owner < 4 {
            let k = owner - 1;
            if self.is(k, Tags::POSSESSIVE) {
                return Some(k..owner);
            }
            if self.is_possessive(k) {
                let tokens = self.phrase_before(k, lo)?;
                return Some(self.behind_to(tokens)).filter(|tokens| self.names_somebody(tokens));
            }
            let number = self.page.tokens[k].kind == TokenKind::Number;
            if !self.is_plain_noun(k) && !self.is_capital(k) && !self.is(k, Tags::ADVERB) && !number {
                return None;
            }
            owner = k;
        }
        None
    }

    /// "may point to the mayor’s claim", "contrary to his claim": the owner without what stands before "to".
    fn behind_to(&self, tokens: Range<usize>) -> Range<usize> {
        let named = Tags::DET | Tags::POSSESSIVE | Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH;
        let to = tokens.clone().skip(1).find(|&at| self.is(at, Tags::TO));
        let leads = |to: &usize| {
            to + 1 < tokens.end && !(tokens.start..*to).any(|at| self.is_capital(at) || self.is(at, named))
        };
        to.filter(leads).map_or(tokens.start, |to| to + 1)..tokens.end
    }

    /// "made", "gave", "issued" before the noun at `at`, with an article and adjectives between.
    fn light_verb(&self, at: usize, lo: usize) -> Option<usize> {
        let mut k = at;
        while k > lo && at - k < 5 {
            k -= 1;
            let word = self.word(k);
            let light = matches!(
                word,
                "made"
                    | "makes"
                    | "make"
                    | "making"
                    | "gave"
                    | "gives"
                    | "give"
                    | "giving"
                    | "issued"
                    | "issues"
                    | "issuing"
                    | "provided"
                    | "provides"
                    | "providing"
                    | "offered"
                    | "offers"
                    | "offering"
                    | "released"
                    | "releasing"
                    | "delivered"
                    | "repeated"
                    | "repeating"
                    | "voiced"
                    | "voicing"
            );
            if light {
                return (!self.is(k, Tags::QUOTED)).then_some(k);
            }
            if matches!(word, "no" | "any")
                || !self.is_plain_noun(k) && !self.is(k, Tags::DET | Tags::POSSESSIVE)
            {
                return None;
            }
        }
        None
    }

    /// The first token of the auxiliaries and adverbs before the verb at `at`.
    fn group_start(&self, at: usize, lo: usize) -> usize {
        let mut group = at;
        while group > lo
            && self.is(group - 1, Tags::ANY_AUX | Tags::ADVERB)
            && !self.is(group - 1, Tags::QUOTED)
        {
            group -= 1;
        }
        group
    }

    /// Where what was said begins behind a noun of speech, and whether "that" leads to it.
    fn onset_of_noun(&self, at: usize, end: usize) -> Option<(Onset, bool)> {
        let mut next = at + 1;
        let limit = end.min(at + REACH);
        while next < limit {
            if self.is(next, Tags::THAT) && !self.is_that_thing(next) && !self.is(next, Tags::QUOTED) {
                let clause = next == at + 1 || self.has_finite(next + 1, end);
                return clause.then_some((Onset { at: next + 1, shape: Shape::Clause, marked: true }, true));
            }
            let adjunct = self.is(next, Tags::PREP | Tags::TIME | Tags::DET | Tags::POSSESSIVE | Tags::COMMA)
                || self.is_capital(next)
                || self.is_plain_noun(next)
                    && (!self.is(next, Tags::VERB)
                        || self.word(next).ends_with("ing")
                        || self.is(next, Tags::SPEECH | Tags::PAPER))
                || self.page.tokens[next].kind == TokenKind::Number;
            if !adjunct || self.is(next, Tags::COMMA) && !self.is(next + 1, Tags::THAT) {
                break;
            }
            next += 1;
        }
        let topic = match self.word(at + 1) {
            "about" | "of" | "on" | "regarding" | "concerning" => true,
            // "references to the rain", but "comments to an audience"
            "to" => matches!(
                self.word(at),
                "reference" | "references" | "allusion" | "objection" | "objections" | "threat" | "threats"
            ),
            _ => false,
        };
        (topic && at + 2 < end && !self.is(at + 2, Tags::TIME | Tags::VERB))
            .then_some((Onset { at: at + 2, shape: Shape::Phrase, marked: false }, false))
    }
}
