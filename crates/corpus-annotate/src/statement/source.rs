//! Statements without a verb of speech: "according to", "in the words of", "the claim that".

use super::{
    clause::{Clause, Reading},
    content::{Onset, Shape},
    draft::{Draft, only},
    word::{Form, Tags},
};

impl Reading<'_, '_> {
    /// "according to", "in the words of".
    pub(super) fn according(&self, at: usize, clause: &Clause, taken: usize) -> Option<Draft> {
        let reading = self;
        let end = clause.tokens.end;
        let n = if reading.is_word(at, "according") && reading.is_word(at + 1, "to") {
            2
        } else if reading.is_word(at, "in")
            && reading.is_word(at + 1, "the")
            && reading.is_word(at + 2, "words")
            && reading.is_word(at + 3, "of")
        {
            4
        } else {
            return None;
        };
        let speaker = reading.phrase_after(at + n, end)?;
        let leads = at == clause.tokens.start
            || at == taken
            || reading.is(at - 1, Tags::AND | Tags::BUT | Tags::SEMICOLON) && at < taken + 3;
        let content = if leads {
            let comma = (speaker.end..end.min(speaker.end + 20))
                .find(|&at| reading.is(at, Tags::COMMA) && !reading.is(at, Tags::QUOTED | Tags::BRACKETED))?;
            let comma = (comma + 1..end.min(comma + 12))
                .rfind(|&later| {
                    reading.is(later, Tags::COMMA)
                        && !reading.has_finite(comma + 1, later)
                        && !reading.is(comma + 1, Tags::QUOTED)
                        && reading.is_apposition(comma + 1)
                })
                .unwrap_or(comma);
            let shape = if reading.is(comma + 1, Tags::QUOTED) { Shape::Quote } else { Shape::Clause };
            vec![reading.content_from(Onset { at: comma + 1, shape, marked: true }, end, Form::Past)?]
        } else {
            let from = reading.skip_lead(taken.min(at), at);
            let first = reading.trim_end(from, at);
            if first <= from {
                return None;
            }
            let mut pieces = only(from..first);
            if reading.is(speaker.end, Tags::COMMA)
                && reading.is(at - 1, Tags::COMMA)
                && reading.has_finite(speaker.end + 1, end)
                && !reading.is(speaker.end + 1, Tags::RELATIVE)
                && !reading.is_apposition(speaker.end + 1)
            {
                let onset = Onset { at: speaker.end + 1, shape: Shape::Clause, marked: true };
                pieces.extend(reading.content_from(onset, end, Form::Past));
            }
            pieces
        };
        let until = content.iter().map(|piece| piece.end).max().unwrap_or(at).max(speaker.end);
        Some(Draft {
            speaker: Some(speaker),
            cue: Some(at..at + n),
            content,
            denies: false,
            until,
            rule: "according-to",
            confidence: 0.85,
        })
    }

    /// A noun of speech and its clause: "the mayor’s claim that it rains".
    pub(super) fn noun(&self, at: usize, clause: &Clause) -> Option<Draft> {
        let reading = self;
        if !reading.is(at, Tags::SPEECH)
            || !reading.is(at + 1, Tags::THAT)
            || reading.is(at + 1, Tags::QUOTED)
            || at == clause.tokens.start
        {
            return None;
        }
        let mut owner = at;
        while owner > clause.tokens.start
            && at - owner < 4
            && !reading.is_possessive(owner - 1)
            && !reading.is(owner - 1, Tags::POSSESSIVE)
        {
            owner -= 1;
        }
        let speaker = if owner > clause.tokens.start && reading.is(owner - 1, Tags::POSSESSIVE) {
            Some(owner - 1..owner)
        } else if owner > clause.tokens.start && reading.is_possessive(owner - 1) {
            reading.phrase_before(owner - 1, clause.tokens.start)
        } else {
            None
        };
        let article = reading.is(at - 1, Tags::DET | Tags::POSSESSIVE | Tags::ADVERB)
            || reading.is_possessive(at - 1)
            || !reading.is_capital(at - 1);
        if speaker.is_none() && (!article || reading.is(at + 2, Tags::VERB | Tags::ANY_AUX)) {
            return None;
        }
        let onset = Onset { at: at + 2, shape: Shape::Clause, marked: true };
        let content = reading.content_from(onset, clause.tokens.end, Form::Base)?;
        let until = content.end;
        Some(Draft {
            speaker,
            cue: Some(at..at + 1),
            content: vec![content],
            denies: false,
            until,
            rule: "noun",
            confidence: 0.65,
        })
    }
}
