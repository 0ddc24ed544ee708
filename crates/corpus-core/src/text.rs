//! The parser of plain text: one page's text as an extractor drew it.

use crate::{
    assemble::{assemble, folded},
    document::Document,
    encoding, headline,
    id::DocumentId,
    label::{Labeller, RoleModel, RoleWeights},
    language, layout,
    parser::Parser,
    part::PartKind,
    record::Record,
    sequence::Feature,
    span::Span,
    trees::Table,
};

/// Reads plain text: the text of a page as some extractor drew it, or a text file.
///
/// # What it reads
/// Text in UTF-8, UTF-16 or a legacy encoding, one paragraph a line or broken at a fixed width; Markdown, where the marks
/// of the page show that it is.
///
/// # What it leaves out
/// Nothing: every character that is not white space lies in a block.
///
/// # Known misses
/// Where an extractor has dropped all blank lines and markers, a heading is told from a paragraph by its shape alone.
#[derive(Debug, Default)]
pub struct Text {
    labeller: Labeller,
    /// Another model than the one that ships.
    model: Option<RoleModel>,
}

impl Text {
    /// A parser with the tables of this crate.
    pub fn new() -> Self {
        Text::default()
    }

    /// A parser with another model than the one that ships, to measure it.
    pub fn weighted(model: RoleModel) -> Self {
        Text { model: Some(model), ..Text::default() }
    }

    /// The lines of a text, each with its features: what the weights of roles are trained on.
    pub fn features(&self, text: &str) -> Vec<(Span, Vec<Feature>)> {
        let lines = layout::lines(text);
        let features = self.labeller.features(text, &lines);
        lines.iter().map(|line| line.span).zip(features).collect()
    }
}

impl Text {
    /// The lines of a text that a second look is taken at, and their features, by what `chain` makes of the page: what
    /// the trees of main text are trained on.
    pub fn second_features(&self, chain: &RoleWeights, text: &str) -> (Vec<Span>, Table) {
        let lines = layout::lines(text);
        let (open, table) = self.labeller.second_features(chain, text, &lines);
        (open.into_iter().map(|at| lines[at].span).collect(), table)
    }
}

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
        let lines = layout::lines(&document.text);
        let mut labels = match &self.model {
            Some(model) => self.labeller.label_by(model, &document.text, &lines),
            None => self.labeller.label(&document.text, &lines),
        };
        if let Some(address) = &record.metadata.url {
            headline::find(&document.text, &lines, address, &mut labels);
        }
        assemble(&mut document, &lines, &labels, self.labeller.cues());
        if let (Some(title), Some(part)) = (&record.title, document.parts.first_mut())
            && part.kind == PartKind::Article
        {
            part.title = Some(folded(title)).filter(|title| !title.is_empty()).or(part.title.take());
        }
        sink(document);
    }
}
