//! `/v1/scan`: what is in the corpus.

use crate::{
    app::App,
    problem::Problem,
    question::{Places, Question},
    snapshot::{Opened, unreadable},
};
use corpus_query::{
    Cursor,
    scan::{Row, Totals},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is in the corpus: a row for each document, and the totals.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scan {
    /// Largest number of rows, at most 10,000; the totals always count everything.
    #[serde(default = "all")]
    limit: usize,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
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
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Question for Scan {
    type Answer = Scanned;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Scanned, Problem> {
        let cursors = Cursor::of("scan");
        let from = cursors.passed(self.cursor.as_deref()).map_err(unreadable)?;
        let scanned = corpus.scan()?;
        let items: Vec<Row> = scanned.rows.iter().skip(from).take(self.limit.min(MOST)).cloned().collect();
        let reached = from + items.len();
        let goes_on = !items.is_empty() && reached < scanned.rows.len();
        Ok(Scanned { items, totals: scanned.totals.clone(), next: goes_on.then(|| cursors.after(reached)) })
    }
}
