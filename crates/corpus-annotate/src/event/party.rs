//! The parties of an event: who takes part in it, told from those whom its sentence only names.

use super::{
    kind::EventKind,
    party_table::{
        GATHERINGS, HEARD, JOURNEYS, LEAD_TO, OUTSIDE, OWNERS, PARTIES, PRESENT, PRESENT_BY_PHONE, TAKE_PART,
        TAKEN_PART,
    },
    truth::Reading,
};
use crate::{
    dateline,
    name::{
        NameKind,
        gazetteer::{Traits, gazetteer},
    },
    page::Page,
    sentence::Sentence,
    statement::word::{self, Frames, Tags},
    stretch::InOrder,
    token::{Key, TokenKind},
};
use std::ops::Range;

/// Tokens before a mention that are looked through for its subject.
const SUBJECT_REACH: usize = 40;
/// Tokens between "held" and the place of what is held.
const HELD_REACH: usize = 4;
/// Tokens of a sentence within which the place of all of it is named.
const OPENING: usize = 3;
/// Tokens between a name with a possessive and the noun that it owns.
const OWNED_REACH: usize = 4;

/// A mention of an event in a sentence, as those who take part are asked for.
pub(super) struct Scene<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    pub(super) sentence: &'p Sentence,
    /// The tokens of the mention.
    pub(super) tokens: Range<usize>,
    /// Whether it is a noun, and not a verb.
    pub(super) is_noun: bool,
    pub(super) kind: EventKind,
    /// The first token of the sentence behind the dateline of a report.
    begun: usize,
}

impl<'p, 'd> Scene<'p, 'd> {
    pub(super) fn new(
        page: &'p Page<'d>,
        sentence: &'p Sentence,
        tokens: Range<usize>,
        is_noun: bool,
        kind: EventKind,
    ) -> Self {
        let begun = dateline::behind(page, &sentence.tokens);
        Scene { page, sentence, tokens, is_noun, kind, begun }
    }
}

impl Scene<'_, '_> {
    /// Whether who or what is named by these tokens takes part.
    pub(super) fn takes_part(&self, name: &Range<usize>) -> bool {
        if name.start < self.begun {
            false
        } else if name.end <= self.tokens.start {
            if self.is_noun { self.leads_noun(name) } else { self.is_subject(name) }
        } else if name.start >= self.tokens.end {
            self.follows(name)
        } else {
            // "the Lima talks"
            true
        }
    }

    /// Before a noun: its owner or first part, or the subject of a verb of those who take part.
    fn leads_noun(&self, name: &Range<usize>) -> bool {
        let between = name.end..self.tokens.start;
        // "the Harbour Board (HB) council talks"
        let owned = between.start + usize::from(self.is(between.start, Tags::CLOSE))..between.end;
        if between.len() <= OWNED_REACH
            && !owned.clone().any(|at| self.parts(at) || self.is(at, Tags::AND | Tags::PREP))
        {
            return self.is_possessive(name.end) || owned.clone().all(|at| self.is_small(at));
        }
        let between = self.behind_aside(name.end)..self.tokens.start;
        // "accused of lying"
        let gerund = |at: usize| self.word(at).ends_with("ing") && self.is(at - 1, Tags::PREP);
        let mut verbs = between.clone().filter(|&at| self.is_verb(at) && !self.is_helper(at) && !gerund(at));
        // "attended talks", behind what is said aside.
        let first = Some(self.tokens.start).filter(|&first| self.takes_part_by(first));
        let verb = match (verbs.next(), verbs.next()) {
            (None, None) if first.is_some() => first,
            (Some(verb), None) => Some(verb).filter(|&at| self.takes_part_as(at)),
            // "has a meeting", "has flown to a meeting", but "has heard of a meeting"
            (None, None) => between.clone().find(|&at| self.takes_part_by(at)).filter(|&at| {
                let governor = self.governor().filter(|&governor| governor > at).map(|at| self.word(at));
                governor.is_none_or(|governor| governor == "to" || PRESENT.contains(&governor))
            }),
            _ => None,
        };
        // "told Moreno in a phone call"
        let verb_before = self.titled(name).checked_sub(1).filter(|&at| at >= self.start());
        let heard = verb_before.is_some_and(|at| HEARD.contains(&self.word(at)))
            && self.is_at_gathering(between.start)
            && !between.clone().any(|at| self.is_verb(at) || self.ends_clause(at));
        if heard {
            return true;
        }
        verb.is_some_and(|verb| {
            let before = between.start..verb;
            self.is_free(name, before) && !self.reading().is_denied(verb)
        })
    }

