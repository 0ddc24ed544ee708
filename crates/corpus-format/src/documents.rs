//! Documents as rows, and rows as documents.

use crate::{
    columns::{Offsets, Presence, Spans, fields_of, offset, structure},
    error::Error,
    fields::{self, Fields, Rows, Texts},
    published::{PublishedColumns, PublishedRows},
    table::Table,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float32Array, RecordBatch, UInt8Array, UInt32Array, UInt64Array,
    builder::{BooleanBuilder, Float32Builder, StringBuilder, UInt8Builder, UInt32Builder, UInt64Builder},
};
use arrow_schema::{DataType, Schema};
use corpus_core::{
    Block, Diagnostic, Document, DocumentId, Metadata, Part, Place, Role, Severity, Source, Span,
};
use std::sync::Arc;

/// Rows of the documents table in the making. Annotations are left out: they have a table for each layer.
#[derive(Debug, Default)]
pub struct DocumentRows {
    n_bytes: usize,
    n_rows: usize,
    id: StringBuilder,
    source: SourceRows,
    also: Offsets,
    also_sources: SourceRows,
    text: StringBuilder,
    language: StringBuilder,
    parts: PartRows,
    blocks: BlockRows,
    diagnostics: DiagnosticRows,
}

impl DocumentRows {
    /// The most text that a batch can hold, in bytes.
    const MOST_BYTES: usize = i32::MAX as usize / 2;

    /// No row yet.
    pub fn new() -> Self {
        DocumentRows::default()
    }

    /// Number of rows.
    pub const fn len(&self) -> usize {
        self.n_rows
    }

    /// Whether there is no row.
    pub const fn is_empty(&self) -> bool {
        self.n_rows == 0
    }

    /// Bytes of text in the rows so far.
    pub const fn n_bytes(&self) -> usize {
        self.n_bytes
    }

    /// Adds a document.
    ///
    /// # Errors
    /// When the text is too large for a row, or too large together with those before it.
    pub fn push(&mut self, document: &Document) -> Result<(), Error> {
        let n_bytes = self.n_bytes.saturating_add(document.text.len());
        if n_bytes > Self::MOST_BYTES {
            return Err(Error::too_large(&document.id));
        }
        self.n_bytes = n_bytes;
        self.n_rows += 1;
        self.id.append_value(document.id.as_str());
        self.source.push(&document.source);
        self.also.push(document.also.len());
        document.also.iter().for_each(|source| self.also_sources.push(source));
        self.text.append_value(&document.text);
        self.language.append_option(document.language.as_deref());
        self.parts.push(&document.parts);
        self.blocks.push(&document.blocks);
        self.diagnostics.push(&document.diagnostics);
        Ok(())
    }

    /// The rows so far, none of which is left.
    ///
    /// # Errors
    /// When they do not fit into one batch.
    pub fn finish(&mut self) -> Result<RecordBatch, Error> {
        let schema = Table::Documents.schema();
        let also = self.also_sources.finish(item_type(&schema, "also")?)?;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            self.source.finish(column_type(&schema, "source")?)?,
            self.also.finish(column_type(&schema, "also")?, also)?,
            Arc::new(self.text.finish()),
            Arc::new(self.language.finish()),
            self.parts.finish(column_type(&schema, "parts")?)?,
            self.blocks.finish(column_type(&schema, "blocks")?)?,
            self.diagnostics.finish(column_type(&schema, "diagnostics")?)?,
        ];
        // The next rows are likely to be like these: room for all of them at once spares moving them again and again.
        self.text = StringBuilder::with_capacity(self.n_rows, self.n_bytes);
        (self.n_bytes, self.n_rows) = (0, 0);
        RecordBatch::try_new(schema, columns).map_err(Error::rows)
    }
}

fn column_type<'a>(schema: &'a Schema, name: &str) -> Result<&'a DataType, Error> {
    schema.field_with_name(name).map(|field| field.data_type()).map_err(Error::rows)
}

fn item_type<'a>(schema: &'a Schema, name: &str) -> Result<&'a DataType, Error> {
    item_of(column_type(schema, name)?)
}

/// The type of a list's items.
fn item_of(data_type: &DataType) -> Result<&DataType, Error> {
    match data_type {
        DataType::List(item) => Ok(item.data_type()),
        other => Err(Error::rows(format_args!("{other} is no list"))),
    }
}

