//! Facts that came, went or changed, layer by layer.

use corpus_core::{Annotation, Document, Span};
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fmt,
};

/// Number of facts of a layer that came, went, or say something else of the same words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Facts {
    pub(super) added: u64,
    pub(super) removed: u64,
    pub(super) changed: u64,
}

impl Facts {
    /// Adds those of another document.
    pub(super) const fn add(&mut self, other: Facts) {
        self.added += other.added;
        self.removed += other.removed;
        self.changed += other.changed;
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} added, {} removed, {} changed", self.added, self.removed, self.changed)
    }
}

/// What a fact is about: the same stretch of the same text, or where the text differs the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum About<'d> {
    Span(Span),
    Words(&'d str),
}

/// The facts that differ, by layer; a layer of which none does is not listed. Rule and confidence are not compared.
pub(super) fn differing(old: &Document, new: &Document) -> BTreeMap<String, Facts> {
    let is_same_text = old.text == new.text;
    let mut before: HashMap<(&str, About<'_>), VecDeque<&Value>> = HashMap::new();
    for annotation in &old.annotations {
        before
            .entry((&annotation.layer, subject(old, annotation, is_same_text)))
            .or_default()
            .push_back(&annotation.value);
    }
    let mut layers: BTreeMap<String, Facts> = BTreeMap::new();
    // First what is the same is paired off, then what is left of the same words.
    let mut left = Vec::new();
    for annotation in &new.annotations {
        let partners = before.get_mut(&(&*annotation.layer, subject(new, annotation, is_same_text)));
        let same = partners.and_then(|values| {
            let at = values.iter().position(|value| **value == annotation.value)?;
            values.remove(at)
        });
        if same.is_none() {
            left.push(annotation);
        }
    }
    for annotation in left {
        let facts = layers.entry(annotation.layer.to_string()).or_default();
        let partners = before.get_mut(&(&*annotation.layer, subject(new, annotation, is_same_text)));
        match partners.and_then(VecDeque::pop_front) {
            Some(_) => facts.changed += 1,
            None => facts.added += 1,
        }
    }
    for ((layer, _), values) in before.into_iter().filter(|(_, values)| !values.is_empty()) {
        layers.entry(layer.to_owned()).or_default().removed += values.len() as u64;
    }
    layers
}

fn subject<'d>(document: &'d Document, annotation: &Annotation, is_same_text: bool) -> About<'d> {
    match is_same_text {
        true => About::Span(annotation.span),
        false => About::Words(document.text.get(annotation.span.range()).unwrap_or_default()),
    }
}
