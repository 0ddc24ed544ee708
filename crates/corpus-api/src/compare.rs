//! `/v1/diff`: two documents word by word.

use crate::{
    app::App,
    concordance::bad,
    form::Cells,
    problem::Problem,
    question::{Places, Question},
    snapshot::Opened,
};
use corpus_query::{Comparison, Scope};
use schemars::JsonSchema;
use serde::Deserialize;

/// Which words of one document stand in another, and which have changed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Diff {
    /// Id of the older document.
    pub(crate) old: String,
    /// Id of the newer document.
    pub(crate) new: String,
    /// What to compare: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    pub(crate) scope: String,
}

impl Question for Diff {
    type Answer = Comparison;

    fn check(&self) -> Result<(), Problem> {
        self.scope.parse::<Scope>().map(drop).map_err(|error| bad("in")(&error))
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Comparison, Problem> {
        let scope = self.scope.parse().map_err(|error| bad("in")(&error))?;
        let (old, new) = (corpus.document(&self.old)?, corpus.document(&self.new)?);
        Ok(Comparison::of(&old, &new, &scope, &corpus.deadline))
    }

    fn table(answer: &Comparison) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}
