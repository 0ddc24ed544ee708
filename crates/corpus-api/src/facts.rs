//! `/v1/statements`, `/v1/events`, `/v1/agreements`, `/v1/timeline`, `/v1/people`, `/v1/dates`: what the articles say.

use crate::{
    app::App,
    bounded::Bounded,
    concordance::bad,
    form::Cells,
    pages::{Limit, Pages, hundred},
    problem::Problem,
    question::{Places, Question},
    snapshot::{Opened, unreadable, unreadable_store},
};
use corpus_query::{
    Dated, Dates as Gatherer, Entry, Happening, NamedAgreement, PeopleOptions, Person, PersonKind, Statement,
    StatementOptions, Total, check_lane,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who said what, when, on whose report.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statements {
    /// Only those of this speaker, by any of the names the document gives him.
    pub(crate) speaker: Option<String>,
    /// Only those of the speaker with this id, or of one without an id who is called exactly so.
    pub(crate) speaker_id: Option<String>,
    /// Only those that this outlet reports.
    pub(crate) source: Option<String>,
    /// Only those whose content has all of these words; those between quotation marks next to each other.
    pub(crate) about: Option<String>,
    /// Whether those in copied text are listed again.
    #[serde(default)]
    pub(crate) duplicates: bool,
    /// Number of statements, at most 100,000.
    #[serde(default = "hundred")]
    pub(crate) limit: Limit,
    /// Where to go on: `next` of the answer before.
    pub(crate) cursor: Option<String>,
}

/// Rows of one kind, a page at a time.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Page<T> {
    /// The rows.
    pub(crate) items: Vec<T>,
    /// Number of rows on all pages.
    pub(crate) total: Total,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

impl<T: Clone> Page<T> {
    /// Those of a question's rows that are on this page.
    fn of<'a>(pages: Pages, rows: impl Iterator<Item = &'a T>) -> Self
    where
        T: 'a,
    {
        let mut total = 0;
        let mut rows = rows.inspect(|_| total += 1);
        let (items, next) = pages.cut(rows.by_ref());
        rows.for_each(drop);
        let items = items.into_iter().cloned().collect();
        Page { items, total: Total::exactly(total), next }
    }
}

/// The id of the entity that one was merged into; other words as they are.
pub(crate) fn resolved(corpus: &Opened, id: &str) -> Result<String, Problem> {
    Ok(corpus.links()?.ids.resolve_typed(id))
}

impl Statements {
    fn pages(&self) -> Result<Pages, Problem> {
        let Statements { speaker, speaker_id, source, about, duplicates, .. } = self;
        let question = format!("statements {speaker:?} {speaker_id:?} {source:?} {about:?} {duplicates}");
        Pages::of(&question, self.limit, self.cursor.as_deref())
    }
}

impl Question for Statements {
    type Answer = Page<Statement>;

