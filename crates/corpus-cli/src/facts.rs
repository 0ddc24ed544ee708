//! What the commands that list facts have in common: documents with their links, one after the other, and rows.

use crate::{
    app::Session,
    ask::{self, Rows, Written},
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
    let (mut output, format) = written.open(input)?;
    let linked = Linked::open(session, input)?;
    let items = gather(&linked)?;
    rows.write(session, format, &items, &mut output)?;
    output.flush()?;
    Ok(ask::outcome(linked.ended, !items.is_empty()))
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
