//! An event: a meeting, summit, conference, call, visit, signing, exercise, election, inauguration, war, arrest or
//! protest.

mod denial;
mod denial_table;
mod finder;
mod join;
mod kind;
mod mention;
mod nation;
mod party;
mod party_table;
mod place;
mod sense;
mod truth;
mod when;
mod word_table;

pub use kind::{EventKind, kinds};

use crate::{annotator::Annotator, page::Page};
use corpus_core::Edtf;
use serde::Serialize;

/// Something that happened or is to happen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// What it is.
    pub kind: EventKind,
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

/// Finds the facts of layer `event`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Events;

impl Annotator for Events {
    fn layer(&self) -> &'static str {
        "event"
    }
    fn version(&self) -> u32 {
        7
    }
    fn description(&self) -> &'static str {
        "meetings, summits, conferences, calls, visits, signings, exercises, elections, inaugurations, wars, arrests, protests"
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
