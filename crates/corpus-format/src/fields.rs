//! The columns of rows that were read, by name.

use crate::error::Error;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float32Array, Float64Array, LargeBinaryArray, ListArray, RecordBatch,
    StringArray, StructArray, UInt8Array, UInt32Array, UInt64Array,
};
use corpus_core::Span;
use serde::{
    Deserialize,
    de::{IntoDeserializer, value},
};
use std::ops::Range;

/// The columns of rows that were read, by name.
#[derive(Clone, Debug)]
pub(crate) struct Fields(StructArray);

impl Fields {
    /// The columns of a batch.
    pub(crate) fn of(batch: &RecordBatch) -> Self {
        Fields(StructArray::from(batch.clone()))
    }

    fn column<'a, T: 'static>(
        &'a self,
        name: &str,
        cast: impl Fn(&'a ArrayRef) -> Option<&'a T>,
    ) -> Result<&'a T, Error> {
        let column = self.0.column_by_name(name);
        let column = column.ok_or_else(|| Error::rows(format_args!("there is no column {name:?}")))?;
        cast(column).ok_or_else(|| {
            Error::rows(format_args!("the column {name:?} holds {}, which it should not", column.data_type()))
        })
    }

    /// Whether there is such a column: those that came later are not in older files.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.column_by_name(name).is_some()
    }

    fn plain<T: Array + 'static>(&self, name: &str) -> Result<&T, Error> {
        self.column(name, |column| column.as_any().downcast_ref())
    }

    pub(crate) fn texts(&self, name: &str) -> Result<Texts, Error> {
        self.plain::<StringArray>(name).cloned().map(Texts)
    }

    pub(crate) fn binary(&self, name: &str) -> Result<LargeBinaryArray, Error> {
        self.plain::<LargeBinaryArray>(name).cloned()
    }

    pub(crate) fn u8s(&self, name: &str) -> Result<UInt8Array, Error> {
        self.plain::<UInt8Array>(name).cloned()
    }

    pub(crate) fn u32s(&self, name: &str) -> Result<UInt32Array, Error> {
        self.plain::<UInt32Array>(name).cloned()
    }

    pub(crate) fn u64s(&self, name: &str) -> Result<UInt64Array, Error> {
        self.plain::<UInt64Array>(name).cloned()
    }

    pub(crate) fn f32s(&self, name: &str) -> Result<Float32Array, Error> {
        self.plain::<Float32Array>(name).cloned()
    }

    pub(crate) fn f64s(&self, name: &str) -> Result<Float64Array, Error> {
        self.plain::<Float64Array>(name).cloned()
    }

    pub(crate) fn bools(&self, name: &str) -> Result<BooleanArray, Error> {
        self.plain::<BooleanArray>(name).cloned()
    }

    /// The columns of a structure, which may be absent in some rows.
    pub(crate) fn structure(&self, name: &str) -> Result<Fields, Error> {
        self.plain::<StructArray>(name).cloned().map(Fields)
    }

    /// The column of a list, and the columns of the structures in it.
    pub(crate) fn list(&self, name: &str) -> Result<(Rows, Fields), Error> {
        let list = self.plain::<ListArray>(name)?;
        let items = list.values().as_any().downcast_ref::<StructArray>().cloned();
        let items =
            items.ok_or_else(|| Error::rows(format_args!("the list {name:?} holds no structures")))?;
        Ok((Rows(list.clone()), Fields(items)))
    }

    /// The column of a list, and the texts in it.
    pub(crate) fn text_list(&self, name: &str) -> Result<(Rows, Texts), Error> {
        let list = self.plain::<ListArray>(name)?;
        let items = list.values().as_any().downcast_ref::<StringArray>().cloned();
        let items = items.ok_or_else(|| Error::rows(format_args!("the list {name:?} holds no texts")))?;
        Ok((Rows(list.clone()), Texts(items)))
    }

    /// The spans in the columns `start` and `end`.
    pub(crate) fn spans(&self, start: &str, end: &str) -> Result<Spans, Error> {
        Ok(Spans { start: self.u32s(start)?, end: self.u32s(end)? })
    }

    /// Whether the structure is there in a row.
    pub(crate) fn is_there(&self, row: usize) -> bool {
        self.0.is_valid(row)
    }
}

/// Where the items of each row of a list lie.
#[derive(Clone, Debug)]
pub(crate) struct Rows(ListArray);

impl Rows {
    pub(crate) fn items(&self, row: usize) -> Range<usize> {
        let offsets = self.0.value_offsets();
        offsets[row] as usize..offsets[row + 1] as usize
    }
}

/// A column of texts.
#[derive(Clone, Debug)]
pub(crate) struct Texts(StringArray);

impl Texts {
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }

    /// The text, empty where there is none.
    pub(crate) fn text(&self, row: usize) -> &str {
        self.get(row).unwrap_or_default()
    }

    pub(crate) fn owned(&self, row: usize) -> Option<String> {
        self.get(row).map(str::to_owned)
    }

    /// What the text is the JSON name of: a role, a kind, an id, a date.
    pub(crate) fn named<T: for<'de> Deserialize<'de>>(&self, row: usize) -> Result<T, Error> {
        named(self.text(row))
    }

    /// As [`named`](Texts::named), where there is a text.
    pub(crate) fn named_option<T: for<'de> Deserialize<'de>>(&self, row: usize) -> Result<Option<T>, Error> {
        self.get(row).map(named).transpose()
    }
}

fn named<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, Error> {
    T::deserialize(IntoDeserializer::<value::Error>::into_deserializer(name))
        .map_err(|error| Error::rows(format_args!("{name:?}: {error}")))
}

/// Two columns that are a span.
#[derive(Clone, Debug)]
pub(crate) struct Spans {
    start: UInt32Array,
    end: UInt32Array,
}

impl Spans {
    pub(crate) fn option(&self, row: usize) -> Result<Option<Span>, Error> {
        if self.start.is_null(row) || self.end.is_null(row) {
            return Ok(None);
        }
        span(self.start.value(row), self.end.value(row)).map(Some)
    }

    pub(crate) fn get(&self, row: usize) -> Result<Span, Error> {
        self.option(row)?.ok_or_else(|| Error::rows("a span is missing"))
    }
}

fn span(start: u32, end: u32) -> Result<Span, Error> {
    if start > end {
        return Err(Error::rows(format_args!("the span {start} to {end} ends before it starts")));
    }
    Ok(Span { start: start as usize, end: end as usize })
}
