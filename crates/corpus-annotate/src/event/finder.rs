//! Finds mentions of events, and which of them are one.

use super::{
    Event, denial,
    nation::Nations,
    party::Scene,
    place::{is_located, list_of},
    sense::Sense,
    when::date,
    word_table::{AHEAD, ELECTIONS, NOUNS, VERBS},
};
use crate::{
    lexicon::Lexicon,
    name::{Name, NameKind},
    page::{Found, Page},
    sentence::Sentence,
    statement::word::Tags,
    token::{Key, Token},
};
use corpus_core::{Edtf, PartKind, Span};
use std::{collections::HashMap, iter, ops::Range, sync::LazyLock};

/// Tokens around a mention in which its participants and place stand.
const NAME_REACH: usize = 14;
/// Verbs of who has somebody come to a meeting.
const HOSTS: [&str; 5] = ["received", "hosted", "welcomed", "meet", "meets"];
/// Tokens between such a verb and who comes.
const HOST_REACH: usize = 7;
/// Words before a mention that may say that it is still to come.
const AHEAD_REACH: usize = 6;
/// Events of a kind that a mention is compared with, the latest first.
const MOST_COMPARED: usize = 24;

/// Words of events: the kind, and whether it is a noun. What may be both is a noun.
static WORD: LazyLock<Lexicon<(&'static str, bool)>> = LazyLock::new(|| {
    let nouns = NOUNS.iter().map(|&(word, kind)| (word, (kind, true)));
    Lexicon::new(nouns.chain(VERBS.iter().map(|&(word, kind)| (word, (kind, false)))))
});
static ELECTION: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(ELECTIONS.iter().map(|&word| (word, ()))));
static SOON: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(AHEAD.iter().map(|&word| (word, ()))));

/// A mention with what tells it from others of its kind.
struct Mention {
    event: Event,
    /// The word before that says which election it is.
    which: Option<Key>,
    /// The agreement that is signed.
    signed: Option<String>,
    /// How it points back to one that was named before.
    back: Back,
    /// Whether it tells too little to be an event of its own.
    plain: bool,
    /// Local ids of all who are named beside it, whether they take part or not: what tells it from others.
    near: Vec<String>,
}

/// How the words of a mention point back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Back {
    /// Not at all: "a meeting", "met".
    No,
    /// "the meeting": to one of its kind, where there is one.
    Maybe,
    /// "that meeting": to one of its kind, and to nothing else.
    Yes,
}

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
    let names = &page.facts.names;
    let next = names.get(names.partition_point(|name| name.span.start < behind));
    let list = next
        .filter(|name| first.event.kind == "visit" && Some(&name.value.entity) == first.event.place.as_ref())
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

/// Gives every mention of an event the date and the place that any of them says.
fn complete(found: &mut [Found<Event>]) {
    let mut said: HashMap<&str, (Option<&Edtf>, Option<&String>)> = HashMap::new();
    for mention in found.iter() {
        let of_event = said.entry(&mention.value.event).or_default();
        of_event.0 = surer(of_event.0, mention.value.when.as_ref());
        of_event.1 = of_event.1.or(mention.value.place.as_ref());
    }
    let said: HashMap<String, (Option<Edtf>, Option<String>)> = said
        .into_iter()
        .map(|(event, (when, place))| (event.to_owned(), (when.cloned(), place.cloned())))
        .collect();
    for mention in found {
        let Some((when, place)) = said.get(&mention.value.event) else { continue };
        let event = &mut mention.value;
        event.when = surer(event.when.as_ref(), when.as_ref()).cloned();
        event.place = event.place.take().or_else(|| place.clone());
    }
}

/// Whether a date lies behind the day of writing, where it lies wholly behind or before it.
fn lies_ahead(when: &Edtf, written: &Edtf) -> Option<bool> {
    let ((first, last), (from, to)) = (when.bounds(), written.bounds());
    let is_before = last.zip(from).is_some_and(|(last, from)| last < from);
    let is_behind = first.zip(to).is_some_and(|(first, to)| to < first);
    (is_before || is_behind).then_some(is_behind)
}

