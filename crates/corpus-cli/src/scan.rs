//! `corpus scan`: what is here.

use crate::{
    app::Session,
    cell,
    failure::Failure,
    input::Input,
    outcome::Outcome,
    output::is_tabbed,
    stream::{Finding, Screen, stream},
};
use clap::{Args, ValueEnum};
use corpus_export::Separated;
use corpus_query::{
    Tabular,
    scan::{self, Row, Summary, Totals, With},
};
use serde::Serialize;
use std::path::PathBuf;

mod view;

/// See what is here: articles, comments, shared blocks, languages, dates
///
/// Reads everything once and shows a row for each document, then the totals. A block is shared where its text, at
/// least 80 characters of an article, stands in another document too; case, quotes and white space make no
/// difference.
#[derive(Args, Debug)]
#[command(after_long_help = NOTES)]
pub(crate) struct Scan {
    #[command(flatten)]
    input: Input,
    /// How to write it; by default a table on a terminal, else jsonl
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "What to write")]
    format: Option<Format>,
    /// Number of rows in the table; the totals always count everything
    #[arg(long, value_name = "N", default_value_t = 50, help_heading = "What to write")]
    limit: usize,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "What to write")]
    output: Option<PathBuf>,
}

const NOTES: &str = "\
In JSON Lines each document is an object as soon as it is read; \"shared\" names the earlier documents, by number, that \
have the same blocks. The last line is {\"totals\": …}. TSV has a line of column names and no totals.";

/// How the scan is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for a person
    Table,
    /// JSON Lines: one document a line, then the totals
    Jsonl,
    /// Tab-separated values, one document a line
    Tsv,
}

impl Scan {
    /// Scans what is named.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let is_tabbed = self.format.is_none() && is_tabbed(self.output.as_deref())?;
        let mut output = self.input.output(self.output.as_deref())?;
        let format = match self.format {
            Some(format) => format,
            None if is_tabbed => Format::Tsv,
            None if output.is_terminal() => Format::Table,
            None => Format::Jsonl,
        };
        let colour = output.is_coloured(session.global.color);
        let mut scan = scan::Scan::default();
        let mut rows: Vec<Row> = Vec::new();
        if format == Format::Tsv {
            output.line(&tabbed(Row::COLUMNS))?;
        }
        let is_taken = output.is_terminal() && format != Format::Table;
        let screen = if is_taken { Screen::Taken } else { Screen::Free };
        let ended = stream(
            session,
            &self.input,
            screen,
            Finding::Dates,
            |summaries: &mut Vec<Summary>, document| summaries.push(Summary::of(&document)),
            |summaries| {
                for summary in summaries {
                    let row = scan.add(summary);
                    let goes_on = match format {
                        Format::Tsv => output.line(&tabbed(row.cells()))?,
                        Format::Jsonl => output.line(&json(&row)?)?,
                        Format::Table => {
                            keep(row, &mut rows, self.limit);
                            true
                        }
                    };
                    if !goes_on {
                        return Ok(false);
                    }
                }
                Ok(true)
            },
        )?;
        let totals = scan.finish(ended.files, ended.set_aside);
        if !ended.early {
            match format {
                Format::Table if totals.documents > 0 => {
                    let view =
                        view::View { columns: cell::columns(), colour, hints: !session.console.is_quiet() };
                    output.write(view.show(&rows, &totals, &self.input.paths).as_bytes())?;
                }
                Format::Jsonl => {
                    output.line(&json(&Last { totals: &totals })?)?;
                }
                _ => {}
            }
        }
        output.flush()?;
        Ok(ended.outcome())
    }
}

/// Cells as values between tabs, of which nothing steers a terminal.
fn tabbed(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut line = String::new();
    Separated::TSV.push_row(&mut line, cells.into_iter().map(|cell| cell::line(cell.as_ref())));
    line
}

/// Keeps a row for the table, as long as there is room, and tells the rows above what it shares with them.
fn keep(row: Row, rows: &mut Vec<Row>, limit: usize) {
    for with in &row.shared {
        let earlier = usize::try_from(with.number - 1).ok().and_then(|index| rows.get_mut(index));
        // A block that half of a pile shares would make each row as long as the pile.
        if let Some(earlier) = earlier.filter(|earlier| earlier.shared.len() < 8) {
            earlier.shared.push(With { number: row.number, blocks: with.blocks });
        }
    }
    if rows.len() < limit {
        rows.push(row);
    }
}

/// The last line of JSON Lines.
#[derive(Serialize)]
struct Last<'a> {
    totals: &'a Totals,
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::new(format_args!("write JSON: {error}")))
}
