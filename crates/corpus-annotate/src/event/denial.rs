//! Which nouns name an event that did not take place: the text denies it, or calls it off.
//!
//! Every question of this kind is asked here and of [`Reading::truth`], which says it of verbs. A noun is no event by what
//! stands before it ("no talks", "cancelled talks", "plans for talks" that there are none of) or by what its own verb says
//! of it ("the talks in Lima were called off"); the verbs among these are asked how they are told of, so that "the talks
//! were not called off" tells of talks.

use super::{
    denial_table::{
        ASKS, AVERTED, CANCELLATION, CANCELLED, DOES, HAPPENS, HOLDS, OFF, PLANS, PUT_OFF, REJECTED,
        TO_CANCEL,
    },
    truth::{Reading, Truth},
};
use crate::{statement::word::Tags, token::TokenKind};
use std::ops::Range;

/// Tokens behind a noun in which its own verb stands.
const VERB_REACH: usize = 32;
/// Tokens of a group of auxiliaries.
const GROUP_REACH: usize = 6;
/// Tokens behind "than" in which stands what something is compared with.
const COMPARED_REACH: usize = 3;

impl Reading<'_, '_> {
    /// Whether what these tokens name, a noun with what describes it, did not take place and is not to.
    pub(super) fn is_none(&self, noun: &Range<usize>) -> bool {
        let phrase = self.phrase(noun.start);
        if (phrase.start..noun.start).any(|at| self.is_no(at)) && !self.is_compared(noun.end) {
            return true;
        }
        // "a cancelled visit"
        if (phrase.start..noun.end).any(|at| CANCELLED.contains(&self.word(at))) {
            return true;
        }
        let Some(led) = self.before(phrase.start) else { return self.is_given_up_behind(noun.end, true) };
        if self.is(led, Tags::PREP) && !matches!(self.word(led), "off") {
            return self.is_none_by_preposition(led);
        }
        self.is_none_by_verb(led, &phrase, noun.end)
            || self.is_given_up_behind(noun.end, !self.is_word(led) || self.is(led, Tags::THAT))
    }

    /// Whether something is said to be more than another of its kind: "no summit has drawn more than the one in Lima".
    fn is_compared(&self, noun: usize) -> bool {
        let other = |at: usize| {
            (at + 1..self.end.min(at + 1 + COMPARED_REACH))
                .any(|at| matches!(self.word(at), "one" | "this" | "that" | "those" | "last"))
        };
        (noun..self.end.min(noun + VERB_REACH))
            .any(|at| matches!(self.word(at), "than" | "like" | "as") && other(at))
    }

    /// Whether the preposition before the phrase of a noun says that there is none: "without talks", "no plans for talks",
    /// "the cancellation of the talks"; what else it leads to is nobody's subject.
    fn is_none_by_preposition(&self, at: usize) -> bool {
        if self.keeps_from(at) {
            return true;
        }
        let Some(lead) = self.before(at).filter(|&lead| self.page.tokens[lead].is_word()) else {
            return false;
        };
        match self.word(at) {
            "of" | "for" | "about" | "on" if PLANS.contains(&self.word(lead)) => {
                // "a call for talks" is a call; of "the series of talks" what is said is said of the talks.
                self.is_none(&(lead..lead + 1))
            }
            "of" if CANCELLATION.contains(&self.word(lead)) => {
                let phrase = self.phrase(lead);
                let wished = self.before(phrase.start).is_some_and(|led| self.word(led) == "for");
                !wished && !phrase.into_iter().any(|at| self.is_no(at))
            }
            // "nobody asked for talks", "would not agree to talks"
            "for" | "to" if ASKS.contains(&self.word(lead)) => self.truth(lead) == Truth::Denied,
            _ => false,
        }
    }

