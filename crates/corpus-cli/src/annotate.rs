//! `corpus annotate`: pages in, documents with their facts out, in input order.

use crate::{
    app::Session,
    failure::Failure,
    input::Input,
    outcome::Outcome,
    output::Output,
    parse::json,
    stream::{Finding, Screen, stream},
};
use clap::Args;
use corpus_annotate::Annotators;
use std::path::PathBuf;

/// Find what articles say: times, names, quotations, statements, money, events
///
/// Parses as `corpus parse` does, then adds annotations that stand off the text, each with its span, its rule and its
/// confidence. Writes one document a line, as JSON, in the order of the input.
#[derive(Args, Debug)]
pub(crate) struct Annotate {
    #[command(flatten)]
    input: Input,
    /// Only these layers, such as time,name; by default all
    #[arg(long, value_name = "LAYERS", value_delimiter = ',', help_heading = "What to write")]
    layers: Vec<String>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "What to write")]
    output: Option<PathBuf>,
}

impl Annotate {
    /// Annotates what is named.
    ///
    /// # Errors
    /// When a layer is unknown, nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut annotators = Annotators::core();
        if !self.layers.is_empty() {
            let layers: Vec<&str> = self.layers.iter().map(String::as_str).collect();
            annotators = annotators.only(&layers).map_err(|unknown| Failure::usage(unknown.to_string()))?;
        }
        let mut output = Output::open(self.output.as_deref(), &self.input.paths)?;
        let screen = if output.is_terminal() { Screen::Taken } else { Screen::Free };
        let ended = stream(
            session,
            &self.input,
            screen,
            Finding::Facts(&annotators),
            |lines: &mut Vec<Vec<u8>>, document| {
                let expected = 2 * document.text.len() + 200 * document.annotations.len();
                lines.push(json(&document, false, expected));
            },
            |lines| {
                for line in lines {
                    if !output.write(&line)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            },
        )?;
        output.flush()?;
        Ok(ended.outcome())
    }
}
