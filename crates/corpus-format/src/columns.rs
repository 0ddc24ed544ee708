//! Columns in the making: lists, structures and spans on top of Arrow's builders.

use crate::error::Error;
use arrow_array::{ArrayRef, ListArray, StructArray, builder::UInt32Builder};
use arrow_buffer::{NullBuffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Fields};
use corpus_core::Span;
use std::sync::Arc;

/// The offsets of a list column, one more than it has rows.
#[derive(Debug)]
pub(crate) struct Offsets(Vec<i32>);

impl Default for Offsets {
    fn default() -> Self {
        Offsets(vec![0])
    }
}

impl Offsets {
    /// Ends a row with so many items more.
    pub(crate) fn push(&mut self, n_items: usize) {
        let before = self.0.last().copied().unwrap_or_default();
        self.0.push(before.saturating_add(i32::try_from(n_items).unwrap_or(i32::MAX)));
    }

    /// The list column of these items; `data_type` is its type.
    pub(crate) fn finish(&mut self, data_type: &DataType, items: ArrayRef) -> Result<ArrayRef, Error> {
        let offsets = std::mem::take(self).0;
        let DataType::List(field) = data_type else {
            return Err(Error::rows(format_args!("{data_type} is no list")));
        };
        if offsets.last() == Some(&i32::MAX) {
            return Err(Error::too_large("a list"));
        }
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        Ok(Arc::new(ListArray::try_new(Arc::clone(field), offsets, items, None).map_err(Error::rows)?))
    }
}

/// Which rows of a structure column are there.
#[derive(Debug)]
pub(crate) struct Presence(NullBufferBuilder);

impl Default for Presence {
    fn default() -> Self {
        Presence(NullBufferBuilder::new(0))
    }
}

impl Presence {
    pub(crate) fn push(&mut self, is_there: bool) {
        self.0.append(is_there);
    }

    /// The nulls; `None` where there is none.
    pub(crate) fn finish(&mut self) -> Option<NullBuffer> {
        self.0.finish()
    }
}

/// A structure column of these children; `data_type` is its type.
pub(crate) fn structure(
    data_type: &DataType,
    children: Vec<ArrayRef>,
    nulls: Option<NullBuffer>,
) -> Result<ArrayRef, Error> {
    Ok(Arc::new(StructArray::try_new(fields_of(data_type)?.clone(), children, nulls).map_err(Error::rows)?))
}

/// The fields of a structure, or of the structures in a list.
pub(crate) fn fields_of(data_type: &DataType) -> Result<&Fields, Error> {
    match data_type {
        DataType::Struct(fields) => Ok(fields),
        DataType::List(item) => fields_of(item.data_type()),
        other => Err(Error::rows(format_args!("{other} is no structure"))),
    }
}

/// The two columns of a span that may be absent.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    start: UInt32Builder,
    end: UInt32Builder,
}

impl Spans {
    pub(crate) fn push(&mut self, span: Option<Span>) {
        self.start.append_option(span.map(|span| offset(span.start)));
        self.end.append_option(span.map(|span| offset(span.end)));
    }

    pub(crate) fn finish(&mut self) -> [ArrayRef; 2] {
        [Arc::new(self.start.finish()), Arc::new(self.end.finish())]
    }
}

/// A byte offset as a column holds it. A batch has no more text than fits; see [`Error::too_large`].
pub(crate) fn offset(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