    /// The sentence, as it is asked for what it denies.
    const fn reading(&self) -> Reading<'_, '_> {
        Reading::new(self.page, self.sentence)
    }

    /// Whether a verb of those who take part stands at `at`.
    fn takes_part_by(&self, at: usize) -> bool {
        TAKE_PART.contains(&self.word(at))
    }

    /// Whether the subject of the verb at `at` takes part in what the noun behind it names.
    fn takes_part_as(&self, at: usize) -> bool {
        if self.takes_part_by(at) {
            return !self.is_outside(at);
        }
        // "signed it during a meeting between their ministers"
        if self.word(self.tokens.end) == "between" {
            return false;
        }
        // "told reporters at a meeting", but "was named at a meeting"
        let passive =
            (self.start()..at).rev().take_while(|&at| self.is_helper(at)).any(|at| self.is(at, Tags::BE));
        !passive && self.is_at_gathering(at)
    }

    /// Whether it is a gathering, and a preposition behind `at` says that what is told of happened there.
    fn is_at_gathering(&self, at: usize) -> bool {
        GATHERINGS.contains(&self.kind)
            && self.governor().is_some_and(|governor| {
                let word = self.word(governor);
                let by_phone = self.kind == EventKind::Call && PRESENT_BY_PHONE.contains(&word);
                governor >= at && (by_phone || PRESENT.contains(&word))
            })
    }

    /// Whether a preposition behind `at` says that what is told of was not at the event: "left before the meeting".
    fn is_outside(&self, at: usize) -> bool {
        self.governor().filter(|&governor| governor > at).is_some_and(|governor| {
            OUTSIDE.contains(&self.word(governor))
                || self.word(governor) == "of" && matches!(self.word(governor - 1), "ahead" | "instead")
        })
    }

    /// The preposition right before the noun, its articles and what describes it.
    fn governor(&self) -> Option<usize> {
        let start = self.start();
        let described = Tags::DET | Tags::POSSESSIVE | Tags::TIME | Tags::ADVERB;
        let before = (start..self.tokens.start).rev().take(OWNED_REACH);
        before
            .take_while(|&at| self.is(at, Tags::PREP) || self.is(at, described) || self.is_small(at))
            .find(|&at| self.is(at, Tags::PREP))
    }

    /// Where it goes on behind what is said aside of a name: ", who had come by train,".
    fn behind_aside(&self, end: usize) -> usize {
        let word = self.word(end + 1);
        let is_aside = self.is(end, Tags::COMMA)
            && (matches!(word, "who" | "which" | "whose") || word.len() > 5 && word.ends_with("ing"));
        let close = (end + 1..self.tokens.start).find(|&at| self.is(at, Tags::COMMA) && !self.is_of_time(at));
        close.filter(|_| is_aside).map_or(end, |close| close + 1)
    }

    /// Before a verb: its subject, or that of the verb that "and" joins it to.
    fn is_subject(&self, name: &Range<usize>) -> bool {
        let group = self.group();
        // "Moreno, who met"
        if group > name.end && matches!(self.word(group - 1), "who" | "which") {
            return (name.end..group - 1).all(|at| self.is(at, Tags::COMMA));
        }
        let joined = group > 0 && self.is(group - 1, Tags::AND | Tags::BUT) || self.is_purpose(group);
        let start = self.behind_aside(name.end);
        let mut before = self.start().max(if start > name.end { start } else { 0 })..group;
        let verb = before.find(|&at| self.is_verb(at) && !self.is_helper(at)).filter(|_| joined);
        let between = start..verb.unwrap_or(group);
        between.start <= between.end
            && !between.clone().any(|at| self.is_verb(at) && !self.is_helper(at))
            && self.is_free(name, between)
    }

    /// Whether the verb says what a journey before it is for: "flew to Lima to meet".
    fn is_purpose(&self, group: usize) -> bool {
        group > self.start()
            && self.word(group - 1) == "to"
            && (self.start()..group - 1)
                .rev()
                .find(|&at| self.is_verb(at) && !self.is_helper(at))
                .is_some_and(|at| JOURNEYS.contains(&self.word(at)))
    }

