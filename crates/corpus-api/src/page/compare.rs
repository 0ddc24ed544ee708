//! Compare: how often something is written when, and copies with the words that have changed.

use super::{Screen, count, render, search::encode};
use crate::{
    app::App,
    compare::Diff,
    counts::Frequency,
    dupes::{Copies, Dupes},
    pages::Limit,
    problem::Problem,
    question::{Places, Question},
    snapshot::Opened,
};
use askama::Template;
use corpus_core::{Document, Edtf};
use corpus_query::{Change, ChangeKind, Comparison, Period};
use schemars::JsonSchema;
use serde::Deserialize;

/// Clusters shown on a page.
const CLUSTERS: usize = 30;
/// Words of a text that both documents have, shown at either end of a longer piece.
const EDGE: usize = 24;
/// Periods of a plot at most.
const SLOTS: usize = 400;
/// Width and height of the plot, in its own units, and what its names take of them.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 180.0;
const MARGIN: f64 = 64.0;

/// Compare.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Compare {
    /// What is counted over time.
    #[serde(default)]
    q: String,
    /// `year`, `month` or `day`.
    #[serde(default)]
    step: String,
    /// Id of one of two documents: the older, unless their dates say otherwise.
    #[serde(default)]
    old: String,
    /// Id of the other.
    #[serde(default)]
    new: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct View {
    section: &'static str,
    q: String,
    step: String,
    matches: String,
    plot: Option<Plot>,
    periods: Vec<Row>,
    diff: Option<Shown>,
    clusters: Vec<Copies>,
    total: String,
    copies: String,
    next: Option<String>,
}

/// Frequency over time, drawn.
struct Plot {
    bars: Vec<Bar>,
    /// Lines across: height and number.
    rules: Vec<(f64, String)>,
    /// Names under the bars.
    names: Vec<(f64, String)>,
}

struct Bar {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    title: String,
    address: String,
}

struct Row {
    period: String,
    address: String,
    matches: String,
    documents: String,
    published: String,
    per_million: String,
}

/// Which of two documents was published first, as far as their dates say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    AsGiven,
    Turned,
    Unknown,
}

impl Order {
    fn of(one: &Document, other: &Document) -> Order {
        let date = |document: &Document| {
            let published = document.article().and_then(|part| part.published.as_ref());
            published.map(|date| date.edtf.clone())
        };
        let (Some(one), Some(other)) = (date(one), date(other)) else { return Order::Unknown };
        let is_before = |one: &Edtf, other: &Edtf| {
            one.bounds().1.zip(other.bounds().0).is_some_and(|(last, first)| last < first)
        };
        match (is_before(&one, &other), is_before(&other, &one)) {
            (true, _) => Order::AsGiven,
            (_, true) => Order::Turned,
            _ => Order::Unknown,
        }
    }
}

