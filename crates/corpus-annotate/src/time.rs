//! A time: a date, time of day, duration or set that a text names.

pub(crate) mod calendar;
mod dateline;
mod direction;
mod expression;
mod grammar;
mod habit;
mod language;
mod reckon;
mod vocabulary;
mod writing;

use crate::{
    annotator::Annotator,
    page::{Found, Page, Passage},
    statement::word::Tags,
    stretch::InOrder,
    token::{Token, TokenKind},
};
use corpus_core::{
    Document, Edtf, PartKind, Role,
    date::{Order, read_stamp},
};
use direction::{Direction, direction};
use expression::{Clock, Date, Expression, Field, Meaning, Year};
use grammar::Reader;
use language::Written;
use reckon::{Known, Now, Reckoner, Setting};
use serde::Serialize;
use std::ops::Range;

/// What an expression of time says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Time {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// TIMEX3 value; absent where the text gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timex: Option<String>,
    /// EDTF of a date; absent for durations and sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Edtf>,
    /// What it was reckoned from.
    pub anchor: Anchor,
    /// Whether it is part of a name ("Slavic Brotherhood 2020").
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_name: bool,
}

/// The types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A calendar date, of a day or coarser.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A time that recurs.
    Set,
}

/// What a time was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    /// Nothing: it says itself when it is.
    Absolute,
    /// The date of the document.
    Document,
    /// An event or time that the text names.
    Event,
    /// The time of the text that is quoted.
    Quotation,
    /// It could not be reckoned.
    None,
}

/// Finds the facts of layer `time`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times;

impl Annotator for Times {
    fn layer(&self) -> &'static str {
        "time"
    }
    fn version(&self) -> u32 {
        9
    }
    fn description(&self) -> &'static str {
        "dates, times of day, durations and sets"
    }
    fn asks_gazetteers(&self) -> bool {
        false
    }
    fn annotate(&self, page: &mut Page<'_>) {
        let mut seen = read(page, false);
        if seen.iter().any(|seen| seen.expression.meaning.is_early()) {
            seen = read(page, true);
        }
        seen.sort_by_key(|seen| page.passages[seen.passage].part);
        let mut times = Vec::with_capacity(seen.len());
        for of_part in seen.chunk_by(|a, b| page.passages[a.passage].part == page.passages[b.passage].part) {
            let Passage { part, kind, .. } = page.passages[of_part[0].passage];
            let mut now = now(page.document, part);
            let told = |seen: &&Seen| is_told(page.passages[seen.passage].role);
            if kind.is_article()
                && now == Now::default()
                && let Some((published, from)) =
                    of_part.iter().filter(told).find_map(|seen| dateline::published(page, seen))
            {
                now = from;
                page.facts.published.push((part, published));
            }
            // Which way a date lies is told by English words: of other dates only that of a dateline surely lies behind.
            let dates = |seen: &&Seen| !seen.is_other || dateline::ends_at(page, seen);
            let inferred = (kind.is_article() && now == Now::default())
                .then(|| writing::infer(page, of_part.iter().filter(told).filter(dates)))
                .flatten();
            if let Some((published, from)) = inferred {
                now = from;
                page.facts.published.push((part, published));
            }
            let mut reckoner = Reckoner::new(now);
            let mut days: Vec<(usize, Known)> = Vec::new();
            let mut passed = of_part[0].passage;
            let heads = heads(page, of_part);
            for seen in of_part {
                let headed = page.passages[passed..=seen.passage.max(passed)].iter();
                if headed.skip(1).any(|passage| passage.role == Role::Heading) {
                    reckoner.begin_section(None);
                }
                passed = seen.passage;
                let head = heads.binary_search_by_key(&seen.passage, |(passage, _)| *passage).ok();
                if let Some(head) = head {
                    reckoner.begin_section(Some(heads[head].1));
                }
                // A year by itself that heads nothing is a remark.
                let told =
                    is_told(page.passages[seen.passage].role) && (head.is_some() || !is_line(page, seen));
                let before = (!told).then(|| reckoner.clone());
                if is_of_entry(page, seen) {
                    reckoner.begin_entry(seen.passage);
                }
                let mut time = match seen.expression.meaning {
                    Meaning::FromEvent { days: from, event } => {
                        let words = event..seen.expression.tokens.end;
                        match day_of_event(page, &days, words) {
                            Some(day) => reckoner.beside_event(day, from),
                            None => reckoner.reckon(&seen.expression.meaning, seen.setting()),
                        }
                    }
                    ref meaning => reckoner.reckon(meaning, seen.setting()),
                };
                if matches!(seen.expression.meaning, Meaning::Date(_)) && reckoner.named_day().day.is_some() {
                    days.push((seen.sentence, reckoner.named_day()));
                }
                let day = reckoner.named_day();
                if let Some(before) = before {
                    reckoner = before;
                }
                if is_day_alone(page, seen) {
                    reckoner.begin_entries(day);
                }
                if seen.quoted && time.anchor == Anchor::Document {
                    time.anchor = Anchor::Quotation;
                }
                time.in_name = seen.in_name;
                times.push(Found {
                    span: seen.expression.span,
                    value: time,
                    rule: seen.expression.rule,
                    confidence: 0.9,
                });
            }
        }
        times.sort_by_key(|time| time.span);
        page.facts.times = times;
    }
}

