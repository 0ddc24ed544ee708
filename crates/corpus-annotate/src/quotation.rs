//! A quotation: words between marks, and what the marks are for.

mod kind;
pub(crate) mod marks;
#[cfg(test)]
mod tests;

use crate::{
    annotator::Annotator,
    page::{Found, Page},
};
use corpus_core::Span;
use serde::Serialize;

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quotation {
    /// What the marks are for.
    pub kind: QuotationKind,
    /// Who is quoted, where a statement says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Span>,
}

/// What quotation marks are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotationKind {
    /// A remark of its own.
    Utterance,
    /// Words of somebody woven into the sentence of another.
    Fragment,
    /// Words from which the author keeps a distance.
    Scare,
    /// The title of a work.
    Title,
    /// An expression taken as an expression.
    Term,
    /// The name of a body, ship or house.
    Name,
}

/// Finds the facts of layer `quotation`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quotations;

impl Annotator for Quotations {
    fn layer(&self) -> &'static str {
        "quotation"
    }
    fn version(&self) -> u32 {
        3
    }
    fn description(&self) -> &'static str {
        "quotations with their marks, and of what kind they are"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        let mut pairs = marks::pairs(page);
        // Marks around no word quote nothing.
        pairs.retain(|pair| pair.words(page).next().is_some());
        let kinds = kind::kinds(page, &pairs);
        page.facts.quotations = pairs
            .iter()
            .zip(kinds)
            .map(|(pair, (kind, rule))| Found {
                span: Span::new(page.tokens[pair.first].start as usize, page.tokens[pair.last].end as usize),
                value: Quotation { kind, speaker: None },
                rule,
                confidence: if pair.closed { 0.9 } else { 0.5 },
            })
            .collect();
        page.pairs = Some(pairs);
    }
}
