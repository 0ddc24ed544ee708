//! `corpus timeline`: what happened, was said and was published when.

use crate::{
    app::Session,
    ask::{self, Format},
    cell, corpus,
    facts::{self, Listing},
    failure::Failure,
    linked::Linked,
    outcome::Outcome,
    output::Output,
    paint::BOLD,
    table::{Align, Table},
};
use anstyle::Style;
use clap::Args;
use corpus_query::{Timeline as Times, TimelineBuilder, worded};
use corpus_store::Corpus;

/// Show what happened, was said and was published when
///
/// Dates are EDTF; what is known to the month or as an interval stays so. What has no first or no last day stands apart,
/// with what is known of it.
#[derive(Args, Debug)]
pub(crate) struct Timeline {
    /// Only what is of this lane: the kind of an event, statement or published
    #[arg(long, value_name = "LANE", help_heading = "Which entries")]
    lane: Option<String>,
    #[command(flatten)]
    listing: Listing,
}

impl Timeline {
    /// Shows the timeline.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let (mut output, format) = self.listing.written.open(&self.listing.input)?;
        self.check_lane()?;
        let linked = Linked::open(session, &self.listing.input)?;
        let mut builder = TimelineBuilder::new(&linked.table);
        linked.each(|document| builder.add(document))?;
        let mut timeline = builder.finish();
        if let Some(lane) = &self.lane {
            timeline.check_lane(lane).map_err(Failure::usage)?;
            timeline.items.retain(|entry| entry.lane == *lane);
            timeline.open.retain(|entry| entry.lane == *lane);
        }
        self.listing.cut(&mut timeline.items, &session.console);
        self.listing.cut(&mut timeline.open, &session.console);
        linked.tell_languages(&session.console);
        let found = !timeline.items.is_empty() || !timeline.open.is_empty();
        if format == Format::Table {
            show(&timeline, output.is_coloured(session.global.color), &mut output)?;
        } else {
            let entries = [timeline.items, timeline.open].concat();
            ask::listed(format, &entries, &mut output)?;
        }
        output.flush()?;
        ask::found_nothing(session, linked.ended, usize::from(found));
        Ok(ask::outcome(linked.ended, found))
    }
}

impl Timeline {
    /// Refuses a lane that there is not before anything is read, where that can be told.
    fn check_lane(&self) -> Result<(), Failure> {
        let Some(lane) = &self.lane else { return Ok(()) };
        let checked = match corpus::directory_of(&self.listing.input.paths) {
            Some(directory) => {
                corpus_query::check_lane(&Corpus::open(directory).map_err(corpus::failure)?, lane)
            }
            None => Times::default().check_lane(lane),
        };
        checked.map_err(Failure::usage)
    }
}

/// The timeline as a person reads it: the date first, then the open dates under a heading.
fn show(timeline: &Times, colour: bool, output: &mut Output) -> Result<(), Failure> {
    let columns = |date: Align| {
        [("date", date), ("lane", Align::Whole), ("what", Align::Left), ("told in", Align::Whole)]
    };
    for (heading, entries) in [("", &timeline.items), ("Open dates", &timeline.open)] {
        if entries.is_empty() {
            continue;
        }
        if !heading.is_empty() {
            let heading = if colour { format!("{BOLD}{heading}{BOLD:#}") } else { heading.to_owned() };
            output.line("")?;
            output.line(&heading)?;
        }
        // What is known of an open date may be long.
        let date = if heading.is_empty() { Align::Whole } else { Align::Left };
        let mut table = Table::shared(&columns(date), 2);
        for entry in entries {
            let planned = if entry.planned { " (planned)" } else { "" };
            let (what, lane) = (format!("{}{planned}", entry.what), entry.lane.clone());
            let [date, bounds] =
                [&entry.date, &entry.bounds].map(|date| date.as_ref().map(worded).unwrap_or_default());
            let told_in = facts::place(&entry.mentions);
            let date = if bounds.is_empty() { date } else { format!("{date} in {bounds}") };
            table.push([date, lane, what, told_in].map(|cell| (cell::line(&cell), Style::new())).to_vec());
        }
        for line in table.lines(cell::columns(), colour) {
            if !output.line(&line)? {
                return Ok(());
            }
        }
    }
    Ok(())
}
