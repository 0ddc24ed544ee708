//! From what was read to what is said of it: who it is, when it was, on whose report.

use super::{Polarity, Statement, clause::Reading, draft::Draft, word::Tags};
use crate::{
    name::NameKind,
    page::{Found, Page},
    time::TimeKind,
    token::TokenKind,
};
use corpus_core::{Edtf, Span};
use std::ops::Range;

/// Tokens of what was said that are looked through for its negation.
const NEGATION_REACH: usize = 14;

/// Times of a sentence that are looked at for the date of what was said.
const TIME_REACH: usize = 16;
/// Citations behind a statement that are looked at for the one that closes its sentences.
const CITATION_REACH: usize = 16;

/// The statements of a page, in order of their spans.
pub(super) fn statements(reading: &Reading<'_, '_>, drafts: &[Draft]) -> Vec<Found<Statement>> {
    let mut found: Vec<Found<Statement>> = Vec::with_capacity(drafts.len());
    // Who spoke last, for "he" and "she".
    let mut last: Option<(String, usize)> = None;
    for draft in drafts {
        let mut statement = statement(reading, draft);
        let speaker = draft.speaker.as_ref();
        if let Some(tokens) = speaker {
            let named =
                named(reading, tokens).or_else(|| Some((meant(reading, tokens, last.as_ref())?, true)));
            if let Some((entity, is_person)) = named {
                // Neither "he" nor "she" is a place or a body.
                if is_person {
                    last = Some((entity.clone(), tokens.start));
                }
                statement.value.entity = Some(entity);
            }
        }
        found.push(statement);
    }
    found.sort_by_key(|statement| statement.span);
    cite(reading.page, &mut found);
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
            said_on: said_on(reading, draft, hull),
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
        if reading.is(at, Tags::RELATIVE | Tags::SEMICOLON | Tags::SUBORDINATE) && at > start {
            return false;
        }
        let nobody =
            matches!(reading.word(at), "nobody" | "nothing" | "none" | "Nobody" | "Nothing" | "None");
        // "rain, not snow", "not only", "no longer"
        let beside = at > start && reading.is(at - 1, Tags::COMMA | Tags::AND | Tags::BUT)
            || matches!(reading.word(at + 1), "only" | "just" | "longer" | "least" | "merely");
        if nobody || reading.is(at, Tags::NOT) && !beside {
            return true;
        }
    }
    false
}

/// The entity that a name or post within the speaker's words stands for, a person before a body before a place, and
/// whether it is a person.
fn named(reading: &Reading<'_, '_>, tokens: &Range<usize>) -> Option<(String, bool)> {
    let page = reading.page;
    let (start, end) = (page.tokens[tokens.start].start as usize, page.tokens[tokens.end - 1].end as usize);
    let names = &page.facts.names;
    let first = names.partition_point(|name| name.span.end <= start);
    let best = names[first..].iter().take_while(|name| name.span.start < end).min_by_key(|name| {
        match name.value.kind {
            NameKind::Per => 0,
            NameKind::Org => 1,
            NameKind::Loc => 2,
        }
    });
    let posts = &page.facts.posts;
    let first = posts.partition_point(|post| post.span.end <= start);
    let held = posts[first..]
        .iter()
        .take_while(|post| post.span.start < end)
        .find_map(|post| post.value.entity.clone());
    match best {
        Some(name) if name.value.kind == NameKind::Per => Some((name.value.entity.clone(), true)),
        other => {
            held.map(|entity| (entity, true)).or_else(|| other.map(|name| (name.value.entity.clone(), false)))
        }
    }
}

/// Who "he" or "she" is: the last speaker, or a person named since.
fn meant(reading: &Reading<'_, '_>, tokens: &Range<usize>, last: Option<&(String, usize)>) -> Option<String> {
    let pronoun = tokens.len() == 1
        && matches!(
            reading.word(tokens.start),
            "he" | "she" | "He" | "She" | "his" | "her" | "His" | "Her" | "I" | "who"
        );
    if !pronoun {
        return None;
    }
    let page = reading.page;
    let start = page.tokens[tokens.start].start as usize;
    // The first person of the sentence before is its subject more often than not.
    let sentences = &page.sentences;
    let here = sentences.partition_point(|sentence| sentence.span.start <= start).checked_sub(1)?;
    let person = |range: Range<usize>| {
        let names = &page.facts.names;
        let first = names.partition_point(|name| name.span.start < range.start);
        names[first..]
            .iter()
            .take_while(|name| name.span.start < range.end)
            .find(|name| name.value.kind == NameKind::Per)
            .map(|name| name.value.entity.clone())
    };
    let same = sentences[here].span.start;
    let before = here.checked_sub(1).map_or(same, |before| sentences[before].span.start);
    if let Some((entity, at)) = last
        && (page.tokens[*at].start as usize) >= before
    {
        return Some(entity.clone());
    }
    person(same..start).or_else(|| person(before..same)).or_else(|| last.map(|(entity, _)| entity.clone()))
}

/// The date that stands with the verb of speech, and not within what was said.
fn said_on(reading: &Reading<'_, '_>, draft: &Draft, hull: Span) -> Option<Edtf> {
    let page = reading.page;
    let cue = page.tokens[draft.cue.as_ref()?.start].start as usize;
    let sentences = &page.sentences;
    let here = sentences.partition_point(|sentence| sentence.span.start <= cue).checked_sub(1)?;
    let sentence = sentences[here].span;
    let (start, end) = (sentence.start.min(hull.start), sentence.end);
    let inside = |at: usize| {
        draft.content.iter().any(|piece| {
            (page.tokens[piece.start].start as usize) <= at && at < page.tokens[piece.end - 1].end as usize
        })
    };
    let cited = |at: usize| {
        let after = page.facts.citations.partition_point(|citation| citation.span.start <= at);
        page.facts.citations[..after].last().is_some_and(|citation| at < citation.span.end)
    };
    let times = &page.facts.times;
    let first = times.partition_point(|time| time.span.start < start);
    times[first..]
        .iter()
        .take(TIME_REACH)
        .take_while(|time| time.span.start < end)
        .filter(|time| matches!(time.value.kind, TimeKind::Date | TimeKind::Time))
        .filter(|time| !inside(time.span.start) && !cited(time.span.start))
        .min_by_key(|time| time.span.start.abs_diff(cue))
        .and_then(|time| time.value.edtf.as_ref().map(Edtf::date))
}

/// Gives each statement the outlets that report it: those of the citation in brackets that closes its sentence or a
/// later one of the paragraph, up to the citation before; else those that its own sentence names.
fn cite(page: &Page<'_>, statements: &mut [Found<Statement>]) {
    let citations = &page.facts.citations;
    if citations.is_empty() {
        return;
    }
    for statement in statements {
        let end = statement.span.end;
        let passage = page.passages.partition_point(|passage| passage.span.end < end);
        let Some(passage) = page.passages.get(passage) else { continue };
        let after = citations.partition_point(|citation| citation.span.end <= end);
        let closing = citations[after..]
            .iter()
            .take(CITATION_REACH)
            .take_while(|citation| citation.span.start < passage.span.end)
            .find(|citation| citation.rule.starts_with("brackets"));
        let running = || {
            let first = citations.partition_point(|citation| citation.span.end <= statement.span.start);
            citations[first..].iter().find(|citation| citation.span.start < end)
        };
        if let Some(citation) = closing.or_else(running) {
            statement.value.outlets.clone_from(&citation.value.outlets);
            if statement.value.said_on.is_none() {
                statement.value.said_on =
                    citation.value.outlets.iter().find_map(|outlet| outlet.date.clone());
            }
        }
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
