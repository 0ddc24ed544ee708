//! The application: the corpus that is served, and the room for work on it.

use crate::{
    answered::{Asking, Turn},
    guard::Guard,
    jobs::Jobs,
    metrics::Metrics,
    problem::{Code, Problem},
    served::Served,
    server::{Error, Options},
    snapshot::Opened,
};
use corpus_query::Deadline;
use corpus_store::Corpus;
use std::{
    fmt,
    num::NonZeroUsize,
    path::PathBuf,
    sync::Arc,
    time::{Instant, SystemTime, UNIX_EPOCH},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Exports that are sent at once: each goes on as slowly as it is taken.
const EXPORTS: usize = 8;

/// Bodies that are held in memory at once.
const BODIES: usize = 32;

/// Streams of events that are open at once.
const EVENTS: usize = 64;

/// What the server works with.
pub(crate) struct App {
    pub(crate) guard: Guard,
    pub(crate) metrics: Metrics,
    pub(crate) options: Options,
    pub(crate) jobs: Jobs,
    pub(crate) served: Arc<Served>,
    /// What tells answers that depend on the reference from those of a server with another one; empty without one.
    pub(crate) reference_tag: String,
    asking: Asking,
    permits: Arc<Semaphore>,
    heavy: Arc<Semaphore>,
    aside: Arc<Semaphore>,
    bodies: Arc<Semaphore>,
    events: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    exports: Arc<Semaphore>,
}

/// How much of the corpus a piece of work looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// A page of it.
    Light,
    /// Maybe all of it: such work leaves room for the rest.
    Heavy,
    /// Nothing of it: such work waits for its like alone.
    Aside,
}

impl App {
    /// The application for a corpus; `directory` where it lies in one.
    pub(crate) fn new(
        corpus: Corpus,
        directory: Option<PathBuf>,
        guard: Guard,
        options: Options,
    ) -> Result<Self, Error> {
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Ok(App {
            guard,
            metrics: Metrics::default(),
            jobs: Jobs::default(),
            served: Served::new(corpus, directory)?,
            // A reference has no name of its own: this one is that of this server, from its start on.
            reference_tag: options.reference.as_ref().map_or_else(String::new, |_| {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                format!("{}-{}", std::process::id(), since.as_nanos())
            }),
            asking: Asking::default(),
            permits: Arc::new(Semaphore::new(cores)),
            heavy: Arc::new(Semaphore::new(cores.div_ceil(2))),
            aside: Arc::new(Semaphore::new(cores.div_ceil(2))),
            bodies: Arc::new(Semaphore::new(BODIES)),
            events: Arc::new(Semaphore::new(EVENTS)),
            queue: Arc::new(Semaphore::new(options.concurrency)),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            options,
        })
    }

    /// The corpus as it is now, or was a second ago, asked until a deadline.
    ///
    /// # Errors
    /// When it can no longer be opened.
    pub(crate) fn opened(&self, deadline: Deadline) -> Result<Opened, Problem> {
        let (snapshot, corpus) = self.served.now().map_err(|error| Problem::new(Code::Unreadable, error))?;
        Ok(Opened::new(snapshot, corpus, deadline))
    }

    /// A place for an export.
    ///
    /// # Errors
    /// When too many are under way.
    pub(crate) fn export_place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        place(&self.exports, format_args!("{EXPORTS} exports are under way"))
    }

    /// A place for a body that is held in memory.
    ///
    /// # Errors
    /// When too many are.
    pub(crate) fn body_place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        place(&self.bodies, format_args!("{BODIES} bodies are on their way"))
    }

    /// A place for somebody who watches a job.
    ///
    /// # Errors
    /// When too many do.
    pub(crate) fn watcher_place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        place(&self.events, format_args!("{EVENTS} streams of events are open"))
    }

    /// Waits until nobody else is being answered the same question.
    ///
    /// # Errors
    /// When that takes longer than an answer may.
    pub(crate) async fn turn(&self, question: String) -> Result<Turn<'_>, Problem> {
        let limit = self.options.time;
        tokio::time::timeout(limit, self.asking.turn(question)).await.map_err(|_| {
            Problem::new(Code::Timeout, format_args!("no answer within {} s", limit.as_secs()))
                .hint("others wait for the same answer: ask again in a minute, or for less")
        })
    }

    /// Works on the corpus, on a thread where work may take its time. It is told to end when its time is over, or when
    /// nobody waits for it any more.
    ///
    /// # Errors
    /// Those of the work; when too much is at work already; when it takes longer than allowed.
    pub(crate) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        weight: Weight,
        work: impl FnOnce(&App, &Opened) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let busy = || Problem::new(Code::Busy, "too many requests are at work").hint("ask again in a second");
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| busy())?;
        let app = Arc::clone(self);
        let limit = self.options.time;
        let deadline = Deadline::at(Instant::now() + limit);
        let waiting = Waiting(deadline.clone());
        let answer = async {
            let rooms: &[&Arc<Semaphore>] = match weight {
                Weight::Heavy => &[&app.heavy, &app.permits],
                Weight::Light => &[&app.permits],
                Weight::Aside => &[&app.aside],
            };
            let mut permits = vec![queued];
            for room in rooms {
                permits.push(Arc::clone(room).acquire_owned().await.map_err(|_| busy())?);
            }
            let worked = tokio::task::spawn_blocking(move || {
                let worked = app.opened(deadline).and_then(|opened| work(&app, &opened));
                drop(permits);
                worked
            })
            .await;
            worked.unwrap_or_else(|panic| {
                tracing::error!(%panic, "an answer panicked");
                Err(Problem::new(Code::Internal, "the answer could not be made")
                    .hint("please report the request"))
            })
        };
        let answered = tokio::time::timeout(limit, answer).await;
        drop(waiting);
        let late = |problem: &Problem| problem.is(Code::Timeout);
        match answered {
            Ok(Err(problem)) if late(&problem) => {
                Err(problem.or_hint("ask for less: a rarer word, a smaller limit"))
            }
            Ok(answered) => answered,
            Err(_) => {
                let detail = format!("no answer within {} s", limit.as_secs());
                Err(Problem::new(Code::Timeout, detail).hint("ask for less: a rarer word, a smaller limit"))
            }
        }
    }
}

/// A place in a room.
fn place(room: &Arc<Semaphore>, full: fmt::Arguments<'_>) -> Result<OwnedSemaphorePermit, Problem> {
    Arc::clone(room).try_acquire_owned().map_err(|_| Problem::new(Code::Busy, full).hint("ask again later"))
}

/// Somebody who waits for work: dropped, for whatever reason, the work is over.
struct Waiting(Deadline);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