/// The type of the field `name` of a structure, or of the structures in a list.
fn field_type<'a>(data_type: &'a DataType, name: &str) -> Result<&'a DataType, Error> {
    let field = fields_of(data_type)?.find(name).map(|(_, field)| field.data_type());
    field.ok_or_else(|| Error::rows(format_args!("there is no column {name:?}")))
}

#[derive(Debug, Default)]
struct SourceRows {
    uri: StringBuilder,
    media_type: StringBuilder,
    bytes: UInt64Builder,
    blake3: StringBuilder,
    record: Presence,
    index: UInt64Builder,
    offset: UInt64Builder,
    record_id: StringBuilder,
    id: StringBuilder,
    url: StringBuilder,
    date: StringBuilder,
    fetched: StringBuilder,
}

impl SourceRows {
    fn push(&mut self, source: &Source) {
        let Source { uri, media_type, bytes, blake3, record, metadata, fetched, .. } = source;
        self.uri.append_value(uri);
        self.media_type.append_value(media_type);
        self.bytes.append_value(*bytes);
        self.blake3.append_value(blake3);
        self.record.push(record.is_some());
        let place = record.as_ref();
        self.index.append_value(place.map_or(0, |place| place.index));
        self.offset.append_value(place.map_or(0, |place| place.offset));
        self.record_id.append_option(place.and_then(|place| place.id.as_deref()));
        self.id.append_option(metadata.id.as_deref());
        self.url.append_option(metadata.url.as_deref());
        self.date.append_option(metadata.date.as_deref());
        self.fetched.append_option(fetched.as_deref());
    }

    fn finish(&mut self, data_type: &DataType) -> Result<ArrayRef, Error> {
        let record: Vec<ArrayRef> = vec![
            Arc::new(self.index.finish()),
            Arc::new(self.offset.finish()),
            Arc::new(self.record_id.finish()),
        ];
        let metadata: Vec<ArrayRef> =
            vec![Arc::new(self.id.finish()), Arc::new(self.url.finish()), Arc::new(self.date.finish())];
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.uri.finish()),
            Arc::new(self.media_type.finish()),
            Arc::new(self.bytes.finish()),
            Arc::new(self.blake3.finish()),
            structure(field_type(data_type, "record")?, record, self.record.finish())?,
            structure(field_type(data_type, "metadata")?, metadata, None)?,
            Arc::new(self.fetched.finish()),
        ];
        structure(data_type, columns, None)
    }
}

#[derive(Debug, Default)]
struct PartRows {
    rows: Offsets,
    kind: StringBuilder,
    title: StringBuilder,
    authors: Offsets,
    author: StringBuilder,
    site: StringBuilder,
    url: StringBuilder,
    topics: Offsets,
    topic: StringBuilder,
    modified: PublishedRows,
    published: PublishedRows,
}

impl PartRows {
    fn push(&mut self, parts: &[Part]) {
        self.rows.push(parts.len());
        for part in parts {
            self.kind.append_value(part.kind.as_str());
            self.title.append_option(part.title.as_deref());
            self.authors.push(part.authors.len());
            part.authors.iter().for_each(|author| self.author.append_value(author));
            self.site.append_option(part.site.as_deref());
            self.url.append_option(part.url.as_deref());
            self.topics.push(part.topics.len());
            part.topics.iter().for_each(|topic| self.topic.append_value(topic));
            self.modified.push(part.modified.as_ref());
            self.published.push(part.published.as_ref());
        }
    }

    fn finish(&mut self, data_type: &DataType) -> Result<ArrayRef, Error> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.kind.finish()),
            Arc::new(self.title.finish()),
            self.authors.finish(field_type(data_type, "authors")?, Arc::new(self.author.finish()))?,
            Arc::new(self.site.finish()),
            Arc::new(self.url.finish()),
            self.topics.finish(field_type(data_type, "topics")?, Arc::new(self.topic.finish()))?,
            self.modified.finish(field_type(data_type, "modified")?)?,
            self.published.finish(field_type(data_type, "published")?)?,
        ];
        self.rows.finish(data_type, structure(item_of(data_type)?, columns, None)?)
    }
}

