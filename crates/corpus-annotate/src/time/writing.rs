//! When an article was written, as far as its own dates give it away.
//!
//! What was reported cannot lie after the writing, what lies ahead cannot lie before it. The year comes from what the
//! text says of it: an ongoing year, a "last year" beside the date of what happened in it, a date that lies ahead of a day
//! without a year, or the year in a name beside such a day. Each of these is evidence and is named; without any the year stays
//! open. Nothing outside the text is asked.

use super::{
    Seen,
    calendar::days_from,
    direction::Direction,
    expression::{Field, Meaning, Year},
    reckon::Now,
    vocabulary::{Portion, Unit},
};
use crate::{
    lexicon::Lexicon,
    page::Page,
    statement::word::Tags,
    token::{Key, Token, TokenKind},
};
use corpus_core::{
    Edtf, Evidence, Method, Published, Span,
    edtf::{Day, days_in_month},
};
use std::{ops::RangeInclusive, sync::LazyLock};

/// What the dates of an article say of the time of its writing.
#[derive(Default)]
struct Clues {
    /// The last day that is reported, of years that are said.
    reported: Option<(Day, Span)>,
    /// The first day that lies ahead, of years that are said, to the month or finer.
    ahead: Option<(Day, Span)>,
    /// Whether that is the end of what goes on.
    is_end: bool,
    /// The last year that lies ahead is not before this one.
    year_ahead: Option<(i32, Span)>,
    /// The last day reported without its year, as month and day.
    open_reported: Option<((u8, u8), Span, usize)>,
    /// The first day or month that lies ahead without its year, by its last day.
    open_ahead: Option<((u8, u8), Span)>,
    /// A year that is going on.
    ongoing: Option<(i32, Span)>,
    /// "last year": where it is said first, and in which sentences.
    last_year: Option<Span>,
    last_year_in: Vec<usize>,
    /// Years in names, each with its passage.
    named: Vec<(i32, Span, usize)>,
    /// The latest year that a day or month which lies behind is given.
    dated_year: Option<(i32, Span)>,
    /// How many days and months are given it, and the sentence of the first.
    n_dated: usize,
    dated_in: usize,
    /// The earliest year that the article can be of, from any year that lies behind.
    not_before: Option<(i32, Span)>,
    /// Years since events.
    since: Vec<Since>,
    /// Days whose year is said somewhere before.
    said_days: Vec<(u8, u8)>,
    /// Passages with a day without year.
    open_passages: Vec<usize>,
}

/// Years that have passed since an event.
struct Since {
    /// How many whole years, at the least.
    years: i32,
    /// Whether it is said to be longer: "more than a year".
    longer: bool,
    /// Where it is said.
    span: Span,
    /// The words that name the event.
    event: Vec<Key>,
}

/// How many lengths since an event are looked into, and how many words of a sentence.
const N_SINCE: usize = 8;
const N_WORDS: usize = 100;

/// An end that lies so many years ahead of all that was says little of now; what was longer ago says as little.
const YEARS_AHEAD: RangeInclusive<i32> = 4..=20;

/// Words before a year that say it is going on.
static ONGOING: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(
        ["ongoing", "current", "currently", "now", "far", "present", "remainder", "rest"]
            .map(|word| (word, ())),
    )
});

/// When the article whose expressions these are was written, and what relative times of it start from.
pub(super) fn infer<'s>(
    page: &Page<'_>,
    seen: impl Iterator<Item = &'s Seen> + Clone,
) -> Option<(Published, Now)> {
    let mut clues = collect(page, seen.clone());
    clues.drop_contradicted();
    let (year, year_evidence) = match clues.year() {
        Some((year, evidence)) => (Some(year), evidence),
        None => (None, Vec::new()),
    };
    let mut evidence: Vec<Span> = Vec::new();
    let published = match year {
        Some(year) => {
            let since = since(page, &clues, seen, year);
            let last = clues.last(year, &mut evidence);
            let first = clues.first(year, since, last, &mut evidence);
            let edtf = match (first, last) {
                (Some(first), Some(last)) if first <= last => format!("{first}/{last}"),
                (Some(first), _) => format!("{first}/.."),
                (None, Some(last)) => format!("{year:04}-01-01/{last}"),
                (None, None) => format!("{year:04}"),
            };
            (edtf, None)
        }
        None => clues.without_year(&mut evidence)?,
    };
    evidence.splice(0..0, year_evidence);
    let mut spans: Vec<Span> = Vec::new();
    for span in evidence {
        if !spans.contains(&span) {
            spans.push(span);
        }
    }
    let mut spans = spans.into_iter().map(|span| Evidence::Span { span });
    let mut found = Published::new(published.0.parse::<Edtf>().ok()?, Method::Inferred, spans.next()?);
    found.evidence.extend(spans);
    found.bounds = published.1;
    Some((found, Now { day: None, year }))
}

