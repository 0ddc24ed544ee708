//! The documentation of the API, from its own description.

use super::{Screen, render};
use crate::{
    app::App,
    openapi,
    problem::{Code, Problem},
    question::Places,
    snapshot::Opened,
};
use askama::Template;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// The documentation.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Docs {}

#[derive(Template)]
#[template(path = "docs.html")]
struct View {
    section: &'static str,
    version: String,
    operations: Vec<Operation>,
    codes: Vec<(&'static str, u16, &'static str)>,
}

struct Operation {
    method: String,
    path: String,
    summary: String,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: String,
    /// What it means, in pieces: those at odd places are program text.
    meaning: Vec<String>,
    is_needed: bool,
}

/// Text in pieces at its backticks, the first of plain words.
fn pieces(text: &str) -> Vec<String> {
    text.split('`').map(str::to_owned).collect()
}

impl Screen for Docs {
    fn show(self, _: &Places, app: &App, _: &Opened) -> Result<String, Problem> {
        let description = openapi::describe(&app.options.formats);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut operations = Vec::new();
        for (path, methods) in description["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                operations.push(Operation {
                    method: method.to_uppercase(),
                    path: path.clone(),
                    summary: text(&operation["summary"]),
                    parameters: parameters
                        .map(|parameter| {
                            let is_needed = parameter["required"].as_bool().unwrap_or_default();
                            let meaning = pieces(&text(&parameter["description"]));
                            Parameter { name: text(&parameter["name"]), meaning, is_needed }
                        })
                        .collect(),
                });
            }
        }
        render(&View {
            section: "docs",
            version: text(&description["info"]["version"]),
            operations,
            codes: Code::ALL
                .iter()
                .map(|(_, name, status, title)| (*name, status.as_u16(), *title))
                .collect(),
        })
    }
}
