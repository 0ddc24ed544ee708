//! `corpus frequency`: how often words stand in what was published when.

use crate::{
    app::Session,
    ask::{self, Question, View, Written},
    failure::Failure,
    outcome::Outcome,
    table::Align,
};
use clap::{Args, ValueEnum};
use corpus_query::{Period, Step};

/// Show how often words stand in what was published when
///
/// A date that is not known so closely counts as "open"; none is guessed. Copied text counts once, at the date of the
/// document that has it first in the order of the corpus, which need not be the earliest.
#[derive(Args, Debug)]
pub(crate) struct Frequency {
    #[command(flatten)]
    question: Question,
    /// The step of time
    #[arg(long, value_enum, value_name = "STEP", default_value_t, help_heading = "What to count")]
    by: By,
    #[command(flatten)]
    written: Written,
}

/// A step of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Years
    #[default]
    Year,
    /// Months
    Month,
    /// Days
    Day,
}

const VIEW: View<Period> =
    View::of_rows(&[Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right]);

impl Frequency {
    /// Shows the frequency over time.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let step = match self.by {
            By::Year => Step::Year,
            By::Month => Step::Month,
            By::Day => Step::Day,
        };
        self.question.ask(
            session,
            &self.written,
            ask::Lists::Words,
            |engine, query| engine.frequency(query, &self.question.place.counted(), step),
            |session, found, format, output| {
                VIEW.write(session, format, &found.periods, output)?;
                Ok(found.matches)
            },
        )
    }
}
