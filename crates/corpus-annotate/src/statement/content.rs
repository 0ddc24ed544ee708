//! What was said: where it begins behind a verb of speech, and where it ends.

use super::{
    clause::Reading,
    word::{Form, Frames, Tags, Verb},
};
use crate::{quotation::marks::Pair, stretch::InOrder, token::TokenKind};
use std::ops::Range;

/// Tokens of an adjunct ("in a statement on Monday") between a verb and what was said.
const ADJUNCT_REACH: usize = 24;
/// Tokens that what was said may have, a quotation counted as one.
const LONGEST: usize = 400;
/// Tokens between "called" and what somebody or something is called.
const NAMED_REACH: usize = 24;
/// Tokens of the subject of a clause that no word leads to.
const SUBJECT_REACH: usize = 10;
/// Tokens that are looked through for the verb of another statement.
const NEXT_CUE_REACH: usize = 14;

/// How what was said stands behind its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A clause: "that it rains", "it rains".
    Clause,
    /// Words in quotation marks.
    Quote,
    /// A noun phrase, an infinitive, a preposition and its object.
    Phrase,
}

/// Where what was said begins, and how it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Onset {
    pub(super) at: usize,
    pub(super) shape: Shape,
    /// Whether "that" or a colon leads to it.
    pub(super) marked: bool,
}

impl Reading<'_, '_> {
    /// Where what was said begins behind a verb that ends before `start`.
    pub(super) fn onset(&self, start: usize, end: usize, verb: Verb) -> Option<Onset> {
        let frames = verb.frames;
        let mut at = start;
        while at < end
            && self.is(at, Tags::ADVERB | Tags::TIME)
            && !self.is(at, Tags::QUOTED | Tags::DET | Tags::THAT | Tags::SUBORDINATE)
            // "said there are two boats"
            && !(self.is(at, Tags::SUBJECT) && self.is(at + 1, Tags::ANY_AUX))
        {
            at += 1;
        }
        if at >= end {
            return None;
        }
        if let Some(onset) = self.marked_onset(at, end, frames) {
            return Some(onset);
        }
        if self.is(at, Tags::COMMA) {
            return self.behind_comma(at, end, frames);
        }
        if frames.has(Frames::HEARER) && !self.is(at, Tags::PREP | Tags::STOP) {
            let clause = Onset { at, shape: Shape::Clause, marked: false };
            // "told he was late": nobody is told.
            if self.is(at, Tags::SUBJECT) && !self.is(at, Tags::OBJECT) && self.has_finite(at, end) {
                return Some(clause).filter(|_| frames.has(Frames::CLAUSE));
            }
            let told = self
                .behind_hearer(at, end, frames)
                .or_else(|| Some(clause).filter(|_| frames.has(Frames::ALONE) && self.opens_clause(at, end)));
            // "promised subsidies"
            if told.is_some() || !frames.has(Frames::OBJECT) {
                return told;
            }
        }
        if self.is_word(at, "to") {
            if frames.has(Frames::INFINITIVE)
                && !self.is(at + 1, Tags::DET | Tags::POSSESSIVE)
                && !self.is_capital(at + 1)
            {
                return Some(Onset { at, shape: Shape::Phrase, marked: false });
            }
            return self.behind_adjunct(at, end, frames);
        }
        if self.is(at, Tags::WH)
            && frames.has(Frames::CLAUSE)
            && !frames.has(Frames::WEAK)
            && !self.is(at, Tags::PREP)
        {
            let adjunct = matches!(self.word(at), "when" | "where" | "if" | "who" | "which")
                && !self.is_word(start.wrapping_sub(1), "asked");
            return (!adjunct).then_some(Onset { at, shape: Shape::Clause, marked: true });
        }
        // "said about 20 people had come"
        let rough = matches!(self.word(at), "about" | "around" | "over" | "under" | "up")
            && (at + 1..at + 3)
                .any(|at| self.page.tokens.get(at).is_some_and(|number| number.kind == TokenKind::Number))
            && !frames.has(Frames::PREP);
        if self.is(at, Tags::PREP) && !self.is(at, Tags::OBJECT) && !self.is_capital(at) && !rough
            || self.is(at, Tags::SUBORDINATE)
        {
            if frames.has(Frames::PREP)
                && matches!(self.word(at), "about" | "of" | "on" | "against" | "for" | "over")
                && !self.is(at + 1, Tags::TIME)
                && !self.counts(at + 1)
                && !(self.is(at + 1, Tags::PREP | Tags::ADVERB) && self.counts(at + 2))
            {
                return Some(Onset { at: at + 1, shape: Shape::Phrase, marked: false });
            }
            return self.behind_adjunct(at, end, frames);
        }
        if self.is(at, Tags::STOP | Tags::SEMICOLON | Tags::DASH | Tags::AND | Tags::BUT | Tags::CLOSE) {
            return None;
        }
        let urges = frames.has(Frames::URGE) && self.infinitive_behind(at, end);
        if urges {
            return Some(Onset { at, shape: Shape::Phrase, marked: true });
        }
        let clause =
            || self.has_finite(at, end) || !frames.has(Frames::OBJECT) && self.may_be_clause(at, end);
        if frames.has(Frames::CLAUSE) && !frames.has(Frames::WEAK) && clause() {
            return Some(Onset { at, shape: Shape::Clause, marked: false });
        }
        // "scolded him: “…”"
        let remark = (at + 1..end.min(at + 5)).find(|&at| self.is(at, Tags::COLON | Tags::COMMA));
        if let Some(colon) =
            remark.filter(|&colon| self.is(colon, Tags::COLON) && self.is(colon + 1, Tags::QUOTED))
            && frames.has(Frames::OBJECT)
        {
            return Some(Onset { at: colon + 1, shape: Shape::Quote, marked: true });
        }
        // "called a diver who swore that": to a court, and not a name.
        let called_in = verb.names
            && self.is(at, Tags::DET)
            && (at + 2..at + 4).any(|next| self.is(next, Tags::RELATIVE) && !self.is(next, Tags::QUOTED));
        if frames.has(Frames::OBJECT)
            && !self.is_word(at, "by")
            && !called_in
            && (!frames.has(Frames::WEAK)
                || verb.names
                    && self.is(at, Tags::DET | Tags::POSSESSIVE | Tags::OBJECT)
                    && self.names_something(at, end)
                || self.quote_within(at, end)
                || verb.names && self.quotes_in(at, end.min(at + NAMED_REACH)).next().is_some())
        {
            return Some(Onset { at, shape: Shape::Phrase, marked: false });
        }
        None
    }

