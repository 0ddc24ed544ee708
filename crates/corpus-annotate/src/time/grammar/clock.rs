//! Times of day.

use super::Reader;
use crate::{
    time::{
        expression::{Clock, Date, Field},
        vocabulary::Word,
    },
    token::TokenKind,
};

/// Names of zones that stand after a time; only those of UTC give a value its `Z`.
const ZONES: [&str; 14] =
    ["UTC", "GMT", "Z", "EST", "EDT", "CET", "CEST", "PST", "PDT", "BST", "MSK", "CST", "CDT", "ET"];
const N_UTC: usize = 3;

/// Whether a word names a zone of time.
pub(super) fn is_zone(word: &str) -> bool {
    ZONES.contains(&word)
}

impl Reader<'_> {
    /// A time of day: "10:30", "5 p.m.", "12:00 UTC", "noon".
    pub(super) fn clock(&self, at: usize) -> Option<(usize, Clock)> {
        if let Some(Word::Noon(minutes)) = self.word(at) {
            return Some((at + 1, Clock::Minutes(minutes, false)));
        }
        if self.token(at)?.kind != TokenKind::Number {
            return None;
        }
        let (hour, minute, colon) = hour_and_minute(self.string(at)).or_else(|| self.without_colon(at))?;
        let mut end = at + 1 + usize::from(self.is_hours(at));
        let mut minutes = hour * 60 + minute;
        if let Some((after, afternoon)) = self.half_of_day(end) {
            if hour == 0 || hour > 12 {
                return None;
            }
            end = after;
            minutes = (hour % 12 + if afternoon { 12 } else { 0 }) * 60 + minute;
        } else if self.says(end, "o'clock") || self.says(end, "o’clock") {
            end += 1;
        } else if !colon {
            return None;
        }
        let zone = ZONES.iter().position(|zone| self.is(end, zone));
        end += usize::from(zone.is_some());
        Some((end, Clock::Minutes(minutes, zone.is_some_and(|zone| zone < N_UTC))))
    }

    /// "1530 EST", "at 0600 hours": hour and minute written together, as what follows tells.
    pub(super) fn without_colon(&self, at: usize) -> Option<(u16, u16, bool)> {
        let word = self.string(at);
        if word.len() != 4 || !(is_zone(self.string(at + 1)) || self.is_hours(at)) {
            return None;
        }
        let hour: u16 = word.get(..2)?.parse().ok().filter(|hour| *hour < 24)?;
        let minute: u16 = word.get(2..)?.parse().ok().filter(|minute| *minute < 60)?;
        Some((hour, minute, true))
    }

    /// Whether "hours" after a number of four digits makes it a time of day: "at 0600 hours".
    fn is_hours(&self, at: usize) -> bool {
        let led = at > self.first && self.says(at - 1, "at") || self.string(at).starts_with('0');
        led && self.string(at).len() == 4 && ["hours", "hrs"].iter().any(|word| self.says(at + 1, word))
    }

    /// "a.m.", "pm": where it ends and whether it is the second half of the day.
    fn half_of_day(&self, at: usize) -> Option<(usize, bool)> {
        let word = self.string(at);
        // "at 9 in the morning"
        if self.says(at, "in") && self.word(at + 1) == Some(Word::The) && at >= self.first + 2 {
            let led = matches!(self.word(at - 2), Some(Word::Preposition | Word::About | Word::AtLeast));
            match self.word(at + 2).filter(|_| {
                led && self.token(at + 3).is_none_or(|next| !next.is_word() || self.word(at + 3).is_some())
            }) {
                Some(Word::DayPart("MO")) => return Some((at + 3, false)),
                Some(Word::DayPart("AF" | "EV")) => return Some((at + 3, true)),
                _ => {}
            }
        }
        for (short, afternoon) in [("am", false), ("pm", true)] {
            if word.eq_ignore_ascii_case(short) {
                return Some((at + 1, afternoon));
            }
            let letters =
                word.eq_ignore_ascii_case(&short[..1]) && self.is(at + 1, ".") && self.says(at + 2, "m");
            if letters && !self.tokens[at + 2].spaced {
                let stop = self.is(at + 3, ".") && !self.tokens[at + 3].spaced;
                return Some((at + 3 + usize::from(stop), afternoon));
            }
        }
        None
    }

    /// The date that stands right after a time of day: "12:00 UTC Monday", "10 p.m. on 3 May".
    pub(super) fn date_after_clock(&self, at: usize, clock: Clock) -> (usize, Date) {
        let on = usize::from(self.says(at, "on"));
        let dated = self.plain(at + on).filter(|(_, date)| is_day(*date) && date.clock.is_none());
        match dated {
            Some((end, date)) => (end, Date { clock: Some(clock), ..date }),
            None => (at, Date { clock: Some(clock), ..Date::of(Field::Clock) }),
        }
    }

    /// The time of day of a stamp: "T10:30:00Z" behind "2020-12-05".
    fn clock_of_stamp(&self, at: usize) -> Option<(usize, Clock)> {
        let token = self.token(at).filter(|token| !token.spaced)?;
        let rest = self.text[token.start as usize..].strip_prefix('T')?;
        let time: &str = rest.split(|c: char| !c.is_ascii_digit() && !":.+-Z".contains(c)).next()?;
        let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
        let time = time.trim_end_matches(['.', '-', ':']);
        let (hour, minute, _) = hour_and_minute(time.get(..5)?).filter(|(_, _, colon)| *colon)?;
        let stop = token.start as usize + 1 + time.len();
        let end = (at..self.tokens.len()).find(|next| self.tokens[*next].end as usize >= stop)? + 1;
        let utc = time.get(zone..).is_some_and(|zone| matches!(zone, "Z" | "+00:00"));
        Some((end, Clock::Minutes(hour * 60 + minute, utc)))
    }

    /// The date with the time of day that stands right after it: "October 2, 2017 11:57".
    pub(super) fn with_clock(&self, at: usize, date: Date) -> (usize, Date) {
        if !is_day(date) || date.clock.is_some() {
            return (at, date);
        }
        if let Some((end, clock)) = self.clock_of_stamp(at) {
            return (end, Date { clock: Some(clock), ..date });
        }
        let comma = usize::from(self.is(at, ","));
        let of = at + comma + usize::from(self.says(at + comma, "at"));
        match self.clock(of) {
            Some((end, clock)) => (end, Date { clock: Some(clock), ..date }),
            None => (at, date),
        }
    }
}

const fn is_day(date: Date) -> bool {
    matches!(
        date.field,
        Field::Day(..) | Field::Weekday(..) | Field::FromNow(crate::time::vocabulary::Unit::Day, _)
    )
}

/// Hour and minute, and whether both are written with a colon.
fn hour_and_minute(word: &str) -> Option<(u16, u16, bool)> {
    let (hour, rest) = word.split_once([':', '.']).unwrap_or((word, ""));
    let minute = rest.split(':').next().unwrap_or("");
    if hour.len() > 2 || !(rest.is_empty() || minute.len() == 2) {
        return None;
    }
    let hour: u16 = hour.parse().ok().filter(|hour| *hour < 25)?;
    let minute: u16 =
        if minute.is_empty() { 0 } else { minute.parse().ok().filter(|minute| *minute < 60)? };
    Some((hour % 24, minute, word.contains(':')))
}
