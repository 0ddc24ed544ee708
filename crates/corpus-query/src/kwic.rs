//! The concordance: each hit on a line of its own, with what stands before and after it.

use crate::{
    copies::Copies,
    engine::Engine,
    error::Error,
    hit::{DateOf, Last, Location, Total},
    matcher::{
        Match, Room,
        named::{self, InSight},
    },
    part_text::PartText,
    query::{Explained, Query},
    scope::Scope,
    tabular::{Tabular, cell, passage_cells, source_cells},
    token::Tokens,
};
use corpus_core::{Edtf, Span};
use serde::Serialize;
use std::{cmp::Ordering, collections::BinaryHeap, fmt, ops::ControlFlow, str::FromStr};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::GraphemeCursor;

/// A line of the concordance.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// Where the match lies.
    #[serde(flatten)]
    pub location: Location,
    /// The text before it in its passage, as written.
    pub before: String,
    /// The match, as written.
    #[serde(rename = "match")]
    pub matched: String,
    /// The text after it in its passage, as written.
    pub after: String,
    /// When the article was published.
    pub date: Option<DateOf>,
    /// Headline of the article.
    pub title: Option<String>,
    /// Name of the site or outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
}

/// The lines of a concordance.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Concordance {
    /// How the query was understood.
    pub query: Explained,
    /// Where it was looked for.
    pub scope: Scope,
    /// Number of matches.
    pub total: Total,
    /// Number of matches left out because they stand in copied text.
    pub copies: u64,
    /// The lines.
    pub lines: Vec<Line>,
}

/// How a concordance is made.
#[derive(Clone, Debug)]
pub struct KwicOptions {
    scope: Scope,
    context: Context,
    sort: Vec<SortKey>,
    sample: Option<(usize, u64)>,
    limit: usize,
    counted: bool,
    duplicates: bool,
}

/// How much text is shown beside a match. It never goes beyond the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Context {
    /// So many characters on either side, no word cut, nor what is read as one character: a letter and the marks on it,
    /// an emoji of several code points.
    Characters(usize),
    /// So many words on either side.
    Words(usize),
    /// The sentence.
    Sentence,
}

/// What lines are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SortKey {
    /// The word so many places to the left, from 1.
    Left(usize),
    /// The word so many places to the right, from 1.
    Right(usize),
    /// The match.
    Match,
    /// The date of publication; open and unknown dates last.
    Date,
}

impl Default for KwicOptions {
    fn default() -> Self {
        KwicOptions {
            scope: Scope::default(),
            context: Context::Characters(60),
            sort: Vec::new(),
            sample: None,
            limit: usize::MAX,
            counted: false,
            duplicates: false,
        }
    }
}

impl KwicOptions {
    /// Lines in the order of the corpus, 60 characters on either side, of articles, copied text once.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where to look; by default in articles.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// How much text to show; by default 60 characters on either side.
    pub const fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// What to sort by, the first key first; by default lines stay in the order of the corpus.
    pub fn sort(mut self, sort: Vec<SortKey>) -> Self {
        self.sort = sort;
        self
    }

    /// Shows only so many lines, chosen by chance; the same seed chooses the same.
    pub const fn sample(mut self, lines: usize, seed: u64) -> Self {
        self.sample = Some((lines, seed));
        self
    }

    /// Number of lines; by default all. Without sorting and sampling what lies behind is not looked at.
    pub const fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Whether all matches are counted, however few lines are wanted; by default what lies behind is not looked at.
    pub const fn counted(mut self, counted: bool) -> Self {
        self.counted = counted;
        self
    }

    /// Whether copied text counts again; by default it counts once.
    pub const fn duplicates(mut self, duplicates: bool) -> Self {
        self.duplicates = duplicates;
        self
    }
}

impl FromStr for SortKey {
    type Err = UnknownSortKey;

    fn from_str(text: &str) -> Result<Self, UnknownSortKey> {
        let lower = text.trim().to_ascii_lowercase();
        let place = |digits: &str| match digits {
            "" => Some(1),
            digits => digits.parse().ok().filter(|place| (1..=20).contains(place)),
        };
        let key = match &*lower {
            "match" | "m" => Some(SortKey::Match),
            "date" | "d" => Some(SortKey::Date),
            lower => match (lower.strip_prefix('l'), lower.strip_prefix('r')) {
                (Some(digits), _) => place(digits).map(SortKey::Left),
                (_, Some(digits)) => place(digits).map(SortKey::Right),
                _ => None,
            },
        };
        key.ok_or_else(|| UnknownSortKey(text.to_owned()))
    }
}

