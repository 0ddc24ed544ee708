//! What the commands that list facts have in common: documents with their annotations, one after the other.

use crate::{
    app::Session,
    ask::{self, Rows, Written},
    failure::Failure,
    input::Input,
    outcome::Outcome,
    stream::{Ended, Finding, Screen, stream},
};
use corpus_annotate::Annotators;
use corpus_core::Document;
use corpus_query::Mention;
use serde::Serialize;

/// Hands each document with its facts to `sink`, in the order of the input.
///
/// # Errors
/// When nothing can be read.
pub(crate) fn each(
    session: &mut Session,
    input: &Input,
    mut sink: impl FnMut(&Document),
) -> Result<Ended, Failure> {
    stream(
        session,
        input,
        Screen::Free,
        Finding::Facts(&Annotators::core()),
        |documents: &mut Vec<Document>, document| documents.push(document),
        |documents| {
            documents.iter().for_each(&mut sink);
            Ok(true)
        },
    )
}

/// What gathers facts from documents that come in the order of the input.
pub(crate) trait Gather: Sized {
    /// What comes of them.
    type Item: Serialize;

    /// Takes the facts of the next document.
    fn add(&mut self, document: &Document);

    /// All that was gathered.
    fn finish(self) -> Vec<Self::Item>;

    /// Gathers from what `input` names.
    ///
    /// # Errors
    /// When nothing can be read.
    fn gather(mut self, session: &mut Session, input: &Input) -> Result<(Vec<Self::Item>, Ended), Failure> {
        let ended = each(session, input, |document| self.add(document))?;
        Ok((self.finish(), ended))
    }

    /// Gathers from what `input` names, and writes it as rows.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    fn list(
        self,
        session: &mut Session,
        input: &Input,
        written: &Written,
        rows: &Rows<Self::Item>,
    ) -> Result<Outcome, Failure> {
        let (mut output, format) = written.open(input)?;
        let (items, ended) = self.gather(session, input)?;
        rows.write(session, format, &items, &mut output)?;
        output.flush()?;
        Ok(ask::outcome(ended, !items.is_empty()))
    }
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
