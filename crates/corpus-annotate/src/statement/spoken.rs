//! A verb of speech and what it says, behind it, before it or on both sides.

use super::{
    Polarity,
    clause::{Clause, Reading},
    content::{Onset, Shape},
    cue::{Cue, Order, Spoken},
    draft::{Draft, only},
    mood::Mood,
    word::{Form, Frames, Tags, Verb},
};
use crate::quotation::marks::Pair;
use std::{iter, ops::Range};

/// The rule of a statement whose content is that of the statement before.
pub(super) const POINTED_BACK: &str = "pointed-back";

/// Tokens before a quotation that may belong to what was said.
const LEAD_REACH: usize = 120;
/// Tokens of a clause before "she said".
const LEAST_BEFORE: usize = 3;
/// Tokens behind "asked" within which "not" stands that asks for no name.
const NAMELESS_REACH: usize = 5;
/// Tokens between "she said" and the second quotation.
const QUOTE_REACH: usize = 24;

impl Reading<'_, '_> {
    /// A verb of speech, its subject and what it says.
    pub(super) fn spoken(
        &self,
        at: usize,
        clause: &Clause,
        taken: usize,
        main: Option<&Range<usize>>,
    ) -> Option<Draft> {
        let (n, verb) = self.verb(at, clause.tokens.end)?;
        let mut cue = self.cue(Spoken { at, n, verb, clause, taken, main })?;
        let mood = self.mood(&cue, clause);
        if mood == Mood::Unsaid || self.asks_for_no_name(at, at + n, clause.tokens.end) {
            return None;
        }
        // "polls show a close race", "a study found 31 cases": what papers do is to say so.
        if verb.frames.has(Frames::WEAK) && verb.frames.has(Frames::EVIDENCE) && self.is_by_paper(&cue) {
            cue.verb.frames = verb.frames.without(Frames::WEAK) | Frames::OBJECT;
        }
        let is_whole = matches!(cue.order, Order::SubjectFirst | Order::VerbFirst);
        let before = if is_whole { self.content_before(&cue, clause, taken) } else { None };
        match before {
            Some(before) => Some(self.said_before(&cue, mood, clause, at + n, before)),
            None if cue.order != Order::VerbFirst => self.said_behind(&cue, mood, clause, at),
            None => None,
        }
    }

    /// What was said before the verb that ends before `behind`, and what of it goes on there.
    fn said_before(
        &self,
        cue: &Cue,
        mood: Mood,
        clause: &Clause,
        behind: usize,
        before: Range<usize>,
    ) -> Draft {
        let is_inverted = cue.order == Order::VerbFirst;
        let subject = cue.subject.as_ref().filter(|_| is_inverted);
        let after = subject.map_or(behind, |subject| subject.tokens.end);
        let (rule, confidence) = match self.is(before.end - 1, Tags::QUOTED) {
            true => ("quoted-before", 0.9),
            false => ("reported-before", 0.85),
        };
        // “…,” she said, “…”
        let comma = self.skip_time(after, self.end_of(cue, clause));
        let second = self.second_piece(comma, clause, before.clone(), is_inverted);
        self.draft(cue, mood, iter::once(before).chain(second).collect(), rule, confidence)
    }

    /// What was said behind the verb that begins at `verb`.
    fn said_behind(&self, cue: &Cue, mood: Mood, clause: &Clause, verb: usize) -> Option<Draft> {
        let (after, end, frames) = (cue.tokens.end, self.end_of(cue, clause), cue.verb.frames);
        if after >= end {
            return None;
        }
        if self.is(after, Tags::COLON) && self.trim_end(after, end) <= after + 1 && after + 2 >= end {
            let leads = frames.has(Frames::QUOTE) && cue.subject.is_some();
            return leads.then(|| self.draft(cue, mood, Vec::new(), "led-by-colon", 0.85));
        }
        // "denied this": what somebody else has said.
        let answers = frames.has(Frames::DENY) || self.word(verb).starts_with("confirm");
        if answers && cue.subject.is_some() && self.points_back(after, end) {
            return Some(self.draft(cue, mood, Vec::new(), POINTED_BACK, 0.6));
        }
        let onset = self.onset(after, end, cue.verb)?;
        if !self.fits(cue, onset, cue.verb) {
            return None;
        }
        let (rule, confidence) = match onset.shape {
            Shape::Quote => ("quoted-after", 0.9),
            Shape::Phrase => ("object", 0.55),
            Shape::Clause if onset.marked => ("reported", 0.85),
            Shape::Clause => ("reported", 0.7),
        };
        let start = if cue.verb.names && onset.shape == Shape::Phrase { after } else { onset.at };
        let content = self.content_from(Onset { at: start, ..onset }, end, cue.verb.form)?;
        Some(self.draft(cue, mood, only(content), rule, confidence))
    }

