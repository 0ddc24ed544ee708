//! A job: what it has told so far.

use super::{Screen, render};
use crate::{
    app::{App, Weight},
    problem::Problem,
    question::Places,
    snapshot::Opened,
};
use askama::Template;
use schemars::JsonSchema;
use serde::Deserialize;

/// A job.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Job {}

#[derive(Template)]
#[template(path = "job.html")]
struct View {
    section: &'static str,
    id: String,
    what: String,
    state: &'static str,
    is_over: bool,
    files: Vec<String>,
    events: Vec<String>,
}

impl Screen for Job {
    const WEIGHT: Weight = Weight::Light;

    fn show(self, places: &Places, app: &App, _: &Opened) -> Result<String, Problem> {
        let job = app.jobs.get(places.id())?;
        let shown = job.shown();
        let (events, _) = job.events_after(0);
        render(&View {
            section: "pile",
            id: shown.id,
            what: shown.what,
            state: shown.state.as_str(),
            is_over: shown.state.is_over(),
            files: shown.files,
            events: events.into_iter().map(|event| event.message).collect(),
        })
    }
}
