//! What the fuzz targets share: parsers and annotators made once, and the laws that whatever comes out must keep.

use corpus_annotate::Annotators;
use corpus_core::{Document, Record, Registry};
use corpus_tests::{check_facts, check_laws};
use std::sync::LazyLock;

static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::core);
static ANNOTATORS: LazyLock<Annotators> = LazyLock::new(Annotators::core);

/// The documents of a page of text, or of HTML.
///
/// # Panics
/// When a law is broken.
pub fn parse(bytes: &[u8], is_html: bool) -> Vec<Document> {
    let record = Record::new(if is_html { "page.html" } else { "page.txt" }, bytes);
    let record = record.with_media_type(if is_html { "text/html" } else { "text/plain" });
    let documents = REGISTRY.parse_all(&record);
    documents.iter().for_each(check_laws);
    documents
}

/// Finds what a page of text says.
///
/// # Panics
/// When a law is broken.
pub fn annotate(bytes: &[u8]) {
    for mut document in parse(bytes, false) {
        ANNOTATORS.annotate(&mut document);
        check_facts(&document);
    }
}
