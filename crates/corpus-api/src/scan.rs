//! `/v1/scan`: what is in the corpus.

use crate::{
    app::App,
    form::Cells,
    pages::{Limit, Pages},
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
    /// Largest number of rows, at most 100,000; the totals always count everything.
    #[serde(default = "all")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

const fn all() -> Limit {
    Limit::new(1000)
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

    fn check(&self) -> Result<(), Problem> {
        Pages::of("scan", self.limit, self.cursor.as_deref()).map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Scanned, Problem> {
        let pages = Pages::of("scan", self.limit, self.cursor.as_deref())?;
        let scanned = corpus.scan()?;
        let (rows, next) = pages.cut(scanned.rows.iter());
        Ok(Scanned { items: rows.into_iter().cloned().collect(), totals: scanned.totals.clone(), next })
    }

    fn table(answer: &Scanned) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}