/// A sort key nobody knows; its message lists those there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSortKey(String);

impl fmt::Display for UnknownSortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown sort key {:?}; known: L1 to L20, R1 to R20, match, date", self.0)
    }
}

impl std::error::Error for UnknownSortKey {}

impl Engine {
    /// The lines on which a query matches.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn kwic(&self, query: &Query, options: &KwicOptions) -> Result<Concordance, Error> {
        let query = &self.understood(query)?;
        let matcher = self.matcher(query, &options.scope);
        let mut copies = Copies::new(options.duplicates);
        let mut room = Room::default();
        let mut words = Words::default();
        let mut kept = Kept::new(options);
        let (mut total, mut n_copies, mut ended) = (0_u64, 0, true);
        self.each(Some(query), &options.scope, |part| {
            let mut last = None;
            for found in matcher.find(part, &mut room).unwrap_or_default() {
                if copies.is_copy(part, &part.passages[found.passage]) {
                    n_copies += 1;
                    continue;
                }
                if kept.is_done() {
                    if !options.counted {
                        ended = false;
                        return ControlFlow::Break(());
                    }
                    total += 1;
                    continue;
                }
                total += 1;
                let key = sort_words(part, &found, &options.sort, &mut words);
                kept.offer(total, key, || line(part, &found, options.context, (&mut words, &mut last)));
            }
            ControlFlow::Continue(())
        })?;
        Ok(Concordance {
            query: query.explain(),
            scope: options.scope.clone(),
            total: Total { value: total, exact: ended },
            copies: n_copies,
            lines: kept.lines(),
        })
    }
}

/// The words and sentences of the passage that was looked at last: matches come passage by passage.
#[derive(Debug, Default)]
struct Words {
    /// Place of the document, index of the part, index of the passage.
    of: Option<(u64, usize, usize)>,
    tokens: Tokens,
    /// The same of the passage whose sentences are known.
    sentences_of: Option<(u64, usize, usize)>,
    sentences: Vec<Span>,
    in_sight: InSight,
}

impl Words {
    fn of(&mut self, part: &PartText, passage: usize) -> &Tokens {
        let of = Some((part.order, part.part, passage));
        if self.of != of {
            self.tokens.read(part.slice(&part.passages[passage]));
            self.of = of;
        }
        &self.tokens
    }

    fn sentences(&mut self, part: &PartText, passage: usize) -> &[Span] {
        let of = Some((part.order, part.part, passage));
        if self.sentences_of != of {
            let is_further =
                |(order, index, before)| (order, index) == (part.order, part.part) && before < passage;
            if !self.sentences_of.is_some_and(is_further) {
                self.in_sight = InSight::default();
            }
            let passage = &part.passages[passage];
            self.in_sight.enter(part, passage);
            self.sentences = named::sentences(part, passage, &self.in_sight);
            self.sentences_of = of;
        }
        &self.sentences
    }
}

/// The lines that are kept of those that come.
#[derive(Debug)]
enum Kept {
    /// The first so many.
    First(Vec<Line>, usize),
    /// So many by chance, then the first of them as they are sorted.
    Sample { lines: Vec<Keyed>, most: usize, chance: Chance, limit: usize },
    /// The first so many as they are sorted.
    Sorted(BinaryHeap<Keyed>, usize),
}

/// A line with what it is sorted by, and its place in the order of the corpus.
#[derive(Debug)]
struct Keyed {
    key: Vec<String>,
    place: u64,
    line: Line,
}

impl Kept {
    fn new(options: &KwicOptions) -> Kept {
        match options.sample {
            Some((most, seed)) => {
                Kept::Sample { lines: Vec::new(), most, chance: Chance(seed), limit: options.limit }
            }
            None if options.sort.is_empty() => Kept::First(Vec::new(), options.limit),
            None => Kept::Sorted(BinaryHeap::new(), options.limit),
        }
    }

    /// Whether no line that comes will be kept.
    const fn is_done(&self) -> bool {
        matches!(self, Kept::First(lines, limit) if lines.len() >= *limit)
    }