    /// The first of the auxiliaries and adverbs before a verb, with what leads to it: "is expected to".
    fn group(&self) -> usize {
        let start = self.start();
        let mut group = self.tokens.start;
        while group > start {
            let leads = group > start + 1
                && self.word(group - 1) == "to"
                && (self.is(group - 2, Tags::BE) || LEAD_TO.contains(&self.word(group - 2)));
            group -= match () {
                () if leads => 2,
                () if self.is(group - 1, Tags::ANY_AUX | Tags::ADVERB) => 1,
                () => break,
            };
        }
        group
    }

    /// Whether "he" or "she" is the subject, or "his" or "her" owns the noun.
    pub(super) fn has_pronoun(&self) -> bool {
        let group = self.group();
        let word = |n: usize| group.checked_sub(n).map_or("", |at| self.word(at));
        if self.is_noun {
            let is_owner = |word: &str| matches!(word, "his" | "her" | "His" | "Her");
            is_owner(word(1)) || is_owner(word(2)) && self.is_small(group - 1)
        } else {
            matches!(word(1), "he" | "she" | "He" | "She")
        }
    }

    /// Whether "it" (false) or "they" (true) is the subject of a verb, or owns the noun.
    pub(super) fn has_body_pronoun(&self) -> Option<bool> {
        let group = self.group();
        // "it was signed": what was signed.
        let passive = (group..self.tokens.start).any(|at| self.is(at, Tags::BE));
        match group
            .checked_sub(1)
            .filter(|_| !passive)
            .filter(|&at| at > self.sentence.tokens.start)
            .map(|at| self.word(at))?
        {
            "it" if !self.is_noun => Some(false),
            "they" if !self.is_noun => Some(true),
            "its" if self.is_noun => Some(false),
            "their" if self.is_noun => Some(true),
            _ => None,
        }
    }

    /// Whether it happens at a place that is named with "in" or the like: one behind it in its clause, or one before it
    /// in its clause or at the beginning of the sentence.
    pub(super) fn happens_at(&self, name: &Range<usize>) -> bool {
        let first = self.sentence.tokens.start;
        let opens = self.is(first, Tags::PREP) && name.start <= first + OPENING;
        let between = if name.end <= self.tokens.start {
            // "an election in Peru which ended with protests"
            let relative = name.end < self.tokens.start && matches!(self.word(name.end), "which" | "that");
            name.end + usize::from(relative)..self.tokens.start
        } else {
            self.tokens.end..name.start.max(self.tokens.end)
        };
        // "the meetings, due to be held in Lima"
        let held = name.start >= self.tokens.end
            && between.clone().rev().take(HELD_REACH).any(|at| matches!(self.word(at), "held" | "place"));
        // "a visit to Lima, where she met"
        let where_it = (name.end..name.end + 2).any(|at| at < self.tokens.start && self.word(at) == "where");
        opens && name.end <= self.tokens.start
            || held
            || where_it
            || !between.clone().any(|at| self.ends_clause(at))
                && (name.start >= self.tokens.end || !self.has_other_verb(between))
    }

    /// Whether no verb, comma or other mark stands in a range.
    pub(super) fn is_clear(&self, mut range: Range<usize>) -> bool {
        !range.any(|at| self.parts(at))
    }

    /// Whether a verb stands in a range that is none of those who take part in what a noun names.
    pub(super) fn has_other_verb(&self, mut range: Range<usize>) -> bool {
        range.any(|at| self.is_verb(at) && !self.is_helper(at) && !self.takes_part_by(at))
    }

    /// Whether a name before a verb is its subject, and not that of a possessive or a preposition there.
    fn is_free(&self, name: &Range<usize>, between: Range<usize>) -> bool {
        if self.is_possessive(name.end)
            || between.clone().any(|at| self.ends_clause(at))
            || self.is_object(name)
        {
            return false;
        }
        // "sources in Lima met": a preposition of the subject governs it.
        let start = self.start();
        let governor = (start..name.start)
            .rev()
            .find(|&at| self.is_prep(at) || self.is_verb(at) || self.is_mark(at) || self.is(at, Tags::COMMA));
        // "ministers of Peru met": Peru takes part by them.
        let sent = |at: usize| {
            !self.is_person(name)
                && matches!(self.word(at), "of" | "from")
                && at > start
                && self.is_sent(at - 1)
        };
        governor.is_none_or(|at| !self.is_prep(at) || at == start || sent(at))
    }

