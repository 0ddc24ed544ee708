//! `/v1/kwic`: the concordance.

use crate::{
    app::{App, Weight},
    bounded::Bounded,
    form::Cells,
    pages::{Limit, MOST, Pages, hundred},
    problem::{Code, Problem},
    question::{Places, Question},
    snapshot::{Opened, unreadable},
};
use corpus_query::{Context, Explained, KwicOptions, Line, Query, Scope, SortKey, Total};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Each match of a query on a line of its own, with what stands before and after it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kwic {
    /// The query: words, "phrases", fields, or token patterns that begin with `[`.
    pub(crate) q: String,
    /// Whether to take the query for a pattern of tokens, whatever it begins with.
    #[serde(default)]
    cql: bool,
    /// Where to look: `article`, `embedded`, `comments`, `all`, names of roles, or several with commas.
    #[serde(default, rename = "in")]
    pub(crate) scope: String,
    /// What to sort by: `L1` … `R1` …, `match`, `date`, or several with commas.
    #[serde(default)]
    pub(crate) sort: String,
    /// Characters on either side of the match, at most 1000; 60 by default.
    width: Option<Bounded<1000>>,
    /// Words on either side instead, at most 100.
    words: Option<Bounded<100>>,
    /// Whether the whole sentence is shown instead.
    #[serde(default)]
    sentence: bool,
    /// Number of lines chosen by chance, at most 100,000.
    sample: Option<Limit>,
    /// Seed of the choice.
    #[serde(default)]
    seed: u64,
    /// Whether copied text counts again.
    #[serde(default)]
    duplicates: bool,
    /// Number of lines, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

/// A page of the concordance.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Lines {
    /// How the query was understood.
    pub(crate) query: Explained,
    /// The lines.
    pub(crate) items: Vec<Line>,
    /// Number of matches.
    pub(crate) total: Total,
    /// Number of matches left out because they stand in copied text.
    pub(crate) copies: u64,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

impl Kwic {
    /// How much is shown beside each match.
    ///
    /// # Errors
    /// When it is asked for in two ways.
    fn context(&self) -> Result<Context, Problem> {
        match (self.width, self.words, self.sentence) {
            (width, None, false) => Ok(Context::Characters(width.map_or(60, Bounded::get))),
            (None, Some(words), false) => Ok(Context::Words(words.get())),
            (None, None, true) => Ok(Context::Sentence),
            _ => Err(bad("sentence")(&"only one of width, words and sentence says how much is shown")),
        }
    }

    /// Where is looked, how it is sorted, how much is shown, and which page of it.
    fn asked(&self) -> Result<(Scope, Vec<SortKey>, Context, Pages), Problem> {
        let scope: Scope = self.scope.parse().map_err(|error| bad("in")(&error))?;
        let sort = sort_keys(&self.sort)?;
        let context = self.context()?;
        let question = format!(
            "kwic {} {} {scope} {sort:?} {:?} {} {}",
            self.q, self.cql, self.sample, self.seed, self.duplicates
        );
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        // Each page is made from all lines before it.
        if pages.from() > MOST {
            return Err(bad("cursor")(&format_args!("only the first {MOST} lines come page by page"))
                .hint("sort otherwise, or take a sample"));
        }
        Ok((scope, sort, context, pages))
    }

    /// The concordance of a query, sorted, from a cursor on.
    pub(crate) fn of(q: &str, scope: &str, sort: &str, limit: Limit, cursor: Option<String>) -> Self {
        Kwic {
            q: q.to_owned(),
            scope: scope.to_owned(),
            sort: sort.to_owned(),
            cql: false,
            width: None,
            words: None,
            sentence: false,
            sample: None,
            seed: 0,
            duplicates: false,
            limit,
            cursor,
        }
    }
}

/// The query of a question: a pattern of tokens where `cql` says so.
pub(crate) fn query(q: &str, cql: bool) -> Query {
    if cql { Query::cql(q) } else { Query::parse(q) }
}

/// A parameter that cannot be meant.
pub(crate) fn bad(name: &str) -> impl Fn(&dyn fmt::Display) -> Problem {
    move |error| Problem::new(Code::BadParameter, format_args!("{name}: {error}"))
}

/// What a concordance is sorted by.
///
/// # Errors
/// When a key is none.
pub(crate) fn sort_keys(sort: &str) -> Result<Vec<SortKey>, Problem> {
    let keys = sort.split(',').filter(|key| !key.trim().is_empty());
    keys.map(str::parse).collect::<Result<_, _>>().map_err(|error| bad("sort")(&error))
}

/// Largest number of lines, as they come, of an answer that is soon there.
const PAGE: usize = 1000;

impl Question for Kwic {
    type Answer = Lines;

    fn weight(&self) -> Weight {
        let is_soon = self.sort.is_empty() && self.sample.is_none() && (1..=PAGE).contains(&self.limit.get());
        if is_soon { Weight::Light } else { Weight::Heavy }
    }

    fn check(&self) -> Result<(), Problem> {
        self.asked().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Lines, Problem> {
        let (scope, sort, context, pages) = self.asked()?;
        // Who wants no line wants their number.
        let counts_only = self.limit.get() == 0;
        let mut options = KwicOptions::new()
            .scope(scope)
            .sort(sort)
            .context(context)
            .duplicates(self.duplicates)
            .limit(pages.reach())
            .counted(counts_only);
        if let Some(sample) = self.sample {
            options = options.sample(sample.get(), self.seed);
        }
        let found = corpus.engine.kwic(&query(&self.q, self.cql), &options).map_err(unreadable)?;
        let (items, next) = pages.cut(found.lines.into_iter());
        Ok(Lines { query: found.query, items, total: found.total, copies: found.copies, next })
    }

    fn table(answer: &Lines) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}
