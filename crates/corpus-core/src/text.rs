//! The parser of plain text: one page's text as an extractor drew it.

use crate::{
    block::Block,
    document::Document,
    encoding,
    id::DocumentId,
    language,
    parser::Parser,
    part::{Part, PartKind},
    record::Record,
    role::Role,
    span::Span,
};

/// Reads plain text: the text of a page as some extractor drew it, or a text file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text;

impl Parser for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn description(&self) -> &'static str {
        "plain text, as an extractor drew it from a page"
    }

    fn media_types(&self) -> &'static [&'static str] {
        &["text/plain"]
    }

    fn sniff(&self, _: &[u8]) -> bool {
        true
    }

    fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        let (text, diagnostics) = encoding::decode(&record.bytes, record.charset.as_deref());
        let source = record.source("text/plain");
        let mut document = Document::new(DocumentId::of(&source, None), source, text);
        document.diagnostics = diagnostics;
        document.language = language::detect(&document.text).map(Into::into);
        document.parts.push(Part::new(PartKind::Article));
        let mut start = 0;
        for line in document.text.split('\n') {
            let lead = line.len() - line.trim_start().len();
            let content = line.trim();
            if !content.is_empty() {
                let span = Span::new(start + lead, start + lead + content.len());
                document.blocks.push(Block::new(span, Role::Paragraph));
            }
            start += line.len() + 1;
        }
        sink(document);
    }
}
