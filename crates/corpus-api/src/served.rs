//! The corpus that is served: opened anew when it has changed, and let go while nobody asks.

use crate::{server::Error, snapshot::Snapshot};
use corpus_store::Corpus;
use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError, RwLock, Weak,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How often the directory is asked whether it has changed.
const LOOKS: Duration = Duration::from_secs(1);

/// How long an open corpus is kept that nobody asks. An open one is a transaction that reads the manifest, for whose
/// sake the file of what was lately written (the WAL) cannot become shorter.
const REST: Duration = Duration::from_secs(3);

/// The corpus that is served. What was found out about a snapshot stays; what reads its files is closed while nobody
/// asks, and opened again when somebody does.
#[derive(Debug)]
pub(crate) struct Served {
    /// The directory of the corpus; `None` where it is in memory and never changes.
    directory: Option<PathBuf>,
    held: RwLock<Held>,
    /// Held by who looks at the directory.
    looking: Mutex<()>,
    begun: Instant,
    /// When it was last asked for, in milliseconds since it was begun.
    asked: AtomicU64,
}

#[derive(Debug)]
struct Held {
    snapshot: Arc<Snapshot>,
    corpus: Option<Arc<Corpus>>,
}

impl Served {
    /// A corpus to be served; `directory` where it lies in one, which is looked at from now on.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn new(corpus: Corpus, directory: Option<PathBuf>) -> Result<Arc<Self>, Error> {
        let held = Held { snapshot: Arc::new(Snapshot::new(&corpus)?), corpus: Some(Arc::new(corpus)) };
        let served = Arc::new(Served {
            directory,
            held: RwLock::new(held),
            looking: Mutex::new(()),
            begun: Instant::now(),
            asked: AtomicU64::new(0),
        });
        if served.directory.is_some() {
            let watched = Arc::downgrade(&served);
            thread::spawn(move || watch(&watched));
        }
        Ok(served)
    }

    /// The corpus as it is now, or was a second ago, and what is known of it.
    ///
    /// # Errors
    /// When it was let go meanwhile and cannot be opened again.
    pub(crate) fn now(&self) -> Result<(Arc<Snapshot>, Arc<Corpus>), Error> {
        self.asked.store(self.milliseconds(), Ordering::Relaxed);
        if let Some(open) = self.open() {
            return Ok(open);
        }
        self.look_and(true)?;
        self.open().ok_or_else(|| Error::new("the corpus is not open"))
    }

    /// Opens the corpus anew if it has changed. One that cannot be opened goes on being served as it was, as long as
    /// that is open.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(crate) fn look(&self) -> Result<(), Error> {
        self.look_and(false)
    }

    /// As [`look`](Served::look), and where `is_wanted` is on, opens it as well if it was let go.
    fn look_and(&self, is_wanted: bool) -> Result<(), Error> {
        let Some(directory) = &self.directory else { return Ok(()) };
        let _looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let corpus = Corpus::open(directory).map_err(Error::new)?;
        let held = Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner).snapshot);
        let anew = match corpus.snapshot() == held.number {
            true => None,
            // What the index must catch up on may take its time; until then the corpus is served as it was.
            false => Some(Arc::new(Snapshot::new(&corpus)?)),
        };
        let mut holding = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let is_open = holding.corpus.is_some();
        if let Some(snapshot) = anew {
            *holding = Held { snapshot, corpus: None };
            held.retired.cancel();
        }
        if holding.corpus.is_none() && (is_open || is_wanted) {
            holding.corpus = Some(Arc::new(corpus));
        }
        Ok(())
    }

    /// Lets the open corpus go if nobody has asked for so long.
    fn rest(&self, after: Duration) {
        let idle = self.milliseconds().saturating_sub(self.asked.load(Ordering::Relaxed));
        if self.directory.is_some() && u128::from(idle) >= after.as_millis() {
            self.held.write().unwrap_or_else(PoisonError::into_inner).corpus = None;
        }
    }

    /// What is served, where the corpus is open.
    fn open(&self) -> Option<(Arc<Snapshot>, Arc<Corpus>)> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.corpus.as_ref().map(|corpus| (Arc::clone(&held.snapshot), Arc::clone(corpus)))
    }

    fn milliseconds(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Looks at the directory again and again, as long as its corpus is served.
fn watch(served: &Weak<Served>) {
    let mut was_there = true;
    while let Some(served) = served.upgrade() {
        let looked = served.look();
        if let Err(error) = &looked
            && was_there
        {
            tracing::warn!(%error, "the corpus cannot be opened anew");
        }
        was_there = looked.is_ok();
        served.rest(REST);
        drop(served);
        thread::sleep(LOOKS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Parser, Record, text::Text};
    use corpus_store::{Options, Writer};

    fn add(directory: &std::path::Path, name: &str) {
        let text = format!("The ferry {name} left the old quay on Monday, before the ice came.\n");
        let documents = Text::new().parse_all(&Record::new(name, text.as_bytes()));
        let mut writer = Writer::open(directory, Options::new()).unwrap();
        writer.add(&documents, None).unwrap();
        writer.finish().unwrap();
    }

    #[test]
    fn a_corpus_that_nobody_asks_is_let_go_and_opened_again_as_it_is_then() {
        let folder = tempfile::tempdir().unwrap();
        let directory = folder.path().join("pages.corpus");
        add(&directory, "Alma");
        let served = Served::new(Corpus::open(&directory).unwrap(), Some(directory.clone())).unwrap();
        let (first, corpus) = served.now().unwrap();
        drop(corpus);
        served.rest(Duration::from_secs(60));
        assert!(served.open().is_some(), "it was asked a moment ago");
        served.rest(Duration::ZERO);
        assert!(served.open().is_none());
        let (same, _) = served.now().unwrap();
        assert!(Arc::ptr_eq(&first, &same), "what is known of it stays known");
        served.rest(Duration::ZERO);
        add(&directory, "Berta");
        let (second, corpus) = served.now().unwrap();
        assert!(second.number > first.number);
        assert_eq!(corpus.n_documents(), 2);
        assert!(first.retired.is_over());
    }
}
