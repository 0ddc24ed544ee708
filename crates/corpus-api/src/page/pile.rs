//! The pile: what is in the corpus, document by document.

use super::{Screen, count, per_cent, render};
use crate::{app::App, parameters::one_of, problem::Problem, question::Places, snapshot::Opened};
use askama::Template;
use corpus_core::Edtf;
use corpus_query::{Statement, StatementOptions, scan::Row, worded};
use schemars::JsonSchema;
use serde::Deserialize;
use std::{cmp::Reverse, collections::BTreeMap, sync::atomic::Ordering};

/// Number of documents shown on one page.
const ROWS: usize = 200;

/// The pile.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Pile {
    /// Number of the first document shown, from 0.
    #[serde(default)]
    from: usize,
    /// Column that the documents are sorted by: `title`, `article`, `embedded`, `comments`, `shared`, `language` or
    /// `date`; a minus before it turns the order. By default the order of the pile.
    #[serde(default)]
    sort: String,
}

/// Speakers that are named.
const NAMES: usize = 8;

/// Documents of a small pile.
const SMALL: usize = 3000;

#[derive(Template)]
#[template(path = "pile.html")]
struct View {
    section: &'static str,
    facts: Vec<(String, &'static str)>,
    bar: Vec<(&'static str, u64)>,
    languages: Vec<(String, String)>,
    /// How many articles have a date of which precision.
    dates: Vec<(&'static str, String)>,
    /// How many have it from where.
    methods: Vec<(String, String)>,
    /// Who speaks most, where the statements have been looked through: id, name and number.
    names: Vec<(String, String, String)>,
    builds: bool,
    columns: Vec<Column>,
    rows: Vec<Line>,
    earlier: Option<String>,
    later: Option<String>,
}

/// The head of a column.
struct Column {
    name: &'static str,
    is_number: bool,
    is_current: bool,
    is_descending: bool,
    /// The address of the pile sorted by it; empty where it cannot be.
    address: String,
}

/// Names of the columns, what sorts by them, and whether they are numbers, of which the largest come first.
const COLUMNS: [(&str, &str, bool); 8] = [
    ("#", "number", true),
    ("Title", "title", false),
    ("Article", "article", true),
    ("Embedded", "embedded", true),
    ("Comments", "comments", true),
    ("Shared blocks", "shared", false),
    ("Language", "language", false),
    ("Date", "date", false),
];

struct Line {
    number: u64,
    id: String,
    name: String,
    title: String,
    is_titled: bool,
    language: String,
    article: u64,
    embedded: String,
    comments: String,
    date: String,
    method: &'static str,
    shared: Vec<(String, u64, u64)>,
}

impl Screen for Pile {
    fn show(self, _: &Places, app: &App, corpus: &Opened) -> Result<String, Problem> {
        let keys = COLUMNS.map(|(_, key, _)| key);
        one_of("sort", self.sort.strip_prefix('-').unwrap_or(&self.sort), &keys)?;
        let scanned = corpus.scan()?;
        let totals = &scanned.totals;
        let characters = totals.characters;
        let whole = characters.total();
        let fact = |number: u64, one: &'static str, many: &'static str| {
            (number > 0).then(|| (count(number), if number == 1 { one } else { many }))
        };
        let documents = match app.options.reading.load(Ordering::Relaxed) {
            true => ("document so far: more are being read", "documents so far: more are being read"),
            false => ("document", "documents"),
        };
        let facts = [
            fact(totals.documents, documents.0, documents.1),
            fact(totals.files, "file", "files"),
            fact(totals.articles, "article", "articles"),
            fact(totals.embedded, "embedded article", "embedded articles"),
            fact(totals.comments, "comment", "comments"),
            fact(totals.shared_blocks, "shared block", "shared blocks"),
        ];
        let bar = [
            ("article", characters.article),
            ("embedded", characters.embedded),
            ("comments", characters.comments),
            ("furniture", characters.furniture),
        ];
        let counts = |counts: &BTreeMap<String, u64>| {
            let mut counts: Vec<_> = counts.iter().collect();
            counts.sort_by_key(|(_, number)| Reverse(**number));
            counts.into_iter().take(12).map(|(name, number)| (name.clone(), count(*number))).collect()
        };
        let mut rows: Vec<&Row> = scanned.rows.iter().collect();
        self.sort(&mut rows);
        let rows = rows.into_iter().skip(self.from).take(ROWS).map(|row| line(row, &scanned.rows)).collect();
        // A small pile is looked through at once; a large one when somebody asks for statements.
        let told = match scanned.rows.len() <= SMALL {
            true => Some(corpus.told()?),
            false => corpus.told_if_made(),
        };
        let names = told.map(|told| speakers(&told.statements)).unwrap_or_default();
        let page = |from: usize| format!("/?from={from}&sort={}", super::search::encode(&self.sort));
        render(&View {
            section: "pile",
            facts: facts.into_iter().flatten().collect(),
            bar: bar
                .into_iter()
                .map(|(name, part)| (name, per_cent(part, whole)))
                .filter(|(_, share)| *share > 0)
                .collect(),
            languages: counts(&totals.languages),
            dates: dates(&scanned.rows),
            methods: counts(&totals.dates),
            names,
            builds: app.options.builder.is_some(),
            columns: self.columns(),
            rows,
            earlier: (self.from > 0).then(|| page(self.from.saturating_sub(ROWS))),
            later: (self.from.saturating_add(ROWS) < scanned.rows.len())
                .then(|| page(self.from.saturating_add(ROWS))),
        })
    }
}

impl Pile {
    /// Sorts documents; those that are equal stay in the order of the pile.
    fn sort(&self, rows: &mut [&Row]) {
        let (name, turned) = self.sort.strip_prefix('-').map_or((&*self.sort, false), |name| (name, true));
        let date = |row: &Row| row.published.as_ref().map(|date| date.edtf.clone());
        match name {
            "title" => rows.sort_by_cached_key(|row| row.title.as_deref().map(str::to_lowercase)),
            "article" => {
                rows.sort_by_key(|row| Reverse(per_cent(row.characters.article, row.characters.total())))
            }
            "embedded" => rows.sort_by_key(|row| Reverse(row.embedded)),
            "comments" => rows.sort_by_key(|row| Reverse(row.comments)),
            "shared" => {
                let blocks = |row: &&Row| Reverse(row.shared.iter().map(|with| with.blocks).sum::<u64>());
                rows.sort_by_key(blocks);
            }
            "language" => rows.sort_by_key(|row| row.language.clone()),
            "date" => rows.sort_by_cached_key(|row| (date(row).is_none(), date(row))),
            _ => {}
        }
        if turned {
            rows.reverse();
        }
    }

    fn columns(&self) -> Vec<Column> {
        let current = self.sort.trim_start_matches('-');
        let turned = self.sort.starts_with('-');
        let column = |&(name, key, is_number): &(&'static str, &str, bool)| {
            let is_current = current == key || (current.is_empty() && key == "number");
            let turn = if is_current && !turned { "-" } else { "" };
            let is_descending = (is_number && key != "number") != turned;
            Column { name, is_number, is_current, is_descending, address: format!("/?sort={turn}{key}") }
        };
        COLUMNS.iter().map(column).collect()
    }
}

/// How many articles are dated to the day, to a longer time, openly or not at all.
fn dates(rows: &[Row]) -> Vec<(&'static str, String)> {
    let mut counts = [("to the day", 0), ("to a longer time", 0), ("left open", 0), ("not stated", 0)];
    for row in rows.iter().filter(|row| row.title.is_some() || row.characters.article > 0) {
        let date = row.published.as_ref().and_then(|date| date.edtf.parse::<Edtf>().ok());
        let class = match date.map(|date| date.bounds()) {
            None => 3,
            Some((Some(first), Some(last))) if first == last => 0,
            Some((Some(_), Some(_))) => 1,
            Some(_) => 2,
        };
        counts[class].1 += 1;
    }
    let some = counts.into_iter().filter(|(_, number)| *number > 0);
    some.map(|(name, number)| (name, count(number))).collect()
}

/// Who speaks most, and how often, copied text once: of those that are known by an id.
fn speakers(statements: &[Statement]) -> Vec<(String, String, String)> {
    let options = StatementOptions::new();
    let mut counts: BTreeMap<&str, (&str, u64)> = BTreeMap::new();
    for statement in statements.iter().filter(|statement| options.wants(statement)) {
        if let (Some(id), Some(name)) = (&statement.speaker_id, &statement.speaker_name) {
            counts.entry(id).or_insert((name, 0)).1 += 1;
        }
    }
    let mut counts: Vec<(&str, (&str, u64))> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (name, number))| (Reverse(*number), *name));
    let named = |(id, (name, number)): (&str, (&str, u64))| (id.to_owned(), name.to_owned(), count(number));
    counts.into_iter().take(NAMES).map(named).collect()
}

fn line(row: &Row, rows: &[Row]) -> Line {
    let some = |number: u64| if number == 0 { String::new() } else { count(number) };
    let other = |number: u64| usize::try_from(number - 1).ok().and_then(|index| rows.get(index));
    let title = match (&row.title, &row.begins) {
        (Some(title), _) => title.clone(),
        (None, Some(begins)) => begins.chars().take(120).collect(),
        (None, None) => String::new(),
    };
    Line {
        number: row.number,
        id: row.id.clone(),
        name: row.name.clone(),
        is_titled: row.title.is_some(),
        title: if title.is_empty() { "(no article)".to_owned() } else { title },
        language: row.language.clone().unwrap_or_default(),
        article: per_cent(row.characters.article, row.characters.total()),
        embedded: some(row.embedded),
        comments: some(row.comments),
        date: row.published.as_ref().map_or_else(String::new, |date| worded(&date.edtf)),
        method: row.published.as_ref().map_or("", |date| date.method),
        shared: row
            .shared
            .iter()
            .take(3)
            .filter_map(|with| Some((other(with.number)?.id.clone(), with.number, with.blocks)))
            .collect(),
    }
}