/// Of two dates the one that says more than that it was before some day.
fn surer<'a>(one: Option<&'a Edtf>, other: Option<&'a Edtf>) -> Option<&'a Edtf> {
    one.filter(|when| is_said(when)).or(other.filter(|when| is_said(when))).or(one).or(other)
}

/// Whether a date says more than that it was before some day.
fn is_said(when: &Edtf) -> bool {
    !when.as_str().starts_with("../")
}

/// The tokens of a mention at `at`, its kind and the rule that finds it.
fn mention(
    page: &Page<'_>,
    sentence: &Sentence,
    at: usize,
) -> Option<(Range<usize>, &'static str, &'static str)> {
    let rest = &page.tokens[at..sentence.tokens.end];
    let (n, (kind, is_noun)) = WORD.longest(rest)?;
    // "is to visit", "will visit"
    let verb = |word: &str| before_is(page, sentence, at, word);
    let is_noun = is_noun
        && !(page.word(page.tokens[at]) == "visit" && ["to", "will", "would", "may"].into_iter().any(verb));
    // "are today meeting the minister"
    let is_noun = is_noun && !(page.word(page.tokens[at]) == "meeting" && is_going_on(page, sentence, at));
    if is_noun {
        let mut start = at;
        // "the presidential election", "a regular meeting": the words that describe it.
        while start > sentence.tokens.start && at - start < 4 && describes(page.tokens[start - 1]) {
            start -= 1;
        }
        let is_denied = denial::of_noun(page, sentence, &(start..at + n));
        return (!is_denied).then_some((start..at + n, kind, "noun"));
    }
    // "visiting Secretary Moreno told": whoever visits, nobody says whom.
    if page.word(page.tokens[at]) == "visiting" && is_of_visitor(page, at + n) {
        return None;
    }
    if denial::of_verb(page, sentence, at) {
        return None;
    }
    // "received her counterpart Ana Moreno": somebody, and no letter.
    if n == 1 && HOSTS.contains(&page.word(page.tokens[at])) && !meets_somebody(page, sentence, at + n) {
        return None;
    }
    (!page.tokens[at].is_capitalised()).then_some((at..at + n, kind, "verb"))
}

/// Whether "is" or "are" stands before a word in "-ing", with a word of time between or none.
fn is_going_on(page: &Page<'_>, sentence: &Sentence, at: usize) -> bool {
    let mut before = (sentence.tokens.start..at).rev().map(|at| page.tokens[at].tags);
    let next = before.find(|tags| !tags.has(Tags::TIME | Tags::ADVERB));
    next.is_some_and(|tags| tags.has(Tags::BE))
        && page.tokens.get(at + 1).is_some_and(|next| next.is_capitalised())
}

/// Whether a post that somebody holds begins at a token: "visiting Secretary Moreno", but "visiting Peru".
fn is_of_visitor(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.tokens.get(at) else { return false };
    let posts = &page.facts.posts;
    let next = posts.partition_point(|post| (post.span.start as u32) < token.start);
    posts.get(next).is_some_and(|post| post.span.start as u32 == token.start)
}

/// Whether a person is named soon behind a verb, before anything but what describes somebody.
fn meets_somebody(page: &Page<'_>, sentence: &Sentence, from: usize) -> bool {
    let to = (from + HOST_REACH).min(sentence.tokens.end);
    let Some(first) = page.tokens.get(from).filter(|_| from < to) else { return false };
    let (start, end) = (first.start as usize, page.tokens[to - 1].end as usize);
    let names = &page.facts.names;
    let next = names.partition_point(|name| name.span.start < start);
    names[next..].iter().take_while(|name| name.span.start < end).any(|name| {
        let between = page.tokens_in(Span::new(start, name.span.start));
        // "received Moreno’s letter"
        let owns = page.tokens.get(page.token_at(name.span.end)).is_some_and(|token| {
            token.start as usize == name.span.end && matches!(page.word(*token), "'s" | "’s" | "'" | "’")
        });
        name.value.kind == NameKind::Per
            && !owns
            && page.tokens[between]
                .iter()
                .all(|token| token.is_word() && !matches!(page.word(*token), "from" | "of" | "by" | "for"))
    })
}

