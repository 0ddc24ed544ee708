//! How a text tells of what a verb says: as true, as denied, or as no more than supposed.
//!
//! It is read from the group of the verb ("could not meet", "refused to meet"), from its subject ("nobody met") and from
//! what leads its clause ("if they met").

use super::{
    denial_table::{
        ASKING, AVERTED, CANCELLED, DENYING, KEPT_FROM, LEADS, NEARLY, NO_DENIAL, NOBODY, NOT_DENIAL, PLANS,
        PUT_OFF, REFUSALS, REJECTED, SUPPOSING, TO_CANCEL,
    },
    party_table::LEAD_TO,
};
use crate::{
    name::gazetteer::Traits,
    page::Page,
    sentence::Sentence,
    statement::word::{self, Frames, Tags},
    stretch::InOrder,
    token::TokenKind,
};
use std::ops::Range;

/// Tokens before a verb in which its subject and what leads its clause stand.
const CLAUSE_REACH: usize = 24;
/// Tokens before a noun that are part of its phrase.
const PHRASE_REACH: usize = 8;

/// How a text tells of what a verb says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    /// It is so: "they met", "they will meet", "never failed to meet".
    Told,
    /// It is not: "they never met", "nobody met", "refused to meet".
    Denied,
    /// It may be, or might have been: "if they met", "would have met".
    Supposed,
}

/// A sentence, as it is asked what it denies.
#[derive(Clone, Copy)]
pub(super) struct Reading<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'p, 'd> Reading<'p, 'd> {
    pub(super) const fn new(page: &'p Page<'d>, sentence: &Sentence) -> Self {
        Reading { page, start: sentence.tokens.start, end: sentence.tokens.end }
    }

    /// Whether what the verb at `at` says is told as something that happened or is to happen.
    pub(super) fn is_told(&self, at: usize) -> bool {
        self.truth(at) == Truth::Told
    }

    /// Whether what the verb at `at` says is denied.
    pub(super) fn is_denied(&self, at: usize) -> bool {
        self.truth(at) == Truth::Denied
    }

    /// Whether a word is the verb of what stands before it, and does not describe what stands behind it: "cancelled" of
    /// "Peru cancelled talks", but not of "the cancelled talks".
    pub(super) fn is_predicate(&self, at: usize) -> bool {
        let word = self.word(at);
        let token = self.page.tokens[at];
        let known = [&CANCELLED[..], &PUT_OFF, &REJECTED, &AVERTED].iter().any(|words| words.contains(&word));
        let past = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
        // "agreed to cancel talks"
        let base =
            TO_CANCEL.contains(&word) && self.before(at).is_some_and(|to| self.is(to, Tags::TO | Tags::AUX));
        if token.is_capitalised() || token.hyphenated || !known && !past {
            return base;
        }
        let mut subject = at;
        while let Some(before) = self.before(subject).filter(|&before| self.is(before, Tags::ADVERB)) {
            subject = before;
        }
        let Some(subject) = self.before(subject) else { return false };
        let (token, word) = (self.page.tokens[subject], self.word(subject));
        let who = Tags::SUBJECT | Tags::PERSON | Tags::BODY | Tags::ANY_AUX | Tags::RELATIVE | Tags::NOT;
        let small = Tags::DET | Tags::POSSESSIVE | Tags::PREP | Tags::AND | Tags::TIME;
        let name = token.is_capitalised() && !self.is(subject, small);
        self.is(subject, who) && word != "no"
            || token.is_word() && (name || !self.is(subject, small) && word.ends_with('s'))
            || known && self.is(subject, Tags::TIME | Tags::CLOSE)
    }

    /// How the text tells of what the verb at `at` says.
    pub(super) fn truth(&self, at: usize) -> Truth {
        let mut n_denials = 0;
        let mut group = at;
        let (mut perfect, mut modal) = (false, false);
        while let Some(before) = self.before(group).filter(|&before| at - before < CLAUSE_REACH) {
            let word = self.word(before);
            let lead = self.before(before);
            if self.is_not(before) {
                n_denials += 1;
                group = before;
            } else if word == "longer" && lead.is_some_and(|lead| self.is_word_of(lead, "no")) {
                n_denials += 1;
                group = before - 1;
            } else if self.is(before, Tags::ANY_AUX | Tags::ADVERB) && !self.is_capital_inside(before) {
                n_denials += usize::from(NEARLY.contains(&word));
                perfect |= matches!(word, "have" | "'ve" | "’ve");
                modal |= matches!(word, "would" | "could" | "should" | "might" | "may");
                group = before;
            } else if let Some(lead) = lead.filter(|_| word == "to") {
                // "decided not to meet": "not" is met before "to".
                let led = self.word(lead);
                let too_much = self.before(lead).is_some_and(|at| self.is_word_of(at, "too"));
                if REFUSALS.contains(&led) || too_much {
                    n_denials += 1;
                } else if !LEAD_TO.contains(&led) && !LEADS.contains(&led) && !self.is(lead, Tags::BE) {
                    if self.is_not(lead) {
                        n_denials += 1;
                    }
                    break;
                }
                group = lead;
            } else {
                n_denials += usize::from(self.keeps_from(before));
                break;
            }
        }
        if let Some(clause) = self.clause(group) {
            return clause;
        }
        match n_denials % 2 {
            1 => Truth::Denied,
            _ if perfect && modal => Truth::Supposed,
            _ => Truth::Told,
        }
    }

