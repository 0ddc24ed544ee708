//! `/v1/search`: passages ranked by the part they stand in.

use crate::{
    app::{App, Weight},
    concordance::{bad, query},
    form::Cells,
    pages::Limit,
    problem::Problem,
    question::{Places, Question},
    snapshot::{Opened, unreadable},
};
use corpus_query::{Found, Scope, SearchOptions};
use schemars::JsonSchema;
use serde::Deserialize;

/// Passages in which a query matches, those of the best article first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Search {
    /// The query: words, "phrases", fields, or token patterns that begin with `[`.
    pub(crate) q: String,
    /// Whether to take the query for a pattern of tokens, whatever it begins with.
    #[serde(default)]
    pub(crate) cql: bool,
    /// Where to look: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    pub(crate) scope: String,
    /// Whether to count how the hits divide by kind, role, language, site and year.
    #[serde(default)]
    pub(crate) facets: bool,
    /// Whether copied text counts again.
    #[serde(default)]
    pub(crate) duplicates: bool,
    /// Number of hits, at most 100,000.
    #[serde(default = "twenty")]
    pub(crate) limit: Limit,
    /// Where to go on: `next` of the answer before.
    pub(crate) cursor: Option<String>,
}

/// Largest number of hits of an answer that is soon there.
const PAGE: usize = 1000;

const fn twenty() -> Limit {
    Limit::new(20)
}

impl Question for Search {
    type Answer = Found;

    fn weight(&self) -> Weight {
        if self.limit.get() > PAGE { Weight::Heavy } else { Weight::Light }
    }

    fn check(&self) -> Result<(), Problem> {
        self.scope.parse::<Scope>().map(drop).map_err(|error| bad("in")(&error))
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Found, Problem> {
        let options = SearchOptions::new()
            .scope(self.scope.parse().map_err(|error| bad("in")(&error))?)
            .limit(self.limit.get())
            .cursor(self.cursor)
            .facets(self.facets)
            .duplicates(self.duplicates);
        corpus.engine.search(&query(&self.q, self.cql), &options).map_err(unreadable)
    }

    fn table(answer: &Found) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}
