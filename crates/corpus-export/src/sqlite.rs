//! SQLite: tables of documents, parts, blocks and annotations, a view for each layer, and a full-text index.

mod schema;

use crate::{
    error::Error,
    format::{Export, Format},
    options::{Options, Parts},
    report::{Report, Written},
    selection::{Selected, Selection, block_at},
    target::Target,
    unfinished::Unfinished,
};
use corpus_core::{Document, Offsets, Published};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
};

/// SQLite: tables `documents`, `parts`, `blocks` and `annotations`, views `articles`, `comments` and `layer_NAME`, and
/// `blocks_fts`, an FTS5 index of the blocks' text.
#[derive(Clone, Copy, Debug)]
pub struct Sqlite;

/// Of a layer whose values have ever other fields, no more become columns of its view.
const MAX_FIELDS: usize = 64;

impl Format for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }
    fn description(&self) -> &'static str {
        "SQLite, tables and views with a full-text index"
    }
    fn streams(&self, _options: &Options) -> bool {
        false
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        let path = target.path("a database", "name a file")?;
        let (file, _) = Unfinished::file(path)?;
        let failed = |cause| Error::sqlite(path, cause);
        let connection = Connection::open(file.temporary()).map_err(failed)?;
        // Nobody else sees the file before it is whole, and one that is not is thrown away.
        connection
            .execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN",
            )
            .map_err(failed)?;
        connection.execute_batch(schema::TABLES).map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(16);
        Ok(Box::new(Database {
            connection,
            file,
            selection: Selection::new(options, Parts::ALL),
            report: Report::default(),
            parts: 0,
            blocks: 0,
            layers: BTreeMap::new(),
        }))
    }
}

/// A database under way. The connection stands before the file, so that it is closed first.
struct Database {
    connection: Connection,
    file: Unfinished,
    selection: Selection,
    report: Report,
    parts: u64,
    blocks: u64,
    layers: BTreeMap<String, Layer>,
}

#[derive(Default)]
struct Layer {
    rows: u64,
    fields: BTreeSet<String>,
}

impl Export for Database {
    fn add(&mut self, document: &Document) -> Result<bool, Error> {
        let selection = self.selection.clone();
        let Some(selected) = selection.of(document) else {
            self.report.left_out += 1;
            return Ok(false);
        };
        self.report.documents += 1;
        match self.insert(&selected) {
            Ok(()) => Ok(true),
            Err(cause) => Err(Error::sqlite(self.file.path(), cause)),
        }
    }

