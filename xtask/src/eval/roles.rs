//! Roles and parts of lines against gold: accuracy, F1 of each role, and where they go wrong.

use super::{
    data::{Data, rows, set_name},
    measure::{Measures, Tally, share},
    prediction::{block_of, lines, part_names, trim},
    ratchet::Ratchet,
};
use crate::args::Args;
use anyhow::{Context, Result, bail};
use corpus_core::{Document, Metadata, Record, Registry, Role};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Path, PathBuf},
};

/// Coarse roles with fewer gold lines than this do not enter the mean over roles.
const ENOUGH_LINES: usize = 10;

/// A page of gold.
#[derive(Debug, Deserialize)]
struct Page {
    id: String,
    url: Option<String>,
    text: String,
    /// Number, role and part of each line that is not blank.
    lines: Vec<(usize, String, String)>,
}

/// One line of a page: what gold and the labeller say.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) gold: Label,
    pub(super) found: Label,
    /// The labeller's reason.
    pub(super) why: String,
}

/// Role and part, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) role: String,
    pub(super) part: String,
}

impl Label {
    fn is_clean_text(&self) -> bool {
        self.part == "article" && self.role.parse::<Role>().is_ok_and(Role::is_text)
    }
}

/// A page whose lines are labelled twice.
struct Labelled {
    id: String,
    lines: Vec<Line>,
}

/// `eval roles`.
pub(super) fn run(data: &Data, ratchet: &Ratchet, mut args: Args) -> Result<()> {
    let named = args.path("--gold")?;
    let worst: Option<usize> = args.option("--worst")?;
    let page: Option<String> = args.option("--page")?;
    let confused: Option<String> = args.option("--confused")?;
    args.finish()?;
    let Some(path) = named.or_else(|| data.file("gold/roles-dev.jsonl")) else { return Ok(()) };
    let registry = Registry::core();
    let pages = label(&path, &|_, _| &registry)?;
    let mut report = String::new();
    match (page, confused) {
        (Some(id), _) => show_page(&mut report, &pages, &id)?,
        (None, Some(pair)) => show_confused(&mut report, &pages, &pair)?,
        (None, None) => {
            let scores = Scores::of(&pages);
            scores.write_tables(&mut report);
            write_worst(&mut report, &pages, worst.unwrap_or(0));
            let measures = scores.measures(&set_name(&path));
            let _ = writeln!(report, "lines={} {measures}", scores.lines);
            crate::print(&report);
            return ratchet.hold(&[measures]);
        }
    }
    crate::print(&report);
    Ok(())
}

/// Labels the pages of the sets at `paths` with the parsers of each, and reports on all together.
pub(super) fn measure<'r>(
    paths: &[PathBuf],
    name: &str,
    parsers: &dyn Fn(Option<&str>, &str) -> &'r Registry,
) -> Result<Measures> {
    let mut pages = Vec::new();
    for path in paths {
        pages.extend(label(path, parsers)?);
    }
    let scores = Scores::of(&pages);
    let mut report = String::new();
    write_tallies(&mut report, "coarse role", &scores.coarse_roles);
    let measures = scores.measures(name);
    let _ = writeln!(report, "{name} lines={} {measures}", scores.lines);
    crate::print(&report);
    Ok(measures)
}

/// Reads gold and labels each page anew.
fn label<'r>(path: &Path, parsers: &dyn Fn(Option<&str>, &str) -> &'r Registry) -> Result<Vec<Labelled>> {
    rows::<Page>(path)?
        .map(|page| {
            let page = page?;
            let metadata = Metadata { id: Some(page.id.clone()), url: page.url.clone(), date: None };
            let record = Record::new(page.id.as_str(), page.text.as_bytes())
                .with_media_type("text/plain")
                .with_metadata(metadata);
            let documents = parsers(page.url.as_deref(), &page.id).parse_all(&record);
            let document = documents.first().with_context(|| format!("no document of page {}", page.id))?;
            let gold = page.lines.into_iter().map(|(number, role, part)| (number, Label { role, part }));
            Ok(Labelled { id: page.id, lines: compare(document, gold) })
        })
        .collect()
}

/// Puts gold labels beside those of a document.
pub(super) fn compare(document: &Document, gold: impl Iterator<Item = (usize, Label)>) -> Vec<Line> {
    let names = part_names(document);
    let ranges: BTreeMap<_, _> = lines(&document.text).collect();
    let none = || Label { role: "none".to_owned(), part: "none".to_owned() };
    gold.map(|(number, gold)| {
        let range = ranges.get(&number);
        let block = range.and_then(|range| block_of(document, range));
        Line {
            number,
            text: range.map_or("", |range| trim(&document.text[range.clone()])).to_owned(),
            gold,
            found: block.map_or_else(none, |block| Label {
                role: block.role.to_string(),
                part: names[block.part].clone().into_owned(),
            }),
            why: block.map_or(String::new(), |block| block.why.clone().into_owned()),
        }
    })
    .collect()
}

