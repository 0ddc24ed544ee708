//! Frequency over time: how often a query matches in what was published when.

use super::{Counted, words::per_million};
use crate::{
    dates,
    engine::Engine,
    error::Error,
    matcher::Room,
    part_text::PartText,
    query::{Explained, Query},
    tabular::Tabular,
    token::Tokens,
};
use serde::Serialize;
use std::{collections::BTreeMap, ops::ControlFlow};

/// A stretch of time that publications are counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Years.
    #[default]
    Year,
    /// Months.
    Month,
    /// Days.
    Day,
}

/// How often a query matches in what was published at one time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Period {
    /// The year, month or day; `open` where the date is known less closely, or not at all.
    pub period: String,
    /// Number of matches.
    pub matches: u64,
    /// Number of documents with a match.
    pub documents: u64,
    /// Number of words published then.
    pub tokens: u64,
    /// Number of documents published then.
    pub published: u64,
    /// Matches in a million words.
    pub per_million: f64,
}

/// Frequency over time, the earliest first, open dates last.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Frequency {
    /// How the query was understood.
    pub query: Explained,
    /// Number of matches.
    pub matches: u64,
    /// The periods in which anything was published.
    pub periods: Vec<Period>,
}

#[derive(Debug, Default)]
struct Counts {
    matches: u64,
    tokens: u64,
    with: u64,
    all: u64,
    last_with: Option<u64>,
    last: Option<u64>,
}

impl Engine {
    /// How often a query matches in what was published in each year, month or day. A date that is not known so closely
    /// counts as open; none is guessed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn frequency(&self, query: &Query, counted: &Counted, step: Step) -> Result<Frequency, Error> {
        let query = &self.understood(query)?;
        let matcher = self.matcher(query, counted.place());
        let (mut room, mut tokens, mut copies) = (Room::default(), Tokens::default(), counted.copies());
        // Years before our era sort before those of it; open dates behind all.
        let mut periods: BTreeMap<(i32, String), Counts> = BTreeMap::new();
        self.each(None, counted.place(), |part| {
            let matches = matcher.find(part, &mut room).unwrap_or_default();
            let counts = periods.entry(period(part, step)).or_default();
            for (index, passage) in part.passages.iter().enumerate() {
                if !counted.place().holds(part, passage) || copies.is_copy(part, passage) {
                    continue;
                }
                tokens.read(part.slice(passage));
                let found = matches.iter().filter(|found| found.passage == index).count() as u64;
                counts.matches += found;
                counts.tokens += tokens.len() as u64;
                counts.all += u64::from(counts.last.replace(part.order) != Some(part.order));
                if found > 0 {
                    counts.with += u64::from(counts.last_with.replace(part.order) != Some(part.order));
                }
            }
            ControlFlow::Continue(())
        })?;
        let periods: Vec<Period> = periods
            .into_iter()
            .filter(|(_, counts)| counts.tokens > 0)
            .map(|((_, period), counts)| Period {
                period,
                matches: counts.matches,
                documents: counts.with,
                tokens: counts.tokens,
                published: counts.all,
                per_million: per_million(counts.matches, counts.tokens),
            })
            .collect();
        let matches = periods.iter().map(|period| period.matches).sum();
        Ok(Frequency { query: query.explain(), matches, periods })
    }
}

/// The period a part was published in, with its year to sort by.
fn period(part: &PartText, step: Step) -> (i32, String) {
    let open = || (i32::MAX, dates::OPEN.to_owned());
    let Some((Some(first), Some(last))) = part.published.as_ref().map(corpus_core::Edtf::bounds) else {
        return open();
    };
    let (year, same_year) = (first.year(), first.year() == last.year());
    let same_month = same_year && first.month() == last.month();
    match step {
        Step::Year if same_year => (year, format!("{year:04}")),
        Step::Month if same_month => (year, format!("{year:04}-{:02}", first.month())),
        Step::Day if first == last => (year, first.to_string()),
        _ => open(),
    }
}

impl Tabular for Period {
    const COLUMNS: &'static [&'static str] =
        &["period", "matches", "documents", "published", "words", "per_million"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.period.clone(),
            self.matches.to_string(),
            self.documents.to_string(),
            self.published.to_string(),
            self.tokens.to_string(),
            format!("{:.2}", self.per_million),
        ]
    }
}
