//! `/v1/statements`, `/v1/events`, `/v1/agreements`, `/v1/timeline`: what the articles say.

use crate::{
    app::{App, Opened},
    concordance::offset,
    problem::{Code, Problem},
    question::{Places, Question},
};
use corpus_query::{
    Agreements as AgreementGatherer, Entry, Happening, Happenings, NamedAgreement, Statement,
    StatementOptions, Statements as StatementGatherer, TimelineBuilder,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Largest number of rows of an answer.
const MOST: usize = 10_000;

const fn hundred() -> usize {
    100
}

/// Who said what, when, on whose report.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statements {
    /// Only those of this speaker, by any of the names the document gives him.
    pub(crate) speaker: Option<String>,
    /// Only those that this outlet reports.
    pub(crate) source: Option<String>,
    /// Only those whose content has all of these words.
    pub(crate) about: Option<String>,
    /// Whether those in copied text are listed again.
    #[serde(default)]
    pub(crate) duplicates: bool,
    /// Number of statements, at most 10,000.
    #[serde(default = "hundred")]
    pub(crate) limit: usize,
    /// Where to go on: `next` of the answer before.
    pub(crate) cursor: Option<String>,
}

/// Rows of one kind, a page at a time.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Page<T> {
    /// The rows.
    pub(crate) items: Vec<T>,
    /// Number of rows on all pages.
    pub(crate) total: u64,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

impl<T> Page<T> {
    /// The rows from a cursor on.
    fn of(rows: Vec<T>, limit: usize, cursor: Option<&str>) -> Result<Self, Problem> {
        let from = offset(cursor)?;
        let total = rows.len();
        let items: Vec<T> = rows.into_iter().skip(from).take(limit.min(MOST)).collect();
        let reached = from + items.len();
        let next = (!items.is_empty() && reached < total).then(|| format!("o{reached}"));
        Ok(Page { items, total: total as u64, next })
    }
}

/// Hands each document of the corpus to `sink`.
fn each(corpus: &Opened, mut sink: impl FnMut(&corpus_core::Document)) -> Result<(), Problem> {
    for document in corpus.corpus.documents() {
        sink(&document.map_err(|error| Problem::new(Code::Unreadable, error))?);
    }
    Ok(())
}

impl Question for Statements {
    type Answer = Page<Statement>;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Statement>, Problem> {
        let options = StatementOptions::new()
            .speaker(self.speaker.as_deref())
            .source(self.source.as_deref())
            .about(self.about.as_deref())
            .duplicates(self.duplicates);
        let mut gatherer = StatementGatherer::new(corpus.links()?, options);
        let mut rows = Vec::new();
        each(corpus, |document| rows.extend(gatherer.of(document)))?;
        Page::of(rows, self.limit, self.cursor.as_deref())
    }
}

/// Meetings, calls, visits, signings, exercises and elections, each once.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Events {
    /// Number of events, at most 10,000.
    #[serde(default = "hundred")]
    limit: usize,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

impl Question for Events {
    type Answer = Page<Happening>;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Happening>, Problem> {
        let mut happenings = Happenings::new(corpus.links()?);
        each(corpus, |document| happenings.add(document))?;
        Page::of(happenings.finish(), self.limit, self.cursor.as_deref())
    }
}

/// Treaties, programmes, loans and plans by name, each once.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agreements {
    /// Number of agreements, at most 10,000.
    #[serde(default = "hundred")]
    limit: usize,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

impl Question for Agreements {
    type Answer = Page<NamedAgreement>;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<NamedAgreement>, Problem> {
        let mut agreements = AgreementGatherer::new(corpus.links()?);
        each(corpus, |document| agreements.add(document))?;
        Page::of(agreements.finish(), self.limit, self.cursor.as_deref())
    }
}

/// What happened, was said and was published when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Timeline {}

/// The timeline.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Times {
    /// What has a first and a last day, by the first.
    pub(crate) items: Vec<Entry>,
    /// What has not.
    pub(crate) open: Vec<Entry>,
}

impl Question for Timeline {
    type Answer = Times;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Times, Problem> {
        let mut builder = TimelineBuilder::new(corpus.links()?);
        each(corpus, |document| builder.add(document))?;
        let timeline = builder.finish();
        Ok(Times { items: timeline.items, open: timeline.open })
    }
}
