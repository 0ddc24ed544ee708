//! `/v1/jobs`: what may be asked of jobs, and their events as they come.

use super::{Job, Place, Shown, upload::Upload};
use crate::{
    app::{App, Weight},
    form::Cells,
    page, parameters,
    problem::{Code, Problem},
    question::{Places, Question},
    snapshot::Opened,
    streamed::streamed,
};
use axum::{
    Json,
    body::Body,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use corpus_query::Deadline;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{path::Path as FilePath, sync::Arc, time::Duration};
use tempfile::TempDir;

/// How often a silent stream of events says that it lives.
const ALIVE: Duration = Duration::from_secs(15);

/// The builds of this server, the latest first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {}

/// The builds of this server.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Listed {
    /// The jobs, the latest first.
    items: Vec<Shown>,
    /// Whether this server builds.
    allowed: bool,
}

impl Question for List {
    type Answer = Listed;
    const WEIGHT: Weight = Weight::Light;
    const IS_OF_CORPUS: bool = false;

    fn answer(self, _: &Places, app: &App, _: &Opened) -> Result<Listed, Problem> {
        Ok(Listed { items: app.jobs.all(), allowed: app.options.builder.is_some() })
    }

    fn table(answer: &Listed) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// One build.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct One {}

impl Question for One {
    type Answer = Shown;
    const WEIGHT: Weight = Weight::Light;
    const IS_OF_CORPUS: bool = false;

    fn answer(self, path: &Places, app: &App, _: &Opened) -> Result<Shown, Problem> {
        Ok(app.jobs.get(path.id())?.shown())
    }
}

/// What a new job reads.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Begin {
    /// `upload`, the files of the body, or `inbox`, the folder that the server was given when it started.
    #[serde(default)]
    #[schemars(extend("enum" = ["upload", "inbox"], "default" = "upload"))]
    from: String,
}

/// Begins a job.
pub(crate) async fn begin(
    State(app): State<Arc<App>>,
    uri: Uri,
    asked: Result<Query<Begin>, QueryRejection>,
    request: Request,
) -> Response {
    let wants_page = page::is_wanted(request.headers());
    let begun = async {
        let Query(asked) = asked.map_err(|_| parameters::wrong::<Begin>(&uri))?;
        let Some(builder) = app.options.builder.clone() else {
            return Err(Problem::new(Code::Forbidden, "this server builds nothing")
                .hint("start `corpus serve DIR --build` with a corpus directory to allow it"));
        };
        let place = app.jobs.place()?;
        let (folder, files, bytes) = match &*asked.from {
            "" | "upload" => {
                let upload = Upload::take_in_time(&app, request).await?;
                (Folder::Upload(upload.folder), upload.files, upload.bytes)
            }
            "inbox" => match app.options.inbox.clone() {
                Some(inbox) => (Folder::Inbox(inbox), Vec::new(), 0),
                None => {
                    return Err(Problem::new(Code::Forbidden, "this server has no inbox")
                        .hint("start it with --inbox FOLDER"));
                }
            },
            other => {
                return Err(Problem::new(
                    Code::BadParameter,
                    format_args!("from: {other:?} is neither upload nor inbox"),
                ));
            }
        };
        let job = app.jobs.add("build", files, bytes);
        Ok(start(&app, job, place, move |tell, stop| builder.build(folder.path(), tell, stop)))
    };
    answer(begun.await, wants_page)
}

/// Starts a job on a thread of its own.
pub(super) fn start(
    app: &Arc<App>,
    job: Arc<Job>,
    place: Place,
    work: impl FnOnce(&mut dyn FnMut(&str), &Deadline) -> Result<Value, String> + Send + 'static,
) -> Shown {
    let shown = job.shown();
    let app = Arc::clone(app);
    std::thread::spawn(move || {
        let look = || {
            if let Err(error) = app.served.look() {
                tracing::warn!(%error, "the corpus cannot be opened anew after a job");
            }
        };
        app.jobs.work(&job, place, work, look);
    });
    shown
}

/// The answer that a job has begun, or why not.
pub(super) fn answer(begun: Result<Shown, Problem>, wants_page: bool) -> Response {
    match begun {
        Ok(shown) => {
            let place =
                if wants_page { format!("/jobs/{}", shown.id) } else { format!("/v1/jobs/{}", shown.id) };
            let status = if wants_page { StatusCode::SEE_OTHER } else { StatusCode::ACCEPTED };
            (status, [(header::LOCATION, place)], Json(shown)).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

/// Where the pages of a job lie.
enum Folder {
    Upload(TempDir),
    Inbox(std::path::PathBuf),
}

impl Folder {
    fn path(&self) -> &FilePath {
        match self {
            Folder::Upload(folder) => folder.path(),
            Folder::Inbox(folder) => folder,
        }
    }
}

/// Ends a job early.
pub(crate) async fn cancel(State(app): State<Arc<App>>, places: Places) -> Response {
    match app.jobs.get(places.id()) {
        Ok(job) => {
            job.stop.cancel();
            (StatusCode::ACCEPTED, Json(job.shown())).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

/// The events of a job as they come, as server-sent events; from the one behind `Last-Event-ID` on.
pub(crate) async fn events(State(app): State<Arc<App>>, places: Places, headers: HeaderMap) -> Response {
    let found = app.jobs.get(places.id()).and_then(|job| Ok((job, app.watcher_place()?)));
    let (job, place) = match found {
        Ok(found) => found,
        Err(problem) => return problem.into_response(),
    };
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let mut reached: u64 = last.unwrap_or(0);
    let (sender, body) = streamed();
    tokio::spawn(async move {
        let _place = place;
        let mut changes = job.changes();
        loop {
            changes.mark_unchanged();
            let (events, are_last) = job.events_after(reached);
            for event in events {
                reached = event.number;
                let data = serde_json::json!({"message": event.message});
                let text = format!("id: {reached}\nevent: {}\ndata: {data}\n\n", event.kind);
                if !sender.send(text).await {
                    return;
                }
            }
            if are_last {
                return;
            }
            let changed = tokio::time::timeout(ALIVE, changes.changed()).await;
            if changed.is_err() && !sender.send(": alive\n\n").await {
                return;
            }
        }
    });
    let mut response = Body::new(body).into_response();
    let fields = response.headers_mut();
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
