//! `corpus parsers`: what can be read.

use crate::{
    app::Session,
    cell,
    failure::Failure,
    outcome::Outcome,
    output::Output,
    paint::BOLD,
    table::{Align, Table},
};
use anstyle::Style;
use clap::{Args, ValueEnum};
use serde::Serialize;

/// List the parsers, those asked first on top
///
/// A record goes to the first parser that claims its media type, else to the first that knows its first bytes.
#[derive(Args, Debug)]
pub(crate) struct Parsers {
    /// How to write it; by default a table on a terminal, else jsonl
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
}

/// How the list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for a person
    Table,
    /// JSON Lines: one parser a line
    Jsonl,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    media_types: &'static [&'static str],
    description: &'static str,
}

impl Parsers {
    /// Lists the parsers of the session.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub(crate) fn run(&self, session: &Session) -> Result<Outcome, Failure> {
        let mut output = Output::open(None, &[])?;
        let format = self.format.unwrap_or(if output.is_terminal() { Format::Table } else { Format::Jsonl });
        let columns = [("name", Align::Left), ("reads", Align::Left), ("media types", Align::Left)];
        let mut table = Table::new(&columns, 2);
        for parser in session.program.parsers.parsers() {
            let row = Row {
                name: parser.name(),
                media_types: parser.media_types(),
                description: parser.description(),
            };
            if format == Format::Jsonl {
                let line = serde_json::to_string(&row)
                    .map_err(|error| Failure::new(format_args!("write JSON: {error}")))?;
                output.line(&line)?;
            }
            table.push(vec![
                (row.name.to_owned(), BOLD),
                (row.description.to_owned(), Style::new()),
                (row.media_types.join(", "), Style::new()),
            ]);
        }
        if format == Format::Table {
            for line in table.lines(cell::columns(), output.is_coloured(session.global.color)) {
                output.line(&line)?;
            }
        }
        output.flush()?;
        Ok(Outcome::Done)
    }
}
