//! The way of records into a corpus directory: parsed by several threads, added in input order, gone on with where an
//! interrupted build stopped.

use crate::{
    app::Session,
    console::Console,
    copies::Sketched,
    corpus::failure,
    dupes,
    failure::Failure,
    input::{self, Input},
    number::Counted,
    progress,
    set_aside::SetAside,
    stages::{Stage, Stages},
    stream::Screen,
};
use corpus_annotate::Annotators;
use corpus_core::Document;
use corpus_dedup::Pile;
use corpus_query::FreshIndex;
use corpus_read::{Packed, Records, Reject, map_in_order};
use corpus_store::{Added, Checkpoint, Checkpoints, Writer};
use std::{
    error::Error,
    fs, iter,
    ops::ControlFlow,
    sync::{Arc, Mutex, PoisonError},
};

/// What went into a corpus.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ingested {
    /// Files read.
    pub(crate) files: u64,
    /// Documents found, those found before an interruption included.
    pub(crate) documents: u64,
    /// Those found before an interruption, or by an earlier build of the same files.
    pub(crate) before: u64,
    /// Documents that are new to the corpus.
    pub(crate) new: u64,
    /// Documents that the corpus had, from the same place.
    pub(crate) known: u64,
    /// Documents that the corpus had, from another place.
    pub(crate) again: u64,
    /// Documents that the corpus had, from a file that is there no longer.
    pub(crate) moved: u64,
    /// Documents of earlier builds that new ones supersede.
    pub(crate) superseded: u64,
    /// Documents left out because they were removed once.
    pub(crate) removed: u64,
    /// Records set aside.
    pub(crate) set_aside: u64,
    /// Bytes read.
    pub(crate) bytes: u64,
}

/// What became of a record.
enum Worked {
    /// It was read before.
    Skipped(Arc<State>),
    Documents(Parsed),
}

/// The documents of a record.
struct Parsed {
    state: Arc<State>,
    index: u64,
    documents: Vec<Document>,
    /// What is compared of each, where all documents pass by.
    sketches: Vec<Sketched>,
    /// The record, where it is not the text of its one document.
    bytes: Option<Vec<u8>>,
}

/// An input and the state it is in.
struct State {
    /// Where it lies, as the manifest names it; `None` where that is not known, so that there is no going on.
    path: Option<String>,
    stamp: String,
    /// What was read of it before.
    before: Checkpoint,
}

/// What takes the documents that are new to a corpus while they are at hand.
#[derive(Debug, Default)]
pub(crate) struct Fresh {
    /// For finding copies.
    pub(crate) pile: Option<Pile>,
    /// For finding words.
    pub(crate) index: Option<FreshIndex>,
    /// Whether the index could not be written, so that the next question makes it.
    pub(crate) is_unindexed: bool,
}

impl Fresh {
    /// Does without the index, which can be made at any time, since it could not be written.
    pub(crate) fn give_up_index(&mut self, error: &corpus_query::Error, console: &Console) {
        self.index = None;
        self.is_unindexed = true;
        let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        console.warning(format_args!("the index could not be written: {cause}"));
        console
            .hint("the documents are not in danger; the next question makes the index, where there is room");
    }
}