fn collect<'s>(page: &Page<'_>, seen: impl Iterator<Item = &'s Seen>) -> Clues {
    let mut clues = Clues::default();
    for seen in seen {
        let span = seen.expression.span;
        match seen.expression.meaning {
            Meaning::Length(Some(count), Unit::Year) if !seen.quoted => {
                if clues.since.len() < N_SINCE
                    && let Some(longer) = exceeds(page, seen)
                    && let Some(event) = event_since(page, seen)
                {
                    clues.since.push(Since { years: count as i32, longer, span, event });
                }
            }
            Meaning::Date(date) => clues.date(page, seen, date, span),
            _ => {}
        }
    }
    clues
}

impl Clues {
    fn date(&mut self, page: &Page<'_>, seen: &Seen, date: super::expression::Date, span: Span) {
        // A day in brackets is that of a citation.
        let ahead = seen.direction == Direction::Future;
        let cited = seen.bracketed && matches!(date.field, Field::Day(..)) && !ahead;
        let past = seen.direction == Direction::Past || cited;
        if let Field::Day(month, day) = date.field
            && date.year != Year::Open
            && !self.said_days.contains(&(month, day))
        {
            self.said_days.push((month, day));
        }
        match (date.field, date.year) {
            (_, Year::FromNow(-1)) | (Field::FromNow(Unit::Year, -1), _) if !seen.quoted => {
                self.last_year.get_or_insert(span);
                self.last_year_in.push(seen.sentence);
            }
            (Field::Year, Year::Is(year)) if seen.in_name => self.named.push((year, span, seen.passage)),
            (Field::Year, Year::Is(year)) if seen.quoted && !ahead => {
                keep_last(&mut self.not_before, year, span);
            }
            (Field::Year, Year::Is(year)) => {
                if is_ongoing(page, seen) {
                    keep_last(&mut self.ongoing, year, span);
                } else if ahead {
                    if self.year_ahead.is_none_or(|(first, _)| year < first) {
                        self.year_ahead = Some((year, span));
                    }
                } else if seen.bracketed && !ends_span(page, seen) || past && is_led(page, seen) {
                    keep_last(&mut self.not_before, year, span);
                }
            }
            (field, Year::Is(year)) => {
                let Some((first, last)) = bounds(field, year, date.portion) else { return };
                if ahead {
                    let end =
                        if date.portion == Some(Portion::SecondHalf) { before(first) } else { Some(last) };
                    if let Some(end) = end.filter(|end| self.ahead.is_none_or(|(first, _)| *end < first)) {
                        self.ahead = Some((end, span));
                        self.is_end = is_end(page, seen);
                    }
                } else {
                    if self.dated_year.is_none_or(|(last, _)| year > last) {
                        (self.dated_year, self.n_dated, self.dated_in) =
                            (Some((year, span)), 0, seen.sentence);
                    }
                    self.n_dated += usize::from(self.dated_year.is_some_and(|(last, _)| year == last));
                    keep_last(&mut self.not_before, year, span);
                    if past {
                        keep_last(&mut self.reported, first, span);
                    }
                }
            }
            (Field::Day(month, day), Year::Open)
                if !seen.quoted && !self.said_days.contains(&(month, day)) =>
            {
                self.open_passages.push(seen.passage);
                if ahead {
                    self.keep_open_ahead((month, day), span);
                } else if self.open_reported.is_none_or(|(last, ..)| later((month, day), last)) {
                    self.open_reported = Some(((month, day), span, seen.passage));
                }
            }
            (Field::Month(month), Year::Open) if ahead && !seen.quoted => {
                self.keep_open_ahead((month, days_in_month(2001, month)), span);
            }
            _ => {}
        }
    }