    /// "that", a colon or a quotation right at `at`.
    fn marked_onset(&self, at: usize, end: usize, frames: Frames) -> Option<Onset> {
        let speech = frames.has(Frames::CLAUSE | Frames::QUOTE);
        if self.is(at, Tags::QUOTED) {
            return Some(Onset { at, shape: Shape::Quote, marked: true });
        }
        if speech && self.is(at, Tags::THAT) && !self.is_that_thing(at) {
            let mut next = at + 1;
            if self.is(next, Tags::COMMA) {
                next += 1;
            }
            return (next < end).then_some(Onset { at: next, shape: Shape::Clause, marked: true });
        }
        if speech && self.is(at, Tags::COLON) && at + 1 < end {
            let shape = if self.is(at + 1, Tags::QUOTED) { Shape::Quote } else { Shape::Clause };
            // "hands-on learning: a guide"
            if shape == Shape::Clause && frames.has(Frames::WEAK) {
                return None;
            }
            return Some(Onset { at: at + 1, shape, marked: true });
        }
        None
    }

    /// "that" as a pronoun or article of its own: "said that.", "called that a mistake" is told by what follows.
    pub(super) fn is_that_thing(&self, at: usize) -> bool {
        let next = at + 1;
        let word = self.page.tokens.get(next).is_some_and(|next| next.is_word() && !next.is_capitalised());
        let small =
            Tags::DET | Tags::POSSESSIVE | Tags::SUBJECT | Tags::PREP | Tags::ADVERB | Tags::SUBORDINATE;
        self.is(next, Tags::STOP)
            || word
                && !self.is(next, small)
                && (self.is(next, Tags::ANY_AUX)
                    || self.is(next, Tags::VERB)
                        && !self.is(next + 1, Tags::ANY_AUX | Tags::VERB)
                        && !self.is(next, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH)
                    || self.is(next + 1, Tags::DET | Tags::POSSESSIVE) && !self.is(next + 1, Tags::THAT)
                    // "that overlooks Ely"
                    || self.looks_third(next) && self.is_capital(next + 1))
    }

