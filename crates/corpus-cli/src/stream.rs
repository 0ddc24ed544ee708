//! The way through: records read, worked on by several threads, results in input order.

use crate::{
    app::Session,
    console::Console,
    failure::Failure,
    input::{Choice, Input},
    number::{Count, Counted},
    outcome::Outcome,
    progress,
    set_aside::SetAside,
};
use corpus_core::{Document, Record};
use corpus_read::{Progress, SidecarRows, in_order};
use std::{ops::ControlFlow, time::Instant};

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

/// Reads what `input` names; `work` turns the documents of a record into a result, on several threads, and `emit`
/// takes the results in input order, `false` to stop.
///
/// Only as many records as there are threads at work are held, however large the input.
///
/// # Errors
/// When nothing can be read, and when `emit` fails.
pub(crate) fn stream<T: Default + Send>(
    session: &mut Session,
    input: &Input,
    screen: Screen,
    work: impl Fn(&mut T, Document) + Sync,
    emit: impl FnMut(T) -> Result<bool, Failure>,
) -> Result<Ended, Failure> {
    let parse = |choice: Choice<'_>, record: &Record<'_>| {
        let mut result = T::default();
        let mut count = 0;
        choice.parse(record, &mut |document| {
            count += 1;
            work(&mut result, document);
        });
        (result, count)
    };
    stream_records(session, input, screen, parse, emit)
}

/// As [`stream`], for work on records that need not all be parsed: `work` gives a result and a number of documents.
///
/// # Errors
/// As [`stream`].
pub(crate) fn stream_records<T: Send>(
    session: &mut Session,
    input: &Input,
    screen: Screen,
    work: impl Fn(Choice<'_>, &Record<'_>) -> (T, u64) + Sync,
    mut emit: impl FnMut(T) -> Result<bool, Failure>,
) -> Result<Ended, Failure> {
    let begun = Instant::now();
    let choice = input.parser(&session.registry)?;
    let mut records = input.open()?;
    let mut set_aside = SetAside::new(input.rejects.as_deref())?;
    let bar = progress::bar(&mut session.console, &mut records, screen);
    let console = &session.console;
    let (counters, rows) = (records.progress(), records.sidecar_rows());
    let mut documents = 0;
    let mut stopped: Option<Result<(), Failure>> = None;
    in_order(
        records,
        input.jobs(),
        |packed| {
            let packed = packed?;
            let record = packed.unpack()?;
            Ok(work(choice, &record))
        },
        |worked| {
            bar.set_position(counters.bytes());
            let step = match worked {
                Ok((result, count)) => {
                    documents += count;
                    emit(result)
                }
                Err(reject) => set_aside.push(&reject, console).map(|()| true),
            };
            match step {
                Ok(true) => ControlFlow::Continue(()),
                Ok(false) => {
                    stopped = Some(Ok(()));
                    ControlFlow::Break(())
                }
                Err(failure) => {
                    stopped = Some(Err(failure));
                    ControlFlow::Break(())
                }
            }
        },
    );
    bar.finish_and_clear();
    let early = stopped.transpose()?.is_some();
    set_aside.finish(documents, console)?;
    let ended = Ended { files: counters.files(), documents, set_aside: set_aside.count(), early };
    if documents == 0 && ended.set_aside == 0 && !early {
        input.found_nothing(console);
    }
    if !early {
        passed_over(&counters, documents, console);
        unmatched(&rows, console);
    }
    let seconds = begun.elapsed().as_secs_f64();
    console.note(format_args!(
        "{} of {} in {seconds:.1} s, {:.1} MB/s",
        Counted(documents, "document"),
        Counted(ended.files, "file"),
        counters.bytes() as f64 / 1e6 / seconds.max(1e-9),
    ));
    Ok(ended)
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
