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
use corpus_query::{Happening, Happenings, Location, worded};

/// List events: meetings, calls, visits, signings, exercises, elections
///
/// One row an event, told in one document or several, with where each tells of it, and when the article was published
/// that tells of it first.
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
        ("published", Align::Whole),
        ("title", Align::Left),
        ("url", Align::Left),
        ("uri", Align::Left),
        ("document", Align::Left),
        ("byte_start", Align::Right),
        ("byte_end", Align::Right),
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
    let mut cells = row(event, when, event.planned.to_string(), facts::places(&event.mentions));
    let article = &event.article;
    let first = event.mentions.first().map(|mention| &mention.location);
    let of_first = |cell: fn(&Location) -> String| first.map(cell).unwrap_or_default();
    cells.extend([
        article.published.as_ref().map(ToString::to_string).unwrap_or_default(),
        article.title.clone().unwrap_or_default(),
        article.url.clone().unwrap_or_default(),
        of_first(|location| location.uri.clone()),
        of_first(|location| location.document.clone()),
        of_first(|location| location.span.byte[0].to_string()),
        of_first(|location| location.span.byte[1].to_string()),
    ]);
    cells
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