    fn behind_comma(&self, comma: usize, end: usize, frames: Frames) -> Option<Onset> {
        if self.is(comma + 1, Tags::QUOTED) && frames.has(Frames::QUOTE) {
            return Some(Onset { at: comma + 1, shape: Shape::Quote, marked: true });
        }
        if let Some(onset) =
            self.marked_onset(comma + 1, end, frames).filter(|onset| onset.shape == Shape::Clause)
        {
            return Some(onset);
        }
        // "said, however, that": one aside.
        let close = (comma + 1..end.min(comma + 14)).find(|&at| self.is(at, Tags::COMMA | Tags::COLON))?;
        self.marked_onset(close + 1, end, frames)
            .or_else(|| self.is(close, Tags::COLON).then(|| self.marked_onset(close, end, frames)).flatten())
            .filter(|_| !self.has_speech(comma + 1, close))
    }

    fn has_speech(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.finite_speech(at).is_some())
    }

    /// Behind "told" and "warned": past the hearer.
    fn behind_hearer(&self, start: usize, end: usize, frames: Frames) -> Option<Onset> {
        let limit = end.min(start + ADJUNCT_REACH);
        let mut at = start;
        let mut topic = None;
        while at < limit {
            if let Some(onset) = self.marked_onset(at, end, frames) {
                return Some(onset);
            }
            if self.is(at, Tags::COMMA) {
                return self.behind_comma(at, end, frames).filter(|onset| onset.marked).or(topic);
            }
            if self.is(at, Tags::STOP | Tags::SEMICOLON | Tags::DASH) {
                return topic;
            }
            let inside = at > start;
            let infinitive = self.is_word(at, "to")
                && self.page.tokens.get(at + 1).is_some_and(|next| next.is_word())
                && !self.is(at + 1, Tags::DET | Tags::POSSESSIVE);
            if inside && infinitive && frames.has(Frames::URGE) {
                return Some(Onset { at, shape: Shape::Phrase, marked: true });
            }
            if inside && matches!(self.word(at), "about" | "of" | "against") && !frames.has(Frames::OBJECT) {
                topic = topic.or(Some(Onset { at: at + 1, shape: Shape::Phrase, marked: false }));
            }
            if matches!(self.word(at), "how" | "why" | "whether" | "what" | "if") {
                return Some(Onset { at, shape: Shape::Clause, marked: true });
            }
            let opens = self.is(at, Tags::SUBJECT) && !self.is(at, Tags::OBJECT)
                || self.is(at, Tags::DET | Tags::POSSESSIVE)
                    && !self.is(at - 1, Tags::PREP | Tags::AND)
                    // "told her on Dec. 19"
                    && !(self.is(at - 1, Tags::TIME) && self.page.tokens[at].kind == TokenKind::Number)
                || matches!(self.word(at), "it" | "you") && !self.is(at - 1, Tags::PREP);
            if inside && opens && frames.has(Frames::CLAUSE) && self.has_finite(at, end) {
                return Some(Onset { at, shape: Shape::Clause, marked: false });
            }
            at += 1;
        }
        topic
    }

    /// Whether a subject and its finite verb stand at `at`, and nobody before them who hears it: "prices would fall".
    fn opens_clause(&self, at: usize, end: usize) -> bool {
        let stops = Tags::COMMA | Tags::STOP | Tags::SEMICOLON | Tags::COLON | Tags::DASH | Tags::QUOTED;
        let limit = end.min(at + SUBJECT_REACH);
        let verb = (at + 1..limit).find(|&at| self.is_finite_at(at) || self.is(at, stops));
        let Some(verb) = verb.filter(|&verb| !self.is(verb, stops)) else { return false };
        !(at..verb - 1).any(|at| self.is(at, Tags::PERSON | Tags::BODY | Tags::RELATIVE | Tags::THAT))
            && (!self.is(at, Tags::OBJECT) || verb == at + 1)
    }

    /// Past "in a statement on Monday", where "that", a colon or quotation marks follow.
    fn behind_adjunct(&self, start: usize, end: usize, frames: Frames) -> Option<Onset> {
        let limit = end.min(start + ADJUNCT_REACH);
        let mut at = start;
        while at < limit {
            if self.is(at, Tags::STOP | Tags::SEMICOLON | Tags::DASH) {
                return None;
            }
            if self.is(at, Tags::BRACKETED) {
                at += 1;
                continue;
            }
            if at > start {
                if self.is(at, Tags::COMMA) {
                    return self.behind_comma(at, end, frames);
                }
                if let Some(onset) = self.marked_onset(at, end, frames) {
                    // A quotation within the adjunct is part of it.
                    return Some(onset).filter(|onset| {
                        onset.shape != Shape::Quote || self.is(at - 1, Tags::TIME | Tags::COLON)
                    });
                }
                let opens = self.is(at, Tags::SUBJECT)
                    && (!self.is(at, Tags::OBJECT) || self.is(at + 1, Tags::ANY_AUX))
                    && !self.is(at - 1, Tags::PREP | Tags::SUBORDINATE | Tags::RELATIVE);
                if opens
                    && frames.has(Frames::CLAUSE)
                    && !frames.has(Frames::WEAK)
                    && self.has_finite(at, end)
                {
                    return Some(Onset { at, shape: Shape::Clause, marked: false });
                }
                let turns = self.is(at - 1, Tags::TIME)
                    && (self.is(at, Tags::DET | Tags::POSSESSIVE) || self.is_capital(at))
                    && !self.is(at, Tags::TIME)
                    && !self.is_day(at);
                if turns
                    && frames.has(Frames::CLAUSE)
                    && !frames.has(Frames::WEAK)
                    && self.has_finite(at, end)
                {
                    return Some(Onset { at, shape: Shape::Clause, marked: false });
                }
            }
            at += 1;
        }
        None
    }

    /// Whether an infinitive comes soon behind `at`: "urged them to go".
    fn infinitive_behind(&self, start: usize, end: usize) -> bool {
        for at in start + 1..end.min(start + 12) {
            if self.is(at, Tags::COMMA | Tags::STOP | Tags::SEMICOLON | Tags::THAT | Tags::RELATIVE) {
                return false;
            }
            if self.is(at, Tags::TO)
                && !self.is_capital(at + 1)
                && !self.is(at + 1, Tags::DET | Tags::POSSESSIVE)
            {
                return true;
            }
        }
        false
    }

    /// Whether an amount stands at `at`: "for five minutes", "about 20 people".
    fn counts(&self, at: usize) -> bool {
        self.page.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
            || self.is(at, Tags::DET)
                && !matches!(self.word(at), "the" | "a" | "an" | "this" | "that" | "these" | "those" | "any")
    }

    /// Whether somebody or something and then a name for it follow: "called the dam a monument".
    fn names_something(&self, at: usize, end: usize) -> bool {
        (at + 1..end.min(at + 6))
            .any(|next| self.is(next, Tags::DET) && !self.is(next - 1, Tags::PREP | Tags::AND))
    }

    fn quote_within(&self, from: usize, to: usize) -> bool {
        (from..to.min(from + 12)).any(|at| self.is(at, Tags::QUOTED))
    }

    /// What was said from `onset` on, as far as it goes before `end`.
    pub(super) fn content_from(&self, onset: Onset, end: usize, form: Form) -> Option<Range<usize>> {
        let start = onset.at;
        let mut at = start;
        if onset.shape == Shape::Quote
            && let Some(until) = self.utterance_end(start, end)
        {
            return Some(start..until);
        }
        let mut n_steps = 0;
        while at < end && n_steps < LONGEST {
            n_steps += 1;
            if self.is(at, Tags::QUOTED) {
                let last = self.quote_at(at).map_or(at, |pair| pair.last);
                at = last.max(at) + 1;
                continue;
            }
            if self.is(at, Tags::BRACKETED) {
                let closes = !self.is(at + 1, Tags::BRACKETED);
                at += 1;
                // "(Korova Wire, June 4), which was a surprise": the author's own words.
                if closes
                    && self.is(at, Tags::COMMA)
                    && self.is(at + 1, Tags::RELATIVE)
                    && self.is_cited(at - 1)
                {
                    break;
                }
                continue;
            }
            if at > start && self.ends_content(at, start, end, onset.shape, form) {
                break;
            }
            at += 1;
        }
        let stop = at.min(end);
        let trimmed = self.trim_end(start, stop);
        // "spoke of this": what it says stands elsewhere.
        let pointer = onset.shape == Shape::Phrase && trimmed == start + 1 && self.points(start);
        (trimmed > start && !pointer).then_some(start..trimmed)
    }

    /// Whether the word at `at` points to what stands elsewhere: "this", "it", "them".
    fn points(&self, at: usize) -> bool {
        self.is(at, Tags::DET | Tags::OBJECT | Tags::SUBJECT | Tags::POSSESSIVE)
    }

    /// Whether a verb that ends before `after` has no object but "this", "that" or "it".
    pub(super) fn points_back(&self, after: usize, end: usize) -> bool {
        matches!(self.word(after), "this" | "that" | "it") && self.trim_end(after, end) == after + 1
    }

    /// The end of a quotation that is a remark of its own, with those right behind it.
    fn utterance_end(&self, start: usize, end: usize) -> Option<usize> {
        let pair = self.quote_at(start)?;
        if !self.is_remark(pair) {
            return None;
        }
        let mut until = pair.last + 1;
        while until < end && self.is(until, Tags::QUOTED) {
            until = self.quote_at(until)?.last + 1;
        }
        Some(until.min(end.max(pair.last + 1)))
    }

    /// Whether a quotation ends as a remark does: on a stop, a comma or a dash, or not at all.
    pub(super) fn is_remark(&self, pair: Pair) -> bool {
        !pair.closed
            || matches!(
                self.word(self.last_within(pair)),
                "." | "!" | "?" | "," | "\u{2026}" | "\u{2014}" | "\u{2013}" | "-"
            )
    }

    /// The last token within a quotation, the marks that close quotations within it left out.
    pub(super) fn last_within(&self, pair: Pair) -> usize {
        let mut last = pair.last.saturating_sub(pair.width);
        while last > pair.first && matches!(self.word(last), "\u{2019}" | "\u{201d}" | "'" | "\"") {
            last -= 1;
        }
        last
    }

    /// Whether what was said ends before the token at `at`.
    fn ends_content(&self, at: usize, start: usize, end: usize, shape: Shape, form: Form) -> bool {
        if self.is(at, Tags::SEMICOLON) {
            return true;
        }
        if self.is(at, Tags::COMMA) {
            return self.ends_at_comma(at, end, shape);
        }
        // "she was late: “I missed the bus,” she wrote": the quotation has a verb of its own.
        if self.is(at, Tags::COLON)
            && let Some(pair) =
                self.quote_at(at + 1).filter(|pair| pair.first == at + 1 && pair.last + 1 < end)
            && self.has_cue(pair.last + 1, end.min(pair.last + 7))
        {
            return true;
        }
        // "likened it to “a bad dream” - a remark that …"
        if shape == Shape::Phrase && self.is(at, Tags::DASH) && self.is(at - 1, Tags::QUOTED) {
            return true;
        }
        if self.is(at, Tags::AND | Tags::BUT) {
            let next = self.skip_adverbs(at + 1, end);
            let finite = |form: Form| matches!(form, Form::Past | Form::Third);
            let same = self.verb(next, end).is_some_and(|(_, verb)| {
                (verb.form == form || shape == Shape::Quote && finite(form) && finite(verb.form))
                    && verb.frames.has(Frames::CLAUSE | Frames::QUOTE | Frames::OBJECT)
            });
            if same && !self.is(next, Tags::QUOTED) {
                return true;
            }
            if self.is(next, Tags::SUBJECT) && self.finite_speech(next + 1).is_some() {
                return true;
            }
            if shape == Shape::Phrase {
                let verbal =
                    self.is(next, Tags::ANY_AUX) || self.looks_past(next) || self.is(next, Tags::SUBJECT);
                return verbal;
            }
            return false;
        }
        if shape == Shape::Phrase && self.is(at, Tags::TO) {
            return self
                .verb(at + 1, end)
                .is_some_and(|(_, verb)| verb.form == Form::Base && verb.frames.has(Frames::CLAUSE));
        }
        if shape == Shape::Phrase && !self.is(at, Tags::PREP) {
            let breaks = self.is(at, Tags::SUBORDINATE) && !self.is(start, Tags::SUBORDINATE);
            return breaks;
        }
        self.is_word(at, "according") && self.is_word(at + 1, "to")
    }

    fn looks_past(&self, at: usize) -> bool {
        !self.is_capital(at) && self.word(at).ends_with("ed") && self.word(at).len() > 4
    }

    fn ends_at_comma(&self, comma: usize, end: usize, shape: Shape) -> bool {
        let mut next = comma + 1;
        let joined = self.is(next, Tags::AND | Tags::BUT | Tags::SUBORDINATE);
        // ", when they spoke by telephone": still what was said.
        let goes_on =
            matches!(self.word(next), "when" | "where" | "after" | "before" | "because" | "since" | "if");
        if joined {
            next += 1;
        }
        next = self.skip_adverbs(next, end);
        if self.is_word(next, "according") || self.is_word(next, "citing") || self.is_word(next, "quoting") {
            return true;
        }
        if next >= end {
            return true;
        }
        if let Some((_, verb)) = self.verb(next, end) {
            if !self.is(next, Tags::QUOTED)
                && verb.form == Form::Ing
                && verb.frames.has(Frames::CLAUSE | Frames::OBJECT)
            {
                return true;
            }
            if joined
                && matches!(verb.form, Form::Past | Form::Third)
                && verb.frames.has(Frames::CLAUSE | Frames::QUOTE)
            {
                return true;
            }
        }
        // ", but the mayor said": another statement begins; ", the mayor said.": this one is reported by another.
        for at in next + 1..end.min(next + NEXT_CUE_REACH) {
            if self.is(at, Tags::COMMA | Tags::THAT | Tags::SEMICOLON | Tags::RELATIVE | Tags::QUOTED) {
                break;
            }
            if let Some((n, _)) = self.finite_speech(at) {
                let closes = at + n >= end || self.is(at + n, Tags::STOP | Tags::COMMA);
                if joined && !goes_on || closes {
                    return true;
                }
            }
        }
        if shape != Shape::Phrase {
            return false;
        }
        let list = self.is(comma + 1, Tags::AND)
            && !self.is(comma + 2, Tags::SUBJECT)
            && !self.looks_past(comma + 2);
        !list && !self.is(comma + 1, Tags::RELATIVE) && !self.lists_on(comma, end)
    }

    /// Whether a list goes on behind a comma: a noun phrase, and "and" not far behind.
    fn lists_on(&self, comma: usize, end: usize) -> bool {
        for at in comma + 1..end.min(comma + 10) {
            if self.is(at, Tags::AND) {
                return !self.is(at + 1, Tags::SUBJECT);
            }
            if self.is(at, Tags::ANY_AUX | Tags::SUBJECT | Tags::SUBORDINATE | Tags::RELATIVE | Tags::STOP)
                || self.word(at).ends_with("ing")
            {
                return false;
            }
        }
        false
    }

    pub(super) fn skip_adverbs(&self, mut at: usize, end: usize) -> usize {
        while at < end && self.is(at, Tags::ADVERB) && !self.is(at, Tags::QUOTED) {
            at += 1;
        }
        at
    }

    /// The end without the stop and the citation that close a sentence.
    pub(super) fn trim_end(&self, start: usize, end: usize) -> usize {
        let mut end = end;
        while end > start {
            let last = end - 1;
            if self.is(last, Tags::QUOTED) {
                break;
            }
            if self.is(last, Tags::STOP | Tags::COMMA | Tags::COLON | Tags::SEMICOLON | Tags::DASH)
                && !self.is(last, Tags::BRACKETED)
            {
                end = last;
            } else if self.is(last, Tags::BRACKETED) && self.is_cited(last) {
                while end > start && self.is(end - 1, Tags::BRACKETED) {
                    end -= 1;
                }
            } else {
                break;
            }
        }
        end
    }

    /// Whether a citation covers the token at `at`.
    fn is_cited(&self, at: usize) -> bool {
        let Some(token) = self.page.tokens.get(at) else { return false };
        self.page.facts.citations.over(token.start as usize).is_some()
    }
}
