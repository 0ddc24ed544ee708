//! `corpus dates`: when what is told happened, and when articles were published, with the reasons.

use crate::{app::Session, ask::View, facts::Listing, failure::Failure, outcome::Outcome, table::Align};
use clap::Args;
use corpus_query::{Dated, Dates as Gatherer};

/// List dates: each expression of time with its value, and when articles were published
///
/// One row an expression, with file, line and span; before those of an article one that says when it was published, as
/// far as that is known, and how. Dates are EDTF; what is not known stays open.
#[derive(Args, Debug)]
pub(crate) struct Dates {
    /// Say why as well in a table: rule, anchor and the words that are evidence; files always do
    #[arg(long, help_heading = "What to write")]
    explain: bool,
    /// Only those of this document: its id or the first digits of it, its record's id, the end of its file's path,
    /// pages.jsonl#17, or its URL
    #[arg(long, value_name = "DOCUMENT", help_heading = "Which dates")]
    document: Option<String>,
    /// List those in copied text each time they are found
    #[arg(long, help_heading = "Which dates")]
    duplicates: bool,
    #[command(flatten)]
    listing: Listing,
}

const ALIGNED: [Align; 12] = {
    use Align::{Left, Right};
    [Left, Left, Left, Left, Right, Right, Right, Left, Left, Left, Right, Left]
};

/// Columns that say what, when and where; those behind them say why.
const N_PLAIN: usize = 7;

const PLAIN: View<Dated> = View::of_rows(ALIGNED.split_at(N_PLAIN).0);
const EXPLAINED: View<Dated> = View::of_rows(&ALIGNED);

impl Dates {
    /// Lists the dates.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let view = if self.explain { &EXPLAINED } else { &PLAIN };
        self.listing.write(session, view, |linked| {
            let mut gatherer = Gatherer::new(&linked.table, self.duplicates);
            let mut dates = Vec::new();
            let wanted = self.document.as_ref().map(|name| linked.one_named(name)).transpose()?;
            linked.each(|document| {
                if wanted.as_ref().is_none_or(|wanted| *wanted == document.id) {
                    dates.extend(gatherer.of(document));
                }
            })?;
            Ok(dates)
        })
    }
}
