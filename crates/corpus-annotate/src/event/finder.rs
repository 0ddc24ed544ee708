//! Finds mentions of events, and which of them are one.

use super::{
    Event,
    word_table::{AHEAD, ELECTIONS, NOUNS, VERBS},
};
use crate::{
    lexicon::Lexicon,
    name::NameKind,
    page::{Found, Page},
    sentence::Sentence,
    time::TimeKind,
    token::{Key, Token},
};
use corpus_core::{Edtf, PartKind, Span};
use std::{ops::Range, sync::LazyLock};

/// Tokens around a mention in which its date stands.
const DATE_REACH: usize = 14;
/// Tokens around a mention in which its participants and place stand.
const NAME_REACH: usize = 14;
/// Words before a mention that may say that it is still to come.
const AHEAD_REACH: usize = 6;
/// Events of a kind that a mention is compared with, the latest first.
const MOST_COMPARED: usize = 24;

static NOUN: LazyLock<Lexicon<&'static str>> = LazyLock::new(|| Lexicon::new(NOUNS.iter().copied()));
static VERB: LazyLock<Lexicon<&'static str>> = LazyLock::new(|| Lexicon::new(VERBS.iter().copied()));
static ELECTION: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(ELECTIONS.iter().map(|&word| (word, ()))));
static SOON: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(AHEAD.iter().map(|&word| (word, ()))));

/// A mention with what tells it from others of its kind.
struct Mention {
    event: Event,
    /// The word before that says which election it is.
    which: Option<Key>,
}

/// The events of a page, in order.
pub(super) fn events(page: &Page<'_>) -> Vec<Found<Event>> {
    let mut found: Vec<Found<Event>> = Vec::new();
    let mut known: Vec<Mention> = Vec::new();
    for sentence in &page.sentences {
        if page.passages[sentence.passage].kind == PartKind::Comments {
            continue;
        }
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some((tokens, kind, rule)) = mention(page, sentence, at) else {
                at += 1;
                continue;
            };
            at = tokens.end.max(at + 1);
            let Some(read) = read(page, sentence, &tokens, kind) else { continue };
            let event = join(&mut known, read);
            let span =
                Span::new(page.tokens[tokens.start].start as usize, page.tokens[tokens.end - 1].end as usize);
            let confidence = if event.when.is_some() { 0.7 } else { 0.5 };
            found.push(Found { span, value: event, rule, confidence });
        }
    }
    found
}

/// The tokens of a mention at `at`, its kind and the rule that finds it.
fn mention(
    page: &Page<'_>,
    sentence: &Sentence,
    at: usize,
) -> Option<(Range<usize>, &'static str, &'static str)> {
    let rest = &page.tokens[at..sentence.tokens.end];
    if let Some((n, kind)) = NOUN.longest(rest) {
        let mut start = at;
        // "the presidential election", "a regular meeting": the words that describe it.
        while start > sentence.tokens.start && at - start < 4 && describes(page, page.tokens[start - 1]) {
            start -= 1;
        }
        return Some((start..at + n, kind, "noun"));
    }
    let (n, kind) = VERB.longest(rest)?;
    (!page.tokens[at].is_capitalised()).then_some((at..at + n, kind, "verb"))
}

fn describes(page: &Page<'_>, token: Token) -> bool {
    let tags = crate::statement::word::tag(token, page.text());
    use crate::statement::word::Tags;
    token.is_word()
        && !tags.has(
            Tags::PREP
                | Tags::DET
                | Tags::AND
                | Tags::ANY_AUX
                | Tags::TO
                | Tags::SUBORDINATE
                | Tags::SUBJECT
                | Tags::POSSESSIVE
                | Tags::VERB,
        )
}

