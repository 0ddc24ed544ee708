//! A citation: the outlets that a text names as its source.

use crate::{annotator::Annotator, page::Page};
use corpus_core::Edtf;
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
        1
    }
    fn description(&self) -> &'static str {
        "citations of outlets, in parentheses and running"
    }
    fn annotate(&self, _page: &mut Page<'_>) {}
}