fn describes(token: Token) -> bool {
    let tags = token.tags;
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
fn read(
    page: &Page<'_>,
    nations: &Nations,
    sentence: &Sentence,
    tokens: &Range<usize>,
    kind: &'static str,
    is_noun: bool,
) -> Option<Mention> {
    let low = tokens.start.saturating_sub(NAME_REACH).max(sentence.tokens.start);
    let high = (tokens.end + NAME_REACH).min(sentence.tokens.end);
    let (from, to) = (page.tokens[low].start as usize, page.tokens[high - 1].end as usize);
    let names = &page.facts.names;
    let first = names.partition_point(|name| name.span.start < from);
    let scene = Scene::new(page, sentence, tokens.clone(), is_noun, kind);
    let (mut near, mut participants): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut place, mut place_before) = (None, false);
    for name in names[first..].iter().take_while(|name| name.span.start < to) {
        let entity = &name.value.entity;
        let located = name.value.kind == NameKind::Loc && !name.value.metonym && is_located(page, name.span);
        if located {
            // The place behind the mention is nearer to it than any before; nothing but a journey is at several.
            let named = page.tokens_in(name.span);
            let several = kind != "visit" && list_of(page, named.start).is_some_and(|list| list.len() > 2);
            if !several
                && scene.happens_at(&named)
                && (place.is_none() || place_before && named.start >= tokens.end)
            {
                place = Some(entity.clone());
                // "the Lima summit in Cusco"
                place_before = named.start < tokens.end;
            }
        } else if !is_of_post(page, name) {
            if !near.contains(entity) {
                near.push(entity.clone());
            }
            // "the Lima talks" are held there, and the Peru-Chile war was fought by both.
            let within = name.value.kind == NameKind::Loc && kind != "war" && {
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
    if kind == "visit" && place.is_none() {
        let behind = page.tokens[tokens.end - 1].end as usize;
        let named = names[first..]
            .iter()
            .take_while(|name| name.span.start <= behind + 40)
            .find(|name| name.span.start >= behind && name.value.kind == NameKind::Loc);
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
    let signed = (kind == "signing").then(|| agreement(page, tokens.end - 1, high)).flatten();
    let bare = when.is_none() && place.is_none() && which.is_none();
    let back = if bare { points_back(page, sentence, tokens, high) } else { Back::No };
    // "to sign": nobody has, and nobody says when.
    let wished = kind == "signing" && page.word(page.tokens[tokens.start]) == "sign" && when.is_none();
    if wished && signed.is_none() {
        return None;
    }
    let vague = near.is_empty() && place.is_none() && when.is_none() && which.is_none();
    // "elections", "popular protests": no more than another mention of one that is told of.
    let named = page.tokens[tokens.clone()].iter().any(|token| token.is_capitalised());
    let unsaid = when.is_none() && place.is_none();
    let plain = match kind {
        "war" | "protest" | "conference" => when.is_none() && (tokens.len() == 1 || unsaid && !named),
        "election" => unsaid && which.is_none() && participants.is_empty(),
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
    if vague && back == Back::No || stay && kind == "visit" {
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

/// Whether a word stands right before a token of a sentence.
fn before_is(page: &Page<'_>, sentence: &Sentence, at: usize, word: &str) -> bool {
    at > sentence.tokens.start && page.word(page.tokens[at - 1]) == word
}

/// The person who alone is named in a sentence before a token.
fn only_person(page: &Page<'_>, sentence: &Sentence, before: usize) -> Option<String> {
    let names = &page.facts.names;
    let first = names.partition_point(|name| name.span.start < sentence.span.start);
    let end = page.tokens[before].start as usize;
    let mut people = names[first..]
        .iter()
        .take(MOST_COMPARED)
        .take_while(|name| name.span.start < end)
        .filter(|name| name.value.kind == NameKind::Per)
        .map(|name| &name.value.entity);
    let person = people.next()?;
    people.all(|other| other == person).then(|| person.clone())
}

/// The bodies, or countries, that "it" or "they" behind them stands for: the first of the sentence, or the two that
/// stand first.
fn bodies_before(page: &Page<'_>, sentence: &Sentence, before: usize, several: bool) -> Vec<String> {
    let names = &page.facts.names;
    let first = names.partition_point(|name| name.span.start < sentence.span.start);
    let end = page.tokens[before].start as usize;
    let named = names[first..]
        .iter()
        .take(MOST_COMPARED)
        .take_while(|name| name.span.start < end)
        .filter(|name| !is_located(page, name.span));
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
    let agreements = &page.facts.agreements;
    let first = agreements.partition_point(|agreement| agreement.span.start < from);
    let found = agreements.get(first).filter(|agreement| agreement.span.start < to);
    found.map(|agreement| agreement.value.agreement.clone())
}

/// Whether a mention without date and place points back to an event named before.
fn points_back(page: &Page<'_>, sentence: &Sentence, tokens: &Range<usize>, high: usize) -> Back {
    let Some(before) = tokens.start.checked_sub(1).filter(|&before| before >= sentence.tokens.start) else {
        return Back::No;
    };
    // "the meeting of the council" says which it is.
    let says_which = tokens.end < high
        && matches!(page.word(page.tokens[tokens.end]), "of" | "between" | "with" | "in" | "at" | "on");
    match page.word(page.tokens[before]) {
        "this" | "that" | "these" | "those" | "This" | "That" | "These" | "Those" => Back::Yes,
        "the" | "The" if !says_which => Back::Maybe,
        _ => Back::No,
    }
}

/// Whether a name is part of somebody's post: "U.S." of "U.S. Secretary of State".
fn is_of_post(page: &Page<'_>, name: &Found<Name>) -> bool {
    let posts = &page.facts.posts;
    let next = posts.partition_point(|post| post.span.end <= name.span.start);
    posts.get(next).is_some_and(|post| {
        post.span.start <= name.span.start && name.span.end <= post.span.end && post.value.entity.is_some()
    })
}

/// Gives a mention the id of the event that it is: one of the same kind, with no other date and somebody in common;
/// nothing where it points back and there is none.
fn join(known: &mut Vec<Mention>, mention: Mention) -> Option<Event> {
    let n_known = known.len();
    let same = known.iter_mut().rev().take(MOST_COMPARED).find(|other| is_same(other, &mention));
    let mut event = mention.event;
    if let Some(other) = same {
        event.event.clone_from(&other.event.event);
        event.when = surer(event.when.as_ref(), other.event.when.as_ref()).cloned();
        event.place = event.place.or_else(|| other.event.place.clone());
        other.event.when.clone_from(&event.when);
        other.event.place.clone_from(&event.place);
        other.signed = other.signed.take().or(mention.signed);
        return Some(event);
    }
    if mention.back == Back::Yes || mention.plain {
        return None;
    }
    event.event = format!("event-{}", n_known + 1);
    known.push(Mention {
        event: event.clone(),
        back: Back::No,
        plain: false,
        which: mention.which,
        signed: mention.signed,
        near: mention.near,
    });
    Some(event)
}

/// Whether two mentions may be of one event.
fn is_same(other: &Mention, mention: &Mention) -> bool {
    let (one, two) = (&other.event, &mention.event);
    if one.kind != two.kind {
        return false;
    }
    if mention.back != Back::No {
        return true;
    }
    let whens = match (&one.when, &two.when) {
        (Some(a), Some(b)) => a == b || !is_said(a) || !is_said(b),
        _ => true,
    };
    let which = other.which == mention.which || other.which.is_none() || mention.which.is_none();
    let both = one.kind == "signing" && other.signed.is_some() && other.signed == mention.signed;
    let shares = both
        || other.near.is_empty()
        || mention.near.is_empty()
        || mention.near.iter().any(|entity| other.near.contains(entity));
    let places = match (&one.place, &two.place) {
        (Some(a), Some(b)) => a == b,
        // One says where and the other when: nothing tells that they are one.
        (Some(_), None) => one.kind != "election" || one.when.is_some() || two.when.is_none(),
        (None, Some(_)) => one.kind != "election" || two.when.is_some() || one.when.is_none(),
        (None, None) => true,
    };
    // What is signed tells signings apart; a date alone says that two are one.
    let signed = one.kind != "signing"
        || match (&other.signed, &mention.signed) {
            (Some(a), Some(b)) => a == b,
            (None, None) => true,
            _ => one.when.is_some() && one.when == two.when,
        };
    whens && which && shares && places && signed
}
