//! The way of documents into the index.

use super::{
    Payload, candidates, record,
    schema::{self, BETWEEN, Fields},
    writing::Writing,
};
use crate::{
    error::Error,
    fact::Fact,
    part_text::{PartText, UNKNOWN_LANGUAGE},
    scope::is_clean,
};
use corpus_store::Corpus;
use std::{fs, path::Path};
use tantivy::{IndexSettings, TantivyDocument, store::Compressor};

/// Most parts of one document that keep their order.
const PARTS: u64 = 1 << 16;
/// Memory for what is not yet written.
pub(super) const WRITER_MEMORY: usize = 128 << 20;

/// Brings an index up to the snapshot of the corpus, from the one it reflects or from nothing, in one commit.
pub(super) fn update(
    index: &tantivy::Index,
    fields: &Fields,
    corpus: &Corpus,
    path: &Path,
    known: Option<Payload>,
) -> Result<(), Error> {
    let writing = Writing::begin(index, path, WRITER_MEMORY)?;
    let mut documents = corpus.documents();
    let mut order = 0;
    if let Some(known) = known {
        order = known.documents;
        for id in corpus.left_since(known.snapshot)? {
            writing.delete(schema::document_term(fields.document, id.as_str()));
        }
        documents = documents.added_since(known.snapshot);
    }
    let is_update = order > 0;
    for document in documents {
        let document = document?;
        if is_update {
            // A document that left and came back must not be there twice.
            writing.delete(schema::document_term(fields.document, document.id.as_str()));
        }
        for part in PartText::all_of(&document, order) {
            writing.add(indexed(&part, fields), part.text.len())?;
        }
        order += 1;
    }
    writing.commit(&Payload::of(corpus, order))
}

/// An empty index in a folder that is not there.
pub(super) fn create(path: &Path, fields: &Fields) -> Result<tantivy::Index, Error> {
    fs::create_dir_all(path).map_err(|error| Error::index(path, "make a folder for", error))?;
    tantivy::Index::builder()
        .schema(fields.schema.clone())
        .tokenizers(schema::tokenizers())
        .settings(settings())
        .create_in_dir(path)
        .map_err(|error| Error::index(path, "make", error))
}

/// Texts are kept as they are: packed they would be a quarter smaller, and take time whenever they are written or shown.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// A part as a document of the index.
pub(super) fn indexed(part: &PartText, fields: &Fields) -> TantivyDocument {
    let mut document = sought(part, fields);
    document.add_text(fields.kept_text, &part.text);
    document.add_bytes(fields.kept, &record::write(part));
    document
}

/// The place of a part in the order of the corpus.
pub(super) fn place(part: &PartText) -> u64 {
    part.order * PARTS + (part.part as u64).min(PARTS - 1)
}

/// What a part is found by.
pub(super) fn sought(part: &PartText, fields: &Fields) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let (mut text, mut rest) = (String::with_capacity(part.text.len() + 64), String::new());
    let has_sign = memchr::memchr(BETWEEN as u8, part.text.as_bytes()).is_some();
    for passage in &part.passages {
        let field = if is_clean(part.kind, passage.role) { &mut text } else { &mut rest };
        // The sign that parts passages is no part of a word: in a text it becomes a blank.
        let slice = part.slice(passage);
        if has_sign && slice.contains(BETWEEN) {
            field.push_str(&slice.replace(BETWEEN, " "));
        } else {
            field.push_str(slice);
        }
        field.push(BETWEEN);
    }
    document.add_text(fields.text, text);
    if !rest.is_empty() {
        document.add_text(fields.rest, rest);
    }
    if let Some(title) = &part.title {
        document.add_text(fields.title, title);
    }
    for author in &part.authors {
        document.add_text(fields.author, author);
    }
    for site in part.sites() {
        document.add_text(fields.site, site);
    }
    for text in part.facts.iter().flat_map(Fact::words) {
        document.add_text(fields.facts, text);
    }
    let language = part.language.as_deref().unwrap_or(UNKNOWN_LANGUAGE);
    document.add_text(fields.language, language.split('-').next().unwrap_or(language).to_lowercase());
    let (first, last) = part.published.as_ref().map_or((None, None), corpus_core::Edtf::bounds);
    if first.is_some() || last.is_some() {
        document.add_i64(fields.first_day, first.map_or(-candidates::NO_DAY, candidates::days));
        document.add_i64(fields.last_day, last.map_or(candidates::NO_DAY, candidates::days));
    }
    let kind = record::KINDS.iter().position(|kind| *kind == part.kind).unwrap_or(0);
    document.add_u64(fields.kind, kind as u64);
    document.add_bytes(fields.document, &schema::document_bytes(&part.document));
    document.add_u64(fields.order, place(part));
    document
}
