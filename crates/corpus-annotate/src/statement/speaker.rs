//! The words that name a speaker: the subject of a verb of speech, before it or behind it.

use super::{clause::Reading, phrase::LONGEST, word::Tags};
use crate::{name::gazetteer::Traits, token::TokenKind};
use std::ops::Range;

/// Commas that are looked at for the one that opens an apposition.
const MOST_COMMAS: usize = 5;

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// The words that name the speaker.
    pub(super) tokens: Range<usize>,
    /// The first token of all that belongs to the subject, apposition and adverbs included.
    pub(super) from: usize,
}

impl Reading<'_, '_> {
    /// The subject that ends before the token at `end`, not before `lo`.
    pub(super) fn subject_before(&self, end: usize, lo: usize) -> Option<Subject> {
        if end <= lo {
            return None;
        }
        if let Some(paper) = self.paper_before(end, lo) {
            return Some(paper);
        }
        let last = end - 1;
        if self.is(last, Tags::CLOSE) && self.is(last, Tags::BRACKETED) {
            let mut at = last;
            while at > lo && self.is(at - 1, Tags::BRACKETED) {
                at -= 1;
            }
            return self.subject_before(at, lo);
        }
        if self.is(last, Tags::COMMA) || self.is(last, Tags::DASH) {
            return self.subject_before_apposition(last, lo).or_else(|| self.subject_before_comma(last, lo));
        }
        // "a message that said": of a piece, since nobody but things is "that".
        let piece = self.is_word(last, "that") && last > lo && self.is(last - 1, Tags::PAPER | Tags::SPEECH);
        if self.is_relative(last) || piece {
            let before = if self.is(last.wrapping_sub(1), Tags::COMMA) { last - 1 } else { last };
            let tokens = self.phrase_before(before, lo)?;
            return Some(Subject { from: tokens.start, tokens });
        }
        let tokens = self.without_day(self.phrase_before(end, lo)?);
        let described = self.described_by(&tokens, end, lo).or_else(|| self.partners(&tokens, lo));
        Some(described.unwrap_or(Subject { from: tokens.start, tokens }))
    }

    /// The words for a speaker without the day on which they speak: "Jane Brown on Tuesday".
    fn without_day(&self, tokens: Range<usize>) -> Range<usize> {
        let is_day = |at: usize| self.is(at, Tags::TIME) && self.is_capital(at);
        let end = tokens.end - 1;
        let led = end.checked_sub(1).filter(|&on| on > tokens.start && self.is_word(on, "on"));
        match led.filter(|_| is_day(end)) {
            Some(on) => tokens.start..on,
            None => tokens,
        }
    }

    /// "Jane Brown, the mayor of Ely, and John Green said": both, by the words of the second.
    fn partners(&self, second: &Range<usize>, lo: usize) -> Option<Subject> {
        let is_comma = |at: usize| self.is(at, Tags::COMMA) && !self.is(at, Tags::QUOTED | Tags::BRACKETED);
        if second.len() > LONGEST {
            return None;
        }
        // "Jane Brown, John Green and Ann Gray said"
        let listed = second.start.checked_sub(1).filter(|&at| at > lo && is_comma(at));
        if let Some(comma) = listed.filter(|_| second.clone().any(|at| self.is_word(at, "and"))) {
            let first = self.phrase_before(comma, lo).filter(|first| self.is_all_name(first))?;
            let all = first.start..second.end;
            let stands = first.start == lo || self.follows_quotation(first.start, lo);
            return self
                .partners(&all, lo)
                .or_else(|| stands.then_some(Subject { from: first.start, tokens: all }));
        }
        let close = second.start.checked_sub(2).filter(|&at| at > lo && is_comma(at))?;
        if !self.is_word(close + 1, "and") || !self.names_somebody(second) {
            return None;
        }
        let low = lo.max(close.saturating_sub(LONGEST));
        let open = (low + 1..close).rev().find(|&at| is_comma(at))?;
        let opens = self.page.tokens[open + 1];
        let describes = opens.traits.any(Traits::POST)
            || self.is(open + 1, Tags::PERSON | Tags::DET | Tags::POSSESSIVE)
            || self.is_relative(open + 1);
        let first = self.phrase_before(open, lo).filter(|first| self.is_all_name(first))?;
        let stands = first.start == lo || self.follows_quotation(first.start, lo);
        let aside = describes && (self.is_relative(open + 1) || !self.has_finite(open + 1, close));
        (aside && stands).then_some(Subject { from: first.start, tokens: first.start..second.end })
    }

    /// “…,” Brown, said: one comma too many.
    fn subject_before_comma(&self, comma: usize, lo: usize) -> Option<Subject> {
        let tokens = self.phrase_before(comma, lo).filter(|tokens| self.is_all_name(tokens))?;
        self.follows_quotation(tokens.start, lo).then_some(Subject { from: tokens.start, tokens })
    }

