//! Finds mentions of events and reads what their sentences say of them.

use super::{
    Event,
    join::{Back, Mention, complete, join, points_back},
    kind::EventKind,
    mention::{before_is, mention},
    nation::Nations,
    party::Scene,
    place::{is_located, is_part_of_town, list_of},
    sense::Sense,
    when::date,
    word_table::{AHEAD, ELECTIONS},
};
use crate::{
    lexicon::Lexicon,
    name::{Name, NameKind},
    page::{Found, Page},
    sentence::Sentence,
    stretch::InOrder,
};
use corpus_core::{Edtf, PartKind, Span};
use std::{iter, ops::Range, sync::LazyLock};

/// Tokens around a mention in which its participants and place stand.
const NAME_REACH: usize = 14;
/// Bytes behind a journey in which the place stands that it goes to.
const OBJECT_REACH: usize = 41;
/// Words before a mention that may say that it is still to come.
const AHEAD_REACH: usize = 6;
/// Names before a mention that are looked through for whom a pronoun stands for.
const MOST_NAMED: usize = 24;

static ELECTION: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(ELECTIONS.iter().map(|&word| (word, ()))));
static SOON: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(AHEAD.iter().map(|&word| (word, ()))));

/// The events of a page, in order.
pub(super) fn events(page: &Page<'_>) -> Vec<Found<Event>> {
    let mut found: Vec<Found<Event>> = Vec::new();
    let mut known: Vec<Mention> = Vec::new();
    let nations = Nations::default();
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
            if !(Sense { page, sentence, tokens: &tokens, kind }).is_event() {
                continue;
            }
            let Some(read) = read(page, &nations, sentence, &tokens, kind, rule == "noun") else { continue };
            let span =
                Span::new(page.tokens[tokens.start].start as usize, page.tokens[tokens.end - 1].end as usize);
            let further = further_visits(page, &read, &tokens);
            for (span, mention) in iter::once((span, read)).chain(further) {
                let Some(event) = join(&mut known, mention) else { continue };
                let confidence = if event.when.is_some() { 0.7 } else { 0.5 };
                found.push(Found { span, value: event, rule, confidence });
            }
        }
    }
    complete(&mut found);
    for mention in &mut found {
        let written = page.published_at(mention.span.start);
        let is_ahead = mention.value.when.as_ref().zip(written).and_then(|(when, day)| lies_ahead(when, day));
        mention.value.planned = is_ahead.unwrap_or(mention.value.planned);
    }
    found
}

/// The visits to the further places of a list: "visited Norway, Chile and Peru" tells of three, each by its place.
fn further_visits(page: &Page<'_>, first: &Mention, tokens: &Range<usize>) -> Vec<(Span, Mention)> {
    let behind = page.tokens[tokens.end - 1].end as usize;
    let next = page.facts.names.beginning_in(behind..usize::MAX).first();
    let list = next
        .filter(|name| {
            first.event.kind == EventKind::Visit && Some(&name.value.entity) == first.event.place.as_ref()
        })
        .filter(|name| page.token_at(name.span.start) <= tokens.end + 1)
        .and_then(|name| list_of(page, page.token_at(name.span.start)));
    let further = list.unwrap_or_default().into_iter().filter(|name| name.span.start > behind).skip(1);
    further
        .map(|name| {
            let event = Event { place: Some(name.value.entity.clone()), ..first.event.clone() };
            (
                name.span,
                Mention {
                    event,
                    which: None,
                    signed: None,
                    back: Back::No,
                    plain: false,
                    near: first.near.clone(),
                },
            )
        })
        .collect()
}

/// Whether a date lies behind the day of writing, where it lies wholly behind or before it.
fn lies_ahead(when: &Edtf, written: &Edtf) -> Option<bool> {
    let ((first, last), (from, to)) = (when.bounds(), written.bounds());
    let is_before = last.zip(from).is_some_and(|(last, from)| last < from);
    let is_behind = first.zip(to).is_some_and(|(first, to)| to < first);
    (is_before || is_behind).then_some(is_behind)
}

