//! Nations, and bodies of them, that take part in an event by the words that describe it: "Chilean talks", "the Peru-Chile summit".

use super::kind::EventKind;
use crate::{
    name::{
        NameKind,
        gazetteer::{KnownKind, Traits, gazetteer},
    },
    page::Page,
    sentence::Sentence,
    token::Token,
};
use std::{cell::OnceCell, collections::HashMap, ops::Range};

/// Kinds of events that nations hold with each other.
const BETWEEN: [EventKind; 7] = [
    EventKind::Meeting,
    EventKind::Summit,
    EventKind::Conference,
    EventKind::Call,
    EventKind::Exercise,
    EventKind::Signing,
    EventKind::War,
];
/// Words between the adjective of a nation and the noun of what it takes part in: "Chilean trade talks".
const OF_NATIONS: [&str; 14] = [
    "air",
    "arms",
    "army",
    "bilateral",
    "border",
    "joint",
    "military",
    "missile",
    "naval",
    "navy",
    "nuclear",
    "peace",
    "tariff",
    "trade",
];
/// First halves of adjectives of two nations, and the countries.
const HALVES: [(&str, &str); 9] = [
    ("anglo", "United Kingdom"),
    ("franco", "France"),
    ("german", "Germany"),
    ("greco", "Greece"),
    ("indo", "India"),
    ("italo", "Italy"),
    ("russo", "Russia"),
    ("sino", "China"),
    ("turco", "Turkey"),
];

/// What joins two nations.
const JOINTS: [&str; 6] = ["-", "–", "—", "/", "and", ","];
/// Nations of one event that are read from the words before its noun.
const MOST: usize = 4;

/// The countries and bodies that a page names, by their canonical names, with their local ids; looked up once they are asked for.
#[derive(Default)]
pub(super) struct Nations(OnceCell<HashMap<&'static str, String>>);

impl Nations {
    /// The local ids of those who take part in an event of a kind, by the words of its mention and right before it.
    ///
    /// One nation alone takes part in talks and exercises: "the Chilean summit" may be held there. A country that the
    /// page does not name has no id.
    pub(super) fn taking_part(
        &self,
        page: &Page<'_>,
        sentence: &Sentence,
        tokens: &Range<usize>,
        kind: EventKind,
    ) -> Vec<&str> {
        if !BETWEEN.contains(&kind) {
            return Vec::new();
        }
        let word = |at: usize| page.word(page.tokens[at]);
        let Some(last) = tokens.clone().rev().find(|&at| !halves(page, page.tokens[at]).is_empty()) else {
            return Vec::new();
        };
        let is_adjective = |at: usize| page.tokens[at].traits.any(Traits::ADJECTIVE);
        let mut found = halves(page, page.tokens[last]);
        // "Russian–Turkish talks", "Norwegian and Chilean talks", "U.S.-China talks"
        let mut at = last;
        while found.len() < MOST && at >= sentence.tokens.start + 2 && JOINTS.contains(&word(at - 1)) {
            let (start, mut more) = nations_before(page, at - 1);
            // "U.S., Chile talks", but "in Chile, Norwegian talks"
            let listed = word(at - 1) != "," || is_adjective(start) == is_adjective(at);
            if more.is_empty() || !listed {
                break;
            }
            more.append(&mut found);
            (found, at) = (more, start);
        }
        let noun = tokens.end - 1;
        let alone =
            matches!(word(noun), "talks" | "exercise" | "exercises" | "drill" | "drills" | "manoeuvres")
                && (last + 1..noun).all(|at| OF_NATIONS.contains(&word(at)));
        if found.len() < 2 && !(alone && is_adjective(last)) {
            return Vec::new();
        }
        let ids = self.0.get_or_init(|| named(page));
        found.into_iter().filter_map(|country| ids.get(country)).map(String::as_str).collect()
    }
}

/// The local ids of the countries, places and bodies that a page names, by their canonical names.
fn named(page: &Page<'_>) -> HashMap<&'static str, String> {
    let mut ids = HashMap::new();
    for name in page.facts.names.iter().filter(|name| name.value.kind != NameKind::Per) {
        // "US" of "US-China" is no token.
        if let Some(country) = gazetteer().canonical(&page.text()[name.span.range()]) {
            ids.entry(country).or_insert_with(|| name.value.entity.clone());
        }
    }
    ids
}

/// Where the words for nations begin that end before a token, and the countries.
fn nations_before(page: &Page<'_>, end: usize) -> (usize, Vec<&'static str>) {
    let last = page.tokens[end - 1];
    let names = &page.facts.names;
    let next = names.partition_point(|name| name.span.end < last.end as usize);
    // "U.S.-Chilean": a name of several tokens.
    let name = names.get(next).filter(|name| name.span.end == last.end as usize);
    let words = name.map(|name| page.tokens_in(name.span)).filter(|words| words.len() > 1);
    let known = words.and_then(|words| {
        let (len, known) = gazetteer().longest(&page.tokens[words.clone()])?;
        (len == words.len()).then(|| (words.start, vec![gazetteer().name(known)]))
    });
    known.unwrap_or_else(|| (end - 1, halves(page, last)))
}

/// The countries and bodies that a word names: one by "Chile", "Chilean" or "NATO", two by "Russian-Turkish" or
/// "Sino-Russian".
fn halves(page: &Page<'_>, token: Token) -> Vec<&'static str> {
    if !token.is_word() || !token.is_capitalised() {
        return Vec::new();
    }
    let half = |part: &str| {
        HALVES.iter().find(|(half, _)| part.eq_ignore_ascii_case(half)).map(|(_, country)| *country)
    };
    let body = |part: &str| {
        let is_body = gazetteer().known(part) == Some(KnownKind::Organisation);
        gazetteer().canonical(part).filter(|_| is_body)
    };
    let of = |part: &str| gazetteer().country_of(part).or_else(|| half(part)).or_else(|| body(part));
    let word = page.word(token);
    if !token.hyphenated {
        return gazetteer().country_of(word).or_else(|| body(word)).into_iter().collect();
    }
    let parts: Option<Vec<&'static str>> = word.split('-').map(of).collect();
    parts.unwrap_or_default()
}
