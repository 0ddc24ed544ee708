//! A tally: what stages saw, dropped and changed, added up over tasks.

use corpus_filter::Tally as Verdicts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts of one task, or of many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Files read.
    pub files: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// Records and files that could not be read.
    pub set_aside: u64,
    /// Documents found in the others.
    pub documents: u64,
    /// Those that the filters kept as they are.
    pub kept: u64,
    /// Those that they changed.
    pub changed: u64,
    /// Those that they dropped.
    pub dropped: u64,
    /// Why, by `STAGE.RULE`.
    #[serde(default)]
    pub reasons: BTreeMap<String, u64>,
    /// Copies that were left out.
    pub copies: u64,
    /// Documents written.
    pub written: u64,
    /// Annotations written.
    pub annotations: u64,
}

impl Tally {
    /// Adds the verdicts of filters.
    pub fn add_verdicts(&mut self, verdicts: &Verdicts) {
        for stage in verdicts.stages() {
            for reason in &stage.reasons {
                *self.reasons.entry(format!("{}.{}", stage.stage, reason.rule)).or_default() +=
                    reason.documents;
            }
        }
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Tally) {
        let Tally { files, bytes, set_aside, documents, kept, changed, dropped, .. } = other;
        self.files += files;
        self.bytes += bytes;
        self.set_aside += set_aside;
        self.documents += documents;
        self.kept += kept;
        self.changed += changed;
        self.dropped += dropped;
        self.copies += other.copies;
        self.written += other.written;
        self.annotations += other.annotations;
        for (reason, count) in &other.reasons {
            *self.reasons.entry(reason.clone()).or_default() += count;
        }
    }
}
