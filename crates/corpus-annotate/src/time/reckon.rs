//! Values of expressions, reckoned from the date of writing and from the dates named before.

mod notation;
mod shift;
mod value;

use super::{
    Anchor, Time, TimeKind,
    calendar::{days_from, feast_day, number},
    direction::Direction,
    expression::{Date, Field, Meaning, Year},
    vocabulary::{Feast, Season, Unit},
};
use corpus_core::edtf::{Day, days_in_month};
use notation::{length, recurs};
use shift::{digits, exactly, leap_year, reaches, season_of, shifted, week_of, year_beside};
use value::{Value, at_clock, portioned, spanned};

/// Where an expression stands, and how its sentence tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub passage: usize,
    pub direction: Direction,
    /// Whether its verb says that it was: "was closed on May 3".
    pub is_done: bool,
}

/// The date of writing, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Now {
    /// The day, where it is known.
    pub day: Option<Day>,
    /// The year, where it is known.
    pub year: Option<i32>,
}

/// A date as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub year: Option<i32>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl Known {
    pub(super) const fn of(day: Day) -> Known {
        Known { year: Some(day.year()), month: Some(day.month()), day: Some(day.day()) }
    }

    const fn year(year: i32) -> Known {
        Known { year: Some(year), month: None, day: None }
    }

    const fn month(year: i32, month: u8) -> Known {
        Known { year: Some(year), month: Some(month), day: None }
    }

    /// The day, where all of it is known.
    pub(super) fn full(self) -> Option<Day> {
        Day::new(self.year?, self.month?, self.day?)
    }

    /// The same without what is no date: the day of "31 June".
    fn valid(self) -> Known {
        let last = |month| days_in_month(self.year.unwrap_or(2000), month);
        let is_day = self.month.zip(self.day).is_none_or(|(month, day)| day <= last(month));
        if is_day { self } else { Known { day: None, ..self } }
    }

    /// Its TIMEX3 value: what is not known is `X`.
    fn timex(self) -> Option<String> {
        let year = self.year.map_or_else(
            || "XXXX".to_owned(),
            |year| if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - year) },
        );
        match (self.month, self.day) {
            (Some(month), Some(day)) => Some(format!("{year}-{month:02}-{day:02}")),
            (Some(month), None) => Some(format!("{year}-{month:02}")),
            _ => self.year.map(|_| year),
        }
    }
}

/// Reckons the expressions of one part, in the order of the text.
#[derive(Clone, Debug)]
pub(super) struct Reckoner {
    now: Now,
    /// The date named last, as far as it was known.
    named: Known,
    /// The day named last, and the passage that names it; its year may be open.
    named_day: Known,
    named_in: usize,
    /// The day that heads the entries that follow: "Tuesday, 3 May" over what happened at which hour.
    day_of_entries: Known,
    /// The year named last of which a story may go on.
    told: Option<Story>,
    /// The days whose year the text says, the last of them.
    said: Vec<Day>,
    /// The year that heads the section: "2014" over what happened in it.
    section: Option<i32>,
}

/// A story of a year that is past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Story {
    /// The last passage in which it may go on.
    until: usize,
    year: i32,
    /// The month that it begins in.
    from: u8,
    /// Whether it is told by days: a year alone may be a remark in a report of today.
    by_days: bool,
}

/// Days back within which a month or a day without a year is rather of now than of a story told by years.
const RECENT: i64 = 75;

/// How many passages after that of a day a time of day alone may be of it.
const CLOCK: usize = 2;

/// How many days of known years are kept in mind.
const N_SAID: usize = 32;

/// How many passages after that of a day of an earlier year its story may go on.
const STORY: usize = 1;

impl Reckoner {
    /// A reckoner that knows the date of writing.
    pub(super) fn new(now: Now) -> Self {
        Reckoner {
            now,
            named: Known::default(),
            named_day: Known::default(),
            named_in: 0,
            day_of_entries: Known::default(),
            told: None,
            said: Vec::new(),
            section: None,
        }
    }

    /// Begins a section, of a year where that is its heading.
    pub(super) const fn begin_section(&mut self, year: Option<i32>) {
        self.section = year;
    }

    /// The entries that follow are of a day, which heads them.
    pub(super) const fn begin_entries(&mut self, day: Known) {
        self.day_of_entries = day;
    }

