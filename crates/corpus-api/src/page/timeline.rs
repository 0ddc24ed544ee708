//! The timeline: lanes by kind, days as dots, longer times as bars, open dates in a tray.

use super::{Download, Screen, count, render, search::encode};
use crate::{app::App, concordance::bad, problem::Problem, question::Places, snapshot::Opened};
use askama::Template;
use corpus_core::{Edtf, edtf::Day};
use corpus_query::{Entry, check_lane, worded};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The timeline.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Timeline {
    /// Only this lane.
    #[serde(default)]
    lane: String,
    /// Only what ends on this date or later; by default from where most begins.
    #[serde(default)]
    from: String,
    /// Only what begins on this date or earlier.
    #[serde(default)]
    to: String,
    /// Whether to show everything, however far it lies from the rest.
    #[serde(default)]
    all: bool,
    /// Whether to leave out what begins before `from`.
    #[serde(default)]
    begins: bool,
    /// Number of the first row of the list, from 0.
    #[serde(default)]
    row: usize,
}

/// Width of the plot, least height of a lane, and height of each of its tracks, in its own units.
const WIDTH: f64 = 1000.0;
const LANE: f64 = 34.0;
const TRACK: f64 = 14.0;
/// Radius of a dot.
const DOT: f64 = 6.0;
/// Tracks of a lane: marks that would cover each other lie one under the other, as far as there are tracks.
const TRACKS: usize = 12;
/// Width of the names of the lanes.
const NAMES: f64 = 110.0;
/// Most marks of a lane that are drawn one by one; more are drawn as columns, so many over the width.
const MARKS: usize = 150;
const COLUMNS: usize = 90;
/// Most rows of the lists under the plot.
const ROWS: usize = 300;
/// A year as the plot reckons: near enough.
const YEAR: f64 = 372.0;
/// How many times longer than the time of nearly all entries the whole must be for the rest to be left out.
const FAR: f64 = 3.0;

#[derive(Template)]
#[template(path = "timeline.html")]
struct View {
    section: &'static str,
    lane: String,
    from: String,
    to: String,
    begins: bool,
    /// The address without lane and without that condition.
    all_lanes: String,
    all_begins: String,
    lanes: Vec<Lane>,
    ticks: Vec<(f64, String)>,
    height: f64,
    width: f64,
    total: String,
    /// Entries before and behind what is shown, and the address of everything.
    before: usize,
    behind: usize,
    everything: String,
    rows: Vec<Row>,
    next: Option<String>,
    open: Vec<Row>,
    more_open: usize,
    download: Download,
}

/// A kind of entries, drawn as a row of the plot.
struct Lane {
    name: String,
    address: String,
    count: String,
    /// Middle and lower edge of the lane.
    y: f64,
    bottom: f64,
    dots: Vec<Mark>,
    bars: Vec<Mark>,
    /// What is drawn of a lane with too many marks: how many there are when.
    columns: Vec<Mark>,
}

