//! A snapshot: the corpus as it is at one moment, with what was found out about all of it.

use crate::{
    answered::Answered,
    once::Once,
    problem::{Code, Problem},
    server::Error,
};
use corpus_annotate::link::Table;
use corpus_core::{Document, DocumentId};
use corpus_query::{
    Agreements, Clusters, Deadline, Engine, ErrorKind, Happening, Happenings, NamedAgreement, People,
    PeopleOptions, Person, PersonKind, Statement, StatementOptions, Statements, Timeline, TimelineBuilder,
    links,
    scan::{Row, Scan, Summary, Totals},
};
use corpus_store::{Corpus, Documents};
use std::{
    collections::{HashMap, HashSet},
    num::NonZeroUsize,
    ops::Deref,
    sync::Arc,
};

/// What is known of a corpus as it is at one moment.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// Number of the corpus's snapshot; 0 in memory.
    pub(crate) number: u64,
    /// Short hash of the snapshot: it changes when answers may.
    pub(crate) tag: String,
    /// Over as soon as a later snapshot has taken its place.
    pub(crate) retired: Deadline,
    /// Answers that were given.
    pub(crate) answered: Answered,
    engine: Engine,
    scanned: Once<Scanned>,
    links: Once<Table>,
    told: Once<Told>,
    known_clusters: Once<Option<Arc<Clusters>>>,
    clusters: Once<Clusters>,
}

/// A snapshot as one request asks it, until its deadline.
pub(crate) struct Opened {
    snapshot: Arc<Snapshot>,
    pub(crate) corpus: Arc<Corpus>,
    pub(crate) engine: Engine,
    pub(crate) deadline: Deadline,
}

/// What a scan of the corpus says.
#[derive(Debug)]
pub(crate) struct Scanned {
    pub(crate) rows: Vec<Row>,
    pub(crate) totals: Totals,
    /// Path or address of each document.
    uris: Vec<String>,
    by_id: HashMap<String, usize>,
    /// Which other documents share blocks with each, earlier and later ones, and how many blocks.
    shared: Vec<Vec<(usize, u64)>>,
}

/// What the documents tell, with copies.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) statements: Vec<Statement>,
    pub(crate) events: Vec<Happening>,
    pub(crate) agreements: Vec<NamedAgreement>,
    pub(crate) timeline: Timeline,
    /// Persons, bodies, outlets and places.
    pub(crate) people: Vec<Person>,
}

impl Snapshot {
    /// A corpus as it is now, made ready to be asked.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn new(corpus: &Corpus) -> Result<Self, Error> {
        let engine = Engine::open(corpus).map_err(Error::new)?;
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
        Ok(Snapshot {
            number: corpus.snapshot(),
            tag,
            retired: Deadline::none(),
            answered: Answered::default(),
            engine,
            scanned: Once::default(),
            links: Once::default(),
            told: Once::default(),
            known_clusters: Once::default(),
            clusters: Once::default(),
        })
    }

    /// Hands documents to `sink` until a later snapshot has taken the place of this one.
    pub(crate) fn each(
        &self,
        documents: Documents<'_>,
        mut sink: impl FnMut(Document),
    ) -> Result<(), Problem> {
        for document in documents {
            self.retired.check().map_err(|_| {
                Problem::new(Code::Busy, "the corpus has changed meanwhile").hint("ask again")
            })?;
            sink(document.map_err(unreadable_store)?);
        }
        Ok(())
    }
}

impl Opened {
    /// A snapshot, asked until a deadline.
    pub(crate) fn new(snapshot: Arc<Snapshot>, corpus: Arc<Corpus>, deadline: Deadline) -> Self {
        let engine = snapshot.engine.until(deadline.clone());
        Opened { snapshot, corpus, engine, deadline }
    }

    /// The snapshot and its corpus, for a thread of their own.
    fn both(&self) -> (Arc<Snapshot>, Arc<Corpus>) {
        (Arc::clone(&self.snapshot), Arc::clone(&self.corpus))
    }

    /// What is in the corpus: read through once, at the first request that asks.
    pub(crate) fn scan(&self) -> Result<Arc<Scanned>, Problem> {
        let (snapshot, corpus) = self.both();
        self.snapshot.scanned.get(&self.deadline, move || Scanned::of(&snapshot, &corpus))
    }

    /// What is in the corpus, if somebody has asked.
    pub(crate) fn scan_if_made(&self) -> Option<Arc<Scanned>> {
        self.snapshot.scanned.made()
    }

    /// What the documents tell, if somebody has asked.
    pub(crate) fn told_if_made(&self) -> Option<Arc<Told>> {
        self.snapshot.told.made()
    }

    /// What is the same in several documents: read, or where there is nothing to read found, at the first request that
    /// asks.
    pub(crate) fn links(&self) -> Result<Arc<Table>, Problem> {
        let corpus = Arc::clone(&self.corpus);
        self.snapshot.links.get(&self.deadline, move || links::of(&corpus).map_err(unreadable))
    }

    /// What the documents tell: read through once, at the first request that asks.
    pub(crate) fn told(&self) -> Result<Arc<Told>, Problem> {
        let links = self.links()?;
        let (snapshot, corpus) = self.both();
        self.snapshot.told.get(&self.deadline, move || Told::of(&snapshot, &corpus, &links))
    }

    /// The copies, as they were found when the corpus was built, else found now.
    pub(crate) fn clusters(&self) -> Result<Arc<Clusters>, Problem> {
        let corpus = Arc::clone(&self.corpus);
        let known = self.snapshot.known_clusters.get(&self.deadline, move || {
            Clusters::known(&corpus).map(|known| known.map(Arc::new)).map_err(unreadable)
        })?;
        match &*known {
            Some(known) => Ok(Arc::clone(known)),
            None => self.shared_blocks(),
        }
    }

