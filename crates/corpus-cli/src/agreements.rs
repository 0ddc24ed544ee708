//! `corpus agreements`: the treaties, programmes, loans and plans that a pile names, each once.

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
use corpus_query::{Agreements as Gatherer, NamedAgreement};

/// List agreements: treaties, programmes, loans and plans by name
///
/// One row an agreement, with where it is named.
#[derive(Args, Debug)]
pub(crate) struct Agreements {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    written: Written,
}

const COLUMNS: &[Column] = &[("name", Align::Left), ("mentions", Align::Right), ("named_in", Align::Left)];

impl Agreements {
    /// Lists the agreements.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let (mut output, format) = self.written.open(&self.input)?;
        let mut gatherer = Gatherer::default();
        let ended = facts::each(session, &self.input, |document| gatherer.add(document))?;
        let agreements = gatherer.finish();
        ask::rows(session, format, COLUMNS, &agreements, cells, &mut output)?;
        output.flush()?;
        Ok(ask::outcome(ended, !agreements.is_empty()))
    }
}

fn cells(agreement: &NamedAgreement) -> Vec<String> {
    vec![agreement.name.clone(), agreement.mentions.len().to_string(), facts::places(&agreement.mentions)]
}
