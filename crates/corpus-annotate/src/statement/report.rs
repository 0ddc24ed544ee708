//! From what was read to a statement: its spans, who made it, when, on whose report.

use super::{Polarity, Statement, clause::Reading, draft::Draft, occasion, voice::Voices, word::Tags};
use crate::{
    page::{Found, Page},
    token::TokenKind,
};
use corpus_core::Span;
use std::ops::Range;

/// Tokens of what was said that are looked through for its negation.
const NEGATION_REACH: usize = 14;

/// The statements of a page, in order of their spans.
pub(super) fn statements(reading: &Reading<'_, '_>, drafts: &[Draft]) -> Vec<Found<Statement>> {
    let mut found: Vec<Found<Statement>> = Vec::with_capacity(drafts.len());
    let mut voices = Voices::default();
    for draft in drafts {
        let mut statement = statement(reading, draft);
        let speaker = draft.speaker.as_ref().filter(|_| statement.value.speaker.is_some());
        statement.value.entity = speaker.and_then(|tokens| voices.of(reading, tokens));
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
    let negated = draft.content.first().is_some_and(|piece| is_negated(reading, piece));
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

/// Whether the main verb of the first sentence of what was said is negated, as far as its first words tell.
fn is_negated(reading: &Reading<'_, '_>, piece: &Range<usize>) -> bool {
    let sentences = &reading.page.sentences;
    let begun = sentences.partition_point(|sentence| sentence.tokens.end <= piece.start);
    let sentence = sentences.get(begun).map_or(piece.end, |sentence| sentence.tokens.end);
    let mut start = piece.start;
    while start < piece.end && reading.page.tokens[start].kind == TokenKind::Mark {
        start += 1;
    }
    // "If it does not rain, we sow": that they sow is not denied.
    if reading.is(start, Tags::SUBORDINATE) && !reading.is(start, Tags::THAT) {
        let comma = (start..piece.end).find(|&at| reading.is(at, Tags::COMMA));
        start = comma.map_or(start, |comma| comma + 1);
    }
    for at in start..piece.end.min(sentence).min(start + NEGATION_REACH) {
        // "If it rains, which is unlikely, we sow"
        let aside = reading.is_word(at, "which") && at > piece.start;
        if aside || reading.is(at, Tags::RELATIVE | Tags::SEMICOLON | Tags::SUBORDINATE) && at > start {
            return false;
        }
        let nobody =
            matches!(reading.word(at), "nobody" | "nothing" | "none" | "Nobody" | "Nothing" | "None");
        // "rain, not snow", "not only", "no longer"
        let beside = at > start && reading.is(at - 1, Tags::COMMA | Tags::AND | Tags::BUT)
            || matches!(reading.word(at + 1), "only" | "just" | "longer" | "least" | "merely");
        let denies = nobody || reading.is(at, Tags::NOT) && !beside || is_denial(reading, at);
        if denies && !affirms(reading, at, start) {
            return true;
        }
    }
    false
}

/// Whether a word denies what its clause says, and is no negation: "is unlikely to", "hardly", "failed to".
fn is_denial(reading: &Reading<'_, '_>, at: usize) -> bool {
    let is = |at: usize, words: &[&str]| words.contains(&reading.word(at));
    match reading.word(at) {
        "hardly" | "scarcely" => true,
        // "an unlikely winner"
        "unlikely" | "impossible" if reading.is(at - 1, Tags::NOT) => false,
        "unlikely" | "impossible" => {
            reading.is(at - 1, Tags::BE | Tags::ADVERB)
                || is(
                    at - 1,
                    &["looks", "looked", "seems", "seemed", "appears", "appeared", "very", "highly"],
                )
                || is(at + 1, &["to", "that"])
        }
        "little" => {
            is(at + 1, &["chance", "prospect", "hope", "likelihood", "doubt", "reason", "evidence", "sign"])
        }
        "failed" | "fails" | "refused" | "refuses" | "declined" | "declines" => is(at + 1, &["to"]),
        _ => false,
    }
}

/// Whether the negation at `at` of a sentence that begins at `start` denies nothing: "no choice but", "cannot wait",
/// "never been so", "Do not worry", "Why not".
fn affirms(reading: &Reading<'_, '_>, at: usize, start: usize) -> bool {
    let lower = |at: usize| reading.word(at).to_ascii_lowercase();
    let is = |at: usize, words: &[&str]| words.contains(&&*lower(at));
    let word = lower(at);
    // "don't" and "cannot" end with the negation that "do not" and "can not" have in a word of its own.
    let verb = if word == "not" && at > start { at - 1 } else { at };
    let after = at + 1;
    match &*word {
        // One adjective may stand between: "no other choice".
        "no" => is(after, IDLE) || !reading.is(after, Tags::PREP) && is(after + 1, IDLE),
        "nothing" => is(after, &["but", "less", "short", "more"]),
        "never" => {
            is(after, &["been", "had", "felt", "seen"]) && is(after + 1, &["so", "such", "more", "better"])
        }
        "nobody" | "none" | "nor" | "neither" => false,
        _ if verb == start && (is(verb, &["do", "don't"])) => !reading.is(after, Tags::SUBJECT),
        _ if at > start && is(at - 1, &["why"]) || is(after, &["without"]) => true,
        // "little doubt"; "not impossible"
        "little" => is(after, &["doubt"]),
        _ if is(after, &["unlikely", "impossible"]) => true,
        _ if is(verb, &["can", "could", "cannot", "can't", "couldn't"]) => {
            is(after, &["but", "wait", "help", "overstate", "overestimate"])
                || is(after + 1, &["more", "enough"])
        }
        _ => false,
    }
}

/// What one has none of without denying anything.
const IDLE: &[&str] = &[
    "choice",
    "choices",
    "option",
    "options",
    "alternative",
    "alternatives",
    "doubt",
    "doubts",
    "question",
    "wonder",
    "secret",
    "surprise",
    "accident",
    "coincidence",
    "hesitation",
    "matter",
    "less",
    "fewer",
    "sooner",
    "stranger",
];

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
