//! Work on records by several threads, with results in input order.

use crate::{packed::Packed, records::Records, reject::Reject};
use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    ops::ControlFlow,
    panic,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

/// A batch is whole with so many bytes,
const BATCH_BYTES: usize = 64 << 10;
/// or with so many records.
const BATCH_RECORDS: usize = 256;
/// So many bytes a worker may be read and not yet handed on; a batch that is larger goes alone.
const AHEAD_BYTES: usize = 4 << 20;

/// Does `work` on each record, on `jobs` threads, and hands the results to `emit` in input order, until it breaks.
///
/// `emit` runs on the calling thread. The threads take turns at reading, a batch of records at a time, and stop
/// reading ahead while more than 4 MiB a thread wait to be emitted, so memory is bounded however slow `emit` is and
/// however long one record takes. With one job everything runs on the calling thread, record by record.
///
/// # Panics
/// With the panic of `work` or `emit`.
pub fn in_order<T: Send>(
    records: Records,
    jobs: NonZeroUsize,
    work: impl Fn(Result<Packed, Reject>) -> T + Sync,
    emit: impl FnMut(T) -> ControlFlow<()>,
) {
    let weigh = |item: &Result<Packed, Reject>| item.as_ref().map_or(0, Packed::len);
    map_in_order(records, jobs, weigh, work, emit);
}

/// As [`in_order`], for any items; `weigh` says how many bytes one holds.
///
/// # Panics
/// With the panic of `work` or `emit`.
pub fn map_in_order<I, T: Send>(
    mut items: impl Iterator<Item = I> + Send,
    jobs: NonZeroUsize,
    weigh: impl Fn(&I) -> usize + Sync,
    work: impl Fn(I) -> T + Sync,
    mut emit: impl FnMut(T) -> ControlFlow<()>,
) {
    if jobs.get() == 1 {
        let _ = items.map(work).try_for_each(emit);
        return;
    }
    let reader = Mutex::new((0_u64, items.by_ref()));
    let gate = Gate::new(AHEAD_BYTES * jobs.get());
    let (sender, receiver) = mpsc::channel::<Batch<T>>();
    let serve = |sender: mpsc::Sender<Batch<T>>| {
        let _closing = CloseOnPanic(&gate);
        while let Some((number, bytes, items)) = read_batch(&reader, &gate, &weigh) {
            let results = items.into_iter().map(&work).collect();
            if sender.send(Batch { number, bytes, results }).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        let serve = &serve;
        let start = |_| {
            let sender = sender.clone();
            scope.spawn(move || serve(sender))
        };
        let workers: Vec<_> = (0..jobs.get()).map(start).collect();
        drop(sender);
        {
            let _closing = Close(&gate);
            emit_in_order(&receiver, &gate, &mut emit);
        }
        drop(receiver);
        for worker in workers {
            if let Err(payload) = worker.join() {
                panic::resume_unwind(payload);
            }
        }
    });
}

/// The results of a batch.
struct Batch<T> {
    number: u64,
    bytes: usize,
    results: Vec<T>,
}

/// Reads a batch, its number and its weight; `None` at the end or once the gate is closed.
fn read_batch<I>(
    reader: &Mutex<(u64, impl Iterator<Item = I>)>,
    gate: &Gate,
    weigh: impl Fn(&I) -> usize,
) -> Option<(u64, usize, Vec<I>)> {
    let mut reader = lock(reader);
    if !gate.wait() {
        return None;
    }
    let (next_number, items) = &mut *reader;
    let mut batch = Vec::new();
    let mut bytes = 0;
    while bytes < BATCH_BYTES && batch.len() < BATCH_RECORDS {
        let Some(item) = items.next() else { break };
        bytes += weigh(&item);
        batch.push(item);
    }
    if batch.is_empty() {
        return None;
    }
    gate.add(bytes);
    let number = *next_number;
    *next_number += 1;
    Some((number, bytes, batch))
}

fn emit_in_order<T>(
    receiver: &mpsc::Receiver<Batch<T>>,
    gate: &Gate,
    emit: &mut impl FnMut(T) -> ControlFlow<()>,
) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for batch in receiver {
        waiting.insert(batch.number, batch);
        while let Some(batch) = waiting.remove(&next) {
            next += 1;
            if batch.results.into_iter().try_for_each(&mut *emit).is_break() {
                return;
            }
            gate.remove(batch.bytes);
        }
    }
}

/// Holds readers back while too much is under way.
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
    limit: usize,
}

struct State {
    /// Bytes read and not yet emitted.
    bytes: usize,
    is_open: bool,
}

impl Gate {
    fn new(limit: usize) -> Self {
        Gate { state: Mutex::new(State { bytes: 0, is_open: true }), changed: Condvar::new(), limit }
    }

    /// Waits until there is room; false once the gate is closed.
    fn wait(&self) -> bool {
        let is_full = |state: &mut State| state.is_open && state.bytes > self.limit;
        let state = self.changed.wait_while(lock(&self.state), is_full);
        state.unwrap_or_else(PoisonError::into_inner).is_open
    }

    fn add(&self, bytes: usize) {
        lock(&self.state).bytes += bytes;
    }

    fn remove(&self, bytes: usize) {
        lock(&self.state).bytes -= bytes;
        self.changed.notify_one();
    }

    fn close(&self) {
        lock(&self.state).is_open = false;
        self.changed.notify_all();
    }
}

/// Closes the gate when it goes out of scope.
struct Close<'a>(&'a Gate);

impl Drop for Close<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Closes the gate when a panic passes through, so that no other thread waits for what will not come.
struct CloseOnPanic<'a>(&'a Gate);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

/// A lock that a panic elsewhere does not take away: the panic itself is passed on when its thread is joined.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
