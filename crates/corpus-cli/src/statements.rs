//! `corpus statements`: who said what, when, on whose report.

use crate::{
    app::Session,
    ask::{self, Column, Written},
    facts,
    failure::Failure,
    input::Input,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::{Statement, StatementOptions, Statements as Gatherer};

/// List statements: who said what, when, on whose report
///
/// One row a statement, with file, line and span. A speaker is found by any of the names the document gives him.
/// Statements in text that was copied into several documents are listed once.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Statements {
    #[command(flatten)]
    input: Input,
    /// Only those of this speaker
    #[arg(long, value_name = "NAME", help_heading = "Which statements")]
    speaker: Option<String>,
    /// Only those that this outlet reports
    #[arg(long, value_name = "OUTLET", help_heading = "Which statements")]
    source: Option<String>,
    /// Only those whose content has all of these words
    #[arg(long, value_name = "WORDS", help_heading = "Which statements")]
    about: Option<String>,
    /// List those in copied text each time they are found
    #[arg(long, help_heading = "Which statements")]
    duplicates: bool,
    #[command(flatten)]
    written: Written,
}

const EXAMPLES: &str = "\
Examples:
  corpus statements pages --speaker Marin              what she said
  corpus statements pages --about \"harbour toll\"       one claim, by whoever made or denied it
  corpus statements pages --source Reuters --format csv";

const COLUMNS: &[Column] = &[
    ("content", Align::Left),
    ("speaker", Align::Left),
    ("cue", Align::Left),
    ("said_on", Align::Left),
    ("outlets", Align::Left),
    ("polarity", Align::Left),
    ("direct", Align::Left),
    ("file", Align::Left),
    ("line", Align::Right),
    ("byte_start", Align::Right),
    ("byte_end", Align::Right),
];

impl Statements {
    /// Lists the statements.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let (mut output, format) = self.written.open(&self.input)?;
        let options = StatementOptions::new()
            .speaker(self.speaker.as_deref())
            .source(self.source.as_deref())
            .about(self.about.as_deref())
            .duplicates(self.duplicates);
        let mut gatherer = Gatherer::new(options);
        let mut statements = Vec::new();
        let ended = facts::each(session, &self.input, |document| statements.extend(gatherer.of(document)))?;
        ask::rows(session, format, COLUMNS, &statements, cells, &mut output)?;
        output.flush()?;
        Ok(ask::outcome(ended, !statements.is_empty()))
    }
}

fn cells(statement: &Statement) -> Vec<String> {
    let location = &statement.location;
    let outlets: Vec<String> = statement
        .outlets
        .iter()
        .map(|outlet| match &outlet.date {
            Some(date) => format!("{} {date}", outlet.name),
            None => outlet.name.clone(),
        })
        .collect();
    vec![
        statement.content.join(" … "),
        statement.speaker_name.clone().or_else(|| statement.speaker.clone()).unwrap_or_default(),
        statement.cue.clone().unwrap_or_default(),
        statement.said_on.as_ref().map(ToString::to_string).unwrap_or_default(),
        outlets.join("; "),
        statement.polarity.clone(),
        statement.direct.to_string(),
        location.name(),
        location.line.to_string(),
        location.span.byte[0].to_string(),
        location.span.byte[1].to_string(),
    ]
}
