//! Articles drawn from pages against gold: text, segments, headings, title, authors, date.

use super::{
    data::{Data, rows, set_name},
    fold::{day, fold, space, words},
    measure::{Measures, Tally, mean, share},
    ratchet::Ratchet,
};
use crate::args::Args;
use anyhow::Result;
use corpus_core::{Document, Metadata, Method, Part, PartKind, Record, Registry, Role};
use serde::{Deserialize, Deserializer};
use std::{collections::HashMap, fmt::Write, hash::Hash, path::Path};

/// The sets that `eval extraction` reads unless one is named.
const SETS: &[&str] = &["fundus-dev", "wcxb-dev", "segments-dev", "dates-dev"];

/// A page of gold. What a set does not label is absent.
#[derive(Debug, Deserialize)]
struct Page {
    id: String,
    url: Option<String>,
    html: Option<String>,
    text: Option<String>,
    title: Option<String>,
    authors: Option<Names>,
    author: Option<Names>,
    /// Absent where the set knows no dates, `Some(None)` where it knows that the page has none.
    #[serde(default, deserialize_with = "present")]
    date: Option<Option<String>>,
    with: Option<Vec<String>>,
    #[serde(default)]
    without: Vec<String>,
    blocks: Option<Vec<GoldBlock>>,
}

/// A typed block of gold.
#[derive(Debug, Deserialize)]
struct GoldBlock {
    /// Its kind.
    k: String,
    /// Its text.
    t: String,
}

/// Names, as a list or in one text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Names {
    List(Vec<String>),
    Text(String),
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Deserialize::deserialize(deserializer).map(Some)
}

impl Page {
    fn names(&self) -> Vec<String> {
        let not_empty = |names: &&Names| match names {
            Names::List(list) => !list.is_empty(),
            Names::Text(text) => !text.is_empty(),
        };
        match self.authors.as_ref().filter(not_empty).or(self.author.as_ref().filter(not_empty)) {
            Some(Names::List(list)) => folded(list.iter().map(String::as_str)),
            Some(Names::Text(text)) => folded(text.split(';').flat_map(|part| part.split(" and "))),
            None => Vec::new(),
        }
    }
}

fn folded<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<_> = names.filter(|name| !name.is_empty()).map(fold).collect();
    names.sort();
    names
}

/// `eval extraction`.
pub(super) fn run(data: &Data, ratchet: &Ratchet, mut args: Args) -> Result<()> {
    let named = args.path("--gold")?;
    let worst: usize = args.option("--worst")?.unwrap_or(0);
    let misses = args.flag("--misses");
    args.finish()?;
    let paths = match named {
        Some(path) => vec![path],
        None => {
            SETS.iter().filter_map(|set| data.file(&format!("data/extraction/{set}.jsonl.zst"))).collect()
        }
    };
    let registry = Registry::core();
    let mut measured = Vec::new();
    for path in paths {
        let mut scores = Scores::measure(&path, &|_, _| &registry)?;
        if misses {
            crate::print(&scores.misses);
        }
        crate::print(&scores.report(&set_name(&path), worst));
        measured.push(scores.measures(&set_name(&path)));
    }
    ratchet.hold(&measured)
}

/// What a document says of the article, as the measures want it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Article {
    /// Standfirst, headings and body, without the title.
    text: String,
    title: Option<String>,
    authors: Vec<String>,
    /// The date, where it is not inferred from the text.
    date: Option<String>,
    /// Folded standfirsts and headings.
    #[serde(skip)]
    typed: Vec<(Role, String)>,
}

impl Article {
    fn of(document: &Document) -> Self {
        let blocks =
            || document.blocks.iter().filter(|block| document.part_of(block).kind == PartKind::Article);
        let text: Vec<_> = blocks()
            .filter(|block| block.role.is_text() && block.role != Role::Title)
            .map(|block| document.slice(block))
            .collect();
        let typed = |role: &Role| matches!(role, Role::Standfirst | Role::Heading);
        let part: Option<&Part> = document.article();
        let published = part.and_then(|part| part.published.as_ref());
        Article {
            text: text.join("\n\n"),
            title: part.and_then(|part| part.title.clone()),
            authors: part.map(|part| part.authors.clone()).unwrap_or_default(),
            date: published.filter(|date| date.method != Method::Inferred).map(|date| date.edtf.to_string()),
            typed: blocks()
                .filter(|block| typed(&block.role))
                .map(|block| (block.role, fold(document.slice(block))))
                .collect(),
        }
    }
}

