//! The rows of the tables: what their columns are, and how a document fills them.

use crate::selection::{Selected, block_at};
use corpus_core::{Annotation, Offsets, Published};
use serde_json::Value;

/// A row: a text for each column, empty where there is nothing to say.
pub(super) type Row = Vec<String>;

/// Columns of `documents`. Offsets are UTF-8 bytes; `characters` are code points.
pub(super) const DOCUMENTS: &[&str] = &[
    "number",
    "id",
    "uri",
    "record_index",
    "record_offset",
    "record_id",
    "media_type",
    "bytes",
    "blake3",
    "own_id",
    "own_url",
    "own_date",
    "language",
    "characters",
    "parts",
    "blocks",
    "annotations",
    "title",
    "site",
    "published",
    "text",
];

/// Columns of `parts`.
pub(super) const PARTS: &[&str] = &[
    "document",
    "part",
    "kind",
    "title",
    "authors",
    "site",
    "url",
    "topics",
    "published",
    "timestamp",
    "method",
    "modified",
];

/// Columns of `blocks`. `start` and `end` are UTF-8 bytes, `start_char` and `end_char` code points.
pub(super) const BLOCKS: &[&str] = &[
    "document",
    "block",
    "part",
    "part_kind",
    "role",
    "line",
    "start",
    "end",
    "start_char",
    "end_char",
    "confidence",
    "why",
    "level",
    "depth",
    "ordinal",
    "language",
    "truncated",
    "timestamp",
    "label",
    "author",
    "path",
    "outlet",
    "text",
];

/// Columns of a table of annotations, with columns for `fields` of the value at its end.
pub(super) fn annotation_head(fields: &[&'static str]) -> Vec<&'static str> {
    let mut head = vec![
        "document",
        "layer",
        "block",
        "start",
        "end",
        "start_char",
        "end_char",
        "text",
        "rule",
        "confidence",
        "value",
    ];
    head.extend(fields);
    head
}

/// The row of a document, the one with this number from 0.
pub(super) fn document(selected: &Selected<'_>, number: u64) -> Row {
    let document = selected.document;
    let source = &document.source;
    let record = source.record.as_ref();
    let article = document.article();
    vec![
        number.to_string(),
        document.id.to_string(),
        source.uri.clone(),
        shown(record.map(|record| record.index)),
        shown(record.map(|record| record.offset)),
        shown(record.and_then(|record| record.id.as_ref())),
        source.media_type.clone(),
        source.bytes.to_string(),
        source.blake3.clone(),
        shown(source.metadata.id.as_ref()),
        shown(source.metadata.url.as_ref()),
        shown(source.metadata.date.as_ref()),
        shown(document.language.as_ref()),
        document.text.chars().count().to_string(),
        document.parts.len().to_string(),
        selected.blocks().count().to_string(),
        selected.annotations().count().to_string(),
        shown(article.and_then(|part| part.title.as_ref())),
        shown(article.and_then(|part| part.site.as_ref())),
        shown(article.and_then(|part| part.published.as_ref()).map(|published| &published.edtf)),
        document.text.clone(),
    ]
}

/// The rows of a document's parts.
pub(super) fn parts<'s>(selected: &'s Selected<'_>) -> impl Iterator<Item = Row> + 's {
    let document = selected.document;
    let parts = document.parts.iter().enumerate().filter(|(_, part)| selected.takes(part.kind));
    parts.map(|(index, part)| {
        let published = part.published.as_ref();
        vec![
            document.id.to_string(),
            index.to_string(),
            part.kind.to_string(),
            shown(part.title.as_ref()),
            part.authors.join("; "),
            shown(part.site.as_ref()),
            shown(part.url.as_ref()),
            part.topics.join("; "),
            shown(published.map(|published| &published.edtf)),
            shown(published.and_then(|published| published.timestamp.as_ref())),
            published.map(method).unwrap_or_default(),
            shown(part.modified.as_ref().map(|modified| &modified.edtf)),
        ]
    })
}

/// The rows of a document's blocks.
pub(super) fn blocks<'s>(selected: &'s Selected<'_>) -> impl Iterator<Item = Row> + 's {
    let document = selected.document;
    let mut offsets = Offsets::new(&document.text);
    selected.blocks().map(move |(index, block)| {
        let span = block.span;
        let (line, start) = (offsets.line(span.start), offsets.characters(span.start));
        vec![
            document.id.to_string(),
            index.to_string(),
            block.part.to_string(),
            document.part_of(block).kind.to_string(),
            block.role.to_string(),
            line.to_string(),
            span.start.to_string(),
            span.end.to_string(),
            start.to_string(),
            offsets.characters(span.end).to_string(),
            block.confidence.to_string(),
            block.why.to_string(),
            shown(block.level),
            shown(block.depth),
            shown(block.ordinal),
            shown(block.language.as_ref()),
            block.truncated.to_string(),
            shown(block.timestamp.as_ref()),
            shown(block.label.as_ref()),
            shown(block.author.as_ref()),
            shown(block.path.as_ref()),
            shown(block.outlet.as_ref()),
            document.slice(block).to_owned(),
        ]
    })
}

/// The rows of a document's annotations, without the columns that a layer has of its own.
pub(super) fn annotations<'d>(
    selected: &Selected<'d>,
) -> impl Iterator<Item = (&'d Annotation, Row)> + use<'d> {
    let document = selected.document;
    let mut offsets = Offsets::new(&document.text);
    selected.annotations().map(move |annotation| {
        let span = annotation.span;
        let start = offsets.characters(span.start);
        let row = vec![
            document.id.to_string(),
            annotation.layer.to_string(),
            shown(block_at(document, span.start)),
            span.start.to_string(),
            span.end.to_string(),
            start.to_string(),
            offsets.characters(span.end).to_string(),
            document.text[span].to_owned(),
            annotation.rule.to_string(),
            annotation.confidence.to_string(),
            annotation.value.to_string(),
        ];
        (annotation, row)
    })
}

/// A field of an annotation's value as a cell: text as it is, all else as JSON.
pub(super) fn field(value: &Value, name: &str) -> String {
    match value.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn method(published: &Published) -> String {
    match serde_json::to_value(published.method) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