    fn check(&self) -> Result<(), Problem> {
        self.pages().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Statement>, Problem> {
        let pages = self.pages()?;
        let speaker_id = self.speaker_id.map(|id| resolved(corpus, &id)).transpose()?;
        let options = StatementOptions::new()
            .speaker(self.speaker.as_deref())
            .speaker_id(speaker_id.as_deref())
            .source(self.source.as_deref())
            .about(self.about.as_deref())
            .duplicates(self.duplicates);
        let told = corpus.told()?;
        let rows = told.statements.iter().filter(|statement| options.wants(statement));
        Ok(Page::of(pages, rows))
    }

    fn table(answer: &Page<Statement>) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// Meetings, calls, visits, signings, exercises and elections, each once.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Events {
    /// Number of events, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

impl Question for Events {
    type Answer = Page<Happening>;

    fn check(&self) -> Result<(), Problem> {
        Pages::of("events", self.limit, self.cursor.as_deref()).map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Happening>, Problem> {
        let pages = Pages::of("events", self.limit, self.cursor.as_deref())?;
        Ok(Page::of(pages, corpus.told()?.events.iter()))
    }

    fn table(answer: &Page<Happening>) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// Treaties, programmes, loans and plans by name, each once.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agreements {
    /// Number of agreements, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

impl Question for Agreements {
    type Answer = Page<NamedAgreement>;

    fn check(&self) -> Result<(), Problem> {
        Pages::of("agreements", self.limit, self.cursor.as_deref()).map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<NamedAgreement>, Problem> {
        let pages = Pages::of("agreements", self.limit, self.cursor.as_deref())?;
        Ok(Page::of(pages, corpus.told()?.agreements.iter()))
    }

    fn table(answer: &Page<NamedAgreement>) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// The persons, bodies, outlets and places of the corpus, each once, those in most documents first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct People {
    /// `person`, `organisation`, `outlet`, `place`, or several with commas; persons and organisations by default.
    #[serde(default)]
    pub(crate) kind: String,
    /// Only those with this name among their variants, or this id.
    pub(crate) name: Option<String>,
    /// Number of documents in which each is shown to be told of (`told_in`), the first ones, at most 10,000; `documents`
    /// counts all.
    #[serde(default = "told")]
    pub(crate) told: Bounded<TOLD>,
    /// Number of people, at most 100,000.
    #[serde(default = "hundred")]
    pub(crate) limit: Limit,
    /// Where to go on: `next` of the answer before.
    pub(crate) cursor: Option<String>,
}

/// Largest number of documents that are shown to tell of somebody.
pub(crate) const TOLD: usize = 10_000;

const fn told() -> Bounded<TOLD> {
    Bounded::new(20)
}

/// The names of the kinds.
pub(crate) const KINDS: [(&str, PersonKind); 4] = [
    ("person", PersonKind::Person),
    ("organisation", PersonKind::Organisation),
    ("outlet", PersonKind::Outlet),
    ("place", PersonKind::Place),
];

impl People {
    /// What is asked, and which page of it.
    fn asked(&self) -> Result<(PeopleOptions, Pages), Problem> {
        let names = self.kind.split(',').map(str::trim).filter(|name| !name.is_empty());
        let kinds = names.map(|name| {
            // The command line has them in the plural.
            let is_it = |known: &str| name.strip_prefix(known).is_some_and(|rest| matches!(rest, "" | "s"));
            let known = KINDS.iter().find(|(known, _)| is_it(known)).map(|(_, kind)| *kind);
            let unknown = || {
                bad("kind")(&format_args!("{name:?} is none of {}", KINDS.map(|(name, _)| name).join(", ")))
            };
            known.ok_or_else(unknown)
        });
        let kinds = kinds.collect::<Result<Vec<_>, _>>()?;
        let options = PeopleOptions::new().kinds(kinds).name(self.name.as_deref());
        let question = format!("people {options:?} {}", self.told.get());
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        Ok((options, pages))
    }
}

impl Question for People {
    type Answer = Page<Person>;

    fn check(&self) -> Result<(), Problem> {
        self.asked().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Person>, Problem> {
        let (options, pages) = self.asked()?;
        let told = corpus.told()?;
        let rows = told.people.iter().filter(|person| options.wants(person));
        let mut page = Page::of(pages, rows);
        page.items.iter_mut().for_each(|person| person.told_in.truncate(self.told.get()));
        Ok(page)
    }

    fn table(answer: &Page<Person>) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// What happened, was said and was published when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Timeline {
    /// Only what is of this lane: the kind of an event, `statement` or `published`.
    lane: Option<String>,
    /// Number of entries, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

impl Timeline {
    fn pages(&self) -> Result<Pages, Problem> {
        Pages::of(&format!("timeline {:?}", self.lane), self.limit, self.cursor.as_deref())
    }
}

impl Question for Timeline {
    type Answer = Page<Entry>;

    fn check(&self) -> Result<(), Problem> {
        self.pages().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Entry>, Problem> {
        let pages = self.pages()?;
        if let Some(lane) = &self.lane {
            check_lane(&corpus.corpus, lane).map_err(|error| bad("lane")(&error))?;
        }
        let told = corpus.told()?;
        if let Some(lane) = &self.lane {
            told.timeline.check_lane(lane).map_err(|error| bad("lane")(&error))?;
        }
        let rows = told.timeline.items.iter().chain(&told.timeline.open);
        let rows = rows.filter(|entry| self.lane.as_ref().is_none_or(|lane| *lane == entry.lane));
        Ok(Page::of(pages, rows))
    }

    fn table(answer: &Page<Entry>) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}

/// Each expression of time with its value, and when each article was published.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dates {
    /// Only those of the document with this id.
    document: Option<String>,
    /// Whether those in copied text are listed again.
    #[serde(default)]
    duplicates: bool,
    /// Number of dates, at most 100,000.
    #[serde(default = "hundred")]
    limit: Limit,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

/// Dates, in the order of the corpus.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DatesFound {
    /// The dates.
    items: Vec<Dated>,
    /// Number of dates on all pages: exact on the last page, at least so many on others.
    total: Total,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Dates {
    fn pages(&self) -> Result<Pages, Problem> {
        let question = format!("dates {:?} {}", self.document, self.duplicates);
        Pages::of(&question, self.limit, self.cursor.as_deref())
    }
}

impl Question for Dates {
    type Answer = DatesFound;

    fn check(&self) -> Result<(), Problem> {
        self.pages().map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<DatesFound, Problem> {
        let pages = self.pages()?;
        // Whether there is one is soon known.
        let document = self.document.as_ref().map(|id| corpus.document(id)).transpose()?;
        let links = corpus.links()?;
        let mut gatherer = Gatherer::new(&links, self.duplicates);
        let mut failed = None;
        let (items, next) = match &document {
            Some(document) => pages.cut(gatherer.of(document).into_iter()),
            None => {
                let documents = corpus.corpus.documents().map_while(|document| {
                    let checked = corpus.deadline.check().map_err(unreadable);
                    let document = checked.and_then(|()| document.map_err(unreadable_store));
                    document.map_err(|problem| failed = Some(problem)).ok()
                });
                pages.cut(documents.flat_map(|document| gatherer.of(&document)))
            }
        };
        if let Some(problem) = failed {
            return Err(problem);
        }
        let reached = pages.from() + items.len() + usize::from(next.is_some());
        let exact = next.is_none() && self.limit.get() > 0;
        Ok(DatesFound { items, total: Total { value: reached as u64, exact }, next })
    }

    fn table(answer: &DatesFound) -> Option<Cells<'_>> {
        Some(Cells::of(&answer.items))
    }
}
