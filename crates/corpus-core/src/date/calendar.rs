//! The forms in which pages write a day or a month.

use super::{
    clock::{self, Clock},
    line::{Line, Number, Word, is_blank, is_letter},
    words::{CONNECTOR, MONTH, MONTH_LABEL, ORDINAL, SHAKY, WEEKDAY, WEEKDAY_SHIFT, YEAR, YEAR_LABEL},
};
use crate::edtf::{Day, Edtf};

/// A date found in a line.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) year: Option<u16>,
    /// The month; `None` where numbers leave open which of them is the month.
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) clock: Option<Clock>,
}

impl Found {
    pub(super) fn to_edtf(self) -> Option<Edtf> {
        match (self.year.map(i32::from), self.month, self.day) {
            (Some(year), Some(month), Some(day)) => match self.clock {
                Some(clock) => Edtf::minute(year, month, day, clock.hour, clock.minute, clock.offset),
                None => Edtf::day(year, month, day),
            },
            (Some(year), Some(month), None) => Edtf::month(year, month),
            (Some(year), None, _) => Edtf::year(year),
            (None, Some(month), Some(day)) => Edtf::yearless(month, day),
            (None, ..) => None,
        }
    }

    /// Whether it is the first of January 1970, from which programs count.
    pub(super) fn is_epoch(self) -> bool {
        (self.year, self.month, self.day) == (Some(1970), Some(1), Some(1))
    }
}

/// The date of which `number` is the first number, with the time of day beside it. `before` is a time of day that
/// stands before it in the line.
pub(super) fn read(line: Line<'_>, number: Number, before: Option<&Clock>) -> Option<Found> {
    let mut found = read_day(line, number, before)?;
    if found.day.is_some() && found.clock.is_none() {
        found.clock = match clock::after(line, found.end) {
            Some(clock) => {
                found.end = clock.end;
                Some(clock)
            }
            None => before.filter(|clock| clock::leads_to(line, clock, found.start)).copied(),
        };
        if let Some(clock) = found.clock {
            found.start = found.start.min(clock.start);
        }
    }
    Some(found)
}

/// The date of which `number` is the first number; with a time of day only where that stands before the year.
pub(super) fn read_day(line: Line<'_>, number: Number, before: Option<&Clock>) -> Option<Found> {
    let glued = follows_a_letter(line, number) && month_before(line, number.start).is_none();
    match number.n_digits {
        // A label may be glued to a day with month and year, "Published2 October 2017", a name to one in figures, "Ana
        // Brandt02.10.2017", but neither to another number.
        1 | 2 if glued => day_first(line, number)
            .filter(|found| found.year.is_some())
            .or_else(|| numeric(line, number, before).filter(|found| is_dotted_in_full(line, *found))),
        _ if glued => None,
        4 => year_first(line, number).or_else(|| month_and_year(line, number)),
        1 | 2 => numeric(line, number, before).or_else(|| with_month_word(line, number)),
        _ => None,
    }
}

/// Whether a date is "02.10.2017".
fn is_dotted_in_full(line: Line<'_>, found: Found) -> bool {
    let text = line.slice(found.start, found.end);
    text.len() == "02.10.2017".len() && text.matches('.').count() == 2 && found.day.is_some()
}

/// Whether the number is a later part of a longer one, such as a version.
fn continues_a_number(line: Line<'_>, number: Number) -> bool {
    matches!(line.char_before(number.start), Some('.' | '/' | '-'))
        && line.char_before(number.start - 1).is_some_and(|c| c.is_ascii_digit())
}

/// Whether the number is glued to a Latin letter, as in a name or an identifier.
fn follows_a_letter(line: Line<'_>, number: Number) -> bool {
    line.char_before(number.start).is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
}

/// "2 October 2017", "October 2, 2017"; without a year where there is none.
fn with_month_word(line: Line<'_>, number: Number) -> Option<Found> {
    let month_first = month_first(line, number);
    if month_first.is_some_and(|found| found.year.is_some()) {
        return month_first;
    }
    let day_first = day_first(line, number);
    if day_first.is_some_and(|found| found.year.is_some()) { day_first } else { month_first.or(day_first) }
}

