//! Keywords: words that are more frequent here than in a corpus that is compared with.

use super::{
    Counted, measure,
    words::{Form, Tally, per_million},
};
use crate::{engine::Engine, error::Error, matcher::Room, query::Query, tabular::Tabular};
use serde::Serialize;

/// A word that is more frequent here than there, or less.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Keyword {
    /// The word, folded.
    pub word: String,
    /// How often it stands here.
    pub count: u64,
    /// How often in a million words.
    pub per_million: f64,
    /// In how many documents.
    pub documents: u64,
    /// How often it stands there.
    pub reference_count: u64,
    /// How often there in a million words.
    pub reference_per_million: f64,
    /// How sure the difference is: log-likelihood; 3.84 and more is significant at 5 %, 10.83 at 0.1 %. Negative where
    /// it is less frequent here.
    pub log_likelihood: f64,
    /// How large the difference is: log ratio; 1 is twice as frequent here. A word that does not stand there, or here,
    /// counts half, so that of a rare one little is said.
    pub log_ratio: f64,
}

/// The keywords of a corpus beside another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Keywords {
    /// Number of words here.
    pub tokens: u64,
    /// Number of words there.
    pub reference_tokens: u64,
    /// The keywords, those of the surest difference first.
    pub keywords: Vec<Keyword>,
}

impl Engine {
    /// The words that are more frequent here than in `reference`, and stand here at least `least` times, at most
    /// `limit`; with `negative` those that are less frequent.
    ///
    /// # Errors
    /// When an index cannot be read.
    pub fn keywords(
        &self,
        reference: &Engine,
        counted: &Counted,
        form: Form,
        least: u64,
        limit: usize,
        negative: bool,
    ) -> Result<Keywords, Error> {
        let (here, there) = (self.tally(counted, form)?, reference.tally(counted, form)?);
        Ok(Keywords::of(&here, &there, least, limit, negative))
    }

    /// The words that are more frequent in the parts in which a query matches than in all others; the rest as
    /// [`Engine::keywords`].
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn keywords_where(
        &self,
        query: &Query,
        counted: &Counted,
        form: Form,
        least: u64,
        limit: usize,
        negative: bool,
    ) -> Result<Keywords, Error> {
        let query = &self.understood(query)?;
        let matcher = self.matcher(query, counted.place());
        let mut room = Room::default();
        let (mut here, mut there) = (Tally::default(), Tally::default());
        let mut last = None;
        self.each_passage(counted, |part, _, tokens| {
            let place = (part.order, part.part);
            let matches = match last {
                Some((known, matches)) if known == place => matches,
                _ => matcher.find(part, &mut room).is_some(),
            };
            last = Some((place, matches));
            let tally = if matches { &mut here } else { &mut there };
            tally.add_all(part, tokens, form);
        })?;
        here.end_document();
        there.end_document();
        Ok(Keywords::of(&here, &there, least, limit, negative))
    }
}

impl Keywords {
    fn of(here: &Tally, there: &Tally, least: u64, limit: usize, negative: bool) -> Keywords {
        // Words that are less frequent here may not stand here at all.
        let (from, to) = if negative { (there, here) } else { (here, there) };
        let mut keywords: Vec<Keyword> = (0..from.vocabulary.len() as u32)
            .filter(|&number| from.counts[number as usize].count >= least)
            .map(|number| {
                let word = from.vocabulary.word(number);
                let known =
                    to.vocabulary.known(word).map(|number| to.counts[number as usize]).unwrap_or_default();
                let own = from.counts[number as usize];
                let (one, other) = if negative { (known, own) } else { (own, known) };
                let (count, reference) = (one.count as f64, other.count as f64);
                let (size, reference_size) = (here.tokens as f64, there.tokens as f64);
                let likelihood = measure::keyness(count, size, reference, reference_size);
                Keyword {
                    word: word.to_owned(),
                    count: one.count,
                    per_million: per_million(one.count, here.tokens),
                    documents: one.documents,
                    reference_count: other.count,
                    reference_per_million: per_million(other.count, there.tokens),
                    log_likelihood: if negative { -likelihood } else { likelihood },
                    log_ratio: measure::log_ratio(count, size, reference, reference_size),
                }
            })
            .filter(|keyword| {
                // By the counts as they are: the ratio takes half of one for none. A word as frequent here as there is
                // no keyword.
                let share = |count: u64, tokens: u64| u128::from(count) * u128::from(tokens);
                let one = share(keyword.count, there.tokens);
                let other = share(keyword.reference_count, here.tokens);
                if negative { one < other } else { one > other }
            })
            .collect();
        keywords.sort_by(|one, other| {
            let sure = |keyword: &Keyword| keyword.log_likelihood.abs();
            sure(other).total_cmp(&sure(one)).then_with(|| one.word.cmp(&other.word))
        });
        keywords.truncate(limit);
        Keywords { tokens: here.tokens, reference_tokens: there.tokens, keywords }
    }
}

impl Tabular for Keyword {
    const COLUMNS: &'static [&'static str] = &[
        "word",
        "count",
        "per_million",
        "documents",
        "reference_count",
        "reference_per_million",
        "log_likelihood",
        "log_ratio",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.word.clone(),
            self.count.to_string(),
            format!("{:.2}", self.per_million),
            self.documents.to_string(),
            self.reference_count.to_string(),
            format!("{:.2}", self.reference_per_million),
            format!("{:.2}", self.log_likelihood),
            format!("{:.2}", self.log_ratio),
        ]
    }
}