/// Whether the sentence of a date says that it is still to come: "will be shown on May 3", but "was shown on May 3".
pub(crate) fn is_ahead(page: &Page<'_>, time: &Found<Time>) -> bool {
    let tokens = page.tokens_in(time.span);
    let Some(sentence) = page.sentences.before(time.span.start + 1).last() else { return false };
    direction(page.text(), &page.tokens, sentence.tokens.clone(), tokens) == Direction::Future
}

/// The years that are all of a line over a text each, with their passages: "2014" over what happened in it. A line that is
/// no heading is one where others are, each for another year, in order.
fn heads(page: &Page<'_>, seen: &[Seen]) -> Vec<(usize, i32)> {
    let year = |seen: &Seen| {
        let Meaning::Date(Date { field: Field::Year, year: Year::Is(year), .. }) = seen.expression.meaning
        else {
            return None;
        };
        let line = &page.passages[seen.passage];
        let next = page.passages.get(seen.passage + 1).filter(|next| next.part == line.part)?;
        (is_line(page, seen) && next.tokens.len() >= SECTION).then_some((seen.passage, year))
    };
    let mut heads: Vec<(usize, i32)> = seen.iter().filter_map(year).collect();
    let (up, down) =
        (|pair: &[(usize, i32)]| pair[0].1 < pair[1].1, |pair: &[(usize, i32)]| pair[0].1 > pair[1].1);
    if heads.len() < 2 || !(heads.windows(2).all(up) || heads.windows(2).all(down)) {
        heads.retain(|(passage, _)| page.passages[*passage].role == Role::Heading);
    }
    heads
}

/// Whether a year is all of its line.
fn is_line(page: &Page<'_>, seen: &Seen) -> bool {
    let is_year = matches!(seen.expression.meaning, Meaning::Date(Date { field: Field::Year, .. }));
    is_year && page.passages[seen.passage].tokens == seen.expression.tokens
}

/// Whether a day is all of its line.
fn is_day_alone(page: &Page<'_>, seen: &Seen) -> bool {
    let is_day =
        matches!(seen.expression.meaning, Meaning::Date(Date { field: Field::Day(..), clock: None, .. }));
    is_day && page.passages[seen.passage].tokens == seen.expression.tokens
}

/// Whether a time of day stands over an entry, or opens it: "10:42", "10:42 The bridge is open again."
fn is_of_entry(page: &Page<'_>, seen: &Seen) -> bool {
    let passage = &page.passages[seen.passage].tokens;
    let Range { start, end } = seen.expression.tokens;
    let is_clock = matches!(
        seen.expression.meaning,
        Meaning::Date(Date { field: Field::Clock, clock: Some(Clock::Minutes(..)), .. })
    );
    let goes_on = || page.tokens[end].is_word() && !page.tokens[end].is_capitalised();
    is_clock && start == passage.start && (end >= passage.end || !goes_on())
}

/// Whether the text of a block tells of something, and is not a stamp of the page.
const fn is_told(role: Role) -> bool {
    !matches!(role, Role::Status | Role::Timestamp)
}

/// An expression and where it stands.
struct Seen {
    expression: Expression,
    passage: usize,
    sentence: usize,
    direction: Direction,
    /// Whether the verb that it stands with says that it was.
    is_done: bool,
    /// Within quotation marks.
    quoted: bool,
    /// Within round brackets.
    bracketed: bool,
    /// Part of a name.
    in_name: bool,
    /// In another language than English.
    is_other: bool,
}

impl Seen {
    fn setting(&self) -> Setting {
        Setting { passage: self.passage, direction: self.direction, is_done: self.is_done }
    }
}

