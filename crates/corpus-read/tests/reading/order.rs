//! Work on several threads: results in input order, early ends, panics.

use crate::folder::{Folder, lines};
use corpus_read::{Options, Packed, Records, Reject, in_order, open};
use std::{
    num::NonZeroUsize,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    thread,
    time::Duration,
};

const N_RECORDS: usize = 3000;

fn records(folder: &Folder) -> Records {
    open(&[folder.path("a.jsonl")], &Options::new()).unwrap()
}

fn index(packed: Result<Packed, Reject>) -> u64 {
    packed.unwrap().place().unwrap().index
}

fn jobs(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

#[test]
fn results_come_in_input_order() {
    let folder = Folder::with("a.jsonl", lines(N_RECORDS));
    for n in [1, 2, 8] {
        let mut emitted = Vec::new();
        let work = |packed| {
            let index = index(packed);
            // Some records take long, the first of a batch among them.
            if index.wrapping_mul(2_654_435_761).is_multiple_of(97) {
                thread::sleep(Duration::from_micros(index % 700));
            }
            index
        };
        in_order(records(&folder), jobs(n), work, |index| {
            emitted.push(index);
            ControlFlow::Continue(())
        });
        assert!(emitted.iter().copied().eq(0..N_RECORDS as u64), "{n} jobs");
    }
}

#[test]
fn a_break_ends_the_work() {
    let folder = Folder::with("a.jsonl", lines(N_RECORDS));
    for n in [1, 2, 8] {
        let mut emitted = 0;
        in_order(records(&folder), jobs(n), index, |index| {
            assert_eq!(index, emitted);
            emitted += 1;
            if emitted == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(emitted, 10, "{n} jobs");
    }
}

#[test]
fn a_panic_of_work_or_emit_is_passed_on() {
    let folder = Folder::with("a.jsonl", lines(N_RECORDS));
    for n in [1, 2, 8] {
        let in_work = || {
            in_order(
                records(&folder),
                jobs(n),
                |packed| assert_ne!(index(packed), 700, "work"),
                |()| ControlFlow::Continue(()),
            )
        };
        let in_emit = || {
            in_order(records(&folder), jobs(n), index, |index| {
                assert_ne!(index, 700, "emit");
                ControlFlow::Continue(())
            })
        };
        for (run, message) in [(&in_work as &dyn Fn(), "work"), (&in_emit, "emit")] {
            let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
            let text = payload.downcast::<String>().unwrap();
            assert!(text.contains(message), "{n} jobs: {text}");
        }
    }
}

#[test]
fn reading_waits_for_a_slow_emit() {
    let page = "x".repeat(1 << 20);
    let folder = Folder::with("a.jsonl", format!("{{\"text\": \"{page}\"}}\n").repeat(64));
    let (n_read, mut n_emitted, mut n_ahead) = (AtomicUsize::new(0), 0, 0);
    let work = |packed: Result<Packed, Reject>| {
        n_read.fetch_add(1, Relaxed);
        packed.unwrap().len()
    };
    in_order(records(&folder), jobs(2), work, |_| {
        thread::sleep(Duration::from_millis(2));
        n_emitted += 1;
        n_ahead = n_ahead.max(n_read.load(Relaxed) - n_emitted);
        ControlFlow::Continue(())
    });
    assert_eq!(n_emitted, 64);
    assert!(n_ahead <= 12, "{n_ahead} MiB are read ahead");
}
