//! `corpus dates`: when what is told happened, and when articles were published, with the reasons.

use crate::{app::Session, ask::Rows, facts::Listing, failure::Failure, outcome::Outcome, table::Align};
use clap::Args;
use corpus_query::{Dated, Dates as Gatherer};

/// List dates: each expression of time with its value, and when articles were published
///
/// One row an expression, with file, line and span; before those of an article one that says when it was published, as
/// far as that is known, and how. Dates are EDTF; what is not known stays open.
#[derive(Args, Debug)]
pub(crate) struct Dates {
    /// Say why as well: rule, anchor and the words that are evidence
    #[arg(long, help_heading = "What to write")]
    explain: bool,
    /// List those in copied text each time they are found
    #[arg(long, help_heading = "Which dates")]
    duplicates: bool,
    #[command(flatten)]
    listing: Listing,
}

const ROWS: Rows<Dated> = Rows {
    columns: &[
        ("text", Align::Left),
        ("what", Align::Left),
        ("date", Align::Left),
        ("file", Align::Left),
        ("line", Align::Right),
        ("byte_start", Align::Right),
        ("byte_end", Align::Right),
    ],
    cells: |dated| plain(dated).to_vec(),
    shown: None,
};

const EXPLAINED: Rows<Dated> = Rows {
    columns: &[
        ("text", Align::Left),
        ("what", Align::Left),
        ("date", Align::Left),
        ("file", Align::Left),
        ("line", Align::Right),
        ("byte_start", Align::Right),
        ("byte_end", Align::Right),
        ("value", Align::Left),
        ("anchor", Align::Left),
        ("rule", Align::Left),
        ("confidence", Align::Right),
        ("evidence", Align::Left),
    ],
    cells: |dated| {
        let words =
            dated.evidence.iter().map(|mention| format!("{} (line {})", mention.text, mention.location.line));
        let fields = dated.fields.iter().map(|(field, value)| format!("{field} {value}"));
        let evidence: Vec<String> = words.chain(fields).collect();
        let reasons = [
            dated.timex.clone().unwrap_or_default(),
            dated.anchor.clone(),
            dated.rule.clone(),
            format!("{:.2}", dated.confidence),
            evidence.join("; "),
        ];
        plain(dated).into_iter().chain(reasons).collect()
    },
    shown: None,
};

impl Dates {
    /// Lists the dates.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let rows = if self.explain { &EXPLAINED } else { &ROWS };
        self.listing.write(session, rows, |linked| {
            let mut gatherer = Gatherer::new(&linked.table, self.duplicates);
            let mut dates = Vec::new();
            linked.each(|document| dates.extend(gatherer.of(document)))?;
            Ok(dates)
        })
    }
}

fn plain(dated: &Dated) -> [String; 7] {
    let date =
        dated.edtf.as_ref().map(ToString::to_string).or_else(|| dated.timex.clone()).unwrap_or_default();
    let date = match &dated.bounds {
        Some(bounds) => format!("{date} in {bounds}"),
        None => date,
    };
    let location = &dated.location;
    [
        dated.text.clone(),
        dated.what.clone(),
        date,
        location.name(),
        location.line.to_string(),
        location.span.byte[0].to_string(),
        location.span.byte[1].to_string(),
    ]
}
