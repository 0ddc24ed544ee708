//! A question: the parameters of a request, and the way from them to an answer in the form that is asked for.

use crate::{
    app::{App, Weight},
    form::{COMPLETE, Cells, Form, ROWS, Written},
    pages::MOST,
    parameters,
    problem::{Code, Problem},
    snapshot::Opened,
};
use axum::{
    extract::{FromRequestParts, Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::HashMap, sync::Arc};

/// A question that a GET request asks of the corpus.
pub(crate) trait Question: DeserializeOwned + JsonSchema + Send + 'static {
    /// What the answer is.
    type Answer: Serialize + JsonSchema;

    /// How much of the corpus the answer to a question of this kind looks at.
    const WEIGHT: Weight = Weight::Heavy;

    /// How much of the corpus the answer looks at.
    fn weight(&self) -> Weight {
        Self::WEIGHT
    }

    /// Whether the answer changes only with the corpus.
    const IS_OF_CORPUS: bool = true;

    /// Checks the parameters, as far as they can be without the corpus: nobody waits for work that is in vain.
    ///
    /// # Errors
    /// When one cannot be meant.
    fn check(&self) -> Result<(), Problem> {
        Ok(())
    }

    /// The answer. `path` holds what stands in the braces of the route.
    ///
    /// # Errors
    /// When a parameter cannot be meant or the corpus cannot be read.
    fn answer(self, path: &Places, app: &App, corpus: &Opened) -> Result<Self::Answer, Problem>;

    /// The rows of an answer that is a list, as tables have them.
    fn table(_: &Self::Answer) -> Option<Cells<'_>> {
        None
    }
}

/// What stands in the braces of a route.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(HashMap<String, String>);

impl Places {
    /// What stands in the braces of `{id}`; nothing where the route has none.
    pub(crate) fn id(&self) -> &str {
        self.0.get("id").map_or("", String::as_str)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Places {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let places = Path::from_request_parts(parts, state).await.map_err(|_| {
            Problem::new(Code::NotFound, format_args!("there is nothing at {}", parts.uri.path()))
                .hint("a path is UTF-8 behind its per cent signs")
        })?;
        Ok(Places(places.0))
    }
}

/// The form that the end of the path asked for, before the path was matched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Suffix(pub(crate) Form);

/// Answers a question.
pub(crate) async fn ask<Q: Question>(
    State(app): State<Arc<App>>,
    places: Places,
    suffix: Option<axum::Extension<Suffix>>,
    headers: HeaderMap,
    uri: Uri,
    question: Result<Query<Q>, QueryRejection>,
) -> Response {
    let answered = async {
        let form = match suffix {
            Some(axum::Extension(Suffix(form))) => form,
            None => Form::accepted(&headers)?,
        };
        parameters::check_text(&uri)?;
        let Query(question) = match matches!(form, Form::Csv | Form::Tsv) {
            // A spreadsheet has no next page.
            true => whole(&uri).or(question.ok()),
            false => question.ok(),
        }
        .ok_or_else(|| parameters::wrong::<Q>(&uri))?;
        question.check()?;
        let asked = Asked { known: headers.get(header::IF_NONE_MATCH).cloned(), uri, form };
        let weight = question.weight();
        if !Q::IS_OF_CORPUS {
            return app.work(weight, move |app, corpus| asked.anew(question, &places, app, corpus)).await;
        }
        // What is soon there is made as often as it is asked for.
        if weight != Weight::Heavy {
            return app
                .work(weight, move |app, corpus| match asked.given(app, corpus) {
                    (_, Some(given)) => Ok(given),
                    (asked, None) => asked.anew(question, &places, app, corpus),
                })
                .await;
        }
        let _turn = app.turn(asked.same()).await?;
        // What was given before needs no room among what is worked on.
        let (asked, given) = app.work(Weight::Light, |app, corpus| Ok(asked.given(app, corpus))).await?;
        if let Some(given) = given {
            return Ok(given);
        }
        app.work(weight, move |app, corpus| {
            let answered = asked.anew(question, &places, app, corpus)?;
            if let Answer { tag: Some(tag), written: Some(written), .. } = &answered {
                corpus.answered.keep(tag, written);
            }
            Ok(answered)
        })
        .await
    };
    answered.await.map_or_else(IntoResponse::into_response, respond)
}

/// What is asked, apart from the question itself.
struct Asked {
    uri: Uri,
    form: Form,
    /// The tags of answers that whoever asks has already.
    known: Option<HeaderValue>,
}

/// An answer on its way.
struct Answer {
    /// What tells it from others, where it changes only with the corpus.
    tag: Option<String>,
    uri: Uri,
    form: Form,
    /// What it says; `None` where whoever asks has it already.
    written: Option<Written>,
}

impl Asked {
    /// What is the same for all who ask this now.
    fn same(&self) -> String {
        format!("{} {}", self.form.media_type(), self.uri)
    }

