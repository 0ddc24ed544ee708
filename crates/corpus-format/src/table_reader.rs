//! A file of a table, opened for reading.

use crate::{error::Error, table::Table, table_writer::VERSION_KEY, version::VERSION};
use arrow_array::RecordBatch;
use parquet::{
    arrow::{
        ProjectionMask,
        arrow_reader::{
            ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection,
        },
    },
    errors::ParquetError,
};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

/// Documents that are read at a time.
const DOCUMENTS: usize = 64;
/// Rows of other tables that are read at a time.
const ROWS: usize = 8192;

/// A file of a table, opened for reading. Its description is read once; its rows as often as they are asked for.
#[derive(Clone, Debug)]
pub struct TableReader {
    path: PathBuf,
    table: Table,
    metadata: ArrowReaderMetadata,
}

/// Which rows are read.
#[derive(Clone, Copy, Debug)]
pub enum Choice<'a> {
    /// All.
    All,
    /// These, in rising order.
    Rows(&'a [u32]),
}

impl TableReader {
    /// Opens the file at `path`, which holds rows of `table`.
    ///
    /// # Errors
    /// When there is no such file, it is damaged, or it has a newer version.
    pub fn open(path: &Path, table: Table) -> Result<Self, Error> {
        let file = open(path)?;
        let options = ArrowReaderOptions::new()
            .with_offset_index_policy(parquet::file::metadata::PageIndexPolicy::Optional);
        let metadata =
            ArrowReaderMetadata::load(&file, options).map_err(|error| Error::damaged(path, error))?;
        let entries = metadata.metadata().file_metadata().key_value_metadata();
        let entry = entries.into_iter().flatten().find(|entry| entry.key == VERSION_KEY);
        let version = entry.and_then(|entry| entry.value.as_deref()).unwrap_or("1");
        match version.parse::<u32>() {
            Ok(version) if version <= VERSION => {}
            _ => return Err(Error::too_new(path, version)),
        }
        Ok(TableReader { path: path.to_owned(), table, metadata })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of rows.
    pub fn n_rows(&self) -> u64 {
        u64::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or_default()
    }

    /// Rows of the table, batch by batch; of `columns` only where some are named.
    ///
    /// # Errors
    /// When the file cannot be opened. What is damaged further in comes as an error among the batches.
    pub fn batches(
        &self,
        choice: Choice<'_>,
        columns: Option<&[&str]>,
    ) -> Result<impl Iterator<Item = Result<RecordBatch, Error>> + Send + use<>, Error> {
        let file = open(&self.path)?;
        let mut builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let batch_size = if self.table == Table::Documents { DOCUMENTS } else { ROWS };
        builder = builder.with_batch_size(batch_size);
        if let Some(columns) = columns {
            let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
            builder = builder.with_projection(mask);
        }
        if let Choice::Rows(rows) = choice {
            let n_rows = usize::try_from(self.n_rows()).unwrap_or_default();
            builder = builder.with_row_selection(RowSelection::from_consecutive_ranges(runs(rows), n_rows));
        }
        let path = self.path.clone();
        let damaged = |error: ParquetError| Error::damaged(&self.path, error);
        let reader = builder.build().map_err(damaged)?;
        Ok(reader.map(move |batch| batch.map_err(|error| Error::damaged(&path, error))))
    }
}

fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|error| Error::io("open", path, error))
}

/// Runs of rows that follow each other.
fn runs(rows: &[u32]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    rows.chunk_by(|a, b| a.checked_add(1) == Some(*b))
        .map(|run| run[0] as usize..run[run.len() - 1] as usize + 1)
}

/// BLAKE3 of a file, 64 hex digits.
///
/// # Errors
/// When the file cannot be read.
pub fn checksum(path: &Path) -> Result<String, Error> {
    let mut file = open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().to_hex().to_string()),
            Ok(n) => {
                hasher.update(&buffer[..n]);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::io("read", path, error)),
        }
    }
}
