//! Jobs: builds into the corpus that is served and decisions about it, one after the other, with what they told.

pub(crate) mod decision;
pub(crate) mod requests;
pub(crate) mod upload;

use crate::problem::{Code, Problem};
use corpus_annotate::link::CorpusId;
use corpus_core::DocumentId;
use corpus_query::{Deadline, Tabular};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::VecDeque,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// Jobs that are remembered.
const REMEMBERED: usize = 100;
/// Jobs that may be uploaded, wait for their turn and be at work at once.
const PLACES: usize = 8;
/// How often a job that waits looks whether its turn has come.
const LOOKS: Duration = Duration::from_millis(20);
/// Events of a job that are remembered; those in the middle of a long list go.
const EVENTS: usize = 1000;

/// Builds pages into the corpus that is served.
pub trait Builder: fmt::Debug + Send + Sync {
    /// Adds what lies in a folder to the corpus. `tell` takes a line of words for whoever watches; the build ends early
    /// once `stop` is over, and what was committed until then stays. Nothing of it goes on when this returns.
    ///
    /// # Errors
    /// When nothing can be built: why, and what to do next, in words.
    fn build(&self, folder: &Path, tell: &mut dyn FnMut(&str), stop: &Deadline) -> Result<Value, String>;

    /// Notes a decision of a person in the corpus.
    ///
    /// # Errors
    /// As those of [`Builder::build`].
    fn decide(
        &self,
        decision: &Decision,
        tell: &mut dyn FnMut(&str),
        stop: &Deadline,
    ) -> Result<Value, String>;
}

/// What a person decides about what was found in the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// An annotation is right.
    Accept(Annotated),
    /// An annotation is wrong, and left out from now on.
    Reject(Annotated),
    /// A note on some words of a document.
    Note {
        /// Id of the document.
        document: DocumentId,
        /// The words.
        words: String,
        /// What it says.
        text: String,
    },
    /// The decision of this number is taken back.
    Undo(u64),
    /// Two entities are one, the first to be kept.
    Merge(CorpusId, CorpusId),
    /// What texts call by this name is another entity than the rest.
    Split(CorpusId, String),
}

/// An annotation, by its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotated {
    /// Id of the document.
    pub document: DocumentId,
    /// The layer.
    pub layer: String,
    /// The words that the annotation covers.
    pub words: String,
    /// The byte at which they begin, where that was said.
    pub at: Option<usize>,
}

impl fmt::Display for Annotated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Annotated { document, layer, words, .. } = self;
        write!(f, "{document} {layer} {words:?}")
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Decision::Accept(annotated) => write!(f, "accept {annotated}"),
            Decision::Reject(annotated) => write!(f, "reject {annotated}"),
            Decision::Note { document, words, .. } => write!(f, "note {document} {words:?}"),
            Decision::Undo(number) => write!(f, "undo {number}"),
            Decision::Merge(kept, other) => write!(f, "merge {kept} {other}"),
            Decision::Split(entity, name) => write!(f, "split {entity} {name:?}"),
        }
    }
}

/// The jobs of a server.
#[derive(Debug)]
pub(crate) struct Jobs {
    list: Mutex<VecDeque<Arc<Job>>>,
    number: AtomicU64,
    places: Arc<Semaphore>,
}

/// A place among the jobs, from before an upload comes until its build is over.
pub(crate) type Place = OwnedSemaphorePermit;

/// A job, as far as it is known.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) stop: Deadline,
    held: Mutex<Held>,
    /// Number of events so far.
    changed: watch::Sender<u64>,
}

#[derive(Debug)]
struct Held {
    shown: Shown,
    events: VecDeque<Event>,
}

/// A job as it is shown.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    /// Its id.
    pub(crate) id: String,
    /// What is done: `build`, or a decision such as `merge p12 p40`.
    pub(crate) what: String,
    /// How far it is.
    pub(crate) state: State,
    /// When it was asked for, in seconds since the beginning of 1970 in UTC.
    created: u64,
    /// When it ended.
    ended: Option<u64>,
    /// Names of the files.
    pub(crate) files: Vec<String>,
    /// Bytes of the files.
    bytes: u64,
    /// What was done: by a build, as `corpus build --format json` says it.
    done: Option<Value>,
    /// Why it failed.
    failure: Option<String>,
    /// Number of events so far.
    pub(crate) events: u64,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// Waits for its turn.
    Queued,
    /// Is at work.
    Running,
    /// Is done.
    Done,
    /// Has failed; what it committed stays.
    Failed,
    /// Was ended by somebody; what it committed stays.
    Cancelled,
}

impl Tabular for Shown {
    const COLUMNS: &'static [&'static str] =
        &["id", "what", "state", "created", "ended", "files", "bytes", "failure", "events"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.what.clone(),
            self.state.as_str().to_owned(),
            self.created.to_string(),
            self.ended.map(|ended| ended.to_string()).unwrap_or_default(),
            self.files.join(", "),
            self.bytes.to_string(),
            self.failure.clone().unwrap_or_default(),
            self.events.to_string(),
        ]
    }
}

/// Something that a job told.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Event {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// `progress`, `done`, `failed` or `cancelled`.
    pub(crate) kind: &'static str,
    /// In words.
    pub(crate) message: String,
}

impl State {
    /// Whether nothing more will happen.
    pub(crate) const fn is_over(self) -> bool {
        matches!(self, State::Done | State::Failed | State::Cancelled)
    }

    /// Its name.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }
}

impl Default for Jobs {
    fn default() -> Self {
        Jobs { list: Mutex::default(), number: AtomicU64::new(0), places: Arc::new(Semaphore::new(PLACES)) }
    }
}

