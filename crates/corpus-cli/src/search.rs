//! `corpus search`: the passages in which words stand, the best first.

use crate::{
    app::Session,
    ask::{self, Format, Question, Written},
    cell,
    failure::Failure,
    number::{Count, Counted},
    outcome::Outcome,
    output::Output,
    paint::{BOLD, DIM},
};
use anstyle::{AnsiColor, Style};
use clap::Args;
use corpus_query::{Found, Location, SearchOptions, Snippet, worded};

/// Find the passages in which words stand, the best first
///
/// The query is words, "phrases", AND OR NOT, prefix*, fuzzy~, "near each other"~5, field:value (title, author, site,
/// language, date:[2020-08 TO 2020-09], within, year, role, part, speaker, source, person, org, place), or, beginning with
/// a bracket, a pattern of tokens. A date is found wherever it may lie, with within: only where it surely does; year:open
/// finds what lies in no one year. What stands in one pair of parentheses with a speaker or source must hold of one
/// statement: (speaker:Smith source:Herald). Text that was copied into several documents counts once.
#[derive(Args, Debug)]
pub(crate) struct Search {
    #[command(flatten)]
    question: Question,
    /// Show at most N passages; 0 only counts
    #[arg(long, value_name = "N", default_value_t = 20, help_heading = "What to write")]
    limit: usize,
    /// Go on where the last page ended, as it said
    #[arg(long, value_name = "CURSOR", help_heading = "What to write")]
    cursor: Option<String>,
    /// Count how the passages divide: by part, role, language, site, year
    #[arg(long, help_heading = "What to write")]
    facets: bool,
    /// Show how the query was understood, as JSON, and search nothing
    #[arg(long, help_heading = "What to write")]
    explain: bool,
    #[command(flatten)]
    written: Written,
}

const MATCH: Style = AnsiColor::Yellow.on_default().bold();

impl Search {
    /// Finds the passages.
    ///
    /// # Errors
    /// When nothing can be read, the cursor belongs to another question, or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        if self.explain {
            let (mut output, _) = self.written.open(&self.question.input)?;
            ask::json_lines(&[self.question.query(session).explain()], &mut output)?;
            output.flush()?;
            return Ok(Outcome::Done);
        }
        let options = SearchOptions::new()
            .scope(self.question.place.scope.clone())
            .limit(self.limit)
            .cursor(self.cursor.clone())
            .facets(self.facets)
            .duplicates(self.question.place.duplicates);
        self.question.ask(
            session,
            &self.written,
            ask::Lists::Documents,
            |engine, query| engine.search(query, &options),
            |session, found, format, output| {
                match format {
                    Format::Table if found.total.value > 0 => {
                        let colour = output.is_coloured(session.global.color);
                        table(found, cell::columns(), colour, output)?;
                    }
                    Format::Table => {}
                    _ if self.limit == 0 && !self.facets => ask::only_counted(&found.total, format, output)?,
                    Format::Jsonl => {
                        ask::json_lines(&found.items, output)?;
                        if let Some(facets) = &found.facets {
                            ask::json_lines(&[serde_json::json!({ "facets": facets })], output)?;
                        }
                    }
                    format => ask::listed(format, &found.items, output)?,
                }
                if let Some(next) = &found.next {
                    output.flush()?;
                    session.console.hint(format_args!("more with --cursor {next}"));
                }
                Ok(found.total.value)
            },
        )
    }
}

/// Where a hit lies: in a file, a terminal opens it there; in a record, it is the record's line that is told.
fn place(location: &Location) -> String {
    let line = location.cited_line();
    // In a page of HTML it is known where the block begins, and not at which column the match stands.
    let column = match location.in_source {
        Some(_) => String::new(),
        None => format!(":{}", location.column),
    };
    match location.record {
        None => format!("{}:{line}{column}", location.uri),
        Some(_) => format!("{}, line {line}{column}", location.place()),
    }
}

fn table(found: &Found, columns: usize, colour: bool, output: &mut Output) -> Result<(), Failure> {
    let paint = |text: &str, style: Style| {
        if colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    for hit in &found.items {
        let place = place(&hit.location);
        let about = [Some(hit.location.role.to_string()), hit.date.as_ref().map(|date| worded(&date.value))];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let title = cell::cut(hit.title.as_deref().unwrap_or("(no title)"), columns);
        output.line(&paint(&title, BOLD))?;
        output.line(&paint(&format!("{place}  {}", about.join(", ")), DIM))?;
        for line in cell::wrap(&shown(&hit.snippet), columns.saturating_sub(2)) {
            let line = line.replace(OPEN, &if colour { MATCH.to_string() } else { String::new() });
            let line = line.replace(CLOSE, &if colour { format!("{MATCH:#}") } else { String::new() });
            output.line(&format!("  {line}"))?;
        }
        output.line("")?;
    }
    let at_least = if found.total.exact { "" } else { "at least " };
    let mut summary = format!("{at_least}{} in {}", Counted(found.total.value, "passage"), found.scope);
    if found.copies > 0 {
        summary.push_str(&format!("; {} more in copied text (--duplicates)", Count(found.copies)));
    }
    output.line(&paint(&summary, DIM))?;
    for (name, values) in found.facets.iter().flat_map(|facets| {
        [
            ("part", &facets.kind),
            ("role", &facets.role),
            ("language", &facets.language),
            ("site", &facets.site),
            ("year", &facets.year),
        ]
    }) {
        let values: Vec<String> =
            values.iter().take(8).map(|(value, count)| format!("{value} {}", Count(*count))).collect();
        if !values.is_empty() {
            output
                .line(&format!("{name:<9} {}", cell::cut(&values.join(", "), columns.saturating_sub(10))))?;
        }
    }
    Ok(())
}

/// Where a match begins and ends in a line that is still to be wrapped: of no width, and in no text.
const OPEN: char = '\u{2061}';
const CLOSE: char = '\u{2062}';

/// The snippet with its matches marked.
fn shown(snippet: &Snippet) -> String {
    let mut text = String::new();
    let mut at = 0;
    let clean = |piece: &str| piece.replace([OPEN, CLOSE], "");
    if snippet.cut_before {
        text.push('…');
    }
    for [start, end] in &snippet.highlights {
        text.push_str(&clean(&snippet.text[at..*start]));
        text.push(OPEN);
        text.push_str(&clean(&snippet.text[*start..*end]));
        text.push(CLOSE);
        at = *end;
    }
    text.push_str(&clean(&snippet.text[at..]));
    if snippet.cut_after {
        text.push('…');
    }
    text
}
