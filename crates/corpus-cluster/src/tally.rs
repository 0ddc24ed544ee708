//! A tally: what stages saw, dropped and changed, added up over tasks.

use corpus_filter::{Tally as Verdicts, tally::StageCount};
use serde::{Deserialize, Serialize};

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
    /// What each filter saw, dropped and changed.
    #[serde(default)]
    pub filters: Vec<StageCount>,
    /// Copies that were left out.
    pub copies: u64,
    /// Documents written.
    pub written: u64,
    /// Annotations written.
    pub annotations: u64,
}

impl Tally {
    /// The verdicts of the filters.
    pub fn verdicts(&self) -> Verdicts {
        let mut verdicts = Verdicts::default();
        verdicts.add_counts(self.kept, self.changed, self.dropped, &self.filters);
        verdicts
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Tally) {
        let mut verdicts = self.verdicts();
        verdicts.add_counts(other.kept, other.changed, other.dropped, &other.filters);
        self.filters = verdicts.stages();
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
    }
}
