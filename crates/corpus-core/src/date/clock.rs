//! A time of day with its zone, as pages write it: "11:57", "5.30 pm EST", "18 Uhr", "11h57", "下午3:05".

use super::{
    line::{Line, is_blank, is_letter},
    words::{AGO, AM, CLOCK, CLOCK_ONLY, CONNECTOR, MONTH_FIRST, OFFSET, PM, WEEKDAY, ZONE},
};

/// A time of day.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) hour: u8,
    pub(super) minute: u8,
    /// Minutes east of UTC, where the zone says.
    pub(super) offset: Option<i16>,
    /// Whether a unit that durations have too is all that makes it a time: "18 h", "3 hours".
    pub(super) loose: bool,
    /// Which way round numbers are written where people write the time like this, if that shows.
    pub(super) day_first: Option<bool>,
}

/// The time that follows a date which ends at `at`.
pub(super) fn after(line: Line<'_>, at: usize) -> Option<Clock> {
    let mut at = at;
    if line.char_at(at) == Some('T') {
        return read(line, at + 1, 0);
    }
    at = line.skip_one(at, &['.']);
    let mut half = 0;
    // Words between date and time: "um", "a las", "Monday".
    for _ in 0..4 {
        at = skip_separators(line, at);
        let Some(word) = line.word(at).filter(|word| word.is(CONNECTOR | WEEKDAY | AM | PM)) else { break };
        half |= word.value & (AM | PM);
        at = line.skip_one(word.end, &['.']);
    }
    let clock = read(line, at, half)?;
    let is_age = clock.loose && line.word(line.skip_blanks(clock.end)).is_some_and(|word| word.is(AGO));
    (!is_age).then_some(clock)
}

/// The time at `at`. `half` says the half of the day, where a word before the number did.
pub(super) fn read(line: Line<'_>, at: usize, half: u64) -> Option<Clock> {
    let hour = line.number(at).filter(|number| number.n_digits <= 2 && number.value < 24)?;
    let mut clock = Clock {
        start: at,
        end: hour.end,
        hour: u8::try_from(hour.value).ok()?,
        minute: 0,
        offset: None,
        loose: false,
        day_first: None,
    };
    let separator = line.char_at(hour.end)?;
    let mut has_minutes = false;
    if matches!(separator, ':' | '.' | 'h' | 'H' | '：' | '時' | '时' | '点' | '點' | '시') {
        let mut minute_at = hour.end + separator.len_utf8();
        if !separator.is_ascii() {
            minute_at = line.skip_blanks(minute_at);
        }
        if let Some(minute) =
            line.number(minute_at).filter(|number| number.n_digits == 2 && number.value < 60)
        {
            clock.minute = u8::try_from(minute.value).ok()?;
            clock.end = line.skip_one(minute.end, &['分', '분']);
            has_minutes = true;
        }
    }
    if has_minutes {
        clock.end = skip_seconds(line, clock.end);
        if separator == '.' && ends_as_amount(line, clock.end) {
            return None;
        }
        if matches!(separator, 'h' | 'H') {
            clock.day_first = Some(true);
        }
    }
    let half = read_half(line, &mut clock.end).unwrap_or(half);
    let word_at = line.skip_blanks(clock.end);
    let mut has_unit = false;
    if let Some(word) = line.word(word_at).filter(|word| word.is(CLOCK)) {
        clock.end = word.end;
        clock.day_first = Some(true);
        has_unit = true;
        clock.loose = !has_minutes && !word.is(CLOCK_ONLY);
    }
    if !has_minutes && half == 0 && !has_unit {
        return None;
    }
    match half {
        AM if clock.hour == 12 => clock.hour = 0,
        PM if clock.hour < 12 => clock.hour += 12,
        _ => {}
    }
    read_zone(line, &mut clock);
    Some(clock)
}

/// Whether nothing but separators, connecting words and weekdays lies between `clock` and a date that starts at `at`.
pub(super) fn leads_to(line: Line<'_>, clock: &Clock, date: usize) -> bool {
    let mut at = clock.end;
    for _ in 0..4 {
        at = skip_separators(line, at);
        if at >= date {
            return at == date;
        }
        match line.word(at).filter(|word| word.is(CONNECTOR | WEEKDAY)) {
            Some(word) => at = line.skip_one(word.end, &['.']),
            None => return false,
        }
    }
    skip_separators(line, at) == date
}

fn skip_separators(line: Line<'_>, mut at: usize) -> usize {
    while let Some(c) = line.char_at(at)
        && (is_blank(c)
            || matches!(c, ',' | '-' | '–' | '—' | '|' | '•' | '·' | '/' | '(' | ')' | '@' | ':' | '،' | ';'))
    {
        at += c.len_utf8();
    }
    at
}