    /// Whether a token right before a verb says that it was not done: "without meeting", "denied having met", "barred
    /// Moreno from visiting".
    pub(super) fn keeps_from(&self, at: usize) -> bool {
        let word = self.word(at);
        let lead = || self.before(at).map_or("", |lead| self.word(lead));
        let from = || (at.saturating_sub(4).max(self.start)..at).any(|at| KEPT_FROM.contains(&self.word(at)));
        DENYING.contains(&word)
            || self.is_word_of(at, "without")
            || word == "of" && self.is_lead(at, "instead")
            || word == "than" && lead() == "rather"
            || word == "from" && from()
    }

    /// Whether a word, in lower case or at the beginning of a sentence, stands right before `at`.
    fn is_lead(&self, at: usize, word: &str) -> bool {
        self.before(at).is_some_and(|lead| self.is_word_of(lead, word))
    }

    /// What the subject of a group of auxiliaries, and what leads its clause, say of it; nothing where they leave it.
    fn clause(&self, group: usize) -> Option<Truth> {
        let first = group.saturating_sub(CLAUSE_REACH).max(self.start);
        for at in (first..group).rev() {
            let lead = || self.before(at);
            if SUPPOSING.iter().any(|word| self.is_word_of(at, word)) {
                return Some(Truth::Supposed);
            }
            // "in case they met"
            if self.word(at) == "case" && self.is_lead(at, "in") {
                return Some(Truth::Supposed);
            }
            if NOBODY.iter().any(|word| self.is_word_of(at, word)) {
                return Some(Truth::Denied);
            }
            // "No minister met", "said no minister met", but "made no mention of a treaty signed in May"
            if self.is_no(at) {
                let is_object = lead().is_some_and(|lead| self.is_verb(lead) && !self.takes_clause(lead));
                return (!is_object).then_some(Truth::Denied);
            }
            // "Not one minister met", but "it was not the first time they met"
            if self.is_not(at) && lead().is_none_or(|lead| !self.is_verb(lead)) {
                return Some(Truth::Denied);
            }
            if self.word(at) == "that" {
                return lead().filter(|&lead| self.denies_clause(lead)).map(|_| Truth::Denied);
            }
            // "Did they meet?"
            let asks = || {
                ASKING.iter().any(|word| self.is_word_of(at, word))
                    && (!self.is_word_of(at, "will") || self.word(self.end - 1) == "?")
            };
            if at == self.start && at + 1 < group && asks() {
                return Some(Truth::Supposed);
            }
            if self.ends_clause(at) || self.is_verb(at) || self.opens_relative(at) {
                return None;
            }
        }
        None
    }

    /// Whether a verb of speech stands at `at` that a clause may follow: "said".
    fn takes_clause(&self, at: usize) -> bool {
        word::verb(&self.page.tokens[at..self.end]).is_some_and(|(_, verb)| verb.frames.has(Frames::CLAUSE))
    }

    /// Whether a subject begins right behind a noun, of which it says something: "the pact | Korova Foods signed", but
    /// "the minister Ana Pires".
    fn opens_relative(&self, at: usize) -> bool {
        let opens = self.is_capital_inside(at) || self.is(at, Tags::SUBJECT);
        let small =
            Tags::PREP | Tags::DET | Tags::POSSESSIVE | Tags::AND | Tags::BUT | Tags::PERSON | Tags::BODY;
        let noun = |at: usize| {
            let token = self.page.tokens[at];
            let leads = SUPPOSING.iter().any(|word| self.is_word_of(at, word)) || self.is_not(at);
            let other = self.is(at, small | Tags::ADVERB | Tags::ANY_AUX | Tags::SUBORDINATE | Tags::TIME);
            token.is_word()
                && !token.is_capitalised()
                && !other
                && !leads
                && !token.traits.any(Traits::POST.or(Traits::TITLE))
        };
        opens && self.before(at).is_some_and(noun)
    }

    /// Whether the word before "that" denies the clause behind it: "denied that", "no evidence that".
    fn denies_clause(&self, at: usize) -> bool {
        DENYING.contains(&self.word(at)) && self.is_told(at)
            || PLANS.contains(&self.word(at)) && self.is_no_before(at)
            || self.word(at) == "true" && self.before(at).is_some_and(|not| self.is_not(not))
    }

