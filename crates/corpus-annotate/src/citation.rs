//! A citation: the outlets that a text names as its source.

mod dated;
mod note;
mod outlet;
mod outlet_table;
mod parenthesis;
mod running;
#[cfg(test)]
mod tests;

use crate::{annotator::Annotator, page::Page};
use corpus_core::{Edtf, PartKind, Role};
use serde::Serialize;

/// The outlets that a passage cites.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citation {
    /// The outlets, in the order of the text.
    pub outlets: Vec<Outlet>,
}

/// One cited outlet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outlet {
    /// Its name as written.
    pub name: String,
    /// Local id of the outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Date of the cited piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Edtf>,
}

/// Finds the facts of layer `citation`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Citations;

impl Annotator for Citations {
    fn layer(&self) -> &'static str {
        "citation"
    }
    fn version(&self) -> u32 {
        3
    }
    fn description(&self) -> &'static str {
        "citations of outlets, in parentheses and running"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        let mut found = Vec::new();
        for passage in &page.passages {
            if passage.kind == PartKind::Comments {
                continue;
            }
            if passage.role == Role::SourceNote {
                note::find(page, passage.tokens.clone(), &mut found);
                continue;
            }
            parenthesis::find(page, passage.tokens.clone(), &mut found);
            running::find(page, passage.tokens.clone(), &mut found);
        }
        found.sort_by_key(|citation| citation.span);
        // What is named within brackets is cited by them.
        found.dedup_by(|inner, outer| outer.span.end >= inner.span.end);
        dated::date(page, &mut found);
        page.facts.citations = found;
    }
}
