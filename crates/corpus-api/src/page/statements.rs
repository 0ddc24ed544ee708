//! Statements: who said what, when, by which outlet.

use super::{Screen, count, render};
use crate::{
    app::{App, Opened},
    facts,
    problem::Problem,
    question::{Places, Question},
};
use askama::Template;
use corpus_query::Statement;
use serde::Deserialize;

/// Number of statements on a page.
const ROWS: usize = 100;

/// Statements.
#[derive(Deserialize)]
pub(super) struct Statements {
    #[serde(default)]
    speaker: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    about: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "statements.html")]
struct View {
    section: &'static str,
    speaker: String,
    source: String,
    about: String,
    total: String,
    rows: Vec<Statement>,
    next: Option<String>,
}

impl Screen for Statements {
    fn show(self, places: &Places, app: &App, corpus: &Opened) -> Result<String, Problem> {
        let given = |value: &str| (!value.trim().is_empty()).then(|| value.to_owned());
        let question = facts::Statements {
            speaker: given(&self.speaker),
            source: given(&self.source),
            about: given(&self.about),
            duplicates: false,
            limit: ROWS,
            cursor: self.cursor,
        };
        let found = question.answer(places, app, corpus)?;
        let encode = super::search::encode;
        let next = found.next.map(|cursor| {
            format!(
                "/statements?speaker={}&source={}&about={}&cursor={}",
                encode(&self.speaker),
                encode(&self.source),
                encode(&self.about),
                encode(&cursor)
            )
        });
        render(&View {
            section: "statements",
            speaker: self.speaker,
            source: self.source,
            about: self.about,
            total: count(found.total),
            rows: found.items,
            next,
        })
    }
}