    /// The copies and the blocks that documents share, found at the first request that asks.
    pub(crate) fn shared_blocks(&self) -> Result<Arc<Clusters>, Problem> {
        let (snapshot, corpus) = self.both();
        self.snapshot.clusters.get(&self.deadline, move || {
            let retired = &snapshot.retired;
            let documents = corpus.documents().without_annotations();
            let documents = documents.map(|document| {
                retired.check()?;
                Ok::<_, corpus_query::Error>(document?)
            });
            Clusters::find(documents, NonZeroUsize::MIN).map_err(unreadable)
        })
    }

    /// The document with this id, or that which its record's id or its file calls so, where that is one.
    pub(crate) fn document(&self, id: &str) -> Result<Document, Problem> {
        let missing = || {
            Problem::new(Code::NotFound, format_args!("there is no document {id:?}"))
                .hint("/v1/documents lists those there are")
        };
        let named = || -> Result<DocumentId, Problem> {
            match &self.corpus.named(id, 2).map_err(unreadable_store)?[..] {
                [] => Err(missing()),
                [id] => Ok(id.clone()),
                _ => Err(Problem::new(Code::NotFound, format_args!("{id:?} is several documents"))
                    .hint("name one by its id, as /v1/documents gives it")),
            }
        };
        let exact = serde_json::from_value(id.into()).map(|id| self.corpus.document(&id));
        match exact.unwrap_or(Ok(None)).map_err(unreadable_store)? {
            Some(document) => Ok(document),
            None => self.corpus.document(&named()?).map_err(unreadable_store)?.ok_or_else(missing),
        }
    }
}

impl Deref for Opened {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.snapshot
    }
}

impl Scanned {
    fn of(snapshot: &Snapshot, corpus: &Corpus) -> Result<Self, Problem> {
        let mut scan = Scan::default();
        let (mut rows, mut uris) = (Vec::new(), Vec::new());
        snapshot.each(corpus.documents().without_annotations(), |document| {
            rows.push(scan.add(Summary::of(&document)));
            uris.push(document.source.uri);
        })?;
        let files = uris.iter().collect::<HashSet<_>>().len() as u64;
        let totals = scan.finish(files, 0);
        let by_id = rows.iter().enumerate().map(|(index, row)| (row.id.clone(), index)).collect();
        let mut shared: Vec<Vec<(usize, u64)>> = vec![Vec::new(); rows.len()];
        for (index, row) in rows.iter().enumerate() {
            for with in &row.shared {
                let Some(other) = usize::try_from(with.number).ok().and_then(|number| number.checked_sub(1))
                else {
                    continue;
                };
                shared[index].push((other, with.blocks));
                if let Some(of_other) = shared.get_mut(other) {
                    of_other.push((index, with.blocks));
                }
            }
        }
        Ok(Scanned { rows, totals, uris, by_id, shared })
    }

    /// Number of a document in the order of the corpus, from 0.
    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Path or address of the document with this number.
    pub(crate) fn uri(&self, index: usize) -> &str {
        self.uris.get(index).map_or("", String::as_str)
    }

    /// The documents that share blocks with the one of this number, and how many blocks; earlier and later ones.
    pub(crate) fn shared(&self, index: usize) -> impl Iterator<Item = (&Row, u64)> {
        let with = self.shared.get(index).map_or(&[][..], Vec::as_slice);
        with.iter().filter_map(|(other, blocks)| Some((self.rows.get(*other)?, *blocks)))
    }
}

impl Told {
    fn of(snapshot: &Snapshot, corpus: &Corpus, links: &Table) -> Result<Self, Problem> {
        let mut statements = Vec::new();
        let mut gatherer = Statements::new(links, StatementOptions::new().duplicates(true));
        let (mut happenings, mut agreements) = (Happenings::new(links), Agreements::new(links));
        let mut timeline = TimelineBuilder::new(links);
        let kinds = [PersonKind::Person, PersonKind::Organisation, PersonKind::Outlet, PersonKind::Place];
        let mut people = People::new(links, PeopleOptions::new().kinds(kinds));
        snapshot.each(corpus.documents(), |document| {
            statements.extend(gatherer.of(&document));
            happenings.add(&document);
            agreements.add(&document);
            timeline.add(&document);
            people.add(&document);
        })?;
        Ok(Told {
            statements,
            events: happenings.finish(),
            agreements: agreements.finish(),
            timeline: timeline.finish(),
            people: people.finish(),
        })
    }
}

/// What helps where a corpus cannot be read.
const VERIFY: &str = "`corpus verify DIR`, where the server runs, says what is damaged";

/// The corpus could not be asked.
pub(crate) fn unreadable(error: corpus_query::Error) -> Problem {
    match error.kind() {
        ErrorKind::Cursor => Problem::new(Code::BadParameter, format_args!("cursor: {error}"))
            .hint("take `next` of an answer, or none for the first page"),
        ErrorKind::Deadline => Problem::new(Code::Timeout, "the answer took longer than allowed"),
        _ => {
            tracing::error!(%error, "the corpus cannot be asked");
            Problem::new(Code::Unreadable, error).hint(VERIFY)
        }
    }
}

/// The corpus could not be read.
pub(crate) fn unreadable_store(error: corpus_store::Error) -> Problem {
    tracing::error!(%error, "the corpus cannot be read");
    Problem::new(Code::Unreadable, error).hint(VERIFY)
}
