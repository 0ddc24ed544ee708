//! An event: a meeting, call, visit, signing, exercise or election.

mod denial;
mod finder;
mod nation;
mod party;
mod party_table;
mod place;
mod sense;
mod when;
mod word_table;

use crate::{annotator::Annotator, page::Page};
use corpus_core::Edtf;
use serde::Serialize;
use std::collections::BTreeSet;

/// Something that happened or is to happen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// What it is: meeting, call, visit, signing, exercise, election …
    pub kind: &'static str,
    /// Local ids of who takes part.
    pub participants: Vec<String>,
    /// Local id of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Edtf>,
    /// Whether it had yet to happen when the text was written.
    pub planned: bool,
    /// Local id of the event: the same for all mentions of it in the document.
    pub event: String,
}

/// Every kind of event, in the order of the alphabet.
pub fn kinds() -> BTreeSet<&'static str> {
    word_table::NOUNS.iter().chain(word_table::VERBS).map(|&(_, kind)| kind).collect()
}

/// Finds the facts of layer `event`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Events;

impl Annotator for Events {
    fn layer(&self) -> &'static str {
        "event"
    }
    fn version(&self) -> u32 {
        6
    }
    fn description(&self) -> &'static str {
        "meetings, calls, visits, signings, exercises, elections"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        // "Heute war sie da": the words of events are English.
        if page.is_english() {
            page.facts.events = finder::events(page);
        }
    }
}

#[cfg(test)]
mod tests;
