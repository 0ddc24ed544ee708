//! The routes: every address, what it answers, and what stands around each answer.

use crate::{
    app::App,
    compare, concordance, counts, documents, dupes, export, facts,
    form::Form,
    guard, health,
    jobs::{decision, requests as jobs},
    openapi, page, parse,
    problem::{Code, Problem},
    question::{Question, Suffix, ask},
    scan, search,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{StatusCode, Uri},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, delete, get, post},
};
use corpus_export::Formats;
use schemars::{Schema, SchemaGenerator};
use std::{sync::Arc, time::Instant};
use tower_http::compression::CompressionLayer;

/// An address that answers a question.
pub(crate) struct Endpoint {
    /// Its path, places in braces.
    pub(crate) path: &'static str,
    /// What it answers, in one line.
    pub(crate) summary: &'static str,
    /// Schema of its parameters.
    pub(crate) parameters: fn(&mut SchemaGenerator) -> Schema,
    /// Schema of its answer.
    pub(crate) answer: fn(&mut SchemaGenerator) -> Schema,
    handler: fn() -> MethodRouter<Arc<App>>,
}

impl Endpoint {
    fn new<Q: Question>(path: &'static str, summary: &'static str) -> Self {
        Endpoint {
            path,
            summary,
            parameters: SchemaGenerator::root_schema_for::<Q>,
            answer: SchemaGenerator::subschema_for::<Q::Answer>,
            handler: || get(ask::<Q>),
        }
    }
}

/// Every question, in the order of the documentation.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new::<scan::Scan>("/v1/scan", "What is in the corpus: a row for each document, and totals"),
        Endpoint::new::<documents::Documents>("/v1/documents", "The documents, a page at a time"),
        Endpoint::new::<documents::One>(
            "/v1/documents/{id}",
            "One document whole: text, parts, blocks, annotations",
        ),
        Endpoint::new::<documents::Blocks>(
            "/v1/documents/{id}/blocks",
            "The blocks of one document, with their text",
        ),
        Endpoint::new::<search::Search>(
            "/v1/search",
            "Passages in which a query matches, the best article first",
        ),
        Endpoint::new::<concordance::Kwic>(
            "/v1/kwic",
            "The concordance: each match with what stands before and after",
        ),
        Endpoint::new::<counts::Words>("/v1/words", "How often each word stands in the text"),
        Endpoint::new::<counts::Ngrams>("/v1/ngrams", "How often each run of words stands in the text"),
        Endpoint::new::<counts::Collocates>("/v1/collocates", "Words that stand near the matches of a query"),
        Endpoint::new::<counts::Keywords>(
            "/v1/keywords",
            "Words that are more frequent where a query matches than elsewhere, or than in a reference",
        ),
        Endpoint::new::<counts::Dispersion>(
            "/v1/dispersion",
            "How evenly what a query matches lies over the documents",
        ),
        Endpoint::new::<counts::Frequency>(
            "/v1/frequency",
            "How often a query matches in what was published when",
        ),
        Endpoint::new::<facts::Statements>("/v1/statements", "Who said what, when, on whose report"),
        Endpoint::new::<facts::Events>(
            "/v1/events",
            "Meetings, calls, visits, signings and the like, each once",
        ),
        Endpoint::new::<facts::Agreements>(
            "/v1/agreements",
            "Treaties, programmes, loans and plans by name, each once",
        ),
        Endpoint::new::<facts::People>(
            "/v1/people",
            "Persons, bodies, outlets and places, each once, with all their names",
        ),
        Endpoint::new::<facts::Dates>(
            "/v1/dates",
            "Each expression of time with its value and why, and when each article was published",
        ),
        Endpoint::new::<facts::Timeline>("/v1/timeline", "What happened, was said and was published when"),
        Endpoint::new::<dupes::Dupes>("/v1/dupes", "Documents that are copies of each other"),
        Endpoint::new::<compare::Diff>("/v1/diff", "Two documents word by word"),
        Endpoint::new::<jobs::List>(
            "/v1/jobs",
            "The jobs of this server, builds and decisions, the latest first",
        ),
        Endpoint::new::<jobs::One>("/v1/jobs/{id}", "One job"),
        Endpoint::new::<health::Health>("/healthz", "Whether the server lives"),
    ]
}

/// The router of an application.
pub(crate) fn router(app: Arc<App>) -> Router {
    // What stands around the files of an upload is small.
    let upload = usize::try_from(app.options.upload).unwrap_or(usize::MAX).saturating_add(1 << 20);
    let formats = app.options.formats.clone();
    let mut router = Router::new();
    for endpoint in endpoints() {
        router = router.route(endpoint.path, (endpoint.handler)());
    }
    let inner = router
        .route("/v1/parse", post(parse::parse))
        .route("/v1/export", get(export::export))
        .route("/v1/jobs", post(jobs::begin).layer(DefaultBodyLimit::max(upload)))
        .route("/v1/decisions", post(decision::decide))
        .route("/v1/jobs/{id}", delete(jobs::cancel))
        .route("/v1/jobs/{id}/events", get(jobs::events))
        .route("/openapi.json", get(openapi::show))
        .route("/metrics", get(health::metrics))
        .merge(page::routes())
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), count))
        .layer(middleware::from_fn(page::tell_problems))
        .layer(CompressionLayer::new())
        .with_state(app);
    // The end of a path is cut off before the path is matched, so this layer stands outside of the routes.
    Router::new().fallback_service(inner).layer(middleware::from_fn_with_state(formats, cut_suffix))
}

/// Cuts ".csv" and the like off the path of a question; what is cut decides the form of the answer.
async fn cut_suffix(State(formats): State<Formats>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let export =
        export::address(&formats, path, request.uri().query()).and_then(|to| moved(request.uri(), &to));
    if let Some(uri) = export {
        *request.uri_mut() = uri;
        return next.run(request).await;
    }
    let cut = path
        .starts_with("/v1/")
        .then(|| path.rsplit_once('.'))
        .flatten()
        .and_then(|(rest, suffix)| Some((rest.to_owned(), Form::named(suffix)?)));
    if let Some((rest, form)) = cut {
        let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
        if let Some(uri) = moved(request.uri(), &format!("{rest}{query}")) {
            *request.uri_mut() = uri;
            request.extensions_mut().insert(Suffix(form));
        }
    }
    next.run(request).await
}

/// The same address with another path and query.
fn moved(uri: &Uri, path_and_query: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path_and_query.parse().ok()?);
    Uri::from_parts(parts).ok()
}

/// Counts a request and logs it.
async fn count(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let (took, status) = (begun.elapsed(), response.status());
    app.metrics.count(&route, status.as_u16(), took);
    if status.is_server_error() {
        tracing::warn!(%method, route, status = status.as_u16(), milliseconds = took.as_millis() as u64, "answered");
    } else {
        tracing::info!(%method, route, status = status.as_u16(), milliseconds = took.as_millis() as u64, "answered");
    }
    response
}

async fn unknown(uri: Uri) -> Response {
    Problem::new(Code::NotFound, format_args!("there is nothing at {}", uri.path()))
        .hint("/openapi.json lists the addresses, /docs shows them")
        .into_response()
}

async fn wrong_method(uri: Uri) -> Response {
    let problem = Problem::new(Code::MethodNotAllowed, format_args!("{} takes another method", uri.path()));
    debug_assert_eq!(problem.status(), StatusCode::METHOD_NOT_ALLOWED);
    problem.hint("/docs shows which").into_response()
}

#[cfg(test)]
mod tests;