    /// Takes the line with this place in the order of the corpus, from 1, which is made where it is kept.
    fn offer(&mut self, place: u64, key: Vec<String>, line: impl FnOnce() -> Line) {
        match self {
            Kept::First(lines, _) => lines.push(line()),
            Kept::Sample { lines, most, chance, .. } => {
                // Each line so far stays with the same chance (Vitter 1985, algorithm R).
                let slot = if lines.len() < *most { lines.len() } else { (chance.next() % place) as usize };
                let keyed = || Keyed { key, place, line: line() };
                if slot == lines.len() && slot < *most {
                    lines.push(keyed());
                } else if let Some(slot) = lines.get_mut(slot) {
                    *slot = keyed();
                }
            }
            Kept::Sorted(heap, limit) => {
                // Of equal lines the earlier goes first, so that one that comes later must be less.
                let is_kept = heap.len() < *limit || heap.peek().is_some_and(|last| key < last.key);
                if is_kept {
                    heap.push(Keyed { key, place, line: line() });
                    if heap.len() > *limit {
                        heap.pop();
                    }
                }
            }
        }
    }

    /// The lines, in their order.
    fn lines(self) -> Vec<Line> {
        let of_all = |keyed: Vec<Keyed>| keyed.into_iter().map(|keyed| keyed.line).collect();
        match self {
            Kept::First(lines, _) => lines,
            Kept::Sample { mut lines, limit, .. } => {
                lines.sort();
                lines.truncate(limit);
                of_all(lines)
            }
            Kept::Sorted(heap, _) => of_all(heap.into_sorted_vec()),
        }
    }
}

impl Ord for Keyed {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key).then(self.place.cmp(&other.place))
    }
}

impl PartialOrd for Keyed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Keyed {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Keyed {}

/// Numbers by chance: SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug)]
struct Chance(u64);

impl Chance {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

fn line<'p>(
    part: &'p PartText,
    found: &Match,
    context: Context,
    (words, last): (&mut Words, &mut Last<'p>),
) -> Line {
    let passage = &part.passages[found.passage];
    let text = part.slice(passage);
    let (start, end) = context_of(part, found, context, words);
    Line {
        location: Location::of_next(part, found, last),
        before: text[start..found.start].to_owned(),
        matched: text[found.start..found.end].to_owned(),
        after: text[found.end..end].to_owned(),
        date: DateOf::of(part),
        title: part.title.clone(),
        site: part.site.clone(),
    }
}

/// Where the context of a match begins and ends in its passage.
fn context_of(part: &PartText, found: &Match, context: Context, words: &mut Words) -> (usize, usize) {
    let passage = &part.passages[found.passage];
    let text = part.slice(passage);
    match context {
        Context::Characters(n) => {
            let before = &text[..found.start];
            let after = &text[found.end..];
            let start = before.char_indices().rev().take(n).last().map_or(found.start, |(at, _)| at);
            let end = after.char_indices().nth(n).map_or(text.len(), |(at, _)| found.end + at);
            (whole_word_start(text, start, found.start), whole_word_end(text, end, found.end))
        }
        Context::Words(n) => {
            let tokens = words.of(part, found.passage);
            let first = tokens.first_from(found.start);
            let after = tokens.first_from(found.end);
            let start = if first <= n { 0 } else { tokens.span(first - n).0 };
            let end = if after + n >= tokens.len() { text.len() } else { tokens.span(after + n).0 };
            let start = if n == 0 { found.start } else { start };
            let end = if n == 0 { found.end } else { found.end + text[found.end..end].trim_end().len() };
            (start.min(found.start), end.max(found.end))
        }
        Context::Sentence => {
            let sentences = words.sentences(part, found.passage);
            let n_begun = sentences.partition_point(|sentence| sentence.start <= found.start);
            let n_ended = sentences.partition_point(|sentence| sentence.end < found.end);
            let start = n_begun.checked_sub(1).map_or(0, |at| sentences[at].start);
            (start, sentences.get(n_ended).map_or(text.len(), |sentence| sentence.end))
        }
    }
}

/// The first beginning of a word from `start` on, at most `limit`.
fn whole_word_start(text: &str, start: usize, limit: usize) -> usize {
    let mut start = start;
    if start > 0 && ends_in_word(&text[..start]) && text[start..].starts_with(is_of_word) {
        let end = text[start..limit].find(|character: char| !is_of_word(character));
        start = end.map_or(limit, |at| start + at);
    }
    let mut cursor = GraphemeCursor::new(start, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().map_or(limit, |next| next.min(limit)),
        _ => start,
    }
}

/// The last end of a word up to `end`, at least `limit`.
fn whole_word_end(text: &str, end: usize, limit: usize) -> usize {
    let mut end = end;
    if ends_in_word(&text[..end]) && text[end..].starts_with(is_of_word) {
        end = limit + text[limit..end].trim_end_matches(is_of_word).len();
    }
    let mut cursor = GraphemeCursor::new(end, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten().map_or(limit, |last| last.max(limit)),
        _ => end,
    }
}

/// Whether a character is of a word: a letter, a digit, or a mark on one.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

/// Whether a word, marks on its last letter included, stands at the end.
fn ends_in_word(text: &str) -> bool {
    text.chars().rev().find(|character| !is_combining_mark(*character)).is_some_and(char::is_alphanumeric)
}

/// What a line is sorted by.
fn sort_words(part: &PartText, found: &Match, keys: &[SortKey], words: &mut Words) -> Vec<String> {
    if keys.is_empty() {
        return Vec::new();
    }
    let tokens = words.of(part, found.passage);
    let first = tokens.first_from(found.start);
    let after = tokens.first_from(found.end);
    let word = |index: Option<usize>| {
        index
            .filter(|index| *index < tokens.len())
            .map_or(String::new(), |index| tokens.folded(index).to_owned())
    };
    let key = |key: &SortKey| match key {
        SortKey::Left(place) => word(first.checked_sub(*place)),
        SortKey::Right(place) => word(Some(after + place - 1)),
        SortKey::Match => (first..after).map(|index| tokens.folded(index)).collect::<Vec<_>>().join(" "),
        SortKey::Date => date_words(part.published.as_ref()),
    };
    keys.iter().map(key).collect()
}

/// What a date is sorted by: its first day, in digits that sort as years do, those before our era included; what has
/// none sorts last.
fn date_words(date: Option<&Edtf>) -> String {
    /// More than the years of any date before our era.
    const ERAS: i64 = 1 << 32;
    let Some((first, date)) = date.and_then(|date| Some((date.bounds().0?, date))) else {
        return "~".to_owned();
    };
    format!(
        "{:010} {:02} {:02} {}",
        ERAS + i64::from(first.year()),
        first.month(),
        first.day(),
        date.as_str()
    )
}

impl Tabular for Line {
    const COLUMNS: &'static [&'static str] = &[
        "document",
        "uri",
        "record",
        "kind",
        "role",
        "line",
        "column",
        "byte_start",
        "byte_end",
        "before",
        "match",
        "after",
        "date",
        "date_precision",
        "title",
        "record_id",
        "source_line",
        "source_start",
        "source_end",
    ];

