//! Collocates: words that stand near what a query matches, more often than by chance.

use super::{Counted, measure, window::Window, words::Form};
use crate::{
    engine::Engine,
    error::Error,
    matcher::{Match, Room},
    query::{Explained, Query},
    tabular::Tabular,
    token::Tokens,
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    ops::ControlFlow,
    str::FromStr,
};

/// A word near what a query matches. One that stands near several matches counts once, beside the nearest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Collocate {
    /// The word, folded.
    pub word: String,
    /// How often it stands in the window.
    pub together: u64,
    /// How often of these before the match.
    pub left: u64,
    /// How often of these after it.
    pub right: u64,
    /// How often it stands in the text.
    pub count: u64,
    /// In how many documents it stands in the window.
    pub documents: u64,
    /// How often it would stand in the window by chance.
    pub expected: f64,
    /// logDice.
    pub log_dice: f64,
    /// Pointwise mutual information, in bits.
    pub mi: f64,
    /// The t-score.
    pub t: f64,
    /// The log-likelihood ratio.
    pub log_likelihood: f64,
}

/// The collocates of a query, the closest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Collocates {
    /// How the query was understood.
    pub query: Explained,
    /// Number of matches.
    pub matches: u64,
    /// Number of words in all.
    pub tokens: u64,
    /// Number of words in the windows; a word in two of them counts once.
    pub window: u64,
    /// The collocates.
    pub collocates: Vec<Collocate>,
}

/// What collocates are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// logDice, which does not favour rare words; the default.
    #[default]
    LogDice,
    /// Mutual information, which favours rare words.
    Mi,
    /// The t-score, which favours frequent words.
    T,
    /// Log-likelihood.
    LogLikelihood,
    /// How often they stand together.
    Together,
}

impl FromStr for Measure {
    type Err = UnknownMeasure;

    fn from_str(name: &str) -> Result<Self, UnknownMeasure> {
        match &*name.to_ascii_lowercase().replace(['-', '_'], "") {
            "logdice" => Ok(Measure::LogDice),
            "mi" => Ok(Measure::Mi),
            "t" | "tscore" => Ok(Measure::T),
            "ll" | "loglikelihood" => Ok(Measure::LogLikelihood),
            "together" | "count" => Ok(Measure::Together),
            _ => Err(UnknownMeasure(name.to_owned())),
        }
    }
}

/// A measure nobody knows; its message lists those there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMeasure(String);

impl fmt::Display for UnknownMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown measure {:?}; known: logdice, mi, t, log-likelihood, together", self.0)
    }
}

impl std::error::Error for UnknownMeasure {}

/// How collocates are found.
#[derive(Clone, Debug)]
pub struct CollocateOptions {
    window: Window,
    least: u64,
    measure: Measure,
    limit: usize,
}

impl Default for CollocateOptions {
    fn default() -> Self {
        CollocateOptions {
            window: Window::default(),
            least: 2,
            measure: Measure::default(),
            limit: usize::MAX,
        }
    }
}

impl CollocateOptions {
    /// Five words on either side, words that stand there twice or more, by logDice.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of words before and after a match; by default five each. The window ends with the passage.
    pub const fn window(mut self, window: Window) -> Self {
        self.window = window;
        self
    }

    /// How often a word must stand in the window; by default twice.
    pub const fn least(mut self, least: u64) -> Self {
        self.least = least;
        self
    }

    /// What to sort by; by default logDice.
    pub const fn measure(mut self, measure: Measure) -> Self {
        self.measure = measure;
        self
    }

    /// Number of collocates; by default all.
    pub const fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }
}

#[derive(Debug, Default)]
struct Beside {
    left: u64,
    right: u64,
    documents: u64,
    last: Option<u64>,
}

