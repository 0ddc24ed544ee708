//! `corpus keywords`: words that are more frequent here than in another corpus, or than in the rest of this one.

use crate::{
    app::Session,
    ask::{self, View, Where, Written},
    failure::Failure,
    input::Input,
    number::{Count, Counted},
    outcome::Outcome,
    table::Align,
};
use clap::{ArgGroup, Args};
use corpus_query::{Form, Keyword, Query};
use std::path::PathBuf;

/// Find the words that are more frequent here than in another corpus, or in what a query finds than in the rest
///
/// Log-likelihood says how sure the difference is (3.84 and more is significant at 5 %, 10.83 at 0.1 %), log ratio how
/// large (1 is twice as frequent; a word that one side does not have counts half there).
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("other").required(true))]
pub(crate) struct Keywords {
    #[command(flatten)]
    input: Input,
    /// What to compare with: a file, a folder or a corpus
    #[arg(long, value_name = "PATH", group = "other", help_heading = "What to read")]
    reference: Option<PathBuf>,
    /// Compare the parts in which QUERY matches, as `corpus search` reads it, with all others
    #[arg(long, value_name = "QUERY", group = "other", help_heading = "What to read")]
    query: Option<String>,
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

const VIEW: View<Keyword> = View::of_rows(&[
    Align::Left,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
    Align::Right,
]);

impl Keywords {
    /// Finds the keywords.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let form = if self.stems { Form::Stem } else { Form::Word };
        let (counted, min, negative) = (self.place.counted(), self.min, self.negative);
        // One more tells whether there are more.
        let limit = self.limit.saturating_add(1);
        let query = self.query.as_deref().map(Query::parse);
        let (output, format) = self.written.open(&self.input)?;
        let facts = query.as_ref().is_some_and(Query::asks_for_facts);
        let (engine, ended) = ask::engine(session, &self.input, facts)?;
        let mut found = match (query, &self.reference) {
            (Some(query), _) => {
                ask::warn_of(session, &query, &engine);
                engine.keywords_where(&query, &counted, form, min, limit, negative)?
            }
            (None, reference) => {
                let other = self.input.of(reference.iter().cloned().collect());
                let (reference, _) = ask::engine(session, &other, false)?;
                engine.keywords(&reference, &counted, form, min, limit, negative)?
            }
        };
        if found.keywords.len() > self.limit {
            found.keywords.truncate(self.limit);
            session
                .console
                .hint(format_args!("the first {}; --limit N shows more", Count(self.limit as u64)));
        }
        session.console.note(format_args!(
            "{} here, {} to compare with",
            Counted(found.tokens, "word"),
            Counted(found.reference_tokens, "word")
        ));
        VIEW.finish(session, format, &found.keywords, output, ended)
    }
}