    /// Begins an entry of `passage` under its time of day: it is of the day that heads it, or of the page's own.
    pub(super) const fn begin_entry(&mut self, passage: usize) {
        (self.named_day, self.named_in) = (self.day_of_entries, passage);
    }

    /// The day named last.
    pub(super) const fn named_day(&self) -> Known {
        self.named_day
    }

    /// The value of an expression.
    pub(super) fn reckon(&mut self, meaning: &Meaning, setting: Setting) -> Time {
        match *meaning {
            Meaning::Date(date) => self.date(date, setting),
            Meaning::Length(count, unit) => length(count, unit, Anchor::None),
            Meaning::LengthToNow(count, unit, _) => length(count, unit, Anchor::Document),
            Meaning::Every(recurrence) => Time {
                kind: TimeKind::Set,
                timex: Some(recurs(recurrence)),
                edtf: None,
                anchor: Anchor::None,
                in_name: false,
            },
            Meaning::Vague(value) => Time {
                kind: TimeKind::Date,
                timex: Some(value.to_owned()),
                edtf: None,
                anchor: Anchor::Document,
                in_name: false,
            },
            Meaning::FromEvent { .. } => {
                Time { kind: TimeKind::Date, timex: None, edtf: None, anchor: Anchor::None, in_name: false }
            }
        }
    }

    /// The date some days from the day of an event.
    pub(super) fn beside_event(&mut self, event: Known, days: i64) -> Time {
        let known = match event.full() {
            Some(day) => days_from(day, days).map(Known::of),
            // A year is not needed to know the day before 6 May.
            None => Day::new(2001, event.month.unwrap_or(0), event.day.unwrap_or(0))
                .and_then(|day| days_from(day, days))
                .map(|day| Known { year: None, ..Known::of(day) }),
        };
        let value =
            known.map_or_else(|| Value::none(Anchor::None), |known| Value::known(known, Anchor::Event));
        Time {
            kind: TimeKind::Date,
            timex: value.timex,
            edtf: value.edtf,
            anchor: value.anchor,
            in_name: false,
        }
    }

    fn date(&mut self, date: Date, setting: Setting) -> Time {
        let Setting { passage, direction, .. } = setting;
        let mut value = self.value(date, setting);
        if value.known.day.is_some() {
            (self.named_day, self.named_in) = (value.known, passage);
        }
        if value.known.year.is_some() || value.known.month.is_some() {
            self.named = value.known;
        }
        if let (Some(day), true) = (value.known.full(), date.year != Year::Open) {
            if self.said.len() == N_SAID {
                self.said.remove(0);
            }
            self.said.push(day);
        }
        match (value.known, date.year) {
            (Known { year: Some(year), month: Some(month), day: Some(_) }, Year::Is(_))
                if direction == Direction::Past || self.now.year.is_none_or(|now| year <= now) =>
            {
                self.told = Some(Story { until: passage + STORY, year, from: month, by_days: true });
            }
            (Known { year: Some(year), month, .. }, Year::Is(_)) if direction == Direction::Past => {
                let from = month.unwrap_or(1);
                self.told = Some(Story { until: passage, year, from, by_days: false });
            }
            _ => {}
        }
        if let Some(portion) = date.portion {
            portioned(&mut value, portion);
        }
        let kind = if date.clock.is_some() { TimeKind::Time } else { TimeKind::Date };
        if let Some(clock) = date.clock {
            at_clock(&mut value, clock);
        }
        Time { kind, timex: value.timex, edtf: value.edtf, anchor: value.anchor, in_name: false }
    }

    /// The year that is said, with what it is reckoned from; `None` where none is said.
    fn said_year(&self, year: Year) -> Option<(Option<i32>, Anchor)> {
        match year {
            Year::Open => None,
            Year::Is(year) => Some((Some(year), Anchor::Absolute)),
            Year::FromNow(years) => Some((self.now.year.map(|now| now + years), Anchor::Document)),
            Year::FromNamed(years) => {
                Some((self.named.year.or(self.now.year).map(|named| named + years), Anchor::Event))
            }
        }
    }