impl Engine {
    /// The words that stand near the matches of a query.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn collocates(
        &self,
        query: &Query,
        counted: &Counted,
        options: &CollocateOptions,
    ) -> Result<Collocates, Error> {
        let all = self.tally(counted, Form::Word)?;
        let query = &self.understood(query)?;
        let matcher = self.matcher(query, counted.place());
        let (mut room, mut tokens, mut copies) = (Room::default(), Tokens::default(), counted.copies());
        let mut beside: HashMap<u32, Beside> = HashMap::new();
        let (mut n_matches, mut window) = (0, 0);
        self.each(Some(query), counted.place(), |part| {
            let matches = matcher.find(part, &mut room).unwrap_or_default();
            for group in matches.chunk_by(|one, other| one.passage == other.passage) {
                let passage = &part.passages[group[0].passage];
                if copies.is_copy(part, passage) {
                    continue;
                }
                tokens.read(part.slice(passage));
                n_matches += group.len() as u64;
                for (index, is_left) in near(group, &tokens, options.window) {
                    let Some(number) = all.vocabulary.known(tokens.folded(index)) else { continue };
                    let beside = beside.entry(number).or_default();
                    beside.left += u64::from(is_left);
                    beside.right += u64::from(!is_left);
                    beside.documents += u64::from(beside.last != Some(part.order));
                    beside.last = Some(part.order);
                    window += 1;
                }
            }
            ControlFlow::Continue(())
        })?;
        let mut collocates: Vec<Collocate> = beside
            .into_iter()
            .filter(|(_, beside)| beside.left + beside.right >= options.least)
            .map(|(number, beside)| {
                let together = beside.left + beside.right;
                let count = all.counts[number as usize].count;
                let (observed, of_word) = (together as f64, count as f64);
                let (in_window, of_all) = (window as f64, all.tokens as f64);
                let expected = in_window * of_word / of_all.max(1.0);
                Collocate {
                    word: all.vocabulary.word(number).to_owned(),
                    together,
                    left: beside.left,
                    right: beside.right,
                    count,
                    documents: beside.documents,
                    expected,
                    log_dice: measure::log_dice(observed, n_matches as f64, of_word),
                    mi: measure::mutual_information(observed, expected),
                    t: measure::t_score(observed, expected),
                    log_likelihood: measure::log_likelihood(observed, in_window, of_word, of_all),
                }
            })
            .collect();
        let by = |collocate: &Collocate| match options.measure {
            Measure::LogDice => collocate.log_dice,
            Measure::Mi => collocate.mi,
            Measure::T => collocate.t,
            Measure::LogLikelihood => collocate.log_likelihood,
            Measure::Together => collocate.together as f64,
        };
        collocates
            .sort_by(|one, other| by(other).total_cmp(&by(one)).then_with(|| one.word.cmp(&other.word)));
        collocates.truncate(options.limit);
        Ok(Collocates { query: query.explain(), matches: n_matches, tokens: all.tokens, window, collocates })
    }
}

/// The words near the matches of a passage, each once, and whether it stands before the match that is
/// nearest to it.
fn near(matches: &[Match], tokens: &Tokens, window: Window) -> BTreeMap<usize, bool> {
    let mut nearest: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for found in matches {
        let (first, after) = (tokens.first_from(found.start), tokens.first_from(found.end));
        let before = (first.saturating_sub(window.left)..first).map(|index| (index, first - index, true));
        let behind =
            (after..(after + window.right).min(tokens.len())).map(|index| (index, index + 1 - after, false));
        for (index, distance, is_left) in before.chain(behind) {
            let known = nearest.entry(index).or_insert((distance, is_left));
            *known = (*known).min((distance, is_left));
        }
    }
    nearest.into_iter().map(|(index, (_, is_left))| (index, is_left)).collect()
}

impl Tabular for Collocate {
    const COLUMNS: &'static [&'static str] =
        &["word", "together", "left", "right", "count", "documents", "log_dice", "mi", "t", "log_likelihood"];

    fn cells(&self) -> Vec<String> {
        let counts = [self.together, self.left, self.right, self.count, self.documents];
        let measures = [self.log_dice, self.mi, self.t, self.log_likelihood];
        let counts = counts.map(|count| count.to_string());
        let measures = measures.map(|measure| format!("{measure:.2}"));
        [self.word.clone()].into_iter().chain(counts).chain(measures).collect()
    }
}
