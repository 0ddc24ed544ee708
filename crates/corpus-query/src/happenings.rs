//! Happenings: events and agreements of a corpus, each once, with every mention of it.

use crate::{
    fold::fold,
    hit::Location,
    reading::{Reading, Seen},
};
use corpus_core::{Document, Edtf, edtf::Precision};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Something that happened or is to happen, told in one document or several.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Happening {
    /// What it is: meeting, call, visit, signing, exercise, election …
    pub kind: String,
    /// When, as far as any document says.
    pub when: Option<Edtf>,
    /// What the place is called.
    pub place: Option<String>,
    /// What those who take part are called.
    pub participants: Vec<String>,
    /// Whether all that tell of it still expect it.
    pub planned: bool,
    /// Where it is told.
    pub mentions: Vec<Mention>,
}

/// A treaty, programme, loan or plan that a corpus names.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NamedAgreement {
    /// What it is called: its longest mention.
    pub name: String,
    /// Where it is named.
    pub mentions: Vec<Mention>,
}

/// One place that tells of something.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention {
    /// Where it lies.
    #[serde(flatten)]
    pub location: Location,
    /// Its words.
    pub text: String,
}

/// Gathers the happenings of documents, which come in the order of the corpus.
#[derive(Debug, Default)]
pub struct Happenings {
    seen: Seen,
    list: Vec<Happening>,
    /// Places in the list by kind and date, so that the same event of another document is found.
    dated: HashMap<(String, Edtf), Vec<usize>>,
}

/// Gathers the agreements of documents.
#[derive(Debug, Default)]
pub struct Agreements {
    seen: Seen,
    list: Vec<NamedAgreement>,
    /// Places in the list by folded name.
    named: HashMap<String, usize>,
}

/// The value of an annotation of layer `event`.
#[derive(Deserialize)]
struct EventValue {
    kind: String,
    #[serde(default)]
    participants: Vec<String>,
    place: Option<String>,
    when: Option<Edtf>,
    #[serde(default)]
    planned: bool,
    #[serde(default)]
    event: String,
}

/// The value of an annotation of layer `agreement`.
#[derive(Deserialize)]
struct AgreementValue {
    agreement: String,
}

impl Happenings {
    /// Adds the events of the next document.
    pub fn add(&mut self, document: &Document) {
        let mut reading = self.seen.read(document);
        let mut local: HashMap<String, Happening> = HashMap::new();
        let mut order = Vec::new();
        for annotation in reading.layer("event", false) {
            let Some(value) = Reading::value::<EventValue>(annotation) else { continue };
            let mention = Mention {
                location: reading.locate(annotation.span),
                text: reading.words(annotation.span).to_owned(),
            };
            let happening = local.entry(value.event.clone()).or_insert_with(|| {
                order.push(value.event.clone());
                Happening {
                    kind: value.kind.clone(),
                    when: None,
                    place: None,
                    participants: Vec::new(),
                    planned: true,
                    mentions: Vec::new(),
                }
            });
            happening.mentions.push(mention);
            happening.planned &= value.planned;
            happening.when = closer(happening.when.take(), value.when);
            happening.place =
                happening.place.take().or_else(|| value.place.map(|place| reading.called(&place)));
            for participant in value.participants {
                let name = reading.called(&participant);
                if !happening.participants.iter().any(|known| is_same_name(known, &name)) {
                    happening.participants.push(name);
                }
            }
        }
        for event in order {
            if let Some(happening) = local.remove(&event) {
                self.merge(happening);
            }
        }
    }

    /// Joins a happening with the same one of another document, or adds it.
    ///
    /// Two are the same that are of one kind, on one day, and do not differ in place or have a participant in common.
    fn merge(&mut self, happening: Happening) {
        let day = happening
            .when
            .clone()
            .filter(|when| when.precision() >= Precision::Day && !when.as_str().contains('X'));
        let Some(day) = day else {
            self.list.push(happening);
            return;
        };
        let same_day = self.dated.entry((happening.kind.clone(), day)).or_default();
        let known = same_day.iter().copied().find(|index| is_same(&self.list[*index], &happening));
        let Some(index) = known else {
            same_day.push(self.list.len());
            self.list.push(happening);
            return;
        };
        let known = &mut self.list[index];
        known.place = known.place.take().or(happening.place);
        known.planned &= happening.planned;
        for name in happening.participants {
            if !known.participants.iter().any(|known| is_same_name(known, &name)) {
                known.participants.push(name);
            }
        }
        known.mentions.extend(happening.mentions);
    }

    /// The happenings in the order in which they were first told.
    pub fn finish(self) -> Vec<Happening> {
        self.list
    }
}

impl Agreements {
    /// Adds the agreements of the next document.
    pub fn add(&mut self, document: &Document) {
        let mut reading = self.seen.read(document);
        let mut local: HashMap<String, usize> = HashMap::new();
        for annotation in reading.layer("agreement", false) {
            let Some(value) = Reading::value::<AgreementValue>(annotation) else { continue };
            let text = reading.words(annotation.span);
            let mention = Mention { location: reading.locate(annotation.span), text: text.to_owned() };
            let key = fold_words(text);
            let index = match local.get(&value.agreement).or_else(|| self.named.get(&key)) {
                Some(&index) => index,
                None => {
                    self.list.push(NamedAgreement { name: text.to_owned(), mentions: Vec::new() });
                    self.list.len() - 1
                }
            };
            local.insert(value.agreement, index);
            self.named.entry(key).or_insert(index);
            let known = &mut self.list[index];
            if text.len() > known.name.len() {
                text.clone_into(&mut known.name);
            }
            known.mentions.push(mention);
        }
    }

    /// The agreements in the order in which they were first named.
    pub fn finish(self) -> Vec<NamedAgreement> {
        self.list
    }
}

fn is_same(one: &Happening, other: &Happening) -> bool {
    match (&one.place, &other.place) {
        (Some(one), Some(other)) => is_same_name(one, other),
        _ => {
            let shared = |name: &String| other.participants.iter().any(|known| is_same_name(known, name));
            one.participants.is_empty()
                || other.participants.is_empty()
                || one.participants.iter().any(shared)
        }
    }
}

/// Whether two names may be of one person or place: the last words are the same, as in a full name and a surname.
fn is_same_name(one: &str, other: &str) -> bool {
    let last = |name: &str| name.split_whitespace().next_back().map(fold).unwrap_or_default();
    last(one) == last(other)
}

/// Of two dates the one that says more.
fn closer(one: Option<Edtf>, other: Option<Edtf>) -> Option<Edtf> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let says = |date: &Edtf| (!date.as_str().contains('X'), !date.is_interval(), date.precision());
            Some(if says(&other) > says(&one) { other } else { one })
        }
        (one, other) => one.or(other),
    }
}

fn fold_words(text: &str) -> String {
    text.split_whitespace().map(fold).filter(|word| word != "the").collect::<Vec<_>>().join(" ")
}
