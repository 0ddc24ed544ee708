//! `/v1/decisions`: what a person decides about what was found, noted in the corpus by a job.

use super::{
    Annotated, Decision, Shown,
    requests::{answer, start},
};
use crate::{
    app::{App, Weight},
    concordance::bad,
    page,
    parameters::of_form,
    parse::read,
    problem::{Code, Problem},
    snapshot::{Opened, unreadable_store},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use corpus_annotate::link::CorpusId;
use corpus_core::{Annotation, Document};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// Largest body of such a request, in bytes, and longest text in it.
const BODY: usize = 1 << 14;
const TEXT: usize = 4000;

/// A decision about what was found.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decide {
    /// `accept`: an annotation is right; `reject`: it is wrong; `merge`: two entities are one; `split`: what texts call so
    /// is another entity; `note`: something about some words; `undo`: a decision is taken back.
    what: What,
    /// Of `merge` and `split`, the id of the entity: `p12` of a person, `o7` of an organisation, `l3` of a place.
    #[serde(default)]
    id: String,
    /// Of `merge`, the id of the entity that is the same; it is a redirection to `id` from then on.
    #[serde(default)]
    with: String,
    /// Of `split`, the name that texts call the other one by.
    #[serde(default)]
    name: String,
    /// Of `accept`, `reject` and `note`, the document: its id, its record's, or its URL.
    #[serde(default)]
    document: String,
    /// Of `accept` and `reject`, the layer, such as `name`.
    #[serde(default)]
    layer: String,
    /// Of `accept`, `reject` and `note`, the words that the annotation or the note is about, as they stand in the text.
    #[serde(default)]
    words: String,
    /// Of `accept` and `reject`, the byte at which the words begin, where they stand in several places.
    at: Option<usize>,
    /// Of `note`, what it says.
    #[serde(default)]
    text: String,
    /// Of `undo`, the number of the decision.
    number: Option<u64>,
}

/// What is decided.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum What {
    Accept,
    Reject,
    Merge,
    Split,
    Note,
    Undo,
}

impl Decide {
    /// The decision, about what is there.
    fn decision(&self, corpus: &Opened) -> Result<Decision, Problem> {
        Ok(match self.what {
            What::Accept => Decision::Accept(self.annotated(corpus)?),
            What::Reject => Decision::Reject(self.annotated(corpus)?),
            What::Note => {
                let (document, words) = self.words_of(corpus)?;
                let text = needed("text", &self.text)?.to_owned();
                Decision::Note { document: document.id, words, text }
            }
            What::Merge => {
                let (one, other) = (Self::entity("id", &self.id)?, Self::entity("with", &self.with)?);
                if one == other {
                    return Err(bad("with")(&format_args!("{other} is the same already")));
                }
                let kinds = [known(corpus, one)?, known(corpus, other)?].map(CorpusId::letter);
                if kinds[0] != kinds[1] {
                    return Err(bad("with")(&format_args!("{other} is of another kind than {one}")));
                }
                Decision::Merge(one, other)
            }
            What::Split => {
                let entity = Self::entity("id", &self.id)?;
                let name = needed("name", self.name.trim())?;
                if name.contains(char::is_control) {
                    return Err(bad("name")(&"it stands in one line"));
                }
                known(corpus, entity)?;
                Decision::Split(entity, name.to_owned())
            }
            What::Undo => {
                let number = self.number.ok_or_else(|| bad("number")(&"it is needed"))?;
                let decisions = corpus.corpus.decisions().map_err(unreadable_store)?;
                if !decisions.iter().any(|decision| decision.number == number) {
                    let missing = format_args!("there is no decision {number}");
                    return Err(Problem::new(Code::NotFound, missing)
                        .hint("the job of a decision tells its number, `corpus decide DIR list` all"));
                }
                Decision::Undo(number)
            }
        })
    }

    fn entity(name: &str, text: &str) -> Result<CorpusId, Problem> {
        text.trim().parse::<CorpusId>().map_err(|error| {
            bad(name)(&format_args!("{text:?} is {error}")).hint("/v1/people lists the ids there are")
        })
    }

