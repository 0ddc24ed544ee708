//! Dates as EDTF (ISO 8601-2): what is not known stays open.

use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};

/// A date, a date with a time, or an interval, written as EDTF: `2017-10-02`, `2017-10-02T11:57`, `XXXX-09-06`,
/// `2020-09-14/..`.
///
/// ```
/// use corpus_core::Edtf;
/// let stamp: Edtf = "2017-10-02T11:57".parse()?;
/// assert_eq!(stamp.date().as_str(), "2017-10-02");
/// # Ok::<(), corpus_core::EdtfError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Edtf(String);

impl Edtf {
    /// The date as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date without its time of day.
    pub fn date(&self) -> Edtf {
        match self.0.split_once('T') {
            Some((date, _)) if !self.0.contains('/') => Edtf(date.to_owned()),
            _ => self.clone(),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A text that is no EDTF date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError(String);

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no EDTF date (ISO 8601-2), such as 2017-10-02 or 2020-09-14/..", self.0)
    }
}

impl std::error::Error for EdtfError {}

impl FromStr for Edtf {
    type Err = EdtfError;
    fn from_str(text: &str) -> Result<Self, EdtfError> {
        if text.is_empty() {
            return Err(EdtfError(text.to_owned()));
        }
        Ok(Edtf(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
