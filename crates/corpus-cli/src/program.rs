//! The program: what it reads, finds and writes.

use corpus_annotate::{Annotator, Annotators};
use corpus_core::{Parser, Registry};
use corpus_export::{Format, Formats};

/// The command line with the parsers, annotators and export formats that it works with: those that ship, and yours.
///
/// ```
/// # use corpus_core::{Document, Parser, Record};
/// # struct Wiki;
/// # impl Parser for Wiki {
/// #     fn name(&self) -> &'static str { "wiki" }
/// #     fn description(&self) -> &'static str { "wiki markup" }
/// #     fn media_types(&self) -> &'static [&'static str] { &["text/x-wiki"] }
/// #     fn sniff(&self, bytes: &[u8]) -> bool { bytes.starts_with(b"= ") }
/// #     fn parse(&self, _: &Record<'_>, _: &mut dyn FnMut(Document)) {}
/// # }
/// # struct Ships;
/// # impl corpus_annotate::Annotator for Ships {
/// #     fn layer(&self) -> &'static str { "ship" }
/// #     fn version(&self) -> u32 { 1 }
/// #     fn description(&self) -> &'static str { "ships" }
/// #     fn annotate(&self, _: &mut corpus_annotate::Page<'_>) {}
/// # }
/// use corpus_cli::Program;
/// let program = Program::new().parser(Wiki).annotator(Ships);
/// assert!(program.command().find_subcommand("parse").is_some());
/// ```
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) parsers: Registry,
    pub(crate) annotators: Annotators,
    pub(crate) formats: Formats,
}

impl Program {
    /// What ships.
    pub fn new() -> Self {
        Program { parsers: crate::registry(), annotators: Annotators::core(), formats: Formats::core() }
    }

    /// With one more parser, which is asked before those already there.
    #[must_use]
    pub fn parser(mut self, parser: impl Parser + 'static) -> Self {
        self.parsers = self.parsers.with(parser);
        self
    }

    /// With one more annotator, which runs last, or in the place of the one that finds the same layer.
    #[must_use]
    pub fn annotator(mut self, annotator: impl Annotator + 'static) -> Self {
        self.annotators = self.annotators.with(annotator);
        self
    }

    /// With one more export format, in the place of the one of its name if there is one.
    #[must_use]
    pub fn format(mut self, format: impl Format + 'static) -> Self {
        self.formats = self.formats.with(format);
        self
    }
}

impl Default for Program {
    fn default() -> Self {
        Program::new()
    }
}

/// With these parsers alone; annotators and formats are those that ship.
impl From<Registry> for Program {
    fn from(parsers: Registry) -> Self {
        Program { parsers, ..Program::new() }
    }
}