    fn cells(&self) -> Vec<String> {
        let found = [
            self.before.clone(),
            self.matched.clone(),
            self.after.clone(),
            cell(self.date.as_ref().map(|date| &date.value)),
            cell(self.date.as_ref().map(|date| &date.precision)),
            cell(self.title.as_ref()),
            cell(self.location.record_id.as_ref()),
        ];
        passage_cells(&self.location).into_iter().chain(found).chain(source_cells(&self.location)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn a_context_begins_and_ends_between_words_and_whole_characters() {
        // Before the accent of a decomposed é, with a word behind it; the family is one emoji of five code points.
        let text = "the cafe\u{301}s of 👩\u{200d}👩\u{200d}👧 here";
        let accent = text.find('\u{301}').unwrap();
        let (space, limit) = (text.find(" of").unwrap(), text.len());
        assert_eq!(whole_word_start(text, accent, limit), space);
        assert_eq!(whole_word_start(text, accent + 2, limit), space);
        assert_eq!(&text[..whole_word_end(text, accent, 0)], "the ");
        let family = text.find('👩').unwrap();
        assert_eq!(&text[whole_word_start(text, family + 4, limit)..], " here");
        assert_eq!(whole_word_end(text, family + 7, 0), family);
        // Nothing is left of what is cut on both sides.
        assert_eq!(whole_word_start(text, family + 4, family + 7), family + 7);
        assert_eq!(whole_word_end(text, family + 7, family + 4), family + 4);
    }

    proptest! {
        #[test]
        fn no_cluster_is_cut(text in "[a-c \u{301}\u{fe0f}\u{200d}👩🇫🇷ก\u{e33}]{0,24}", at in 0_usize..100) {
            let at = (0..=text.len()).rev().find(|place| *place <= at && text.is_char_boundary(*place)).unwrap();
            let bounds: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let start = whole_word_start(&text, at, text.len());
            let end = whole_word_end(&text, at, 0);
            prop_assert!(start >= at && bounds.contains(&start), "{text:?} {at} {start}");
            prop_assert!(end <= at && bounds.contains(&end), "{text:?} {at} {end}");
        }
    }
}
