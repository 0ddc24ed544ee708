//! `corpus dispersion`: how evenly words lie over the documents.

use crate::{
    app::Session,
    ask::{self, Format, Question, View, Written},
    failure::Failure,
    number::Counted,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_query::Plot;

/// Show how evenly words lie over the documents
///
/// Juilland's D is 1 where they are equally frequent in all documents, Gries' DP (normalized) is 0 there. Each
/// document with a match has a line, with where in its text the matches lie, from its beginning to its end.
#[derive(Args, Debug)]
pub(crate) struct Dispersion {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    written: Written,
}

const VIEW: View<Plot> =
    View { aligned: &[Align::Left, Align::Right, Align::Right, Align::Whole], cells: shown };
/// Width of a plot in characters.
const WIDTH: usize = 40;

impl Dispersion {
    /// Shows how evenly the matches lie.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        self.question.ask(
            session,
            &self.written,
            ask::Lists::Words,
            |engine, query| engine.dispersion(query, &self.question.place.counted()),
            |session, found, format, output| {
                if format == Format::Jsonl {
                    ask::json_lines(&[found], output)?;
                } else {
                    VIEW.write(session, format, &found.plot, output)?;
                }
                if format == Format::Table && found.matches > 0 {
                    output.line(&format!(
                        "\n{} in {} of {}; Juilland's D {:.3}, Gries' DP {:.3}",
                        Counted(found.matches, "hit"),
                        found.range,
                        Counted(found.documents, "document"),
                        found.juilland_d,
                        found.gries_dp
                    ))?;
                }
                Ok(found.matches)
            },
        )
    }
}

fn shown(plot: &Plot) -> Vec<String> {
    let mut line = vec!['·'; WIDTH];
    for at in &plot.at {
        line[((at * WIDTH as f32) as usize).min(WIDTH - 1)] = '|';
    }
    let name = plot.location.name();
    vec![name, plot.matches.to_string(), plot.tokens.to_string(), line.into_iter().collect()]
}
