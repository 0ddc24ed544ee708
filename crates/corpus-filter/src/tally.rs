//! What the filters did to all documents, counted by stage, by rule, by change.

use crate::{filters::Decision, notes::Notes};
use serde::{Serialize, Serializer, ser::SerializeSeq};
use std::collections::BTreeMap;

/// Counts of verdicts. Two tallies can be added up, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    stages: Vec<&'static str>,
    decisions: [u64; 3],
    /// By the number of the stage, then the rule.
    reasons: BTreeMap<(usize, &'static str), u64>,
    /// Documents, then places, by the number of the stage and what was changed.
    changes: BTreeMap<(usize, &'static str), (u64, u64)>,
}

/// Counts of one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageCount {
    /// Its name in the configuration.
    pub stage: &'static str,
    /// Documents that came to it.
    pub seen: u64,
    /// Documents that it dropped.
    pub dropped: u64,
    /// Those, by the rule they broke.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<RuleCount>,
    /// What it changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeCount>,
}

/// Documents that a rule dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// The setting.
    pub rule: &'static str,
    /// Number of documents.
    pub documents: u64,
}

/// Documents that something was changed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeCount {
    /// What was changed.
    pub rule: &'static str,
    /// Number of documents, those included that were dropped later.
    pub documents: u64,
    /// Number of places: lines, blocks, addresses.
    pub places: u64,
}

impl Tally {
    /// No verdicts yet, by the filters with these stages.
    pub fn new(stages: Vec<&'static str>) -> Self {
        Tally { stages, ..Tally::default() }
    }

    /// Counts one more verdict.
    pub fn add(&mut self, decision: Decision, notes: &Notes) {
        self.decisions[decision as usize] += 1;
        let number =
            |stage| self.stages.iter().position(|known| *known == stage).unwrap_or(self.stages.len());
        if let Some(reason) = &notes.reason {
            *self.reasons.entry((number(reason.stage), reason.rule)).or_default() += 1;
        }
        for change in &notes.changes {
            let (documents, places) = self.changes.entry((number(change.stage), change.rule)).or_default();
            *documents += 1;
            *places += change.count;
        }
    }

    /// Number of documents.
    pub fn documents(&self) -> u64 {
        self.decisions.iter().sum()
    }

    /// Number of documents that came out so.
    pub const fn count(&self, decision: Decision) -> u64 {
        self.decisions[decision as usize]
    }

    /// The stages in the order in which they looked, each with what it saw, dropped and changed.
    pub fn stages(&self) -> Vec<StageCount> {
        let mut seen = self.documents();
        let count = |(number, stage): (usize, &&'static str)| {
            let reasons: Vec<_> = (self.reasons.iter().filter(|((at, _), _)| *at == number))
                .map(|(&(_, rule), &documents)| RuleCount { rule, documents })
                .collect();
            let changes = (self.changes.iter().filter(|((at, _), _)| *at == number))
                .map(|(&(_, rule), &(documents, places))| ChangeCount { rule, documents, places })
                .collect();
            let dropped = reasons.iter().map(|reason| reason.documents).sum();
            let stage = StageCount { stage, seen, dropped, reasons, changes };
            seen -= dropped;
            stage
        };
        self.stages.iter().enumerate().map(count).collect()
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stages = self.stages();
        let mut sequence = serializer.serialize_seq(Some(stages.len()))?;
        stages.iter().try_for_each(|stage| sequence.serialize_element(stage))?;
        sequence.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Filters, NoFiles, Subject};

    #[test]
    fn what_a_stage_sees_is_what_those_before_it_left() {
        let config = Config::parse("[length]\nmin_words = 3\n[personal]\nip = \"drop\"").unwrap();
        let filters = Filters::new(&config, &NoFiles).unwrap();
        let mut tally = Tally::new(filters.stages());
        for text in
            ["two words", "from 8.8.4.4 again", "a@harbour.example and b@harbour.example", "left as it is"]
        {
            let verdict = filters.judge(Subject::new("a", text));
            tally.add(verdict.decision(), &verdict.notes);
        }
        let counts: Vec<_> =
            tally.stages().iter().map(|stage| (stage.stage, stage.seen, stage.dropped)).collect();
        assert_eq!(counts, [("length", 4, 1), ("personal", 3, 1)]);
        assert_eq!(tally.stages()[1].changes, [ChangeCount { rule: "email", documents: 1, places: 2 }]);
        let count = |decision| tally.count(decision);
        assert_eq!((count(Decision::Kept), count(Decision::Changed), count(Decision::Dropped)), (1, 1, 2));
    }
}
