//! Small questions about the words of a sentence.

use super::{
    clause::Reading,
    word::{self, Frames, Tags, Verb},
};
use crate::{
    name::{Name, NameKind},
    page::Found,
    quotation::{QuotationKind, marks::Pair},
    stretch::InOrder,
    token::TokenKind,
};
use std::ops::Range;

impl<'p> Reading<'p, '_> {
    pub(super) fn is_possessive(&self, at: usize) -> bool {
        self.page.tokens.get(at).is_some_and(|token| {
            // Two of them are one quotation mark.
            let doubled = || at > 0 && self.page.word(self.page.tokens[at - 1]) == "'";
            token.kind == TokenKind::Possessive
                || !token.spaced && matches!(self.page.word(*token), "\u{2019}" | "'") && !doubled()
        })
    }

    /// Whether a pair of quotation marks holds the title of something, and not words that were said.
    pub(super) fn is_title(&self, pair: Pair) -> bool {
        let start = self.page.tokens[pair.first].start as usize;
        let quotation = self.page.facts.quotations.beginning_at(start);
        quotation.is_some_and(|quotation| quotation.value.kind == QuotationKind::Title)
    }

    /// Whether a lower-case word stands at `at` that is none of the small ones.
    pub(super) fn is_plain_noun(&self, at: usize) -> bool {
        let small = Tags::DET
            | Tags::POSSESSIVE
            | Tags::PREP
            | Tags::AND
            | Tags::BUT
            | Tags::SUBORDINATE
            | Tags::ADVERB;
        self.page.tokens.get(at).is_some_and(|token| token.is_word() && !token.is_capitalised())
            && !self.is(at, small | Tags::ANY_AUX | Tags::QUOTED)
    }

    /// Whether plain words from `at` on describe somebody: "former mayor Brown", "senior aides".
    pub(super) fn is_described(&self, at: usize, end: usize) -> bool {
        let mut next = at;
        while next < end.min(at + 5) && self.is_plain_noun(next) && !self.is(next, Tags::TIME | Tags::TO) {
            if self.is(next, Tags::PERSON | Tags::BODY) {
                return true;
            }
            next += 1;
        }
        next > at && self.is_capital(next)
    }

    /// The noun that heads a phrase: the word before its first preposition, or else its last.
    pub(super) fn head_of(&self, tokens: &Range<usize>) -> usize {
        let of = tokens.clone().skip(1).find(|&at| self.is(at, Tags::PREP) && !self.is_capital(at));
        of.unwrap_or(tokens.end) - 1
    }

    /// Whether the word at `at` is a plural noun or pronoun, by its look.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        let word = self.word(at);
        matches!(
            word,
            "I" | "we"
                | "they"
                | "you"
                | "We"
                | "They"
                | "You"
                | "police"
                | "Police"
                | "data"
                | "media"
                | "people"
                | "who"
                | "some"
                | "Some"
                | "many"
                | "Many"
                | "men"
                | "women"
        ) || word.len() > 3 && (word.ends_with('s') && !word.ends_with("ss") || word.ends_with("men"))
    }

    /// The verb of speech at `at`, not beyond `end`, and its length in tokens.
    pub(super) fn verb(&self, at: usize, end: usize) -> Option<(usize, Verb)> {
        if self.is(at, Tags::VERB) { word::verb(&self.page.tokens[at..end.max(at)]) } else { None }
    }

    /// Whether a verb of speech with a subject stands in `from..to`.
    pub(super) fn has_cue(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.finite_speech(at).is_some())
    }

    /// Whether any form of a verb of speech stands in `from..to`.
    pub(super) fn has_any_speech(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.verb(at, to).is_some_and(|(_, verb)| verb.frames.has(Frames::QUOTE)))
    }

    /// Behind words of time and place from `at`: the next mark, or `at` where none comes soon.
    pub(super) fn skip_time(&self, at: usize, end: usize) -> usize {
        let mut next = at;
        while next < end
            && (self.is(next, Tags::TIME | Tags::ADVERB)
                || self.is(next, Tags::PREP) && self.is(next + 1, Tags::TIME)
                || self.page.tokens[next].kind == TokenKind::Number
                || !self.page.tokens[next].spaced && matches!(self.word(next), "st" | "nd" | "rd" | "th"))
            && !self.is(next, Tags::QUOTED)
        {
            next += 1;
        }
        next
    }

    /// Behind "and", "but", a comma at the start of a content.
    pub(super) fn skip_lead(&self, mut at: usize, end: usize) -> usize {
        while at < end
            && self.is(at, Tags::COMMA | Tags::SEMICOLON | Tags::STOP | Tags::COLON | Tags::DASH)
            && !self.is(at, Tags::QUOTED)
        {
            at += 1;
        }
        at
    }

    /// Whether an apposition begins at `at`.
    pub(super) fn is_apposition(&self, at: usize) -> bool {
        self.is(at, Tags::RELATIVE)
            || self.is(at, Tags::DET | Tags::POSSESSIVE)
                && (at..at + 6)
                    .any(|at| self.is(at, Tags::PERSON | Tags::BODY | Tags::PAPER) && !self.is_capital(at))
    }

    /// A subject without the verb that follows it and what comes behind.
    pub(super) fn cut_at_verb(&self, tokens: Range<usize>) -> Range<usize> {
        let verb = tokens.clone().skip(1).find(|&at| {
            // "the union also backs it", but "the newly elected mayor", "the mayor herself"
            let word = self.word(at);
            let adverb = self.is(at, Tags::ADVERB)
                && !word.ends_with("self")
                && !word.ends_with("selves")
                && !self.is(at - 1, Tags::DET | Tags::POSSESSIVE | Tags::ADVERB | Tags::PREP);
            !self.is_capital(at)
                && (adverb
                    || self.is(at, Tags::VERB)
                        && !self.is(at, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH)
                    || self.word(at).ends_with("ed"))
        });
        tokens.start..verb.unwrap_or(tokens.end)
    }

    /// Whether a name covers the token at `at`.
    pub(super) fn is_named(&self, at: usize) -> bool {
        self.page.facts.names.over(self.page.tokens[at].start as usize).is_some()
    }

    /// The names that lie in `tokens`, in order.
    pub(super) fn names_within(&self, tokens: Range<usize>) -> &'p [Found<Name>] {
        let page = self.page;
        let within = page.tokens.get(tokens).unwrap_or_default();
        let (Some(first), Some(last)) = (within.first(), within.last()) else { return &[] };
        page.facts.names.touching(first.start as usize..last.end as usize)
    }

    /// Whether a name of a person or body lies in `tokens`.
    pub(super) fn is_person(&self, tokens: Range<usize>) -> bool {
        self.names_within(tokens).iter().any(|name| name.value.kind != NameKind::Loc)
    }
}
