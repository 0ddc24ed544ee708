//! Finds mentions of events, and which of them are one.

use super::{
    Event,
    party::Scene,
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
use std::{collections::HashMap, ops::Range, sync::LazyLock};

/// Tokens around a mention in which its date stands.
const DATE_REACH: usize = 14;
/// Tokens behind a mention in which a date that "on" leads to stands.
const FAR_DATE_REACH: usize = 24;
/// Tokens around a mention in which its participants and place stand.
const NAME_REACH: usize = 14;
/// Tokens before a verb in which what denies it stands.
const DENIED_REACH: usize = 3;
/// Words that deny a verb.
const DENIALS: [&str; 8] = ["not", "never", "nothing", "nobody", "none", "without", "didn’t", "hasn’t"];
/// Tokens between a verb of speech and its date.
const TOLD_REACH: usize = 3;
/// Tokens between "for" and the dates of what it is for.
const FOR_REACH: usize = 4;
/// Tokens between the verb that says that it began and the date of that.
const BEGIN_REACH: usize = 4;
/// Verbs of who has somebody come to a meeting.
const HOSTS: [&str; 3] = ["received", "hosted", "welcomed"];
/// Tokens between such a verb and who comes.
const HOST_REACH: usize = 7;
/// Verbs that say that what lasts began.
const BEGIN: [&str; 6] = ["began", "started", "starts", "begins", "opened", "since"];
/// Kinds of events that last.
const LASTING: [&str; 3] = ["exercise", "protest", "war"];
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
            let Some(read) = read(page, sentence, &tokens, kind, rule == "noun") else { continue };
            let Some(event) = join(&mut known, read) else { continue };
            let span =
                Span::new(page.tokens[tokens.start].start as usize, page.tokens[tokens.end - 1].end as usize);
            let confidence = if event.when.is_some() { 0.7 } else { 0.5 };
            found.push(Found { span, value: event, rule, confidence });
        }
    }
    complete(&mut found);
    found
}

/// Gives every mention of an event the date and the place that any of them says.
fn complete(found: &mut [Found<Event>]) {
    let mut said: HashMap<&str, (Option<&Edtf>, Option<&String>)> = HashMap::new();
    for mention in found.iter() {
        let of_event = said.entry(&mention.value.event).or_default();
        of_event.0 = of_event.0.or(mention.value.when.as_ref());
        of_event.1 = of_event.1.or(mention.value.place.as_ref());
    }
    let said: HashMap<String, (Option<Edtf>, Option<String>)> = said
        .into_iter()
        .map(|(event, (when, place))| (event.to_owned(), (when.cloned(), place.cloned())))
        .collect();
    for mention in found {
        let Some((when, place)) = said.get(&mention.value.event) else { continue };
        let event = &mut mention.value;
        event.when = event.when.take().or_else(|| when.clone());
        event.place = event.place.take().or_else(|| place.clone());
    }
}

