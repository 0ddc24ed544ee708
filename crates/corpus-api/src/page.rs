//! The web page: screens made on the server, which read and search without script.

mod compare;
mod docs;
mod job;
mod login;
mod people;
mod pile;
mod reader;
mod search;
mod statements;
mod timeline;

use crate::{
    app::{App, Weight},
    pages::MOST,
    parameters,
    problem::{Code, Problem},
    question::Places,
    snapshot::Opened,
};
use askama::Template;
use axum::{
    Router,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A screen of the page.
pub(crate) trait Screen: DeserializeOwned + JsonSchema + Send + 'static {
    /// How much of the corpus the screen looks at.
    const WEIGHT: Weight = Weight::Heavy;

    /// The page as HTML.
    ///
    /// # Errors
    /// When a parameter cannot be meant or the corpus cannot be read.
    fn show(self, places: &Places, app: &App, corpus: &Opened) -> Result<String, Problem>;
}

/// Every address of the page.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(screen::<pile::Pile>))
        .route("/documents/{id}", get(screen::<reader::Reader>))
        .route("/search", get(screen::<search::Search>))
        .route("/timeline", get(screen::<timeline::Timeline>))
        .route("/statements", get(screen::<statements::Statements>))
        .route("/people", get(screen::<people::People>))
        .route("/compare", get(screen::<compare::Compare>))
        .route("/jobs/{id}", get(screen::<job::Job>))
        .route("/docs", get(screen::<docs::Docs>))
        .route("/login", post(login::enter))
        .route(
            "/assets/page.css",
            get(|| asset("text/css; charset=utf-8", include_str!("../assets/page.css"))),
        )
        .route(
            "/assets/page.js",
            get(|| asset("text/javascript; charset=utf-8", include_str!("../assets/page.js"))),
        )
        .route("/favicon.ico", get(|| asset("image/svg+xml", include_str!("../assets/icon.svg"))))
}

async fn screen<S: Screen>(
    State(app): State<Arc<App>>,
    places: Places,
    uri: Uri,
    screen: Result<Query<S>, QueryRejection>,
) -> Response {
    let shown = match parameters::check_text(&uri).and(Ok(screen)) {
        Err(problem) => Err(problem),
        Ok(Ok(Query(screen))) => {
            app.work(S::WEIGHT, move |app, corpus| screen.show(&places, app, corpus)).await
        }
        Ok(Err(_)) => Err(parameters::wrong::<S>(&uri)),
    };
    match shown {
        Ok(html) => answer(StatusCode::OK, html),
        Err(problem) => refuse(&problem),
    }
}

/// Whether whoever asks reads pages, as a browser does.
pub(crate) fn is_wanted(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.into_iter().flat_map(|accept| accept.split(',')).any(|range| {
        let mut fields = range.split(';').map(str::trim);
        let is_html = fields.next() == Some("text/html");
        let quality = fields.find_map(|field| field.strip_prefix("q="));
        is_html && quality.is_none_or(|quality| quality.parse().is_ok_and(|quality: f32| quality > 0.0))
    })
}

/// Tells problems as pages to those who read pages.
pub(crate) async fn tell_problems(request: Request, next: Next) -> Response {
    let is_wanted = is_wanted(request.headers());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) if is_wanted => {
            let mut page = refuse(&problem);
            for (name, value) in response.headers() {
                page.headers_mut().entry(name).or_insert_with(|| value.clone());
            }
            page
        }
        _ => response,
    }
}

/// A page that says what is the matter.
fn refuse(problem: &Problem) -> Response {
    let (detail, hint) = problem.words();
    let page = Refused { section: "", detail, hint, enters: problem.is(Code::Unauthorized) };
    answer(problem.status(), page.render().unwrap_or_default())
}

fn answer(status: StatusCode, html: String) -> Response {
    let fields =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "private, no-cache")];
    (status, fields, html).into_response()
}

async fn asset(media_type: &'static str, content: &'static str) -> Response {
    let mut response = content.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    response
}

/// A page that says why there is none.
#[derive(Template)]
#[template(path = "refused.html")]
struct Refused<'a> {
    section: &'static str,
    detail: &'a str,
    hint: Option<&'a str>,
    /// Whether it helps to say the token.
    enters: bool,
}

/// A page written out.
///
/// # Errors
/// Never in practice: the templates are checked when the program is built.
fn render(template: &impl Template) -> Result<String, Problem> {
    template.render().map_err(|error| Problem::new(Code::Internal, error))
}

/// A number with thin spaces between thousands.
fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// A table of all rows of a list, or of as many as one answer holds.
struct Download {
    address: String,
    name: String,
}

impl Download {
    /// The table at a path of the API, such as `/v1/people.csv?kind=person`, of so many rows.
    fn new(address: &str, total: u64) -> Self {
        let joint = if address.contains('?') { '&' } else { '?' };
        let mut download = Download { address: format!("{address}{joint}limit={MOST}"), name: String::new() };
        download.holds(total);
        download
    }

    /// Says how many of so many rows the table holds.
    fn holds(&mut self, total: u64) {
        self.name = match MOST as u64 {
            most if total > most => format!("Download the first {} as CSV", count(most)),
            _ => "Download all as CSV".to_owned(),
        };
    }
}

/// A share in whole per cent.
fn per_cent(part: u64, whole: u64) -> u64 {
    (part * 100 + whole / 2).checked_div(whole).unwrap_or(0)
}
