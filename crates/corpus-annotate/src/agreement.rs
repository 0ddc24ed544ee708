//! An agreement: a treaty, programme, loan or plan that a text names.

mod finder;

use crate::{annotator::Annotator, page::Page};
use serde::Serialize;

/// A mention of an agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Local id: the same for all mentions of it in the document.
    pub agreement: String,
}

/// Finds the facts of layer `agreement`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Agreements;

impl Annotator for Agreements {
    fn layer(&self) -> &'static str {
        "agreement"
    }
    fn version(&self) -> u32 {
        2
    }
    fn description(&self) -> &'static str {
        "named treaties, programmes, loans and plans"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        page.facts.agreements = finder::agreements(page);
    }
}