/// The counts over all pages of a set.
#[derive(Default)]
pub(crate) struct Scores {
    precision: Vec<f64>,
    recall: Vec<f64>,
    segments: Tally,
    standfirst: Tally,
    heading: Tally,
    has_blocks: bool,
    title: Share,
    author: Share,
    /// Pages whose date gold knows: right, and given but wrong.
    date: Share,
    date_wrong: Share,
    /// Pages that have no date by gold, and got one.
    date_extra: Share,
    /// F1 of each page's text, for the worst.
    pages: Vec<(f64, String)>,
    /// A line for each title, author and date that is not gold's: page, field, gold, found.
    misses: String,
}

/// How often something holds.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    holds: usize,
    of: usize,
}

impl Share {
    fn count(&mut self, holds: bool) {
        self.holds += usize::from(holds);
        self.of += 1;
    }

    fn value(self) -> f64 {
        share(self.holds, self.of)
    }
}

impl Scores {
    /// Those of the articles that `find` gives for the ids of pages; a page without one counts as empty.
    pub(crate) fn of(path: &Path, mut find: impl FnMut(&str) -> Option<Article>) -> Result<Self> {
        let mut scores = Scores::default();
        for page in rows::<Page>(path)? {
            let page = page?;
            scores.count(&page, &find(&page.id).unwrap_or_default());
        }
        Ok(scores)
    }

    pub(super) fn measure<'r>(
        path: &Path,
        parsers: &dyn Fn(Option<&str>, &str) -> &'r Registry,
    ) -> Result<Self> {
        let mut scores = Scores::default();
        for page in rows::<Page>(path)? {
            let page = page?;
            let (media_type, bytes) = match &page.html {
                Some(html) => ("text/html", html.as_bytes()),
                None => ("text/plain", page.text.as_deref().unwrap_or_default().as_bytes()),
            };
            let metadata = Metadata { id: Some(page.id.clone()), url: page.url.clone(), date: None };
            let record =
                Record::new(page.id.as_str(), bytes).with_media_type(media_type).with_metadata(metadata);
            // Of several documents the last counts, as in a table of documents by id.
            if let Some(document) = parsers(page.url.as_deref(), &page.id).parse_all(&record).last() {
                scores.count(&page, &Article::of(document));
            }
        }
        Ok(scores)
    }

    fn count(&mut self, page: &Page, article: &Article) {
        if let Some(text) = page.text.as_deref().filter(|text| !text.trim().is_empty()) {
            self.count_text(page, text, &article.text);
        }
        if let Some(with) = &page.with {
            let text = space(&article.text);
            with.iter().for_each(|segment| self.segments.count(true, text.contains(&space(segment)), 1));
            let unwanted = page.without.iter().filter(|segment| text.contains(&space(segment)));
            self.segments.wrong += unwanted.count();
        }
        if let Some(blocks) = page.blocks.as_ref().filter(|blocks| !blocks.is_empty()) {
            self.has_blocks = true;
            self.standfirst += typed(blocks, "summary", article, Role::Standfirst);
            self.heading += typed(blocks, "heading", article, Role::Heading);
        }
        if let Some(title) = page.title.as_deref().filter(|title| !title.is_empty()) {
            let found = article.title.as_deref().unwrap_or_default();
            self.title.count(fold(title) == fold(found));
            self.miss(&page.id, "title", &fold(title), &fold(found));
        }
        let names = page.names();
        if !names.is_empty() {
            let found = folded(article.authors.iter().map(String::as_str));
            self.author.count(names == found);
            self.miss(&page.id, "author", &names.join("; "), &found.join("; "));
        }
        if let Some(date) = &page.date {
            let found = article.date.as_deref().and_then(day);
            let gold = date.as_deref().and_then(day);
            self.miss(&page.id, "date", gold.unwrap_or_default(), found.unwrap_or_default());
            match gold {
                Some(gold) => {
                    self.date.count(found == Some(gold));
                    self.date_wrong.count(found.is_some_and(|found| found != gold));
                }
                None => self.date_extra.count(found.is_some()),
            }
        }
    }

    fn miss(&mut self, id: &str, field: &str, gold: &str, found: &str) {
        if gold != found {
            let _ = writeln!(self.misses, "{id}\t{field}\t{gold}\t{found}");
        }
    }

    fn count_text(&mut self, page: &Page, gold: &str, found: &str) {
        let (gold, found) = (shingles(gold), shingles(found));
        let (n_gold, n_found): (usize, usize) = (gold.values().sum(), found.values().sum());
        let n_common = common(&gold, &found);
        if n_gold == 0 {
            return;
        }
        if n_found > 0 {
            self.precision.push(share(n_common, n_found));
        }
        self.recall.push(share(n_common, n_gold));
        self.pages.push((share(2 * n_common, n_gold + n_found), page.id.clone()));
    }

    pub(crate) fn measures(&self, set: &str) -> Measures {
        let mut measures = Measures::new(set);
        if !self.recall.is_empty() {
            let (precision, recall) = (mean(&self.precision), mean(&self.recall));
            measures = measures
                .with("text_precision", precision)
                .with("text_recall", recall)
                .with("text_f1", harmonic(precision, recall));
        }
        if self.segments.gold() > 0 {
            measures = measures
                .with("segments_precision", self.segments.precision())
                .with("segments_recall", self.segments.recall())
                .with("segments_f1", self.segments.f1());
        }
        if self.has_blocks {
            measures =
                measures.with("standfirst_f1", self.standfirst.f1()).with("heading_f1", self.heading.f1());
        }
        for (name, share) in [
            ("title_exact", self.title),
            ("author_exact", self.author),
            ("date_correct", self.date),
            (
                "date_not_wrong",
                Share { holds: self.date_wrong.of - self.date_wrong.holds, ..self.date_wrong },
            ),
            (
                "date_not_invented",
                Share { holds: self.date_extra.of - self.date_extra.holds, ..self.date_extra },
            ),
        ] {
            if share.of > 0 {
                measures = measures.with(name, share.value());
            }
        }
        measures
    }

    pub(super) fn report(&mut self, set: &str, worst: usize) -> String {
        let mut out = format!("{set}\n");
        self.pages.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        for (f1, id) in self.pages.iter().take(worst) {
            let _ = writeln!(out, "  f1={f1:.3}  {id}");
        }
        if !self.recall.is_empty() {
            let (precision, recall) = (mean(&self.precision), mean(&self.recall));
            let f1 = harmonic(precision, recall);
            let n_pages = self.recall.len();
            let _ =
                writeln!(out, "text      n={n_pages} precision={precision:.4} recall={recall:.4} f1={f1:.4}");
        }
        if self.segments.gold() > 0 {
            let _ = writeln!(out, "{}", row("segments", self.segments));
        }
        if self.has_blocks {
            for (name, tally) in [("standfirst", self.standfirst), ("heading", self.heading)] {
                let _ = writeln!(out, "{} gold={}", row(name, tally), tally.gold());
            }
        }
        for (name, share) in [("title", self.title), ("author", self.author)] {
            if share.of > 0 {
                let _ = writeln!(out, "{name:<9} exact={:.4} n={}", share.value(), share.of);
            }
        }
        if self.date.of > 0 {
            let (right, wrong, extra) = (self.date, self.date_wrong, self.date_extra);
            let _ = writeln!(
                out,
                "date      correct={:.4} wrong={:.4} n={}  given where gold has none={:.4} n={}",
                right.value(),
                wrong.value(),
                right.of,
                extra.value(),
                extra.of
            );
        }
        out
    }
}