/// "2. Oktober 2017", "2nd of October, 2017", "2-Oct-17", "2 de octubre de 2017", "2 tháng 10 năm 2017".
fn day_first(line: Line<'_>, number: Number) -> Option<Found> {
    let day = day_of(number)?;
    let mut at = skip_ordinal(line, number.end);
    let dotted = line.char_at(at) == Some('.');
    at = line.skip_one(at, &['.', 'º', 'ª', '°']);
    at = line.skip_blanks(at);
    at = line.skip_blanks(line.skip_one(at, &['-', '/', '–', '‑']));
    at = skip_connectors(line, at);
    let word = line.word(at)?;
    let (month, end) = if word.is(MONTH_LABEL) {
        let month = line.number(line.skip_blanks(word.end))?;
        (month_of(month)?, month.end)
    } else {
        (month_named(word, dotted)?, word.end)
    };
    let found = with_year_after(line, number.start, end, month, day);

    if found.year.is_some() {
        return Some(found);
    }
    // "02 Oct 17" at the end of a line.
    let short_year = line.number(line.skip_blanks(end)).filter(|year| {
        year.n_digits == 2 && number.n_digits == 2 && line.skip_blanks(year.end) == line.len()
    });
    match short_year {
        Some(year) => Some(Found { end: year.end, year: u16::try_from(full_year(year.value)).ok(), ..found }),
        None => Some(found).filter(|_| !word.is(SHAKY)),
    }
}

/// "October 2, 2017", "Oct. 2nd 2017", "Mon Oct 2 11:57:00 2017".
fn month_first(line: Line<'_>, number: Number) -> Option<Found> {
    let day = day_of(number)?;
    let word = month_before(line, number.start)?;
    let month = month_named(word, false)?;
    let end = skip_ordinal(line, number.end);
    match line.char_at(end) {
        Some(':') if line.number(end + 1).is_some() => return None,
        Some('.' | ',') if line.number(end + 1).is_some_and(|after| after.n_digits != 4) => return None,
        Some(c) if is_letter(c) => return None,
        _ => {}
    }
    Some(with_year_after(line, word.start, end, month, day))
}

/// The date `start..end`, with the year that follows it, or a time of day and the year.
fn with_year_after(line: Line<'_>, start: usize, end: usize, month: u8, day: u8) -> Found {
    let found = Found { start, end, year: None, month: Some(month), day: Some(day), clock: None };
    if let Some((year, end)) = year_after(line, end) {
        return if exists(year, month, day) {
            Found { end, year: Some(year), ..found }
        } else {
            Found { end, year: Some(year), day: None, ..found }
        };
    }
    if let Some(clock) = clock::after(line, end)
        && let Some((year, end)) = year_after(line, clock.end)
        && exists(year, month, day)
    {
        return Found { end, year: Some(year), clock: Some(clock), ..found };
    }
    found
}

fn year_after(line: Line<'_>, at: usize) -> Option<(u16, usize)> {
    let mut at = line.skip_one(at, &['.']);
    at = line.skip_blanks(at);
    let before_sign = at;
    at = line.skip_one(at, &[',', '-', '/', '–', '‑', '،', '\'', '’']);
    let sign = line.char_at(before_sign).filter(|_| at > before_sign);
    at = skip_connectors(line, line.skip_blanks(at));
    if let Some(word) = line.word(at).filter(|word| word.is(YEAR_LABEL)) {
        at = line.skip_blanks(word.end);
    }
    let mut number = line.number(at)?;
    let follows = line.char_at(number.end);
    if sign == Some(',') && matches!(number.n_digits, 5 | 6) {
        // A counter glued to the year: "October 2, 20170".
        number = line.first_digits(number, 4).filter(|number| (2000..2050).contains(&number.value))?;
    }
    match number.n_digits {
        4 => year_of(number),
        2 if matches!(sign, Some('-' | '\'' | '’')) && !follows.is_some_and(|c| c == ':' || is_letter(c)) => {
            u16::try_from(full_year(number.value)).ok()
        }
        _ => None,
    }
    .map(|year| (year, skip_year_word(line, number.end)))
}

