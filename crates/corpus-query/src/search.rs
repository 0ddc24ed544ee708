//! Search: passages ranked by the part they stand in.

use crate::{
    copies::Copies,
    cursor::Cursor,
    dates,
    engine::{Engine, Held},
    error::Error,
    hit::{DateOf, Location, Total},
    index::{Index, Ranked},
    matcher::{Match, Matcher, Room},
    memory::Memory,
    offsets::Spans,
    part_text::{PartText, UNKNOWN_LANGUAGE},
    query::{Explained, Query},
    scope::Scope,
    tabular::{Tabular, cell, passage_cells, source_cells},
};
use serde::Serialize;
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::ControlFlow,
};
use tantivy::DocAddress;

/// A passage in which a query matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hit {
    /// Where the first match lies.
    #[serde(flatten)]
    pub location: Location,
    /// Rank of the part: BM25. Only its order means anything.
    pub score: f32,
    /// Headline of the article.
    pub title: Option<String>,
    /// When it was published.
    pub date: Option<DateOf>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Name of the site or outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Address of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Language of the document.
    pub language: Option<String>,
    /// The text around the first match.
    pub snippet: Snippet,
    /// Where all matches of the passage lie.
    pub matches: Vec<Spans>,
}

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Snippet {
    /// The text, as written.
    pub text: String,
    /// What of it matches, in bytes of the snippet.
    pub highlights: Vec<[usize; 2]>,
    /// Whether the passage begins before it.
    pub cut_before: bool,
    /// Whether the passage goes on after it.
    pub cut_after: bool,
}

/// A page of hits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Found {
    /// How the query was understood.
    pub query: Explained,
    /// Where it was looked for.
    pub scope: Scope,
    /// The hits.
    pub items: Vec<Hit>,
    /// Number of passages that match.
    pub total: Total,
    /// Number of passages left out so far because they are copied text.
    pub copies: u64,
    /// Where the next page begins, for [`SearchOptions::cursor`]; `None` on the last page.
    pub next: Option<String>,
    /// How the passages that match divide, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
}

/// How the passages that match divide: each value with the number of passages, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facets {
    /// By kind of part.
    pub kind: Vec<(String, u64)>,
    /// By role of the passage.
    pub role: Vec<(String, u64)>,
    /// By language.
    pub language: Vec<(String, u64)>,
    /// By site.
    pub site: Vec<(String, u64)>,
    /// By year of publication: `within:` finds those of one, `year:open` those that lie in no one year.
    pub year: Vec<(String, u64)>,
}

/// How a search is done.
#[derive(Clone, Debug)]
pub struct SearchOptions {
    scope: Scope,
    limit: usize,
    cursor: Option<String>,
    facets: bool,
    duplicates: bool,
    snippet: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions {
            scope: Scope::default(),
            limit: 20,
            cursor: None,
            facets: false,
            duplicates: false,
            snippet: 240,
        }
    }
}

impl SearchOptions {
    /// The first 20 passages of articles, copied text once.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where to look; by default in articles.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Number of hits; by default 20. With 0 everything is counted and nothing shown.
    pub const fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Where to go on, as [`Found::next`] says; by default at the beginning.
    pub fn cursor(mut self, cursor: Option<String>) -> Self {
        self.cursor = cursor;
        self
    }

    /// Whether to count how the hits divide; by default not, since it means looking at all of them.
    pub const fn facets(mut self, facets: bool) -> Self {
        self.facets = facets;
        self
    }

    /// Whether copied text counts again; by default it counts once.
    pub const fn duplicates(mut self, duplicates: bool) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Most bytes of a snippet; by default 240.
    pub const fn snippet(mut self, bytes: usize) -> Self {
        self.snippet = bytes;
        self
    }
}

/// Parts that the index is asked for at first: some are copies, and phrases are looked up in all of them anyway.
const FIRST_ASKED: usize = 128;