/// The coarse role that a role counts as.
fn coarse(role: &str) -> &str {
    match role {
        "paragraph" | "quote" | "list_item" | "table" | "code" => "body",
        "byline" | "timestamp" | "status" => "meta",
        "caption" | "credit" => "caption",
        "source_note" | "disclaimer" => "note",
        "related_heading" | "related_title" | "related_teaser" => "related",
        "promo" | "navigation" | "form" | "legal" => "furniture",
        other => other,
    }
}

/// The measures over all pages.
#[derive(Debug, Default)]
struct Scores {
    lines: usize,
    fine: usize,
    coarse: usize,
    part: usize,
    roles: BTreeMap<String, Tally>,
    coarse_roles: BTreeMap<String, Tally>,
    parts: BTreeMap<String, Tally>,
    confusions: BTreeMap<(String, String), usize>,
    /// Article text, weighted by characters.
    clean: Tally,
}

impl Scores {
    fn of(pages: &[Labelled]) -> Self {
        let mut scores = Scores::default();
        pages.iter().flat_map(|page| &page.lines).for_each(|line| scores.count(line));
        scores
    }

    fn count(&mut self, line: &Line) {
        let (gold, found) = (&line.gold, &line.found);
        self.lines += 1;
        self.fine += usize::from(gold.role == found.role);
        self.coarse += usize::from(coarse(&gold.role) == coarse(&found.role));
        self.part += usize::from(gold.part == found.part);
        tally(&mut self.roles, &gold.role, &found.role);
        tally(&mut self.coarse_roles, coarse(&gold.role), coarse(&found.role));
        tally(&mut self.parts, &gold.part, &found.part);
        if gold.role != found.role {
            *self.confusions.entry((gold.role.clone(), found.role.clone())).or_default() += 1;
        }
        self.clean.count(gold.is_clean_text(), found.is_clean_text(), line.text.chars().count());
    }

    /// Mean F1 over the coarse roles that gold has often enough.
    fn macro_f1(&self) -> f64 {
        let often: Vec<_> =
            self.coarse_roles.values().filter(|tally| tally.gold() >= ENOUGH_LINES).map(|t| t.f1()).collect();
        super::measure::mean(&often)
    }

    fn write_tables(&self, out: &mut String) {
        write_tallies(out, "role", &self.roles);
        write_tallies(out, "coarse role", &self.coarse_roles);
        write_tallies(out, "part", &self.parts);
        let mut confusions: Vec<_> = self.confusions.iter().collect();
        confusions.sort_by_key(|(pair, n_lines)| (std::cmp::Reverse(**n_lines), *pair));
        let _ = writeln!(out, "{:<36} {:>6}", "taken for (gold:found)", "lines");
        for ((gold, found), n_lines) in confusions.into_iter().take(20) {
            let _ = writeln!(out, "{:<36} {n_lines:>6}", format!("{gold}:{found}"));
        }
        out.push('\n');
    }

    /// The measures, in the order in which they are printed.
    fn measures(&self, set: &str) -> Measures {
        Measures::new(set)
            .with("fine", share(self.fine, self.lines))
            .with("coarse", share(self.coarse, self.lines))
            .with("part", share(self.part, self.lines))
            .with("macro_f1", self.macro_f1())
            .with("clean_p", self.clean.precision())
            .with("clean_r", self.clean.recall())
            .with("clean_f1", self.clean.f1())
    }
}

fn tally(tallies: &mut BTreeMap<String, Tally>, gold: &str, found: &str) {
    if gold == found {
        tallies.entry(gold.to_owned()).or_default().right += 1;
    } else {
        tallies.entry(gold.to_owned()).or_default().missed += 1;
        tallies.entry(found.to_owned()).or_default().wrong += 1;
    }
}

fn write_tallies(out: &mut String, what: &str, tallies: &BTreeMap<String, Tally>) {
    let _ = writeln!(
        out,
        "{what:<16} {:>9} {:>7} {:>6} {:>6} {:>6}",
        "precision", "recall", "F1", "gold", "found"
    );
    for (name, tally) in tallies {
        let _ = writeln!(
            out,
            "{name:<16} {:>9.3} {:>7.3} {:>6.3} {:>6} {:>6}",
            tally.precision(),
            tally.recall(),
            tally.f1(),
            tally.gold(),
            tally.right + tally.wrong
        );
    }
    out.push('\n');
}

