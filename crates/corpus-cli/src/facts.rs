//! What the commands that list facts have in common: documents with their links, one after the other, and rows.

use crate::{
    app::Session,
    ask::{View, Written},
    cell,
    console::Console,
    failure::Failure,
    input::Input,
    linked::Linked,
    number::{Count, at_least_one},
    outcome::Outcome,
};
use clap::Args;
use corpus_query::{Mention, Tabular};
use serde::Serialize;
use std::num::NonZeroUsize;

/// Whose facts are listed, and how.
#[derive(Args, Debug)]
pub(crate) struct Listing {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Number of rows; by default all of them
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "What to write")]
    limit: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) written: Written,
}

impl Listing {
    /// Gathers facts from what is named, and writes them as rows.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn write<T: Serialize + Tabular>(
        &self,
        session: &mut Session,
        view: &View<T>,
        gather: impl FnOnce(&Linked) -> Result<Vec<T>, Failure>,
    ) -> Result<Outcome, Failure> {
        let (output, format) = self.written.open(&self.input)?;
        let linked = Linked::open(session, &self.input)?;
        let mut items = gather(&linked)?;
        self.cut(&mut items, &session.console);
        linked.tell_languages(&session.console);
        view.finish(session, format, &items, output, linked.ended)
    }

    /// Keeps as many items as are wanted, and says how many there are.
    pub(crate) fn cut<T>(&self, items: &mut Vec<T>, console: &Console) {
        if let Some(limit) = self.limit.map(NonZeroUsize::get).filter(|limit| *limit < items.len()) {
            let [some, all] = [limit, items.len()].map(|count| Count(count as u64));
            console.hint(format_args!("{some} of {all}; without --limit all of them"));
            items.truncate(limit);
        }
    }
}

/// Where something is told, as a table has room for: file and line of the first mention, and how many more there are.
pub(crate) fn place(mentions: &[Mention]) -> String {
    const MOST: usize = 24;
    let Some(first) = mentions.first() else { return String::new() };
    let line = format!(":{}", first.location.cited_line());
    let name = cell::cut_middle(&first.location.name(), MOST - line.len().min(MOST));
    let more = mentions.len() - 1;
    if more == 0 { format!("{name}{line}") } else { format!("{name}{line} +{more}") }
}
