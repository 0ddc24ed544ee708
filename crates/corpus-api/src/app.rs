//! The application: the corpus that is served, opened anew when it has changed, and the room for work on it.

use crate::{
    guard::Guard,
    jobs::Jobs,
    metrics::Metrics,
    problem::{Code, Problem},
    server::{Error, Options},
    snapshot::{Opened, Snapshot},
};
use corpus_annotate::Annotators;
use corpus_core::Registry;
use corpus_query::Deadline;
use corpus_store::Corpus;
use std::{
    num::NonZeroUsize,
    path::PathBuf,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How often the directory is asked whether it has changed.
const LOOKS: Duration = Duration::from_secs(1);

/// Exports that are sent at once: each goes on as slowly as it is taken.
const EXPORTS: usize = 8;

/// What the server works with.
pub(crate) struct App {
    pub(crate) guard: Guard,
    pub(crate) metrics: Metrics,
    pub(crate) options: Options,
    pub(crate) registry: Registry,
    pub(crate) annotators: Annotators,
    pub(crate) jobs: Jobs,
    /// The directory of the corpus; `None` where it is in memory and never changes.
    directory: Option<PathBuf>,
    snapshot: RwLock<(Instant, Arc<Snapshot>)>,
    is_looking: AtomicBool,
    permits: Arc<Semaphore>,
    heavy: Arc<Semaphore>,
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
}

impl App {
    /// The application for a corpus; `directory` where it lies in one.
    pub(crate) fn new(
        corpus: Corpus,
        directory: Option<PathBuf>,
        registry: Registry,
        guard: Guard,
        options: Options,
    ) -> Result<Self, Error> {
        let snapshot = Arc::new(Snapshot::new(corpus)?);
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Ok(App {
            guard,
            metrics: Metrics::default(),
            registry,
            annotators: Annotators::core(),
            jobs: Jobs::default(),
            directory,
            snapshot: RwLock::new((Instant::now(), snapshot)),
            is_looking: AtomicBool::new(false),
            permits: Arc::new(Semaphore::new(cores)),
            heavy: Arc::new(Semaphore::new(cores.div_ceil(2))),
            queue: Arc::new(Semaphore::new(options.concurrency)),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            options,
        })
    }

    /// The corpus as it is now, or was a second ago.
    fn snapshot(self: &Arc<Self>) -> Arc<Snapshot> {
        let (looked, snapshot) = {
            let held = self.snapshot.read().unwrap_or_else(PoisonError::into_inner);
            (held.0, Arc::clone(&held.1))
        };
        let is_due = self.directory.is_some() && looked.elapsed() >= LOOKS;
        if is_due && !self.is_looking.swap(true, Ordering::AcqRel) {
            // What an index must catch up on may take its time; until then the corpus is served as it was.
            let app = Arc::clone(self);
            std::thread::spawn(move || {
                app.look();
                app.is_looking.store(false, Ordering::Release);
            });
        }
        snapshot
    }

    /// Opens the corpus anew if it has changed. One that cannot be opened goes on being served as it was.
    pub(crate) fn look(&self) {
        let Some(directory) = &self.directory else { return };
        let held = Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner).1);
        let anew = match Corpus::open(directory) {
            Ok(corpus) if corpus.snapshot() != held.corpus.snapshot() => Snapshot::new(corpus).map(Arc::new),
            Ok(_) => Ok(Arc::clone(&held)),
            Err(error) => Err(Error::new(error)),
        };
        let anew = anew.unwrap_or_else(|error| {
            tracing::warn!(%error, "the corpus has changed and cannot be opened anew");
            Arc::clone(&held)
        });
        if !Arc::ptr_eq(&anew, &held) {
            held.retired.cancel();
        }
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), anew);
    }

    /// The corpus as it is now, without a deadline.
    pub(crate) fn opened(self: &Arc<Self>) -> Opened {
        Opened::new(self.snapshot(), Deadline::none())
    }

    /// A place for an export.
    ///
    /// # Errors
    /// When too many are under way.
    pub(crate) fn export_place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        Arc::clone(&self.exports).try_acquire_owned().map_err(|_| {
            Problem::new(Code::Busy, format_args!("{EXPORTS} exports are under way")).hint("ask again later")
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
            let heavy = match weight {
                Weight::Heavy => Some(Arc::clone(&app.heavy).acquire_owned().await.map_err(|_| busy())?),
                Weight::Light => None,
            };
            let permit = Arc::clone(&app.permits).acquire_owned().await.map_err(|_| busy())?;
            let worked = tokio::task::spawn_blocking(move || {
                let worked = work(&app, &Opened::new(app.snapshot(), deadline));
                drop((permit, heavy, queued));
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

/// Somebody who waits for work: dropped, for whatever reason, the work is over.
struct Waiting(Deadline);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