/// All expressions of a page, in the order of the text; with numbers that are years where it tells of early ones.
fn read(page: &Page<'_>, is_early: bool) -> Vec<Seen> {
    let text = page.text();
    let order = Order::of(text);
    let mut seen = Vec::new();
    let mut words = Vec::new();
    for (index, passage) in page.passages.iter().enumerate() {
        let mut written = Written::of(page, passage);
        if written.is_some() {
            words.clear();
            words.resize(passage.tokens.len(), None);
        } else {
            grammar::words(&page.tokens[passage.tokens.clone()], &mut words);
        }
        let reader = Reader::new(text, &page.tokens[..passage.tokens.end], &words, passage.tokens.start)
            .in_order(order)
            .of_early_years(is_early)
            .in_english(written.is_none());
        let mut sentence = passage.sentences.start;
        let mut quoted = false;
        // The bracket that is open.
        let mut bracket: Option<usize> = None;
        let mut at = passage.tokens.start;
        while at < passage.tokens.end {
            let token = page.tokens[at];
            if token.kind == TokenKind::Mark {
                let mark = &text[token.span()];
                quoted = match mark {
                    // "„Text“" and "»Text«"
                    "“" | "”" | "»" | "«" if written.is_some() => !quoted,
                    _ => quotes(mark, quoted),
                };
                bracket = if mark == "(" { Some(at) } else { bracket.filter(|_| mark != ")") };
            }
            let found = match &mut written {
                Some(written) => written.read(&reader, at),
                None if token.is_word() && words[at - passage.tokens.start].is_none() => None,
                None => reader.read(at),
            };
            let Some(expression) = found else {
                at += 1;
                continue;
            };
            while sentence + 1 < passage.sentences.end && page.sentences[sentence].tokens.end <= at {
                sentence += 1;
            }
            let bounds =
                page.sentences.get(sentence).map_or(passage.tokens.clone(), |found| found.tokens.clone());
            at = expression.tokens.end;
            let direction = match expression.meaning {
                Meaning::Date(date) if written.is_none() => {
                    let within = |bounds| direction(text, &page.tokens, bounds, expression.tokens.clone());
                    let aside = bracket.map(|open| within(aside(page, open, &bounds)));
                    match aside {
                        // "(to be torn down in 2031)"
                        Some(Direction::Future) => Direction::Future,
                        // A day in brackets is that of a citation, which has a direction of its own.
                        Some(_) if matches!(date.field, Field::Day(..)) => Direction::Open,
                        Some(Direction::Past) => Direction::Past,
                        Some(Direction::Open) | None => match within(bounds.clone()) {
                            Direction::Open => before(&seen, index, sentence),
                            told => told,
                        },
                    }
                }
                _ => Direction::Open,
            };
            let is_done = direction == Direction::Past
                && direction::is_done(text, &page.tokens, bounds.start, expression.tokens.start);
            let bracketed = bracket.is_some();
            let in_name = expression.rule == "time:in-name" || ends_name(page, &expression, bounds.start);
            let is_other = written.is_some();
            seen.push(Seen {
                expression,
                passage: index,
                sentence,
                direction,
                is_done,
                quoted,
                bracketed,
                in_name,
                is_other,
            });
            share_year(page, &mut seen);
            share_date(page, &mut seen);
            if !is_other {
                habit::settle(page, &bounds, &mut seen);
            }
        }
    }
    seen
}

/// The tokens of a sentence that stand behind an open bracket, up to where it closes.
fn aside(page: &Page<'_>, open: usize, sentence: &Range<usize>) -> Range<usize> {
    let start = (open + 1).max(sentence.start);
    let close = (start..sentence.end).find(|&at| page.tokens[at].tags.has(Tags::CLOSE));
    start..close.unwrap_or(sentence.end)
}

/// Which way the date before points that stands in the same sentence: "will call in May, then in Bergen in June".
fn before(seen: &[Seen], passage: usize, sentence: usize) -> Direction {
    let last = seen.last().filter(|last| (last.passage, last.sentence) == (passage, sentence));
    last.map_or(Direction::Open, |last| last.direction)
}

