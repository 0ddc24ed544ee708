//! What the filters did to all documents, counted by stage, by rule, by change.

use crate::{filters::Decision, notes::Notes};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeSeq};
use std::{borrow::Cow, collections::BTreeMap};

/// The name of a stage or a rule, as the configuration has it.
pub type Name = Cow<'static, str>;

/// Counts of verdicts. Two tallies can be added up, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    stages: Vec<Name>,
    decisions: [u64; 3],
    /// By the number of the stage, then the rule.
    reasons: BTreeMap<(usize, Name), u64>,
    /// Documents, then places, by the number of the stage and what was changed.
    changes: BTreeMap<(usize, Name), (u64, u64)>,
}

/// Counts of one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageCount {
    /// Its name in the configuration.
    pub stage: Name,
    /// Documents that came to it.
    pub seen: u64,
    /// Documents that it dropped.
    pub dropped: u64,
    /// Those, by the rule they broke.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<RuleCount>,
    /// What it changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeCount>,
}

/// Documents that a rule dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// The setting.
    pub rule: Name,
    /// Number of documents.
    pub documents: u64,
}

/// Documents that something was changed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeCount {
    /// What was changed.
    pub rule: Name,
    /// Number of documents, those included that were dropped later.
    pub documents: u64,
    /// Number of places: lines, blocks, addresses.
    pub places: u64,
}

impl Tally {
    /// No verdicts yet, by the filters with these stages.
    pub fn new(stages: Vec<&'static str>) -> Self {
        Tally { stages: stages.into_iter().map(Cow::Borrowed).collect(), ..Tally::default() }
    }

    /// Counts verdicts that another tally had counted: so many of each decision, and what its [`stages`](Tally::stages)
    /// were. Stages that are not known yet come after those that are.
    pub fn add_counts(&mut self, kept: u64, changed: u64, dropped: u64, stages: &[StageCount]) {
        self.decisions.iter_mut().zip([kept, changed, dropped]).for_each(|(sum, count)| *sum += count);
        for count in stages {
            let number = self.stages.iter().position(|known| *known == count.stage).unwrap_or_else(|| {
                self.stages.push(count.stage.clone());
                self.stages.len() - 1
            });
            for reason in &count.reasons {
                *self.reasons.entry((number, reason.rule.clone())).or_default() += reason.documents;
            }
            for change in &count.changes {
                let (documents, places) = self.changes.entry((number, change.rule.clone())).or_default();
                *documents += change.documents;
                *places += change.places;
            }
        }
    }

    /// Counts one more verdict.
    pub fn add(&mut self, decision: Decision, notes: &Notes) {
        self.decisions[decision as usize] += 1;
        let number =
            |stage| self.stages.iter().position(|known| *known == stage).unwrap_or(self.stages.len());
        if let Some(reason) = &notes.reason {
            *self.reasons.entry((number(reason.stage), reason.rule.into())).or_default() += 1;
        }
        for change in &notes.changes {
            let (documents, places) =
                self.changes.entry((number(change.stage), change.rule.into())).or_default();
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
        let count = |(number, stage): (usize, &Name)| {
            let reasons: Vec<_> = (self.reasons.iter().filter(|((at, _), _)| *at == number))
                .map(|((_, rule), &documents)| RuleCount { rule: rule.clone(), documents })
                .collect();
            let changes = (self.changes.iter().filter(|((at, _), _)| *at == number))
                .map(|((_, rule), &(documents, places))| ChangeCount {
                    rule: rule.clone(),
                    documents,
                    places,
                })
                .collect();
            let dropped = reasons.iter().map(|reason| reason.documents).sum();
            let stage = StageCount { stage: stage.clone(), seen, dropped, reasons, changes };
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
            tally.stages().into_iter().map(|stage| (stage.stage, stage.seen, stage.dropped)).collect();
        assert_eq!(counts, [("text".into(), 4, 0), ("length".into(), 4, 1), ("personal".into(), 3, 1)]);
        assert_eq!(
            tally.stages()[2].changes,
            [ChangeCount { rule: "email".into(), documents: 1, places: 2 }]
        );
        let count = |decision| tally.count(decision);
        assert_eq!((count(Decision::Kept), count(Decision::Changed), count(Decision::Dropped)), (1, 1, 2));
        let mut twice = tally.clone();
        let written = serde_json::to_string(&tally.stages()).unwrap();
        twice.add_counts(1, 1, 2, &serde_json::from_str::<Vec<StageCount>>(&written).unwrap());
        assert_eq!(twice.documents(), 8);
        assert_eq!((twice.stages()[2].seen, twice.stages()[2].changes[0].places), (6, 4));
    }
}
