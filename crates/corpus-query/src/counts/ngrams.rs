//! Runs of words, with how often they stand in the text.

use super::{
    Counted,
    vocabulary::{Already, Vocabulary},
    words::per_million,
};
use crate::{engine::Engine, error::Error, tabular::Tabular};
use serde::Serialize;
use std::{collections::HashMap, hash::BuildHasherDefault};

/// Number of words in the longest run that is counted.
pub const LONGEST: usize = 6;

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
    documents: u32,
    /// Place of the last document in the order of the corpus, from 1.
    last: u32,
}

impl Engine {
    /// The runs of `n` words, from 1 to [`LONGEST`], that stand at least `least` times, the most frequent first, at most
    /// `limit`. A run does not go from one passage into the next.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn ngrams(&self, counted: &Counted, n: usize, least: u64, limit: usize) -> Result<NgramList, Error> {
        match n {
            0 | 1 => self.runs::<1>(counted, least, limit),
            2 => self.runs::<2>(counted, least, limit),
            3 => self.runs::<3>(counted, least, limit),
            4 => self.runs::<4>(counted, least, limit),
            5 => self.runs::<5>(counted, least, limit),
            _ => self.runs::<LONGEST>(counted, least, limit),
        }
    }

    fn runs<const N: usize>(&self, counted: &Counted, least: u64, limit: usize) -> Result<NgramList, Error> {
        let mut vocabulary = Vocabulary::default();
        let mut counts: HashMap<[u32; N], Count, BuildHasherDefault<Already>> = HashMap::default();
        let mut numbers: Vec<u32> = Vec::new();
        let mut total = 0;
        self.each_passage(counted, |part, _, tokens| {
            let document = part.order as u32 + 1;
            numbers.clear();
            numbers.extend(tokens.iter().map(|word| vocabulary.number(word)));
            for run in numbers.windows(N).filter_map(<[u32]>::first_chunk::<N>) {
                let count = counts.entry(*run).or_default();
                count.count += 1;
                count.documents += u32::from(count.last != document);
                count.last = document;
                total += 1;
            }
        })?;
        let types = counts.len() as u64;
        let written =
            |key: &[u32]| key.iter().map(|&number| vocabulary.word(number)).collect::<Vec<_>>().join(" ");
        let mut ngrams: Vec<([u32; N], Count)> =
            counts.into_iter().filter(|(_, count)| count.count >= least).collect();
        let by_count = |(one, left): &([u32; N], Count), (other, right): &([u32; N], Count)| {
            right.count.cmp(&left.count).then_with(|| written(one).cmp(&written(other)))
        };
        // Most are rare, and equally so: only those that are shown are put in order.
        if limit < ngrams.len() {
            ngrams.select_nth_unstable_by(limit, by_count);
            ngrams.truncate(limit);
        }
        ngrams.sort_unstable_by(by_count);
        let ngram = |(key, count): ([u32; N], Count)| Ngram {
            words: written(&key),
            count: count.count,
            per_million: per_million(count.count, total),
            documents: count.documents.into(),
        };
        Ok(NgramList { n: N, total, types, ngrams: ngrams.into_iter().map(ngram).collect() })
    }
}

impl Tabular for Ngram {
    const COLUMNS: &'static [&'static str] = &["words", "count", "per_million", "documents"];

    fn cells(&self) -> Vec<String> {
        let per_million = format!("{:.2}", self.per_million);
        vec![self.words.clone(), self.count.to_string(), per_million, self.documents.to_string()]
    }
}
