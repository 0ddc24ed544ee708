//! Which mentions of a page are of one event.

use super::{Event, kind::EventKind};
use crate::{
    page::{Found, Page},
    sentence::Sentence,
    token::Key,
};
use corpus_core::Edtf;
use std::{collections::HashMap, ops::Range};

/// Events of a kind that a mention is compared with, the latest first.
const MOST_COMPARED: usize = 24;

/// A mention with what tells it from others of its kind.
pub(super) struct Mention {
    pub(super) event: Event,
    /// The word before that says which election it is.
    pub(super) which: Option<Key>,
    /// The agreement that is signed.
    pub(super) signed: Option<String>,
    /// How it points back to one that was named before.
    pub(super) back: Back,
    /// Whether it tells too little to be an event of its own.
    pub(super) plain: bool,
    /// Local ids of all who are named beside it, whether they take part or not: what tells it from others.
    pub(super) near: Vec<String>,
}

/// How the words of a mention point back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// Not at all: "a meeting", "met".
    No,
    /// "the meeting": to one of its kind, where there is one.
    Maybe,
    /// "that meeting": to one of its kind, and to nothing else.
    Yes,
}

/// Whether a mention without date and place points back to an event named before.
pub(super) fn points_back(page: &Page<'_>, sentence: &Sentence, tokens: &Range<usize>, high: usize) -> Back {
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

/// Gives a mention the id of the event that it is: one of the same kind, with no other date and somebody in common;
/// nothing where it points back and there is none.
pub(super) fn join(known: &mut Vec<Mention>, mention: Mention) -> Option<Event> {
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
    let both = one.kind == EventKind::Signing && other.signed.is_some() && other.signed == mention.signed;
    let shares = both
        || other.near.is_empty()
        || mention.near.is_empty()
        || mention.near.iter().any(|entity| other.near.contains(entity));
    let places = match (&one.place, &two.place) {
        (Some(a), Some(b)) => a == b,
        // One says where and the other when: nothing tells that they are one.
        (Some(_), None) => one.kind != EventKind::Election || one.when.is_some() || two.when.is_none(),
        (None, Some(_)) => one.kind != EventKind::Election || two.when.is_some() || one.when.is_none(),
        (None, None) => true,
    };
    // What is signed tells signings apart; a date alone says that two are one.
    let signed = one.kind != EventKind::Signing
        || match (&other.signed, &mention.signed) {
            (Some(a), Some(b)) => a == b,
            (None, None) => true,
            _ => one.when.is_some() && one.when == two.when,
        };
    whens && which && shares && places && signed
}

/// Gives every mention of an event the date and the place that any of them says.
pub(super) fn complete(found: &mut [Found<Event>]) {
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

/// Of two dates the one that says more than that it was before some day.
fn surer<'a>(one: Option<&'a Edtf>, other: Option<&'a Edtf>) -> Option<&'a Edtf> {
    one.filter(|when| is_said(when)).or(other.filter(|when| is_said(when))).or(one).or(other)
}

/// Whether a date says more than that it was before some day.
fn is_said(when: &Edtf) -> bool {
    !when.as_str().starts_with("../")
}