impl Jobs {
    fn list(&self) -> MutexGuard<'_, VecDeque<Arc<Job>>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All jobs that are remembered, the latest first.
    pub(crate) fn all(&self) -> Vec<Shown> {
        self.list().iter().rev().map(|job| job.shown()).collect()
    }

    /// The job with an id.
    ///
    /// # Errors
    /// When there is none, or none any more.
    pub(crate) fn get(&self, id: &str) -> Result<Arc<Job>, Problem> {
        self.list().iter().find(|job| job.shown().id == id).cloned().ok_or_else(|| {
            Problem::new(Code::NotFound, format_args!("there is no job {id:?}"))
                .hint("/v1/jobs lists those there are")
        })
    }

    /// A place for a job, to be had before anything of it is taken in.
    ///
    /// # Errors
    /// When there is none left.
    pub(crate) fn place(&self) -> Result<Place, Problem> {
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| {
            Problem::new(Code::Busy, format_args!("{PLACES} jobs wait for their turn already"))
                .hint("ask again when one of them is done; /v1/jobs lists them")
        })
    }

    /// Adds a job that waits for its turn.
    pub(crate) fn add(&self, what: impl fmt::Display, files: Vec<String>, bytes: u64) -> Arc<Job> {
        let mut list = self.list();
        if list.len() >= REMEMBERED
            && let Some(over) = list.iter().position(|job| job.is_over())
        {
            list.remove(over);
        }
        let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
        let shown = Shown {
            id: format!("j{number}"),
            what: what.to_string(),
            state: State::Queued,
            created: now(),
            ended: None,
            files,
            bytes,
            done: None,
            failure: None,
            events: 0,
        };
        let held = Mutex::new(Held { shown, events: VecDeque::new() });
        let job = Arc::new(Job { stop: Deadline::none(), held, changed: watch::Sender::new(0) });
        list.push_back(Arc::clone(&job));
        job
    }

    /// Does a job when its turn has come, on this thread; `after` follows its work, so that what it changed is found as
    /// soon as it is said to be done.
    pub(crate) fn work(
        &self,
        job: &Job,
        place: Place,
        work: impl FnOnce(&mut dyn FnMut(&str), &Deadline) -> Result<Value, String>,
        after: impl FnOnce(),
    ) {
        while !self.is_next(job) {
            if job.stop.is_over() {
                drop(place);
                job.end(State::Cancelled, "cancelled before it began", None);
                return;
            }
            thread::sleep(LOOKS);
        }
        job.update(|held| held.shown.state = State::Running);
        job.tell("progress", "begun");
        let work = || work(&mut |line| job.tell("progress", line), &job.stop);
        let built = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
            tracing::error!(reason = said(&*panic), "a job panicked");
            Err(format!("a mistake of this program ended it ({}); please report it", said(&*panic)))
        });
        after();
        // Whoever hears that it is over may begin another.
        drop(place);
        match built {
            _ if job.stop.is_over() => job.end(State::Cancelled, "cancelled; what was committed stays", None),
            Ok(done) => job.end(State::Done, "done", Some(done)),
            Err(failure) => job.end(State::Failed, &job.failed(&failure), None),
        }
    }

    /// Whether all jobs before one are over.
    fn is_next(&self, job: &Job) -> bool {
        let first = self.list().iter().find(|job| !job.is_over()).map(Arc::as_ptr);
        first.is_none_or(|first| std::ptr::eq(first, job))
    }

    /// Tells all jobs to end.
    pub(crate) fn cancel_all(&self) {
        self.list().iter().for_each(|job| job.stop.cancel());
    }

    /// Returns when no job is at work, is uploaded or waits, after [`Jobs::cancel_all`] that is soon.
    pub(crate) async fn all_over(&self) {
        // It is never closed.
        let _ = self.places.acquire_many(PLACES as u32).await;
    }
}

impl Job {
    fn update(&self, change: impl FnOnce(&mut Held)) {
        change(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Notes an event.
    fn tell(&self, kind: &'static str, message: &str) {
        let mut number = 0;
        self.update(|held| {
            number = held.shown.events + 1;
            held.shown.events = number;
            if held.events.len() >= EVENTS {
                held.events.remove(EVENTS / 2);
            }
            held.events.push_back(Event { number, kind, message: message.to_owned() });
        });
        self.changed.send_replace(number);
    }

    fn end(&self, state: State, message: &str, done: Option<Value>) {
        self.update(|held| {
            held.shown.state = state;
            held.shown.ended = Some(now());
            held.shown.done = done;
            held.shown.failure = (state == State::Failed).then(|| message.to_owned());
        });
        self.tell(state.as_str(), message);
    }

    /// Why it failed, with what was to be built and what stays.
    fn failed(&self, reason: &str) -> String {
        let shown = self.shown();
        let what = match &*shown.files {
            _ if shown.what != "build" => return format!("{:?} was not done: {reason}", shown.what),
            [] => "the pages of the inbox were".to_owned(),
            [file] => format!("{file} was"),
            [first, rest @ ..] => format!("{first} and {} more files were", rest.len()),
        };
        format!("{what} not built into the corpus: {reason}; what was committed before stays")
    }

    /// The job as it is now.
    pub(crate) fn shown(&self) -> Shown {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).shown.clone()
    }

    /// Whether it has ended, however.
    fn is_over(&self) -> bool {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).shown.state.is_over()
    }

    /// The events behind a number, and whether they are the last.
    pub(crate) fn events_after(&self, number: u64) -> (Vec<Event>, bool) {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let events = held.events.iter().filter(|event| event.number > number).cloned().collect();
        (
            events,
            held.shown.state.is_over() && held.events.back().is_some_and(|event| event.kind != "progress"),
        )
    }

    /// Tells of each change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}

/// What a panic said.
fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("it said nothing")
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
