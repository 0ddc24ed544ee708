//! Bodies and places: the same by what the gazetteers know, else by name; an acronym alone by whose it is.

use super::{
    group::{Groups, bearer},
    local::{Layer, Locals},
};
use crate::name::{form::without_form, gazetteer::gazetteer, romanise::romanised};
use std::collections::{BTreeMap, HashMap};

/// Longest acronym, in letters.
const MAX_ACRONYM: usize = 6;

/// By what a name is known.
#[derive(Clone, Debug)]
enum Key {
    /// What is known by it is the same wherever it is named.
    Whole(String),
    /// An acronym: several bodies may have it.
    Acronym(String),
}

/// Puts all names together that are not of people.
pub(super) fn groups(locals: &Locals) -> Vec<Vec<usize>> {
    let is_body = |at: &usize| locals.kind(*at) != "PER";
    let bodies: Vec<usize> = locals.of(Layer::Name, None).filter(is_body).collect();
    let mut keys: HashMap<(&str, u32), Key> = HashMap::with_capacity(locals.texts.len().min(1 << 16));
    let mut groups = Groups::new(bodies.len());
    let mut whole: HashMap<(&str, String), usize> = HashMap::new();
    // Who bears an acronym, and who is known by nothing else.
    let mut bearers: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    let mut bare: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (at, &place) in bodies.iter().enumerate() {
        let kind = locals.kind(place);
        let mut acronyms = Vec::new();
        let mut is_bare = true;
        let variants = locals.variants(place);
        let mut stripped: Vec<&str> = match kind {
            "ORG" => variants.iter().map(|&(name, _)| without_form(locals.texts.get(name))).collect(),
            _ => Vec::new(),
        };
        stripped.sort_unstable();
        // Of the first words of a longer name nobody elsewhere knows whose they are. Behind a name stand those that go on
        // from it, the blank first.
        let is_beginning = |of: u32| {
            let name = without_form(locals.texts.get(of));
            let longer = stripped.partition_point(|other| *other <= name);
            stripped
                .get(longer)
                .and_then(|longer| longer.strip_prefix(name))
                .is_some_and(|rest| rest.starts_with(' '))
        };
        for &(name, _) in variants.iter().filter(|(name, _)| !is_beginning(*name)) {
            match keys.entry((kind, name)).or_insert_with(|| key(kind, locals.texts.get(name))).clone() {
                Key::Whole(key) => {
                    is_bare = false;
                    let first = *whole.entry((kind, key)).or_insert(at);
                    groups.join(at, first);
                }
                Key::Acronym(key) => acronyms.push(key),
            }
        }
        let map = if is_bare { &mut bare } else { &mut bearers };
        acronyms.into_iter().for_each(|key| map.entry((kind, key)).or_default().push(at));
    }
    for (key, bare) in bare {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for &at in bearers.get(&key).into_iter().flatten() {
            *counts.entry(groups.root(at)).or_default() += 1;
        }
        let counts: Vec<(usize, usize)> = counts.into_iter().collect();
        match bearer(&counts) {
            Some(group) => bare.iter().for_each(|&at| groups.join(at, group)),
            // Nobody bears it: it is the name of one. Several do: nobody can tell whose it is.
            None if counts.is_empty() => bare.iter().for_each(|&at| groups.join(at, bare[0])),
            None => {}
        }
    }
    let places = |group: Vec<usize>| group.into_iter().map(|at| bodies[at]).collect();
    groups.finish().into_iter().map(places).collect()
}

/// By what a name of a kind is known: what the gazetteers know, or itself in plain letters.
fn key(kind: &str, name: &str) -> Key {
    let name = if kind == "ORG" { without_form(name) } else { name };
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    if let Some(known) = gazetteer().canonical(name) {
        return Key::Whole(format!("={known}"));
    }
    let is_acronym = name.len() <= MAX_ACRONYM && name.bytes().all(|letter| letter.is_ascii_uppercase());
    match romanised(name) {
        plain if plain.is_empty() => Key::Whole(name.to_owned()),
        plain if is_acronym => Key::Acronym(plain),
        plain => Key::Whole(plain),
    }
}
