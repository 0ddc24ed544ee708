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
    parameters: Vec<(String, String, bool)>,
}

impl Screen for Docs {
    fn show(self, _: &Places, _: &App, _: &Opened) -> Result<String, Problem> {
        let description = openapi::describe();
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
                            let required = parameter["required"].as_bool().unwrap_or_default();
                            (text(&parameter["name"]), text(&parameter["description"]), required)
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
