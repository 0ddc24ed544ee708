//! `corpus kwic`: each hit on a line of its own, aligned, with what stands before and after it.

use crate::{
    app::Session,
    ask::{self, Format, Question, Written},
    cell,
    failure::Failure,
    number::{Count, Counted, at_least_one},
    outcome::Outcome,
    output::Output,
    paint::{BOLD, DIM},
};
use clap::Args;
use corpus_query::{Concordance, Context, KwicOptions, Line, SortKey};
use std::num::NonZeroUsize;

/// Show each place where words stand, with what is around them: a concordance
///
/// The query is words, "phrases", AND OR NOT, prefix*, fuzzy~, "near each other"~5, field:value, or, beginning with a
/// bracket, a pattern of tokens: [word="military"] []{0,3} [stem="base"] within <quotation/>. Case, typographic
/// quotes, hyphens and diacritics make no difference. Text that was copied into several documents counts once.
#[derive(Args, Debug)]
pub(crate) struct Kwic {
    #[command(flatten)]
    question: Question,
    /// Characters to show on either side
    #[arg(long, value_name = "N", default_value_t = 60, help_heading = "What to write")]
    width: usize,
    /// Words to show on either side, instead of characters
    #[arg(long, value_name = "N", conflicts_with = "width", help_heading = "What to write")]
    words: Option<usize>,
    /// Show the whole sentence
    #[arg(long, conflicts_with_all = ["width", "words"], help_heading = "What to write")]
    sentence: bool,
    /// Sort by words to the left (L1, L2 …) or right (R1 …), match or date; the first key counts most
    #[arg(long, value_name = "KEYS", value_delimiter = ',', value_parser = sort_key)]
    #[arg(help_heading = "What to write")]
    sort: Vec<SortKey>,
    /// Show only N lines, chosen by chance
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "What to write")]
    sample: Option<NonZeroUsize>,
    /// What chance begins with: the same number chooses the same lines
    #[arg(long, value_name = "NUMBER", default_value_t = 0, help_heading = "What to write")]
    seed: u64,
    /// Show at most N lines; 0 only counts
    #[arg(long, value_name = "N", help_heading = "What to write")]
    limit: Option<usize>,
    #[command(flatten)]
    written: Written,
}

fn sort_key(text: &str) -> Result<SortKey, String> {
    text.parse().map_err(|unknown: corpus_query::kwic::UnknownSortKey| unknown.to_string())
}

impl Kwic {
    /// Shows where the words stand.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let context = match self.words {
            _ if self.sentence => Context::Sentence,
            Some(words) => Context::Words(words),
            None => Context::Characters(self.width),
        };
        let mut options = KwicOptions::new()
            .scope(self.question.place.scope.clone())
            .context(context)
            .sort(self.sort.clone())
            .limit(self.limit.unwrap_or(usize::MAX))
            // Whoever reads it wants to know how much of all it is.
            .counted(self.limit == Some(0) || self.written.is_read())
            .duplicates(self.question.place.duplicates);
        if let Some(lines) = self.sample {
            options = options.sample(lines.get(), self.seed);
        }
        self.question.ask(
            session,
            &self.written,
            ask::Lists::Words,
            |engine, query| engine.kwic(query, &options),
            |session, concordance, format, output| {
                match format {
                    Format::Table if concordance.total.value > 0 => {
                        let colour = output.is_coloured(session.global.color);
                        table(concordance, cell::columns(), colour, output)?;
                    }
                    Format::Table => {}
                    _ if self.limit == Some(0) => ask::only_counted(&concordance.total, format, output)?,
                    format => ask::listed(format, &concordance.lines, output)?,
                }
                Ok(concordance.total.value)
            },
        )
    }
}

/// Widest name of a place.
const PLACE: usize = 24;

fn table(
    concordance: &Concordance,
    columns: usize,
    colour: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let lines = &concordance.lines;
    let place = |line: &Line| line.location.cited();
    let places = lines.iter().map(|line| cell::width(&place(line)).min(PLACE)).max().unwrap_or(0);
    let matches = lines.iter().map(|line| cell::width(&cell::line(&line.matched))).max().unwrap_or(0);
    let matches = matches.min(columns / 3);
    // Two blanks after the place, one on either side of the match.
    let room = columns.saturating_sub(places + matches + 4);
    let (left, right) = (room / 2, room - room / 2);
    let paint = |text: &str, style: anstyle::Style| {
        if colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    for line in lines {
        let name = cell::cut_middle(&place(line), places);
        let before = last_columns(&line.before, left);
        let matched = cell::cut(&line.matched, matches);
        let after = cell::cut(&line.after, right);
        let fill = " ".repeat(places - cell::width(&name) + left - cell::width(&before));
        let gap = " ".repeat(matches - cell::width(&matched));
        let shown = format!("{}  {fill}{before} {}{gap} {after}", paint(&name, DIM), paint(&matched, BOLD));
        if !output.line(shown.trim_end())? {
            return Ok(());
        }
    }
    let total = concordance.total;
    let at_least = if total.exact { "" } else { "at least " };
    let mut summary = format!("\n{at_least}{} in {}", Counted(total.value, "hit"), concordance.scope);
    if (lines.len() as u64) < total.value {
        summary.push_str(&format!(", {} shown", Count(lines.len() as u64)));
    }
    if concordance.copies > 0 {
        summary.push_str(&format!("; {} more in copied text (--duplicates)", Count(concordance.copies)));
    }
    output.line(&paint(&summary, DIM))?;
    Ok(())
}

/// The end of a text, on one line and in at most `columns` columns.
fn last_columns(text: &str, columns: usize) -> String {
    let line = cell::line(text);
    let mut used = 0;
    let kept = line.chars().rev().take_while(|character| {
        used += cell::width(character.encode_utf8(&mut [0; 4]));
        used <= columns
    });
    let n_kept = kept.count();
    let from = line.char_indices().rev().nth(n_kept.saturating_sub(1)).map_or(0, |(at, _)| at);
    if n_kept == 0 { String::new() } else { line[from..].to_owned() }
}