    /// What lies ahead is not before what is reported.
    fn drop_contradicted(&mut self) {
        let not_before = self.not_before.map_or(i32::MIN, |(year, _)| year);
        let reported = self.reported.map(|(day, _)| day);
        self.ahead = self
            .ahead
            .filter(|(day, _)| day.year() >= not_before && reported.is_none_or(|last| *day >= last));
    }

    fn keep_open_ahead(&mut self, day: (u8, u8), span: Span) {
        if self.open_ahead.is_none_or(|(first, _)| later(first, day)) {
            self.open_ahead = Some((day, span));
        }
    }

    /// The year of writing, and what says so.
    fn year(&self) -> Option<(i32, Vec<Span>)> {
        let not_before = self.not_before.map_or(i32::MIN, |(year, _)| year);
        if let Some((year, span)) = self.ongoing.filter(|(year, _)| *year >= not_before) {
            return Some((year, vec![span]));
        }
        if let Some((year, last, span)) = self.year_before() {
            return Some((year + 1, vec![last, span]));
        }
        // What goes on until then may do so for years.
        let is_far = |day: Day| self.is_end && YEARS_AHEAD.contains(&day.year().saturating_sub(not_before));
        // A day of no year is of now: what lies ahead of it with its year is of the same, or of the next. Of what lies ahead
        // alone nobody knows how far it does.
        if let Some((last, ..)) = self.open_reported
            && let Some((day, span)) = self.ahead.filter(|(day, _)| !is_far(*day))
        {
            let same = last <= (day.month(), day.day());
            return Some((day.year() - i32::from(!same), vec![span]));
        }
        let beside = |passage: usize| self.open_passages.binary_search(&passage).is_ok();
        let named = self.named.iter().filter(|(year, _, passage)| *year >= not_before && beside(*passage));
        named.max_by_key(|(year, ..)| *year).map(|(year, span, _)| (*year, vec![*span]))
    }

    /// What "last year" is, where it is said and what says so: the latest year that days are given, where one stands beside
    /// these words, another is of that year too, or the length of the time since then is told. Of a text whose only day
    /// is that of somebody's birth nobody knows.
    fn year_before(&self) -> Option<(i32, Span, Span)> {
        let ((year, span), last) = (self.dated_year?, self.last_year?);
        let is_known =
            self.n_dated > 1 || !self.since.is_empty() || self.last_year_in.contains(&self.dated_in);
        is_known.then_some((year, last, span))
    }

    /// The first day on which the article can be written in `year`.
    fn first(
        &self,
        year: i32,
        since: Option<(Day, Span)>,
        last: Option<Day>,
        evidence: &mut Vec<Span>,
    ) -> Option<Day> {
        let open =
            self.open_reported.and_then(|((month, day), span, _)| Some((Day::new(year, month, day)?, span)));
        let of_year = |found: &(Day, Span)| last.is_none_or(|last| found.0 <= last);
        let found =
            [open, self.reported, since].into_iter().flatten().filter(of_year).max_by_key(|(day, _)| *day);
        let start = Day::new(year, 1, 1)?;
        match found {
            Some((day, span)) if day >= start => {
                evidence.push(span);
                Some(day)
            }
            _ if self.ongoing.is_some() || self.year_before().is_some() => Some(start),
            _ => None,
        }
    }

    /// The last day on which it can be.
    fn last(&self, year: i32, evidence: &mut Vec<Span>) -> Option<Day> {
        let fixed = self.ongoing.is_some() || self.year_before().is_some();
        let end = if fixed { Day::new(year, 12, 31) } else { None };
        let open = self.open_ahead.and_then(|((month, day), span)| {
            let reported = self.open_reported.is_none_or(|(last, ..)| last <= (month, day));
            Some((Day::new(year, month, day.min(days_in_month(year, month)))?, span)).filter(|_| reported)
        });
        let ahead = [self.ahead, open].into_iter().flatten().min_by_key(|(day, _)| *day);
        match ahead {
            Some((day, span)) if end.is_none_or(|end| day < end) => {
                evidence.push(span);
                Some(day)
            }
            _ => end,
        }
    }

