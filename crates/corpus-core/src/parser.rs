//! A parser: from the bytes of a record to documents.

use crate::{document::Document, record::Record};

/// Reads one kind of page.
///
/// A parser holds no state between records and reaches for nothing outside them: the same record gives the same
/// documents, on any machine and in any order. Content never fails: any bytes at all give documents, and what was
/// odd about them stands in `Document::diagnostics`.
pub trait Parser: Send + Sync {
    /// The name, as `--parser` takes it: what is read, in one lower-case word.
    fn name(&self) -> &'static str;

    /// What it reads, in one line for the list of parsers.
    fn description(&self) -> &'static str;

    /// The media types it reads, in lower case and without parameters; the first is the one a document gets whose
    /// record names none.
    fn media_types(&self) -> &'static [&'static str];

    /// Whether the bytes look like something this parser reads. Only asked where no parser claims the record's
    /// media type. Looks at no more than the first few kilobytes.
    fn sniff(&self, bytes: &[u8]) -> bool;

    /// Parses a record into one document or several, each handed to `sink` as soon as it is whole.
    fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document));

    /// The documents of a record, gathered.
    fn parse_all(&self, record: &Record<'_>) -> Vec<Document> {
        let mut documents = Vec::new();
        self.parse(record, &mut |document| documents.push(document));
        documents
    }
}
