//! People: the persons, bodies and places of a corpus, each once, with what is said of them and by them.

use crate::{
    fold::fold,
    happenings::Mention,
    reading::{Reading, Seen},
    tabular::{Tabular, first, place_cells, places, with_place},
};
use corpus_annotate::{
    link::{CorpusId, Layer, Table},
    name::one_line,
};
use corpus_core::Document;
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

/// Somebody or something that documents name, corpus-wide.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// Corpus-wide id: `p12` of a person, `o7` of an organisation, `l3` of a place.
    pub id: String,
    /// `PER`, `ORG` or `LOC`.
    pub kind: String,
    /// The name to show: the most frequent of the full names.
    pub name: String,
    /// How texts call it, the most frequent first.
    pub variants: Vec<Called>,
    /// Titles and posts that are given to a person, the most frequent first.
    pub posts: Vec<Called>,
    /// Number of mentions by name.
    pub mentions: u64,
    /// Number of documents that name it.
    pub documents: u64,
    /// Number of statements that it makes.
    pub statements: u64,
    /// Number of times that it is cited as a source.
    pub cited: u64,
    /// The first mention in each document, in the order of the corpus.
    pub told_in: Vec<Mention>,
}

/// A name or post, and how often it stands in the texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Called {
    /// The words.
    pub name: String,
    /// How often.
    pub count: u64,
    /// Of a post, the year of the earliest article that gives it, as far as those have dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_year: Option<i32>,
    /// Of a post, the year of the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_year: Option<i32>,
}

/// Of what kind those are that are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// Persons.
    Person,
    /// Organisations, outlets among them.
    Organisation,
    /// Those that are cited as a source at least once.
    Outlet,
    /// Places.
    Place,
}

/// Which are wanted; by default persons and organisations, copied text once.
#[derive(Clone, Debug)]
pub struct PeopleOptions {
    kinds: Vec<PersonKind>,
    name: Option<String>,
    duplicates: bool,
}

impl Default for PeopleOptions {
    fn default() -> Self {
        let kinds = vec![PersonKind::Person, PersonKind::Organisation];
        PeopleOptions { kinds, name: None, duplicates: false }
    }
}

impl PeopleOptions {
    /// Persons and organisations.
    pub fn new() -> Self {
        PeopleOptions::default()
    }

    /// Only those of these kinds; where none is given, as before.
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = PersonKind>) -> Self {
        let kinds: Vec<PersonKind> = kinds.into_iter().collect();
        if !kinds.is_empty() {
            self.kinds = kinds;
        }
        self
    }

    /// Only those with a variant that has these words next to each other, or with this id; case and diacritics make no
    /// difference.
    pub fn name(mut self, name: Option<&str>) -> Self {
        self.name = name.map(fold_words).filter(|name| !name.is_empty());
        self
    }

    /// Whether mentions in copied text count again. By default they count once.
    pub const fn duplicates(mut self, duplicates: bool) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Whether somebody is one of those that are wanted.
    pub fn wants(&self, person: &Person) -> bool {
        let is_kind = |kind: &PersonKind| match kind {
            PersonKind::Person => person.kind == "PER",
            PersonKind::Organisation => person.kind == "ORG",
            PersonKind::Outlet => person.cited > 0,
            PersonKind::Place => person.kind == "LOC",
        };
        let is_named = self.name.as_deref().is_none_or(|name| {
            person.id == name
                || person.variants.iter().any(|variant| has_words(&fold_words(&variant.name), name))
        });
        is_named && self.kinds.iter().any(is_kind)
    }
}

/// Gathers people from the articles of documents, which come in the order of the corpus.
#[derive(Debug)]
pub struct People<'t> {
    table: &'t Table,
    options: PeopleOptions,
    seen: Seen<'t>,
    known: BTreeMap<CorpusId, Known>,
}

/// What is known of one so far.
#[derive(Debug, Default)]
struct Known {
    variants: HashMap<String, Times>,
    posts: HashMap<String, Times>,
    mentions: u64,
    statements: u64,
    cited: u64,
    told_in: Vec<Mention>,
    last: Option<String>,
}

/// How often something is said, and in which years.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    count: u64,
    years: Option<(i32, i32)>,
}

/// The values of annotations, as far as they name somebody.
#[derive(Deserialize)]
struct Value {
    entity: Option<String>,
    #[serde(default)]
    outlets: Vec<Outlet>,
}

#[derive(Deserialize)]
struct Outlet {
    entity: Option<String>,
}

impl<'t> People<'t> {
    /// Gathers those that are wanted, as `table` links them.
    pub fn new(table: &'t Table, options: PeopleOptions) -> Self {
        People { table, options, seen: Seen::new(table), known: BTreeMap::new() }
    }

