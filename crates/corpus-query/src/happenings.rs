//! Happenings: events and agreements of a corpus, each once, with every mention of it.

use crate::{
    hit::{InArticle, Location},
    reading::{Reading, Seen},
    tabular::{Tabular, cell, first, place_cells, places, with_place},
};
use corpus_annotate::link::{CorpusId, Layer, Table};
use corpus_core::{Document, Edtf};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// Something that happened or is to happen, told in one document or several.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Happening {
    /// Corpus-wide id, such as `e9`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is: meeting, summit, conference, call, visit, signing, exercise, election, inauguration, war, arrest or protest.
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
    /// The article that tells of it first.
    #[serde(flatten)]
    pub article: InArticle,
}

/// A treaty, programme, loan or plan that a corpus names.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NamedAgreement {
    /// Corpus-wide id, such as `a4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
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
#[derive(Debug)]
pub struct Happenings<'t> {
    seen: Seen<'t>,
    list: Vec<Happening>,
    /// Places in the list by corpus-wide id.
    known: HashMap<CorpusId, usize>,
    /// Who is known to take part, by the place in the list.
    named: HashSet<(usize, String)>,
}

/// Gathers the agreements of documents.
#[derive(Debug)]
pub struct Agreements<'t> {
    seen: Seen<'t>,
    list: Vec<NamedAgreement>,
    /// Places in the list by corpus-wide id.
    known: HashMap<CorpusId, usize>,
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

impl<'t> Happenings<'t> {
    /// Gathers what happened, the same in several documents as `table` links it.
    pub fn new(table: &'t Table) -> Self {
        Happenings { seen: Seen::new(table), list: Vec::new(), known: HashMap::new(), named: HashSet::new() }
    }

    /// Adds the events of the next document.
    pub fn add(&mut self, document: &Document) {
        let mut reading = self.seen.read(document);
        let mut local: HashMap<String, usize> = HashMap::new();
        for annotation in reading.layer("event", false) {
            let Some(value) = Reading::value::<EventValue>(annotation) else { continue };
            let id = reading.linked(Layer::Event, &value.event);
            let known = id.and_then(|id| self.known.get(&id)).or_else(|| local.get(&value.event)).copied();
            let index = known.unwrap_or_else(|| {
                self.list.push(Happening {
                    id: id.map(|id| id.to_string()),
                    kind: value.kind.clone(),
                    when: None,
                    place: None,
                    participants: Vec::new(),
                    planned: true,
                    mentions: Vec::new(),
                    article: reading.article(annotation.span),
                });
                self.list.len() - 1
            });
            self.known.extend(id.map(|id| (id, index)));
            local.insert(value.event, index);
            let happening = &mut self.list[index];
            happening.mentions.push(Mention {
                location: reading.locate(annotation.span),
                text: reading.words(annotation.span).to_owned(),
            });
            happening.planned &= value.planned;
            happening.when = closer(happening.when.take(), value.when);
            happening.place =
                happening.place.take().or_else(|| value.place.map(|place| reading.called(&place)));
            for participant in value.participants {
                let name = reading.called(&participant);
                if self.named.insert((index, name.clone())) {
                    happening.participants.push(name);
                }
            }
        }
    }

    /// The happenings in the order in which they were first told.
    pub fn finish(self) -> Vec<Happening> {
        self.list
    }
}

impl<'t> Agreements<'t> {
    /// Gathers agreements, the same in several documents as `table` links them.
    pub fn new(table: &'t Table) -> Self {
        Agreements { seen: Seen::new(table), list: Vec::new(), known: HashMap::new() }
    }

    /// Adds the agreements of the next document.
    pub fn add(&mut self, document: &Document) {
        let mut reading = self.seen.read(document);
        let mut local: HashMap<String, usize> = HashMap::new();
        for annotation in reading.layer("agreement", false) {
            let Some(value) = Reading::value::<AgreementValue>(annotation) else { continue };
            let text = reading.words(annotation.span);
            let id = reading.linked(Layer::Agreement, &value.agreement);
            let known =
                id.and_then(|id| self.known.get(&id)).or_else(|| local.get(&value.agreement)).copied();
            let index = known.unwrap_or_else(|| {
                let (id, name) = (id.map(|id| id.to_string()), text.to_owned());
                self.list.push(NamedAgreement { id, name, mentions: Vec::new() });
                self.list.len() - 1
            });
            self.known.extend(id.map(|id| (id, index)));
            local.insert(value.agreement, index);
            let mention = Mention { location: reading.locate(annotation.span), text: text.to_owned() };
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

impl Tabular for Happening {
    const COLUMNS: &'static [&'static str] = with_place![
        "participants",
        "kind",
        "when",
        "place",
        "planned",
        "told_in",
        "published",
        "title",
        "url",
        "id",
    ];

    fn cells(&self) -> Vec<String> {
        let cells = [
            self.participants.join("; "),
            self.kind.clone(),
            cell(self.when.as_ref()),
            cell(self.place.as_ref()),
            self.planned.to_string(),
            places(&self.mentions),
            cell(self.article.published.as_ref()),
            cell(self.article.title.as_ref()),
            cell(self.article.url.as_ref()),
            cell(self.id.as_ref()),
        ];
        cells.into_iter().chain(place_cells(first(&self.mentions))).collect()
    }
}

impl Tabular for NamedAgreement {
    const COLUMNS: &'static [&'static str] = with_place!["name", "mentions", "named_in", "id"];

    fn cells(&self) -> Vec<String> {
        let named_in = places(&self.mentions);
        let cells = [self.name.clone(), self.mentions.len().to_string(), named_in, cell(self.id.as_ref())];
        cells.into_iter().chain(place_cells(first(&self.mentions))).collect()
    }
}
