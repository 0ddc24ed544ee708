//! A batch: documents with their layers and sources, on their way into the parts of one number.

use crate::{
    annotations::AnnotationRows,
    documents::DocumentRows,
    error::Error,
    part::{Layer, Part, part_name},
    source_bytes::{SourceRow, source_batch},
    table::Table,
    table_writer::TableWriter,
};
use arrow_array::RecordBatch;
use corpus_core::Document;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Bytes of text, or of sources, that make a row group: what is held in memory.
const GROUP_BYTES: usize = 8 << 20;
/// Documents that make a row group, however small they are.
const GROUP_DOCUMENTS: usize = 8192;
/// Annotations that make a row group.
const GROUP_ANNOTATIONS: usize = 64 << 10;

/// Documents with their layers and sources, on their way into the parts of one number.
///
/// Some megabytes are in memory at a time, however large the parts become.
#[derive(Debug)]
pub struct Batch {
    directory: PathBuf,
    number: u64,
    rows: DocumentRows,
    documents: Option<TableWriter>,
    layers: BTreeMap<Layer, (AnnotationRows, Option<TableWriter>)>,
    sources: Vec<SourceRow>,
    sources_bytes: usize,
    sources_writer: Option<TableWriter>,
    n_documents: u32,
    n_sources: u32,
    n_bytes: u64,
}

impl Batch {
    /// An empty one, whose parts will lie below `directory` and have this number.
    pub fn new(directory: &Path, number: u64) -> Self {
        Batch {
            directory: directory.to_owned(),
            number,
            rows: DocumentRows::new(),
            documents: None,
            layers: BTreeMap::new(),
            sources: Vec::new(),
            sources_bytes: 0,
            sources_writer: None,
            n_documents: 0,
            n_sources: 0,
            n_bytes: 0,
        }
    }

    /// Says which layers its documents have, so that there is a file of each, though it may have no row.
    pub fn with_layers(mut self, layers: impl IntoIterator<Item = Layer>) -> Self {
        self.layers.extend(layers.into_iter().map(|layer| (layer, Default::default())));
        self
    }

    /// Its number.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Bytes of text and sources so far.
    pub const fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Documents so far.
    pub const fn n_documents(&self) -> u32 {
        self.n_documents
    }

    /// Adds a document, the layers of which have the versions that `version` says; gives its row.
    ///
    /// # Errors
    /// When the document is too large, or a file cannot be written.
    pub fn push(&mut self, document: &Document, version: impl Fn(&str) -> u32) -> Result<u32, Error> {
        let row = self.n_documents;
        let n_bytes = document.text.len();
        if !self.rows.is_empty()
            && (self.rows.n_bytes() + n_bytes > GROUP_BYTES || self.rows.len() >= GROUP_DOCUMENTS)
        {
            self.write_documents()?;
        }
        self.rows.push(document)?;
        self.n_documents += 1;
        self.n_bytes += n_bytes as u64;
        for (n, annotation) in document.annotations.iter().enumerate() {
            let name: &str = &annotation.layer;
            let found = self.layers.iter_mut().find(|(layer, _)| layer.name == name);
            let (layer, (rows, writer)) = match found {
                Some((layer, value)) => (layer.clone(), value),
                None => {
                    let layer = Layer { name: name.to_owned(), version: version(name) };
                    let value = self.layers.entry(layer.clone()).or_default();
                    (layer, value)
                }
            };
            rows.push(&document.id, row, n, annotation);
            if rows.len() >= GROUP_ANNOTATIONS {
                let path = self.directory.join(part_name(Table::Annotations, Some(&layer), self.number));
                write(writer, &path, Table::Annotations, &rows.finish()?)?;
            }
        }
        Ok(row)
    }

    /// Adds the bytes of a record; gives their row.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn push_source(&mut self, blake3: &str, bytes: Vec<u8>) -> Result<u32, Error> {
        let row = self.n_sources;
        if !self.sources.is_empty() && self.sources_bytes + bytes.len() > GROUP_BYTES {
            self.write_sources()?;
        }
        self.n_sources += 1;
        self.sources_bytes += bytes.len();
        self.n_bytes += bytes.len() as u64;
        self.sources.push(SourceRow { blake3: blake3.to_owned(), bytes });
        Ok(row)
    }

    fn path(&self, table: Table, layer: Option<&Layer>) -> PathBuf {
        self.directory.join(part_name(table, layer, self.number))
    }

    fn write_documents(&mut self) -> Result<(), Error> {
        let path = self.path(Table::Documents, None);
        write(&mut self.documents, &path, Table::Documents, &self.rows.finish()?)
    }

    fn write_sources(&mut self) -> Result<(), Error> {
        let path = self.path(Table::Sources, None);
        write(&mut self.sources_writer, &path, Table::Sources, &source_batch(&self.sources)?)?;
        self.sources.clear();
        self.sources_bytes = 0;
        Ok(())
    }

    /// Writes what is still held, syncs every file and names it. The parts belong to nothing yet.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(mut self) -> Result<Vec<Part>, Error> {
        if !self.rows.is_empty() {
            self.write_documents()?;
        }
        if !self.sources.is_empty() {
            self.write_sources()?;
        }
        let mut parts = Vec::new();
        for (layer, (mut rows, mut writer)) in std::mem::take(&mut self.layers) {
            let path = self.path(Table::Annotations, Some(&layer));
            if !rows.is_empty() {
                write(&mut writer, &path, Table::Annotations, &rows.finish()?)?;
            } else if writer.is_none() && self.n_documents > 0 {
                writer = Some(TableWriter::create(&path, Table::Annotations)?);
            }
            if let Some(writer) = writer {
                parts.push(Part::new(Table::Annotations, self.number, Some(layer), writer.finish()?));
            }
        }
        for (table, writer) in [(Table::Sources, self.sources_writer), (Table::Documents, self.documents)] {
            if let Some(writer) = writer {
                parts.push(Part::new(table, self.number, None, writer.finish()?));
            }
        }
        Ok(parts)
    }
}

fn write(
    writer: &mut Option<TableWriter>,
    path: &Path,
    table: Table,
    rows: &RecordBatch,
) -> Result<(), Error> {
    let writer = match writer {
        Some(writer) => writer,
        None => writer.insert(TableWriter::create(path, table)?),
    };
    writer.write(rows)
}