/// A dot, a bar or a column.
struct Mark {
    x: f64,
    /// Middle of a dot or a bar.
    y: f64,
    width: f64,
    /// Of a column alone.
    height: f64,
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
        // What cannot be meant is said before any work.
        self.range(&[])?;
        if !self.lane.is_empty() {
            check_lane(&corpus.corpus, &self.lane).map_err(|error| bad("lane")(&error))?;
        }
        let told = corpus.told()?;
        let times = &told.timeline;
        if !self.lane.is_empty() {
            times.check_lane(&self.lane).map_err(|error| bad("lane")(&error))?;
        }
        let is_of_lane = |entry: &&Entry| self.lane.is_empty() || entry.lane == self.lane;
        let dated: Vec<(f64, f64, &Entry)> = times
            .items
            .iter()
            .filter(is_of_lane)
            .filter_map(|entry| match entry.date.as_ref()?.bounds() {
                (Some(first), Some(last)) => Some((number(first), number(last), entry)),
                _ => None,
            })
            .collect();
        let (from, to) = self.range(&dated)?;
        let begins = |first: f64, last: f64| if self.begins { first } else { last };
        let shown: Vec<&(f64, f64, &Entry)> =
            dated.iter().filter(|(first, last, _)| begins(*first, *last) >= from && *first <= to).collect();
        let before = dated.iter().filter(|(first, last, _)| begins(*first, *last) < from).count();
        let behind = dated.iter().filter(|(first, ..)| *first > to).count();
        // Something that began long before what is shown does not make the plot longer.
        let first = shown.iter().map(|(first, ..)| first.max(from)).fold(f64::INFINITY, f64::min);
        let last = shown.iter().map(|(_, last, _)| last.min(to)).fold(f64::NEG_INFINITY, f64::max);
        let (first, last) = if first <= last { (first, last) } else { (0.0, 1.0) };
        // What leads further keeps to the time that is shown, also where nobody has asked for it.
        let is_cut = from.is_finite() || to.is_finite();
        let range = Range {
            from: if from.is_finite() { day_from(from) } else { String::new() },
            to: if to.is_finite() { day_to(to) } else { String::new() },
            begins: self.begins,
            all: !is_cut,
        };
        let scale = Scale { first, unit: (WIDTH - NAMES - 20.0) / (last - first).max(1.0) };
        let mut of_lane: BTreeMap<&str, Vec<&(f64, f64, &Entry)>> = BTreeMap::new();
        for entry in &times.items {
            of_lane.entry(&entry.lane).or_default();
        }
        for mark in &shown {
            of_lane.entry(&mark.2.lane).or_default().push(mark);
        }
        let lanes = of_lane.iter().filter(|(name, marks)| !marks.is_empty() || **name == self.lane);
        let mut height = 0.0;
        let lanes: Vec<Lane> = lanes
            .map(|(name, marks)| {
                let lane = lane(name, height, marks, &scale, last, &range);
                height = lane.bottom;
                lane
            })
            .collect();
        let rows = shown.iter().skip(self.row).take(ROWS).map(|(_, _, entry)| row(entry)).collect();
        let goes_on = self.row.saturating_add(ROWS) < shown.len();
        let open: Vec<&Entry> = times.open.iter().filter(is_of_lane).collect();
        let entries = (times.items.iter().filter(is_of_lane).count() + open.len()) as u64;
        render(&View {
            section: "timeline",
            ticks: ticks(first, last).into_iter().map(|(day, name)| (scale.x(day), name)).collect(),
            height,
            width: WIDTH,
            lanes,
            total: count(shown.len() as u64),
            before,
            behind,
            everything: Range { all: true, ..Range::default() }.address(&self.lane),
            all_lanes: range.address(""),
            all_begins: Range { begins: false, ..range.clone() }.address(&self.lane),
            rows,
            next: goes_on.then(|| format!("{}&row={}#dated", range.address(&self.lane), self.row + ROWS)),
            more_open: open.len().saturating_sub(ROWS),
            open: open.into_iter().take(ROWS).map(row).collect(),
            download: match &*self.lane {
                "" => Download::new("/v1/timeline.csv", entries),
                lane => Download::new(&format!("/v1/timeline.csv?lane={}", encode(lane)), entries),
            },
            lane: self.lane,
            from: self.from,
            to: self.to,
            begins: self.begins,
        })
    }
}

impl Timeline {
    /// The first and the last day that are shown: as they are asked for, else those between which nearly all lies.
    fn range(&self, dated: &[(f64, f64, &Entry)]) -> Result<(f64, f64), Problem> {
        let end = |name: &'static str, text: &str| {
            let date = text.trim().parse::<Edtf>();
            let day = date.ok().map(|date| date.bounds()).and_then(|(first, last)| match name {
                "from" => first,
                _ => last,
            });
            day.map(number).ok_or_else(|| {
                bad(name)(&format_args!("{text:?} is no date such as 2020, 2020-09 or 2020-09-14"))
            })
        };
        let from = if self.from.trim().is_empty() { None } else { Some(end("from", &self.from)?) };
        let to = if self.to.trim().is_empty() { None } else { Some(end("to", &self.to)?) };
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            let words = format!("{} is after To, which is {}", self.from.trim(), self.to.trim());
            return Err(bad("from")(&words).hint("From is the earlier of the two"));
        }
        if self.all || from.is_some() || to.is_some() || dated.is_empty() {
            return Ok((from.unwrap_or(f64::NEG_INFINITY), to.unwrap_or(f64::INFINITY)));
        }
        let mut firsts: Vec<f64> = dated.iter().map(|(first, ..)| *first).collect();
        let mut lasts: Vec<f64> = dated.iter().map(|(_, last, _)| *last).collect();
        firsts.sort_by(f64::total_cmp);
        lasts.sort_by(f64::total_cmp);
        // A fiftieth at either end may be mistakes, or far away.
        let edge = dated.len() / 50;
        let whole = lasts[lasts.len() - 1] - firsts[0];
        let (first, last) = (firsts[edge], lasts[lasts.len() - 1 - edge]);
        if whole > FAR * (last - first).max(YEAR) {
            Ok((first, last))
        } else {
            Ok((f64::NEG_INFINITY, f64::INFINITY))
        }
    }
}

/// The time that is shown, as an address has it.
#[derive(Clone, Default)]
struct Range {
    from: String,
    to: String,
    begins: bool,
    all: bool,
}

