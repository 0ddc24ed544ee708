//! Statements with a source and no verb: "according to", "in the words of".

use super::{
    Polarity,
    clause::{Clause, Reading},
    content::{Onset, Shape},
    draft::{Draft, only},
    word::{Form, Tags},
};
use crate::token::Key;

const ACCORDING: Key = Key::ascii("according");
const IN: Key = Key::ascii("in");
const AS: Key = Key::ascii("as");

/// Tokens of the owner of a view.
const OWNER_REACH: usize = 8;
/// Tokens of somebody between "as" and "put it".
const SPEAKER_REACH: usize = 10;
/// Tokens between "as Brown put it" and the comma behind what says when and where.
const ADJUNCT_REACH: usize = 20;

impl Reading<'_, '_> {
    /// Whether a statement may be told of by the word at `at`: a verb or noun of speech, or "according to".
    pub(super) fn may_begin(&self, at: usize) -> bool {
        self.is(at, Tags::VERB | Tags::SPEECH) || matches!(self.page.tokens[at].key, ACCORDING | IN | AS)
    }

    /// "In her view it rains", "in the mayor’s opinion, it rains", at the beginning of a clause.
    fn in_view(&self, at: usize, clause: &Clause, taken: usize) -> Option<Draft> {
        if self.page.tokens[at].key != IN || at != clause.tokens.start && at != taken {
            return None;
        }
        let end = clause.tokens.end;
        let owner = at + 1;
        let noun = if self.is(owner, Tags::POSSESSIVE) {
            owner + 1
        } else {
            (owner..end.min(owner + OWNER_REACH)).find(|&at| self.is_possessive(at))? + 1
        };
        if !matches!(self.word(noun), "view" | "opinion" | "judgment" | "judgement" | "account" | "telling") {
            return None;
        }
        let speaker = owner..if noun == owner + 1 { noun } else { noun - 1 };
        let from = noun + 1 + usize::from(self.is(noun + 1, Tags::COMMA));
        if !self.names_somebody(&speaker) && !self.is(owner, Tags::POSSESSIVE) || !self.has_finite(from, end)
        {
            return None;
        }
        let content =
            self.content_from(Onset { at: from, shape: Shape::Clause, marked: true }, end, Form::Past)?;
        Some(Draft {
            until: content.end,
            speaker: Some(speaker),
            cue: Some(at..at + 1),
            content: only(content),
            polarity: Polarity::Assert,
            rule: "in-view",
            confidence: 0.7,
        })
    }

    /// "As Brown put it in May, it rains", "it rains, as Brown noted".
    fn as_put(&self, at: usize, clause: &Clause, taken: usize) -> Option<Draft> {
        if self.page.tokens[at].key != AS {
            return None;
        }
        let end = clause.tokens.end;
        let verb = (at + 2..end.min(at + SPEAKER_REACH)).find(|&at| self.puts(at) > 0)?;
        let speaker = at + 1..verb;
        let after = verb + self.puts(verb);
        let small = Tags::COMMA | Tags::ANY_AUX | Tags::VERB | Tags::QUOTED | Tags::SUBORDINATE | Tags::TO;
        let plain = !speaker.clone().any(|at| self.is(at, small) && !self.is_capital(at));
        let adjunct = self.is(after, Tags::PREP | Tags::TIME) && !self.is(after, Tags::SUBORDINATE);
        let closes = after >= end || self.is(after, Tags::COMMA | Tags::STOP) || adjunct;
        if !plain || !closes || !self.names_somebody(&speaker) {
            return None;
        }
        let content = if at == clause.tokens.start {
            let comma = (after..end.min(after + ADJUNCT_REACH)).find(|&at| self.is(at, Tags::COMMA))?;
            let shape = if self.is(comma + 1, Tags::QUOTED) { Shape::Quote } else { Shape::Clause };
            if shape == Shape::Clause && !self.has_finite(comma + 1, end) {
                return None;
            }
            self.content_from(Onset { at: comma + 1, shape, marked: true }, end, Form::Past)?
        } else {
            let comma = at.checked_sub(1).filter(|&comma| self.is(comma, Tags::COMMA | Tags::DASH))?;
            let from = self.skip_lead(taken.max(clause.tokens.start).min(comma), comma);
            if from >= comma || !self.has_finite(from, comma) {
                return None;
            }
            from..comma
        };
        Some(Draft {
            until: content.end.max(after),
            speaker: Some(speaker),
            cue: Some(verb..after),
            content: only(content),
            polarity: Polarity::Assert,
            rule: "as-put",
            confidence: 0.7,
        })
    }

    /// How many tokens of a verb behind "as" at `at` say that somebody put it so; none where it is no such verb.
    fn puts(&self, at: usize) -> usize {
        match self.word(at) {
            "put" | "puts" if self.is_word(at + 1, "it") => 2,
            "said" | "says" | "noted" | "notes" | "wrote" | "writes" | "explained" | "explains" => 1,
            _ => 0,
        }
    }

    /// "according to", "in the words of", "in her view", "as she put it".
    pub(super) fn according(&self, at: usize, clause: &Clause, taken: usize) -> Option<Draft> {
        if let Some(draft) = self.in_view(at, clause, taken).or_else(|| self.as_put(at, clause, taken)) {
            return Some(draft);
        }
        let reading = self;
        let end = clause.tokens.end;
        let n = match reading.page.tokens[at].key {
            ACCORDING if reading.is_word(at + 1, "to") => 2,
            IN if reading.is_word(at + 1, "the")
                && reading.is_word(at + 2, "words")
                && reading.is_word(at + 3, "of") =>
            {
                4
            }
            _ => return None,
        };
        if reading.is_word(at + n, "which") {
            let onset = Onset { at: at + n + 1, shape: Shape::Clause, marked: true };
            let content = only(reading.content_from(onset, end, Form::Past)?);
            return Some(Draft {
                until: content[0].end,
                speaker: None,
                cue: Some(at..at + n + 1),
                content,
                polarity: Polarity::Assert,
                rule: "according-to",
                confidence: 0.7,
            });
        }
        let mut speaker = reading.phrase_after(at + n, end)?;
        // "according to their weight": nobody says it.
        let known = Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH;
        if reading.is(speaker.start, Tags::POSSESSIVE)
            && !speaker.clone().any(|at| reading.is(at, known) || reading.is_capital(at))
        {
            return None;
        }
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
            // "In the words of the director, Jane Brown, it rains": the apposition is the name.
            let named = (comma + 1..end.min(comma + 6)).find(|&at| !reading.is_capital(at));
            let described = reading.is(speaker.start, Tags::DET) || !reading.is_capital(speaker.end - 1);
            let comma = match named {
                Some(next) if described && next > comma + 2 && reading.is(next, Tags::COMMA) => {
                    speaker.end = next;
                    next
                }
                _ => comma,
            };
            let shape = if reading.is(comma + 1, Tags::QUOTED) { Shape::Quote } else { Shape::Clause };
            let content =
                reading.content_from(Onset { at: comma + 1, shape, marked: true }, end, Form::Past)?;
            if !content.clone().any(|at| !reading.is(at, Tags::ADVERB)) {
                return None;
            }
            only(content)
        } else {
            let from = reading.skip_lead(taken.min(at), at);
            let first = reading.trim_end(from, at);
            let told =
                (from..first).any(|at| !reading.is(at, Tags::ADVERB | Tags::COMMA | Tags::AND | Tags::BUT));
            if first <= from || !told {
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
            polarity: Polarity::Assert,
            until,
            rule: "according-to",
            confidence: 0.85,
        })
    }
}
