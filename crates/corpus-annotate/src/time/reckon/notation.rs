//! Lengths of time and what recurs, as TIMEX3 writes them.

use crate::time::{Anchor, Time, TimeKind, calendar::letters, expression::Recurrence, vocabulary::Unit};

/// A length of time.
pub(super) fn length(count: Option<f64>, unit: Unit, anchor: Anchor) -> Time {
    Time { kind: TimeKind::Duration, timex: Some(duration(count, unit)), edtf: None, anchor, in_name: false }
}

/// A length as ISO 8601 writes it, `X` for a number that is not said.
fn duration(count: Option<f64>, unit: Unit) -> String {
    let Some(count) = count else {
        return match unit {
            Unit::Decade => "PXDE".to_owned(),
            Unit::Century => "PXCE".to_owned(),
            _ => with_letters("X", unit),
        };
    };
    let (count, unit) = match unit {
        Unit::Decade => (10.0 * count, Unit::Year),
        Unit::Century => (100.0 * count, Unit::Year),
        Unit::Fortnight => (2.0 * count, Unit::Week),
        Unit::Year if count == 0.5 => (6.0, Unit::Month),
        Unit::Hour if count == 0.5 => (30.0, Unit::Minute),
        Unit::Day if count == 0.5 => (12.0, Unit::Hour),
        _ => (count, unit),
    };
    with_letters(&count.to_string(), unit)
}

fn with_letters(count: &str, unit: Unit) -> String {
    let (letters, time) = letters(unit);
    format!("P{}{count}{letters}", if time { "T" } else { "" })
}

/// What recurs, as TIMEX3 writes it.
pub(super) fn recurs(recurrence: Recurrence) -> String {
    match recurrence {
        Recurrence::Length(length) => length.to_owned(),
        Recurrence::Units(count, unit) => duration(Some(count), unit),
        Recurrence::Weekday(day) => format!("XXXX-WXX-{day}"),
        Recurrence::DayPart(part) => format!("XXXX-XX-XXT{part}"),
        Recurrence::Season(season) => format!("XXXX-{season}"),
        Recurrence::Month(month) => format!("XXXX-{month:02}"),
        Recurrence::Day(month, day) => format!("XXXX-{month:02}-{day:02}"),
    }
}