/// Gives the year of the last expression to those before it that share it: "Q3 and Q4 2013", "May 3, 5 and 9, 2018".
fn share_year(page: &Page<'_>, seen: &mut [Seen]) {
    for at in (1..seen.len()).rev() {
        let [.., before, last] = &mut seen[..=at] else { return };
        let (Meaning::Date(first), Meaning::Date(second)) =
            (&mut before.expression.meaning, last.expression.meaning)
        else {
            return;
        };
        let joint = before.expression.tokens.end..last.expression.tokens.start;
        let shares = match (first.field, second.field) {
            (Field::Quarter(a), Field::Quarter(b)) | (Field::Month(a), Field::Month(b)) => a < b,
            (Field::Day(month, day), Field::Day(last_month, last_day)) => {
                (month, day) < (last_month, last_day)
            }
            _ => false,
        };
        let of_month = matches!((first.field, second.field), (Field::Day(a, _), Field::Day(b, _)) if a == b);
        let is_joint = |token: &Token| match page.word(*token) {
            "and" | "or" | "to" | "through" | "until" | "-" | "–" | "—" => true,
            "," | "&" => of_month,
            _ => false,
        };
        let joined = (1..=2).contains(&joint.len()) && page.tokens[joint].iter().all(is_joint);
        if !joined || !shares || first.year != Year::Open || second.year == Year::Open {
            return;
        }
        first.year = second.year;
    }
}

/// Gives "two years later" the date that stands beside it: "two years later, in 2015".
fn share_date(page: &Page<'_>, seen: &mut [Seen]) {
    let [.., before, last] = seen else { return };
    let joint = before.expression.tokens.end..last.expression.tokens.start;
    let beside = joint.len() == 2
        && page.word(page.tokens[joint.start]) == ","
        && matches!(page.word(page.tokens[joint.start + 1]), "in" | "on");
    match (&before.expression.meaning, last.expression.meaning) {
        (Meaning::Date(Date { field: Field::Later(..), .. }), Meaning::Date(date))
            if beside && matches!(date.year, Year::Is(_)) && date.portion.is_none() =>
        {
            before.expression.meaning = Meaning::Date(Date { clock: None, ..date });
        }
        _ => {}
    }
}

/// Whether text is quoted after a mark.
fn quotes(mark: &str, quoted: bool) -> bool {
    match mark {
        "“" | "«" | "„" => true,
        "”" | "»" => false,
        "\"" => !quoted,
        _ => quoted,
    }
}

/// Whether the expression is a year that ends a name: "North Wind 2020".
fn ends_name(page: &Page<'_>, expression: &Expression, first: usize) -> bool {
    let Meaning::Date(Date { field: Field::Year, year: Year::Is(_), .. }) = expression.meaning else {
        return false;
    };
    let at = expression.tokens.start;
    // The first word of a sentence has a capital whatever it is.
    at >= first + 2 && expression.tokens.len() == 1 && {
        let before = page.tokens[at - 1];
        before.is_word() && before.is_capitalised() && page.tokens[at].spaced
    }
}

/// The date of writing of a part: the record's own, or that of its publication.
fn now(document: &Document, part: usize) -> Now {
    let part = &document.parts[part];
    let record = document.source.metadata.date.as_deref().filter(|_| part.kind != PartKind::Embedded);
    let stamp = record.and_then(read_stamp);
    let published = part.published.as_ref().or_else(|| {
        // Comments and loose text are written when the article is, or later.
        let article = document.parts.iter().find(|part| part.kind == PartKind::Article);
        article.filter(|_| !part.kind.is_article()).and_then(|article| article.published.as_ref())
    });
    let date = stamp.or_else(|| published.map(|published| published.edtf.clone()));
    let Some((Some(first), Some(last))) = date.map(|date| date.bounds()) else { return Now::default() };
    Now { day: (first == last).then_some(first), year: (first.year() == last.year()).then(|| first.year()) }
}

/// Tokens of a line under a year that heads it.
const SECTION: usize = 6;

/// How many days, and how many tokens of a sentence, an event is looked for in.
const NEAR: usize = 100;

/// The day of the event that `words` name: of a sentence before that holds its name.
fn day_of_event(page: &Page<'_>, days: &[(usize, Known)], words: Range<usize>) -> Option<Known> {
    let name = |token: &&Token| token.is_word() && token.is_capitalised();
    let names: Vec<_> = page.tokens[words].iter().filter(name).map(|token| token.key).collect();
    let holds = |sentence: usize| {
        let tokens = &page.tokens[page.sentences[sentence].tokens.clone()];
        tokens.iter().take(NEAR).any(|token| names.contains(&token.key))
    };
    days.iter().take(NEAR).find(|(sentence, _)| holds(*sentence)).map(|(_, day)| *day)
}