    /// Adds those whom the next document names.
    pub fn add(&mut self, document: &Document) {
        let mut reading = self.seen.read(document);
        let copies = self.options.duplicates;
        for annotation in reading.told("name", copies) {
            let Some(id) =
                Layer::Name.local_of(annotation).and_then(|local| reading.linked(Layer::Name, local))
            else {
                continue;
            };
            let text = one_line(reading.words(annotation.span));
            let known = self.known.entry(id).or_default();
            known.mentions += 1;
            count(&mut known.variants, &text, None);
            if known.last.as_deref() != Some(document.id.as_str()) {
                known.last = Some(document.id.to_string());
                let location = reading.locate(annotation.span);
                known.told_in.push(Mention { location, text: text.into_owned() });
            }
        }
        let mut each = |layer: &str, reading: &Reading<'_>, add: &dyn Fn(&mut Known, &str)| {
            // A statement counts wherever it is listed, a citation where the article gives it.
            let annotations = match layer {
                "statement" => reading.layer(layer, copies),
                _ => reading.told(layer, copies),
            };
            for annotation in annotations {
                let Some(value) = Reading::value::<Value>(annotation) else { continue };
                let outlets = value.outlets.into_iter().filter_map(|outlet| outlet.entity);
                let locals: Vec<String> = match layer {
                    "citation" => outlets.collect(),
                    _ => value.entity.into_iter().collect(),
                };
                for id in locals.iter().filter_map(|local| reading.linked(Layer::Name, local)) {
                    add(self.known.entry(id).or_default(), reading.words(annotation.span));
                }
            }
        };
        let published = document.article().and_then(|part| part.published.as_ref());
        let years = published.map(|date| date.edtf.bounds()).and_then(|(first, last)| {
            let (first, last) = (first.or(last)?, last.or(first)?);
            Some((first.year(), last.year()))
        });
        each("post", &reading, &|known, words| count(&mut known.posts, words, years));
        each("statement", &reading, &|known, _| known.statements += 1);
        each("citation", &reading, &|known, _| known.cited += 1);
    }

    /// Those that are wanted, who are named in most documents first.
    pub fn finish(self) -> Vec<Person> {
        let mut people: Vec<Person> = Vec::with_capacity(self.known.len());
        for (id, known) in self.known {
            let Some(entity) = self.table.entity(id).filter(|_| known.mentions > 0) else { continue };
            people.push(Person {
                id: id.to_string(),
                kind: entity.kind.to_string(),
                name: entity.name.to_string(),
                variants: called(known.variants),
                posts: called(known.posts),
                mentions: known.mentions,
                documents: known.told_in.len() as u64,
                statements: known.statements,
                cited: known.cited,
                told_in: known.told_in,
            });
        }
        people.retain(|person| self.options.wants(person));
        people.sort_by_key(|person| (Reverse(person.documents), Reverse(person.mentions)));
        people
    }
}

fn count(counts: &mut HashMap<String, Times>, words: &str, years: Option<(i32, i32)>) {
    let times = counts.entry(one_line(words).into_owned()).or_default();
    times.count += 1;
    times.years = match (times.years, years) {
        (Some((first, last)), Some((from, to))) => Some((first.min(from), last.max(to))),
        (known, new) => known.or(new),
    };
}

fn called(counts: HashMap<String, Times>) -> Vec<Called> {
    let called = counts.into_iter().map(|(name, Times { count, years })| {
        let (first_year, last_year) = years.unzip();
        Called { name, count, first_year, last_year }
    });
    let mut called: Vec<Called> = called.collect();
    called.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    called
}

/// The words of a name, folded, with one space between.
fn fold_words(name: &str) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    let words = name.split(|letter: char| !is_word(letter)).filter(|word| !word.is_empty());
    words.map(fold).collect::<Vec<_>>().join(" ")
}

/// Whether a name has the words of another next to each other.
fn has_words(name: &str, wanted: &str) -> bool {
    format!(" {name} ").contains(&format!(" {wanted} "))
}

impl Tabular for Person {
    const COLUMNS: &'static [&'static str] = with_place![
        "name",
        "kind",
        "documents",
        "mentions",
        "statements",
        "cited",
        "told_in",
        "id",
        "variants",
        "posts",
    ];

    fn cells(&self) -> Vec<String> {
        let list = |called: &[Called]| {
            let each = called.iter().map(|called| format!("{} {}", called.name, called.count));
            each.collect::<Vec<_>>().join("; ")
        };
        let cells = [
            self.name.clone(),
            self.kind.clone(),
            self.documents.to_string(),
            self.mentions.to_string(),
            self.statements.to_string(),
            self.cited.to_string(),
            places(&self.told_in),
            self.id.clone(),
            list(&self.variants),
            list(&self.posts),
        ];
        cells.into_iter().chain(place_cells(first(&self.told_in))).collect()
    }
}
