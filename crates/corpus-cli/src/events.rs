//! `corpus events`: meetings, calls, visits, signings and the like, each once.

use crate::{
    app::Session,
    ask::View,
    facts::{self, Listing},
    failure::Failure,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::{Happening, Happenings, worded};

/// List events: meetings, calls, visits, signings, elections, wars and others
///
/// One row an event, told in one document or several, with where each tells of it, and when the article was published
/// that tells of it first. A kind is one of meeting, summit, conference, call, visit, signing, exercise, election,
/// inauguration, war, arrest and protest.
#[derive(Args, Debug)]
pub(crate) struct Events {
    #[command(flatten)]
    listing: Listing,
}

const VIEW: View<Happening> = View {
    aligned: &[Align::Left, Align::Left, Align::Whole, Align::Left, Align::Left, Align::Whole],
    cells: shown,
};

impl Events {
    /// Lists the events.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        self.listing.write(session, &VIEW, |linked| {
            let mut gatherer = Happenings::new(&linked.table);
            linked.each(|document| gatherer.add(document))?;
            Ok(gatherer.finish())
        })
    }
}

fn shown(event: &Happening) -> Vec<String> {
    vec![
        event.participants.join("; "),
        event.kind.clone(),
        event.when.as_ref().map(worded).unwrap_or_default(),
        event.place.clone().unwrap_or_default(),
        if event.planned { "planned".to_owned() } else { String::new() },
        facts::place(&event.mentions),
    ]
}