    fn finish(self: Box<Self>) -> Result<Report, Error> {
        let Database { connection, file, mut report, parts, blocks, layers, .. } = *self;
        let failed = |cause| Error::sqlite(file.path(), cause);
        let views = layers.iter().map(|(layer, seen)| {
            (layer.as_str(), seen.fields.iter().map(String::as_str).collect::<Vec<_>>())
        });
        schema::finish(&connection, views).map_err(failed)?;
        let about = [
            ("format", "corpus sqlite 1".to_owned()),
            ("program", concat!("corpus ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("documents", report.documents.to_string()),
            ("blocks", blocks.to_string()),
        ];
        for (key, value) in about {
            connection.execute("INSERT INTO about VALUES (?, ?)", [key, &value]).map_err(failed)?;
        }
        connection.execute_batch("COMMIT").map_err(failed)?;
        connection.close().map_err(|(_, cause)| failed(cause))?;
        let synced = File::open(file.temporary()).and_then(|file| file.sync_all());
        synced.map_err(|cause| Error::write(Some(file.path()), cause))?;
        let path = file.finish()?;
        let mut row =
            |noun: String, rows| report.written.push(Written { path: Some(path.clone()), rows, noun });
        row("documents".to_owned(), report.documents);
        row("parts".to_owned(), parts);
        row("blocks".to_owned(), blocks);
        for (layer, seen) in layers {
            row(format!("annotations of layer {layer}"), seen.rows);
        }
        Ok(report)
    }
}

impl Database {
    fn insert(&mut self, selected: &Selected<'_>) -> rusqlite::Result<()> {
        let document = selected.document;
        let number = self.report.documents;
        let source = &document.source;
        let record = source.record.as_ref();
        self.connection
            .prepare_cached("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                number,
                document.id.as_str(),
                source.uri,
                record.map(|record| record.index),
                record.map(|record| record.offset),
                record.and_then(|record| record.id.as_ref()),
                source.media_type,
                source.bytes,
                source.blake3,
                source.metadata.id,
                source.metadata.url,
                source.metadata.date,
                document.language.as_deref(),
                document.text,
                json(&document.also),
                json(&document.diagnostics),
            ])?;
        self.insert_parts(selected, number)?;
        self.insert_blocks(selected, number)?;
        self.insert_annotations(selected, number)
    }

    fn insert_parts(&mut self, selected: &Selected<'_>, number: u64) -> rusqlite::Result<()> {
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO parts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        let parts = selected.document.parts.iter().enumerate();
        for (index, part) in parts.filter(|(_, part)| selected.takes(part.kind)) {
            let published = part.published.as_ref();
            let (earliest, latest) = published.map_or((None, None), bounds);
            insert.execute(params![
                number,
                index,
                part.kind.as_str(),
                part.title,
                json(&part.authors),
                part.site,
                part.url,
                json(&part.topics),
                published.map(|published| published.edtf.as_str()),
                published.and_then(|published| published.timestamp.as_ref()).map(|date| date.as_str()),
                published.map(|published| json(&published.method).trim_matches('"').to_owned()),
                part.modified.as_ref().map(|modified| modified.edtf.as_str()),
                earliest,
                latest,
            ])?;
            self.parts += 1;
        }
        Ok(())
    }

    fn insert_blocks(&mut self, selected: &Selected<'_>, number: u64) -> rusqlite::Result<()> {
        let document = selected.document;
        let mut offsets = Offsets::new(&document.text);
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (index, block) in selected.blocks() {
            self.blocks += 1;
            let (line, start) = (offsets.line(block.span.start), offsets.characters(block.span.start));
            insert.execute(params![
                self.blocks,
                number,
                index,
                block.part,
                document.part_of(block).kind.as_str(),
                block.role.as_str(),
                line,
                block.span.start,
                block.span.end,
                start,
                offsets.characters(block.span.end),
                real(block.confidence),
                &*block.why,
                block.level,
                block.depth,
                block.ordinal,
                block.language.as_deref(),
                block.truncated,
                block.timestamp.as_ref().map(|date| date.as_str()),
                block.label,
                block.author,
                block.path,
                block.outlet,
                (!block.cells.is_empty()).then(|| json(&block.cells)),
                document.slice(block),
            ])?;
        }
        Ok(())
    }

    fn insert_annotations(&mut self, selected: &Selected<'_>, number: u64) -> rusqlite::Result<()> {
        let document = selected.document;
        let mut offsets = Offsets::new(&document.text);
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO annotations VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for annotation in selected.annotations() {
            let span = annotation.span;
            let start = offsets.characters(span.start);
            insert.execute(params![
                number,
                &*annotation.layer,
                block_at(document, span.start),
                span.start,
                span.end,
                start,
                offsets.characters(span.end),
                &document.text[span],
                &*annotation.rule,
                real(annotation.confidence),
                annotation.value.to_string(),
            ])?;
            if !self.layers.contains_key(&*annotation.layer) {
                self.layers.insert(annotation.layer.to_string(), Layer::default());
            }
            let Some(layer) = self.layers.get_mut(&*annotation.layer) else { continue };
            layer.rows += 1;
            if let Value::Object(fields) = &annotation.value {
                for field in fields.keys() {
                    if layer.fields.len() < MAX_FIELDS && !layer.fields.contains(field) {
                        layer.fields.insert(field.clone());
                    }
                }
            }
        }
        Ok(())
    }
}

/// The days that a date of publication can mean.
fn bounds(published: &Published) -> (Option<String>, Option<String>) {
    let (earliest, latest) = match (published.edtf.bounds(), &published.bounds) {
        ((None, None), Some(bounds)) => bounds.bounds(),
        (bounds, _) => bounds,
    };
    (earliest.map(|day| day.to_string()), latest.map(|day| day.to_string()))
}

/// A confidence as its shortest decimal, which its 32 bits mean.
fn real(confidence: f32) -> Option<f64> {
    confidence.to_string().parse().ok()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
