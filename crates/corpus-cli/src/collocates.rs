//! `corpus collocates`: what stands near a word more often than by chance.

use crate::{
    app::Session,
    ask::{self, Question, View, Written},
    failure::Failure,
    number::at_least_one,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::{Collocate, CollocateOptions, Measure, Window};
use std::num::NonZeroUsize;

/// Find what stands near words more often than by chance
///
/// A word that stands near several matches counts once, on the side on which it stands of the nearest: between two matches
/// no word is counted twice.
///
/// Measures: logdice (does not favour rare words), mi (mutual information), t (t-score), log-likelihood, together.
#[derive(Args, Debug)]
pub(crate) struct Collocates {
    #[command(flatten)]
    question: Question,
    /// Number of words on either side of a match, or L,R
    #[arg(long, value_name = "N", default_value = "5", help_heading = "What to count")]
    window: Window,
    /// What to sort by
    #[arg(long, value_name = "MEASURE", default_value = "logdice", value_parser = measure)]
    #[arg(help_heading = "What to count")]
    measure: Measure,
    /// Leave out what stands there less than N times
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "What to count")]
    min: u64,
    /// Show at most N words
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "What to write")]
    limit: Option<NonZeroUsize>,
    #[command(flatten)]
    written: Written,
}

fn measure(name: &str) -> Result<Measure, String> {
    name.parse().map_err(|unknown: corpus_query::counts::collocates::UnknownMeasure| unknown.to_string())
}

const VIEW: View<Collocate> = View::of_rows(&[
    Align::Left,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
]);

impl Collocates {
    /// Finds the collocates.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let options = CollocateOptions::new()
            .window(self.window)
            .measure(self.measure)
            .least(self.min)
            .limit(self.limit.map_or(usize::MAX, NonZeroUsize::get));
        self.question.ask(
            session,
            &self.written,
            ask::Lists::Words,
            |engine, query| engine.collocates(query, &self.question.place.counted(), &options),
            |session, found, format, output| {
                VIEW.write(session, format, &found.collocates, output)?;
                Ok(found.matches)
            },
        )
    }
}