    /// The annotation that is meant, which is there.
    fn annotated(&self, corpus: &Opened) -> Result<Annotated, Problem> {
        let (document, words) = self.words_of(corpus)?;
        let layer = needed("layer", &self.layer)?.to_owned();
        let is_it = |annotation: &Annotation| {
            annotation.layer == layer
                && document.text.get(annotation.span.range()) == Some(&*words)
                && self.at.is_none_or(|at| annotation.span.start == at)
        };
        if !document.annotations.iter().any(is_it) {
            let missing = format_args!("no annotation of {layer:?} covers {words:?} in {}", document.id);
            return Err(Problem::new(Code::NotFound, missing)
                .hint("the words are those of the whole annotation, as /v1/documents/{id} gives its span"));
        }
        Ok(Annotated { document: document.id, layer, words, at: self.at })
    }

    /// The document, whatever was decided about it, and words that stand in it.
    fn words_of(&self, corpus: &Opened) -> Result<(Document, String), Problem> {
        let words = needed("words", &self.words)?.to_owned();
        let named = corpus.document(needed("document", &self.document)?)?;
        let undecided = corpus.corpus.decided_document(&named.id).map_err(unreadable_store)?;
        let document = undecided.unwrap_or(named);
        if !document.text.contains(&words) {
            let missing = format_args!("{words:?} is not in {}", document.id);
            return Err(Problem::new(Code::NotFound, missing)
                .hint("the words stand as in the text that /v1/documents/{id} gives"));
        }
        Ok((document, words))
    }
}

/// A text that is needed.
fn needed<'t>(name: &str, text: &'t str) -> Result<&'t str, Problem> {
    match text {
        "" => Err(bad(name)(&"it is needed")),
        text if text.len() > TEXT => Err(bad(name)(&format_args!("it has more than {TEXT} bytes"))),
        text if text.contains('\0') => Err(bad(name)(&"it holds a byte that is no text")),
        text => Ok(text),
    }
}

/// The entity with an id.
fn known(corpus: &Opened, id: CorpusId) -> Result<CorpusId, Problem> {
    corpus.links()?.entity(id).map(|entity| entity.id).ok_or_else(|| {
        Problem::new(Code::NotFound, format_args!("there is no {id}"))
            .hint("/v1/people lists the ids there are")
    })
}

/// Takes a decision: the fields of a form, or of a JSON object.
pub(crate) async fn decide(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Response {
    let begun = async {
        let Some(builder) = app.options.builder.clone() else {
            return Err(Problem::new(Code::Forbidden, "this server changes nothing")
                .hint("start `corpus serve DIR --build` to allow it, or use `corpus decide DIR`"));
        };
        let place = app.jobs.place()?;
        let decide = fields(&headers, &read(body, BODY).await?)?;
        let decision = app.work(Weight::Heavy, move |_, corpus| decide.decision(corpus)).await?;
        let job = app.jobs.add(&decision, Vec::new(), 0);
        Ok::<Shown, Problem>(start(&app, job, place, move |tell, stop| builder.decide(&decision, tell, stop)))
    };
    answer(begun.await, page::is_wanted(&headers))
}

/// The fields of a body.
fn fields(headers: &HeaderMap, body: &[u8]) -> Result<Decide, Problem> {
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bad = |error: &dyn std::fmt::Display| {
        Problem::new(Code::BadParameter, format_args!("the body is no decision: {error}"))
            .hint("send what (accept, reject, merge, split, note or undo) and what it is about, as JSON or as the fields of a form")
    };
    if media_type.starts_with("application/json") {
        let value: Value = serde_json::from_slice(body).map_err(|error| bad(&error))?;
        if !value.is_object() {
            return Err(bad(&format_args!("{value} is no object")));
        }
        return serde_json::from_value(value).map_err(|error| bad(&error));
    }
    of_form(body).map_err(|error| bad(&error))
}