/// Reads `records`, which `input` names, into a corpus; `fresh` takes what is new to it.
///
/// # Errors
/// When nothing can be read, or the corpus not be written. What was committed until then stays.
pub(crate) fn ingest(
    session: &mut Session,
    input: &Input,
    mut records: Records,
    annotators: Option<&Annotators>,
    writer: &mut Writer,
    fresh: &mut Fresh,
    stages: &Stages,
) -> Result<Ingested, Failure> {
    let choice = input.parser(&session.program.parsers)?;
    let mut set_aside = SetAside::new(input.rejects.as_deref())?;
    let bar = progress::bar(&mut session.console, &mut records, Screen::Free);
    let console = &session.console;
    let counters = records.progress();
    let states = States {
        way: input.way(),
        checkpoints: writer.checkpoints().map_err(failure)?,
        last: Mutex::new(None),
    };
    let with_sketches = fresh.pile.is_some();
    let mut adding = Adding { writer, console, fresh, stages, current: None, total: Ingested::default() };
    let mut failed = None;
    let work = |packed: Result<Packed, Reject>| -> Result<Worked, Reject> {
        let packed = packed?;
        let state = states.of(packed.uri());
        let index = packed.place().map_or(0, |place| place.index);
        if index < state.before.records {
            // What was set aside then is named again: whoever reads this may not have seen it.
            if state.before.set_aside > 0 {
                packed.unpack()?;
            }
            return Ok(Worked::Skipped(state));
        }
        let record = stages.time(Stage::Read, || packed.unpack())?;
        let mut documents = Vec::new();
        stages.time(Stage::Parse, || choice.parse(&record, &mut |document| documents.push(document)));
        if let Some(annotators) = annotators {
            let all = |documents: &mut [Document]| {
                documents.iter_mut().for_each(|document| annotators.annotate(document));
            };
            stages.time(Stage::Annotate, || all(&mut documents));
        }
        let is_text = matches!(&documents[..], [document] if document.text.as_bytes() == &*record.bytes);
        let bytes = (!is_text).then(|| record.bytes.into_owned());
        let sketches = match with_sketches {
            true => stages.time(Stage::Compare, || documents.iter().map(Sketched::of).collect()),
            false => Vec::new(),
        };
        Ok(Worked::Documents(Parsed { state, index, documents, sketches, bytes }))
    };
    let mut records = records;
    let timed = iter::from_fn(|| stages.time(Stage::Read, || records.next()));
    let weigh = |item: &Result<Packed, Reject>| item.as_ref().map_or(0, Packed::len);
    map_in_order(timed, input.jobs(), weigh, work, |worked| {
        bar.set_position(counters.bytes());
        let step = match worked {
            Ok(Worked::Skipped(state)) => adding.enter(&state),
            Ok(Worked::Documents(parsed)) => adding.add(parsed),
            Err(reject) => {
                let state = states.of(&reject.uri);
                adding.set_aside(&state, reject.index).and_then(|()| set_aside.push(&reject, console))
            }
        };
        match step {
            Ok(()) => ControlFlow::Continue(()),
            Err(failure) => {
                failed = Some(failure);
                ControlFlow::Break(())
            }
        }
    });
    bar.finish_and_clear();
    if let Some(failure) = failed {
        return Err(failure);
    }
    let mut total = adding.finish()?;
    set_aside.finish(total.documents, console)?;
    input::left_out(counters.links(), counters.special(), console);
    total.files = counters.files();
    total.bytes = counters.bytes();
    Ok(total)
}

/// The states of inputs, the last one kept: records of one file come together.
struct States {
    /// How records are read, which is part of an input's state.
    way: String,
    checkpoints: Checkpoints,
    last: Mutex<Option<(String, Arc<State>)>>,
}

impl States {
    fn of(&self, uri: &str) -> Arc<State> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, state)) = &*last
            && known == uri
        {
            return Arc::clone(state);
        }
        let state = Arc::new(self.look(uri));
        *last = Some((uri.to_owned(), Arc::clone(&state)));
        state
    }

    fn look(&self, uri: &str) -> State {
        let found = fs::canonicalize(uri).ok().and_then(|path| {
            let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
            let stamp = format!("{} {}", input::stamp(&metadata)?, self.way);
            Some((path.to_str()?.to_owned(), stamp))
        });
        match found {
            None => State { path: None, stamp: String::new(), before: Checkpoint::default() },
            Some((path, stamp)) => {
                let before = self.checkpoints.of(&path, &stamp).unwrap_or_default();
                State { before, path: Some(path), stamp }
            }
        }
    }
}

/// A corpus that records are added to.
struct Adding<'a> {
    writer: &'a mut Writer,
    console: &'a Console,
    fresh: &'a mut Fresh,
    stages: &'a Stages,
    /// The input that is read now, and how far.
    current: Option<(Arc<State>, Checkpoint)>,
    total: Ingested,
}

