//! What is noted of a document while the filters look at it: values measured, changes made, the reason to drop it.

use serde::{Serialize, Serializer, ser::SerializeMap};
use std::fmt;

/// What was noted of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// Every value measured, in the order in which the stages ask; values of a stage stand together.
    pub values: Vec<Value>,
    /// What was changed, by stage and rule.
    pub changes: Vec<Change>,
    /// Why the document is dropped: the first rule it broke.
    pub reason: Option<Reason>,
}

/// A value measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The stage, as the configuration names it.
    pub stage: &'static str,
    /// What was measured.
    pub name: &'static str,
    /// The value.
    pub found: Found,
}

/// What a measurement found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A number: a count, or a share from 0 to 1.
    Number(f64),
    /// A name: a language, a domain, an entry of a list.
    Name(String),
    /// Nothing that can be told.
    Unknown,
}

/// A change made to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The stage, as the configuration names it.
    pub stage: &'static str,
    /// What was changed.
    pub rule: &'static str,
    /// Number of places.
    pub count: u64,
}

/// Why a document is dropped.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The stage, as the configuration names it.
    pub stage: &'static str,
    /// The setting that was broken, as the configuration names it.
    pub rule: &'static str,
    /// What was found.
    pub found: Found,
    /// What it was compared with, where the rule has a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
}

impl Notes {
    /// Whether the document is to be dropped.
    pub const fn is_dropped(&self) -> bool {
        self.reason.is_some()
    }

    /// The values, to be serialized as an object of objects: a name for each stage, in it one for each value.
    pub fn by_stage(&self) -> impl Serialize + '_ {
        ByStage(&self.values)
    }

    /// The number measured under this name, if any.
    pub fn number(&self, stage: &str, name: &str) -> Option<f64> {
        let value = self.values.iter().find(|value| value.stage == stage && value.name == name)?;
        if let Found::Number(number) = value.found { Some(number) } else { None }
    }

    /// A look at one stage.
    pub(crate) const fn stage(&mut self, stage: &'static str) -> Stage<'_> {
        Stage { name: stage, notes: self }
    }
}

/// Notes of one stage.
pub(crate) struct Stage<'n> {
    name: &'static str,
    notes: &'n mut Notes,
}

impl Stage<'_> {
    /// Notes a number.
    pub(crate) fn number(&mut self, name: &'static str, number: f64) {
        self.notes.values.push(Value { stage: self.name, name, found: Found::Number(number) });
    }

    /// Notes a name.
    pub(crate) fn name(&mut self, name: &'static str, found: Option<&str>) {
        let found = found.map_or(Found::Unknown, |found| Found::Name(found.to_owned()));
        self.notes.values.push(Value { stage: self.name, name, found });
    }

    /// Notes a number that `rule` wants to be no less than `limit`.
    pub(crate) fn at_least(&mut self, name: &'static str, number: f64, rule: &'static str, limit: f64) {
        self.number(name, number);
        if number < limit {
            self.drop(rule, Found::Number(number), Some(limit));
        }
    }

    /// Notes a number that `rule` wants to be no more than `limit`.
    pub(crate) fn at_most(&mut self, name: &'static str, number: f64, rule: &'static str, limit: f64) {
        self.number(name, number);
        self.limit(number, rule, limit);
    }

    /// Holds a number that is noted already to a second rule, which wants it to be no more than `limit`.
    pub(crate) fn limit(&mut self, number: f64, rule: &'static str, limit: f64) {
        if number > limit {
            self.drop(rule, Found::Number(number), Some(limit));
        }
    }

    /// Says that the document is to be dropped, unless an earlier rule has.
    pub(crate) fn drop(&mut self, rule: &'static str, found: Found, limit: Option<f64>) {
        let stage = self.name;
        self.notes.reason.get_or_insert(Reason { stage, rule, found, limit });
    }

    /// Notes that something was changed in so many places.
    pub(crate) fn changed(&mut self, rule: &'static str, count: u64) {
        if count > 0 {
            self.notes.changes.push(Change { stage: self.name, rule, count });
        }
    }
}

/// `min_words 12 < 50`, with the stage before it.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.stage, self.rule)?;
        match (&self.found, self.limit) {
            (Found::Number(number), Some(limit)) => {
                let sign = if *number < limit { '<' } else { '>' };
                write!(f, ": {} {sign} {limit}", rounded(*number))
            }
            (Found::Number(number), None) => write!(f, ": {}", rounded(*number)),
            (Found::Name(name), _) => write!(f, ": {name}"),
            (Found::Unknown, _) => f.write_str(": unknown"),
        }
    }
}

/// Numbers with four decimals, so that a line says no more than anybody can tell apart.
impl Serialize for Found {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Found::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                serializer.serialize_i64(*number as i64)
            }
            Found::Number(number) => serializer.serialize_f64(rounded(*number)),
            Found::Name(name) => serializer.serialize_str(name),
            Found::Unknown => serializer.serialize_none(),
        }
    }
}

/// `{"stage": {"name": value, …}, …}`.
pub(crate) struct ByStage<'a, T>(pub(crate) &'a [T]);

/// Something that belongs to a stage and has a name there.
pub(crate) trait Staged {
    type Item: Serialize;
    fn stage(&self) -> &'static str;
    fn entry(&self) -> (&'static str, &Self::Item);
}

impl Staged for Value {
    type Item = Found;
    fn stage(&self) -> &'static str {
        self.stage
    }
    fn entry(&self) -> (&'static str, &Found) {
        (self.name, &self.found)
    }
}

impl Staged for Change {
    type Item = u64;
    fn stage(&self) -> &'static str {
        self.stage
    }
    fn entry(&self) -> (&'static str, &u64) {
        (self.rule, &self.count)
    }
}

impl<T: Staged> Serialize for ByStage<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut stages = serializer.serialize_map(None)?;
        for group in self.0.chunk_by(|one, other| one.stage() == other.stage()) {
            stages.serialize_entry(group[0].stage(), &Group(group))?;
        }
        stages.end()
    }
}

/// The entries of one stage.
struct Group<'a, T>(&'a [T]);

impl<T: Staged> Serialize for Group<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(Staged::entry))
    }
}

fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

/// `part` of `whole`; 0 where the whole is nothing.
pub(crate) fn share(part: impl Into<f64>, whole: impl Into<f64>) -> f64 {
    let whole = whole.into();
    if whole == 0.0 { 0.0 } else { part.into() / whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_broken_rule_is_the_reason_and_every_value_is_noted() {
        let mut notes = Notes::default();
        let mut stage = notes.stage("length");
        stage.at_least("words", 12.0, "min_words", 50.0);
        stage.at_most("characters", 70.0, "max_characters", 60.0);
        stage.name("language", None);
        assert_eq!(notes.reason.as_ref().unwrap().to_string(), "length.min_words: 12 < 50");
        let json = serde_json::to_string(&ByStage(&notes.values)).unwrap();
        assert_eq!(json, r#"{"length":{"words":12,"characters":70,"language":null}}"#);
        let json = serde_json::to_string(&notes.reason).unwrap();
        assert_eq!(json, r#"{"stage":"length","rule":"min_words","found":12,"limit":50.0}"#);
    }

    #[test]
    fn a_limit_itself_is_allowed() {
        let mut notes = Notes::default();
        let mut stage = notes.stage("length");
        stage.at_least("words", 50.0, "min_words", 50.0);
        stage.at_most("words", 50.0, "max_words", 50.0);
        assert!(!notes.is_dropped());
    }
}
