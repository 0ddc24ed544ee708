//! `corpus events`: meetings, calls, visits, signings and the like, each once.

use crate::{
    app::Session,
    ask::{self, Column, Written},
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

const COLUMNS: &[Column] = &[
    ("participants", Align::Left),
    ("kind", Align::Left),
    ("when", Align::Left),
    ("place", Align::Left),
    ("planned", Align::Left),
    ("told_in", Align::Left),
];

impl Events {
    /// Lists the events.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let (mut output, format) = self.written.open(&self.input)?;
        let mut happenings = Happenings::default();
        let ended = facts::each(session, &self.input, |document| happenings.add(document))?;
        let events = happenings.finish();
        ask::rows(session, format, COLUMNS, &events, cells, &mut output)?;
        output.flush()?;
        Ok(ask::outcome(ended, !events.is_empty()))
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