/// "2017-10-02", "2017. 10. 2.", "2017/Oct/02", "2017年10月2日", "2017. október 2.", "2017 m. spalio 2 d.".
fn year_first(line: Line<'_>, number: Number) -> Option<Found> {
    let year = year_of(number).filter(|year| (1900..2100).contains(year))?;
    let mut found =
        Found { start: number.start, end: number.end, year: Some(year), month: None, day: None, clock: None };
    let separator = line.char_at(number.end)?;
    let at = number.end + separator.len_utf8();
    if matches!(separator, '-' | '/' | '.' | '‑' | '–')
        && !continues_a_number(line, number)
        && let Some(month) = line.number(line.skip_blanks(at))
    {
        let month_of_year = month_of(month)?;
        if line.char_at(month.end) != Some(separator) {
            return None;
        }
        let day = line.number(line.skip_blanks(month.end + separator.len_utf8()))?;
        found.month = Some(month_of_year);
        found.day = Some(day_of(day).filter(|day| exists(year, month_of_year, *day))?);
        found.end = day.end;
        return Some(found);
    }
    if matches!(separator, '年' | '년') {
        let month = line.number(line.skip_blanks(at))?;
        found.month = Some(month_of(month)?);
        let month_end = line.skip_one(month.end, &['月', '월']);
        if month_end == month.end {
            return None;
        }
        found.end = month_end;
        if let Some(day) = line.number(line.skip_blanks(month_end)) {
            let day_end = line.skip_one(day.end, &['日', '일', '号', '號']);
            if day_end > day.end {
                found.day = Some(day_of(day).filter(|day| exists(year, found.month.unwrap_or(0), *day))?);
                found.end = day_end;
            }
        }
        return Some(found);
    }
    let mut at = line.skip_one(number.end, &['-', '/', '.']);
    at = line.skip_blanks(at);
    if at == number.end && !is_letter(separator) {
        return None;
    }
    if let Some(word) = line.word(at).filter(|word| word.is(YEAR) && !word.is(MONTH)) {
        at = line.skip_blanks(line.skip_one(word.end, &['.', ',']));
    }
    let (month, day) = match line.number(at) {
        Some(day) => {
            let word = line.word(line.skip_blanks(line.skip_one(day.end, &['.'])))?;
            found.end = word.end;
            (month_named(word, true)?, day)
        }
        None => {
            let word = line.word(at).filter(|word| !word.is(SHAKY))?;
            let day = line.number(line.skip_blanks(line.skip_one(word.end, &['-', '/', '.'])))?;
            if line.char_at(day.end) == Some(':') {
                return None;
            }
            found.end = day.end;
            (month_named(word, false)?, day)
        }
    };
    found.month = Some(month);
    found.day = Some(day_of(day).filter(|day| exists(year, month, *day))?);
    Some(found)
}