/// Reads what a sentence says of the event; nothing where it says neither who, where nor when.
fn read(
    page: &Page<'_>,
    nations: &Nations,
    sentence: &Sentence,
    tokens: &Range<usize>,
    kind: EventKind,
    is_noun: bool,
) -> Option<Mention> {
    let low = tokens.start.saturating_sub(NAME_REACH).max(sentence.tokens.start);
    let high = (tokens.end + NAME_REACH).min(sentence.tokens.end);
    let (from, to) = (page.tokens[low].start as usize, page.tokens[high - 1].end as usize);
    let names = page.facts.names.beginning_in(from..to);
    let scene = Scene::new(page, sentence, tokens.clone(), is_noun, kind);
    let (mut near, mut participants): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut place, mut place_before) = (None, false);
    for name in names {
        let entity = &name.value.entity;
        let located = name.value.kind == NameKind::Loc && !name.value.metonym && is_located(page, name.span);
        if located {
            // The place behind the mention is nearer to it than any before; nothing but a journey is at several.
            let named = page.tokens_in(name.span);
            let several =
                kind != EventKind::Visit && list_of(page, named.start).is_some_and(|list| list.len() > 2);
            if !several
                && scene.happens_at(&named)
                && (place.is_none() || place_before && named.start >= tokens.end)
            {
                place = Some(entity.clone());
                // "the Lima summit in Cusco"
                place_before = named.start < tokens.end;
            }
        } else if !is_of_post(page, name) && !is_part_of_town(page, name) {
            if !near.contains(entity) {
                near.push(entity.clone());
            }
            // "the Lima talks" are held there, and the Peru-Chile war was fought by both.
            let within = name.value.kind == NameKind::Loc && kind != EventKind::War && {
                let named = page.tokens_in(name.span);
                named.start >= tokens.start && named.end <= tokens.end
            };
            if !within && !participants.contains(entity) && scene.takes_part(&page.tokens_in(name.span)) {
                participants.push(entity.clone());
            }
        }
    }
    for nation in if is_noun { nations.taking_part(page, sentence, tokens, kind) } else { Vec::new() } {
        if !participants.iter().any(|party| party == nation) {
            participants.push(nation.to_owned());
        }
    }
    // "Moreno told of the day when she met": she, where nobody else is named before.
    if scene.has_pronoun()
        && let Some(person) = only_person(page, sentence, tokens.start)
        && !participants.contains(&person)
    {
        participants.insert(0, person);
    }
    // "Korova Foods said it signed", "Peru and Chile said they met"
    if let Some(several) = scene.has_body_pronoun() {
        for body in bodies_before(page, sentence, tokens.start, several).into_iter().rev() {
            if !participants.contains(&body) && Some(&body) != place.as_ref() {
                participants.insert(0, body);
            }
        }
    }
    // "visited Ely": the place is the object.
    if kind == EventKind::Visit && place.is_none() {
        let behind = page.tokens[tokens.end - 1].end as usize;
        let behind = page.facts.names.beginning_in(behind..behind + OBJECT_REACH);
        let named = behind.iter().find(|name| name.value.kind == NameKind::Loc);
        place = named.map(|name| name.value.entity.clone());
        let list = named.and_then(|name| list_of(page, page.token_at(name.span.start))).unwrap_or_default();
        let is_place = |entity: &String| {
            Some(entity) == place.as_ref() || list.iter().any(|name| name.value.entity == *entity)
        };
        participants.retain(|entity| !is_place(entity));
        near.retain(|entity| !is_place(entity));
    }
    let which = page.tokens[tokens.clone()]
        .iter()
        .find(|token| ELECTION.get(**token).is_some())
        .map(|token| token.key);
    let when = date(&scene);
    let signed = (kind == EventKind::Signing).then(|| agreement(page, tokens.end - 1, high)).flatten();
    let bare = when.is_none() && place.is_none() && which.is_none();
    let back = if bare { points_back(page, sentence, tokens, high) } else { Back::No };
    // "to sign": nobody has, and nobody says when.
    let wished =
        kind == EventKind::Signing && page.word(page.tokens[tokens.start]) == "sign" && when.is_none();
    if wished && signed.is_none() {
        return None;
    }
    let vague = near.is_empty() && place.is_none() && when.is_none() && which.is_none();
    // "elections", "popular protests": no more than another mention of one that is told of.
    let named = page.tokens[tokens.clone()].iter().any(|token| token.is_capitalised());
    let unsaid = when.is_none() && place.is_none();
    let plain = match kind {
        EventKind::War | EventKind::Protest | EventKind::Conference => {
            when.is_none() && (tokens.len() == 1 || unsaid && !named)
        }
        EventKind::Election => unsaid && which.is_none() && participants.is_empty(),
        _ => false,
    };
    // "people travelling to Peru": nobody who is named.
    let travelling = matches!(page.word(page.tokens[tokens.start]), "travelling" | "traveling");
    if travelling && participants.is_empty() {
        return None;
    }
    // "she was in Lima": a visit where it is said when.
    let stay = matches!(page.word(page.tokens[tokens.start]), "was" | "were") && when.is_none();
    // "The visit" is one that is told of, or none.
    if vague && back == Back::No || stay && kind == EventKind::Visit {
        return None;
    }
    let plain = plain || vague;
    let past =
        page.word(page.tokens[tokens.start]).ends_with("ed") || page.word(page.tokens[tokens.start]) == "met";
    let infinitive = !is_noun && before_is(page, sentence, tokens.start, "to");
    let planned = !past
        && (infinitive
            || (tokens.start.saturating_sub(AHEAD_REACH).max(sentence.tokens.start)..tokens.end)
                .any(|at| SOON.get(page.tokens[at]).is_some()));
    let event = Event { kind, participants, place, when, planned, event: String::new() };
    Some(Mention { event, which, signed, back, plain, near })
}