    fn tag(&self, app: &App, corpus: &Opened) -> String {
        etag([&*corpus.tag, &*app.reference_tag], &self.uri, self.form)
    }

    /// The answer, where whoever asks has it or it was given before.
    fn given(self, app: &App, corpus: &Opened) -> (Self, Option<Answer>) {
        let tag = self.tag(app, corpus);
        if self.known.as_ref().is_some_and(|known| matches(known, &tag)) {
            let answer = Answer { tag: Some(tag), uri: self.uri.clone(), form: self.form, written: None };
            return (self, Some(answer));
        }
        let given = corpus.answered.get(&tag);
        let answer = given.map(|written| {
            let written = Some(written).filter(|_| !self.takes_any());
            Answer { tag: Some(tag), uri: self.uri.clone(), form: self.form, written }
        });
        (self, answer)
    }

    /// Whether any answer is as good as none: but whether there is one is known only when it is made.
    fn takes_any(&self) -> bool {
        self.known.as_ref().is_some_and(|known| known.as_bytes().trim_ascii() == b"*")
    }

    fn anew<Q: Question>(
        self,
        question: Q,
        places: &Places,
        app: &App,
        corpus: &Opened,
    ) -> Result<Answer, Problem> {
        let tag = Q::IS_OF_CORPUS.then(|| self.tag(app, corpus));
        let answer = question.answer(places, app, corpus)?;
        let written = match tag.is_some() && self.takes_any() {
            true => None,
            false => Some(self.form.write(&answer, Q::table(&answer))?),
        };
        Ok(Answer { tag, uri: self.uri, form: self.form, written })
    }
}

/// The question with as many rows as an answer may hold, where it names no number of them and could.
fn whole<Q: Question>(uri: &Uri) -> Option<Query<Q>> {
    let query = uri.query().unwrap_or_default();
    let joint = if query.is_empty() { "" } else { "&" };
    let uri: Uri = format!("/?{query}{joint}limit={MOST}").parse().ok()?;
    Query::try_from_uri(&uri).ok()
}

fn respond(answer: Answer) -> Response {
    let Answer { tag, uri, form, written } = answer;
    let mut response = match written {
        None => axum::http::StatusCode::NOT_MODIFIED.into_response(),
        Some(written) => {
            let mut response = written.body.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
            if let Some(n_rows) = written.n_rows {
                headers.insert(ROWS, HeaderValue::from(n_rows));
                // A table has no room to say so.
                let is_complete = if written.next.is_none() { "true" } else { "false" };
                headers.insert(COMPLETE, HeaderValue::from_static(is_complete));
            }
            let link = written.next.map(|cursor| format!("<{}>; rel=\"next\"", next(&cursor, &uri)));
            if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
                headers.insert(header::LINK, link);
            }
            response
        }
    };
    let headers = response.headers_mut();
    let control = if tag.is_some() { "private, no-cache" } else { "no-store" };
    if let Some(tag) = tag.and_then(|tag| HeaderValue::from_str(&tag).ok()) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    response
}

/// The address of the next page: this one with the cursor of the answer.
fn next(cursor: &str, uri: &Uri) -> String {
    let pairs = uri.query().unwrap_or_default().split('&');
    let others: Vec<&str> = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("cursor=")).collect();
    let joint = if others.is_empty() { "" } else { "&" };
    format!("{}?{}{joint}cursor={cursor}", uri.path(), others.join("&"))
}

/// A tag that is the same as long as corpus, reference, question and form are.
fn etag([corpus, reference]: [&str; 2], uri: &Uri, form: Form) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in [corpus, reference, uri.path(), uri.query().unwrap_or_default(), form.media_type()] {
        hasher.update(field.as_bytes());
        hasher.update(b"\n");
    }
    format!("W/\"{}\"", &hasher.finalize().to_hex()[..24])
}

fn matches(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    known.split(',').map(str::trim).any(|known| known == tag)
}