    /// Where the clause of a verb of speech ends.
    fn end_of(&self, cue: &Cue, clause: &Clause) -> usize {
        self.premise_end(cue, clause).min(self.aside_end(cue, clause))
    }

    /// Whether a verb asks only not to be named: "who asked not to be identified", "asked that her name not be used".
    fn asks_for_no_name(&self, verb: usize, after: usize, end: usize) -> bool {
        self.word(verb).starts_with("ask")
            && (after..end.min(after + NAMELESS_REACH)).any(|at| {
                self.is(at, Tags::NOT)
                    && (at..end.min(at + 4)).any(|at| {
                        matches!(self.word(at), "identified" | "named" | "quoted" | "used" | "cited")
                    })
            })
    }

    fn draft(
        &self,
        cue: &Cue,
        mood: Mood,
        content: Vec<Range<usize>>,
        rule: &'static str,
        confidence: f32,
    ) -> Draft {
        let until = content.iter().map(|piece| piece.end).max().unwrap_or(0).max(cue.tokens.end);
        Draft {
            speaker: cue.subject.as_ref().map(|subject| subject.tokens.clone()),
            cue: Some(cue.tokens.clone()),
            content,
            polarity: match cue.verb.frames {
                _ if mood == Mood::Supposed => Polarity::Doubt,
                frames if frames.has(Frames::DENY) => Polarity::Deny,
                frames if frames.has(Frames::DOUBT) => Polarity::Doubt,
                _ => Polarity::Assert,
            },
            until,
            rule,
            confidence,
        }
    }

    /// Whether the subject of a verb is a study, a poll or the like, and nobody.
    fn is_by_paper(&self, cue: &Cue) -> bool {
        cue.subject.as_ref().is_some_and(|subject| {
            let head = self.head_of(&subject.tokens);
            self.is(head, Tags::PAPER) && !self.is_capital(head)
                || self.is(subject.tokens.end - 1, Tags::PAPER)
        })
    }

    /// Whether who speaks and what is said go with the verb.
    fn fits(&self, cue: &Cue, onset: Onset, verb: Verb) -> bool {
        let frames = verb.frames;
        if frames.has(Frames::WEAK)
            && !(onset.marked && matches!(onset.shape, Shape::Clause | Shape::Quote))
            && !verb.names
        {
            return false;
        }
        let Some(subject) = &cue.subject else { return cue.order == Order::Open && onset.marked };
        let person = self.names_somebody(&subject.tokens);
        let paper = subject.tokens.clone().any(|at| self.is(at, Tags::PAPER | Tags::SPEECH));
        match onset.shape {
            Shape::Phrase => person || frames.has(Frames::EVIDENCE) && self.is_by_paper(cue),
            _ if frames.has(Frames::EVIDENCE) && !paper => {
                let named = subject.tokens.clone().any(|at| {
                    self.is(at, Tags::PERSON)
                        || self.is(at, Tags::BODY) && self.is(at + 1, Tags::VERB)
                        || self.is_capital(at) && !self.is(at, Tags::DET)
                        || self.is_person_pronoun(at)
                });
                let first = self.is(subject.tokens.start, Tags::DET) && subject.tokens.len() == 1;
                person && named && !first && !self.is_owned_thing(&subject.tokens)
            }
            _ if onset.marked => true,
            _ => {
                person
                    || paper && frames.has(Frames::PAPER)
                    || self.is(subject.tokens.start, Tags::DET | Tags::POSSESSIVE | Tags::SUBJECT)
            }
        }
    }

