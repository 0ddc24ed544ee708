//! A verb of speech and what it says, behind it, before it or on both sides.

use super::{
    Polarity,
    clause::{Clause, Reading},
    content::{Onset, Shape},
    cue::{Cue, Order, Spoken},
    draft::Draft,
    mood::Mood,
    word::{Form, Frames, Tags, Verb},
};
use crate::quotation::marks::Pair;
use std::ops::Range;

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
        let reading = self;
        let (n, mut verb) = reading.verb(at, clause.tokens.end)?;
        let mut cue = self.cue(Spoken { at, n, verb, clause, taken, main })?;
        let mood = self.mood(&cue, clause);
        if mood == Mood::Unsaid || self.asks_for_no_name(at, at + n, clause.tokens.end) {
            return None;
        }
        let end = self.premise_end(&cue, clause).min(self.aside_end(&cue, clause));
        // "polls show a close race", "a study found 31 cases": what papers do is to say so.
        if verb.frames.has(Frames::WEAK) && verb.frames.has(Frames::EVIDENCE) && self.is_by_paper(&cue) {
            verb.frames = verb.frames.without(Frames::WEAK) | Frames::OBJECT;
            cue.verb = verb;
        }
        let frames = verb.frames;
        let mut content = Vec::new();
        let mut rule = "reported";
        let mut marked = false;
        let mut after = at + n;
        if cue.order == Order::VerbFirst {
            after = cue.subject.as_ref().map_or(after, |subject| subject.tokens.end);
        }
        let is_whole = matches!(cue.order, Order::SubjectFirst | Order::VerbFirst);
        let before = if is_whole { self.content_before(&cue, clause, taken) } else { None };
        if let Some(before) = before {
            rule = if reading.is(before.end - 1, Tags::QUOTED) { "quoted-before" } else { "reported-before" };
            content.push(before);
            // “…,” she said, “…”
            let comma = reading.skip_time(after, end);
            if let Some(piece) =
                self.second_piece(comma, clause, content[0].clone(), cue.order == Order::VerbFirst)
            {
                content.push(piece);
            }
            marked = true;
        } else if cue.order != Order::VerbFirst {
            let weak_past_end = after >= end;
            if weak_past_end {
                return None;
            }
            if reading.is(after, Tags::COLON) && reading.trim_end(after, end) <= after + 1 && after + 2 >= end
            {
                if frames.has(Frames::QUOTE) && cue.subject.is_some() {
                    return Some(self.draft(&cue, mood, Vec::new(), "led-by-colon", 0.85));
                }
                return None;
            }
            // "denied this": what somebody else has said.
            let answers = frames.has(Frames::DENY) || reading.word(at).starts_with("confirm");
            if answers && cue.subject.is_some() && reading.points_back(after, end) {
                return Some(self.draft(&cue, mood, Vec::new(), POINTED_BACK, 0.6));
            }
            let onset = reading.onset(after, end, verb)?;
            if !self.fits(&cue, onset, verb) {
                return None;
            }
            marked = onset.marked;
            if onset.shape == Shape::Quote {
                rule = "quoted-after";
            } else if onset.shape == Shape::Phrase {
                rule = "object";
            }
            let start = if verb.names && onset.shape == Shape::Phrase { after } else { onset.at };
            content.push(reading.content_from(Onset { at: start, ..onset }, end, verb.form)?);
        }
        if content.is_empty() {
            return None;
        }
        let confidence = match (rule, marked) {
            ("quoted-before" | "quoted-after", _) => 0.9,
            ("object", _) => 0.55,
            (_, true) => 0.85,
            _ => 0.7,
        };
        Some(self.draft(&cue, mood, content, rule, confidence))
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
        let reading = self;
        let from = if cue.order == Order::VerbFirst { cue.tokens.start } else { cue.subject.as_ref()?.from };
        let comma = from.checked_sub(1).filter(|&k| k >= clause.tokens.start)?;
        let quoted = reading.is(comma, Tags::QUOTED)
            || reading.is(comma, Tags::COMMA | Tags::DASH)
                && comma > 0
                && reading.is(comma - 1, Tags::QUOTED);
        let last = if reading.is(comma, Tags::QUOTED) { comma + 1 } else { comma };
        if quoted {
            if !cue.verb.frames.has(Frames::QUOTE) {
                return None;
            }
            let pair = reading.quote_at(last - 1)?;
            // “… is it?” Brown has agreed to come: what was agreed stands behind.
            let behind = if cue.order == Order::VerbFirst { 0 } else { cue.tokens.end };
            let infinitive = behind > 0 && cue.verb.frames.has(Frames::INFINITIVE);
            if infinitive && !reading.is(comma, Tags::COMMA | Tags::DASH) && reading.is_word(behind, "to") {
                return None;
            }
            // A name or term in marks is no remark: what it said comes behind.
            if !reading.is(comma, Tags::COMMA | Tags::DASH)
                && cue.order != Order::VerbFirst
                && !reading.is_remark(pair)
            {
                return None;
            }
            // "On “The Evening Hour,” Brown said it would rain": a title is no remark.
            if cue.order != Order::VerbFirst && reading.is_title(pair) {
                return None;
            }
            let low = taken.max(clause.tokens.start).max(pair.first.saturating_sub(LEAD_REACH));
            let start = reading.skip_lead(low, pair.first);
            // "On “The Evening Hour,” Brown said it would rain": a title in an adverbial.
            let adverbial = start < pair.first
                && (reading.is(start, Tags::PREP | Tags::SUBORDINATE)
                    || reading.word(start).ends_with("ing"))
                && pair.last - pair.first < 10;
            if adverbial
                && cue.order != Order::VerbFirst
                && reading
                    .onset(cue.tokens.end, clause.tokens.end, cue.verb)
                    .is_some_and(|onset| onset.shape != Shape::Phrase)
            {
                return None;
            }
            let lead_is_other = (start..pair.first).any(|at| reading.is(at, Tags::COLON))
                || reading.has_cue(start, pair.first);
            let start = if lead_is_other { pair.first } else { start };
            return Some(start..last);
        }
        // What follows must not be what was said.
        let after =
            if cue.order == Order::VerbFirst { cue.subject.as_ref()?.tokens.end } else { cue.tokens.end };
        // "…, she added.": with nothing behind it, a verb that may mean something else has what stands before.
        let closed = after >= clause.tokens.end || reading.is(after, Tags::STOP);
        if !reading.is(comma, Tags::COMMA)
            || cue.verb.frames.has(Frames::WEAK) && !(closed && self.has_person(cue))
            || !cue.verb.frames.has(Frames::CLAUSE | Frames::QUOTE)
        {
            return None;
        }
        if cue.order != Order::VerbFirst {
            // "Asked about it, Brown said, “It rains.”"
            let remark = reading.quote_at(after + 1).is_some_and(|pair| {
                pair.first == after + 1
                    && reading.is_remark(pair)
                    && reading.is_capital(after + 1 + pair.width)
            });
            if reading.is(after, Tags::COMMA) && (reading.is(after + 1, Tags::THAT) || remark) {
                return None;
            }
            // "…, she told the court."
            let hearer =
                cue.verb.frames.has(Frames::HEARER).then(|| reading.phrase_after(after, clause.tokens.end));
            let after = hearer.flatten().map_or(after, |hearer| hearer.end);
            let next = reading.skip_time(after, clause.tokens.end);
            // "As the rain goes on, Korova has pledged to help": what was pledged comes behind.
            if reading.is_word(next, "to") && cue.verb.frames.has(Frames::INFINITIVE) {
                return None;
            }
            let closes = next >= clause.tokens.end
                || reading.is(
                    next,
                    Tags::STOP
                        | Tags::COMMA
                        | Tags::SEMICOLON
                        | Tags::AND
                        | Tags::BUT
                        | Tags::DASH
                        | Tags::BRACKETED,
                )
                || reading.is(next, Tags::PREP | Tags::SUBORDINATE) && !reading.is(next, Tags::THAT);
            if !closes {
                return None;
            }
            if reading.is(next, Tags::PREP | Tags::SUBORDINATE)
                && reading
                    .onset(after, clause.tokens.end, cue.verb)
                    .is_some_and(|onset| onset.marked || onset.shape == Shape::Clause)
            {
                return None;
            }
        }
        let start = reading.skip_lead(taken.max(clause.tokens.start), comma);
        if comma < start + LEAST_BEFORE
            || !reading.has_finite(start, comma)
                && !reading.is(start, Tags::QUOTED)
                && !self.goes_on_behind(after, clause)
        {
            return None;
        }
        Some(start..comma)
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
