//! The schemas of the tables, each column with its description.

use arrow_schema::{DataType, Field, Fields, Schema};
use std::{collections::HashMap, sync::Arc};

/// A column that every row has.
fn column(name: &str, data_type: DataType, description: &str) -> Field {
    let metadata = HashMap::from([("description".to_owned(), description.to_owned())]);
    Field::new(name, data_type, false).with_metadata(metadata)
}

/// A column that a row may lack.
fn optional(name: &str, data_type: DataType, description: &str) -> Field {
    column(name, data_type, description).with_nullable(true)
}

fn structure(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}

fn list(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", item, false)))
}

const TEXT: DataType = DataType::Utf8;
const OFFSET: DataType = DataType::UInt32;

fn source() -> DataType {
    structure(vec![
        column("uri", TEXT, "path or address of the file or container, as the user named it"),
        column("media_type", TEXT, "media type of the record"),
        column("bytes", DataType::UInt64, "length of the record in bytes"),
        column("blake3", TEXT, "BLAKE3 of the record's bytes, 64 hex digits"),
        optional(
            "record",
            structure(vec![
                column("index", DataType::UInt64, "number of the record in its container, from 0"),
                column("offset", DataType::UInt64, "byte offset of the record in its container"),
                optional("id", TEXT, "the container's own name for the record"),
            ]),
            "place of the record in its container; null where the file is the record",
        ),
        column(
            "metadata",
            structure(vec![
                optional("id", TEXT, "the record's own id"),
                optional("url", TEXT, "address of the page"),
                optional("date", TEXT, "date of the page, as written"),
            ]),
            "what the record says of itself",
        ),
        optional("fetched", TEXT, "when the bytes were fetched, as the container writes it"),
    ])
}

fn published() -> DataType {
    let evidence = structure(vec![
        optional("span_start", OFFSET, "first byte of the words of the text that say so"),
        optional("span_end", OFFSET, "byte after those words"),
        optional("field", TEXT, "the field that says so, where it is not the text"),
        optional("value", TEXT, "value of that field, as written"),
    ]);
    structure(vec![
        column("edtf", TEXT, "date to the day or coarser, or an interval (EDTF, ISO 8601-2)"),
        optional("timestamp", TEXT, "the same to the minute or second (EDTF)"),
        column("method", TEXT, "how it is known: metadata, timestamp, url, record or inferred"),
        column("evidence", list(evidence), "what says so, the strongest first"),
        optional("bounds", TEXT, "what more is known of an open date (EDTF)"),
    ])
}

fn parts() -> DataType {
    list(structure(vec![
        column("kind", TEXT, "article, embedded, comments or furniture"),
        optional("title", TEXT, "the headline"),
        column("authors", list(TEXT), "names of the persons who wrote it"),
        optional("site", TEXT, "name of the site or outlet"),
        optional("url", TEXT, "canonical address"),
        column("topics", list(TEXT), "topics, tags and keywords"),
        optional("modified", published(), "when it was last changed"),
        optional("published", published(), "when it was published"),
    ]))
}

fn blocks() -> DataType {
    let cell = structure(vec![
        column("span_start", OFFSET, "first byte of the cell in the text"),
        column("span_end", OFFSET, "byte after the cell"),
    ]);
    list(structure(vec![
        column("span_start", OFFSET, "first byte of the block in the text"),
        column("span_end", OFFSET, "byte after the block"),
        column("role", TEXT, "what the block does on the page"),
        column("part", DataType::UInt32, "index of its part in `parts`"),
        column("confidence", DataType::Float32, "how sure the labeller is, from 0 to 1"),
        column("why", TEXT, "why it has its role"),
        optional("level", DataType::UInt8, "level of a heading, 1 the highest"),
        optional("depth", DataType::UInt8, "depth of a list item or comment, 1 the outermost"),
        optional("ordinal", DataType::UInt32, "number of a list item or comment"),
        optional("language", TEXT, "BCP 47 language where it differs from the document's"),
        column("truncated", DataType::Boolean, "whether the page itself cut the text short"),
        optional("timestamp", TEXT, "date and time that the block states (EDTF)"),
        optional("label", TEXT, "label of a status or timestamp, as written"),
        optional("author", TEXT, "who wrote it"),
        optional("path", TEXT, "place of a comment in its thread"),
        optional("outlet", TEXT, "outlet that a source note names"),
        column("cells", list(cell), "cells of a table row"),
        optional("origin_start", OFFSET, "first byte in the decoded source, where that is not the text"),
        optional("origin_end", OFFSET, "byte after it in the decoded source"),
        optional("origin_line", DataType::UInt32, "line of the decoded source that it begins on, from 1"),
    ]))
}

