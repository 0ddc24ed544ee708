//! The words that name a speaker: the subject of a verb of speech, before it or behind it.

use super::{
    clause::Reading,
    word::{Form, Tags},
};
use crate::{name::gazetteer::Traits, token::TokenKind};
use std::ops::Range;

/// Tokens that the name of a speaker may have.
const LONGEST: usize = 30;
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

    /// The noun phrase that ends before `end`.
    pub(super) fn phrase_before(&self, end: usize, lo: usize) -> Option<Range<usize>> {
        let lo = lo.max(end.saturating_sub(LONGEST));
        let mut at = end;
        while at > lo {
            let k = at - 1;
            if self.is(k, Tags::QUOTED) {
                // A name may be written in quotation marks: “Sever” magazine.
                let Some(pair) =
                    self.quote_at(k).filter(|pair| pair.last - pair.first <= 6 && pair.first >= lo)
                else {
                    break;
                };
                let nickname =
                    pair.first > lo && self.is_capital(pair.first - 1) && self.is_capital(at) && at < end;
                let names = nickname
                    || pair.first > lo && self.is(pair.first - 1, Tags::BODY | Tags::PERSON | Tags::PAPER);
                if !names && at != end {
                    break;
                }
                at = pair.first;
                continue;
            }
            if self.is(k, Tags::BRACKETED) {
                at = k;
                continue;
            }
            if self.is(k, Tags::COMMA | Tags::COLON | Tags::SEMICOLON | Tags::DASH) {
                break;
            }
            if self.is(k, Tags::STOP) {
                // "Mr. Brown", "U.S. officials": the stop of an abbreviation.
                let short = k > lo
                    && self.is_capital(k - 1)
                    && self.word(k - 1).len() <= 4
                    && !self.is(k - 1, Tags::TIME);
                if short && k + 1 < end {
                    at = k;
                    continue;
                }
                break;
            }
            let capital = self.is_capital(k);
            if self.is(k, Tags::SUBJECT) && !(capital && self.word(k).len() == 1 && k + 1 < end) {
                if at == end {
                    return Some(k..end);
                }
                break;
            }
            if self.is(k, Tags::BUT | Tags::THAT) && at != end && !capital {
                break;
            }
            if self.is(k, Tags::AND) {
                let joins = k > lo
                    && (self.is_capital(k - 1) || self.is(k - 1, Tags::PERSON | Tags::BODY))
                    && (self.is_capital(at)
                        || self.is(at, Tags::POSSESSIVE | Tags::PERSON | Tags::DET | Tags::BODY))
                    && at < end;
                if !joins {
                    break;
                }
                at = k;
                continue;
            }
            if self.is(k, Tags::PREP) && !capital {
                let subordinate = self.is(k, Tags::SUBORDINATE);
                let inside = k > lo
                    && !subordinate
                    && !self.is(k - 1, Tags::COMMA | Tags::ANY_AUX | Tags::PREP | Tags::STOP | Tags::QUOTED)
                    && (!self.is(k - 1, Tags::VERB | Tags::TIME | Tags::ADVERB)
                        || self.is(k - 1, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH));
                if inside {
                    at = k;
                    continue;
                }
                break;
            }
            if self.is(k, Tags::PREP | Tags::SUBORDINATE) && capital && k == lo {
                // "In a statement Brown said": what the phrase names comes behind it.
                return self.behind_adverbial(at, end);
            }
            if self.is(k, Tags::SUBORDINATE | Tags::ANY_AUX | Tags::TO | Tags::WH) {
                break;
            }
            // "planning director", but "was calling officials"
            let owned =
                k > lo && matches!(self.word(k - 1), "the" | "a" | "an" | "one" | "The" | "A" | "An" | "One");
            let describes = self.word(k).ends_with("ing")
                && at < end
                && (owned
                    || self.is(at, Tags::PERSON)
                        && (k == lo
                            || !self.is(k - 1, Tags::ANY_AUX | Tags::PREP | Tags::TO | Tags::ADVERB)));
            if self.is(k, Tags::VERB)
                && !capital
                && !describes
                && !self.is(k, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH)
                && at != end
            {
                break;
            }
            if self.is(k, Tags::TIME) && at != end && !self.is(k, Tags::AUX) {
                break;
            }
            at = k;
        }
        while at < end
            && (self.is(at, Tags::ADVERB | Tags::PREP | Tags::AND | Tags::BUT | Tags::TIME)
                && !self.is(at, Tags::DET)
                || self.is_day(at))
        {
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
            if self.is(at, Tags::QUOTED) {
                let Some(pair) = self.quote_at(at).filter(|pair| {
                    pair.first == at
                        && pair.last < end
                        && pair.last - pair.first <= 6
                        && at > start
                        && self.is(at - 1, Tags::BODY | Tags::PERSON | Tags::PAPER)
                }) else {
                    break;
                };
                at = pair.last + 1;
                continue;
            }
            if self.is(at, Tags::STOP) {
                let short = at > start && self.is_capital(at - 1) && self.word(at - 1).len() <= 4;
                // "former Nevada Sen. and Reagan confidant Ann Brown"
                let titled = || {
                    self.is(at + 1, Tags::AND)
                        && self.page.tokens[at - 1].traits.any(Traits::TITLE.or(Traits::POST))
                };
                if short && at + 1 < end && (self.is_capital(at + 1) || titled()) {
                    at += 1;
                    continue;
                }
                break;
            }
            if self.is(at, Tags::COMMA | Tags::COLON | Tags::SEMICOLON | Tags::DASH | Tags::BRACKETED) {
                break;
            }
            if self.is(at, Tags::AND) {
                let joins = self.is_capital(at + 1) || self.is(at + 1, Tags::PERSON | Tags::BODY | Tags::DET);
                if joins && at > start {
                    at += 1;
                    continue;
                }
                break;
            }
            if at > start
                && self.is(
                    at,
                    Tags::SUBORDINATE | Tags::THAT | Tags::RELATIVE | Tags::BUT | Tags::ANY_AUX | Tags::TO,
                )
                && !self.is_capital(at)
            {
                break;
            }
            if at > start && self.is(at, Tags::TIME) && !self.is(at, Tags::AUX) {
                break;
            }
            // "according to a report released on Monday"
            if at > start && self.is(at - 1, Tags::PAPER) && self.is_done(at) {
                break;
            }
            if at > start
                && self.is(at, Tags::PREP)
                && (self.is(at + 1, Tags::TIME) || !self.is(at, Tags::OBJECT) && !self.is_of(at))
            {
                break;
            }
            if at > start && self.is(at, Tags::VERB) && !self.is_capital(at) && self.is_finite_speech(at) {
                break;
            }
            at += 1;
        }
        (at > start).then_some(start..at)
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