    /// The year of a month, or of a day of it, that is not said, with what it is reckoned from.
    fn open_year(
        &self,
        (month, day): (u8, Option<u8>),
        date: &Date,
        setting: Setting,
    ) -> (Option<i32>, Anchor) {
        let direction = setting.direction;
        let falls_on = |year: i32| match (date.weekday, day.and_then(|day| Day::new(year, month, day))) {
            (Some(weekday), Some(day)) => day.weekday() == weekday,
            _ => true,
        };
        let section = self.section.filter(|&year| direction != Direction::Future && falls_on(year));
        if section.is_some() {
            return (section, Anchor::Event);
        }
        if let Some(year) = self.story_year(month, setting).filter(|&year| falls_on(year))
            && (self.told.is_some_and(|told| told.by_days) || !self.is_recent(month, day, setting))
        {
            return (Some(year), Anchor::Event);
        }
        let Some(now) = self.now.day else {
            // A day whose year was said before is that day, where nothing nearer is known.
            let said = self.said.iter().rev().find(|said| day == Some(said.day()) && month == said.month());
            if let Some(said) = said {
                return (Some(said.year()), Anchor::Event);
            }
            let told = || self.said.last().filter(|_| direction == Direction::Past);
            return match self.now.year {
                Some(year) => (Some(year), Anchor::Document),
                None => (told().map(|said| said.year()), Anchor::Document),
            };
        };
        // The day whose year was said: "opened on January 23, 2014 … runs from January 23".
        let again = self.said.iter().rev().find(|said| day == Some(said.day()) && month == said.month());
        if let Some(again) = again.filter(|again| (again.year() - now.year()).abs() <= 1) {
            return (Some(again.year()), Anchor::Event);
        }
        let year = year_beside(now, month, day, setting);
        // A day of the week tells the year where the text does not: "Tuesday, March 12".
        let near = [year, now.year(), now.year() - 1, now.year() + 1];
        let year = near.into_iter().find(|&year| falls_on(year)).unwrap_or(year);
        (Some(year), Anchor::Document)
    }

    /// The year of the story that goes on: "On 3 May 1998 … On 9 June".
    fn story_year(&self, month: u8, Setting { passage, direction, .. }: Setting) -> Option<i32> {
        let told = self.told?;
        let elsewhere = self.now.year.is_none_or(|now| told.year != now);
        // In a text whose own date nobody knows a year alone may be any remark.
        let near = passage < told.until || self.now.day.is_some() || self.now.year.is_none() && told.by_days;
        let goes_on = passage <= told.until && near && elsewhere && month >= told.from;
        (goes_on && direction == Direction::Past).then_some(told.year)
    }

    /// Whether a month, or a day of it, lay close before the day of writing.
    fn is_recent(&self, month: u8, day: Option<u8>, setting: Setting) -> bool {
        self.now.day.is_some_and(|now| {
            let last = |year| day.unwrap_or_else(|| days_in_month(year, month));
            let year = year_beside(now, month, day, setting);
            Day::new(year, month, last(year)).is_some_and(|day| number(now) - number(day) <= RECENT)
        })
    }

