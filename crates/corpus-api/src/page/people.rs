//! People and outlets: how each is called, what they are, who speaks on whose report.

use super::{Download, Screen, count, render, search::encode};
use crate::{
    app::App,
    bounded::Bounded,
    facts::{self, KINDS},
    pages::Limit,
    problem::Problem,
    question::{Places, Question},
    snapshot::Opened,
};
use askama::Template;
use corpus_query::{Called, Person, Statement, StatementOptions};
use schemars::JsonSchema;
use serde::Deserialize;
use std::{cmp::Reverse, collections::HashMap};

/// People on a page.
const ROWS: usize = 40;
/// Names, posts and others that are shown of each.
const SHOWN: usize = 10;
/// Documents that are named of each.
const TOLD: usize = 4;

/// People and outlets.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    /// `person`, `organisation`, `outlet` or `place`; persons by default.
    #[serde(default)]
    kind: String,
    /// A name or an id.
    #[serde(default)]
    name: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "people.html")]
struct View {
    section: &'static str,
    kinds: Vec<(&'static str, String, bool)>,
    kind: String,
    name: String,
    total: String,
    people: Vec<Shown>,
    next: Option<String>,
    download: Download,
    /// Whether decisions may be taken here.
    decides: bool,
}

/// Somebody, as shown.
struct Shown {
    id: String,
    name: String,
    /// `once`, or how many times.
    times: String,
    documents: String,
    /// The field of a query that finds it: `person`, `org` or `place`.
    field: &'static str,
    statements: u64,
    variants: Vec<(String, String)>,
    /// Post, number, and the years in which it was given.
    posts: Vec<(String, String, String)>,
    /// Who reports what they say, or, of an outlet, whom it reports.
    others: Vec<(String, String)>,
    is_outlet: bool,
    told: Vec<(String, String)>,
    more_told: u64,
}

impl Screen for People {
    fn show(self, places: &Places, app: &App, corpus: &Opened) -> Result<String, Problem> {
        let kind = if self.kind.is_empty() && self.name.is_empty() { "person" } else { &self.kind };
        let question = facts::People {
            kind: if kind.is_empty() { KINDS.map(|(name, _)| name).join(",") } else { kind.to_owned() },
            name: (!self.name.trim().is_empty()).then(|| self.name.clone()),
            told: Bounded::new(TOLD),
            limit: Limit::new(ROWS),
            cursor: self.cursor.clone(),
        };
        let found = question.answer(places, app, corpus)?;
        let told = corpus.told()?;
        let reports = Reports::of(&told.statements);
        let address = |kind: &str| format!("/people?kind={kind}&name={}", encode(&self.name));
        let mut download = format!("/v1/people.csv?kind={}", encode(kind));
        if !self.name.trim().is_empty() {
            download = format!("{download}&name={}", encode(&self.name));
        }
        render(&View {
            section: "people",
            kinds: KINDS.iter().map(|(name, _)| (*name, address(name), *name == kind)).collect(),
            total: count(found.total.value),
            people: found.items.iter().map(|person| reports.show(person)).collect(),
            next: found.next.map(|cursor| format!("{}&cursor={}", address(kind), encode(&cursor))),
            download: Download::new(&download, found.total.value),
            kind: kind.to_owned(),
            name: self.name.clone(),
            decides: app.options.builder.is_some(),
        })
    }
}

/// Who speaks on whose report, and how often.
struct Reports<'a> {
    /// Of a speaker, the outlets by their ids, or by their names where they have none: name and number.
    outlets_of: HashMap<&'a str, Counts<'a>>,
    /// Of an outlet, the speakers.
    speakers_of: HashMap<&'a str, Counts<'a>>,
}

/// Names and numbers by what they are known by.
type Counts<'a> = HashMap<&'a str, (&'a str, u64)>;

impl<'a> Reports<'a> {
    fn of(statements: &'a [Statement]) -> Self {
        let mut reports = Reports { outlets_of: HashMap::new(), speakers_of: HashMap::new() };
        let options = StatementOptions::new();
        for statement in statements.iter().filter(|statement| options.wants(statement)) {
            let (Some(id), Some(name)) = (&statement.speaker_id, &statement.speaker_name) else { continue };
            for outlet in &statement.outlets {
                let key = outlet.id.as_deref().unwrap_or(&outlet.name);
                reports.outlets_of.entry(id).or_default().entry(key).or_insert((&outlet.name, 0)).1 += 1;
                reports.speakers_of.entry(key).or_default().entry(id).or_insert((name, 0)).1 += 1;
            }
        }
        reports
    }

    fn show(&self, person: &Person) -> Shown {
        let is_outlet = person.cited > 0;
        let known = if is_outlet { &self.speakers_of } else { &self.outlets_of };
        let others = known.get(person.id.as_str()).into_iter().flat_map(HashMap::values);
        let mut others: Vec<(&str, u64)> = others.copied().collect();
        others.sort_by_key(|(name, number)| (Reverse(*number), *name));
        let told = person.told_in.iter().take(TOLD).map(|mention| {
            let location = &mention.location;
            let target = format!("/documents/{}#L{}", location.document, location.line);
            (target, location.cited())
        });
        Shown {
            id: person.id.clone(),
            name: person.name.clone(),
            times: match person.mentions {
                1 => "once".to_owned(),
                number => format!("{} times", count(number)),
            },
            field: match &*person.kind {
                "PER" => "person",
                "LOC" => "place",
                _ => "org",
            },
            documents: count(person.documents),
            statements: person.statements,
            variants: called(&person.variants),
            posts: posts(&person.posts),
            others: others.into_iter().take(SHOWN).map(|(name, n)| (name.to_owned(), count(n))).collect(),
            is_outlet,
            told: told.collect(),
            more_told: person.documents.saturating_sub(TOLD as u64),
        }
    }
}

/// Posts by the years in which they were given, undated ones last.
fn posts(posts: &[Called]) -> Vec<(String, String, String)> {
    let mut shown: Vec<&Called> = posts.iter().take(SHOWN).collect();
    shown.sort_by_key(|post| (post.first_year.is_none(), post.first_year, post.last_year));
    let years = |post: &Called| match (post.first_year, post.last_year) {
        (Some(first), Some(last)) if first < last => format!("{first}–{last}"),
        (Some(year), _) | (None, Some(year)) => year.to_string(),
        (None, None) => String::new(),
    };
    shown.into_iter().map(|post| (post.name.clone(), count(post.count), years(post))).collect()
}

fn called(names: &[Called]) -> Vec<(String, String)> {
    names.iter().take(SHOWN).map(|called| (called.name.clone(), count(called.count))).collect()
}
