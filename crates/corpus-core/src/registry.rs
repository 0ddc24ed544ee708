//! The list of parsers a frontend knows, and the choice among them.

use crate::{document::Document, parser::Parser, record::Record};
use std::{fmt, sync::Arc};

/// An explicit list of parsers. Order is precedence: the first parser that claims a record reads it.
///
/// ```
/// use corpus_core::{Record, Registry};
/// let registry = Registry::core();
/// let documents = registry.parse_all(&Record::new("a.txt", "A title\n\nSome text.".as_bytes()));
/// assert_eq!(documents.len(), 1);
/// assert_eq!(registry.get("tex").err().unwrap().to_string(), "unknown parser \"tex\"; known parsers: html, text");
/// ```
#[derive(Clone, Default)]
pub struct Registry {
    parsers: Vec<Arc<dyn Parser>>,
}

impl Registry {
    /// A list without parsers.
    pub const fn new() -> Self {
        Registry { parsers: Vec::new() }
    }

    /// The parsers of this crate.
    pub fn core() -> Self {
        Registry::new().with(crate::text::Text::new()).with(crate::html::Html)
    }

    /// The same list with one more parser, asked before those already there: a stranger's parser wins over ours.
    pub fn with(mut self, parser: impl Parser + 'static) -> Self {
        self.parsers.insert(0, Arc::new(parser));
        self
    }

    /// The parsers, in order of precedence.
    pub fn parsers(&self) -> impl Iterator<Item = &dyn Parser> {
        self.parsers.iter().map(AsRef::as_ref)
    }

    /// The parser called `name`.
    ///
    /// # Errors
    /// [`UnknownParser`], which lists the known ones.
    pub fn get(&self, name: &str) -> Result<&dyn Parser, UnknownParser> {
        self.parsers().find(|parser| parser.name() == name).ok_or_else(|| UnknownParser {
            name: name.to_owned(),
            known: self.parsers().map(Parser::name).collect(),
        })
    }

    /// The parser that reads `record`: by its media type, else by its first bytes, else the last of the list.
    /// `None` only where the list is empty.
    pub fn choose(&self, record: &Record<'_>) -> Option<&dyn Parser> {
        let by_type = record
            .media_type
            .as_deref()
            .and_then(|media_type| self.parsers().find(|parser| parser.media_types().contains(&media_type)));
        by_type
            .or_else(|| self.parsers().find(|parser| parser.sniff(&record.bytes)))
            .or_else(|| self.parsers().last())
    }

    /// Parses a record with the parser that reads it.
    pub fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        if let Some(parser) = self.choose(record) {
            parser.parse(record, sink);
        }
    }

    /// The documents of a record, gathered.
    pub fn parse_all(&self, record: &Record<'_>) -> Vec<Document> {
        let mut documents = Vec::new();
        self.parse(record, &mut |document| documents.push(document));
        documents
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parsers().map(Parser::name)).finish()
    }
}

/// A name that is no parser's; its message lists the known ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownParser {
    name: String,
    known: Vec<&'static str>,
}

impl fmt::Display for UnknownParser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown parser {:?}; known parsers: {}", self.name, self.known.join(", "))
    }
}

impl std::error::Error for UnknownParser {}
