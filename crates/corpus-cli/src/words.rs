//! `corpus words`: how often each word stands in the text.

use crate::{
    app::Session,
    ask::{View, Where, Written},
    failure::Failure,
    input::Input,
    number::{Counted, at_least_one},
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::{Form, WordCount};
use std::num::NonZeroUsize;

/// Count words: how often each stands in the text, in a million words, in how many documents
///
/// Words are folded: case, typographic quotes and diacritics make no difference. Dispersion is Juilland's D over
/// documents: 1 where a word is equally frequent in all, near 0 where it stands in one only.
#[derive(Args, Debug)]
pub(crate) struct Words {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    place: Where,
    /// Count stems instead of words, in the language of each document
    #[arg(long, help_heading = "What to count")]
    stems: bool,
    /// Leave out what stands there less than N times
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "What to count")]
    min: u64,
    /// Show at most N words
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "What to write")]
    limit: Option<NonZeroUsize>,
    #[command(flatten)]
    written: Written,
}

const VIEW: View<WordCount> =
    View::of_rows(&[Align::Left, Align::Right, Align::Right, Align::Right, Align::Right]);

impl Words {
    /// Counts the words.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let form = if self.stems { Form::Stem } else { Form::Word };
        let limit = self.limit.map_or(usize::MAX, NonZeroUsize::get);
        VIEW.ask(session, &self.input, &self.written, |session, engine| {
            let list = engine.words(&self.place.counted(), form, self.min, limit)?;
            let (tokens, types) = (list.tokens, list.types);
            let documents = Counted(list.documents, "document");
            session.console.note(format_args!("{tokens} words, {types} different, in {documents}"));
            Ok(list.words)
        })
    }
}