    /// Whether "no" stands before a noun, with what describes it between.
    fn is_no_before(&self, noun: usize) -> bool {
        self.phrase(noun).any(|at| self.is_no(at))
    }

    /// The tokens from where the phrase of a noun begins to the noun: "no such", "the Norwegian king's planned".
    pub(super) fn phrase(&self, noun: usize) -> Range<usize> {
        let mut start = noun;
        while let Some(before) = self.before(start).filter(|&before| noun - before < PHRASE_REACH) {
            let token = self.page.tokens[before];
            let possessive = token.kind == TokenKind::Possessive
                || !token.spaced && matches!(self.word(before), "’" | "'");
            let small = Tags::PREP
                | Tags::AND
                | Tags::TO
                | Tags::SUBORDINATE
                | Tags::BUT
                | Tags::RELATIVE
                | Tags::OBJECT
                | Tags::ANY_AUX;
            let led = self.is(before, Tags::DET | Tags::POSSESSIVE);
            let inner = token.is_word() && !self.is(before, small) && !self.is_verb(before);
            // "no U.K. talks"
            let acronym = self.word(before) == "." && !token.spaced;
            if !possessive && !led && !acronym && !inner && token.kind != TokenKind::Number
                || self.is_predicate(before)
            {
                break;
            }
            start = before;
            // An article or a pronoun opens it.
            let opens = ["no", "the", "a", "an"].iter().any(|word| self.is_word_of(before, word));
            if opens || self.is(before, Tags::POSSESSIVE) {
                start -= usize::from(self.is_lead(before, "such"));
                break;
            }
        }
        start..noun
    }

    /// Whether "no" at `at` denies what it stands before, which "no doubt" and "No. 10" do not.
    pub(super) fn is_no(&self, at: usize) -> bool {
        let next = self.page.tokens.get(at + 1).filter(|_| at + 1 < self.end);
        self.is_word_of(at, "no")
            && next.is_some_and(|next| next.is_word() && !NO_DENIAL.contains(&self.page.word(*next)))
    }

    /// Whether a word denies the verb beside it: "not", "never", "cannot", and not "no", "nor" and "not only".
    pub(super) fn is_not(&self, at: usize) -> bool {
        self.is(at, Tags::NOT)
            && !["no", "nor", "neither"].iter().any(|word| self.is_word_of(at, word))
            && !NOT_DENIAL.contains(&self.word(at + 1))
    }

    /// Whether another clause begins at `at`, or a bracket opens or closes.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        let marks = Tags::COMMA | Tags::SEMICOLON | Tags::COLON | Tags::OPEN | Tags::CLOSE | Tags::DASH;
        let joins = Tags::THAT | Tags::RELATIVE | Tags::BUT;
        self.is(at, marks) && !self.is_of_time(at)
            || self.is(at, Tags::STOP) && self.word(at) != "."
            || self.is(at, joins) && !self.page.tokens[at].is_capitalised()
            || self.is(at, Tags::SUBORDINATE) && !self.is(at, Tags::PREP)
            || matches!(self.word(at), "after" | "before" | "since" | "until")
    }

    /// Whether a verb stands at `at`, by the lists or by its ending.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        let token = self.page.tokens[at];
        let noun = Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH;
        let word = self.word(at);
        let past = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
        let led = self.before(at).is_some_and(|before| {
            self.is(before, Tags::POSSESSIVE | Tags::DET)
                || self.is_word_of(before, "neither")
                || self.page.tokens[before].traits.any(Traits::ADJECTIVE)
        });
        token.is_word()
            && !token.is_capitalised()
            && (self.is(at, Tags::ANY_AUX) || !led && (past || self.is(at, Tags::VERB) && !self.is(at, noun)))
    }

    /// Whether a token is part of a time: the comma of "May 3, 2021".
    pub(super) fn is_of_time(&self, at: usize) -> bool {
        self.page
            .tokens
            .get(at)
            .is_some_and(|token| self.page.facts.times.over(token.start as usize).is_some())
    }

    /// Whether a token within the sentence begins with a capital: "Will" and "May" are names there.
    fn is_capital_inside(&self, at: usize) -> bool {
        at > self.start && self.page.tokens[at].is_capitalised()
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.page.tokens[at].is_word()
    }

    /// Whether a token is this word, whatever its case.
    fn is_word_of(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    pub(super) fn is(&self, at: usize, tags: Tags) -> bool {
        self.page.tokens.get(at).is_some_and(|token| token.tags.has(tags))
    }

    /// The word at `at`; empty behind the sentence.
    pub(super) fn word(&self, at: usize) -> &'d str {
        self.page.tokens.get(at).filter(|_| at < self.end).map_or("", |token| self.page.word(*token))
    }

    /// The token before another of the sentence.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|&before| before >= self.start)
    }
}
