//! `corpus keywords`: words that are more frequent here than in another corpus.

use crate::{
    app::Session,
    ask::{self, Rows, Where, Written},
    failure::Failure,
    input::Input,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::{Form, Keyword};
use std::path::PathBuf;

/// Find the words that are more frequent here than in another corpus
///
/// Log-likelihood says how sure the difference is (3.84 and more is significant at 5 %, 10.83 at 0.1 %), log ratio how
/// large (1 is twice as frequent).
#[derive(Args, Debug)]
pub(crate) struct Keywords {
    #[command(flatten)]
    input: Input,
    /// What to compare with: a file, a folder or a corpus
    #[arg(long, value_name = "PATH", required = true, help_heading = "What to read")]
    reference: PathBuf,
    #[command(flatten)]
    place: Where,
    /// Compare stems instead of words, in the language of each document
    #[arg(long, help_heading = "What to count")]
    stems: bool,
    /// Show words that are less frequent here
    #[arg(long, help_heading = "What to count")]
    negative: bool,
    /// Leave out what stands there less than N times
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "What to count")]
    min: u64,
    /// Show at most N words
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "What to write")]
    limit: usize,
    #[command(flatten)]
    written: Written,
}

const ROWS: Rows<Keyword> = Rows {
    columns: &[
        ("word", Align::Left),
        ("count", Align::Right),
        ("per_million", Align::Right),
        ("documents", Align::Right),
        ("reference_count", Align::Right),
        ("reference_per_million", Align::Right),
        ("log_likelihood", Align::Right),
        ("log_ratio", Align::Right),
    ],
    cells,
    shown: None,
};

impl Keywords {
    /// Finds the keywords.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let form = if self.stems { Form::Stem } else { Form::Word };
        ROWS.ask(session, &self.input, &self.written, |session, engine| {
            let other = self.input.of(vec![self.reference.clone()]);
            let (reference, _) = ask::engine(session, &other, false)?;
            let counted = self.place.counted();
            Ok(engine.keywords(&reference, &counted, form, self.min, self.limit, self.negative)?.keywords)
        })
    }
}

fn cells(keyword: &Keyword) -> Vec<String> {
    vec![
        keyword.word.clone(),
        keyword.count.to_string(),
        format!("{:.2}", keyword.per_million),
        keyword.documents.to_string(),
        keyword.reference_count.to_string(),
        format!("{:.2}", keyword.reference_per_million),
        format!("{:.2}", keyword.log_likelihood),
        format!("{:.2}", keyword.log_ratio),
    ]
}