#[derive(Debug, Default)]
struct BlockRows {
    rows: Offsets,
    spans: Spans,
    role: StringBuilder,
    part: UInt32Builder,
    confidence: Float32Builder,
    why: StringBuilder,
    level: UInt8Builder,
    depth: UInt8Builder,
    ordinal: UInt32Builder,
    language: StringBuilder,
    truncated: BooleanBuilder,
    timestamp: StringBuilder,
    label: StringBuilder,
    author: StringBuilder,
    path: StringBuilder,
    outlet: StringBuilder,
    cells: Offsets,
    cell_spans: Spans,
    origins: Spans,
    origin_line: UInt32Builder,
}

impl BlockRows {
    fn push(&mut self, blocks: &[Block]) {
        self.rows.push(blocks.len());
        for block in blocks {
            self.spans.push(Some(block.span));
            self.role.append_value(block.role.as_str());
            self.part.append_value(offset(block.part));
            self.confidence.append_value(block.confidence);
            self.why.append_value(&block.why);
            self.level.append_option(block.level);
            self.depth.append_option(block.depth);
            self.ordinal.append_option(block.ordinal);
            self.language.append_option(block.language.as_deref());
            self.truncated.append_value(block.truncated);
            self.timestamp.append_option(block.timestamp.as_ref().map(|timestamp| timestamp.as_str()));
            self.label.append_option(block.label.as_deref());
            self.author.append_option(block.author.as_deref());
            self.path.append_option(block.path.as_deref());
            self.outlet.append_option(block.outlet.as_deref());
            self.cells.push(block.cells.len());
            block.cells.iter().for_each(|cell| self.cell_spans.push(Some(*cell)));
            self.origins.push(block.origin);
            self.origin_line.append_option(block.origin_line);
        }
    }

    fn finish(&mut self, data_type: &DataType) -> Result<ArrayRef, Error> {
        let [start, end] = self.spans.finish();
        let cells = field_type(data_type, "cells")?;
        let cell_spans = structure(item_of(cells)?, self.cell_spans.finish().into(), None)?;
        let [origin_start, origin_end] = self.origins.finish();
        let columns: Vec<ArrayRef> = vec![
            start,
            end,
            Arc::new(self.role.finish()),
            Arc::new(self.part.finish()),
            Arc::new(self.confidence.finish()),
            Arc::new(self.why.finish()),
            Arc::new(self.level.finish()),
            Arc::new(self.depth.finish()),
            Arc::new(self.ordinal.finish()),
            Arc::new(self.language.finish()),
            Arc::new(self.truncated.finish()),
            Arc::new(self.timestamp.finish()),
            Arc::new(self.label.finish()),
            Arc::new(self.author.finish()),
            Arc::new(self.path.finish()),
            Arc::new(self.outlet.finish()),
            self.cells.finish(cells, cell_spans)?,
            origin_start,
            origin_end,
            Arc::new(self.origin_line.finish()),
        ];
        self.rows.finish(data_type, structure(item_of(data_type)?, columns, None)?)
    }
}

#[derive(Debug, Default)]
struct DiagnosticRows {
    rows: Offsets,
    code: StringBuilder,
    severity: StringBuilder,
    message: StringBuilder,
    spans: Spans,
}

impl DiagnosticRows {
    fn push(&mut self, diagnostics: &[Diagnostic]) {
        self.rows.push(diagnostics.len());
        for diagnostic in diagnostics {
            self.code.append_value(&diagnostic.code);
            self.severity.append_value(match diagnostic.severity {
                Severity::Info => "info",
                _ => "warning",
            });
            self.message.append_value(&diagnostic.message);
            self.spans.push(diagnostic.span);
        }
    }

    fn finish(&mut self, data_type: &DataType) -> Result<ArrayRef, Error> {
        let [start, end] = self.spans.finish();
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.code.finish()),
            Arc::new(self.severity.finish()),
            Arc::new(self.message.finish()),
            start,
            end,
        ];
        self.rows.finish(data_type, structure(item_of(data_type)?, columns, None)?)
    }
}