    /// What can be said without a year: the days of any year, or the years that are not too early.
    fn without_year(&self, evidence: &mut Vec<Span>) -> Option<(String, Option<Edtf>)> {
        let bounds = self.not_before;
        if let Some(((month, day), span, _)) = self.open_reported {
            evidence.push(span);
            let mut edtf = format!("XXXX-{month:02}-{day:02}");
            if let Some(((to_month, to_day), span)) = self.open_ahead.filter(|(to, _)| *to > (month, day)) {
                evidence.push(span);
                edtf = format!("{edtf}/XXXX-{to_month:02}-{to_day:02}");
            } else {
                edtf.push_str("/..");
            }
            if let Some((_, span)) = bounds {
                evidence.push(span);
            }
            let bounds =
                bounds.and_then(|(year, _)| format!("{year:04}-{month:02}-{day:02}/..").parse().ok());
            return Some((edtf, bounds));
        }
        let (first, last) = (self.reported, self.ahead);
        evidence.extend(first.iter().chain(&last).map(|(_, span)| *span));
        match (first, last) {
            (Some((first, _)), Some((last, _))) if first <= last => Some((format!("{first}/{last}"), None)),
            (Some((first, _)), _) => Some((format!("{first}/.."), None)),
            (None, Some((last, _))) => {
                let from = bounds.filter(|(year, _)| *year < last.year());
                evidence.extend(from.map(|(_, span)| span));
                Some((from.map_or(format!("../{last}"), |(year, _)| format!("{year:04}/{last}")), None))
            }
            (None, None) => {
                let (year, span) = bounds?;
                evidence.push(span);
                Some((format!("{year:04}/.."), None))
            }
        }
    }
}

fn keep_last<T: PartialOrd + Copy>(slot: &mut Option<(T, Span)>, value: T, span: Span) {
    if slot.is_none_or(|(last, _)| value > last) {
        *slot = Some((value, span));
    }
}

/// Whether a day without year comes after another one, the turn of the year between them where that is nearer.
fn later(day: (u8, u8), than: (u8, u8)) -> bool {
    let months = i32::from(day.0) - i32::from(than.0);
    if months.abs() > 8 { months < 0 } else { day > than }
}

fn before(day: Day) -> Option<Day> {
    days_from(day, -1)
}

/// The days that a date of a year can mean.
fn bounds(field: Field, year: i32, portion: Option<Portion>) -> Option<(Day, Day)> {
    let month = |first: u8, last: u8| {
        Some((Day::new(year, first, 1)?, Day::new(year, last, days_in_month(year, last))?))
    };
    match field {
        Field::Day(month, day) => Day::new(year, month, day).map(|day| (day, day)),
        Field::Days(month, first, last) => {
            Some((Day::new(year, month, first)?, Day::new(year, month, last)?))
        }
        Field::Month(of) if portion == Some(Portion::SecondHalf) => {
            Some((Day::new(year, of, 16)?, Day::new(year, of, days_in_month(year, of))?))
        }
        Field::Month(of) => month(of, of),
        Field::Quarter(quarter) => month(3 * quarter - 2, 3 * quarter),
        _ => None,
    }
}

/// Whether a preposition or an article leads to a year that is told of: "in 2013", "since at least 2015", "the 2012 games",
/// but "a key of 2048 bits", "play 2048", "in the year 2050".
fn is_led(page: &Page<'_>, seen: &Seen) -> bool {
    let at = seen.expression.tokens.start;
    let first = page.passages[seen.passage].tokens.start;
    let before =
        |n: usize| at.checked_sub(n).filter(|before| *before >= first).map(|before| page.tokens[before]);
    let leads = |token: Token| token.tags.has(Tags::PREP | Tags::DET);
    let rough = |token: Token| matches!(page.word(token), "least" | "about" | "around");
    seen.is_other
        || before(1).is_some_and(leads)
        || before(1).is_some_and(rough) && before(2).is_some_and(leads)
}