/// The tokens of a mention at `at`, its kind and the rule that finds it.
fn mention(
    page: &Page<'_>,
    sentence: &Sentence,
    at: usize,
) -> Option<(Range<usize>, &'static str, &'static str)> {
    let rest = &page.tokens[at..sentence.tokens.end];
    let (n, (kind, is_noun)) = WORD.longest(rest)?;
    if is_noun {
        let mut start = at;
        // "the presidential election", "a regular meeting": the words that describe it.
        while start > sentence.tokens.start && at - start < 4 && describes(page, page.tokens[start - 1]) {
            start -= 1;
        }
        return Some((start..at + n, kind, "noun"));
    }
    // "nothing was signed", "they never met"
    let denied = (at.saturating_sub(DENIED_REACH).max(sentence.tokens.start)..at)
        .any(|at| DENIALS.iter().any(|word| page.word(page.tokens[at]).eq_ignore_ascii_case(word)));
    if denied {
        return None;
    }
    // "received her counterpart Ana Moreno": somebody, and no letter.
    if HOSTS.contains(&page.word(page.tokens[at])) && !meets_somebody(page, sentence, at + n) {
        return None;
    }
    (!page.tokens[at].is_capitalised()).then_some((at..at + n, kind, "verb"))
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
        name.value.kind == NameKind::Per
            && page.tokens[between]
                .iter()
                .all(|token| token.is_word() && !matches!(page.word(*token), "from" | "of" | "by" | "for"))
    })
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
fn read(
    page: &Page<'_>,
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
    let scene = Scene { page, sentence, tokens: tokens.clone(), is_noun, kind };
    let (mut near, mut participants): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut place = None;
    for name in names[first..].iter().take_while(|name| name.span.start < to) {
        let entity = &name.value.entity;
        let located = name.value.kind == NameKind::Loc && !name.value.metonym && is_located(page, name.span);
        if located {
            place = place.or(Some(entity.clone()));
        } else {
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
    // "Moreno told of the day when she met": she, where nobody else is named before.
    if scene.has_pronoun()
        && let Some(person) = only_person(page, sentence, tokens.start)
        && !participants.contains(&person)
    {
        participants.insert(0, person);
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
        near.retain(|entity| Some(entity) != place.as_ref());
    }
    let which = page.tokens[tokens.clone()]
        .iter()
        .find(|token| ELECTION.get(**token).is_some())
        .map(|token| token.key);
    let when = date(page, sentence, tokens, kind);
    let signed = (kind == "signing").then(|| agreement(page, tokens.end - 1, high)).flatten();
    let bare = when.is_none() && place.is_none() && which.is_none();
    let back = if bare { points_back(page, sentence, tokens, high) } else { Back::No };
    // "to sign": nobody has, and nobody says when.
    let wished = kind == "signing" && page.word(page.tokens[tokens.start]) == "sign" && when.is_none();
    if wished && signed.is_none() {
        return None;
    }
    let vague = near.is_empty() && place.is_none() && when.is_none() && which.is_none();
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
    Some(Mention { event, which, signed, back, near })
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

/// Whether "in", "at", "to" or "near" stands before a name.
fn is_located(page: &Page<'_>, span: Span) -> bool {
    let at = page.token_at(span.start);
    let before = |n: usize| at.checked_sub(n).map_or("", |at| page.word(page.tokens[at]));
    let place = |word: &str| matches!(word, "in" | "at" | "near" | "to" | "In" | "At");
    place(before(1)) || place(before(2)) && before(1) == "the"
}

/// The date nearest to a mention that is its own.
fn date(page: &Page<'_>, sentence: &Sentence, tokens: &Range<usize>, kind: &str) -> Option<Edtf> {
    let low = tokens.start.saturating_sub(DATE_REACH).max(sentence.tokens.start);
    let high = (tokens.end + FAR_DATE_REACH).min(sentence.tokens.end);
    let (from, to) = (page.tokens[low].start as usize, page.tokens[high - 1].end as usize);
    let near = page.tokens[(tokens.end + DATE_REACH).min(sentence.tokens.end) - 1].end as usize;
    let (here, end) = (page.tokens[tokens.start].start as usize, page.tokens[tokens.end - 1].end as usize);
    let times = &page.facts.times;
    let first = times.partition_point(|time| time.span.start < from);
    let cited = |at: usize| {
        let after = page.facts.citations.partition_point(|citation| citation.span.start <= at);
        page.facts.citations[..after].last().is_some_and(|citation| at < citation.span.end)
    };
    // "the day before the visit" is another day than that of the visit.
    let holds = |span: Span| span.start <= here && end <= span.end;
    // "In May he spoke of the visit", "he said in May that the visit": that is when he spoke. What closes a bracket
    // or a part of a sentence closes its date too.
    let told = |span: Span| {
        let (start, stop) = (page.token_at(span.end), tokens.start);
        let led = page.token_at(span.start);
        span.end <= here
            && ((start..stop).any(|at| is_told(page, at) || matches!(page.word(page.tokens[at]), ")" | ";"))
                || (led.saturating_sub(TOLD_REACH).max(sentence.tokens.start)..led)
                    .any(|at| is_told(page, at)))
    };
    // "the supply for May"
    let of_another = |span: Span| {
        let at = page.token_at(span.start);
        let purpose = |at: usize| page.word(page.tokens[at]) == "for";
        span.start > end && (at.saturating_sub(FOR_REACH).max(tokens.end)..at).any(purpose)
    };
    // Further behind, only "on May 6" is its date, and nothing that another sentence part may have.
    let is_led = |span: Span| {
        let at = page.token_at(span.start);
        let closed = |at: usize| matches!(page.word(page.tokens[at]), ";" | "," | ":");
        page.word(page.tokens[at - 1]) == "on" && !(tokens.end..at).any(closed)
    };
    let own = times[first..]
        .iter()
        .take_while(|time| time.span.start < to)
        .filter(|time| time.span.start < near || is_led(time.span))
        .filter(|time| matches!(time.value.kind, TimeKind::Date | TimeKind::Time))
        .filter(|time| {
            !cited(time.span.start) && !holds(time.span) && !told(time.span) && !of_another(time.span)
        })
        .min_by_key(|time| (time.value.in_name, time.span.start.abs_diff(here)))?;
    let day = own.value.edtf.as_ref().map(Edtf::date)?;
    let begins = own.span.start > end
        && LASTING.contains(&kind)
        && (page.token_at(own.span.start).saturating_sub(BEGIN_REACH)..page.token_at(own.span.start))
            .any(|at| BEGIN.contains(&page.word(page.tokens[at])));
    if begins && !day.is_interval() { format!("{day}/..").parse().ok() } else { Some(day) }
}

/// Whether a verb of speech stands at `at`.
fn is_told(page: &Page<'_>, at: usize) -> bool {
    use crate::statement::word::{Tags, tag};
    let token = page.tokens[at];
    let word = page.word(token);
    tag(token, page.text()).has(Tags::VERB)
        && !token.is_capitalised()
        && (word.ends_with("ed") || word == "said")
}

/// Gives a mention the id of the event that it is: one of the same kind, with no other date and somebody in common;
/// nothing where it points back and there is none.
fn join(known: &mut Vec<Mention>, mention: Mention) -> Option<Event> {
    let n_known = known.len();
    let same = known.iter_mut().rev().take(MOST_COMPARED).find(|other| is_same(other, &mention));
    let mut event = mention.event;
    if let Some(other) = same {
        event.event.clone_from(&other.event.event);
        event.when = event.when.or_else(|| other.event.when.clone());
        event.place = event.place.or_else(|| other.event.place.clone());
        other.event.when.clone_from(&event.when);
        other.event.place.clone_from(&event.place);
        other.signed = other.signed.take().or(mention.signed);
        return Some(event);
    }
    if mention.back == Back::Yes {
        return None;
    }
    event.event = format!("event-{}", n_known + 1);
    known.push(Mention {
        event: event.clone(),
        back: Back::No,
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
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let which = other.which == mention.which || other.which.is_none() || mention.which.is_none();
    let shares = other.near.is_empty()
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