    /// What stands before "she said": a quotation, or a clause and its comma.
    fn content_before(&self, cue: &Cue, clause: &Clause, taken: usize) -> Option<Range<usize>> {
        let from = if cue.order == Order::VerbFirst { cue.tokens.start } else { cue.subject.as_ref()?.from };
        let comma = from.checked_sub(1).filter(|&k| k >= clause.tokens.start)?;
        let separated = self.is(comma, Tags::COMMA | Tags::DASH);
        if self.is(comma, Tags::QUOTED) || separated && comma > 0 && self.is(comma - 1, Tags::QUOTED) {
            return self.quoted_before(cue, clause, taken, comma);
        }
        self.clause_before(cue, clause, taken, comma)
    }

    /// What stands in quotation marks before "she said", with what leads to it; `comma` is the token before who speaks.
    fn quoted_before(&self, cue: &Cue, clause: &Clause, taken: usize, comma: usize) -> Option<Range<usize>> {
        if !cue.verb.frames.has(Frames::QUOTE) {
            return None;
        }
        let last = if self.is(comma, Tags::QUOTED) { comma + 1 } else { comma };
        let pair = self.quote_at(last - 1)?;
        let separated = self.is(comma, Tags::COMMA | Tags::DASH);
        let low = taken.max(clause.tokens.start).max(pair.first.saturating_sub(LEAD_REACH));
        let start = self.skip_lead(low, pair.first);
        if cue.order != Order::VerbFirst {
            // “… is it?” Brown has agreed to come: what was agreed stands behind.
            let infinitive = cue.verb.frames.has(Frames::INFINITIVE) && self.is_word(cue.tokens.end, "to");
            // A name or term in marks is no remark: what it said comes behind. Nor is a title: "On “The Evening Hour,” Brown
            // said it would rain".
            if !separated && (infinitive || !self.is_remark(pair)) || self.is_title(pair) {
                return None;
            }
            let adverbial = start < pair.first
                && (self.is(start, Tags::PREP | Tags::SUBORDINATE) || self.word(start).ends_with("ing"))
                && pair.last - pair.first < 10;
            let behind = || self.onset(cue.tokens.end, clause.tokens.end, cue.verb);
            if adverbial && behind().is_some_and(|onset| onset.shape != Shape::Phrase) {
                return None;
            }
        }
        let lead_is_other =
            (start..pair.first).any(|at| self.is(at, Tags::COLON)) || self.has_cue(start, pair.first);
        Some(if lead_is_other { pair.first } else { start }..last)
    }

    /// The clause that stands before "she said", where what was said does not follow; `comma` is the token before who
    /// speaks.
    fn clause_before(&self, cue: &Cue, clause: &Clause, taken: usize, comma: usize) -> Option<Range<usize>> {
        let after =
            if cue.order == Order::VerbFirst { cue.subject.as_ref()?.tokens.end } else { cue.tokens.end };
        // "…, she added.": with nothing behind it, a verb that may mean something else has what stands before.
        let closed = after >= clause.tokens.end || self.is(after, Tags::STOP);
        if !self.is(comma, Tags::COMMA)
            || cue.verb.frames.has(Frames::WEAK) && !(closed && self.has_person(cue))
            || !cue.verb.frames.has(Frames::CLAUSE | Frames::QUOTE)
            || cue.order != Order::VerbFirst && !self.closes(cue, clause, after)
        {
            return None;
        }
        let start = self.skip_lead(taken.max(clause.tokens.start), comma);
        let tells = self.has_finite(start, comma)
            || self.is(start, Tags::QUOTED)
            || self.goes_on_behind(after, clause);
        (comma >= start + LEAST_BEFORE && tells).then_some(start..comma)
    }