/// Whether a year is the last of a span, which may lie ahead: "(2019-2031)".
fn ends_span(page: &Page<'_>, seen: &Seen) -> bool {
    let at = seen.expression.tokens.start;
    let first = page.passages[seen.passage].tokens.start;
    let [.., from, dash] = &page.tokens[first..at] else { return false };
    from.kind == TokenKind::Number && matches!(page.word(*dash), "-" | "–" | "—" | "to")
}

/// Whether a date is the end of what goes on: "is leased until April 2027".
fn is_end(page: &Page<'_>, seen: &Seen) -> bool {
    let before = seen.expression.tokens.start.checked_sub(1).map(|before| page.word(page.tokens[before]));
    before.is_some_and(|word| matches!(word, "until" | "till" | "through"))
}

/// Whether a year is said to be going on: "the ongoing … in 2013", "so far in 2013".
fn is_ongoing(page: &Page<'_>, seen: &Seen) -> bool {
    let at = seen.expression.tokens.start;
    let first = page.sentences.get(seen.sentence).map_or(at, |sentence| sentence.tokens.start);
    page.tokens[first.max(at.saturating_sub(5))..at].iter().any(|token| ONGOING.get(*token).is_some())
}

/// Whether a length is longer than its number, and not only as long; nothing where it may be shorter.
fn exceeds(page: &Page<'_>, seen: &Seen) -> Option<bool> {
    let first = page.tokens[seen.expression.tokens.start];
    match &*page.word(first).to_ascii_lowercase() {
        "more" | "over" => Some(true),
        "less" | "fewer" | "about" | "around" | "almost" | "nearly" | "roughly" | "approximately"
        | "practically" | "up" => None,
        // "at most"
        "at" => (page.word(page.tokens[seen.expression.tokens.start + 1]) == "least").then_some(false),
        _ => Some(false),
    }
}

/// The words that name an event after "… years have passed since".
fn event_since(page: &Page<'_>, seen: &Seen) -> Option<Vec<Key>> {
    let end = seen.expression.tokens.end;
    let sentence = page.sentences.get(seen.sentence)?;
    let after = &page.tokens[end.min(sentence.tokens.end)..sentence.tokens.end.min(end + 12)];
    let since = after.iter().take(5).position(|token| token.key == *SINCE)?;
    let long = |key: &&crate::token::Token| key.is_word() && key.end - key.start > 5;
    Some(after[since + 1..].iter().filter(long).map(|token| token.key).collect())
}

static SINCE: LazyLock<Key> = LazyLock::new(|| Key::of("since"));

/// The first day on which so many years have passed since a dated event: counted from a day that stands with a word of
/// its name, else from one that is said to lie so many years back. More than so many years have passed from the next
/// day on.
fn since<'s>(
    page: &Page<'_>,
    clues: &Clues,
    seen: impl Iterator<Item = &'s Seen> + Clone,
    year: i32,
) -> Option<(Day, Span)> {
    clues.since.iter().find_map(|Since { years, longer, span, event }| {
        let days = seen.clone().filter_map(|seen| {
            let Meaning::Date(date) = seen.expression.meaning else { return None };
            let Field::Day(month, day) = date.field else { return None };
            let (of, back) = match date.year {
                Year::Is(of) => (of, false),
                Year::FromNow(from) => (year + from, from == -*years),
                Year::Open | Year::FromNamed(_) => return None,
            };
            let sentence = &page.sentences.get(seen.sentence)?.tokens;
            let named =
                page.tokens[sentence.clone()].iter().take(N_WORDS).any(|token| event.contains(&token.key));
            let passed = Day::new(of + years, month, day)?;
            let first = if *longer { days_from(passed, 1)? } else { passed };
            (first.year() == year && (named || back)).then_some((named, first))
        });
        // The first that is named, or else the first.
        let (_, day) = days.reduce(|best, next| if next.0 && !best.0 { next } else { best })?;
        Some((day, *span))
    })
}