/// The documents that rows of the documents table hold, without annotations.
///
/// # Errors
/// When a column is missing or holds what it should not.
pub fn documents_of(batch: &RecordBatch) -> Result<Vec<Document>, Error> {
    let fields = Fields::of(batch);
    let id = fields.texts("id")?;
    let source = SourceColumns::of(&fields.structure("source")?)?;
    let (also, also_sources) = fields.list("also")?;
    let also_sources = SourceColumns::of(&also_sources)?;
    let text = fields.texts("text")?;
    let language = fields.texts("language")?;
    let parts = PartColumns::of(&fields)?;
    let blocks = BlockColumns::of(&fields)?;
    let diagnostics = DiagnosticColumns::of(&fields)?;
    let document = |row: usize| -> Result<Document, Error> {
        let id: DocumentId = id.named(row)?;
        let mut document = Document::new(id, source.get(row), text.text(row).to_owned());
        document.also = also.items(row).map(|item| also_sources.get(item)).collect();
        document.language = language.owned(row).map(Into::into);
        document.parts = parts.rows.items(row).map(|item| parts.get(item)).collect::<Result<_, _>>()?;
        document.blocks = blocks.rows.items(row).map(|item| blocks.get(item)).collect::<Result<_, _>>()?;
        document.diagnostics =
            diagnostics.rows.items(row).map(|item| diagnostics.get(item)).collect::<Result<_, _>>()?;
        Ok(document)
    };
    (0..batch.num_rows()).map(document).collect()
}

#[derive(Debug)]
struct SourceColumns {
    uri: Texts,
    media_type: Texts,
    bytes: UInt64Array,
    blake3: Texts,
    record: Fields,
    index: UInt64Array,
    offset: UInt64Array,
    record_id: Texts,
    id: Texts,
    url: Texts,
    date: Texts,
    fetched: Texts,
}

impl SourceColumns {
    fn of(fields: &Fields) -> Result<Self, Error> {
        let record = fields.structure("record")?;
        let metadata = fields.structure("metadata")?;
        Ok(SourceColumns {
            uri: fields.texts("uri")?,
            media_type: fields.texts("media_type")?,
            bytes: fields.u64s("bytes")?,
            blake3: fields.texts("blake3")?,
            index: record.u64s("index")?,
            offset: record.u64s("offset")?,
            record_id: record.texts("id")?,
            record,
            id: metadata.texts("id")?,
            url: metadata.texts("url")?,
            date: metadata.texts("date")?,
            fetched: fields.texts("fetched")?,
        })
    }

    fn get(&self, row: usize) -> Source {
        let place = || Place {
            index: self.index.value(row),
            offset: self.offset.value(row),
            id: self.record_id.owned(row),
        };
        let mut source = Source::default();
        self.uri.text(row).clone_into(&mut source.uri);
        self.media_type.text(row).clone_into(&mut source.media_type);
        source.bytes = self.bytes.value(row);
        self.blake3.text(row).clone_into(&mut source.blake3);
        source.record = self.record.is_there(row).then(place);
        source.metadata =
            Metadata { id: self.id.owned(row), url: self.url.owned(row), date: self.date.owned(row) };
        source.fetched = self.fetched.owned(row);
        source
    }
}

#[derive(Debug)]
struct PartColumns {
    rows: Rows,
    kind: Texts,
    title: Texts,
    authors: Rows,
    author: Texts,
    site: Texts,
    url: Texts,
    topics: Rows,
    topic: Texts,
    modified: PublishedColumns,
    published: PublishedColumns,
}

impl PartColumns {
    fn of(fields: &Fields) -> Result<Self, Error> {
        let (rows, fields) = fields.list("parts")?;
        let (authors, author) = fields.text_list("authors")?;
        let (topics, topic) = fields.text_list("topics")?;
        Ok(PartColumns {
            rows,
            kind: fields.texts("kind")?,
            title: fields.texts("title")?,
            authors,
            author,
            site: fields.texts("site")?,
            url: fields.texts("url")?,
            topics,
            topic,
            modified: PublishedColumns::of(fields.structure("modified")?)?,
            published: PublishedColumns::of(fields.structure("published")?)?,
        })
    }

