//! `corpus agreements`: the treaties, programmes, loans and plans that a pile names, each once.

use crate::{
    app::Session,
    ask::{Rows, Written},
    facts::{self, Gather},
    failure::Failure,
    input::Input,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_core::Document;
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

const ROWS: Rows<NamedAgreement> =
    Rows { columns: &[("name", Align::Left), ("mentions", Align::Right), ("named_in", Align::Left)], cells };

impl Agreements {
    /// Lists the agreements.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        Gatherer::default().list(session, &self.input, &self.written, &ROWS)
    }
}

impl Gather for Gatherer {
    type Item = NamedAgreement;

    fn add(&mut self, document: &Document) {
        Gatherer::add(self, document);
    }

    fn finish(self) -> Vec<NamedAgreement> {
        Gatherer::finish(self)
    }
}

fn cells(agreement: &NamedAgreement) -> Vec<String> {
    vec![agreement.name.clone(), agreement.mentions.len().to_string(), facts::places(&agreement.mentions)]
}
