//! Compare: how often something is written when, and copies with the words that have changed.

use super::{Screen, count, render, search::encode};
use crate::{
    app::App,
    compare::Diff,
    counts::Frequency,
    dupes::{Copies, Dupes},
    problem::Problem,
    question::{Places, Question},
    snapshot::Opened,
};
use askama::Template;
use corpus_query::{Change, ChangeKind, Comparison, Period};
use schemars::JsonSchema;
use serde::Deserialize;

/// Clusters shown on a page.
const CLUSTERS: usize = 30;
/// Words of a text that both documents have, shown at either end of a longer piece.
const EDGE: usize = 24;
/// Width and height of the plot, in its own units, and what its names take of them.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 180.0;
const MARGIN: f64 = 46.0;

/// Compare.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Compare {
    /// What is counted over time.
    #[serde(default)]
    q: String,
    /// `year`, `month` or `day`.
    #[serde(default)]
    step: String,
    /// Id of the older of two documents.
    #[serde(default)]
    old: String,
    /// Id of the newer one.
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

/// Two documents word by word.
struct Shown {
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
            let diff = Diff { old: self.old, new: self.new, scope: String::new() };
            view.diff = Some(shown(diff.answer(places, app, corpus)?));
            return render(&view);
        }
        if !self.q.trim().is_empty() {
            let question = Frequency { q: self.q.clone(), step, scope: String::new(), duplicates: false };
            let found = question.answer(places, app, corpus)?;
            view.matches = count(found.matches);
            view.plot = plot(&found.items, &self.q);
            view.periods = found.items.iter().map(|period| row(period, &self.q)).collect();
        }
        let dupes = Dupes { blocks: false, limit: CLUSTERS, cursor: self.cursor };
        let found = dupes.answer(places, app, corpus)?;
        view.total = count(found.total);
        view.copies = count(found.copies);
        view.next = found.next.map(|cursor| format!("/compare?cursor={}#copies", encode(&cursor)));
        view.clusters = found.items;
        render(&view)
    }
}

/// The address of what was found in a period; empty for what has no date.
fn address(period: &str, q: &str) -> String {
    match period {
        "open" => String::new(),
        period => format!("/search?q={}", encode(&format!("({q}) date:[{period} TO {period}]"))),
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
        bars.push(Bar {
            x: middle - width / 2.0,
            y: HEIGHT - height,
            width,
            height,
            title: format!(
                "{}: {} in {} documents, {:.1} in a million words",
                period.period, period.matches, period.documents, period.per_million
            ),
            address: address(&period.period, q),
        });
        if index.is_multiple_of(every) {
            names.push((middle, period.period.clone()));
        }
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

fn shown(found: Comparison) -> Shown {
    let per_cent = (found.similarity * 100.0).round() as u64;
    let mut pieces = Vec::new();
    for (index, change) in found.items.iter().enumerate() {
        let is_block_end = found.items.get(index + 1).is_some_and(|next| line_of(next) > line_of(change));
        pieces.push(piece(change, is_block_end));
    }
    Shown { found, per_cent, pieces }
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
    fn a_scale_ends_at_a_round_number() {
        for (number, round) in
            [(0.7, 1.0), (1.0, 1.0), (12.0, 20.0), (48.0, 50.0), (51.0, 100.0), (930.0, 1000.0)]
        {
            assert!((round_up(number) - round).abs() < 1e-9, "{number}");
        }
    }
}
