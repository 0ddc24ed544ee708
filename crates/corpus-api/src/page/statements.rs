//! Statements: who said what, when, by which outlet; differing reports side by side.

mod topic;

use super::{Download, Screen, count, render, search::encode};
use crate::{
    app::App,
    facts::resolved,
    pages::{Limit, Pages},
    parameters::one_of,
    problem::Problem,
    question::Places,
    snapshot::Opened,
};
use askama::Template;
use corpus_query::{NamedAgreement, Statement, StatementOptions, worded};
use schemars::JsonSchema;
use serde::Deserialize;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

/// Statements on a page of the list, and groups on a page of groups.
const ROWS: usize = 100;
const GROUPS: usize = 20;
/// Statements of a group that are shown; the list has all.
const OF_GROUP: usize = 24;

/// Ways to group them.
const WAYS: [&str; 4] = ["speaker", "topic", "agreement", "list"];

/// Statements.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Statements {
    #[serde(default)]
    speaker: String,
    /// Id of the speaker, or exactly what one without an id is called.
    #[serde(default)]
    speaker_id: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    about: String,
    /// `speaker`, `topic`, `agreement` or `list`.
    #[serde(default)]
    by: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "statements.html")]
struct View<'a> {
    section: &'static str,
    speaker: String,
    speaker_id: String,
    /// What the one with the id is called, and the address without that condition.
    of: Option<(String, String)>,
    source: String,
    about: String,
    by: &'static str,
    total: String,
    /// How many of them the groups hold, where that is not all.
    number: Option<String>,
    rows: Vec<&'a Statement>,
    groups: Vec<Group<'a>>,
    next: Option<String>,
    download: Download,
}

/// Statements of one speaker, or on one agreement.
struct Group<'a> {
    name: String,
    number: String,
    /// The address of all of them as a list; empty where there is none.
    address: String,
    days: Vec<Day<'a>>,
    more: usize,
}

/// Statements of one day. Several are reports of the same occasion, or at least beside each other.
struct Day<'a> {
    name: String,
    is_open: bool,
    statements: Vec<&'a Statement>,
}

impl Screen for Statements {
    fn show(self, _: &Places, _: &App, corpus: &Opened) -> Result<String, Problem> {
        one_of("by", &self.by, &WAYS)?;
        let given = |value: &str| (!value.trim().is_empty()).then(|| value.to_owned());
        let speaker_id = given(&self.speaker_id).map(|id| resolved(corpus, &id)).transpose()?;
        let options = StatementOptions::new()
            .speaker(given(&self.speaker).as_deref())
            .speaker_id(speaker_id.as_deref())
            .source(given(&self.source).as_deref())
            .about(given(&self.about).as_deref());
        let by = WAYS.into_iter().find(|way| *way == self.by).unwrap_or(WAYS[0]);
        let told = corpus.told()?;
        let all: Vec<&Statement> =
            told.statements.iter().filter(|statement| options.wants(statement)).collect();
        let of = (!self.speaker_id.is_empty()).then(|| {
            let name = all.first().and_then(|statement| statement.called());
            let without = Statements { speaker_id: String::new(), cursor: None, ..self.clone() };
            (name.unwrap_or(&self.speaker_id).to_owned(), without.address(by))
        });
        let question = format!("statements page {by} {options:?}");
        let pages = |limit| Pages::of(&question, limit, self.cursor.as_deref());
        let total = all.len() as u64;
        let mut n_shown = total;
        let (mut rows, mut groups) = (Vec::new(), Vec::new());
        let next;
        if by == "list" {
            (rows, next) = pages(Limit::new(ROWS))?.cut(all.into_iter());
        } else {
            let sorted = match by {
                "agreement" => by_agreement(&all, &told.agreements),
                "topic" => topic::by_topic(&all),
                _ => by_speaker(&all),
            };
            let of_groups = sorted.iter().flat_map(|(_, _, list)| list).copied();
            n_shown = of_groups.map(std::ptr::from_ref).collect::<HashSet<_>>().len() as u64;
            let page;
            (page, next) = pages(Limit::new(GROUPS))?.cut(sorted.into_iter());
            groups.extend(page.into_iter().map(|(name, key, list)| self.group(by, name, &key, list)));
        }
        let next = next.map(|cursor| format!("{}&cursor={}", self.address(by), encode(&cursor)));
        let download =
            Download::new(&format!("/v1/statements.csv?{}", self.filters().trim_start_matches('&')), total);
        render(&View {
            section: "statements",
            of,
            speaker: self.speaker,
            speaker_id: self.speaker_id,
            source: self.source,
            about: self.about,
            by,
            total: count(total),
            number: (n_shown < total).then(|| count(n_shown)),
            rows,
            groups,
            next,
            download,
        })
    }
}

