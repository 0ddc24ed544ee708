//! The file of a run: what was read, by which program and configuration, and the counts of each filter.

use super::{
    files::{Files, Hashed, hashed},
    sink::Written,
};
use crate::{failure::Failure, parse::json, stream::Ended};
use corpus_filter::{Config, Tally, filters::Decision};
use serde::Serialize;

/// A run. Nothing in it depends on when and where it ran, so that of two equal runs the files are equal.
#[derive(Serialize)]
struct Run<'a> {
    program: &'static str,
    version: &'static str,
    config: &'a Config,
    read: Vec<Hashed>,
    lists: Vec<Hashed>,
    written: Vec<File>,
    counts: Counts,
    stages: &'a Tally,
}

#[derive(Serialize)]
struct File {
    #[serde(flatten)]
    file: Option<Hashed>,
    documents: u64,
}

#[derive(Serialize)]
struct Counts {
    documents: u64,
    set_aside: u64,
    kept: u64,
    changed: u64,
    dropped: u64,
}

/// The file of a run, as JSON.
pub(super) fn of(
    config: &Config,
    files: &Files<'_>,
    written: &[Written],
    tally: &Tally,
    ended: Ended,
) -> Result<Vec<u8>, Failure> {
    let file = |written: &Written| {
        let file = written.path.clone().map(hashed).transpose()?;
        Ok(File { file, documents: written.lines })
    };
    let run = Run {
        program: "corpus filter",
        version: env!("CARGO_PKG_VERSION"),
        config,
        read: files.read()?,
        lists: files.named()?,
        written: written.iter().map(file).collect::<Result<_, Failure>>()?,
        counts: Counts {
            documents: tally.documents(),
            set_aside: ended.set_aside,
            kept: tally.count(Decision::Kept),
            changed: tally.count(Decision::Changed),
            dropped: tally.count(Decision::Dropped),
        },
        stages: tally,
    };
    Ok(json(&run, true, 4096))
}
