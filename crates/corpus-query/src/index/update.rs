//! The way of documents into the index.

use super::{
    Payload, candidates, record,
    schema::{self, BETWEEN, Fields},
};
use crate::{error::Error, fact::Fact, part_text::PartText, scope::is_clean};
use corpus_store::Corpus;
use std::{fs, path::Path};
use tantivy::{IndexSettings, IndexWriter, TantivyDocument, TantivyError, store::Compressor};

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
    let failed = |error: TantivyError| Error::index(path, "write", error);
    let writer = writer(index, path, WRITER_MEMORY)?;
    let mut documents = corpus.documents();
    let mut order = 0;
    if let Some(known) = known {
        order = known.documents;
        for id in corpus.left_since(known.snapshot)? {
            writer.delete_term(schema::document_term(fields.document, id.as_str()));
        }
        documents = documents.added_since(known.snapshot);
    }
    let is_update = order > 0;
    for document in documents {
        let document = document?;
        if is_update {
            // A document that left and came back must not be there twice.
            writer.delete_term(schema::document_term(fields.document, document.id.as_str()));
        }
        for part in PartText::all_of(&document, order) {
            writer.add_document(indexed(&part, fields)).map_err(failed)?;
        }
        order += 1;
    }
    commit(writer, path, &Payload::of(corpus, order))
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

/// What writes an index with so many bytes of memory for what is not yet written.
pub(super) fn writer(
    index: &tantivy::Index,
    path: &Path,
    memory: usize,
) -> Result<IndexWriter<TantivyDocument>, Error> {
    index.writer_with_num_threads(1, memory).map_err(|error: TantivyError| Error::index(path, "write", error))
}

/// Ends the writing: what was written is there, and says of itself what it is.
pub(super) fn commit(
    mut writer: IndexWriter<TantivyDocument>,
    path: &Path,
    payload: &Payload,
) -> Result<(), Error> {
    let failed = |error: TantivyError| Error::index(path, "write", error);
    let mut commit = writer.prepare_commit().map_err(failed)?;
    commit.set_payload(&serde_json::to_string(payload).unwrap_or_default());
    commit.commit().map_err(failed)?;
    writer.wait_merging_threads().map_err(failed)
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
    for passage in &part.passages {
        let field = if is_clean(part.kind, passage.role) { &mut text } else { &mut rest };
        // The sign that parts passages is no part of a word: in a text it becomes a blank.
        let slice = part.slice(passage);
        if slice.contains(BETWEEN) {
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
    if let Some(site) = &part.site {
        document.add_text(fields.site, site);
    }
    for text in part.facts.iter().flat_map(Fact::words) {
        document.add_text(fields.facts, text);
    }
    if let Some(language) = &part.language {
        document.add_text(fields.language, language.split('-').next().unwrap_or(language).to_lowercase());
    }
    if let Some((Some(first), Some(last))) = part.published.as_ref().map(corpus_core::Edtf::bounds) {
        document.add_i64(fields.first_day, candidates::days(first));
        document.add_i64(fields.last_day, candidates::days(last));
    }
    let kind = record::KINDS.iter().position(|kind| *kind == part.kind).unwrap_or(0);
    document.add_u64(fields.kind, kind as u64);
    document.add_bytes(fields.document, &schema::document_bytes(&part.document));
    document.add_u64(fields.order, place(part));
    document
}
