//! `/v1/words`, `/v1/ngrams`, `/v1/collocates`, `/v1/keywords`, `/v1/dispersion`, `/v1/frequency`: how often, and beside
//! what.

use crate::{
    app::App,
    bounded::Bounded,
    concordance::{bad, query},
    form::Cells,
    pages::{Limit, Pages, hundred},
    problem::Problem,
    question::{Places, Question},
    snapshot::{Opened, unreadable},
};
use corpus_query::{
    Collocate, CollocateOptions, Counted, Explained, Form, Keyword, Measure, Ngram, Period, Plot, Query,
    Step, Window, WordCount, counts::ngrams::LONGEST,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

fn counted(scope: &str, duplicates: bool) -> Result<Counted, Problem> {
    Ok(Counted::new().scope(scope.parse().map_err(|error| bad("in")(&error))?).duplicates(duplicates))
}

/// How often each word stands in the text.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    /// Where to look: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    scope: String,
    /// Whether copied text counts again.
    #[serde(default)]
    duplicates: bool,
    /// Whether to count stems instead of words.
    #[serde(default)]
    stems: bool,
    /// Least number of times.
    #[serde(default)]
    min: u64,
    /// Number of words, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

/// Words and how often they stand in the text, the most frequent first.
#[derive(Serialize, JsonSchema)]
pub(crate) struct WordsFound {
    /// The words.
    items: Vec<WordCount>,
    /// Number of words in the text.
    tokens: u64,
    /// Number of different ones.
    types: u64,
    /// Number of documents.
    documents: u64,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Words {
    fn asked(&self) -> Result<(Counted, Form, u64, Pages), Problem> {
        let form = if self.stems { Form::Stem } else { Form::Word };
        let counted = counted(&self.scope, self.duplicates)?;
        let least = self.min.max(1);
        let question = format!("words {counted:?} {form:?} {least}");
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        Ok((counted, form, least, pages))
    }
}

impl Question for Words {
    type Answer = WordsFound;

    fn check(&self) -> Result<(), Problem> {
        self.asked().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<WordsFound, Problem> {
        let (counted, form, least, pages) = self.asked()?;
        let list = corpus.engine.words(&counted, form, least, pages.reach()).map_err(unreadable)?;
        let (items, next) = pages.cut(list.words.into_iter());
        Ok(WordsFound { items, next, tokens: list.tokens, types: list.types, documents: list.documents })
    }

    fn table(answer: &WordsFound) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// How often each run of words stands in the text.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ngrams {
    /// Number of words in a run, from 1 on; 2 by default.
    n: Option<Bounded<LONGEST>>,
    /// Where to look: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    scope: String,
    /// Whether copied text counts again.
    #[serde(default)]
    duplicates: bool,
    /// Least number of times; 2 by default.
    min: Option<u64>,
    /// Number of runs, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

/// Runs of words, the most frequent first.
#[derive(Serialize, JsonSchema)]
pub(crate) struct NgramsFound {
    /// The runs.
    items: Vec<Ngram>,
    /// Number of words in a run.
    n: usize,
    /// Number of runs in the text.
    tokens: u64,
    /// Number of different ones.
    types: u64,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Ngrams {
    fn asked(&self) -> Result<(Counted, usize, u64, Pages), Problem> {
        let n = self.n.map_or(2, Bounded::get);
        if n == 0 {
            return Err(bad("n")(&format_args!("a run has from 1 to {LONGEST} words")));
        }
        let counted = counted(&self.scope, self.duplicates)?;
        let least = self.min.unwrap_or(2);
        let question = format!("ngrams {n} {counted:?} {least}");
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        Ok((counted, n, least, pages))
    }
}

impl Question for Ngrams {
    type Answer = NgramsFound;

    fn check(&self) -> Result<(), Problem> {
        self.asked().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<NgramsFound, Problem> {
        let (counted, n, least, pages) = self.asked()?;
        let list = corpus.engine.ngrams(&counted, n, least, pages.reach()).map_err(unreadable)?;
        let (items, next) = pages.cut(list.ngrams.into_iter());
        Ok(NgramsFound { items, next, n: list.n, tokens: list.total, types: list.types })
    }

    fn table(answer: &NgramsFound) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// Words that stand near the matches of a query more often than chance would have it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Collocates {
    /// The query.
    q: String,
    /// Whether to take the query for a pattern of tokens, whatever it begins with.
    #[serde(default)]
    cql: bool,
    /// Words on either side that count as near, up to 100, or `L,R`; 5 by default.
    #[serde(default)]
    window: String,
    /// What to rank by: `logdice`, `mi`, `t`, `loglikelihood` or `together`.
    #[serde(default)]
    #[schemars(extend("enum" = ["logdice", "mi", "t", "loglikelihood", "together"], "default" = "logdice"))]
    measure: String,
    /// Where to look: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    scope: String,
    /// Whether copied text counts again.
    #[serde(default)]
    duplicates: bool,
    /// Least number of times together; 2 by default.
    min: Option<u64>,
    /// Number of words, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

/// Collocates, the strongest first. A word near several matches counts once, beside the nearest.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CollocatesFound {
    /// How the query was understood.
    query: Explained,
    /// The words.
    items: Vec<Collocate>,
    /// Number of matches of the query.
    matches: u64,
    /// Number of words in the text.
    tokens: u64,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Collocates {
    fn asked(&self) -> Result<(Counted, CollocateOptions, Pages), Problem> {
        let window = match &*self.window {
            "" => Window::default(),
            words => words.parse().map_err(|error| bad("window")(&error))?,
        };
        let measure: Measure = match &*self.measure {
            "" => Measure::default(),
            name => name.parse().map_err(|error| bad("measure")(&error))?,
        };
        let options = CollocateOptions::new().window(window).measure(measure).least(self.min.unwrap_or(2));
        let counted = counted(&self.scope, self.duplicates)?;
        let question = format!("collocates {} {} {counted:?} {options:?}", self.q, self.cql);
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        Ok((counted, options.limit(pages.reach()), pages))
    }
}

impl Question for Collocates {
    type Answer = CollocatesFound;

    fn check(&self) -> Result<(), Problem> {
        self.asked().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<CollocatesFound, Problem> {
        let (counted, options, pages) = self.asked()?;
        let query = query(&self.q, self.cql);
        let found = corpus.engine.collocates(&query, &counted, &options).map_err(unreadable)?;
        let (items, next) = pages.cut(found.collocates.into_iter());
        Ok(CollocatesFound { query: found.query, items, next, matches: found.matches, tokens: found.tokens })
    }

    fn table(answer: &CollocatesFound) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// Words that are more frequent in one text than in another.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keywords {
    /// The words of the articles in which this query matches are compared with those of all others; without it those
    /// of the corpus with those of the reference that the server was given when it started.
    q: Option<String>,
    /// Whether to count stems instead of words.
    #[serde(default)]
    stems: bool,
    /// Whether to show the words that are less frequent instead.
    #[serde(default)]
    negative: bool,
    /// Where to look: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    scope: String,
    /// Whether copied text counts again.
    #[serde(default)]
    duplicates: bool,
    /// Least number of times; 2 by default.
    min: Option<u64>,
    /// Number of words, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

/// Keywords, those of the surest difference first.
#[derive(Serialize, JsonSchema)]
pub(crate) struct KeywordsFound {
    /// The words.
    items: Vec<Keyword>,
    /// Number of words here.
    tokens: u64,
    /// Number of words there.
    reference_tokens: u64,
    /// Why there is nothing to compare, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Keywords {
    fn asked(&self) -> Result<(Counted, Form, u64, Pages), Problem> {
        let form = if self.stems { Form::Stem } else { Form::Word };
        let counted = counted(&self.scope, self.duplicates)?;
        let least = self.min.unwrap_or(2);
        let question = format!("keywords {:?} {counted:?} {form:?} {least} {}", self.q, self.negative);
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        Ok((counted, form, least, pages))
    }
}

impl Question for Keywords {
    type Answer = KeywordsFound;

    fn check(&self) -> Result<(), Problem> {
        self.asked().map(drop)
    }

    fn answer(self, _: &Places, app: &App, corpus: &Opened) -> Result<KeywordsFound, Problem> {
        let (counted, form, least, pages) = self.asked()?;
        let limit = pages.reach();
        let found = match (self.q.as_deref().filter(|q| !q.trim().is_empty()), &app.options.reference) {
            (Some(q), _) => {
                let query = Query::parse(q);
                corpus.engine.keywords_where(&query, &counted, form, least, limit, self.negative)
            }
            (None, Some(reference)) => {
                let reference = reference.until(corpus.deadline.clone());
                corpus.engine.keywords(&reference, &counted, form, least, limit, self.negative)
            }
            (None, None) => {
                return Err(bad("q")(&"it is needed: this server has no reference to compare with")
                    .hint("give a query, or start the server with --reference"));
            }
        };
        let found = found.map_err(unreadable)?;
        let (items, next) = pages.cut(found.keywords.into_iter());
        let note = match (found.tokens, found.reference_tokens) {
            _ if self.q.as_deref().is_none_or(|q| q.trim().is_empty()) => None,
            (0, _) => Some("there is nothing to compare: the query matches in no article"),
            (_, 0) => Some("there is nothing to compare with: the query matches in every article"),
            _ => None,
        };
        let (tokens, reference_tokens) = (found.tokens, found.reference_tokens);
        Ok(KeywordsFound { items, next, tokens, reference_tokens, note })
    }

    fn table(answer: &KeywordsFound) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// How evenly what a query matches lies over the documents.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dispersion {
    /// The query.
    q: String,
    /// Whether to take the query for a pattern of tokens, whatever it begins with.
    #[serde(default)]
    cql: bool,
    /// Where to look: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    scope: String,
    /// Whether copied text counts again.
    #[serde(default)]
    duplicates: bool,
    /// Number of documents, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

/// How evenly matches lie over the documents.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DispersionFound {
    /// How the query was understood.
    query: Explained,
    /// The documents with matches, in their order.
    items: Vec<Plot>,
    /// Number of matches.
    matches: u64,
    /// Number of words in all.
    tokens: u64,
    /// Number of documents with text.
    documents: u64,
    /// Number of documents with a match.
    range: u64,
    /// Juilland's D: 1 is even.
    juilland_d: f64,
    /// Gries' DP, normalized: 0 is even.
    gries_dp: f64,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Dispersion {
    fn asked(&self) -> Result<(Counted, Pages), Problem> {
        let counted = counted(&self.scope, self.duplicates)?;
        let question = format!("dispersion {} {} {counted:?}", self.q, self.cql);
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        Ok((counted, pages))
    }
}

impl Question for Dispersion {
    type Answer = DispersionFound;

    fn check(&self) -> Result<(), Problem> {
        self.asked().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<DispersionFound, Problem> {
        let (counted, pages) = self.asked()?;
        let found = corpus.engine.dispersion(&query(&self.q, self.cql), &counted).map_err(unreadable)?;
        let (items, next) = pages.cut(found.plot.into_iter());
        Ok(DispersionFound {
            query: found.query,
            items,
            next,
            matches: found.matches,
            tokens: found.tokens,
            documents: found.documents,
            range: found.range,
            juilland_d: found.juilland_d,
            gries_dp: found.gries_dp,
        })
    }

    fn table(answer: &DispersionFound) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// How often a query matches in what was published when; open dates are kept apart.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frequency {
    /// The query.
    pub(crate) q: String,
    /// Whether to take the query for a pattern of tokens, whatever it begins with.
    #[serde(default)]
    pub(crate) cql: bool,
    /// `year`, `month` or `day`; years by default. `by` is another name for it.
    #[serde(default, alias = "by")]
    #[schemars(extend("enum" = ["year", "month", "day"], "default" = "year"))]
    pub(crate) step: String,
    /// Where to look: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    pub(crate) scope: String,
    /// Whether copied text counts again.
    #[serde(default)]
    pub(crate) duplicates: bool,
}

/// Frequency over time, the earliest first, open dates last.
#[derive(Serialize, JsonSchema)]
pub(crate) struct FrequencyFound {
    /// How the query was understood.
    pub(crate) query: Explained,
    /// The periods in which anything was published.
    pub(crate) items: Vec<Period>,
    /// Number of matches.
    pub(crate) matches: u64,
}

impl Frequency {
    fn asked(&self) -> Result<(Counted, Step), Problem> {
        let step = match &*self.step {
            "" | "year" => Step::Year,
            "month" => Step::Month,
            "day" => Step::Day,
            other => return Err(bad("step")(&format_args!("{other:?} is none of year, month, day"))),
        };
        Ok((counted(&self.scope, self.duplicates)?, step))
    }
}

impl Question for Frequency {
    type Answer = FrequencyFound;

    fn check(&self) -> Result<(), Problem> {
        self.asked().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<FrequencyFound, Problem> {
        let (counted, step) = self.asked()?;
        let query = query(&self.q, self.cql);
        let found = corpus.engine.frequency(&query, &counted, step).map_err(unreadable)?;
        Ok(FrequencyFound { query: found.query, items: found.periods, matches: found.matches })
    }

    fn table(answer: &FrequencyFound) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}
