//! A file of a table in the making: hashed while it is written, and there only once it is whole.

use crate::{error::Error, table::Table, version::VERSION};
use arrow_array::RecordBatch;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, Encoding, ZstdLevel},
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties},
    },
    schema::types::ColumnPath,
};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// The name under which a file states its version.
pub(crate) const VERSION_KEY: &str = "corpus.format";

/// The most that a page of a column holds: what is read to have one document.
const PAGE_BYTES: usize = 256 << 10;
/// Values that are written at a time; a page is never checked for its size in between.
const WRITE_BATCH: usize = 64;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Number of rows.
    pub rows: u64,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// BLAKE3 of the file, 64 hex digits.
    pub blake3: String,
}

/// A file of a table in the making.
///
/// It lies beside its place, with `.tmp` at the end of its name, until [`finish`](TableWriter::finish) has synced it
/// and gives it its name; dropped before that, it is gone. The same rows in the same batches give the same bytes.
pub struct TableWriter {
    writer: Option<ArrowWriter<Hashing>>,
    path: PathBuf,
    temporary: PathBuf,
    rows: u64,
}

impl TableWriter {
    /// Begins the file at `path`. Folders on the way are made.
    ///
    /// # Errors
    /// When there can be no such file.
    pub fn create(path: &Path, table: Table) -> Result<Self, Error> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Error::io("make the folder", folder, error))?;
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".tmp");
        let temporary = PathBuf::from(name);
        let file = begin(&temporary).map_err(|error| Error::io("write", &temporary, error))?;
        let hashing = Hashing {
            file: BufWriter::with_capacity(1 << 18, file),
            hasher: blake3::Hasher::new(),
            bytes: 0,
        };
        let writer = ArrowWriter::try_new(hashing, table.schema(), Some(properties(table)));
        let writer = writer.map_err(|error| Error::writing(&temporary, error))?;
        Ok(TableWriter { writer: Some(writer), path: path.to_owned(), temporary, rows: 0 })
    }

    /// Adds rows, as a row group of their own.
    ///
    /// # Errors
    /// When they cannot be written; the file is of no use then.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        if let Some(writer) = &mut self.writer {
            let written = writer.write(batch).and_then(|()| writer.flush());
            written.map_err(|error| Error::writing(&self.path, error))?;
            self.rows += batch.num_rows() as u64;
        }
        Ok(())
    }

    /// Number of rows so far.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the file, syncs it to the disk and gives it its name. The folder is synced as well, so that the name
    /// outlives a loss of power.
    ///
    /// # Errors
    /// When it cannot be written to the end.
    pub fn finish(mut self) -> Result<Written, Error> {
        let writing = |error: io::Error| Error::io("write", &self.path, error);
        let Some(writer) = self.writer.take() else { return Err(Error::rows("the file is finished")) };
        let Hashing { file, hasher, bytes } =
            writer.into_inner().map_err(|error| Error::writing(&self.path, error))?;
        let file = file.into_inner().map_err(|error| writing(error.into_error()))?;
        file.sync_all().map_err(writing)?;
        fs::rename(&self.temporary, &self.path).map_err(writing)?;
        if let Some(folder) = self.path.parent() {
            sync_folder(folder).map_err(writing)?;
        }
        Ok(Written { rows: self.rows, bytes, blake3: hasher.finalize().to_hex().to_string() })
    }
}

impl Drop for TableWriter {
    fn drop(&mut self) {
        if self.writer.take().is_some() {
            // What cannot be removed is removed by the next writer.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

impl std::fmt::Debug for TableWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableWriter")
            .field("path", &self.path)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

/// A file at `path`, anew: what a link there leads to is somebody's own, and a device takes no file.
pub(crate) fn begin(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => File::create_new(path),
    }
}

/// Syncs the names in a folder to the disk, where the system knows such a thing.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn properties(table: Table) -> WriterProperties {
    let column = |path: &[&str]| ColumnPath::new(path.iter().map(|name| (*name).to_owned()).collect());
    // Columns whose values hardly ever come twice, for which a dictionary is a detour.
    let distinct: &[&[&str]] = match table {
        Table::Documents => &[
            &["id"],
            &["text"],
            &["source", "blake3"],
            &["source", "metadata", "id"],
            &["source", "metadata", "url"],
            &["parts", "list", "item", "title"],
        ],
        Table::Sources => &[&["blake3"], &["bytes"]],
        _ => &[],
    };
    // Offsets that rise, of which differences are small.
    let rising: &[&[&str]] = match table {
        Table::Documents => &[
            &["blocks", "list", "item", "span_start"],
            &["blocks", "list", "item", "span_end"],
            &["source", "record", "offset"],
        ],
        Table::Annotations => &[&["row"], &["n"], &["span_start"], &["span_end"]],
        _ => &[],
    };
    let version = KeyValue::new(VERSION_KEY.to_owned(), VERSION.to_string());
    let mut builder = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("corpus".to_owned())
        .set_key_value_metadata(Some(vec![version]))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_max_row_group_row_count(None)
        .set_data_page_size_limit(PAGE_BYTES)
        .set_write_batch_size(WRITE_BATCH);
    for path in distinct {
        builder = builder.set_column_dictionary_enabled(column(path), false);
    }
    for path in rising {
        builder = builder.set_column_dictionary_enabled(column(path), false);
        builder = builder.set_column_encoding(column(path), Encoding::DELTA_BINARY_PACKED);
    }
    builder.build()
}

/// A file that is hashed while it is written.
struct Hashing {
    file: BufWriter<File>,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
