//! From what was read to what is said of it: who it is, when it was, on whose report.

use super::{Polarity, Statement, clause::Reading, draft::Draft, word::Tags};
use crate::page::{Found, Page};
use corpus_core::Span;
use std::ops::Range;

/// The statements of a page, in order of their spans.
pub(super) fn statements(reading: &Reading<'_, '_>, drafts: Vec<Draft>) -> Vec<Found<Statement>> {
    let mut found: Vec<Found<Statement>> = drafts.iter().map(|draft| statement(reading, draft)).collect();
    found.sort_by_key(|statement| statement.span);
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
    let speaker = draft.speaker.as_ref().map(span);
    let cue = draft.cue.as_ref().map(span);
    let all = content.iter().chain(&speaker).chain(&cue);
    let hull =
        all.fold(content[0], |hull, span| Span::new(hull.start.min(span.start), hull.end.max(span.end)));
    let direct = draft.content.iter().any(|piece| piece.clone().any(|at| reading.is(at, Tags::QUOTED)));
    Found {
        span: hull,
        value: Statement {
            speaker,
            entity: None,
            cue,
            content,
            direct,
            polarity: if draft.denies { Polarity::Deny } else { Polarity::Assert },
            said_on: None,
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
            let first = page.facts.quotations.partition_point(|quotation| quotation.span.start < piece.start);
            for quotation in &mut page.facts.quotations[first..] {
                if quotation.span.start >= piece.end {
                    break;
                }
                quotation.value.speaker = statement.value.speaker;
            }
        }
    }
}
