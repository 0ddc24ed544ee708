//! `corpus diff`: what a parser change does to a whole corpus.

use crate::{app::Session, cell, failure::Failure, number::Counted, outcome::Outcome, output::Output};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

mod change;
mod facts;
mod joined;
mod report;
mod spool;

use change::Change;
use joined::Joined;
use report::{Report, Tally};

/// See what a change of parser or annotator does: roles confused, blocks and facts that differ
///
/// Compares two corpora, or two JSON Lines files of `corpus parse` or `corpus annotate`, document by document, joined
/// by id, else by the record's place. Facts are compared layer by layer. Confidence and reasons are not compared: they may change without anything coming out differently.
#[derive(Args, Debug)]
#[command(after_long_help = NOTES)]
pub(crate) struct Diff {
    /// Documents before the change: a corpus, or JSON Lines (plain, .gz or .zst)
    old: PathBuf,
    /// Documents after the change: a corpus, or JSON Lines (plain, .gz or .zst)
    new: PathBuf,
    /// How to write it; by default a table on a terminal, else jsonl
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Number of changed documents whose blocks the table shows; everything is counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Exit with 1 where anything differs
    #[arg(long)]
    exit_code: bool,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const NOTES: &str = "\
Two files in the same order are read side by side; from the first difference in order on, the places of the new \
documents are kept in memory (some 50 bytes each), never the documents. A corpus or a compressed file is unpacked to a \
nameless temporary file first.

Examples:
  corpus parse pages -o before.jsonl
  (change the parser)
  corpus parse pages -o after.jsonl
  corpus diff before.jsonl after.jsonl";

/// How the difference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables and blocks for a person
    Table,
    /// JSON Lines: one changed document a line, then the totals
    Jsonl,
}

impl Diff {
    /// Compares the two files.
    ///
    /// # Errors
    /// When a file cannot be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut output = Output::open(self.output.as_deref(), &[self.old.clone(), self.new.clone()])?;
        let format = self.format.unwrap_or(if output.is_terminal() { Format::Table } else { Format::Jsonl });
        let report = Report { columns: cell::columns(), colour: output.is_coloured(session.global.color) };
        let mut tally = Tally::default();
        let mut shown = Vec::new();
        let mut joined = Joined::open(&self.old, &self.new)?;
        while let Some(pair) = joined.next(&session.console)? {
            tally.count(&pair);
            let Some(change) = Change::of(&pair) else { continue };
            tally.add(&change);
            let goes_on = match format {
                Format::Jsonl => output.line(&report::json(&change)?)?,
                Format::Table => {
                    if shown.len() < self.limit {
                        shown.push(report.document(&change));
                    }
                    true
                }
            };
            if !goes_on {
                return Ok(Outcome::Done);
            }
        }
        tally.set_aside = joined.set_aside();
        match format {
            Format::Jsonl => output.line(&report::json(&report::Last { totals: tally.totals() })?)?,
            Format::Table => output.write(report.table(&tally, &shown).as_bytes())?,
        };
        output.flush()?;
        if tally.set_aside > 0 && tally.documents() == 0 {
            return Err(Failure::usage(format_args!(
                "neither {} nor {} holds documents: {} read, none of them one",
                self.old.display(),
                self.new.display(),
                Counted(tally.set_aside, "line")
            ))
            .hint("what is compared is written by `corpus parse PATH -o FILE`, or is a corpus"));
        }
        if tally.set_aside > 0 {
            session.console.warning(format_args!("{} set aside", Counted(tally.set_aside, "line")));
            return Ok(Outcome::SetAside);
        }
        if tally.documents() == 0 {
            session.console.warning("no documents in either file");
            return Ok(Outcome::Nothing);
        }
        Ok(if self.exit_code && tally.differs() { Outcome::Nothing } else { Outcome::Done })
    }
}
