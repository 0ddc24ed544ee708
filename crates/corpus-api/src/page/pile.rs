//! The pile: what is in the corpus, document by document.

use super::{Screen, count, per_cent, render};
use crate::{
    app::{App, Opened},
    problem::Problem,
    question::Places,
};
use askama::Template;
use corpus_query::scan::Row;
use serde::Deserialize;

/// Number of documents shown on one page.
const ROWS: usize = 200;

/// The pile.
#[derive(Deserialize)]
pub(super) struct Pile {
    /// Number of the first document shown, from 0.
    #[serde(default)]
    from: usize,
}

#[derive(Template)]
#[template(path = "pile.html")]
struct View {
    section: &'static str,
    facts: Vec<(String, &'static str)>,
    bar: Vec<(&'static str, u64)>,
    languages: Vec<(String, String)>,
    dates: Vec<(String, String)>,
    rows: Vec<Line>,
    earlier: Option<usize>,
    later: Option<usize>,
}

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
    fn show(self, _: &Places, _: &App, corpus: &Opened) -> Result<String, Problem> {
        let scanned = corpus.scan()?;
        let totals = &scanned.totals;
        let characters = totals.characters;
        let whole = characters.total();
        let fact = |number: u64, one: &'static str, many: &'static str| {
            (number > 0).then(|| (count(number), if number == 1 { one } else { many }))
        };
        let facts = [
            fact(totals.documents, "document", "documents"),
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
        let counts = |counts: &std::collections::BTreeMap<String, u64>| {
            let mut counts: Vec<_> = counts.iter().collect();
            counts.sort_by_key(|(_, number)| std::cmp::Reverse(**number));
            counts.into_iter().take(12).map(|(name, number)| (name.clone(), count(*number))).collect()
        };
        let rows =
            scanned.rows.iter().skip(self.from).take(ROWS).map(|row| line(row, &scanned.rows)).collect();
        render(&View {
            section: "pile",
            facts: facts.into_iter().flatten().collect(),
            bar: bar
                .into_iter()
                .map(|(name, part)| (name, per_cent(part, whole)))
                .filter(|(_, share)| *share > 0)
                .collect(),
            languages: counts(&totals.languages),
            dates: counts(&totals.dates),
            rows,
            earlier: (self.from > 0).then(|| self.from.saturating_sub(ROWS)),
            later: (self.from + ROWS < scanned.rows.len()).then_some(self.from + ROWS),
        })
    }
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
        date: row.published.as_ref().map_or_else(String::new, |date| date.edtf.clone()),
        method: row.published.as_ref().map_or("", |date| date.method),
        shared: row
            .shared
            .iter()
            .take(3)
            .filter_map(|with| Some((other(with.number)?.id.clone(), with.number, with.blocks)))
            .collect(),
    }
}