fn row(name: &str, tally: Tally) -> String {
    format!("{name:<9} precision={:.4} recall={:.4} f1={:.4}", tally.precision(), tally.recall(), tally.f1())
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// The runs of four words of a text, each with how often it stands there; a shorter text is one run.
fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<_> = words(text).collect();
    match words.len() {
        0 => HashMap::new(),
        1..4 => HashMap::from([(words, 1)]),
        _ => bag(words.windows(4).map(<[_]>::to_vec)),
    }
}

fn bag<T: Eq + Hash>(items: impl Iterator<Item = T>) -> HashMap<T, usize> {
    let mut bag = HashMap::new();
    items.for_each(|item| *bag.entry(item).or_default() += 1);
    bag
}

/// Number of items that two bags share.
fn common<T: Eq + Hash>(one: &HashMap<T, usize>, other: &HashMap<T, usize>) -> usize {
    one.iter().map(|(item, n_times)| other.get(item).map_or(0, |n_other| *n_times.min(n_other))).sum()
}

/// The blocks of one kind, told by their folded text.
fn typed(blocks: &[GoldBlock], kind: &str, article: &Article, role: Role) -> Tally {
    let gold = bag(blocks.iter().filter(|block| block.k == kind).map(|block| fold(&block.t)));
    let found = bag(article.typed.iter().filter(|typed| typed.0 == role).map(|typed| typed.1.clone()));
    let (n_gold, n_found): (usize, usize) = (gold.values().sum(), found.values().sum());
    let right = common(&gold, &found);
    Tally { right, wrong: n_found - right, missed: n_gold - right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_are_counted_as_often_as_they_stand() {
        let one = shingles("a b c d e a b c d");
        assert_eq!(one[&vec!["a", "b", "c", "d"]], 2);
        assert_eq!(common(&one, &shingles("a b c d")), 1);
        assert_eq!(shingles("two words").len(), 1);
        assert!(shingles(" … ").is_empty());
    }

    #[test]
    fn authors_are_split_and_sorted() {
        let page: Page =
            serde_json::from_str(r#"{"id": "1", "authors": [], "author": "Nia Vold; Bo Ek and Al"}"#)
                .unwrap();
        assert_eq!(page.names(), ["al", "bo ek", "nia vold"]);
        assert!(page.date.is_none());
    }
}
