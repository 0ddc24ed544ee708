//! `/v1/scan`: what is in the corpus.

use crate::{
    app::App,
    problem::Problem,
    question::{Places, Question},
    snapshot::Opened,
};
use corpus_query::scan::{Row, Totals};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is in the corpus: a row for each document, and the totals.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scan {
    /// Largest number of rows, at most 10,000; the totals always count everything.
    #[serde(default = "all")]
    limit: usize,
}

/// Largest number of rows of an answer.
const MOST: usize = 10_000;

const fn all() -> usize {
    1000
}

/// What is in the corpus.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Scanned {
    /// A row for each document, in the order of the corpus.
    items: Vec<Row>,
    /// Counts over all documents.
    totals: Totals,
}

impl Question for Scan {
    type Answer = Scanned;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Scanned, Problem> {
        let scanned = corpus.scan()?;
        Ok(Scanned {
            items: scanned.rows.iter().take(self.limit.min(MOST)).cloned().collect(),
            totals: scanned.totals.clone(),
        })
    }
}