    /// Whether the verb right before the phrase of a noun says that there is none: "cancelled the talks", "did not hold
    /// talks", "there were not any talks".
    fn is_none_by_verb(&self, at: usize, phrase: &Range<usize>, noun: usize) -> bool {
        // "called off", "ruled out"
        let particle = matches!(self.word(at), "off" | "out");
        let Some(verb) = (if particle { self.before(at) } else { Some(at) }) else { return false };
        let word = self.word(verb);
        if self.is_given_up(verb) {
            // "postponed the meeting to May 21": it is still to come.
            let anew = !CANCELLED.contains(&word)
                && matches!(self.word(noun), "to" | "until")
                && self.is_of_time(noun + 1);
            return !anew && self.is_told(verb);
        }
        if AVERTED.contains(&word) {
            return self.truth(verb) != Truth::Denied;
        }
        let pointed = matches!(
            self.word(phrase.start),
            "the" | "that" | "this" | "these" | "those" | "his" | "her" | "its" | "their"
        );
        let ruled = word.starts_with("rul") == particle;
        if REJECTED.contains(&word) && ruled && !pointed && self.is_told(verb) {
            return true;
        }
        // "it was not a meeting", "there were not any talks"
        if self.is_not(verb) {
            return !pointed;
        }
        !particle && HOLDS.contains(&word) && self.truth(verb) != Truth::Told
    }

    /// Whether a form of a verb that gives up what was to be stands at `at`: "cancelled", "called off", "decided to cancel".
    fn is_given_up(&self, at: usize) -> bool {
        let word = self.word(at);
        let off = || self.word(at + 1) == "off";
        CANCELLED.contains(&word)
            || PUT_OFF.contains(&word)
            || OFF.contains(&word) && off()
            || TO_CANCEL.contains(&word)
                && (!matches!(word, "call" | "put") || off())
                && self.before(at).is_some_and(|lead| match self.word(lead) {
                    "to" => self.before(lead).is_some_and(|lead| DOES.contains(&self.word(lead))),
                    "will" | "must" => true,
                    _ => false,
                })
    }

    /// Whether the verb behind a noun says that it did not take place: "was called off", "has been postponed", "never took
    /// place"; `opens` says that nothing stands before it in its clause.
    fn is_given_up_behind(&self, noun: usize, opens: bool) -> bool {
        let end = self.end.min(noun + VERB_REACH);
        let mut between = false;
        let mut at = noun;
        while at < end {
            let word = self.word(at);
            between |= matches!(word, "between" | "among");
            if let Some(group) = self.group(at, end) {
                return self.is_over(&group) || self.is_given_up_then(group.end, end);
            }
            if self.is_bare_participle(at, noun) {
                return self.is_told(at);
            }
            if self.is(at, Tags::COMMA) && !self.is_of_time(at) {
                if self.is_relative(at + 1)
                    && let Some(group) = self.group(at + 2, end)
                    && self.is_over(&group)
                {
                    return true;
                }
                // "the talks, due to open in May, were called off"
                let close = (at + 2..end).find(|&close| {
                    self.is(close, Tags::COMMA)
                        && !self.is_of_time(close)
                        && self.group(close + 1, end).is_some()
                });
                let Some(close) = close.filter(|_| self.is_aside(at + 1)) else { return false };
                at = close + 1;
                continue;
            }
            let ends = match () {
                // "the talks that were called off", "talks in Lima which were called off"
                () if self.is_relative(at) => {
                    let beside = at == noun
                        || self.page.tokens[at - 1].is_capitalised()
                        || self.is(at - 1, Tags::TIME | Tags::DET);
                    let over = self.group(at + 1, end).is_some_and(|group| self.is_over(&group));
                    return beside && over;
                }
                () if self.is(at, Tags::AND) => {
                    let joins = between
                        || opens
                        || self.page.tokens[at + 1..end].first().is_some_and(|next| next.is_capitalised());
                    !joins
                }
                // "after the talks the flight was called off"
                () if self.is(at, Tags::DET | Tags::POSSESSIVE)
                    && self.page.tokens[at].kind != TokenKind::Number =>
                {
                    let led = self.is(at - 1, Tags::PREP | Tags::AND | Tags::DET);
                    at == noun || !led
                }
                () => self.ends_clause(at) || self.is_verb(at),
            };
            if ends {
                return false;
            }
            at += 1;
        }
        false
    }

