//! A time: a date, time of day, duration or set that a text names.

use crate::{annotator::Annotator, page::Page};
use corpus_core::Edtf;
use serde::Serialize;

/// What an expression of time says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Time {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// TIMEX3 value; absent where the text gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timex: Option<String>,
    /// EDTF of a date; absent for durations and sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Edtf>,
    /// What it was reckoned from.
    pub anchor: Anchor,
    /// Whether it is part of a name ("Slavic Brotherhood 2020").
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_name: bool,
}

/// The types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A calendar date, of a day or coarser.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A time that recurs.
    Set,
}

/// What a time was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    /// Nothing: it says itself when it is.
    Absolute,
    /// The date of the document.
    Document,
    /// An event or time that the text names.
    Event,
    /// The time of the text that is quoted.
    Quotation,
    /// It could not be reckoned.
    None,
}

/// Finds the facts of layer `time`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times;

impl Annotator for Times {
    fn layer(&self) -> &'static str {
        "time"
    }
    fn version(&self) -> u32 {
        1
    }
    fn description(&self) -> &'static str {
        "dates, times of day, durations and sets"
    }
    fn annotate(&self, _page: &mut Page<'_>) {}
}
