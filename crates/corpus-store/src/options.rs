//! How a corpus is written.

use corpus_format::Layer;
use std::collections::BTreeMap;

/// How a corpus is written.
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) part_bytes: u64,
    pub(crate) keep_sources: bool,
    pub(crate) layers: BTreeMap<String, u32>,
    pub(crate) reads: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options { part_bytes: 32 << 20, keep_sources: true, layers: BTreeMap::new(), reads: 0 }
    }
}

impl Options {
    /// The defaults.
    pub fn new() -> Self {
        Options::default()
    }

    /// Bytes of text and sources after which a commit is made: what an interruption costs. By default 32 MiB, some
    /// seconds of work; smaller parts are more files.
    pub const fn part_bytes(mut self, bytes: u64) -> Self {
        self.part_bytes = bytes;
        self
    }

    /// Whether the bytes of records are kept where they are not the document's text. By default they are.
    pub const fn keep_sources(mut self, keep: bool) -> Self {
        self.keep_sources = keep;
        self
    }

    /// The layers that documents are annotated with.
    pub(crate) fn layers(&self) -> impl Iterator<Item = Layer> {
        self.layers.iter().map(|(name, version)| Layer { name: name.clone(), version: *version })
    }

    /// What is read, in whatever words say so. A build that was interrupted is gone on with by one that reads the same;
    /// one that reads something else is a new build, whose documents may supersede those of the interrupted one.
    pub fn reads(mut self, inputs: &str) -> Self {
        let hash = blake3::hash(inputs.as_bytes());
        // Without the first bit, which SQLite takes for a sign.
        self.reads = hash.as_bytes().iter().take(8).fold(0, |sum, &byte| (sum << 8) | u64::from(byte)) >> 1;
        self
    }

    /// A layer that documents are annotated with, and the version of what makes it. Layers that are not named have
    /// version 1.
    pub fn layer(mut self, name: impl Into<String>, version: u32) -> Self {
        self.layers.insert(name.into(), version);
        self
    }
}
