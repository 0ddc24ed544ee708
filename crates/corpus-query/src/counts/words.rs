//! The words of a corpus, with how often and in how many documents they stand.

use super::{Counted, measure, vocabulary::Vocabulary};
use crate::{
    engine::Engine, error::Error, matcher::stemmer, part_text::PartText, tabular::Tabular, token::Tokens,
};
use serde::Serialize;

/// A word, with how often it stands in the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WordCount {
    /// The word, folded; its stem where stems are counted.
    pub word: String,
    /// How often it stands there.
    pub count: u64,
    /// How often in a million words.
    pub per_million: f64,
    /// In how many documents.
    pub documents: u64,
    /// Juilland's D over documents: 1 is even.
    pub dispersion: f64,
}

/// The words of a text, the most frequent first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WordList {
    /// Number of words in all.
    pub tokens: u64,
    /// Number of different words.
    pub types: u64,
    /// Number of documents with text.
    pub documents: u64,
    /// The words.
    pub words: Vec<WordCount>,
}

/// What of a word is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// The word, folded.
    #[default]
    Word,
    /// Its stem in the language of the document, by Snowball.
    Stem,
}

/// Counts of words so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) counts: Vec<Count>,
    pub(crate) tokens: u64,
    pub(crate) documents: u64,
    /// The document being counted, its words so far, and which.
    document: Option<u64>,
    length: u64,
    touched: Vec<u32>,
}

/// Counts of one word so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) count: u64,
    pub(crate) documents: u64,
    here: u32,
    shares: f64,
    squares: f64,
}

impl Tally {
    /// Counts a word of the document with this place in the order of the corpus.
    pub(crate) fn add(&mut self, document: u64, word: &str) {
        if self.document != Some(document) {
            self.end_document();
            self.document = Some(document);
        }
        let number = self.vocabulary.number(word);
        if number as usize == self.counts.len() {
            self.counts.push(Count::default());
        }
        let count = &mut self.counts[number as usize];
        if count.here == 0 {
            self.touched.push(number);
        }
        count.here += 1;
        self.length += 1;
    }

    /// Counts the words of a passage.
    pub(crate) fn add_all(&mut self, part: &PartText, tokens: &Tokens, form: Form) {
        let stemmer = part.language.as_deref().and_then(stemmer).filter(|_| form == Form::Stem);
        for word in tokens.iter() {
            match stemmer {
                Some(stemmer) => self.add(part.order, &stemmer.stem(word)),
                None => self.add(part.order, word),
            }
        }
    }

    /// Ends the document being counted.
    pub(crate) fn end_document(&mut self) {
        self.documents += u64::from(self.length > 0);
        self.tokens += self.length;
        for number in self.touched.drain(..) {
            let count = &mut self.counts[number as usize];
            let share = f64::from(count.here) / self.length as f64;
            count.count += u64::from(count.here);
            count.documents += 1;
            count.shares += share;
            count.squares += share * share;
            count.here = 0;
        }
        self.length = 0;
    }

    fn word_count(&self, number: u32) -> WordCount {
        let count = &self.counts[number as usize];
        WordCount {
            word: self.vocabulary.word(number).to_owned(),
            count: count.count,
            per_million: per_million(count.count, self.tokens),
            documents: count.documents,
            dispersion: measure::juilland(count.shares, count.squares, self.documents as f64),
        }
    }
}

pub(crate) fn per_million(count: u64, tokens: u64) -> f64 {
    if tokens == 0 { 0.0 } else { count as f64 * 1e6 / tokens as f64 }
}

impl Engine {
    /// The words that stand at least `least` times, the most frequent first, at most `limit`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn words(&self, counted: &Counted, form: Form, least: u64, limit: usize) -> Result<WordList, Error> {
        let tally = self.tally(counted, form)?;
        let mut numbers: Vec<u32> = (0..tally.vocabulary.len() as u32)
            .filter(|&number| tally.counts[number as usize].count >= least)
            .collect();
        numbers.sort_by(|&one, &other| {
            let count = |number: u32| tally.counts[number as usize].count;
            let word = |number: u32| tally.vocabulary.word(number);
            count(other).cmp(&count(one)).then_with(|| word(one).cmp(word(other)))
        });
        Ok(WordList {
            tokens: tally.tokens,
            types: tally.vocabulary.len() as u64,
            documents: tally.documents,
            words: numbers.into_iter().take(limit).map(|number| tally.word_count(number)).collect(),
        })
    }

    /// Counts all words.
    pub(crate) fn tally(&self, counted: &Counted, form: Form) -> Result<Tally, Error> {
        let mut tally = Tally::default();
        self.each_passage(counted, |part, _, tokens| {
            tally.add_all(part, tokens, form);
        })?;
        tally.end_document();
        Ok(tally)
    }
}

impl Tabular for WordCount {
    const COLUMNS: &'static [&'static str] = &["word", "count", "per_million", "documents", "dispersion"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.word.clone(),
            self.count.to_string(),
            format!("{:.2}", self.per_million),
            self.documents.to_string(),
            format!("{:.3}", self.dispersion),
        ]
    }
}
