//! The language of what is annotated, and what is not looked for in it.

use corpus_core::{Diagnostic, Document, PartKind, Severity, Span, language};
use std::borrow::Cow;

/// Code of the remark that a document is in a language in which less is found.
pub const OTHER_LANGUAGE: &str = "annotate.language";

/// What is found in documents in other languages than English, and what is not.
///
/// ```
/// assert!(corpus_annotate::READ_IN_OTHER_LANGUAGES.starts_with("only dates that are written out"));
/// ```
pub const READ_IN_OTHER_LANGUAGES: &str = "only dates that are written out, quotations, countries, other names in \
                                           Latin letters and outlets in brackets are found in other languages than English, no \
                                           statements, events or other times";

/// The language of a document, where its facts were looked for in one in which less is found than in English.
///
/// It is what `Annotators::annotate` remarked, and `None` for a document that was not annotated.
pub fn other_language(document: &Document) -> Option<Cow<'_, str>> {
    let remarked = document.diagnostics.iter().any(|diagnostic| diagnostic.code == OTHER_LANGUAGE);
    remarked.then(|| of_text(document, article(document)?)).flatten()
}

/// Whether a language is English, of whatever country.
pub(crate) fn is_english(language: &str) -> bool {
    language.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
}

/// Length in bytes below which names alone may make a sentence Dutch or German: "Ada met Bo in Oslo".
const SHORT: usize = 160;

/// The language of what stands in `span`: what its words say, where a page only states one. A short text without a
/// letter that English lacks is in none that can be told.
pub(crate) fn of_text(document: &Document, span: Span) -> Option<Cow<'_, str>> {
    if span.len() < SHORT && document.text[span].is_ascii() {
        return None;
    }
    let stated = || document.language.as_deref().map(Cow::Borrowed);
    if document.source.media_type == "text/plain" {
        return stated();
    }
    language::detect(&document.text[span]).map(Cow::Borrowed).or_else(stated)
}

/// The remark about a document in `language`, where less is found in it.
pub(crate) fn remark(language: Option<&str>) -> Option<Diagnostic> {
    let language = language.filter(|language| !is_english(language))?;
    let message = format!("the text is in {language}: {READ_IN_OTHER_LANGUAGES}");
    Some(Diagnostic::new(OTHER_LANGUAGE, Severity::Info, message))
}

/// From the first to the last block that is annotated: those of every part but furniture, or all where there is none.
fn article(document: &Document) -> Option<Span> {
    let bare = document.parts.iter().all(|part| part.kind == PartKind::Furniture);
    let is_read = |kind: PartKind| bare || kind != PartKind::Furniture;
    let mut read = document.blocks.iter().filter(|block| is_read(document.part_of(block).kind));
    let first = read.next()?.span;
    Some(Span::new(first.start, read.next_back().map_or(first.end, |last| last.span.end)))
}
