//! What the commands that list facts have in common: documents with their links, one after the other, and rows.

use crate::{
    app::Session,
    ask::{Rows, Written},
    cell,
    failure::Failure,
    input::Input,
    linked::Linked,
    outcome::Outcome,
};
use corpus_query::Mention;
use serde::Serialize;

/// Gathers facts from what `input` names, and writes them as rows.
///
/// # Errors
/// When nothing can be read or the result cannot be written.
pub(crate) fn list<T: Serialize>(
    session: &mut Session,
    input: &Input,
    written: &Written,
    rows: &Rows<T>,
    gather: impl FnOnce(&Linked) -> Result<Vec<T>, Failure>,
) -> Result<Outcome, Failure> {
    let (output, format) = written.open(input)?;
    let linked = Linked::open(session, input)?;
    let items = gather(&linked)?;
    rows.finish(session, format, &items, output, linked.ended)
}

/// Where something is told: file and line of each mention, the first few.
pub(crate) fn places(mentions: &[Mention]) -> String {
    const MOST: usize = 4;
    let mut places: Vec<String> = mentions
        .iter()
        .take(MOST)
        .map(|mention| format!("{}:{}", mention.location.name(), mention.location.line))
        .collect();
    if mentions.len() > MOST {
        places.push(format!("{} more", mentions.len() - MOST));
    }
    places.join(", ")
}

/// Where something is told, as a table has room for: file and line of the first mention, and how many more there are.
pub(crate) fn place(mentions: &[Mention]) -> String {
    const MOST: usize = 24;
    let Some(first) = mentions.first() else { return String::new() };
    let line = format!(":{}", first.location.line);
    let name = cell::cut_middle(&first.location.name(), MOST - line.len().min(MOST));
    let more = mentions.len() - 1;
    if more == 0 { format!("{name}{line}") } else { format!("{name}{line} +{more}") }
}
