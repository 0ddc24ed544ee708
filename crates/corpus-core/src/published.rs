//! A date of publication or change, with how it is known and the evidence.

use crate::{edtf::Edtf, span::Span};
use serde::{Deserialize, Serialize};

/// When an article was published or changed, as EDTF, with the method and evidence by which it is known.
///
/// What is not known stays open (`XXXX-09-06`, `2020-09-14/..`); the day on which the page is read is never an anchor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Published {
    /// The date to the day or coarser, or an interval.
    pub edtf: Edtf,
    /// The same to the minute, with the offset from UTC, where the page says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Edtf>,
    /// How it is known.
    pub method: Method,
    /// What says so, the strongest first.
    pub evidence: Vec<Evidence>,
    /// What more is known of an open date, such as the years it can lie in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Edtf>,
}

impl Published {
    /// A date known by `method` from one piece of evidence; a time of day moves into `timestamp`.
    pub fn new(date: Edtf, method: Method, evidence: Evidence) -> Self {
        let edtf = date.date();
        let timestamp = (edtf != date).then_some(date);
        Published { edtf, timestamp, method, evidence: vec![evidence], bounds: None }
    }
}

/// How a date is known, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Method {
    /// The page's markup says so.
    Metadata,
    /// A timestamp block of the page says so.
    Timestamp,
    /// The page's address says so.
    Url,
    /// The record's own metadata say so.
    Record,
    /// The text gives it away.
    Inferred,
}

impl Method {
    /// The name in JSON and in prose.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Metadata => "metadata",
            Method::Timestamp => "timestamp",
            Method::Url => "url",
            Method::Record => "record",
            Method::Inferred => "inferred",
        }
    }
}

/// One thing that says when: a span of the document's text, or a field and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum Evidence {
    /// Words of the text.
    Span {
        /// Where they lie.
        span: Span,
    },
    /// A field outside the text.
    Field {
        /// Its name, such as `record.date` or `meta[article:published_time]`.
        field: String,
        /// Its value, as written.
        value: String,
    },
}
