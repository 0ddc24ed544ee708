//! From what was read to a statement: its spans, who made it, when, on whose report.

use super::{Polarity, Statement, clause::Reading, draft::Draft, occasion, voice::Voices, word::Tags};
use crate::page::{Found, Page};
use crate::stretch::InOrder;
use corpus_core::Span;
use std::ops::Range;

/// How sure a statement is at the most of which nobody knows who "he" or "she" is that makes it.
const OPEN: f32 = 0.4;

/// The statements of a page, in order of their spans.
pub(super) fn statements(reading: &Reading<'_, '_>, drafts: &[Draft]) -> Vec<Found<Statement>> {
    let mut found: Vec<Found<Statement>> = Vec::with_capacity(drafts.len());
    let mut voices = Voices::default();
    for draft in drafts {
        let mut statement = statement(reading, draft);
        let speaker = draft.speaker.as_ref().filter(|_| statement.value.speaker.is_some());
        statement.value.entity = speaker.and_then(|tokens| voices.of(reading, tokens, draft));
        // Of several who may be meant nobody knows which: nor is it sure what they have said.
        if statement.value.entity.is_none() && speaker.is_some_and(|tokens| reading.is_he_or_she(tokens)) {
            statement.confidence = statement.confidence.min(OPEN);
        }
        found.push(statement);
    }
    found.sort_by_key(|statement| statement.span);
    occasion::cite(reading.page, &mut found);
    found
}

fn statement(reading: &Reading<'_, '_>, draft: &Draft) -> Found<Statement> {
    let span = |tokens: &Range<usize>| {
        Span::new(
            reading.page.tokens[tokens.start].start as usize,
            reading.page.tokens[tokens.end - 1].end as usize,
        )
    };
    let content: Vec<Span> = draft.content.iter().map(span).collect();
    // "Such claims indicate": that is what the article itself takes from them.
    let speaks = |tokens: &&Range<usize>| {
        !(reading.is_word(tokens.start, "such") && reading.is(reading.head_of(tokens), Tags::SPEECH))
    };
    let speaker = draft.speaker.as_ref().filter(speaks).map(span);
    let cue = draft.cue.as_ref().map(span);
    let all = content.iter().chain(&speaker).chain(&cue);
    let hull =
        all.fold(content[0], |hull, span| Span::new(hull.start.min(span.start), hull.end.max(span.end)));
    let direct = draft.content.iter().any(|piece| piece.clone().any(|at| reading.is(at, Tags::QUOTED)));
    let negated = draft.content.first().is_some_and(|piece| reading.is_negated(piece));
    Found {
        span: hull,
        value: Statement {
            speaker,
            entity: None,
            cue,
            content,
            direct,
            polarity: if negated && draft.polarity == Polarity::Assert {
                Polarity::Deny
            } else {
                draft.polarity
            },
            said_on: occasion::said_on(reading, draft, hull),
            outlets: Vec::new(),
        },
        rule: draft.rule,
        confidence: draft.confidence,
    }
}

/// Tells each quotation who says it.
pub(super) fn name_speakers(page: &mut Page<'_>, statements: &[Found<Statement>]) {
    for statement in statements {
        for piece in &statement.value.content {
            let first = page.facts.quotations.before(piece.start).len();
            let within = page.facts.quotations.beginning_in(piece.range()).len();
            for quotation in &mut page.facts.quotations[first..first + within] {
                quotation.value.speaker = statement.value.speaker;
            }
        }
    }
}