fn write_worst(out: &mut String, pages: &[Labelled], n_pages: usize) {
    if n_pages == 0 {
        return;
    }
    let wrong = |page: &Labelled| {
        page.lines.iter().filter(|line| coarse(&line.gold.role) != coarse(&line.found.role)).count()
    };
    let mut ranked: Vec<_> = pages.iter().map(|page| (wrong(page), page)).collect();
    ranked.sort_by_key(|(n_wrong, page)| (std::cmp::Reverse(*n_wrong), &page.id));
    let _ = writeln!(out, "{:>11} {:>6}  page with most coarse roles wrong", "wrong lines", "of");
    for (n_wrong, page) in ranked.into_iter().take(n_pages) {
        let _ = writeln!(out, "{n_wrong:>11} {:>6}  {}", page.lines.len(), page.id);
    }
    out.push('\n');
}

/// Every line of the page whose id holds `id`, wrong ones marked.
fn show_page(out: &mut String, pages: &[Labelled], id: &str) -> Result<()> {
    let Some(page) =
        pages.iter().find(|page| page.id == id).or_else(|| pages.iter().find(|p| p.id.contains(id)))
    else {
        bail!("no page {id:?}; `cargo xtask eval roles --worst 72` lists pages");
    };
    let _ = writeln!(out, "{}", page.id);
    page.lines.iter().for_each(|line| write_line(out, line));
    Ok(())
}

/// Every line that gold calls the one and the labeller the other role.
fn show_confused(out: &mut String, pages: &[Labelled], pair: &str) -> Result<()> {
    let Some((gold, found)) = pair.split_once(':') else {
        bail!("--confused wants GOLD:FOUND, such as heading:title; * stands for any role");
    };
    let is = |wanted: &str, role: &str| wanted == "*" || wanted == role;
    for page in pages {
        let mut wrong = page.lines.iter().filter(|line| {
            line.gold.role != line.found.role && is(gold, &line.gold.role) && is(found, &line.found.role)
        });
        if let Some(first) = wrong.next() {
            let _ = writeln!(out, "{}", page.id);
            std::iter::once(first).chain(wrong).for_each(|line| write_line(out, line));
        }
    }
    Ok(())
}

fn write_line(out: &mut String, line: &Line) {
    let (gold, found) = (&line.gold, &line.found);
    let mark = match (gold.role == found.role, gold.part == found.part) {
        (true, true) => ' ',
        (true, false) => 'p',
        (false, _) => 'x',
    };
    let text: String = line.text.chars().take(90).collect();
    let gold = format!("{}/{}", gold.role, gold.part);
    let found = format!("{}/{}", found.role, found.part);
    let _ = writeln!(out, "{mark} {:>4} {gold:<26} {found:<26} {text}  [{}]", line.number, line.why);
}

/// What `eval seeds` needs of gold that names a file.
pub(super) fn text_document(path: &Path, uri: &str) -> Result<Document> {
    let bytes = std::fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    let documents = Registry::core().parse_all(&Record::new(uri, bytes));
    documents.into_iter().next().with_context(|| format!("no document of {uri}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(gold: (&str, &str), found: (&str, &str), text: &str) -> Line {
        let label = |(role, part): (&str, &str)| Label { role: role.to_owned(), part: part.to_owned() };
        Line { number: 1, text: text.to_owned(), gold: label(gold), found: label(found), why: String::new() }
    }

    #[test]
    fn gold_against_itself_scores_one() {
        let labels = [("title", "article"), ("paragraph", "article"), ("promo", "furniture")];
        let lines = labels.iter().cycle().take(30).map(|label| line(*label, *label, "text")).collect();
        let scores = Scores::of(&[Labelled { id: "a".to_owned(), lines }]);
        let measures = scores.measures("pages-dev");
        assert!(measures.values.iter().all(|(_, value)| *value == 1.0), "{measures}");
    }

    #[test]
    fn clean_text_is_weighed_by_characters() {
        let body = ("paragraph", "article");
        let lines = vec![
            line(body, body, "ниже"),
            line(("promo", "furniture"), body, "ab"),
            line(body, ("form", "furniture"), "a"),
        ];
        let scores = Scores::of(&[Labelled { id: "a".to_owned(), lines }]);
        assert_eq!(scores.clean, Tally { right: 4, wrong: 2, missed: 1 });
        assert_eq!(
            (scores.lines, scores.fine, scores.macro_f1()),
            (3, 1, 0.0),
            "no role is there often enough"
        );
    }
}
