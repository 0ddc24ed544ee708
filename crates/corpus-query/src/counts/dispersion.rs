//! Dispersion: how evenly what a query matches lies over the documents.

use super::{Counted, measure};
use crate::{
    engine::Engine,
    error::Error,
    hit::Location,
    matcher::Room,
    query::{Explained, Query},
    tabular::{Tabular, place_cells, with_place},
    token::Tokens,
};
use serde::Serialize;
use std::ops::ControlFlow;

/// How evenly matches lie over the documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dispersion {
    /// How the query was understood.
    pub query: Explained,
    /// Number of matches.
    pub matches: u64,
    /// Number of words in all.
    pub tokens: u64,
    /// Number of documents with text.
    pub documents: u64,
    /// Number of documents with a match.
    pub range: u64,
    /// Juilland's D: 1 is even.
    pub juilland_d: f64,
    /// Gries' DP, normalized: 0 is even.
    pub gries_dp: f64,
    /// The documents with matches, in their order.
    pub plot: Vec<Plot>,
}

/// Where in a document matches lie.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plot {
    /// Where the first match lies.
    #[serde(flatten)]
    pub location: Location,
    /// Number of matches.
    pub matches: u64,
    /// Number of words.
    pub tokens: u64,
    /// Where each match lies among the words of the document, from 0 to 1.
    pub at: Vec<f32>,
}

#[derive(Debug, Default)]
struct Document {
    order: u64,
    tokens: u64,
    at: Vec<u64>,
    first: Option<Location>,
}

impl Engine {
    /// How evenly the matches of a query lie over the documents.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn dispersion(&self, query: &Query, counted: &Counted) -> Result<Dispersion, Error> {
        let query = &self.understood(query)?;
        let matcher = self.matcher(query, counted.place());
        let (mut room, mut tokens, mut copies) = (Room::default(), Tokens::default(), counted.copies());
        let mut documents: Vec<Document> = Vec::new();
        self.each(None, counted.place(), |part| {
            let matches = matcher.find(part, &mut room).unwrap_or_default();
            for (index, passage) in part.passages.iter().enumerate() {
                if !counted.place().holds(part, passage) || copies.is_copy(part, passage) {
                    continue;
                }
                if documents.last().is_none_or(|document| document.order != part.order) {
                    documents.push(Document { order: part.order, ..Document::default() });
                }
                let Some(document) = documents.last_mut() else { continue };
                tokens.read(part.slice(passage));
                for found in matches.iter().filter(|found| found.passage == index) {
                    document.at.push(document.tokens + tokens.first_from(found.start) as u64);
                    document.first.get_or_insert_with(|| Location::of_match(part, found));
                }
                document.tokens += tokens.len() as u64;
            }
            ControlFlow::Continue(())
        })?;
        documents.retain(|document| document.tokens > 0);
        let all: u64 = documents.iter().map(|document| document.tokens).sum();
        let matches: u64 = documents.iter().map(|document| document.at.len() as u64).sum();
        let share = |document: &Document| document.at.len() as f64 / document.tokens as f64;
        let sum = documents.iter().map(share).sum();
        let squares = documents.iter().map(|document| share(document).powi(2)).sum();
        let proportions = documents.iter().map(|document| {
            (document.tokens as f64 / all as f64, document.at.len() as f64 / matches.max(1) as f64)
        });
        Ok(Dispersion {
            query: query.explain(),
            matches,
            tokens: all,
            documents: documents.len() as u64,
            range: documents.iter().filter(|document| !document.at.is_empty()).count() as u64,
            juilland_d: measure::juilland(sum, squares, documents.len() as f64),
            gries_dp: if matches == 0 { 1.0 } else { measure::deviation_of_proportions(proportions) },
            plot: documents.iter().filter_map(plot).collect(),
        })
    }
}

fn plot(document: &Document) -> Option<Plot> {
    Some(Plot {
        location: document.first.clone()?,
        matches: document.at.len() as u64,
        tokens: document.tokens,
        at: document.at.iter().map(|at| *at as f32 / document.tokens as f32).collect(),
    })
}

impl Tabular for Plot {
    const COLUMNS: &'static [&'static str] = with_place!["name", "matches", "words", "where"];

    fn cells(&self) -> Vec<String> {
        let at: Vec<String> = self.at.iter().map(|at| format!("{at:.3}")).collect();
        let counts = [self.location.name(), self.matches.to_string(), self.tokens.to_string(), at.join(" ")];
        counts.into_iter().chain(place_cells(Some(&self.location))).collect()
    }
}