    /// Whether a name stands right behind a verb whose object it is: "thanked Moreno for", but "said Moreno met".
    fn is_object(&self, name: &Range<usize>) -> bool {
        let Some(verb) = self.titled(name).checked_sub(1).filter(|&at| at >= self.start()) else {
            return false;
        };
        let tokens = &self.page.tokens[verb..self.sentence.tokens.end];
        let clause = word::verb(tokens)
            .is_some_and(|(_, verb)| verb.frames.has(Frames::CLAUSE) && !verb.frames.has(Frames::HEARER));
        self.is_verb(verb) && !self.is_helper(verb) && !clause
    }

    /// Behind a verb its object; behind a noun those whom "between", "with" and the like lead to.
    fn follows(&self, name: &Range<usize>) -> bool {
        // "talks with Minister of Trade Ana Moreno": she begins with her post.
        let name = &(self.titled(name)..name.end);
        let between = self.tokens.end..name.start;
        if self.is_noun && (self.is_taken_part_by(between.clone()) || self.is_present(name)) {
            return true;
        }
        if between.clone().any(|at| self.is_verb(at) || self.ends_clause(at)) {
            return false;
        }
        let owns = self.is_possessive(name.end) && name.end + 1 < self.sentence.tokens.end;
        if owns && self.is_small(name.end + 1) {
            return false;
        }
        // "the arrest by": the preposition may be the last word of the mention.
        let first = self.tokens.end - usize::from(self.is_prep(self.tokens.end - 1));
        match (first..name.start).rev().find(|&at| self.is_prep(at)) {
            Some(at) => {
                let leads = PARTIES.contains(&self.word(at))
                    || self.kind == EventKind::War && self.word(at) == "against";
                // What stands between says no more than where and when; "of" says of what is right before it.
                let beside = match self.word(at) {
                    "of" => at == first,
                    // "signed a contract with", "talks on fish with"
                    "with" | "between" => !(first..at).any(|at| self.is(at, Tags::COMMA)),
                    _ => !(first..at).any(|at| self.is_thing(at)),
                };
                leads && beside
            }
            None => !self.is_noun || between.is_empty(),
        }
    }

    /// Whether a range behind a noun says that those named behind it take part: "was attended by".
    fn is_taken_part_by(&self, mut between: Range<usize>) -> bool {
        if between.clone().any(|at| self.ends_clause(at)) {
            return false;
        }
        let mut verbs = between.clone().filter(|&at| self.is_verb(at) && !self.is_helper(at));
        let (verb, other) = (verbs.next(), verbs.next());
        other.is_none()
            && verb.is_some_and(|verb| {
                TAKEN_PART.contains(&self.word(verb))
                    && between.any(|at| at == verb + 1 && self.word(at) == "by")
                    && !(verb + 2..between.end).any(|at| self.is(at, Tags::PREP))
            })
    }

    /// Whether a name is the subject of what goes on behind a noun that opens the sentence: "At the meeting, Moreno told".
    fn is_present(&self, name: &Range<usize>) -> bool {
        let first = self.sentence.tokens.start;
        if !GATHERINGS.contains(&self.kind)
            || self.governor() != Some(first)
            || !PRESENT.contains(&self.word(first))
        {
            return false;
        }
        let mut clause = self.tokens.end..name.start;
        let Some(comma) = clause.find(|&at| self.is(at, Tags::COMMA) && !self.is_of_time(at)) else {
            return false;
        };
        let end = (name.end + SUBJECT_REACH).min(self.sentence.tokens.end);
        let verb = (comma..end).find(|&at| self.is_verb(at) && !self.is_helper(at));
        let passive = |verb: usize| (comma..verb).any(|at| self.is(at, Tags::BE));
        verb.is_some_and(|verb| verb >= name.end && !passive(verb) && self.is_free(name, name.end..verb))
    }

    /// Whether a token is part of a time: the comma of "May 3, 2021".
    fn is_of_time(&self, at: usize) -> bool {
        self.page
            .tokens
            .get(at)
            .is_some_and(|token| self.page.facts.times.over(token.start as usize).is_some())
    }