    /// "Jane Brown, mayor of Ely said": the comma that would close the apposition is left out.
    fn described_by(&self, apposition: &Range<usize>, end: usize, lo: usize) -> Option<Subject> {
        let is_comma = |at: usize| self.is(at, Tags::COMMA) && !self.is(at, Tags::QUOTED | Tags::BRACKETED);
        let mut comma = apposition.start.checked_sub(1).filter(|&at| at > lo && is_comma(at))?;
        let head = self.head_of(apposition);
        let post = self.page.tokens[head].traits.any(Traits::POST);
        if self.is_capital(apposition.start)
            || self.is(apposition.start, Tags::POSSESSIVE | Tags::SUBJECT | Tags::PREP)
            || !(post || self.is(head, Tags::PERSON) || matches!(self.word(apposition.start), "a" | "an"))
        {
            return None;
        }
        // "Jane Brown, 45, a diver said"
        if comma >= lo + 2 && is_comma(comma - 2) && self.page.tokens[comma - 1].kind == TokenKind::Number {
            comma -= 2;
        }
        let tokens = self.phrase_before(comma, lo).filter(|tokens| self.is_all_name(tokens))?;
        let quoted = self.follows_quotation(tokens.start, lo);
        // "Brown, the mayor said, was ill": the mayor is another.
        let verb = (end..end + 4).find(|&at| self.is(at, Tags::VERB) && !self.is(at, Tags::ANY_AUX))?;
        let aside = self.is(verb + 1, Tags::COMMA | Tags::STOP)
            || self.is_word(apposition.start, "the") && self.is(verb + 1, Tags::TIME | Tags::PREP);
        (quoted || tokens.start == lo && !aside).then_some(Subject { from: tokens.start, tokens })
    }

    /// Whether a phrase is the name of somebody and nothing else.
    fn is_all_name(&self, tokens: &Range<usize>) -> bool {
        let named = |at: usize| self.is_capital(at) || self.is(at, Tags::STOP);
        tokens.clone().all(named) && self.is_person(tokens.clone())
    }

    /// Whether a quotation ends right before `at`, or before the comma there.
    fn follows_quotation(&self, at: usize, lo: usize) -> bool {
        let behind = |at: usize| at > lo && self.is(at - 1, Tags::QUOTED);
        behind(at) || at > lo && self.is(at - 1, Tags::COMMA | Tags::DASH) && behind(at - 1)
    }

    fn is_relative(&self, at: usize) -> bool {
        matches!(self.word(at), "who" | "which")
    }

    /// "Jones, the mayor of Ely, said": what stands before the comma that opens the apposition.
    pub(super) fn subject_before_apposition(&self, comma: usize, lo: usize) -> Option<Subject> {
        let mark = if self.is(comma, Tags::DASH) { Tags::DASH } else { Tags::COMMA };
        let mut at = comma;
        let mut n_commas = 0;
        let lo = lo.max(comma.saturating_sub(60));
        while at > lo {
            at -= 1;
            if !self.is(at, mark) || self.is(at, Tags::QUOTED | Tags::BRACKETED) {
                if self.is(at, Tags::SEMICOLON) {
                    return None;
                }
                continue;
            }
            n_commas += 1;
            if n_commas > MOST_COMMAS {
                return None;
            }
            // "The mayor, Jane Brown, said": the apposition is the name.
            let name = at + 1..comma;
            let named = name.len() <= 4 && !name.is_empty() && name.clone().all(|at| self.is_capital(at));
            let before = self.phrase_before(at, lo);
            // "Korova Foods, a subsidiary of Sever, a unit of Tern, said": what describes is described itself.
            let describes = |tokens: &Range<usize>| {
                matches!(self.word(tokens.start), "a" | "an")
                    && tokens.start > lo + 1
                    && self.is(tokens.start - 1, mark)
                    && !self.is(tokens.start - 1, Tags::QUOTED | Tags::BRACKETED)
            };
            if before.as_ref().is_some_and(describes) {
                continue;
            }
            let holder = |tokens: &Range<usize>| {
                named && name.len() > 1 && self.is(tokens.start, Tags::DET | Tags::POSSESSIVE)
            };
            if let Some(tokens) = before.filter(|tokens| self.names_somebody(tokens) || holder(tokens)) {
                let until = if named { comma } else { tokens.end };
                return Some(Subject { from: tokens.start, tokens: tokens.start..until });
            }
        }
        None
    }

    /// Whether a phrase may speak: a pronoun, a capitalised word, a noun of persons or bodies.
    pub(super) fn names_somebody(&self, tokens: &Range<usize>) -> bool {
        // "Starting in London", "There are calls for it"
        if self.is_opening_participle(tokens.start)
            || tokens.len() == 1 && self.is_word(tokens.start, "there")
        {
            return false;
        }
        tokens.clone().any(|at| {
            let small =
                Tags::TIME | Tags::PREP | Tags::SUBORDINATE | Tags::DET | Tags::BE | Tags::HAVE | Tags::NOT;
            self.is_capital(at) && !self.is(at, small) && !self.is_opening_participle(at)
                || self.is(at, Tags::PERSON | Tags::BODY)
                || tokens.len() == 1 && self.is_person_pronoun(at)
        })
    }

    /// Whether the word at `at` begins a sentence and ends as a participle does: "Holding signs", but not "Beijing".
    pub(super) fn is_opening_participle(&self, at: usize) -> bool {
        self.word(at).ends_with("ing")
            && !at.checked_sub(1).is_some_and(|before| self.page.tokens[before].is_word())
            && !self.is_named(at)
    }

    /// Whether a phrase names what somebody has: "Brown’s visit to Ely".
    pub(super) fn is_owned_thing(&self, tokens: &Range<usize>) -> bool {
        let Some(owner) = tokens.clone().find(|&at| self.is_possessive(at)) else { return false };
        let end = (owner + 1..tokens.end).find(|&at| self.is(at, Tags::PREP)).unwrap_or(tokens.end);
        end > owner + 1 && !self.is_capital(end - 1) && !self.is(end - 1, Tags::PERSON | Tags::BODY)
    }

    /// Whether the token is a pronoun of a person.
    pub(super) fn is_person_pronoun(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "he" | "she"
                | "they"
                | "we"
                | "I"
                | "who"
                | "He"
                | "She"
                | "They"
                | "We"
                | "Who"
                | "others"
                | "Others"
        )
    }
}