impl Range {
    /// The address of this time in a lane; of all lanes where that is empty.
    fn address(&self, lane: &str) -> String {
        let flag = |is_on: bool| if is_on { "true" } else { "" };
        let fields = [
            ("lane", lane),
            ("from", &self.from),
            ("to", &self.to),
            ("begins", flag(self.begins)),
            ("all", flag(self.all)),
        ];
        let given = fields.iter().filter(|(_, value)| !value.is_empty());
        let given: Vec<String> = given.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("/timeline?{}", given.join("&"))
    }
}

/// A lane with its marks, whose upper edge is at `top`.
fn lane(
    name: &str,
    top: f64,
    marks: &[&(f64, f64, &Entry)],
    scale: &Scale,
    last: f64,
    range: &Range,
) -> Lane {
    let mut lane = Lane {
        name: name.to_owned(),
        address: range.address(name),
        count: count(marks.len() as u64),
        y: top + LANE / 2.0,
        bottom: top + LANE,
        dots: Vec::new(),
        bars: Vec::new(),
        columns: Vec::new(),
    };
    if marks.len() > MARKS {
        lane.columns = columns(name, marks, scale, last, range);
        return lane;
    }
    let mut tracks = Tracks::default();
    for (first, end, entry) in marks {
        let date = entry.date.as_ref().map(worded).unwrap_or_default();
        let x = scale.x(first.max(scale.first));
        let width = (scale.x(end.min(last)) - x).max(3.0);
        let is_dot = first == end;
        let (from, to) = if is_dot { (x - DOT, x + DOT) } else { (x, x + width) };
        let mark = Mark {
            x,
            y: top + LANE / 2.0 + TRACK * tracks.place(from, to) as f64,
            width,
            height: 0.0,
            title: format!("{date}: {}", entry.what),
            target: entry.mentions.first().map(target).unwrap_or_default(),
        };
        if is_dot { lane.dots.push(mark) } else { lane.bars.push(mark) }
    }
    lane.bottom += TRACK * tracks.0.len().saturating_sub(1) as f64;
    lane.y = f64::midpoint(top, lane.bottom);
    lane
}

/// How many entries of a lane begin when; each column leads to these. The first one has also those that began before.
fn columns(name: &str, marks: &[&(f64, f64, &Entry)], scale: &Scale, last: f64, range: &Range) -> Vec<Mark> {
    let step = ((last - scale.first + 1.0) / COLUMNS as f64).max(1.0);
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    for (first, ..) in marks {
        *counts.entry(((first.max(scale.first) - scale.first) / step) as usize).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or(1) as f64;
    let column = |(index, number): (&usize, &u64)| {
        let begin = scale.first + *index as f64 * step;
        let (from, to) = (day_from(begin.ceil()), day_to((begin + step).ceil() - 1.0));
        Mark {
            x: scale.x(begin),
            y: 0.0,
            width: (step * scale.unit - 1.0).max(1.5),
            height: (*number as f64 / most * (LANE - 8.0)).max(2.0),
            title: format!("{from} to {to}: {}", count(*number)),
            target: Range { from, to, begins: range.begins || *index > 0, all: false }.address(name),
        }
    };
    counts.iter().map(column).collect()
}

/// Where the marks of each track of a lane end so far.
#[derive(Default)]
struct Tracks(Vec<f64>);

impl Tracks {
    /// The track for a mark: the first that is free there, else the one that is free soonest.
    fn place(&mut self, from: f64, to: f64) -> usize {
        let free = self.0.iter().position(|end| *end <= from);
        let track = free.unwrap_or_else(|| {
            if self.0.len() < TRACKS {
                self.0.push(f64::NEG_INFINITY);
                return self.0.len() - 1;
            }
            let soonest = self.0.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1));
            soonest.map_or(0, |(track, _)| track)
        });
        self.0[track] = self.0[track].max(to);
        track
    }
}

/// Where a day lies on the plot.
struct Scale {
    first: f64,
    unit: f64,
}

impl Scale {
    fn x(&self, day: f64) -> f64 {
        NAMES + 10.0 + (day - self.first) * self.unit
    }
}

fn row(entry: &Entry) -> Row {
    let text = |date: &Option<Edtf>| date.as_ref().map(worded).unwrap_or_default();
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
            .map(|mention| (target(mention), mention.location.cited()))
            .collect(),
    }
}

fn target(mention: &corpus_query::Mention) -> String {
    format!("/documents/{}#L{}", mention.location.document, mention.location.line)
}

/// A day as a number in which a year has 372 days: near enough for a plot.
fn number(day: Day) -> f64 {
    f64::from(day.year()) * YEAR + f64::from(day.month() - 1) * 31.0 + f64::from(day.day() - 1)
}

/// The first day that there is from a number on.
fn day_from(number: f64) -> String {
    (0..4).find_map(|days| day(number + f64::from(days))).map_or_else(String::new, |day| day.to_string())
}