    fn value(&self, date: Date, setting: Setting) -> Value {
        let direction = setting.direction;
        let said = self.said_year(date.year);
        let in_month = |month: u8, day: Option<u8>| {
            let (year, anchor) = said.unwrap_or_else(|| {
                let (year, anchor) = self.open_year((month, day), &date, setting);
                let is_leap_day = (month, day) == (2, Some(29));
                (if is_leap_day { year.map(|year| leap_year(year, direction)) } else { year }, anchor)
            });
            Value::known(Known { year, month: Some(month), day }, anchor)
        };
        match date.field {
            Field::Year => said.map_or_else(
                || Value::none(Anchor::None),
                |(year, anchor)| Value::known(Known { year, month: None, day: None }, anchor),
            ),
            Field::Month(month) => in_month(month, None),
            Field::Day(month, day) => in_month(month, Some(day)),
            Field::Feast(feast) => {
                let (year, anchor) =
                    said.unwrap_or_else(|| (self.feast_year(feast, direction), Anchor::Document));
                let day = year.and_then(|year| feast_day(feast, year));
                day.map_or_else(|| Value::none(anchor), |day| Value::known(Known::of(day), anchor))
            }
            Field::Days(month, first, last) => {
                let (from, to) = (in_month(month, Some(first)), in_month(month, Some(last)));
                spanned(from, &to)
            }
            Field::Months(first, last) => {
                let (from, to) = (in_month(first, None), in_month(last, None));
                let known = Known { month: None, ..from.known };
                Value { known, ..spanned(from, &to) }
            }
            Field::WeekWith(month, day) => {
                let of = in_month(month, Some(day));
                of.known.full().map_or_else(|| Value::none(of.anchor), |day| week_of(day, of.anchor))
            }
            Field::Quarter(quarter) => self.part_of_year(quarter, 4, said, direction),
            Field::Half(half) => self.part_of_year(half, 2, said, direction),
            Field::Season(season) => {
                let year = said.map_or_else(|| self.season_year(season, direction), |(year, _)| year);
                season_of(season, year, said.map_or(Anchor::Document, |(_, anchor)| anchor))
            }
            Field::SeasonFromNow(season, step) => self.season_from_now(season, step),
            Field::MonthFromNow(month, step) => self.month_from_now(month, step),
            Field::Decade(decade) => digits(decade, 1, Anchor::Absolute),
            Field::OpenDecade(decade) => {
                digits(if decade < 3 { 200 + decade } else { 190 + decade }, 1, Anchor::Absolute)
            }
            Field::Century(century) => digits(century, 2, Anchor::Absolute),
            Field::Weekday(weekday, weeks) => self.weekday(weekday, weeks, direction),
            Field::Weekend => self.weekend(5, direction),
            Field::FromNow(Unit::Weekend, 0) => self.weekend(2, direction),
            Field::Exactly(count, unit) => {
                let day = self.now.day.and_then(|now| exactly(now, unit, count));
                day.map_or_else(
                    || Value::none(Anchor::Document),
                    |day| Value::known(Known::of(day), Anchor::Document),
                )
            }
            Field::FromNow(unit, step) => shifted(self.today(), unit, f64::from(step), Anchor::Document),
            Field::FromNamed(unit, step) => self.beside_named(unit, step, said),
            Field::Ago(count, unit) => shifted(self.today(), unit, count, Anchor::Document),
            Field::Later(count, unit) => {
                let from = if reaches(self.named, unit) { self.named } else { self.named_day };
                shifted(from, unit, count, Anchor::Event)
            }
            Field::WeekOf(month, order) => {
                let of = in_month(month, None);
                let day = of.known.year.and_then(|year| {
                    let day = if order == 0 { days_in_month(year, month) - 3 } else { 7 * order - 3 };
                    Day::new(year, month, day)
                });
                let anchor = said.map_or(Anchor::Document, |(_, anchor)| anchor);
                day.map_or_else(|| Value::none(anchor), |day| week_of(day, anchor))
            }
            Field::Clock => self.day_of_clock(setting.passage),
        }
    }

    /// The date of writing, as far as it is known.
    fn today(&self) -> Known {
        Known { year: self.now.year, ..self.now.day.map(Known::of).unwrap_or_default() }
    }

    /// "last winter", "next summer".
    fn season_from_now(&self, season: Season, step: i32) -> Value {
        let over = self.now.day.is_some_and(|now| now.month() > 3 * (season.codes().1 - 20));
        let year = self.now.year.map(|year| match step {
            -1 if !over => year - 1,
            1 if over => year + 1,
            _ => year,
        });
        season_of(season, year, Anchor::Document)
    }

    /// "last May", "next May".
    fn month_from_now(&self, month: u8, step: i32) -> Value {
        let now = self.now.day.map_or(if step < 0 { 0 } else { 13 }, Day::month);
        let year = self.now.year.map(|year| match step {
            -1 if month >= now => year - 1,
            1 if month <= now => year + 1,
            _ => year,
        });
        Value::known(Known { year, month: Some(month), day: None }, Anchor::Document)
    }

    /// The weekend that is spoken of up to a day of the week, `said`, as the one that was: on a Monday, "this weekend"
    /// was; so was "the weekend" on any day.
    fn weekend(&self, said: u8, direction: Direction) -> Value {
        let over = self.now.day.is_some_and(|now| match direction {
            Direction::Past => now.weekday() <= said,
            Direction::Open => now.weekday() <= said.min(3),
            Direction::Future => false,
        });
        let now = self.now.day.map(Known::of).unwrap_or_default();
        shifted(now, Unit::Weekend, if over { -1.0 } else { 0.0 }, Anchor::Document)
    }