/// "October 2017", "octubre de 2017".
fn month_and_year(line: Line<'_>, number: Number) -> Option<Found> {
    let year = year_of(number)?;
    if line.char_at(number.end).is_some_and(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let word = month_before(line, number.start)?;
    let month = month_named(word, false)?;
    Some(Found {
        start: word.start,
        end: number.end,
        year: Some(year),
        month: Some(month),
        day: None,
        clock: None,
    })
}

/// "02.10.2017", "2. 10. 2017", "10/02/2017", "02-10-2017", "02.10.17".
fn numeric(line: Line<'_>, first: Number, before: Option<&Clock>) -> Option<Found> {
    let separator = line.char_at(first.end).filter(|c| matches!(c, '.' | '/' | '-'))?;
    if continues_a_number(line, first) {
        return None;
    }
    let second = line.number(line.skip_blanks(first.end + 1)).filter(|number| number.n_digits <= 2)?;
    if line.char_at(second.end) != Some(separator) {
        return None;
    }
    let third = line.number(line.skip_blanks(second.end + 1))?;
    let year = match third.n_digits {
        4 => year_of(third).filter(|year| (1900..2100).contains(year))?,
        2 if first.n_digits == 2 && second.n_digits == 2 => u16::try_from(full_year(third.value)).ok()?,
        _ => return None,
    };
    let next = line.char_at(third.end);
    // A year of two digits with a letter behind it is a number of another kind; to one of four, a word may be glued.
    if next.is_some_and(|c| c.is_ascii_alphabetic() && c != 'T' && third.n_digits == 2)
        || (next == Some(separator) && line.number(third.end + 1).is_some())
    {
        return None;
    }
    let [a, b] = [first.value, second.value].map(|value| u8::try_from(value).unwrap_or(0));
    let as_day_first = exists(year, b, a).then_some((b, a));
    let as_month_first = exists(year, a, b).then_some((a, b));
    let mut found =
        Found { start: first.start, end: third.end, year: Some(year), month: None, day: None, clock: None };
    let chosen = match (as_day_first, as_month_first) {
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => return None,
        (Some(one), Some(_)) if separator == '.' => Some(one),
        (Some(one), Some(other)) => {
            let by_weekday = weekday_before(line, first.start).and_then(|weekdays| {
                let fits = |(month, day): (u8, u8)| {
                    Day::new(year.into(), month, day)
                        .is_some_and(|day| weekdays & (1 << (day.weekday() - 1)) != 0)
                };
                match (fits(one), fits(other)) {
                    (true, false) => Some(true),
                    (false, true) => Some(false),
                    _ => None,
                }
            });
            let by_clock = || {
                clock::after(line, third.end)
                    .or_else(|| before.filter(|clock| clock::leads_to(line, clock, first.start)).copied())
                    .and_then(|clock| clock.day_first)
            };
            by_weekday
                .or_else(by_clock)
                .or_else(|| line.day_first())
                .map(|day_first| if day_first { one } else { other })
        }
    };
    if third.n_digits == 2 && chosen.is_none() {
        return None;
    }
    (found.month, found.day) = (chosen.map(|(month, _)| month), chosen.map(|(_, day)| day));
    Some(found)
}

/// The month word before `at`, with nothing but a sign and a connecting word between.
fn month_before(line: Line<'_>, at: usize) -> Option<Word> {
    let word = line.word_before(skip_back(line, at))?;
    let word = if word.value == 0 { line.last_hump(word) } else { word };
    if word.is(MONTH) {
        return Some(word).filter(|word| !word.is(SHAKY));
    }
    let word = word.is(CONNECTOR).then(|| line.word_before(skip_back(line, word.start)))??;
    (word.is(MONTH) && !word.is(SHAKY)).then_some(word)
}

/// The weekdays that the word before `at` can mean, Monday the lowest bit.
fn weekday_before(line: Line<'_>, at: usize) -> Option<u64> {
    let word = line.word_before(skip_back(line, at))?;
    word.is(WEEKDAY).then_some((word.value & WEEKDAY) >> WEEKDAY_SHIFT)
}

/// The place before the blanks and signs that end at `at`; at most four of them.
pub(super) fn skip_back(line: Line<'_>, mut at: usize) -> usize {
    for _ in 0..4 {
        match line.char_before(at) {
            Some(c) if is_blank(c) || matches!(c, '.' | ',' | '-' | '/' | '–' | '\'' | '’') => {
                at -= c.len_utf8()
            }
            _ => break,
        }
    }
    at
}

fn skip_ordinal(line: Line<'_>, at: usize) -> usize {
    line.word(at).filter(|word| word.is(ORDINAL) && !word.is(MONTH)).map_or(at, |word| word.end)
}

/// Skips up to two connecting words, as in "of", "de l’", "ta’".
fn skip_connectors(line: Line<'_>, mut at: usize) -> usize {
    for _ in 0..2 {
        let Some(word) = line.word(at).filter(|word| word.is(CONNECTOR) && !word.is(MONTH)) else { break };
        at = line.skip_blanks(line.skip_one(word.end, &['\'', '’', '.']));
    }
    at
}

/// Skips "г.", "р.", "m." after a year.
fn skip_year_word(line: Line<'_>, at: usize) -> usize {
    let word_at = line.skip_blanks(at);
    match line.word(word_at) {
        Some(word) if word.is(YEAR) && !line.slice(word.start, word.end).is_ascii() => {
            line.skip_one(word.end, &['.'])
        }
        _ => at,
    }
}

/// The month that `word` names. Where two languages disagree ("listopada"), a dotted day tells the earlier month.
fn month_named(word: Word, dotted: bool) -> Option<u8> {
    let months = word.value & MONTH;
    if months == 0 {
        return None;
    }
    let month = if dotted { months.trailing_zeros() } else { 63 - months.leading_zeros() };
    u8::try_from(month).ok()
}

fn day_of(number: Number) -> Option<u8> {
    u8::try_from(number.value).ok().filter(|day| number.n_digits <= 2 && (1..=31).contains(day))
}

fn month_of(number: Number) -> Option<u8> {
    u8::try_from(number.value).ok().filter(|month| number.n_digits <= 2 && (1..=12).contains(month))
}

/// A year of four digits; one of the Buddhist era is counted anew.
fn year_of(number: Number) -> Option<u16> {
    let year = u16::try_from(number.value).ok().filter(|_| number.n_digits == 4)?;
    match year {
        1000..2200 => Some(year),
        2440..2700 => Some(year - 543),
        _ => None,
    }
}

/// The year that two digits mean: 1970 to 2069.
fn full_year(two_digits: u32) -> u32 {
    if two_digits < 70 { 2000 + two_digits } else { 1900 + two_digits }
}

fn exists(year: u16, month: u8, day: u8) -> bool {
    Day::new(year.into(), month, day).is_some()
}