/// The last day that there is up to a number.
fn day_to(number: f64) -> String {
    (0..4).find_map(|days| day(number - f64::from(days))).map_or_else(String::new, |day| day.to_string())
}

/// The day of a number; `None` where its month has no such day.
fn day(number: f64) -> Option<Day> {
    let year = (number / YEAR).floor();
    let month = ((number - year * YEAR) / 31.0).floor();
    let day = number - year * YEAR - month * 31.0;
    Day::new(year as i32, month as u8 + 1, day as u8 + 1)
}

/// Years under the plot, no more than a dozen; months where there are few years.
fn ticks(first: f64, last: f64) -> Vec<(f64, String)> {
    let years = (last - first) / YEAR;
    let step = if years <= 2.0 {
        let months = [1.0, 2.0, 3.0, 6.0].into_iter().find(|months| years * 12.0 / months <= 12.0);
        months.unwrap_or(6.0) * 31.0
    } else {
        // Years are counted by ones, twos, fives or tens, as people do.
        let wanted = years / 12.0;
        let unit = 10_f64.powf(wanted.max(1.0).log10().floor());
        let nice = [1.0, 2.0, 5.0, 10.0].into_iter().map(|step| step * unit).find(|step| *step >= wanted);
        YEAR * nice.unwrap_or(1.0)
    };
    let mut ticks = Vec::new();
    let mut day = (first / step).ceil() * step;
    while day <= last && ticks.len() < 40 {
        let year = (day / YEAR).floor();
        let month = ((day - year * YEAR) / 31.0).round() as u32 + 1;
        ticks.push((day, if step < YEAR { format!("{year}-{month:02}") } else { format!("{year}") }));
        day += step;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_years_or_months_and_few() {
        let at = |year: f64| year * YEAR;
        let names = |first, last| ticks(first, last).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(at(2012.5), at(2015.5)), ["2013", "2014", "2015"]);
        assert_eq!(names(at(1996.0), at(2021.0))[..3], ["2000", "2005", "2010"]);
        assert_eq!(names(at(2020.0), at(2020.0) + 62.0), ["2020-01", "2020-02", "2020-03"]);
        assert_eq!(names(at(1986.0), at(1987.5))[..2], ["1986-01", "1986-03"]);
        assert!(names(at(1.0), at(2000.0)).len() <= 13);
    }

    #[test]
    fn marks_that_would_cover_each_other_lie_on_tracks_of_their_own() {
        let mut tracks = Tracks::default();
        let placed: Vec<usize> = [(0.0, 10.0), (2.0, 5.0), (5.0, 20.0), (10.0, 11.0)]
            .map(|(from, to)| tracks.place(from, to))
            .into();
        assert_eq!(placed, [0, 1, 1, 0]);
        for _ in 0..50 {
            assert!(tracks.place(0.0, 30.0) < TRACKS);
        }
    }

    #[test]
    fn a_number_is_a_day_again() {
        for text in ["2020-09-14", "0800-01-01", "1987-12-31"] {
            let day = text.parse::<Edtf>().unwrap().bounds().0.unwrap();
            assert_eq!(day_from(number(day)), text);
            assert_eq!(day_to(number(day)), text);
        }
        let after = number("2020-02-29".parse::<Edtf>().unwrap().bounds().0.unwrap()) + 1.0;
        assert_eq!((day_from(after), day_to(after)), ("2020-03-01".to_owned(), "2020-02-29".to_owned()));
    }

    #[test]
    fn what_lies_far_from_the_rest_is_left_out_until_it_is_asked_for() {
        let entry = Entry {
            lane: "meeting".to_owned(),
            date: None,
            bounds: None,
            what: String::new(),
            planned: false,
            open: true,
            mentions: Vec::new(),
        };
        let mut dated: Vec<(f64, f64, &Entry)> = (0..100)
            .map(|day| (2020.0 * YEAR + f64::from(day), 2020.0 * YEAR + f64::from(day), &entry))
            .collect();
        dated.push((1530.0 * YEAR, 1531.0 * YEAR, &entry));
        let asked = |from: &str, all: bool| Timeline {
            lane: String::new(),
            from: from.to_owned(),
            to: String::new(),
            all,
            begins: false,
            row: 0,
        };
        assert!(asked("", false).range(&dated).unwrap().0 > 2019.0 * YEAR);
        assert_eq!(asked("", true).range(&dated).unwrap(), (f64::NEG_INFINITY, f64::INFINITY));
        assert_eq!(asked("1500", false).range(&dated).unwrap().0, 1500.0 * YEAR);
        assert!(asked("soon", false).range(&dated).is_err());
        assert!(Timeline { to: "2012".to_owned(), ..asked("2021", false) }.range(&dated).is_err());
    }
}