    fn get(&self, row: usize) -> Result<Part, Error> {
        let mut part = Part::new(self.kind.named(row)?);
        part.title = self.title.owned(row);
        part.authors = self.authors.items(row).map(|item| self.author.text(item).to_owned()).collect();
        part.site = self.site.owned(row);
        part.url = self.url.owned(row);
        part.topics = self.topics.items(row).map(|item| self.topic.text(item).to_owned()).collect();
        part.modified = self.modified.get(row)?;
        part.published = self.published.get(row)?;
        Ok(part)
    }
}

#[derive(Debug)]
struct BlockColumns {
    rows: Rows,
    spans: fields::Spans,
    role: Texts,
    part: UInt32Array,
    confidence: Float32Array,
    why: Texts,
    level: UInt8Array,
    depth: UInt8Array,
    ordinal: UInt32Array,
    language: Texts,
    truncated: BooleanArray,
    timestamp: Texts,
    label: Texts,
    author: Texts,
    path: Texts,
    outlet: Texts,
    cells: Rows,
    cell_spans: fields::Spans,
    origins: fields::Spans,
    /// `None` where it was written without.
    origin_line: Option<UInt32Array>,
}

impl BlockColumns {
    fn of(fields: &Fields) -> Result<Self, Error> {
        let (rows, fields) = fields.list("blocks")?;
        let (cells, cell) = fields.list("cells")?;
        Ok(BlockColumns {
            rows,
            spans: fields.spans("span_start", "span_end")?,
            role: fields.texts("role")?,
            part: fields.u32s("part")?,
            confidence: fields.f32s("confidence")?,
            why: fields.texts("why")?,
            level: fields.u8s("level")?,
            depth: fields.u8s("depth")?,
            ordinal: fields.u32s("ordinal")?,
            language: fields.texts("language")?,
            truncated: fields.bools("truncated")?,
            timestamp: fields.texts("timestamp")?,
            label: fields.texts("label")?,
            author: fields.texts("author")?,
            path: fields.texts("path")?,
            outlet: fields.texts("outlet")?,
            cells,
            cell_spans: cell.spans("span_start", "span_end")?,
            origins: fields.spans("origin_start", "origin_end")?,
            origin_line: fields.has("origin_line").then(|| fields.u32s("origin_line")).transpose()?,
        })
    }

    fn get(&self, row: usize) -> Result<Block, Error> {
        let role: Role = self.role.text(row).parse().map_err(Error::rows)?;
        let mut block = Block::new(self.spans.get(row)?, role);
        block.part = self.part.value(row) as usize;
        block.confidence = self.confidence.value(row);
        block.why = self.why.text(row).to_owned().into();
        block.level = self.level.is_valid(row).then(|| self.level.value(row));
        block.depth = self.depth.is_valid(row).then(|| self.depth.value(row));
        block.ordinal = self.ordinal.is_valid(row).then(|| self.ordinal.value(row));
        block.language = self.language.owned(row).map(Into::into);
        block.truncated = self.truncated.value(row);
        block.timestamp = self.timestamp.named_option(row)?;
        block.label = self.label.owned(row);
        block.author = self.author.owned(row);
        block.path = self.path.owned(row);
        block.outlet = self.outlet.owned(row);
        block.cells =
            self.cells.items(row).map(|item| self.cell_spans.get(item)).collect::<Result<Vec<Span>, _>>()?;
        block.origin = self.origins.option(row)?;
        let lines = self.origin_line.as_ref().filter(|lines| lines.is_valid(row));
        block.origin_line = lines.map(|lines| lines.value(row));
        Ok(block)
    }
}

#[derive(Debug)]
struct DiagnosticColumns {
    rows: Rows,
    code: Texts,
    severity: Texts,
    message: Texts,
    spans: fields::Spans,
}

impl DiagnosticColumns {
    fn of(fields: &Fields) -> Result<Self, Error> {
        let (rows, fields) = fields.list("diagnostics")?;
        Ok(DiagnosticColumns {
            rows,
            code: fields.texts("code")?,
            severity: fields.texts("severity")?,
            message: fields.texts("message")?,
            spans: fields.spans("span_start", "span_end")?,
        })
    }

    fn get(&self, row: usize) -> Result<Diagnostic, Error> {
        Ok(Diagnostic {
            code: self.code.text(row).to_owned().into(),
            severity: self.severity.named(row)?,
            message: self.message.text(row).to_owned().into(),
            span: self.spans.option(row)?,
        })
    }
}
