//! A value as it is written, and what is made narrower or longer of it.

use super::Known;
use crate::time::{Anchor, expression::Clock, vocabulary::Portion};
use corpus_core::{Edtf, edtf::days_in_month};

/// A value in both notations, and the date that later expressions can start from.
pub(super) struct Value {
    pub(super) timex: Option<String>,
    pub(super) edtf: Option<Edtf>,
    pub(super) known: Known,
    pub(super) anchor: Anchor,
}

impl Value {
    pub(super) fn known(known: Known, anchor: Anchor) -> Value {
        let known = known.valid();
        let timex = known.timex();
        let edtf = match known.year {
            Some(year @ ..=0) => format!("-{:04}", -year).parse().ok(),
            _ => timex.as_deref().and_then(|value| value.parse().ok()),
        };
        Value { timex, edtf, known, anchor }
    }

    pub(super) fn none(anchor: Anchor) -> Value {
        Value { timex: None, edtf: None, known: Known::default(), anchor }
    }
}

/// From one date to another.
pub(super) fn spanned(from: Value, to: &Value) -> Value {
    let both = from.timex.as_ref().zip(to.timex.as_ref()).map(|(from, to)| format!("{from}/{to}"));
    Value { edtf: both.as_deref().and_then(|value| value.parse().ok()), timex: both, ..from }
}

/// Narrows a value to a part of its period, where a notation has a word for it.
pub(super) fn portioned(value: &mut Value, portion: Portion) {
    let half = match portion {
        Portion::FirstHalf => 1,
        Portion::SecondHalf => 2,
        Portion::Start | Portion::Middle | Portion::End | Portion::Whole => return,
    };
    match value.known {
        Known { year: Some(year), month: None, .. } => {
            value.timex = Some(format!("{year:04}-H{half}"));
            value.edtf = format!("{year:04}-{}", 39 + half).parse().ok();
        }
        Known { year: Some(year), month: Some(month), day: None } => {
            let days = if half == 1 { (1, 15) } else { (16, days_in_month(year, month)) };
            value.edtf =
                format!("{year:04}-{month:02}-{:02}/{year:04}-{month:02}-{:02}", days.0, days.1).parse().ok();
        }
        _ => {}
    }
}

/// Adds the time of day to a value.
pub(super) fn at_clock(value: &mut Value, clock: Clock) {
    let day = value.known.day.and(value.timex.take());
    match clock {
        Clock::Part(part) => {
            value.timex = Some(format!("{}T{part}", day.as_deref().unwrap_or("XXXX-XX-XX")));
        }
        Clock::Minutes(minutes, utc) => {
            let (hour, minute) = (minutes / 60, minutes % 60);
            let zone = if utc { "Z" } else { "" };
            let time = format!("{}T{hour:02}:{minute:02}{zone}", day.as_deref().unwrap_or(""));
            if value.known.full().is_some() {
                value.edtf = time.parse().ok();
            }
            value.timex = Some(time);
        }
    }
}