impl Engine {
    /// The passages in which a query matches, those of the best part first, in a part in its order.
    ///
    /// # Errors
    /// When the index cannot be read, or the cursor is not one of this query.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<Found, Error> {
        let cursors = cursors(query, options);
        let skip = cursors.passed(options.cursor.as_deref())?;
        let query = &self.understood(query)?;
        let matcher = self.matcher(query, &options.scope);
        let wanted = skip + options.limit;
        let mut page = Page {
            options,
            skip,
            wanted,
            seen: 0,
            copies: Copies::new(options.duplicates),
            n_copies: 0,
            items: Vec::new(),
        };
        let mut facets = options.facets.then(Tally::default);
        let (index, memory) = match &*self.held {
            Held::Memory(memory) => (memory.ranking(&self.deadline)?, Some(memory)),
            Held::Index(index) => (index, None),
        };
        let (mut room, mut store) = (Room::default(), index.store());
        let mut done: HashSet<DocAddress> = HashSet::new();
        // What is in memory is looked at to its end, so that the total is exact.
        let goes_on = |page: &Page<'_>| wanted > 0 && (page.seen <= wanted || memory.is_some());
        let mut ask = match memory {
            Some(_) => usize::MAX,
            None => (wanted + 1).next_power_of_two().max(FIRST_ASKED),
        };
        while goes_on(&page) {
            let (ranked, are_all) = index.ranked(query, &options.scope, ask)?;
            for Ranked { score, address, place } in &ranked {
                if !goes_on(&page) {
                    break;
                }
                if !done.insert(*address) {
                    continue;
                }
                let part = match memory {
                    Some(Memory { parts, .. }) => {
                        let at = parts.partition_point(|part| Index::place(part) < *place);
                        parts.get(at).map(Cow::Borrowed)
                    }
                    None => Some(Cow::Owned(store.part(*address)?)),
                };
                let Some(part) = part else { continue };
                let found = matcher.find(&part, &mut room);
                self.deadline.check()?;
                if let Some(matches) = found {
                    page.add(*score, &part, &matches_or_first(&matcher, &part, matches));
                }
            }
            if are_all {
                break;
            }
            // Most of what was found is copied text, or all ranks alike: then all is asked for, once.
            ask = usize::MAX;
        }
        let mut exact = memory.is_some() || page.seen <= wanted && wanted > 0;
        if facets.is_some() || wanted == 0 {
            page.seen = self.count(query, options, &matcher, &mut facets)?;
            exact = true;
        }
        let more = page.seen > wanted && options.limit > 0;
        Ok(Found {
            query: query.explain(),
            scope: options.scope.clone(),
            total: Total { value: page.seen as u64, exact },
            copies: page.n_copies,
            next: more.then(|| cursors.after(wanted)),
            facets: facets.map(Tally::facets),
            items: page.items,
        })
    }

    /// Looks at all passages that match.
    fn count(
        &self,
        query: &Query,
        options: &SearchOptions,
        matcher: &Matcher,
        tally: &mut Option<Tally>,
    ) -> Result<usize, Error> {
        let mut copies = Copies::new(options.duplicates);
        let mut room = Room::default();
        let mut seen = 0;
        self.each(Some(query), &options.scope, |part| {
            if let Some(matches) = matcher.find(part, &mut room) {
                for group in by_passage(&matches_or_first(matcher, part, matches)) {
                    let passage = &part.passages[group[0].passage];
                    if !copies.is_copy(part, passage) {
                        seen += 1;
                        if let Some(tally) = tally {
                            tally.add(part, passage.role.as_str());
                        }
                    }
                }
            }
            ControlFlow::Continue(())
        })?;
        Ok(seen)
    }
}

/// A page of hits being filled.
struct Page<'a> {
    options: &'a SearchOptions,
    skip: usize,
    wanted: usize,
    seen: usize,
    copies: Copies,
    n_copies: u64,
    items: Vec<Hit>,
}

impl Page<'_> {
    fn add(&mut self, score: f32, part: &PartText, matches: &[Match]) {
        for group in by_passage(matches) {
            if self.copies.is_copy(part, &part.passages[group[0].passage]) {
                self.n_copies += 1;
                continue;
            }
            if (self.skip..self.wanted).contains(&self.seen) {
                self.items.push(hit(score, part, group, self.options.snippet));
            }
            self.seen += 1;
        }
    }
}

/// Matches, passage by passage.
fn by_passage(matches: &[Match]) -> impl Iterator<Item = &[Match]> {
    matches.chunk_by(|one, other| one.passage == other.passage)
}

