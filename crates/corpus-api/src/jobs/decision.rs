//! `/v1/decisions`: what a person decides about entities, noted in the corpus by a job.

use super::{
    Decision, Shown,
    requests::{answer, start},
};
use crate::{
    app::{App, Weight},
    page,
    parameters::of_form,
    parse::read,
    problem::{Code, Problem},
    snapshot::Opened,
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use corpus_annotate::link::CorpusId;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;

/// Largest body of such a request, in bytes, and longest name.
const BODY: usize = 1 << 14;
const NAME: usize = 400;

/// A decision about entities.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decide {
    /// `merge`: two entities are one; `split`: what texts call so is another entity.
    what: What,
    /// Id of the entity: `p12` of a person, `o7` of an organisation, `l3` of a place.
    id: String,
    /// Of `merge`, the id of the entity that is the same; it is a redirection to `id` from then on.
    #[serde(default)]
    with: String,
    /// Of `split`, the name that texts call the other one by.
    #[serde(default)]
    name: String,
}

/// What is decided.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum What {
    Merge,
    Split,
}

impl Decide {
    /// The decision, checked as far as it can be without the corpus.
    fn decision(self) -> Result<Decision, Problem> {
        let id = |name: &str, text: &str| {
            text.trim().parse::<CorpusId>().map_err(|error| {
                Problem::new(Code::BadParameter, format_args!("{name}: {text:?} is {error}"))
                    .hint("/v1/people lists the ids there are")
            })
        };
        let entity = id("id", &self.id)?;
        match self.what {
            What::Merge => match id("with", &self.with)? {
                with if with == entity => {
                    Err(Problem::new(Code::BadParameter, format_args!("with: {with} is the same already")))
                }
                with => Ok(Decision::Merge(entity, with)),
            },
            What::Split
                if self.name.trim().is_empty()
                    || self.name.len() > NAME
                    || self.name.contains(char::is_control) =>
            {
                let detail = format!("name: it is needed, in one line of at most {NAME} bytes");
                Err(Problem::new(Code::BadParameter, detail))
            }
            What::Split => Ok(Decision::Split(entity, self.name.trim().to_owned())),
        }
    }
}

/// Takes a decision: the fields of a form, or of a JSON object.
pub(crate) async fn decide(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Response {
    let begun = async {
        let Some(builder) = app.options.builder.clone() else {
            return Err(Problem::new(Code::Forbidden, "this server changes nothing")
                .hint("start `corpus serve DIR --build` to allow it, or use `corpus decide DIR`"));
        };
        let place = app.jobs.place()?;
        let decision = fields(&headers, &read(body, BODY).await?)?.decision()?;
        let checked = decision.clone();
        app.work(Weight::Heavy, move |_, corpus| is_possible(&checked, corpus)).await?;
        let job = app.jobs.add(&decision, Vec::new(), 0);
        Ok::<Shown, Problem>(start(&app, job, place, move |tell, stop| builder.decide(&decision, tell, stop)))
    };
    answer(begun.await, page::is_wanted(&headers))
}

/// Checks that the entities of a decision are there, and of one kind.
fn is_possible(decision: &Decision, corpus: &Opened) -> Result<(), Problem> {
    let links = corpus.links()?;
    let known = |id: CorpusId| {
        links.entity(id).map(|entity| entity.id).ok_or_else(|| {
            Problem::new(Code::NotFound, format_args!("there is no {id}"))
                .hint("/v1/people lists the ids there are")
        })
    };
    match decision {
        Decision::Merge(id, with) => {
            let (one, other) = (known(*id)?, known(*with)?);
            if one.letter() != other.letter() {
                let detail = format!("with: {with} is of another kind than {id}");
                return Err(Problem::new(Code::BadParameter, detail));
            }
        }
        Decision::Split(id, _) => {
            known(*id)?;
        }
    }
    Ok(())
}

/// The fields of a body.
fn fields(headers: &HeaderMap, body: &[u8]) -> Result<Decide, Problem> {
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bad = |error: &dyn std::fmt::Display| {
        Problem::new(Code::BadParameter, format_args!("the body is no decision: {error}"))
            .hint("send what (merge or split), id, and with or name, as JSON or as the fields of a form")
    };
    if media_type.starts_with("application/json") {
        return serde_json::from_slice(body).map_err(|error| bad(&error));
    }
    of_form(body).map_err(|error| bad(&error))
}
