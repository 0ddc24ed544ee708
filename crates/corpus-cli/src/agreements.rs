//! `corpus agreements`: the treaties, programmes, loans and plans that a pile names, each once.

use crate::{
    app::Session,
    ask::View,
    facts::{self, Listing},
    failure::Failure,
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
    listing: Listing,
}

const VIEW: View<NamedAgreement> = View { aligned: &[Align::Left, Align::Right, Align::Whole], cells: shown };

impl Agreements {
    /// Lists the agreements.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        self.listing.write(session, &VIEW, |linked| {
            let mut gatherer = Gatherer::new(&linked.table);
            linked.each(|document| gatherer.add(document))?;
            Ok(gatherer.finish())
        })
    }
}

fn shown(agreement: &NamedAgreement) -> Vec<String> {
    vec![agreement.name.clone(), agreement.mentions.len().to_string(), facts::place(&agreement.mentions)]
}