    /// "the same day", "the previous month", "the same month last year".
    fn beside_named(&self, unit: Unit, step: i32, said: Option<(Option<i32>, Anchor)>) -> Value {
        if let (Some((year, anchor)), Some(month)) = (said, self.named.month) {
            return Value::known(Known { year, month: Some(month), day: None }, anchor);
        }
        let named = if unit == Unit::Day { self.named_day } else { self.named };
        if unit == Unit::Day && named.day.is_some() && step == 0 {
            return Value::known(named, Anchor::Event);
        }
        let (from, anchor) =
            if reaches(named, unit) { (named, Anchor::Event) } else { (self.today(), Anchor::Document) };
        shifted(from, unit, f64::from(step), anchor)
    }

    /// The day of a time of day that stands alone: the one named not far before, or that of writing.
    fn day_of_clock(&self, passage: usize) -> Value {
        // A day that was named long before is that of something else.
        if self.named_day.day.is_some() && passage <= self.named_in + CLOCK {
            return Value::known(self.named_day, Anchor::Event);
        }
        let today = self.now.day.map(|day| Value::known(Known::of(day), Anchor::Document));
        today.unwrap_or_else(|| Value::none(Anchor::None))
    }

    /// The year of a feast of which none is said.
    fn feast_year(&self, feast: Feast, direction: Direction) -> Option<i32> {
        let Some(now) = self.now.day else { return self.now.year };
        let day = feast_day(feast, now.year())?;
        Some(match direction {
            Direction::Past if day > now => now.year() - 1,
            Direction::Future if day < now => now.year() + 1,
            _ => now.year(),
        })
    }

    fn season_year(&self, season: Season, direction: Direction) -> Option<i32> {
        let Some(now) = self.now.day else { return self.now.year };
        let first = 3 * (season.codes().1 - 20);
        match direction {
            Direction::Past if first > now.month() => Some(now.year() - 1),
            Direction::Future if first + 2 < now.month() => Some(now.year() + 1),
            _ => Some(now.year()),
        }
    }

    /// A quarter or a half of a year.
    fn part_of_year(
        &self,
        part: u8,
        n: u8,
        said: Option<(Option<i32>, Anchor)>,
        direction: Direction,
    ) -> Value {
        let (year, anchor) = said.unwrap_or_else(|| {
            let months = 12 / n;
            let first = months * (part - 1) + 1;
            let year = match self.now.day {
                Some(now) if direction == Direction::Past && first > now.month() => Some(now.year() - 1),
                Some(now) if direction == Direction::Open && first > now.month() + 6 => Some(now.year() - 1),
                Some(now) if direction == Direction::Future && first + months <= now.month() => {
                    Some(now.year() + 1)
                }
                _ => self.now.year,
            };
            (year, Anchor::Document)
        });
        let letter = if n == 4 { 'Q' } else { 'H' };
        let code = if n == 4 { 32 + part } else { 39 + part };
        let timex =
            year.map_or_else(|| format!("XXXX-{letter}{part}"), |year| format!("{year:04}-{letter}{part}"));
        let edtf = year.and_then(|year| format!("{year:04}-{code}").parse().ok());
        Value { timex: Some(timex), edtf, known: Known { year, month: None, day: None }, anchor }
    }

    fn weekday(&self, weekday: u8, weeks: Option<i32>, direction: Direction) -> Value {
        let Some(now) = self.now.day else {
            let timex = Some(format!("XXXX-WXX-{weekday}"));
            return Value { timex, ..Value::none(Anchor::None) };
        };
        let ahead = (i64::from(weekday) - i64::from(now.weekday())).rem_euclid(7);
        let days = match (weeks, direction) {
            (Some(-2), _) => ahead - 14,
            (Some(2), _) => ahead + if ahead == 0 { 14 } else { 7 },
            (Some(-1), _) if ahead == 0 => -7,
            (Some(-1), _) => ahead - 7,
            (Some(1), _) if ahead == 0 => 7,
            (Some(1), _) | (None, Direction::Future) => ahead,
            // "this Friday" is that of the week, unless it was.
            (Some(0), Direction::Past) if ahead > 0 => ahead - 7,
            (None, _) if ahead > 0 => ahead - 7,
            _ => ahead,
        };
        let day = days_from(now, days);
        day.map_or_else(
            || Value::none(Anchor::Document),
            |day| Value::known(Known::of(day), Anchor::Document),
        )
    }
}
