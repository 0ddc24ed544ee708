//! The application: the corpus that is served, opened anew when it has changed, and the room for work on it.

use crate::{
    guard::Guard,
    metrics::Metrics,
    problem::{Code, Problem},
    server::{Error, Options},
};
use corpus_annotate::{Annotators, link::Table};
use corpus_core::{Document, DocumentId, Registry};
use corpus_query::{
    Engine, links,
    scan::{Row, Scan, Summary, Totals},
};
use corpus_store::Corpus;
use std::{
    num::NonZeroUsize,
    path::PathBuf,
    sync::{Arc, OnceLock, PoisonError, RwLock},
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// How often the directory is asked whether it has changed.
const LOOKS: Duration = Duration::from_secs(1);

/// What the server works with.
pub(crate) struct App {
    pub(crate) guard: Guard,
    pub(crate) metrics: Metrics,
    pub(crate) options: Options,
    pub(crate) registry: Registry,
    pub(crate) annotators: Annotators,
    /// The directory of the corpus; `None` where it is in memory and never changes.
    directory: Option<PathBuf>,
    opened: RwLock<(Instant, Arc<Opened>)>,
    permits: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

/// A corpus as it is at one snapshot, ready to be asked.
pub(crate) struct Opened {
    pub(crate) corpus: Corpus,
    pub(crate) engine: Engine,
    /// Short hash of the snapshot: it changes when answers may.
    pub(crate) tag: String,
    scan: OnceLock<Scanned>,
    links: OnceLock<Table>,
}

/// What a scan of the corpus says.
pub(crate) struct Scanned {
    pub(crate) rows: Vec<Row>,
    pub(crate) totals: Totals,
}

impl Opened {
    fn new(corpus: Corpus) -> Result<Self, Error> {
        let engine = Engine::open(&corpus).map_err(Error::new)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.update(&corpus.snapshot().to_le_bytes());
        if corpus.index_dir().is_none() {
            // In memory there is one snapshot, whatever the documents: their ids tell it from another server's.
            for document in corpus.documents() {
                hasher.update(document.map_err(Error::new)?.id.as_str().as_bytes());
            }
        }
        let tag = hasher.finalize().to_hex()[..16].to_owned();
        Ok(Opened { corpus, engine, tag, scan: OnceLock::new(), links: OnceLock::new() })
    }

    /// What is in the corpus: read through once, at the first request that asks.
    pub(crate) fn scan(&self) -> Result<&Scanned, Problem> {
        if let Some(scanned) = self.scan.get() {
            return Ok(scanned);
        }
        let mut scan = Scan::default();
        let mut rows = Vec::new();
        let mut files = std::collections::HashSet::new();
        for document in self.corpus.documents() {
            let document = document.map_err(|error| Problem::new(Code::Unreadable, error))?;
            files.insert(document.source.uri.clone());
            rows.push(scan.add(Summary::of(&document)));
        }
        let totals = scan.finish(files.len() as u64, 0);
        Ok(self.scan.get_or_init(|| Scanned { rows, totals }))
    }

    /// What is the same in several documents: read, or where there is nothing to read found, at the first request that
    /// asks.
    pub(crate) fn links(&self) -> Result<&Table, Problem> {
        if let Some(links) = self.links.get() {
            return Ok(links);
        }
        let links = links::of(&self.corpus).map_err(|error| Problem::new(Code::Unreadable, error))?;
        Ok(self.links.get_or_init(|| links))
    }

    /// The document with this id.
    pub(crate) fn document(&self, id: &str) -> Result<Document, Problem> {
        let missing = || {
            Problem::new(Code::NotFound, format_args!("there is no document {id:?}"))
                .hint("/v1/documents lists those there are")
        };
        let id: DocumentId = serde_json::from_value(id.into()).map_err(|_| missing())?;
        let found = self.corpus.document(&id).map_err(|error| Problem::new(Code::Unreadable, error))?;
        found.ok_or_else(missing)
    }
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
        let opened = Arc::new(Opened::new(corpus)?);
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Ok(App {
            guard,
            metrics: Metrics::default(),
            registry,
            annotators: Annotators::core(),
            directory,
            opened: RwLock::new((Instant::now(), opened)),
            permits: Arc::new(Semaphore::new(cores)),
            queue: Arc::new(Semaphore::new(options.concurrency)),
            options,
        })
    }

    /// The corpus as it is now. A directory that cannot be opened anew goes on being served as it was.
    fn opened(&self) -> Arc<Opened> {
        let (looked, opened) = {
            let held = self.opened.read().unwrap_or_else(PoisonError::into_inner);
            (held.0, Arc::clone(&held.1))
        };
        let Some(directory) = self.directory.as_deref().filter(|_| looked.elapsed() >= LOOKS) else {
            return opened;
        };
        let anew = match Corpus::open(directory) {
            Ok(corpus) if corpus.snapshot() != opened.corpus.snapshot() => Opened::new(corpus).map(Arc::new),
            Ok(_) => Ok(Arc::clone(&opened)),
            Err(error) => Err(Error::new(error)),
        };
        let anew = anew.unwrap_or_else(|error| {
            tracing::warn!(%error, "the corpus has changed and cannot be opened anew");
            opened
        });
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), Arc::clone(&anew));
        anew
    }

    /// Works on the corpus, on a thread where work may take its time.
    ///
    /// # Errors
    /// Those of the work; when too much is at work already; when it takes longer than allowed.
    pub(crate) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&App, &Opened) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let busy = || Problem::new(Code::Busy, "too many requests are at work").hint("ask again in a second");
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| busy())?;
        let app = Arc::clone(self);
        let limit = self.options.time;
        let answer = async {
            let permit = Arc::clone(&app.permits).acquire_owned().await.map_err(|_| busy())?;
            // Work that nobody waits for any more goes on to its end, and keeps its place until then.
            let worked = tokio::task::spawn_blocking(move || {
                let worked = work(&app, &app.opened());
                drop((permit, queued));
                worked
            })
            .await;
            worked.unwrap_or_else(|panic| {
                tracing::error!(%panic, "an answer panicked");
                Err(Problem::new(Code::Internal, "the answer could not be made")
                    .hint("please report the request"))
            })
        };
        tokio::time::timeout(limit, answer).await.unwrap_or_else(|_| {
            let detail = format!("no answer within {} s", limit.as_secs());
            Err(Problem::new(Code::Timeout, detail).hint("ask for less: a rarer word, a smaller limit"))
        })
    }
}
