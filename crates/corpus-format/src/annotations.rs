//! Annotations of one layer as rows, and rows as annotations.

use crate::{columns::Spans, columns::offset, error::Error, fields::Fields, table::Table};
use arrow_array::{
    RecordBatch,
    builder::{Float32Builder, StringBuilder, UInt32Builder},
};
use corpus_core::{Annotation, DocumentId};
use std::{borrow::Cow, sync::Arc};

/// Rows of the annotations table of one layer in the making.
#[derive(Debug, Default)]
pub struct AnnotationRows {
    n_rows: usize,
    document: StringBuilder,
    row: UInt32Builder,
    n: UInt32Builder,
    spans: Spans,
    value: StringBuilder,
    rule: StringBuilder,
    confidence: Float32Builder,
}

impl AnnotationRows {
    /// No row yet.
    pub fn new() -> Self {
        AnnotationRows::default()
    }

    /// Number of rows.
    pub const fn len(&self) -> usize {
        self.n_rows
    }

    /// Whether there is no row.
    pub const fn is_empty(&self) -> bool {
        self.n_rows == 0
    }

    /// Adds an annotation, the `n`-th of all of its document's, which is in `row` of its documents table.
    pub fn push(&mut self, document: &DocumentId, row: u32, n: usize, annotation: &Annotation) {
        self.n_rows += 1;
        self.document.append_value(document.as_str());
        self.row.append_value(row);
        self.n.append_value(offset(n));
        self.spans.push(Some(annotation.span));
        match &annotation.value {
            serde_json::Value::Null => self.value.append_null(),
            value => self.value.append_value(value.to_string()),
        }
        self.rule.append_value(&annotation.rule);
        self.confidence.append_value(annotation.confidence);
    }

    /// The rows so far, none of which is left.
    ///
    /// # Errors
    /// When they do not fit into one batch.
    pub fn finish(&mut self) -> Result<RecordBatch, Error> {
        self.n_rows = 0;
        let [start, end] = self.spans.finish();
        RecordBatch::try_new(
            Table::Annotations.schema(),
            vec![
                Arc::new(self.document.finish()),
                Arc::new(self.row.finish()),
                Arc::new(self.n.finish()),
                start,
                end,
                Arc::new(self.value.finish()),
                Arc::new(self.rule.finish()),
                Arc::new(self.confidence.finish()),
            ],
        )
        .map_err(Error::rows)
    }
}

/// An annotation that was read, with its document and its place there.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerRow {
    /// Id of the document, as written.
    pub document: String,
    /// Row of the document in the documents table of the same number.
    pub row: u32,
    /// Place among all annotations of the document.
    pub n: u32,
    /// The annotation.
    pub annotation: Annotation,
}

/// The annotations that rows of a table of this layer hold.
///
/// # Errors
/// When a column is missing or holds what it should not.
pub fn annotations_of(batch: &RecordBatch, layer: &str) -> Result<Vec<LayerRow>, Error> {
    let fields = Fields::of(batch);
    let document = fields.texts("document")?;
    let (row, n) = (fields.u32s("row")?, fields.u32s("n")?);
    let spans = fields.spans("span_start", "span_end")?;
    let (value, rule) = (fields.texts("value")?, fields.texts("rule")?);
    let confidence = fields.f32s("confidence")?;
    let layer_row = |index: usize| -> Result<LayerRow, Error> {
        let value = match value.get(index) {
            None => serde_json::Value::Null,
            Some(json) => serde_json::from_str(json)
                .map_err(|error| Error::rows(format_args!("the value {json:?} is no JSON: {error}")))?,
        };
        Ok(LayerRow {
            document: document.text(index).to_owned(),
            row: row.value(index),
            n: n.value(index),
            annotation: Annotation {
                span: spans.get(index)?,
                layer: Cow::Owned(layer.to_owned()),
                value,
                rule: Cow::Owned(rule.text(index).to_owned()),
                confidence: confidence.value(index),
            },
        })
    };
    (0..batch.num_rows()).map(layer_row).collect()
}
