//! `corpus ngrams`: how often runs of words stand in the text.

use crate::{
    app::Session,
    ask::{View, Where, Written},
    failure::Failure,
    input::Input,
    number::at_least_one,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::{Ngram, counts::ngrams::LONGEST};
use std::num::NonZeroUsize;

/// Count runs of words: how often each stands in the text, in how many documents
///
/// A run does not go from one block into the next.
#[derive(Args, Debug)]
pub(crate) struct Ngrams {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    place: Where,
    /// Number of words in a run, from 1 to 6
    #[arg(short, value_name = "N", default_value_t = 2, help_heading = "What to count")]
    #[arg(value_parser = clap::value_parser!(u8).range(1..=LONGEST as i64))]
    n: u8,
    /// Leave out what stands there less than N times
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "What to count")]
    min: u64,
    /// Show at most N runs
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "What to write")]
    limit: Option<NonZeroUsize>,
    #[command(flatten)]
    written: Written,
}

const VIEW: View<Ngram> = View::of_rows(&[Align::Left, Align::Right, Align::Right, Align::Right]);

impl Ngrams {
    /// Counts the runs.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let limit = self.limit.map_or(usize::MAX, NonZeroUsize::get);
        VIEW.ask(session, &self.input, &self.written, |_, engine| {
            Ok(engine.ngrams(&self.place.counted(), self.n.into(), self.min, limit)?.ngrams)
        })
    }
}