impl Statements {
    fn filters(&self) -> String {
        let fields = [
            ("speaker", &self.speaker),
            ("speaker_id", &self.speaker_id),
            ("source", &self.source),
            ("about", &self.about),
        ];
        let given = fields.iter().filter(|(_, value)| !value.trim().is_empty());
        given.map(|(name, value)| format!("&{name}={}", encode(value))).collect()
    }

    fn address(&self, by: &str) -> String {
        format!("/statements?by={by}{}", self.filters())
    }

    /// The statements of a group; `key` is what finds them among those of the screen.
    fn group<'a>(&self, by: &str, name: String, key: &str, statements: Vec<&'a Statement>) -> Group<'a> {
        let address = match by {
            _ if key.is_empty() => String::new(),
            "topic" => {
                let about = format!("{} \"{key}\"", self.about.trim());
                Statements { about: about.trim().to_owned(), ..self.clone() }.address("list")
            }
            _ => Statements { speaker_id: key.to_owned(), ..self.clone() }.address("list"),
        };
        let number = count(statements.len() as u64);
        let more = statements.len().saturating_sub(OF_GROUP);
        let mut days: BTreeMap<(bool, String), Vec<&Statement>> = BTreeMap::new();
        for statement in statements.into_iter().take(OF_GROUP) {
            let day = statement.said_on.as_ref().map(ToString::to_string);
            days.entry((day.is_none(), day.unwrap_or_default())).or_default().push(statement);
        }
        let days = days.into_iter().map(|((is_open, day), statements)| Day {
            name: worded(day),
            is_open,
            statements,
        });
        let name = if name.is_empty() { "Nobody named".to_owned() } else { name };
        Group { name, number, address, days: days.collect(), more }
    }
}

/// Statements that belong together: the name of the group, what finds them among all that are shown, if anything does,
/// and themselves.
type Grouped<'a> = (String, String, Vec<&'a Statement>);

/// The statements of each speaker, those of whom most is reported first. Who has no id, such as “he” or “officials”,
/// comes behind all who have; the nameless last.
fn by_speaker<'a>(all: &[&'a Statement]) -> Vec<Grouped<'a>> {
    let mut groups: BTreeMap<(bool, String), Vec<&Statement>> = BTreeMap::new();
    for statement in all {
        groups.entry((statement.speaker_id.is_none(), statement.speaker_key())).or_default().push(statement);
    }
    let name = |list: &[&Statement]| list.first().and_then(|one| one.called()).unwrap_or_default().to_owned();
    let mut groups: Vec<_> =
        groups.into_iter().map(|((has_none, key), list)| (has_none, name(&list), key, list)).collect();
    groups.sort_by(|(a_has_none, a_name, a_key, a), (b_has_none, b_name, b_key, b)| {
        let place = |key: &str, has_none: bool, list: &[_]| (key.is_empty(), has_none, Reverse(list.len()));
        place(a_key, *a_has_none, a).cmp(&place(b_key, *b_has_none, b)).then_with(|| a_name.cmp(b_name))
    });
    groups.into_iter().map(|(_, name, key, list)| (name, key, list)).collect()
}

/// The statements that name each agreement, those of which most is said first.
fn by_agreement<'a>(all: &[&'a Statement], agreements: &[NamedAgreement]) -> Vec<Grouped<'a>> {
    let mut by_document: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
    for statement in all {
        by_document.entry(&statement.location.document).or_default().push(statement);
    }
    let mut groups = Vec::new();
    for agreement in agreements {
        let mut list: Vec<&Statement> = Vec::new();
        for mention in &agreement.mentions {
            let at = mention.location.span.byte;
            let here = by_document.get(mention.location.document.as_str()).into_iter().flatten();
            for statement in here {
                let span = statement.location.span.byte;
                let holds = span[0] <= at[0] && at[1] <= span[1];
                if holds && !list.iter().any(|known| std::ptr::eq(*known, *statement)) {
                    list.push(statement);
                }
            }
        }
        if !list.is_empty() {
            groups.push((agreement.name.clone(), String::new(), list));
        }
    }
    groups.sort_by_key(|(_, _, list)| Reverse(list.len()));
    groups
}
