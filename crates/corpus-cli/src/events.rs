//! `corpus events`: meetings, calls, visits, signings and the like, each once.

use crate::{
    app::Session,
    ask::Rows,
    facts::{self, Listing},
    failure::Failure,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::{Happening, Happenings, worded};

/// List events: meetings, calls, visits, signings, exercises, elections
///
/// One row an event, told in one document or several, with where each tells of it.
#[derive(Args, Debug)]
pub(crate) struct Events {
    #[command(flatten)]
    listing: Listing,
}

const ROWS: Rows<Happening> = Rows {
    columns: &[
        ("participants", Align::Left),
        ("kind", Align::Left),
        ("when", Align::Whole),
        ("place", Align::Left),
        ("planned", Align::Left),
        ("told_in", Align::Whole),
    ],
    cells,
    shown: Some(shown),
};

impl Events {
    /// Lists the events.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        self.listing.write(session, &ROWS, |linked| {
            let mut gatherer = Happenings::new(&linked.table);
            linked.each(|document| gatherer.add(document))?;
            Ok(gatherer.finish())
        })
    }
}

fn cells(event: &Happening) -> Vec<String> {
    let when = event.when.as_ref().map(ToString::to_string);
    row(event, when, event.planned.to_string(), facts::places(&event.mentions))
}

fn shown(event: &Happening) -> Vec<String> {
    let planned = if event.planned { "planned" } else { "" };
    row(event, event.when.as_ref().map(worded), planned.to_owned(), facts::place(&event.mentions))
}

fn row(event: &Happening, when: Option<String>, planned: String, places: String) -> Vec<String> {
    vec![
        event.participants.join("; "),
        event.kind.clone(),
        when.unwrap_or_default(),
        event.place.clone().unwrap_or_default(),
        planned,
        places,
    ]
}
