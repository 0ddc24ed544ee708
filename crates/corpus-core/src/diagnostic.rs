//! A remark about a document that was read all the same.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A remark on the way a page was read. Content never fails: a broken page is a document with diagnostics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// Stable name of the kind of remark, such as `encoding.replaced`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What happened, in a lower-case fragment.
    pub message: Cow<'static, str>,
    /// Where in the text, if anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Diagnostic {
    /// A remark about the document as a whole.
    pub fn new(code: &'static str, severity: Severity, message: impl Into<Cow<'static, str>>) -> Self {
        Diagnostic { code: Cow::Borrowed(code), severity, message: message.into(), span: None }
    }
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something may have been lost or misread.
    Warning,
}
