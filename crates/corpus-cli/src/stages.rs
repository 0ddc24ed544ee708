//! The stages of a build, and what share of the processor's time each takes.

use cpu_time::{ProcessTime, ThreadTime};
use serde::Serialize;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// A stage of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// Containers into records.
    Read,
    /// Records into documents.
    Parse,
    /// Facts of documents.
    Annotate,
    /// What is compared of documents, and finding copies.
    Compare,
    /// Parts and the manifest.
    Store,
    /// What is the same in several documents.
    Link,
    /// The full-text index, as far as a thread waits for it.
    Index,
    /// What is in no other stage: above all the threads that write the index.
    Beside,
}

impl Stage {
    const ALL: [Stage; 8] = [
        Stage::Read,
        Stage::Parse,
        Stage::Annotate,
        Stage::Compare,
        Stage::Store,
        Stage::Link,
        Stage::Index,
        Stage::Beside,
    ];

    const fn name(self) -> &'static str {
        match self {
            Stage::Read => "read",
            Stage::Parse => "parse",
            Stage::Annotate => "annotate",
            Stage::Compare => "compare",
            Stage::Store => "store",
            Stage::Link => "link",
            Stage::Index => "index",
            Stage::Beside => "beside these",
        }
    }
}

/// The processor's time that stages take, on all threads together.
#[derive(Debug)]
pub(crate) struct Stages {
    begun: ProcessTime,
    nanoseconds: [AtomicU64; Stage::ALL.len()],
}

/// The time that a stage has taken.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Share {
    stage: Stage,
    /// Of the processor, on all threads together.
    seconds: f64,
    /// Of the time of all stages.
    share: f64,
}

impl Stages {
    /// None has taken any time yet.
    pub(crate) fn begin() -> Self {
        Stages { begun: ProcessTime::now(), nanoseconds: Default::default() }
    }

    /// Does some work of a stage on this thread.
    pub(crate) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let begun = ThreadTime::now();
        let done = work();
        self.add(stage, begun.elapsed());
        done
    }

    fn add(&self, stage: Stage, taken: Duration) {
        let taken = u64::try_from(taken.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds[stage as usize].fetch_add(taken, Ordering::Relaxed);
    }

    /// The stages that have taken time until now, in their order.
    pub(crate) fn shares(&self) -> Vec<Share> {
        self.shares_of(self.begun.elapsed())
    }

    /// The stages of a process that has taken so much time.
    fn shares_of(&self, all: Duration) -> Vec<Share> {
        let seconds = |taken: &AtomicU64| taken.load(Ordering::Relaxed) as f64 / 1e9;
        let mut seconds: Vec<f64> = self.nanoseconds.iter().map(seconds).collect();
        let known: f64 = seconds.iter().sum();
        seconds[Stage::Beside as usize] = (all.as_secs_f64() - known).max(0.0);
        let all = all.as_secs_f64().max(known).max(1e-9);
        let share = |(stage, seconds): (Stage, f64)| Share { stage, seconds, share: seconds / all };
        Stage::ALL.into_iter().zip(seconds).filter(|(_, seconds)| *seconds > 0.0).map(share).collect()
    }
}

/// The shares in words: `parse 40 %, store 30 %`.
pub(crate) fn in_words(shares: &[Share]) -> String {
    let word = |Share { stage, share, .. }: &Share| format!("{} {:.0} %", stage.name(), 100.0 * share);
    shares.iter().map(word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_whole() {
        let stages = Stages::begin();
        stages.add(Stage::Parse, Duration::from_millis(600));
        stages.add(Stage::Index, Duration::from_millis(300));
        let shares = stages.shares_of(Duration::from_secs(1));
        assert_eq!(in_words(&shares), "parse 60 %, index 30 %, beside these 10 %");
        assert_eq!(stages.time(Stage::Read, || 7), 7);
    }
}
