//! Progress: how far reading has come, as counters to share with a display.

use crate::skip::Skip;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

/// How far reading has come. A clone shares the counters, so that another thread may show them while records are
/// read.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    bytes: AtomicU64,
    /// The total plus one; 0 where it is not known.
    total_plus_one: AtomicU64,
    files: AtomicU64,
    records: AtomicU64,
    rejects: AtomicU64,
    links: AtomicU64,
    special: AtomicU64,
    /// By kind, in the order of [`Skip::ALL`].
    passed_over: [AtomicU64; Skip::ALL.len()],
}

impl Progress {
    /// Bytes of the files read so far, as they lie on disk (compressed bytes of a compressed file).
    pub fn bytes(&self) -> u64 {
        self.0.bytes.load(Relaxed)
    }

    /// Bytes of all files; `None` before [`Records::measure`](crate::Records::measure) and where a stream such as
    /// standard input is among them.
    pub fn total_bytes(&self) -> Option<u64> {
        self.0.total_plus_one.load(Relaxed).checked_sub(1)
    }

    /// Files begun so far.
    pub fn files(&self) -> u64 {
        self.0.files.load(Relaxed)
    }

    /// Records handed out so far.
    pub fn records(&self) -> u64 {
        self.0.records.load(Relaxed)
    }

    /// Rejects handed out so far by [`Records`](crate::Records). Records that fail to
    /// [unpack](crate::Packed::unpack) are not among them.
    pub fn rejects(&self) -> u64 {
        self.0.rejects.load(Relaxed)
    }

    /// Links in folders that were not followed. Hidden ones and those the patterns leave out are not counted.
    pub fn links(&self) -> u64 {
        self.0.links.load(Relaxed)
    }

    /// Entries of folders that are neither file nor folder nor link, such as pipes and sockets. Hidden ones and those
    /// the patterns leave out are not counted.
    pub fn special(&self) -> u64 {
        self.0.special.load(Relaxed)
    }

    /// Records of archives that are no page, passed over so far: each kind there was, with its number.
    pub fn passed_over(&self) -> impl Iterator<Item = (Skip, u64)> {
        let counts = Skip::ALL.iter().zip(&self.0.passed_over).map(|(&skip, n)| (skip, n.load(Relaxed)));
        counts.filter(|&(_, n)| n > 0)
    }

    pub(crate) fn add_passed_over(&self, skip: Skip) {
        self.0.passed_over[skip as usize].fetch_add(1, Relaxed);
    }

    pub(crate) fn add_bytes(&self, n: u64) {
        self.0.bytes.fetch_add(n, Relaxed);
    }

    pub(crate) fn set_total(&self, bytes: Option<u64>) {
        self.0.total_plus_one.store(bytes.map_or(0, |bytes| bytes.saturating_add(1)), Relaxed);
    }

    pub(crate) fn add_file(&self) {
        self.0.files.fetch_add(1, Relaxed);
    }

    pub(crate) fn add_record(&self) {
        self.0.records.fetch_add(1, Relaxed);
    }

    pub(crate) fn add_reject(&self) {
        self.0.rejects.fetch_add(1, Relaxed);
    }

    pub(crate) fn add_link(&self) {
        self.0.links.fetch_add(1, Relaxed);
    }

    pub(crate) fn add_special(&self) {
        self.0.special.fetch_add(1, Relaxed);
    }
}