    /// Whether nothing that was said stands behind "she said", which ends before `after`.
    fn closes(&self, cue: &Cue, clause: &Clause, after: usize) -> bool {
        let end = clause.tokens.end;
        // "Asked about it, Brown said, “It rains.”"
        let remark = self.quote_at(after + 1).is_some_and(|pair| {
            pair.first == after + 1 && self.is_remark(pair) && self.is_capital(after + 1 + pair.width)
        });
        if self.is(after, Tags::COMMA) && (self.is(after + 1, Tags::THAT) || remark) {
            return false;
        }
        // "…, she told the court."
        let hearer = cue.verb.frames.has(Frames::HEARER).then(|| self.phrase_after(after, end));
        let after = hearer.flatten().map_or(after, |hearer| hearer.end);
        let next = self.skip_time(after, end);
        // "As the rain goes on, Korova has pledged to help": what was pledged comes behind.
        if self.is_word(next, "to") && cue.verb.frames.has(Frames::INFINITIVE) {
            return false;
        }
        let marks =
            Tags::STOP | Tags::COMMA | Tags::SEMICOLON | Tags::AND | Tags::BUT | Tags::DASH | Tags::BRACKETED;
        let adjunct = self.is(next, Tags::PREP | Tags::SUBORDINATE);
        let led = || self.onset(after, end, cue.verb);
        let is_said = || adjunct && led().is_some_and(|onset| onset.marked || onset.shape == Shape::Clause);
        let ends = next >= end || self.is(next, marks) || adjunct && !self.is(next, Tags::THAT);
        ends && !is_said()
    }

    /// Whether somebody is the subject of the verb.
    fn has_person(&self, cue: &Cue) -> bool {
        cue.subject.as_ref().is_some_and(|subject| {
            self.is_person_pronoun(subject.tokens.start) || self.names_somebody(&subject.tokens)
        })
    }

    /// Whether a clause goes on behind "she said,".
    fn goes_on_behind(&self, after: usize, clause: &Clause) -> bool {
        let comma = self.skip_time(after, clause.tokens.end);
        self.is(comma, Tags::COMMA)
            && (self.is_finite_at(comma + 1) || self.has_finite(comma + 1, clause.tokens.end))
    }

    /// The second piece of what "she said" breaks in two.
    fn second_piece(
        &self,
        comma: usize,
        clause: &Clause,
        before: Range<usize>,
        inverted: bool,
    ) -> Option<Range<usize>> {
        let reading = self;
        let end = clause.tokens.end;
        let quoted_before = reading.is(before.end - 1, Tags::QUOTED);
        let separator =
            reading.is(comma, Tags::COMMA | Tags::COLON | Tags::STOP | Tags::DASH | Tags::SEMICOLON);
        if quoted_before {
            // “…,” he said in Ely, “…”
            let quote = (comma..end).take(QUOTE_REACH).find(|&at| reading.is(at, Tags::QUOTED))?;
            let led = reading
                .is(quote.checked_sub(1)?, Tags::COMMA | Tags::COLON | Tags::STOP | Tags::AND | Tags::BUT);
            // … but “…,” said Green: the second has a verb of its own.
            let own = |pair: &Pair| reading.has_cue(pair.last + 1, end.min(pair.last + 6));
            if quote > comma + 1 && reading.quote_at(quote).is_some_and(|pair| own(&pair)) {
                return None;
            }
            let near = quote <= comma + 1 && separator
                || led && !reading.has_any_speech(comma, quote) && quote < comma + 20;
            if !near {
                return None;
            }
            let onset = Onset { at: quote, shape: Shape::Quote, marked: true };
            return reading.content_from(onset, end, Form::Base);
        }
        let next = comma + 1;
        // … , she said, “if they let us.”
        if reading.is(comma, Tags::COMMA) && reading.is(next, Tags::QUOTED) {
            return reading.content_from(
                Onset { at: next, shape: Shape::Quote, marked: true },
                end,
                Form::Base,
            );
        }
        // "The test, she said, was late"
        let split = reading.is_finite_at(next) && !reading.has_finite(before.start, before.end);
        // "said Brown, a diver who owns the boat"
        let aside = inverted && reading.is_apposition(next);
        let fresh = reading.is(comma, Tags::COMMA)
            && next < end
            && !reading.is(next, Tags::RELATIVE | Tags::SUBORDINATE | Tags::BUT | Tags::AND)
            && !reading.word(next).ends_with("ing")
            && !reading.is_word(next, "according")
            && !aside
            && (reading.has_finite(next, end) || split);
        if !fresh {
            return None;
        }
        reading.content_from(Onset { at: next, shape: Shape::Clause, marked: true }, end, Form::Base)
    }
}