    /// The group of auxiliaries that begins at `at`, to its verb: "was then called", "never took".
    fn group(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let opens = self.is(at, Tags::ANY_AUX | Tags::NOT) || self.word(at) == "failed";
        if !opens || self.page.tokens[at].is_capitalised() || self.word(at) == "no" {
            return None;
        }
        let small = Tags::ANY_AUX | Tags::ADVERB | Tags::NOT | Tags::TIME;
        let skips =
            |at: usize| self.is(at, small) || matches!(self.word(at), "to" | "failed" | "forced" | "due");
        let verb = (at + 1..end.min(at + GROUP_REACH)).find(|&at| !skips(at));
        let verb = verb.unwrap_or(at + 1).min(end.saturating_sub(1));
        Some(at..verb + 1)
    }

    /// Whether what a noun names did not take place, by the verb of its group.
    fn is_over(&self, group: &Range<usize>) -> bool {
        let verb = group.end - 1;
        let word = self.word(verb);
        let passive =
            self.before(verb).is_some_and(|before| self.is(before, Tags::BE | Tags::ADVERB | Tags::HAVE));
        if self.is_given_up(verb) {
            let modal = group
                .clone()
                .any(|at| matches!(self.word(at), "would" | "could" | "might" | "may" | "should" | "to"));
            return passive && !modal && self.is_told(verb);
        }
        let off =
            word == "off" && passive && !self.page.tokens.get(verb + 1).is_some_and(|next| next.is_word());
        let happens = HAPPENS
            .iter()
            .any(|(verb_word, next)| *verb_word == word && (next.is_empty() || self.word(verb + 1) == *next));
        off || happens && self.is_denied(verb)
    }

    /// Whether what a noun names is said to be given up behind what was said of it first: "was due in May but was called
    /// off".
    fn is_given_up_then(&self, from: usize, end: usize) -> bool {
        for at in from..end {
            if self.is(at, Tags::SEMICOLON | Tags::COLON | Tags::RELATIVE) {
                return false;
            }
            if !self.is(at, Tags::AND | Tags::BUT) && !matches!(self.word(at), "before" | "until" | "then") {
                continue;
            }
            let it = usize::from(matches!(self.word(at + 1), "it" | "they" | "later" | "then"));
            if let Some(group) = self.group(at + 1 + it, end) {
                return self.is_over(&group);
            }
            let next = self.page.tokens[at + 1..end].first();
            if next.is_none_or(|next| next.tags.has(Tags::DET | Tags::SUBJECT | Tags::POSSESSIVE)) {
                return false;
            }
        }
        false
    }

    /// Whether a participle without auxiliary says what became of a noun, as headlines do: "talks in Lima called off", but
    /// not "the congress scrapped a tax".
    fn is_bare_participle(&self, at: usize, noun: usize) -> bool {
        let off = usize::from(self.word(at + 1) == "off");
        let past = self.word(at).ends_with("ed") || self.word(at) == "put";
        let behind = at + 1 + off;
        let closes = behind >= self.end
            || !self.page.tokens[behind].is_word()
            || self.is(behind, Tags::PREP | Tags::TIME | Tags::SUBORDINATE | Tags::ADVERB);
        let led = at > noun || self.before(at).is_some_and(|before| self.page.tokens[before].is_word());
        past && self.is_given_up(at) && closes && led
    }

    /// Whether what opens behind a comma is said aside: "due to open in May,", "which was planned for May,".
    fn is_aside(&self, at: usize) -> bool {
        let word = self.word(at);
        self.is(at, Tags::RELATIVE | Tags::ADVERB | Tags::PREP)
            || word == "due"
            || word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"))
    }

    fn is_relative(&self, at: usize) -> bool {
        matches!(self.word(at), "which" | "that")
    }
}