/// Reads what a sentence says of the event; nothing where it says neither who, where nor when.
fn read(page: &Page<'_>, sentence: &Sentence, tokens: &Range<usize>, kind: &'static str) -> Option<Mention> {
    let low = tokens.start.saturating_sub(NAME_REACH).max(sentence.tokens.start);
    let high = (tokens.end + NAME_REACH).min(sentence.tokens.end);
    let (from, to) = (page.tokens[low].start as usize, page.tokens[high - 1].end as usize);
    let names = &page.facts.names;
    let first = names.partition_point(|name| name.span.start < from);
    let mut participants: Vec<String> = Vec::new();
    let mut place = None;
    for name in names[first..].iter().take_while(|name| name.span.start < to) {
        let entity = &name.value.entity;
        let located = name.value.kind == NameKind::Loc && !name.value.metonym && is_located(page, name.span);
        if located {
            place = place.or(Some(entity.clone()));
        } else if !participants.contains(entity) {
            participants.push(entity.clone());
        }
    }
    // "visited Ely": the place is the object.
    if kind == "visit" && place.is_none() {
        let behind = page.tokens[tokens.end - 1].end as usize;
        place = names[first..]
            .iter()
            .find(|name| {
                name.span.start >= behind
                    && name.span.start <= behind + 40
                    && name.value.kind == NameKind::Loc
            })
            .map(|name| name.value.entity.clone());
        participants.retain(|entity| Some(entity) != place.as_ref());
    }
    let which = page.tokens[tokens.clone()]
        .iter()
        .find(|token| ELECTION.get(**token).is_some())
        .map(|token| token.key);
    let when = date(page, sentence, tokens);
    let vague = participants.is_empty() && place.is_none() && when.is_none() && which.is_none();
    let plain = tokens.len() == 1 && matches!(kind, "war" | "protest" | "conference") && when.is_none();
    if vague || plain {
        return None;
    }
    let past =
        page.word(page.tokens[tokens.start]).ends_with("ed") || page.word(page.tokens[tokens.start]) == "met";
    let planned = !past
        && (tokens.start.saturating_sub(AHEAD_REACH).max(sentence.tokens.start)..tokens.end)
            .any(|at| SOON.get(page.tokens[at]).is_some());
    let event = Event { kind, participants, place, when, planned, event: String::new() };
    Some(Mention { event, which })
}

/// Whether "in", "at", "to" or "near" stands before a name.
fn is_located(page: &Page<'_>, span: Span) -> bool {
    let at = page.token_at(span.start);
    let before = |n: usize| at.checked_sub(n).map_or("", |at| page.word(page.tokens[at]));
    let place = |word: &str| matches!(word, "in" | "at" | "near" | "to" | "In" | "At");
    place(before(1)) || place(before(2)) && before(1) == "the"
}

/// The date nearest to a mention.
fn date(page: &Page<'_>, sentence: &Sentence, tokens: &Range<usize>) -> Option<Edtf> {
    let low = tokens.start.saturating_sub(DATE_REACH).max(sentence.tokens.start);
    let high = (tokens.end + DATE_REACH).min(sentence.tokens.end);
    let (from, to) = (page.tokens[low].start as usize, page.tokens[high - 1].end as usize);
    let here = page.tokens[tokens.start].start as usize;
    let times = &page.facts.times;
    let first = times.partition_point(|time| time.span.start < from);
    let cited = |at: usize| {
        let after = page.facts.citations.partition_point(|citation| citation.span.start <= at);
        page.facts.citations[..after].last().is_some_and(|citation| at < citation.span.end)
    };
    times[first..]
        .iter()
        .take_while(|time| time.span.start < to)
        .filter(|time| matches!(time.value.kind, TimeKind::Date | TimeKind::Time) && !cited(time.span.start))
        .min_by_key(|time| time.span.start.abs_diff(here))
        .and_then(|time| time.value.edtf.as_ref().map(Edtf::date))
}

/// Gives a mention the id of the event that it is: one of the same kind, with no other date and somebody in common.
fn join(known: &mut Vec<Mention>, mention: Mention) -> Event {
    let n_known = known.len();
    let same = known.iter_mut().rev().take(MOST_COMPARED).find(|other| {
        let whens = match (&other.event.when, &mention.event.when) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let which = other.which == mention.which || other.which.is_none() || mention.which.is_none();
        let shares = other.event.participants.is_empty()
            || mention.event.participants.is_empty()
            || mention.event.participants.iter().any(|entity| other.event.participants.contains(entity));
        let places = match (&other.event.place, &mention.event.place) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        other.event.kind == mention.event.kind && whens && which && shares && places
    });
    let mut event = mention.event;
    if let Some(other) = same {
        event.event.clone_from(&other.event.event);
        event.when = event.when.or_else(|| other.event.when.clone());
        event.place = event.place.or_else(|| other.event.place.clone());
        other.event.when.clone_from(&event.when);
        other.event.place.clone_from(&event.place);
        return event;
    }
    event.event = format!("event-{}", n_known + 1);
    known.push(Mention { event: event.clone(), which: mention.which });
    event
}
