//! The bytes of records as rows, and rows as bytes.

use crate::{error::Error, fields::Fields, table::Table};
use arrow_array::{LargeBinaryArray, RecordBatch, StringArray};
use std::sync::Arc;

/// The bytes of a record, untouched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// BLAKE3 of the bytes, 64 hex digits.
    pub blake3: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Records as rows.
///
/// # Errors
/// When they do not fit into one batch.
pub fn source_batch(rows: &[SourceRow]) -> Result<RecordBatch, Error> {
    let blake3 = StringArray::from_iter_values(rows.iter().map(|row| &row.blake3));
    let bytes = LargeBinaryArray::from_iter_values(rows.iter().map(|row| &row.bytes));
    RecordBatch::try_new(Table::Sources.schema(), vec![Arc::new(blake3), Arc::new(bytes)])
        .map_err(Error::rows)
}

/// The records that rows hold.
///
/// # Errors
/// When a column is missing or holds what it should not.
pub fn sources_of(batch: &RecordBatch) -> Result<Vec<SourceRow>, Error> {
    let fields = Fields::of(batch);
    let (blake3, bytes) = (fields.texts("blake3")?, fields.binary("bytes")?);
    let source =
        |row: usize| SourceRow { blake3: blake3.text(row).to_owned(), bytes: bytes.value(row).to_owned() };
    Ok((0..batch.num_rows()).map(source).collect())
}