/// Seconds and their fraction are read over.
fn skip_seconds(line: Line<'_>, at: usize) -> usize {
    if line.char_at(at) != Some(':') {
        return at;
    }
    let Some(second) = line.number(at + 1).filter(|number| number.n_digits == 2 && number.value < 61) else {
        return at;
    };
    match line.char_at(second.end) {
        Some('.' | ',') => line.number(second.end + 1).map_or(second.end, |fraction| fraction.end),
        _ => second.end,
    }
}

/// Whether what looked like "hh.mm" is a price, a percentage or a longer number.
fn ends_as_amount(line: Line<'_>, at: usize) -> bool {
    match line.char_at(at) {
        Some('%' | '€' | '$' | '£') => true,
        Some('.' | ',') => line.number(at + 1).is_some(),
        _ => matches!(line.char_at(line.skip_blanks(at)), Some('%' | '€' | '$' | '£')),
    }
}

/// Reads "am", "p.m.", "a. m." after the time at `end`.
fn read_half(line: Line<'_>, end: &mut usize) -> Option<u64> {
    let at = line.skip_blanks(*end);
    let word = line.word(at)?;
    if word.is(AM | PM) {
        *end = word.end;
        return Some(word.value & (AM | PM));
    }
    let half = match line.slice(word.start, word.end) {
        "a" | "A" => AM,
        "p" | "P" => PM,
        _ => return None,
    };
    let dot = line.skip_one(word.end, &['.']);
    let second = line.word(line.skip_blanks(dot))?;
    if dot == word.end || !matches!(line.slice(second.start, second.end), "m" | "M") {
        return None;
    }
    *end = line.skip_one(second.end, &['.']);
    Some(half)
}

fn read_zone(line: Line<'_>, clock: &mut Clock) {
    let blank_end = line.skip_blanks(clock.end);
    let glued_hours = || {
        read_whole_hours(line, blank_end).filter(|(_, end)| blank_end == clock.end && *end == blank_end + 3)
    };
    if let Some((offset, end)) = read_offset(line, blank_end).or_else(glued_hours) {
        clock.offset = Some(offset);
        clock.end = end;
        return;
    }
    let opened = line.skip_one(blank_end, &['(']);
    let Some(word) = line.word(opened).filter(|word| word.is(ZONE)) else { return };
    if !line.slice(word.start, word.end).chars().all(char::is_uppercase) {
        return;
    }
    clock.end = word.end;
    if word.is(OFFSET) {
        clock.offset = Some((word.value >> 48) as u16 as i16);
    }
    if word.is(MONTH_FIRST) {
        clock.day_first = Some(false);
    }
    if clock.offset == Some(0)
        && let Some((offset, end)) =
            read_offset(line, line.skip_blanks(word.end)).or_else(|| read_whole_hours(line, word.end))
    {
        clock.offset = Some(offset);
        clock.end = end;
    }
    if opened > blank_end {
        clock.end = line.skip_one(clock.end, &[')']);
    }
}

/// Reads "+02:00" or "-0430".
fn read_offset(line: Line<'_>, at: usize) -> Option<(i16, usize)> {
    let (sign, digits_at) = read_sign(line, at)?;
    let first = line.number(digits_at)?;
    let (hours, minutes, end) = match first.n_digits {
        4 => (first.value / 100, first.value % 100, first.end),
        2 if line.char_at(first.end) == Some(':') => {
            let second = line.number(first.end + 1).filter(|number| number.n_digits == 2)?;
            (first.value, second.value, second.end)
        }
        _ => return None,
    };
    if hours > 14 || minutes > 59 || (hours == 14 && minutes > 0) || line.char_at(end).is_some_and(is_letter)
    {
        return None;
    }
    Some((sign * i16::try_from(hours * 60 + minutes).ok()?, end))
}

/// Reads the "+2" of "GMT+2".
fn read_whole_hours(line: Line<'_>, at: usize) -> Option<(i16, usize)> {
    let (sign, digits_at) = read_sign(line, at)?;
    let hours = line.number(digits_at).filter(|number| number.n_digits <= 2 && number.value <= 14)?;
    Some((sign * i16::try_from(hours.value * 60).ok()?, hours.end))
}

fn read_sign(line: Line<'_>, at: usize) -> Option<(i16, usize)> {
    match line.char_at(at)? {
        '+' => Some((1, at + 1)),
        '-' => Some((-1, at + 1)),
        '−' => Some((-1, at + '−'.len_utf8())),
        _ => None,
    }
}
