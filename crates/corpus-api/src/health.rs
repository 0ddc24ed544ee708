//! Whether the server lives, and what it counts.

use crate::{
    app::{App, Weight},
    problem::Problem,
    question::{Places, Question},
    snapshot::Opened,
};
use axum::{extract::State, http::header, response::IntoResponse};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, atomic::Ordering};

/// Whether the server lives.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Health {}

/// What a healthy server says.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Healthy {
    /// `ok`.
    status: &'static str,
    /// Version of the program.
    version: &'static str,
    /// Number of the corpus's snapshot; 0 in memory.
    snapshot: u64,
    /// Number of documents.
    documents: u64,
    /// Whether more are still being read; answers are of those that are there.
    reading: bool,
}

impl Question for Health {
    type Answer = Healthy;

    const WEIGHT: Weight = Weight::Light;
    const IS_OF_CORPUS: bool = false;

    fn answer(self, _: &Places, app: &App, corpus: &Opened) -> Result<Healthy, Problem> {
        Ok(Healthy {
            status: "ok",
            version: env!("CARGO_PKG_VERSION"),
            snapshot: corpus.corpus.snapshot(),
            documents: corpus.corpus.n_documents(),
            reading: app.options.reading.load(Ordering::Relaxed),
        })
    }
}

/// The counts of requests, as Prometheus reads them.
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.show())
}
