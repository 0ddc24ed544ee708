//! `corpus statements`: who said what, when, on whose report.

use crate::{
    app::Session,
    ask::{self, Format},
    cell,
    facts::Listing,
    failure::Failure,
    linked::Linked,
    number::Counted,
    outcome::Outcome,
    output::Output,
    paint::{BOLD, DIM},
};
use anstyle::Style;
use clap::Args;
use corpus_query::{Statement, StatementOptions, Statements as Gatherer, worded};

/// List statements: who said what, when, on whose report
///
/// One row a statement, with file, line and span, and when the article was published that has it: `said_on` is when it
/// was said, and is empty where the text does not say. A speaker is found by any of the names that any of the documents gives him.
/// Statements in text that was copied into several documents are listed once.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Statements {
    /// Only those of this speaker
    #[arg(long, value_name = "NAME", help_heading = "Which statements")]
    speaker: Option<String>,
    /// Only those of the speaker with this corpus-wide id, as `corpus people` gives it
    #[arg(long, value_name = "ID", help_heading = "Which statements")]
    speaker_id: Option<String>,
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
    listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  corpus statements pages --speaker Marin              what she said
  corpus statements pages --about \"harbour toll\"       one claim, by whoever made or denied it
  corpus statements pages --source Reuters --format csv";

impl Statements {
    /// Lists the statements.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let (mut output, format) = self.listing.written.open(&self.listing.input)?;
        let linked = Linked::open(session, &self.listing.input)?;
        let speaker_id = self.speaker_id.as_deref().map(|id| linked.table.ids.resolve_typed(id));
        let options = StatementOptions::new()
            .speaker(self.speaker.as_deref())
            .speaker_id(speaker_id.as_deref())
            .source(self.source.as_deref())
            .about(self.about.as_deref())
            .duplicates(self.duplicates);
        let mut gatherer = Gatherer::new(&linked.table, options);
        let mut statements = Vec::new();
        linked.each(|document| statements.extend(gatherer.of(document)))?;
        self.listing.cut(&mut statements, &session.console);
        linked.tell_languages(&session.console);
        if format == Format::Table {
            show(&statements, output.is_coloured(session.global.color), &mut output)?;
        } else {
            ask::listed(format, &statements, &mut output)?;
        }
        output.flush()?;
        ask::found_nothing(session, linked.ended, statements.len());
        Ok(ask::outcome(linked.ended, !statements.is_empty()))
    }
}

/// The statements as a person reads them: who, when, on whose report and where, then in full what was said.
fn show(statements: &[Statement], colour: bool, output: &mut Output) -> Result<(), Failure> {
    let columns = cell::columns();
    let paint = |text: &str, style: Style| {
        if colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    for statement in statements {
        let speaker = statement.called().unwrap_or("(nobody named)");
        let location = &statement.location;
        let about = [
            statement.cue.clone().unwrap_or_default(),
            if statement.polarity == "assert" { String::new() } else { statement.polarity.clone() },
            day(statement),
            statement.outlets.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            location.cited(),
        ];
        let about: Vec<String> = about.into_iter().filter(|about| !about.is_empty()).collect();
        let speaker = cell::cut(speaker, columns);
        let about = cell::wrap(&about.join(" · "), columns.saturating_sub(2));
        match &about[..] {
            [about] if cell::width(&speaker) + 2 + cell::width(about) <= columns => {
                output.line(&format!("{}  {}", paint(&speaker, BOLD), paint(about, DIM)))?;
            }
            several => {
                output.line(&paint(&speaker, BOLD))?;
                for line in several {
                    output.line(&format!("  {}", paint(line, DIM)))?;
                }
            }
        }
        for line in cell::wrap(&statement.content.join(" … "), columns.saturating_sub(2)) {
            output.line(&format!("  {line}"))?;
        }
        if !output.line("")? {
            return Ok(());
        }
    }
    if !statements.is_empty() {
        output.line(&paint(&Counted(statements.len() as u64, "statement").to_string(), DIM))?;
    }
    Ok(())
}

/// When it was said, else of when the article is that has it.
fn day(statement: &Statement) -> String {
    match (&statement.said_on, &statement.article.published) {
        (Some(date), _) => worded(date),
        (None, Some(date)) => format!("in an article of {}", worded(date)),
        (None, None) => String::new(),
    }
}
