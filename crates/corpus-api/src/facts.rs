//! `/v1/statements`, `/v1/events`, `/v1/agreements`, `/v1/timeline`, `/v1/people`, `/v1/dates`: what the articles say.

use crate::{
    app::App,
    concordance::bad,
    form::Cells,
    pages::{Limit, Pages, hundred},
    problem::Problem,
    question::{Places, Question},
    snapshot::{Opened, unreadable, unreadable_store},
};
use corpus_query::{
    Dated, Dates as Gatherer, Entry, Happening, NamedAgreement, PeopleOptions, Person, PersonKind, Statement,
    StatementOptions, Total,
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
    /// The rows of a question from a cursor on.
    fn of<'a>(
        question: &str,
        rows: impl Iterator<Item = &'a T>,
        limit: Limit,
        cursor: Option<&str>,
    ) -> Result<Self, Problem>
    where
        T: 'a,
    {
        let pages = Pages::of(question, limit, cursor)?;
        let mut total = 0;
        let mut rows = rows.inspect(|_| total += 1);
        let (items, next) = pages.cut(rows.by_ref());
        rows.for_each(drop);
        let items = items.into_iter().cloned().collect();
        Ok(Page { items, total: Total::exactly(total), next })
    }
}

/// The id of the entity that one was merged into; other words as they are.
pub(crate) fn resolved(corpus: &Opened, id: &str) -> Result<String, Problem> {
    Ok(corpus.links()?.ids.resolve_typed(id))
}

impl Question for Statements {
    type Answer = Page<Statement>;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Statement>, Problem> {
        let speaker_id = self.speaker_id.map(|id| resolved(corpus, &id)).transpose()?;
        let options = StatementOptions::new()
            .speaker(self.speaker.as_deref())
            .speaker_id(speaker_id.as_deref())
            .source(self.source.as_deref())
            .about(self.about.as_deref())
            .duplicates(self.duplicates);
        let told = corpus.told()?;
        let rows = told.statements.iter().filter(|statement| options.wants(statement));
        let question = format!("statements {options:?}");
        Page::of(&question, rows, self.limit, self.cursor.as_deref())
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

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Happening>, Problem> {
        Page::of("events", corpus.told()?.events.iter(), self.limit, self.cursor.as_deref())
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

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<NamedAgreement>, Problem> {
        Page::of("agreements", corpus.told()?.agreements.iter(), self.limit, self.cursor.as_deref())
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
    /// Number of people, at most 100,000.
    #[serde(default = "hundred")]
    pub(crate) limit: Limit,
    /// Where to go on: `next` of the answer before.
    pub(crate) cursor: Option<String>,
}

/// The names of the kinds.
pub(crate) const KINDS: [(&str, PersonKind); 4] = [
    ("person", PersonKind::Person),
    ("organisation", PersonKind::Organisation),
    ("outlet", PersonKind::Outlet),
    ("place", PersonKind::Place),
];

impl Question for People {
    type Answer = Page<Person>;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Person>, Problem> {
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
        let told = corpus.told()?;
        let rows = told.people.iter().filter(|person| options.wants(person));
        Page::of(&format!("people {options:?}"), rows, self.limit, self.cursor.as_deref())
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

impl Question for Timeline {
    type Answer = Page<Entry>;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<Page<Entry>, Problem> {
        let told = corpus.told()?;
        if let Some(lane) = &self.lane {
            told.timeline.check_lane(lane).map_err(|error| bad("lane")(&error))?;
        }
        let rows = told.timeline.items.iter().chain(&told.timeline.open);
        let rows = rows.filter(|entry| self.lane.as_ref().is_none_or(|lane| *lane == entry.lane));
        let question = format!("timeline {:?}", self.lane);
        Page::of(&question, rows, self.limit, self.cursor.as_deref())
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

impl Question for Dates {
    type Answer = DatesFound;

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<DatesFound, Problem> {
        let question = format!("dates {:?} {}", self.document, self.duplicates);
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        let links = corpus.links()?;
        let mut gatherer = Gatherer::new(&links, self.duplicates);
        let mut failed = None;
        let (items, next) = match &self.document {
            Some(id) => pages.cut(gatherer.of(&corpus.document(id)?).into_iter()),
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
