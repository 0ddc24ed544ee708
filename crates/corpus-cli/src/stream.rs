//! The way through: what is named is read, worked on by several threads, and comes out in the order of the input.

use crate::{
    app::Session,
    console::Console,
    corpus,
    failure::Failure,
    input::{self, Choice, Input},
    number::{Count, Counted},
    outcome::Outcome,
    progress,
    set_aside::SetAside,
};
use corpus_annotate::Annotators;
use corpus_core::{Document, Record};
use corpus_read::{Progress, Records, Reject, SidecarRows, in_order, map_in_order};
use corpus_store::{Corpus, is_corpus};
use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    ops::ControlFlow,
    time::Instant,
};

/// How a stream ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ended {
    /// Files read.
    pub(crate) files: u64,
    /// Documents handed on.
    pub(crate) documents: u64,
    /// Records set aside.
    pub(crate) set_aside: u64,
    /// Whether the reader of the result went away before the end.
    pub(crate) early: bool,
}

impl Ended {
    /// Of a corpus directory, which need not be read to be asked.
    pub(crate) const fn at_rest(corpus: &Corpus) -> Self {
        Ended { files: 1, documents: corpus.n_documents(), set_aside: 0, early: false }
    }

    /// What that means for the exit code.
    pub(crate) const fn outcome(self) -> Outcome {
        match self {
            Ended { early: true, .. } => Outcome::Done,
            Ended { set_aside: 1.., documents: 0, .. } => Outcome::AllSetAside,
            Ended { set_aside: 1.., .. } => Outcome::SetAside,
            Ended { documents: 0, .. } => Outcome::Nothing,
            _ => Outcome::Done,
        }
    }
}

/// Where the result of a stream goes, as far as a progress bar must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Results come while the stream runs, on the terminal where the bar would be.
    Taken,
    /// The terminal, if there is one, is free until the end.
    Free,
}

/// What is found in documents that are parsed on the way. Those of a corpus have it at rest.
#[derive(Clone, Copy)]
pub(crate) enum Finding<'a> {
    /// Nothing: blocks and their roles are enough.
    Nothing,
    /// When articles were published that do not say so themselves.
    Dates,
    /// Facts.
    Facts(&'a Annotators),
}

/// What is worked on.
pub(crate) enum Found<'a> {
    /// A record, to be parsed.
    Record(Choice<'a>, &'a Record<'a>),
    /// A document of a corpus.
    Document(Box<Document>),
}

/// Reads what `input` names, files as well as corpora; `work` turns the documents of a record into a result, on several
/// threads, and `emit` takes the results in input order, `false` to stop.
///
/// Only as many records as there are threads at work are held, however large the input.
///
/// # Errors
/// When nothing can be read, and when `emit` fails.
pub(crate) fn stream<T: Default + Send>(
    session: &mut Session,
    input: &Input,
    screen: Screen,
    finding: Finding<'_>,
    work: impl Fn(&mut T, Document) + Sync,
    emit: impl FnMut(T) -> Result<bool, Failure>,
) -> Result<Ended, Failure> {
    let dates = matches!(finding, Finding::Dates).then(Annotators::dates);
    let annotators = match finding {
        Finding::Facts(annotators) => Some(annotators),
        _ => dates.as_ref(),
    };
    let facts = matches!(finding, Finding::Facts(_));
    let work = |found: Found<'_>| {
        let mut result = T::default();
        let mut count = 0;
        match found {
            Found::Record(choice, record) => choice.parse(record, &mut |mut document| {
                count += 1;
                if let Some(annotators) = annotators.filter(|_| facts || is_undated(&document)) {
                    annotators.annotate(&mut document);
                }
                work(&mut result, document);
            }),
            Found::Document(document) => {
                count += 1;
                work(&mut result, *document);
            }
        }
        (result, count)
    };
    stream_found(session, input, screen, facts, work, emit)
}

