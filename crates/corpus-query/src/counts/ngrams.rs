//! Runs of words, with how often they stand in the text.

use super::{Counted, vocabulary::Vocabulary, words::per_million};
use crate::{engine::Engine, error::Error, tabular::Tabular};
use serde::Serialize;
use std::collections::HashMap;

/// Longest run.
pub const LONGEST: usize = 5;

/// A run of words, with how often it stands in the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ngram {
    /// The words, folded, with blanks between them.
    pub words: String,
    /// How often it stands there.
    pub count: u64,
    /// How often among a million runs.
    pub per_million: f64,
    /// In how many documents.
    pub documents: u64,
}

/// Runs of words, the most frequent first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NgramList {
    /// Number of words in a run.
    pub n: usize,
    /// Number of runs in all.
    pub total: u64,
    /// Number of different runs.
    pub types: u64,
    /// The runs.
    pub ngrams: Vec<Ngram>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    count: u64,
    documents: u64,
    last: Option<u64>,
}

impl Engine {
    /// The runs of `n` words, from 1 to [`LONGEST`], that stand at least `least` times, the most frequent first, at most
    /// `limit`. A run does not go from one passage into the next.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn ngrams(&self, counted: &Counted, n: usize, least: u64, limit: usize) -> Result<NgramList, Error> {
        let n = n.clamp(1, LONGEST);
        let mut vocabulary = Vocabulary::default();
        let mut counts: HashMap<[u32; LONGEST], Count> = HashMap::new();
        let mut numbers: Vec<u32> = Vec::new();
        let mut total = 0;
        self.each_passage(counted, |part, _, tokens| {
            numbers.clear();
            numbers.extend(tokens.iter().map(|word| vocabulary.number(word)));
            for run in numbers.windows(n) {
                let mut key = [u32::MAX; LONGEST];
                key[..n].copy_from_slice(run);
                let count = counts.entry(key).or_default();
                count.count += 1;
                count.documents += u64::from(count.last != Some(part.order));
                count.last = Some(part.order);
                total += 1;
            }
        })?;
        let types = counts.len() as u64;
        let written =
            |key: &[u32]| key.iter().map(|&number| vocabulary.word(number)).collect::<Vec<_>>().join(" ");
        let mut ngrams: Vec<([u32; LONGEST], Count)> =
            counts.into_iter().filter(|(_, count)| count.count >= least).collect();
        ngrams.sort_by(|(one, left), (other, right)| {
            right.count.cmp(&left.count).then_with(|| written(&one[..n]).cmp(&written(&other[..n])))
        });
        let ngram = |(key, count): ([u32; LONGEST], Count)| Ngram {
            words: written(&key[..n]),
            count: count.count,
            per_million: per_million(count.count, total),
            documents: count.documents,
        };
        Ok(NgramList { n, total, types, ngrams: ngrams.into_iter().take(limit).map(ngram).collect() })
    }
}

impl Tabular for Ngram {
    const COLUMNS: &'static [&'static str] = &["words", "count", "per_million", "documents"];

    fn cells(&self) -> Vec<String> {
        let per_million = format!("{:.2}", self.per_million);
        vec![self.words.clone(), self.count.to_string(), per_million, self.documents.to_string()]
    }
}
