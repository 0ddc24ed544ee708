//! `corpus events`: meetings, calls, visits, signings and the like, each once.

use crate::{
    app::Session,
    ask::{Rows, Written},
    facts,
    failure::Failure,
    input::Input,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::{Happening, Happenings};

/// List events: meetings, calls, visits, signings, exercises, elections
///
/// One row an event, told in one document or several, with where each tells of it.
#[derive(Args, Debug)]
pub(crate) struct Events {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    written: Written,
}

const ROWS: Rows<Happening> = Rows {
    columns: &[
        ("participants", Align::Left),
        ("kind", Align::Left),
        ("when", Align::Left),
        ("place", Align::Left),
        ("planned", Align::Left),
        ("told_in", Align::Left),
    ],
    cells,
};

impl Events {
    /// Lists the events.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        facts::list(session, &self.input, &self.written, &ROWS, |linked| {
            let mut gatherer = Happenings::new(&linked.table);
            linked.each(|document| gatherer.add(document))?;
            Ok(gatherer.finish())
        })
    }
}

fn cells(event: &Happening) -> Vec<String> {
    vec![
        event.participants.join("; "),
        event.kind.clone(),
        event.when.as_ref().map(ToString::to_string).unwrap_or_default(),
        event.place.clone().unwrap_or_default(),
        event.planned.to_string(),
        facts::places(&event.mentions),
    ]
}