    /// Where the post of a name begins that stands right before it, or else the name.
    fn titled(&self, name: &Range<usize>) -> usize {
        let posts = self.page.facts.posts.before(self.page.tokens[name.start].start as usize);
        let before = posts.last().map(|post| self.page.tokens_in(post.span));
        let beside = |post: &Range<usize>| post.start >= self.tokens.end || name.end <= self.tokens.start;
        let before = before.filter(|post| post.end == name.start && beside(post));
        before.map_or(name.start, |post| post.start)
    }

    /// Whether a common noun or a comma stands at `at`.
    fn is_thing(&self, at: usize) -> bool {
        let small = Tags::PREP | Tags::DET | Tags::ADVERB | Tags::TIME | Tags::POSSESSIVE | Tags::AND;
        !self.is_of_time(at) && (self.is(at, Tags::COMMA) || self.is_small(at) && !self.is(at, small))
    }

    /// The first token of the sentence, or of what is looked through before the mention.
    fn start(&self) -> usize {
        self.sentence.tokens.start.max(self.tokens.start.saturating_sub(SUBJECT_REACH))
    }

    /// Whether these tokens name a person.
    fn is_person(&self, name: &Range<usize>) -> bool {
        let name = self.page.facts.names.over(self.page.tokens[name.start].start as usize);
        name.is_some_and(|name| name.value.kind == NameKind::Per)
    }

    /// Whether the noun at `at` is of people or bodies that act for others.
    fn is_sent(&self, at: usize) -> bool {
        let word = self.word(at);
        let one = word.strip_suffix('s').unwrap_or(word);
        self.is(at, Tags::PERSON | Tags::BODY)
            || [word, one].iter().any(|word| gazetteer().traits(Key::of(word)).any(Traits::POST))
    }

    fn word(&self, at: usize) -> &str {
        self.page.tokens.get(at).map_or("", |token| self.page.word(*token))
    }

    fn is(&self, at: usize, tags: Tags) -> bool {
        self.page.tokens.get(at).is_some_and(|token| token.tags.has(tags))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.page.tokens.get(at).is_some_and(|token| token.is_capitalised())
    }

    fn is_small(&self, at: usize) -> bool {
        self.page.tokens.get(at).is_some_and(|token| token.is_word() && !token.is_capitalised())
    }

    fn is_possessive(&self, at: usize) -> bool {
        self.page.tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Possessive
                || !token.spaced && matches!(self.page.word(*token), "\u{2019}" | "'")
        })
    }

    fn is_helper(&self, at: usize) -> bool {
        self.is(at, Tags::ANY_AUX)
    }

    fn is_prep(&self, at: usize) -> bool {
        self.is(at, Tags::PREP) && !self.is_capital(at)
    }

    fn is_mark(&self, at: usize) -> bool {
        self.is(at, Tags::SEMICOLON | Tags::COLON | Tags::OPEN | Tags::CLOSE)
            // Any full stop within a sentence is that of an abbreviation.
            || self.is(at, Tags::STOP) && self.word(at) != "."
    }

    /// Whether a verb stands at `at`, by the lists or by its ending.
    fn is_verb(&self, at: usize) -> bool {
        let noun = Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH;
        let word = self.word(at);
        let past = word.len() > 4 && word.ends_with("ed");
        self.is_small(at)
            && !(at > self.start() && OWNERS.contains(&self.word(at - 1)) && !past)
            && (self.is(at, Tags::VERB) && !self.is(at, noun)
                || self.is(at, Tags::ANY_AUX)
                || past
                || self.takes_part_by(at)
                || JOURNEYS.contains(&word))
    }

    /// Whether another clause begins at `at`, or a bracket opens or closes.
    fn ends_clause(&self, at: usize) -> bool {
        let joins = Tags::THAT | Tags::RELATIVE | Tags::BUT;
        self.is_mark(at)
            || self.is(at, joins) && !self.is_capital(at)
            || self.is(at, Tags::SUBORDINATE) && !self.is(at, Tags::PREP) && !self.is_capital(at)
            || self.is(at, Tags::TO) && !self.is_capital(at) && self.is_verb(at + 1)
    }

    fn parts(&self, at: usize) -> bool {
        self.is_verb(at) || self.is_mark(at) || self.is(at, Tags::COMMA)
    }
}
