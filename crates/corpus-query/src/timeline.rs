//! The timeline: what happened, was said and was published when, and what stays without a date.

use crate::{
    happenings::{Happenings, Mention},
    reading::Seen,
    statements::{StatementOptions, Statements},
    tabular::{Tabular, cell, first, place_cells, places, with_place},
};
use corpus_annotate::{Annotators, event, link::Table};
use corpus_core::{Document, Edtf, Evidence, PartKind, edtf::Day};
use corpus_store::{Corpus, Layer};
use serde::Serialize;
use std::{collections::BTreeSet, fmt};

/// What is told of when.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Timeline {
    /// What has a first and a last day, by the first.
    pub items: Vec<Entry>,
    /// What has not: its date is open or not given.
    pub open: Vec<Entry>,
}

/// Whether something may be of a lane of a corpus, as far as that is known before its documents are read: of one whose
/// events another program than this has found, it is not.
///
/// # Errors
/// When it is none; the error lists those there are.
pub fn check_lane(corpus: &Corpus, lane: &str) -> Result<(), UnknownLane> {
    let ours = Annotators::core().written().find(|(name, _)| *name == "event").map(|(_, version)| version);
    let is_ours = |layer: &Layer| layer.name != "event" || Some(layer.version) == ours;
    match corpus.layers().iter().all(is_ours) {
        true => Timeline::default().check_lane(lane),
        false => Ok(()),
    }
}

impl Timeline {
    /// Whether something may be of a lane: the kind of an event, `statement`, `published`, or what an entry is of.
    ///
    /// # Errors
    /// When it is none; the error lists those there are.
    pub fn check_lane(&self, lane: &str) -> Result<(), UnknownLane> {
        let known = event::kinds().into_iter().chain(["statement", "published"]);
        let there = self.items.iter().chain(&self.open).map(|entry| &*entry.lane);
        let lanes: BTreeSet<&str> = known.chain(there).collect();
        match lanes.contains(lane) {
            true => Ok(()),
            false => Err(UnknownLane {
                name: lane.to_owned(),
                known: lanes.into_iter().map(str::to_owned).collect(),
            }),
        }
    }
}

/// A name that is no lane's; its message lists the lanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLane {
    name: String,
    known: Vec<String>,
}

impl fmt::Display for UnknownLane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown lane {:?}; known lanes: {}", self.name, self.known.join(", "))
    }
}

impl std::error::Error for UnknownLane {}

/// Something on the timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// What it is: the kind of an event, `statement` or `published`.
    pub lane: String,
    /// When, as EDTF.
    pub date: Option<Edtf>,
    /// What more is known of an open date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Edtf>,
    /// What, in a few words.
    pub what: String,
    /// Whether it had yet to happen when the text was written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub planned: bool,
    /// Whether its date has no first or no last day.
    pub open: bool,
    /// Where it is told.
    pub mentions: Vec<Mention>,
}

/// Gathers a timeline from documents, which come in the order of the corpus.
#[derive(Debug)]
pub struct TimelineBuilder<'t> {
    happenings: Happenings<'t>,
    statements: Statements<'t>,
    seen: Seen<'t>,
    entries: Vec<Entry>,
}

/// Most characters of what a statement says.
const WORDS: usize = 160;

impl<'t> TimelineBuilder<'t> {
    /// Gathers what happened, was said and was published, with events and speakers as `table` links them.
    pub fn new(table: &'t Table) -> Self {
        TimelineBuilder {
            happenings: Happenings::new(table),
            statements: Statements::new(table, StatementOptions::new()),
            seen: Seen::new(table),
            entries: Vec::new(),
        }
    }

    /// Adds what the next document tells.
    pub fn add(&mut self, document: &Document) {
        self.happenings.add(document);
        for statement in self.statements.of(document) {
            let who = statement.speaker_name.as_deref().or(statement.speaker.as_deref()).unwrap_or("?");
            let what = format!("{who}: {}", statement.content.join(" … "));
            let text = statement.content.join(" … ");
            self.entries.push(Entry {
                lane: "statement".to_owned(),
                open: is_open(statement.said_on.as_ref()),
                date: statement.said_on,
                bounds: None,
                what: cut(&what),
                planned: false,
                mentions: vec![Mention { location: statement.location, text }],
            });
        }
        let mut reading = self.seen.read(document);
        let articles = document.parts.iter().enumerate().filter(|(_, part)| part.kind == PartKind::Article);
        for (index, part) in articles {
            let Some(first) = document.blocks.iter().find(|block| block.part == index) else { continue };
            let evidence = part.published.iter().flat_map(|published| &published.evidence);
            let spans = evidence.filter_map(|evidence| match evidence {
                Evidence::Span { span } => Some(*span),
                _ => None,
            });
            let mut spans: Vec<_> = spans.collect();
            if spans.is_empty() {
                spans.push(first.span);
            }
            let mentions = spans
                .into_iter()
                .map(|span| Mention { location: reading.locate(span), text: cut(reading.words(span)) })
                .collect();
            let date = part.published.as_ref().map(|published| published.edtf.clone());
            self.entries.push(Entry {
                lane: "published".to_owned(),
                open: is_open(date.as_ref()),
                date,
                bounds: part.published.as_ref().and_then(|published| published.bounds.clone()),
                what: part.title.clone().unwrap_or_else(|| cut(document.slice(first))),
                planned: false,
                mentions,
            });
        }
    }

    /// The timeline.
    pub fn finish(self) -> Timeline {
        let happened = self.happenings.finish().into_iter().map(|happening| {
            let mut what = happening.kind.clone();
            if let Some(place) = &happening.place {
                what.push_str(" in ");
                what.push_str(place);
            }
            if !happening.participants.is_empty() {
                what.push_str(": ");
                what.push_str(&happening.participants.join(", "));
            }
            Entry {
                lane: happening.kind,
                open: is_open(happening.when.as_ref()),
                date: happening.when,
                bounds: None,
                what,
                planned: happening.planned,
                mentions: happening.mentions,
            }
        });
        let (open, items) = happened.chain(self.entries).partition(|entry| entry.open);
        let mut timeline = Timeline { items, open };
        timeline.items.sort_by_key(|entry| days(entry.date.as_ref()));
        // A statement without a date says nothing on a timeline.
        timeline.open.retain(|entry| entry.date.is_some() || entry.lane == "published");
        timeline
    }
}

fn days(date: Option<&Edtf>) -> (Option<Day>, Option<Day>) {
    date.map_or((None, None), Edtf::bounds)
}

fn is_open(date: Option<&Edtf>) -> bool {
    !matches!(days(date), (Some(_), Some(_)))
}

fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(WORDS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

impl Tabular for Entry {
    const COLUMNS: &'static [&'static str] = with_place!["what", "date", "bounds", "lane", "told_in", "open"];

    fn cells(&self) -> Vec<String> {
        let cells = [
            if self.planned { format!("{} (planned)", self.what) } else { self.what.clone() },
            cell(self.date.as_ref()),
            cell(self.bounds.as_ref()),
            self.lane.clone(),
            places(&self.mentions),
            self.open.to_string(),
        ];
        cells.into_iter().chain(place_cells(first(&self.mentions))).collect()
    }
}