impl Adding<'_> {
    /// Begins with an input, unless it is the one that is read.
    fn enter(&mut self, state: &Arc<State>) -> Result<(), Failure> {
        let is_current =
            self.current.as_ref().is_some_and(|(current, _)| match (&current.path, &state.path) {
                (Some(current), Some(path)) => current == path,
                _ => Arc::ptr_eq(current, state),
            });
        if !is_current {
            self.note();
            let before = state.before;
            self.total.documents += before.documents;
            self.total.before += before.documents;
            self.total.set_aside += before.set_aside;
            self.current = Some((Arc::clone(state), before));
        }
        Ok(())
    }

    /// Tells the writer how far the input was read.
    fn note(&mut self) {
        if let Some((state, checkpoint)) = &self.current
            && let (Some(path), true) = (&state.path, *checkpoint != state.before)
        {
            self.writer.set_checkpoint(path, &state.stamp, *checkpoint);
        }
    }

    fn add(&mut self, parsed: Parsed) -> Result<(), Failure> {
        let Parsed { state, index, documents, sketches, bytes } = parsed;
        self.enter(&state)?;
        let mut sketches = sketches.into_iter();
        let added = self.stages.time(Stage::Store, || self.writer.add(&documents, bytes)).map_err(failure)?;
        for (document, added) in documents.iter().zip(added) {
            if let (Added::New { .. }, Some(Sketched { label, sketch, keys })) = (added, sketches.next()) {
                if let Some(pile) = &mut self.fresh.pile {
                    let piled = self.stages.time(Stage::Compare, || pile.add(&label, &sketch));
                    piled.map_err(dupes::failure)?;
                }
                if let Some(index) = &mut self.fresh.index
                    && let Err(error) = self.stages.time(Stage::Index, || index.add(document, &keys))
                {
                    self.fresh.give_up_index(&error, self.console);
                }
            }
            match added {
                Added::New { superseded } => {
                    self.total.new += 1;
                    self.total.superseded += superseded;
                }
                Added::Known => self.total.known += 1,
                Added::Again => self.total.again += 1,
                Added::Moved => self.total.moved += 1,
                Added::Removed => {
                    self.total.removed += 1;
                    let place = document.source.located().name();
                    self.console.note(format_args!("{place} is left out: the page was removed"));
                }
                _ => {}
            }
        }
        let n_documents = documents.len() as u64;
        self.total.documents += n_documents;
        if let Some((_, checkpoint)) = &mut self.current {
            checkpoint.records = index + 1;
            checkpoint.documents += n_documents;
        }
        self.commit_when_full()
    }

    /// Counts a record that was set aside, unless it was counted before. A file that gives no record at all is looked at
    /// again by each build, since what is wrong may be mended.
    fn set_aside(&mut self, state: &Arc<State>, index: Option<u64>) -> Result<(), Failure> {
        self.enter(state)?;
        match (index, &mut self.current) {
            (Some(index), Some((_, checkpoint))) => {
                if index < checkpoint.records {
                    return Ok(());
                }
                checkpoint.records = index + 1;
                checkpoint.set_aside += 1;
                self.total.set_aside += 1;
                self.commit_when_full()
            }
            _ => {
                self.total.set_aside += 1;
                Ok(())
            }
        }
    }

    fn commit_when_full(&mut self) -> Result<(), Failure> {
        if self.writer.is_full() { self.commit() } else { Ok(()) }
    }

    /// Commits; a note before and one after say so to those who asked for more.
    fn commit(&mut self) -> Result<(), Failure> {
        self.note();
        if self.writer.has_changes() {
            self.console.note("committing");
            let snapshot = self.stages.time(Stage::Store, || self.writer.commit()).map_err(failure)?;
            let is_known = self.total.new == 0 && self.total.known + self.total.again + self.total.moved > 0;
            let known = if is_known { ": what was read was there already" } else { "" };
            let new = Counted(self.total.new, "new document");
            self.console.note(format_args!("snapshot {snapshot}, {new}{known}"));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Ingested, Failure> {
        self.commit()?;
        Ok(self.total)
    }
}
