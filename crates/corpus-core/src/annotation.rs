//! An annotation: a typed value that stands off a document's text.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A value that one annotator gives to one span of the text. The text itself is never touched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Annotation {
    /// What it is about, in the document's text.
    pub span: Span,
    /// The layer, which says what shape the value has: `link`, `time`, `name` …
    pub layer: Cow<'static, str>,
    /// The value; `null` where the layer has none.
    pub value: serde_json::Value,
    /// The rule that made it.
    pub rule: Cow<'static, str>,
    /// How sure the annotator is, from 0 to 1.
    pub confidence: f32,
}