/// As [`stream`], for whole documents: `emit` takes those of a record together.
///
/// # Errors
/// As [`stream`].
pub(crate) fn stream_documents(
    session: &mut Session,
    input: &Input,
    screen: Screen,
    finding: Finding<'_>,
    emit: impl FnMut(Vec<Document>) -> Result<bool, Failure>,
) -> Result<Ended, Failure> {
    stream(session, input, screen, finding, Vec::push, emit)
}

/// Whether a page has an article that does not say when it was published.
fn is_undated(document: &Document) -> bool {
    document.parts.iter().any(|part| part.kind.is_article() && part.published.is_none())
}

/// As [`stream`], for work on records that need not all be parsed: `work` gives a result and a number of documents. Those
/// of a corpus come with their facts where `facts` are asked for.
///
/// # Errors
/// As [`stream`].
pub(crate) fn stream_found<T: Send>(
    session: &mut Session,
    input: &Input,
    screen: Screen,
    facts: bool,
    work: impl Fn(Found<'_>) -> (T, u64) + Sync,
    emit: impl FnMut(T) -> Result<bool, Failure>,
) -> Result<Ended, Failure> {
    let begun = Instant::now();
    let choice = input.parser(&session.program.parsers)?;
    let sources = Source::all(input)?;
    let mut through = Through {
        emit,
        set_aside: SetAside::new(input.rejects.as_deref())?,
        documents: 0,
        files: 0,
        bytes: 0,
        links: 0,
        special: 0,
        ended: None,
    };
    for source in sources {
        match source {
            Source::Records(mut records) => {
                let bar = progress::bar(&mut session.console, &mut records, screen);
                let console = &session.console;
                let (counters, rows) = (records.progress(), records.sidecar_rows());
                in_order(
                    *records,
                    input.jobs(),
                    |packed| {
                        let packed = packed?;
                        let record = packed.unpack()?;
                        Ok(work(Found::Record(choice, &record)))
                    },
                    |worked| {
                        bar.set_position(counters.bytes());
                        match worked {
                            Ok((result, count)) => through.take(result, count),
                            Err(reject) => through.put_aside(&reject, console),
                        }
                    },
                );
                bar.finish_and_clear();
                through.files += counters.files();
                through.bytes += counters.bytes();
                through.links += counters.links();
                through.special += counters.special();
                if through.ended.is_none() {
                    passed_over(&counters, through.documents, console);
                    unmatched(&rows, console);
                }
            }
            Source::Corpus(corpus) => through.read(&corpus, input, facts, &work),
        }
        if through.ended.is_some() {
            break;
        }
    }
    through.finish(input, &session.console, begun)
}

/// Something that is read from, opened.
enum Source {
    Records(Box<Records>),
    Corpus(Corpus),
}

impl Source {
    /// Opens everything that is named before anything is read.
    fn all(input: &Input) -> Result<Vec<Source>, Failure> {
        let are_files = |a: &_, b: &_| !is_corpus(a) && !is_corpus(b);
        let sources = input.paths.chunk_by(|a, b| are_files(a, b)).map(|paths| match paths {
            [path] if is_corpus(path) => Corpus::open(path).map(Source::Corpus).map_err(corpus::failure),
            paths => input.of(paths.to_vec()).open().map(|records| Source::Records(Box::new(records))),
        });
        sources.collect()
    }
}

/// What has come through so far, and where it goes.
struct Through<E> {
    emit: E,
    set_aside: SetAside,
    documents: u64,
    files: u64,
    bytes: u64,
    /// Links and special files in folders that were left out.
    links: u64,
    special: u64,
    /// How it ended before the end of the input.
    ended: Option<Result<(), Failure>>,
}

impl<E> Through<E> {
    fn take<T>(&mut self, result: T, n_documents: u64) -> ControlFlow<()>
    where
        E: FnMut(T) -> Result<bool, Failure>,
    {
        self.documents += n_documents;
        let step = (self.emit)(result);
        self.go_on(step)
    }

    fn put_aside(&mut self, reject: &Reject, console: &Console) -> ControlFlow<()> {
        let step = self.set_aside.push(reject, console).map(|()| true);
        self.go_on(step)
    }

    fn go_on(&mut self, step: Result<bool, Failure>) -> ControlFlow<()> {
        self.ended = match step {
            Ok(true) => return ControlFlow::Continue(()),
            Ok(false) => Some(Ok(())),
            Err(failure) => Some(Err(failure)),
        };
        ControlFlow::Break(())
    }

    /// Reads the documents of a corpus.
    fn read<T: Send>(
        &mut self,
        corpus: &Corpus,
        input: &Input,
        facts: bool,
        work: &(impl Fn(Found<'_>) -> (T, u64) + Sync),
    ) where
        E: FnMut(T) -> Result<bool, Failure>,
    {
        let documents = corpus.documents();
        let documents = if facts { documents } else { documents.without_annotations() };
        let mut files = HashSet::new();
        map_in_order(
            documents,
            input.jobs(),
            |document| document.as_ref().map_or(0, |document| document.text.len()),
            |document| {
                let document = document.map_err(corpus::failure)?;
                let mut hasher = DefaultHasher::new();
                document.source.uri.hash(&mut hasher);
                let n_bytes = document.text.len() as u64;
                Ok((hasher.finish(), n_bytes, work(Found::Document(Box::new(document)))))
            },
            |worked: Result<_, Failure>| match worked {
                Ok((file, n_bytes, (result, count))) => {
                    files.insert(file);
                    self.bytes += n_bytes;
                    self.take(result, count)
                }
                Err(failure) => self.go_on(Err(failure)),
            },
        );
        self.files += files.len() as u64;
    }

    fn finish(self, input: &Input, console: &Console, begun: Instant) -> Result<Ended, Failure> {
        let Through { mut set_aside, documents, files, bytes, links, special, ended, .. } = self;
        let early = ended.transpose()?.is_some();
        set_aside.finish(documents, console)?;
        if !early {
            input::left_out(links, special, console);
        }
        let ended = Ended { files, documents, set_aside: set_aside.count(), early };
        if documents == 0 && ended.set_aside == 0 && !early {
            input.found_nothing(console);
        }
        let seconds = begun.elapsed().as_secs_f64();
        console.note(format_args!(
            "{} of {} in {seconds:.1} s, {:.1} MB/s",
            Counted(documents, "document"),
            Counted(files, "file"),
            bytes as f64 / 1e6 / seconds.max(1e-9),
        ));
        Ok(ended)
    }
}

/// Says what records of archives were passed over; to everybody where nothing else was there.
fn passed_over(counters: &Progress, documents: u64, console: &Console) {
    let kinds: Vec<_> =
        counters.passed_over().map(|(skip, n)| format!("{} {}", Count(n), skip.what())).collect();
    if kinds.is_empty() {
        return;
    }
    let message = format!("passed over as no page: {}", kinds.join(", "));
    if documents == 0 { console.hint(message) } else { console.note(message) }
}

/// Says how many rows of metadata no record was joined with, and names the first.
fn unmatched(rows: &SidecarRows, console: &Console) {
    /// So many are named.
    const NAMED: usize = 3;
    let count = rows.unmatched().count();
    if count == 0 {
        return;
    }
    let mut names: Vec<_> =
        rows.unmatched().filter(|name| !name.is_empty()).take(NAMED).map(str::to_owned).collect();
    if names.len() < count {
        names.push("…".to_owned());
    }
    let rows = Counted(count as u64, "row");
    console.warning(format_args!("{rows} of the metadata match no record: {}", names.join(", ")));
    console.hint("a row is joined by file name or id; --map file=COLUMN,id=COLUMN names the columns");
}