/// The person who alone is named in a sentence before a token.
fn only_person(page: &Page<'_>, sentence: &Sentence, before: usize) -> Option<String> {
    let names = page.facts.names.beginning_in(sentence.span.start..page.tokens[before].start as usize);
    let mut people = names
        .iter()
        .take(MOST_NAMED)
        .filter(|name| name.value.kind == NameKind::Per)
        .map(|name| &name.value.entity);
    let person = people.next()?;
    people.all(|other| other == person).then(|| person.clone())
}

/// The bodies, or countries, that "it" or "they" behind them stands for: the first of the sentence, or the two that
/// stand first.
fn bodies_before(page: &Page<'_>, sentence: &Sentence, before: usize, several: bool) -> Vec<String> {
    let names = page.facts.names.beginning_in(sentence.span.start..page.tokens[before].start as usize);
    let named = names.iter().take(MOST_NAMED).filter(|name| !is_located(page, name.span));
    let mut bodies: Vec<String> = Vec::new();
    for name in named {
        if (several || name.value.kind != NameKind::Per) && !bodies.contains(&name.value.entity) {
            bodies.push(name.value.entity.clone());
        }
    }
    match (several, bodies.len()) {
        (false, 1..) => bodies.truncate(1),
        (true, 2) => {}
        _ => bodies.clear(),
    }
    bodies
}

/// The agreement that the words from `from` to `to` name.
fn agreement(page: &Page<'_>, from: usize, to: usize) -> Option<String> {
    let (from, to) = (page.tokens[from].start as usize, page.tokens[to - 1].end as usize);
    page.facts.agreements.beginning_in(from..to).first().map(|agreement| agreement.value.agreement.clone())
}

/// Whether a name is part of somebody's post: "U.S." of "U.S. Secretary of State".
fn is_of_post(page: &Page<'_>, name: &Found<Name>) -> bool {
    let post = page.facts.posts.over(name.span.start);
    post.is_some_and(|post| name.span.end <= post.span.end && post.value.entity.is_some())
}
