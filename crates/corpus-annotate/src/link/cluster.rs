//! Clusters: local entities of many documents that name the same.

use super::mint::Cluster;
use crate::name::{compare::similarity, gazetteer::gazetteer, romanise::romanised, sound::Sounds};
use std::collections::{BTreeMap, BTreeSet};

/// What a document names, under its local id.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub(super) document: String,
    pub(super) entity: String,
    pub(super) kind: String,
    /// How the document names it, and how often.
    pub(super) variants: Vec<(String, u32)>,
}

/// Full names as alike as this are one person's.
const SAME_PERSON: f32 = 0.8;

/// Surnames as alike as this are one.
const SAME_SURNAME: f32 = 0.85;

/// So many full names of one sound are compared with each other; further ones meet only those they equal.
const MAX_NAMES: usize = 256;

/// Puts local entities together. `locals` are in a fixed order, and so are the clusters.
pub(super) fn clusters(locals: &[Local]) -> Vec<Cluster> {
    let mut groups = Groups::new(locals.len());
    let mut people: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut others: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (at, local) in locals.iter().enumerate() {
        if local.kind == "PER" {
            people.entry(Sounds::of(&romanised(surname(local.longest()))).skeleton()).or_default().push(at);
        } else {
            for key in keys(local) {
                let first = *others.entry((&local.kind, key)).or_insert(at);
                groups.join(at, first);
            }
        }
    }
    people.values().for_each(|block| link_people(locals, block, &mut groups));
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..locals.len() {
        members.entry(groups.root(at)).or_default().push(at);
    }
    members.into_values().map(|members| cluster(locals, &members)).collect()
}

impl Local {
    /// The variant of the most words, the most frequent of them.
    fn longest(&self) -> &str {
        let size = |(name, count): &&(String, u32)| (n_words(name), *count, std::cmp::Reverse(name.clone()));
        self.variants.iter().max_by_key(size).map_or("", |(name, _)| name)
    }
}

fn n_words(name: &str) -> usize {
    name.split_whitespace().count()
}

fn surname(name: &str) -> &str {
    name.split_whitespace().next_back().unwrap_or(name)
}

/// By what the documents' bodies and places are the same: what the gazetteers know, or their names in plain letters.
fn keys(local: &Local) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (name, _) in &local.variants {
        let name = name.strip_prefix("the ").unwrap_or(name);
        keys.insert(match gazetteer().canonical(name) {
            Some(known) => format!("={known}"),
            None => romanised(name),
        });
    }
    keys.remove("");
    if keys.is_empty() {
        keys.insert(format!("#{}", local.entity));
    }
    keys
}

/// Links the people of one block, whose surnames sound much the same.
fn link_people(locals: &[Local], block: &[usize], groups: &mut Groups) {
    let mut full: BTreeMap<&str, usize> = BTreeMap::new();
    let mut bare: Vec<usize> = Vec::new();
    for &at in block {
        let name = locals[at].longest();
        if n_words(name) < 2 {
            bare.push(at);
        } else if let Some(&other) = full.get(name) {
            groups.join(at, other);
        } else {
            full.insert(name, at);
        }
    }
    let names: Vec<(&str, usize)> = full.into_iter().collect();
    for (i, &(name, at)) in names.iter().enumerate().take(MAX_NAMES) {
        for &(other, at_other) in &names[..i] {
            if groups.root(at) != groups.root(at_other) && similarity(name, other) >= SAME_PERSON {
                groups.join(at, at_other);
            }
        }
    }
    // A surname alone is the person's of that surname, if the corpus knows one only.
    let mut alone: BTreeMap<&str, usize> = BTreeMap::new();
    for at in bare {
        let name = locals[at].longest();
        if let Some(&other) = alone.get(name) {
            groups.join(at, other);
            continue;
        }
        alone.insert(name, at);
        let bearers: BTreeSet<usize> = names
            .iter()
            .take(MAX_NAMES)
            .filter(|(full, _)| similarity(surname(full), name) >= SAME_SURNAME)
            .map(|&(_, other)| groups.root(other))
            .collect();
        if let (1, Some(&bearer)) = (bearers.len(), bearers.first()) {
            groups.join(at, bearer);
        }
    }
    let alone: Vec<(&str, usize)> = alone.into_iter().collect();
    for (i, &(name, at)) in alone.iter().enumerate().take(MAX_NAMES) {
        for &(other, at_other) in &alone[..i] {
            if similarity(name, other) >= SAME_SURNAME && (groups.is_single(at) || groups.is_single(at_other))
            {
                groups.join(at, at_other);
            }
        }
    }
}

/// The cluster of some local entities.
fn cluster(locals: &[Local], members: &[usize]) -> Cluster {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (name, count) in members.iter().flat_map(|&at| &locals[at].variants) {
        *counts.entry(name).or_default() += count;
    }
    let kind = locals[members[0]].kind.clone();
    let mut variants: Vec<(String, u32)> =
        counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    variants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let full = variants.iter().position(|(name, _)| n_words(name) > 1);
    if let Some(at) = full.filter(|_| kind == "PER") {
        variants[..=at].rotate_right(1);
    }
    let members =
        members.iter().map(|&at| (locals[at].document.clone(), locals[at].entity.clone())).collect();
    Cluster { kind, members, variants }
}

/// Which of a number of things have been put together.
#[derive(Debug)]
struct Groups {
    parent: Vec<usize>,
    size: Vec<u32>,
}

impl Groups {
    fn new(len: usize) -> Self {
        Groups { parent: (0..len).collect(), size: vec![1; len] }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins two; the earlier root stays.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.parent[a.max(b)] = a.min(b);
            self.size[a.min(b)] += self.size[a.max(b)];
        }
    }

    fn is_single(&mut self, at: usize) -> bool {
        let root = self.root(at);
        self.size[root] == 1
    }
}