/// The matches; where the query holds without any word, the beginning of the part.
fn matches_or_first(matcher: &Matcher, part: &PartText, matches: Vec<Match>) -> Vec<Match> {
    if matches.is_empty() {
        let first = matcher.passages(part).next();
        return first.map(|(passage, _)| Match { passage, start: 0, end: 0 }).into_iter().collect();
    }
    matches
}

fn hit(score: f32, part: &PartText, matches: &[Match], snippet_bytes: usize) -> Hit {
    let passage = &part.passages[matches[0].passage];
    let mut last = None;
    let spans = |found: &Match| Location::of_next(part, found, &mut last).span;
    Hit {
        location: Location::of_match(part, &matches[0]),
        score,
        title: part.title.clone(),
        date: DateOf::of(part),
        authors: part.authors.clone(),
        site: part.site.clone(),
        url: part.url.clone(),
        language: part.language.clone(),
        snippet: snippet(part.slice(passage), matches, snippet_bytes),
        matches: matches.iter().filter(|found| found.start < found.end).map(spans).collect(),
    }
}

/// The piece of a text around its first match, at most so many bytes, no word cut.
fn snippet(text: &str, matches: &[Match], bytes: usize) -> Snippet {
    let first = matches[0];
    let lead = bytes.saturating_sub(first.end - first.start) / 3;
    let mut start = text.floor_char_boundary(first.start.saturating_sub(lead));
    if start > 0 {
        let blank = text[start..first.start].find(char::is_whitespace);
        start = blank.map_or(first.start, |at| start + at);
        start += text[start..].len() - text[start..].trim_start().len();
    }
    let mut end = text.floor_char_boundary((start + bytes).max(first.end).min(text.len()));
    if end < text.len() {
        end = text[first.end..end].rfind(char::is_whitespace).map_or(end, |at| first.end + at);
    }
    let inside =
        matches.iter().filter(|found| found.start < found.end && found.start >= start && found.end <= end);
    Snippet {
        text: text[start..end].to_owned(),
        highlights: inside.map(|found| [found.start - start, found.end - start]).collect(),
        cut_before: start > 0,
        cut_after: end < text.len(),
    }
}

/// Counts how hits divide.
#[derive(Debug, Default)]
struct Tally {
    counts: [HashMap<String, u64>; 5],
}

impl Tally {
    fn add(&mut self, part: &PartText, role: &str) {
        let year = dates::year(part.published.as_ref());
        let values = [
            Some(part.kind.as_str()),
            Some(role),
            Some(part.language.as_deref().unwrap_or(UNKNOWN_LANGUAGE)),
            part.site.as_deref(),
            Some(year.as_ref().map_or(dates::OPEN, corpus_core::Edtf::as_str)),
        ];
        for (counts, value) in self.counts.iter_mut().zip(values) {
            match value.and_then(|value| counts.get_mut(value)) {
                Some(count) => *count += 1,
                None => {
                    value.and_then(|value| counts.insert(value.to_owned(), 1));
                }
            }
        }
    }

    fn facets(self) -> Facets {
        let [kind, role, language, site, year] = self.counts.map(|counts| {
            let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
            counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            counts
        });
        Facets { kind, role, language, site, year }
    }
}

/// The cursors of a question.
fn cursors(query: &Query, options: &SearchOptions) -> Cursor {
    Cursor::of(&format!("{:?} {} {}", query.node, options.scope, options.duplicates))
}

impl Tabular for Hit {
    const COLUMNS: &'static [&'static str] = &[
        "score",
        "document",
        "uri",
        "record",
        "kind",
        "role",
        "line",
        "column",
        "byte_start",
        "byte_end",
        "date",
        "title",
        "snippet",
        "record_id",
        "source_line",
        "source_start",
        "source_end",
    ];

    fn cells(&self) -> Vec<String> {
        let score = format!("{:.3}", self.score);
        let found = [
            cell(self.date.as_ref().map(|date| &date.value)),
            cell(self.title.as_ref()),
            self.snippet.text.clone(),
            cell(self.location.record_id.as_ref()),
        ];
        let place = passage_cells(&self.location);
        [score].into_iter().chain(place).chain(found).chain(source_cells(&self.location)).collect()
    }
}
