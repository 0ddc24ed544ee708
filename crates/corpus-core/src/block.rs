//! A block: one run of lines of a page with one role.

use crate::{edtf::Edtf, role::Role, span::Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A run of a page's text that does one thing there.
///
/// Blocks of a document are in order and do not overlap; every character of the text that is not Unicode White_Space
/// lies in exactly one of them. A span begins and ends on characters that are not white space. What does not apply
/// to a block is `None` here and absent in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Block {
    /// Where it lies in the document's text.
    pub span: Span,
    /// What it does on the page.
    pub role: Role,
    /// Index of its part in `Document::parts`.
    pub part: usize,
    /// How sure the labeller is, from 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// Why it has its role, in a few words.
    #[serde(default)]
    pub why: Cow<'static, str>,
    /// Level of a heading, 1 the highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Depth of a list item, 1 the outermost; of a comment, the number of comments it answers in a row, plus one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<u8>,
    /// Number of a list item or comment as the page shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u32>,
    /// BCP 47 language of the block where it differs from the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Cow<'static, str>>,
    /// Whether the page itself cut the text short ("…", "...", "[…]").
    #[serde(default, skip_serializing_if = "is_false")]
    pub truncated: bool,
    /// The date and time that a timestamp, status, byline or comment author states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Edtf>,
    /// The label of a status or timestamp, as written ("Category status:").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who wrote it: of a byline, standfirst, timestamp, comment author or comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Place of a comment in its thread, "3.1" the first reply to the third comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The outlet that a source note names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Cells of a table row, each a span of the document's text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Span>,
    /// Byte range in the decoded source, where the text is not the source itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Span>,
    /// The line of the decoded source that `origin` begins on, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_line: Option<u32>,
}

impl Block {
    /// A block without attributes, in part 0, with full confidence.
    pub const fn new(span: Span, role: Role) -> Self {
        Block {
            span,
            role,
            part: 0,
            confidence: 1.0,
            why: Cow::Borrowed(""),
            level: None,
            depth: None,
            ordinal: None,
            language: None,
            truncated: false,
            timestamp: None,
            label: None,
            author: None,
            path: None,
            outlet: None,
            cells: Vec::new(),
            origin: None,
            origin_line: None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(value: &bool) -> bool {
    !*value
}