fn diagnostics() -> DataType {
    list(structure(vec![
        column("code", TEXT, "stable name of the kind of remark"),
        column("severity", TEXT, "info or warning"),
        column("message", TEXT, "what happened"),
        optional("span_start", OFFSET, "first byte in the text, where it is about a place"),
        optional("span_end", OFFSET, "byte after that place"),
    ]))
}

/// One row a document. Annotations have tables of their own.
pub(crate) fn documents() -> Schema {
    Schema::new(vec![
        column("id", TEXT, "id of the document, made of its bytes: b3: and 32 hex digits"),
        column("source", source(), "where the bytes came from"),
        column("also", list(source()), "where else the same bytes were found"),
        column("text", TEXT, "the page's text; every span counts UTF-8 bytes of it, from 0"),
        optional("language", TEXT, "BCP 47 language of the text"),
        column("parts", parts(), "the parts of the page"),
        column("blocks", blocks(), "the blocks of the text, in order, none overlapping"),
        column("diagnostics", diagnostics(), "remarks on the way the page was read"),
    ])
}

/// One row an annotation, the documents in their order.
pub(crate) fn annotations() -> Schema {
    Schema::new(vec![
        column("document", TEXT, "id of the document"),
        column(
            "row",
            DataType::UInt32,
            "row of the document in the documents table of the same number, from 0",
        ),
        column("n", DataType::UInt32, "place among all annotations of the document, from 0"),
        column("span_start", OFFSET, "first byte in the document's text"),
        column("span_end", OFFSET, "byte after it"),
        optional("value", TEXT, "the value, as JSON; null where the layer has none"),
        column("rule", TEXT, "the rule that made it"),
        column("confidence", DataType::Float32, "how sure the annotator is, from 0 to 1"),
    ])
}

/// One row a link from what a document names to what the corpus knows.
pub(crate) fn links() -> Schema {
    Schema::new(vec![
        column("document", TEXT, "id of the document"),
        column("layer", TEXT, "layer whose values hold the local id"),
        column("local_id", TEXT, "id in the document"),
        column("corpus_id", TEXT, "id in the corpus; minted once, never used again"),
    ])
}

/// One row an entity of the whole corpus, or an id that was merged into another.
pub(crate) fn entities() -> Schema {
    let variant = structure(vec![
        column("name", TEXT, "the name, as texts have it"),
        column("count", DataType::UInt32, "mentions"),
    ]);
    Schema::new(vec![
        column("corpus_id", TEXT, "id in the corpus; minted once, never used again"),
        column("kind", TEXT, "PER, ORG, LOC, the kind of an event, agreement; empty where it was merged"),
        column("name", TEXT, "the name to show"),
        column("variants", list(variant), "how it is named, the most frequent first"),
        column("documents", DataType::UInt32, "number of documents that name it"),
        optional("redirected_to", TEXT, "the id that stands for it, where it was merged into another"),
    ])
}

/// One row a document that is in a cluster of copies.
pub(crate) fn clusters() -> Schema {
    Schema::new(vec![
        column("cluster", DataType::UInt64, "number of the cluster, from 1"),
        column("survivor", TEXT, "id of the document that stands for the cluster"),
        column("member", TEXT, "id of the document; the survivor is a member too"),
        column("relation", TEXT, "what it is to its closest copy: exact, near, contains or reworded"),
        column(
            "similarity",
            DataType::Float64,
            "how like it is, from 0 to 1, in the measure of the relation",
        ),
    ])
}

/// One row a record whose bytes are not the text of its document.
pub(crate) fn sources() -> Schema {
    Schema::new(vec![
        column("blake3", TEXT, "BLAKE3 of the bytes, 64 hex digits"),
        column("bytes", DataType::LargeBinary, "the bytes of the record, untouched"),
    ])
}
