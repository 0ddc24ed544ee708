//! `corpus schema`: what the fields of a document are.

use crate::{failure::Failure, outcome::Outcome, output::Output};
use clap::Args;
use corpus_core::schema::document_schema;

/// Write the JSON Schema of a document
///
/// Fields are added from version to version, never renamed.
#[derive(Args, Debug)]
pub(crate) struct Schema {}

impl Schema {
    /// Writes the schema on standard output.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let mut output = Output::open(None, &[])?;
        output.line(&format!("{:#}", document_schema().as_value()))?;
        output.flush()?;
        Ok(Outcome::Done)
    }
}
