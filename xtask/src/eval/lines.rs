//! Lines of plain text told apart as article and boilerplate.

use super::{
    data::{Data, rows, set_name},
    measure::{Measures, Tally, mean},
    prediction::{block_of, lines, trim},
    ratchet::Ratchet,
};
use crate::args::Args;
use anyhow::{Context, Result};
use corpus_core::{Document, Metadata, PartKind, Record, Registry, Role};
use serde::Deserialize;
use std::{collections::BTreeSet, fmt::Write, path::Path};

/// A page of gold.
#[derive(Debug, Deserialize)]
struct Page {
    id: String,
    url: Option<String>,
    text: String,
    lines: Vec<GoldLine>,
}

/// A line of gold.
#[derive(Debug, Deserialize)]
struct GoldLine {
    /// Offset of its first character, in characters.
    start: usize,
    /// Offset after its last character, in characters.
    end: usize,
    label: serde_json::Value,
}

impl GoldLine {
    fn is_main(&self) -> bool {
        self.label == "main" || self.label == 1 || self.label == true
    }
}

/// `eval lines`.
pub(super) fn run(data: &Data, ratchet: &Ratchet, mut args: Args) -> Result<()> {
    let named = args.path("--gold")?;
    let worst: usize = args.option("--worst")?.unwrap_or(0);
    args.finish()?;
    let Some(path) = named.or_else(|| data.file("data/extraction/text-lines-dev.jsonl.zst")) else {
        return Ok(());
    };
    let registry = Registry::core();
    let measures = measure(&path, &set_name(&path), worst, &|_, _| &registry)?;
    ratchet.hold(&[measures])
}

/// Tells the lines of the set at `path` apart with the parsers of each page.
pub(super) fn measure<'r>(
    path: &Path,
    name: &str,
    worst: usize,
    parsers: &dyn Fn(Option<&str>, &str) -> &'r Registry,
) -> Result<Measures> {
    let mut total = Tally::default();
    let mut pages = Vec::new();
    for page in rows::<Page>(path)? {
        let page = page?;
        let metadata = Metadata { id: Some(page.id.clone()), url: page.url.clone(), date: None };
        let record = Record::new(page.id.as_str(), page.text.as_bytes())
            .with_media_type("text/plain")
            .with_metadata(metadata);
        let documents = parsers(page.url.as_deref(), &page.id).parse_all(&record);
        let document = documents.first().with_context(|| format!("no document of page {}", page.id))?;
        let tally = score(document, &page);
        total += tally;
        if tally.gold() > 0 {
            pages.push((tally, page.id));
        }
    }
    let mut report = String::new();
    pages.sort_by(|(a, _), (b, _)| a.f1().total_cmp(&b.f1()));
    for (tally, id) in pages.iter().take(worst) {
        let _ = writeln!(
            report,
            "f1={:.3} right={} wrong={} missed={}  {id}",
            tally.f1(),
            tally.right,
            tally.wrong,
            tally.missed
        );
    }
    let f1: Vec<_> = pages.iter().map(|(tally, _)| tally.f1()).collect();
    let measures = Measures::new(name)
        .with("line_f1", total.f1())
        .with("page_mean_f1", mean(&f1))
        .with("precision", total.precision())
        .with("recall", total.recall());
    let _ = writeln!(report, "{measures} pages={}", f1.len());
    crate::print(&report);
    Ok(measures)
}

/// Counts the lines that gold labels.
fn score(document: &Document, page: &Page) -> Tally {
    let main: BTreeSet<usize> = lines(&document.text)
        .filter(|(_, range)| {
            block_of(document, range).is_some_and(|block| {
                let is_text = block.role.is_text() && block.role != Role::Title;
                is_text && document.part_of(block).kind == PartKind::Article
            })
        })
        .map(|(number, _)| number)
        .collect();
    let places = Places::of(&page.text);
    let mut tally = Tally::default();
    for line in &page.lines {
        let text = &page.text[places.byte(line.start)..places.byte(line.end)];
        if trim(text).is_empty() {
            continue;
        }
        let lead = text.find(trim(text)).unwrap_or(0);
        let number = places.line(places.byte(line.start) + lead);
        tally.count(line.is_main(), main.contains(&number), 1);
    }
    tally
}

/// From characters to bytes and lines of a text.
struct Places {
    /// Byte offset of each character, and the text's length.
    bytes: Vec<usize>,
    /// Byte offset of each line end.
    ends: Vec<usize>,
}

impl Places {
    fn of(text: &str) -> Self {
        Places {
            bytes: text.char_indices().map(|(at, _)| at).chain([text.len()]).collect(),
            ends: text.match_indices('\n').map(|(at, _)| at).collect(),
        }
    }

    /// The byte offset of a character, the end of the text where there is none.
    fn byte(&self, character: usize) -> usize {
        self.bytes[character.min(self.bytes.len() - 1)]
    }

    /// The number of the line, from 1, that holds a byte.
    fn line(&self, byte: usize) -> usize {
        self.ends.partition_point(|end| *end < byte) + 1
    }
}