/// Two documents word by word.
struct Shown {
    /// What they are called: older and newer where their dates say which is which.
    names: [&'static str; 2],
    is_ordered: bool,
    found: Comparison,
    per_cent: u64,
    pieces: Vec<Piece>,
}

/// A piece of text: what both have, what has gone, what has come.
struct Piece {
    same: String,
    /// How many words of `same` are not shown, and the text behind them.
    skipped: usize,
    rest: String,
    gone: String,
    come: String,
    is_block_end: bool,
}

impl Screen for Compare {
    fn show(self, places: &Places, app: &App, corpus: &Opened) -> Result<String, Problem> {
        let step = if self.step.is_empty() { "year".to_owned() } else { self.step.clone() };
        let mut view = View {
            section: "compare",
            q: self.q.clone(),
            step: step.clone(),
            matches: String::new(),
            plot: None,
            periods: Vec::new(),
            diff: None,
            clusters: Vec::new(),
            total: String::new(),
            copies: String::new(),
            next: None,
        };
        if !self.old.is_empty() && !self.new.is_empty() {
            let order = Order::of(&corpus.document(&self.old)?, &corpus.document(&self.new)?);
            let (old, new) = match order {
                Order::Turned => (self.new, self.old),
                Order::AsGiven | Order::Unknown => (self.old, self.new),
            };
            let found = Diff { old, new, scope: String::new() }.answer(places, app, corpus)?;
            view.diff = Some(shown(found, order));
            return render(&view);
        }
        if !self.q.trim().is_empty() {
            let question =
                Frequency { q: self.q.clone(), cql: false, step, scope: String::new(), duplicates: false };
            let found = question.answer(places, app, corpus)?;
            view.matches = count(found.matches);
            view.plot = plot(&with_gaps(&found.items), &self.q);
            view.periods = found.items.iter().map(|period| row(period, &self.q)).collect();
        }
        let dupes = Dupes { blocks: false, limit: Limit::new(CLUSTERS), cursor: self.cursor };
        let found = dupes.answer(places, app, corpus)?;
        view.total = count(found.total.value);
        view.copies = count(found.copies);
        view.next = found.next.map(|cursor| format!("/compare?cursor={}#copies", encode(&cursor)));
        view.clusters = found.items;
        render(&view)
    }
}

/// The address of what was found in a period; empty for what has no date, and for token patterns, which take no
/// condition beside them.
fn address(period: &str, q: &str) -> String {
    match period {
        "open" => String::new(),
        _ if q.trim_start().starts_with('[') => String::new(),
        period => format!("/search?view=kwic&sort=date&q={}", encode(&format!("({q}) within:{period}"))),
    }
}

fn row(period: &Period, q: &str) -> Row {
    Row {
        address: address(&period.period, q),
        period: period.period.clone(),
        matches: count(period.matches),
        documents: count(period.documents),
        published: count(period.published),
        per_million: format!("{:.1}", period.per_million),
    }
}

/// The periods with those between in which nothing was published, so that each has its place; as they are where that
/// would be too many to see.
fn with_gaps(periods: &[Period]) -> Vec<Period> {
    let mut all: Vec<Period> = Vec::with_capacity(periods.len());
    for period in periods {
        let mut between = all.last().map_or_else(String::new, |last| following(&last.period));
        while !between.is_empty() && !following(&period.period).is_empty() && between < period.period {
            if all.len() > SLOTS {
                return periods.to_vec();
            }
            let nothing = Period {
                matches: 0,
                documents: 0,
                tokens: 0,
                published: 0,
                per_million: 0.0,
                period: between,
            };
            between = following(&nothing.period);
            all.push(nothing);
        }
        all.push(period.clone());
    }
    all
}

/// The year, month or day behind another; empty for what is none.
fn following(period: &str) -> String {
    let numbers: Vec<u32> = period.split('-').filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [year] => format!("{:04}", year + 1),
        [year, 12] => format!("{:04}-01", year + 1),
        [year, month] => format!("{year:04}-{:02}", month + 1),
        [year, month, day] => {
            let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
            let days = match month {
                2 => 28 + u32::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            match (month, day < days) {
                (_, true) => format!("{year:04}-{month:02}-{:02}", day + 1),
                (12, false) => format!("{:04}-01-01", year + 1),
                (_, false) => format!("{year:04}-{:02}-01", month + 1),
            }
        }
        _ => String::new(),
    }
}

/// Draws matches in a million words, period by period; what has no date stands apart at the end.
fn plot(periods: &[Period], q: &str) -> Option<Plot> {
    let highest = periods.iter().map(|period| period.per_million).fold(0.0, f64::max);
    if highest <= 0.0 {
        return None;
    }
    let top = round_up(highest);
    let slot = (WIDTH - MARGIN) / periods.len() as f64;
    let width = (slot * 0.78).clamp(1.0, 60.0);
    let every = (periods.len() as f64 / 14.0).ceil().max(1.0) as usize;
    let (mut bars, mut names) = (Vec::new(), Vec::new());
    for (index, period) in periods.iter().enumerate() {
        let middle = MARGIN + slot * (index as f64 + 0.5);
        let height = period.per_million / top * HEIGHT;
        if index.is_multiple_of(every) {
            names.push((middle, period.period.clone()));
        }
        if period.matches == 0 {
            continue;
        }
        bars.push(Bar {
            x: middle - width / 2.0,
            y: HEIGHT - height,
            width,
            height,
            title: format!(
                "{}: {} in {} document{}, {:.1} in a million words",
                period.period,
                period.matches,
                period.documents,
                if period.documents == 1 { "" } else { "s" },
                period.per_million
            ),
            address: address(&period.period, q),
        });
    }
    let rules = [0.0, 0.5, 1.0].map(|share| (HEIGHT - share * HEIGHT, short(top * share)));
    Some(Plot { bars, rules: rules.to_vec(), names })
}

/// The next number of the kind 1, 2, 5, 10.
fn round_up(number: f64) -> f64 {
    let unit = 10_f64.powf(number.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|step| step * unit).find(|step| *step >= number).unwrap_or(10.0 * unit)
}

fn short(number: f64) -> String {
    if number >= 10.0 || number == 0.0 { count(number as u64) } else { format!("{number:.1}") }
}

fn shown(found: Comparison, order: Order) -> Shown {
    let per_cent = (found.similarity * 100.0).round() as u64;
    let mut pieces = Vec::new();
    for (index, change) in found.items.iter().enumerate() {
        let is_block_end = found.items.get(index + 1).is_some_and(|next| line_of(next) > line_of(change));
        pieces.push(piece(change, is_block_end));
    }
    let is_ordered = order != Order::Unknown;
    let names = if is_ordered { ["older", "newer"] } else { ["first", "second"] };
    Shown { names, is_ordered, found, per_cent, pieces }
}

fn line_of(change: &Change) -> usize {
    change.new.as_ref().or(change.old.as_ref()).map_or(0, |piece| piece.line)
}

fn piece(change: &Change, is_block_end: bool) -> Piece {
    let text = |piece: &Option<corpus_query::Piece>| {
        piece.as_ref().map_or_else(String::new, |piece| piece.text.clone())
    };
    let mut shown = Piece {
        same: String::new(),
        skipped: 0,
        rest: String::new(),
        gone: String::new(),
        come: String::new(),
        is_block_end,
    };
    if change.kind == ChangeKind::Same {
        let all = text(&change.new);
        let words: Vec<&str> = all.split_whitespace().collect();
        if words.len() > 3 * EDGE {
            shown.same = words[..EDGE].join(" ");
            shown.rest = words[words.len() - EDGE..].join(" ");
            shown.skipped = words.len() - 2 * EDGE;
        } else {
            shown.same = words.join(" ");
        }
    } else {
        shown.gone = text(&change.old);
        shown.come = text(&change.new);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_period_has_its_place() {
        for (period, next) in [
            ("2012", "2013"),
            ("2012-12", "2013-01"),
            ("2020-02-28", "2020-02-29"),
            ("2021-02-28", "2021-03-01"),
            ("2020-12-31", "2021-01-01"),
            ("open", ""),
        ] {
            assert_eq!(following(period), next);
        }
        let period = |name: &str| Period {
            period: name.to_owned(),
            matches: 1,
            documents: 1,
            tokens: 1,
            published: 1,
            per_million: 1.0,
        };
        let all = with_gaps(&[period("2012"), period("2015"), period("open")]);
        let names: Vec<&str> = all.iter().map(|period| &*period.period).collect();
        assert_eq!(names, ["2012", "2013", "2014", "2015", "open"]);
        assert_eq!(with_gaps(&[period("0001"), period("2015")]).len(), 2);
    }

    #[test]
    fn a_scale_ends_at_a_round_number() {
        for (number, round) in
            [(0.7, 1.0), (1.0, 1.0), (12.0, 20.0), (48.0, 50.0), (51.0, 100.0), (930.0, 1000.0)]
        {
            assert!((round_up(number) - round).abs() < 1e-9, "{number}");
        }
    }
}
