//! A document: one page or feed item, parsed.

use crate::{
    annotation::Annotation,
    block::Block,
    diagnostic::Diagnostic,
    id::DocumentId,
    part::{Part, PartKind},
    source::Source,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One page or feed item, parsed: its text, the parts of the page and the blocks of the text.
///
/// `text` is the page's text as it came (a byte-order mark stripped, other encodings decoded, nothing else altered).
/// Its JSON form is the API: fields are added, never renamed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Document {
    /// The id, made of the bytes.
    pub id: DocumentId,
    /// Where the bytes came from.
    pub source: Source,
    /// Where else the same bytes were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Source>,
    /// The page's text. All spans point into it.
    pub text: String,
    /// BCP 47 language of the text; `None` where it cannot be told.
    pub language: Option<Cow<'static, str>>,
    /// The parts of the page: the article first where there is one, then embedded articles, comments, furniture.
    pub parts: Vec<Part>,
    /// The blocks of the text, in order, none overlapping.
    pub blocks: Vec<Block>,
    /// What annotators say of the text, in order of layer and span.
    pub annotations: Vec<Annotation>,
    /// Remarks on the way the page was read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// A document of `text` in which nothing is known yet.
    pub fn new(id: DocumentId, source: Source, text: String) -> Self {
        Document {
            id,
            source,
            also: Vec::new(),
            text,
            language: None,
            parts: Vec::new(),
            blocks: Vec::new(),
            annotations: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The article the page was published for.
    pub fn article(&self) -> Option<&Part> {
        self.parts.iter().find(|part| part.kind == PartKind::Article)
    }

    /// The text of a block.
    pub fn slice(&self, block: &Block) -> &str {
        &self.text[block.span]
    }

    /// The part a block belongs to.
    pub fn part_of(&self, block: &Block) -> &Part {
        &self.parts[block.part]
    }

    /// The clean article: title, standfirst, headings and body of the parts of kind `kind`, block by block.
    pub fn clean_text(&self, kind: PartKind) -> impl Iterator<Item = &str> {
        self.blocks
            .iter()
            .filter(move |block| block.role.is_text() && self.part_of(block).kind == kind)
            .map(|block| self.slice(block))
    }
}
