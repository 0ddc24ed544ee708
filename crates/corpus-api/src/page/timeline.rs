//! The timeline: lanes by kind, days as dots, longer times as bars, open dates in a tray.

use super::{Screen, render};
use crate::{app::App, problem::Problem, question::Places, snapshot::Opened};
use askama::Template;
use corpus_core::{Edtf, edtf::Day};
use corpus_query::Entry;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The timeline.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Timeline {
    /// Only this lane.
    #[serde(default)]
    lane: String,
}

/// Width of the plot, and height of a lane, in its own units.
const WIDTH: f64 = 1000.0;
const LANE: f64 = 34.0;
/// Width of the names of the lanes.
const NAMES: f64 = 110.0;
/// Most rows of the list under the plot.
const ROWS: usize = 1000;

#[derive(Template)]
#[template(path = "timeline.html")]
struct View {
    section: &'static str,
    lane: String,
    lanes: Vec<Lane>,
    ticks: Vec<(f64, String)>,
    height: f64,
    width: f64,
    rows: Vec<Row>,
    open: Vec<Row>,
}

/// A kind of entries, drawn as a row of the plot.
struct Lane {
    name: String,
    count: usize,
    /// Middle of the lane.
    y: f64,
    dots: Vec<Mark>,
    bars: Vec<Mark>,
}

/// A dot or a bar.
struct Mark {
    x: f64,
    width: f64,
    title: String,
    target: String,
}

struct Row {
    date: String,
    bounds: String,
    lane: String,
    what: String,
    planned: bool,
    told: Vec<(String, String)>,
}

impl Screen for Timeline {
    fn show(self, _: &Places, _: &App, corpus: &Opened) -> Result<String, Problem> {
        let times = &corpus.told()?.timeline;
        let wanted = |entry: &&Entry| self.lane.is_empty() || entry.lane == self.lane;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &times.items {
            *counts.entry(&entry.lane).or_default() += 1;
        }
        let items: Vec<&Entry> = times.items.iter().filter(wanted).collect();
        let days = |entry: &Entry| entry.date.as_ref().map_or((None, None), Edtf::bounds);
        let first = items.iter().filter_map(|entry| days(entry).0).min().map_or(0.0, number);
        let last = items.iter().filter_map(|entry| days(entry).1).max().map_or(1.0, number);
        let scale = (WIDTH - NAMES - 20.0) / (last - first).max(1.0);
        let x = |day: f64| NAMES + 10.0 + (day - first) * scale;
        let mut lanes: Vec<Lane> = counts
            .iter()
            .enumerate()
            .map(|(index, (name, count))| Lane {
                name: (*name).to_owned(),
                count: *count,
                y: LANE * (index as f64 + 0.5),
                dots: Vec::new(),
                bars: Vec::new(),
            })
            .collect();
        for entry in &items {
            let (Some(start), Some(end)) = days(entry) else { continue };
            let Some(lane) = lanes.iter_mut().find(|lane| lane.name == entry.lane) else { continue };
            let (start, end) = (number(start), number(end));
            let date = entry.date.as_ref().map(ToString::to_string).unwrap_or_default();
            let mark = Mark {
                x: x(start),
                width: ((end - start) * scale).max(3.0),
                title: format!("{date}: {}", entry.what),
                target: entry.mentions.first().map(target).unwrap_or_default(),
            };
            if start == end { lane.dots.push(mark) } else { lane.bars.push(mark) }
        }
        let height = LANE * lanes.len() as f64;
        render(&View {
            section: "timeline",
            lane: self.lane.clone(),
            ticks: ticks(first, last).into_iter().map(|(day, name)| (x(day), name)).collect(),
            lanes,
            height,
            width: WIDTH,
            rows: items.iter().take(ROWS).map(|entry| row(entry)).collect(),
            open: times.open.iter().filter(wanted).take(ROWS).map(row).collect(),
        })
    }
}

fn row(entry: &Entry) -> Row {
    let text = |date: &Option<Edtf>| date.as_ref().map(ToString::to_string).unwrap_or_default();
    Row {
        date: text(&entry.date),
        bounds: text(&entry.bounds),
        lane: entry.lane.clone(),
        what: entry.what.clone(),
        planned: entry.planned,
        told: entry
            .mentions
            .iter()
            .take(6)
            .map(|mention| {
                (target(mention), format!("{}:{}", mention.location.name(), mention.location.line))
            })
            .collect(),
    }
}

fn target(mention: &corpus_query::Mention) -> String {
    format!("/documents/{}#L{}", mention.location.document, mention.location.line)
}

/// A day as a number in which a year has 372 days: near enough for a plot.
fn number(day: Day) -> f64 {
    f64::from(day.year()) * 372.0 + f64::from(day.month() - 1) * 31.0 + f64::from(day.day() - 1)
}

/// Years under the plot, no more than a dozen; months where there are few years.
fn ticks(first: f64, last: f64) -> Vec<(f64, String)> {
    let years = (last - first) / 372.0;
    let step = if years <= 1.5 { 31.0 } else { 372.0 * (years / 12.0).ceil().max(1.0) };
    let mut ticks = Vec::new();
    let mut day = (first / step).ceil() * step;
    while day <= last && ticks.len() < 40 {
        let year = (day / 372.0).floor();
        let month = ((day - year * 372.0) / 31.0).round() as u32 + 1;
        ticks.push((day, if step < 372.0 { format!("{year}-{month:02}") } else { format!("{year}") }));
        day += step;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_years_or_months_and_few() {
        let at = |year: f64| year * 372.0;
        let names = |first, last| ticks(first, last).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(at(2012.5), at(2015.5)), ["2013", "2014", "2015"]);
        assert_eq!(names(at(2020.0), at(2020.0) + 62.0), ["2020-01", "2020-02", "2020-03"]);
        assert!(names(at(1.0), at(2000.0)).len() <= 13);
    }
}
