//! The rows of a Parquet file, each as a JSON object of the columns that a mapping names.

use crate::{
    fields::Plan,
    input::Fault,
    lines::Piece,
    progress::Progress,
    reject::{RejectKind, Spot},
};
use arrow_array::{
    Array, ArrayRef, RecordBatch, StructArray,
    cast::AsArray,
    temporal_conversions::{as_date, as_datetime},
    types::{
        ArrowPrimitiveType, ArrowTemporalType, Date32Type, Date64Type, Float32Type, Float64Type, Int8Type,
        Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
        TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    },
};
use arrow_schema::{DataType, TimeUnit};
use parquet::{
    arrow::{
        ProjectionMask,
        arrow_reader::{
            ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
            ParquetRecordBatchReaderBuilder,
        },
    },
    basic::Compression,
    file::metadata::ParquetMetaData,
};
use serde_json::{Map, Value};
use std::{
    fs::File,
    ops::Range,
    panic::{self, AssertUnwindSafe},
    path::Path,
};

/// What a Parquet file begins with.
pub(crate) const MAGIC: &[u8] = b"PAR1";

/// Rows that are decoded at a time.
const ROWS: usize = 64;

/// The rows of a Parquet file, in order. Columns that no mapping names are not read.
///
/// Of a row group that cannot be read to its end, each row that is lost is a fault, and the next group goes on.
pub(crate) struct Rows {
    file: File,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    /// The row groups to come.
    groups: Range<usize>,
    /// The group that is read, and the row of the file behind it.
    reader: Option<ParquetRecordBatchReader>,
    group_end: u64,
    /// Why the rows up to `group_end` cannot be read.
    damage: Option<String>,
    batch: Option<RecordBatch>,
    /// The row of the batch that comes next.
    row: usize,
    /// Number of the row that comes next.
    index: u64,
    max: u64,
    progress: Progress,
    /// Bytes of the file, and how many of them its rows so far stand for.
    bytes: u64,
    n_rows: u64,
}

impl Rows {
    /// Those of the file at `path`, without its first bytes, which were counted as read.
    pub(crate) fn open(
        path: &Path,
        plan: &Plan,
        max: u64,
        progress: &Progress,
        head: u64,
    ) -> Result<Self, Fault> {
        let unreadable = |reason: String| Fault { kind: RejectKind::Unreadable, reason };
        let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
        let bytes = file.metadata().map_or(0, |metadata| metadata.len());
        // The types that Parquet itself knows are enough, and those of a writer may be any.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = guarded(|| ArrowReaderMetadata::load(&file, options)).map_err(|error| {
            let reason = format!("the file cannot be read as Parquet: {error}");
            Fault { kind: RejectKind::Cut, reason }
        })?;
        let schema = metadata.schema();
        let is_wanted = |name: &str| plan.begins_with(name);
        let wanted = schema.fields().iter().enumerate().filter(|(_, field)| is_wanted(field.name()));
        let wanted: Vec<usize> = wanted.map(|(at, _)| at).collect();
        if wanted.is_empty() {
            let names: Vec<_> = schema.fields().iter().map(|field| format!("{:?}", field.name())).collect();
            let reason = format!("no column holds the page; the columns are {}", names.join(", "));
            return Err(Fault { kind: RejectKind::NoPage, reason });
        }
        let mask = ProjectionMask::roots(metadata.parquet_schema(), wanted);
        if let Some(name) = unread_compression(metadata.metadata(), &mask) {
            let reason = format!("its columns are compressed with {name}, which is not read");
            return Err(Fault { kind: RejectKind::Compression, reason });
        }
        let n_rows = metadata.metadata().file_metadata().num_rows().try_into().unwrap_or(0);
        let groups = 0..metadata.metadata().num_row_groups();
        let sum = metadata.metadata().row_groups().iter().map(|group| i128::from(group.num_rows())).sum();
        if i128::from(n_rows) != sum {
            let reason = format!("the file states {n_rows} rows, but its row groups {sum}");
            return Err(Fault { kind: RejectKind::Damaged, reason });
        }
        Ok(Rows {
            file,
            metadata,
            mask,
            groups,
            reader: None,
            group_end: 0,
            damage: None,
            batch: None,
            row: 0,
            index: 0,
            max,
            progress: progress.clone(),
            bytes: bytes.saturating_sub(head),
            n_rows,
        })
    }

    /// Begins with the next row group; false behind the last.
    fn begin_group(&mut self) -> bool {
        let Some(group) = self.groups.next() else { return false };
        let rows = self.metadata.metadata().row_group(group).num_rows();
        self.group_end = self.index.saturating_add(u64::try_from(rows).unwrap_or(0));
        let reader = guarded(|| {
            let file = self.file.try_clone()?;
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
            builder
                .with_row_groups(vec![group])
                .with_projection(self.mask.clone())
                .with_batch_size(ROWS)
                .build()
        });
        match reader {
            Ok(reader) => self.reader = Some(reader),
            Err(error) => self.damage = Some(error),
        }
        true
    }

    /// The next rows of the group, if any come.
    fn read_batch(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        match guarded(|| reader.next().transpose()) {
            Ok(Some(batch)) if batch.num_rows() > 0 => {
                self.add_progress(batch.num_rows());
                (self.batch, self.row) = (Some(batch), 0);
                return;
            }
            Ok(_) if self.index < self.group_end => {
                self.damage = Some("the row group ends before its last row".to_owned());
            }
            Ok(_) => {}
            Err(error) => self.damage = Some(error),
        }
        self.reader = None;
        self.add_progress(usize::try_from(self.group_end.saturating_sub(self.index)).unwrap_or(0));
    }

    const fn spot(&self) -> Spot {
        Spot { index: self.index, offset: 0, line: None }
    }

    /// Counts the bytes that the next `rows` rows stand for: their share of the file.
    fn add_progress(&self, rows: usize) {
        let share =
            |row: u64| (u128::from(self.bytes) * u128::from(row) / u128::from(self.n_rows.max(1))) as u64;
        self.progress.add_bytes(share(self.index + rows as u64) - share(self.index));
    }
}

impl Iterator for Rows {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(batch) = self.batch.as_ref().filter(|batch| self.row < batch.num_rows()) {
                let object = object(batch.schema().fields(), batch.columns(), self.row);
                let spot = self.spot();
                self.row += 1;
                self.index += 1;
                let bytes = Value::Object(object).to_string().into_bytes();
                if bytes.len() as u64 > self.max {
                    let reason = format!(
                        "the row has {} bytes, more than the {} a record may have",
                        bytes.len(),
                        self.max
                    );
                    return Some(Err((Fault { kind: RejectKind::TooLong, reason }, spot)));
                }
                return Some(Ok((bytes, spot)));
            }
            if let Some(damage) = self.damage.as_ref().filter(|_| self.index < self.group_end) {
                let reason = format!("the row cannot be read, nor those after it in its row group: {damage}");
                let spot = self.spot();
                self.index += 1;
                return Some(Err((Fault { kind: RejectKind::Damaged, reason }, spot)));
            }
            self.damage = None;
            if self.reader.is_some() {
                self.read_batch();
            } else if !self.begin_group() {
                return None;
            }
        }
    }
}

/// The name of the compression of wanted columns, where it is one that is not read: Brotli, which few write and whose
/// library is larger than that of all others, and LZO, of which there is none.
fn unread_compression(metadata: &ParquetMetaData, mask: &ProjectionMask) -> Option<&'static str> {
    let columns = metadata.row_groups().iter().flat_map(|group| group.columns().iter().enumerate());
    columns.filter(|(leaf, _)| mask.leaf_included(*leaf)).find_map(|(_, column)| match column.compression() {
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZO => Some("LZO"),
        _ => None,
    })
}

/// What `read` gives. Damaged bytes can lead the library into a panic, which is an error like any other here.
fn guarded<T, E: From<std::io::Error> + ToString>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    let caught = panic::catch_unwind(AssertUnwindSafe(read));
    caught
        .map_err(|_| "its bytes are not those of a Parquet file".to_owned())?
        .map_err(|error| error.to_string())
}

fn object(fields: &arrow_schema::Fields, columns: &[ArrayRef], row: usize) -> Map<String, Value> {
    let value = |(field, column): (&arrow_schema::FieldRef, &ArrayRef)| {
        Some((field.name().clone(), value(column, row)?))
    };
    fields.iter().zip(columns).filter_map(value).collect()
}

/// The value in a row; `None` where it is null or of a type that says nothing of a page.
fn value(column: &ArrayRef, row: usize) -> Option<Value> {
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).into(),
        DataType::Utf8View => column.as_string_view().value(row).into(),
        // A text whose writer did not say that it is one.
        DataType::Binary => std::str::from_utf8(column.as_binary::<i32>().value(row)).ok()?.into(),
        DataType::LargeBinary => std::str::from_utf8(column.as_binary::<i64>().value(row)).ok()?.into(),
        DataType::BinaryView => std::str::from_utf8(column.as_binary_view().value(row)).ok()?.into(),
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Int8 => number::<Int8Type>(column, row).into(),
        DataType::Int16 => number::<Int16Type>(column, row).into(),
        DataType::Int32 => number::<Int32Type>(column, row).into(),
        DataType::Int64 => number::<Int64Type>(column, row).into(),
        DataType::UInt8 => number::<UInt8Type>(column, row).into(),
        DataType::UInt16 => number::<UInt16Type>(column, row).into(),
        DataType::UInt32 => number::<UInt32Type>(column, row).into(),
        DataType::UInt64 => number::<UInt64Type>(column, row).into(),
        DataType::Float32 => f64::from(number::<Float32Type>(column, row)).into(),
        DataType::Float64 => number::<Float64Type>(column, row).into(),
        DataType::Date32 => {
            as_date::<Date32Type>(number::<Date32Type>(column, row).into())?.to_string().into()
        }
        DataType::Date64 => as_date::<Date64Type>(number::<Date64Type>(column, row))?.to_string().into(),
        DataType::Timestamp(TimeUnit::Second, _) => time::<TimestampSecondType>(column, row)?,
        DataType::Timestamp(TimeUnit::Millisecond, _) => time::<TimestampMillisecondType>(column, row)?,
        DataType::Timestamp(TimeUnit::Microsecond, _) => time::<TimestampMicrosecondType>(column, row)?,
        DataType::Timestamp(TimeUnit::Nanosecond, _) => time::<TimestampNanosecondType>(column, row)?,
        DataType::Struct(fields) => {
            let within: &StructArray = column.as_struct();
            Value::Object(object(fields, within.columns(), row))
        }
        _ => return None,
    })
}

fn number<T: ArrowPrimitiveType>(column: &ArrayRef, row: usize) -> T::Native {
    column.as_primitive::<T>().value(row)
}

fn time<T: ArrowTemporalType<Native = i64>>(column: &ArrayRef, row: usize) -> Option<Value> {
    let time = as_datetime::<T>(number::<T>(column, row))?;
    Some(time.format("%Y-%m-%dT%H:%M:%SZ").to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mapping, Options, Reject};
    use arrow_array::{Int64Array, StringArray, TimestampMillisecondArray};
    use arrow_schema::{Field, Schema};
    use parquet::{arrow::ArrowWriter, file::properties::WriterProperties};
    use proptest::prelude::*;
    use std::{fs, path::PathBuf, sync::Arc};

    fn file(folder: &Path) -> PathBuf {
        let pages = [Some("The harbour froze."), None, Some("The ferry left.")];
        let dates = [Some(1_400_000_000_000), None, None];
        write(folder, &pages, &dates, WriterProperties::default())
    }

    fn write(
        folder: &Path,
        pages: &[Option<&str>],
        dates: &[Option<i64>],
        properties: WriterProperties,
    ) -> PathBuf {
        let schema = Arc::new(Schema::new(vec![
            Field::new("text", DataType::Utf8, true),
            Field::new("unwanted", DataType::Int64, true),
            Field::new("id", DataType::Int64, true),
            Field::new("date", DataType::Timestamp(TimeUnit::Millisecond, None), true),
        ]));
        let n = i64::try_from(pages.len()).unwrap();
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from(pages.to_vec())),
            Arc::new(Int64Array::from_iter_values(1..=n)),
            Arc::new(Int64Array::from_iter_values(7..7 + n)),
            Arc::new(TimestampMillisecondArray::from(dates.to_vec())),
        ];
        let path = folder.join("shard.parquet");
        let file = File::create(&path).unwrap();
        let mut writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).unwrap();
        writer.write(&RecordBatch::try_new(schema, columns).unwrap()).unwrap();
        writer.close().unwrap();
        path
    }

    /// Six row groups of fifty rows each, compressed.
    fn groups(folder: &Path, compression: Compression) -> PathBuf {
        let pages: Vec<String> = (0..300_u64)
            .map(|row| format!("Tide {row} came in at {}.", row.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
            .collect();
        let pages: Vec<_> = pages.iter().map(|page| Some(page.as_str())).collect();
        let properties = WriterProperties::builder()
            .set_max_row_group_row_count(Some(50))
            .set_compression(compression)
            .build();
        write(folder, &pages, &[None; 300], properties)
    }

    /// Number, page, id and date of a row.
    type Seen = (u64, String, Option<String>, Option<String>);

    fn read(path: &Path) -> Vec<Result<Seen, Reject>> {
        let records = crate::open(&[path.to_owned()], &Options::new().mapping(Mapping::default())).unwrap();
        let unpack = |packed: Result<crate::Packed, Reject>| {
            let packed = packed?;
            let record = packed.unpack()?;
            let text = String::from_utf8(record.bytes.to_vec()).unwrap();
            Ok((record.place.unwrap().index, text, record.metadata.id, record.metadata.date))
        };
        records.map(unpack).collect()
    }

    #[test]
    fn each_row_is_a_record_and_one_without_a_page_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let rows = read(&file(folder.path()));
        assert_eq!(rows.len(), 3);
        let first = rows[0].as_ref().unwrap();
        assert_eq!((first.0, &*first.1, first.2.as_deref()), (0, "The harbour froze.", Some("7")));
        assert_eq!(first.3.as_deref(), Some("2014-05-13T16:53:20Z"));
        assert_eq!(rows[1].as_ref().unwrap_err().index, Some(1));
        assert_eq!(rows[2].as_ref().unwrap().1, "The ferry left.");
    }

    #[test]
    fn a_compression_that_is_not_read_is_told_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = groups(folder.path(), Compression::SNAPPY);
        let mut bytes = fs::read(&path).unwrap();
        // The codec stands behind the name of its column, a number in zigzag: Snappy is 1, LZO 3, Brotli 4.
        let snappy = b"\x04text\x15\x02";
        let places: Vec<usize> =
            (0..bytes.len() - snappy.len()).filter(|at| bytes[*at..].starts_with(snappy)).collect();
        assert_eq!(places.len(), 6);
        for (codec, name) in [(4, "Brotli"), (3, "LZO")] {
            places.iter().for_each(|at| bytes[at + snappy.len() - 1] = codec << 1);
            fs::write(&path, &bytes).unwrap();
            let rows = read(&path);
            let reject = rows[0].as_ref().unwrap_err();
            assert_eq!((rows.len(), reject.kind), (1, RejectKind::Compression));
            assert!(
                reject.to_string().contains(&format!("compressed with {name}, which is not read; write"))
            );
        }
    }

    #[test]
    fn what_writers_compress_with_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let gzip = Compression::GZIP(parquet::basic::GzipLevel::default());
        for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, gzip, Compression::LZ4_RAW] {
            let rows = read(&groups(folder.path(), compression));
            assert_eq!(rows.iter().filter(|row| row.is_ok()).count(), 300, "{compression}");
        }
    }

    #[test]
    fn a_damaged_row_group_takes_no_other_along_and_each_row_of_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = groups(folder.path(), Compression::ZSTD(parquet::basic::ZstdLevel::default()));
        let whole = read(&path);
        let metadata =
            ArrowReaderMetadata::load(&File::open(&path).unwrap(), ArrowReaderOptions::new()).unwrap();
        // The header of the group's first page: what a page holds has a checksum only where its writer gave it one.
        let (start, _) = metadata.metadata().row_group(2).column(0).byte_range();
        let mut bytes = fs::read(&path).unwrap();
        let start = usize::try_from(start).unwrap();
        bytes[start..start + 8].fill(0xff);
        fs::write(&path, bytes).unwrap();
        let rows = read(&path);
        assert_eq!(rows.len(), 300);
        for (at, (row, whole)) in rows.iter().zip(&whole).enumerate() {
            match row {
                Ok(row) => assert_eq!(row, whole.as_ref().unwrap()),
                Err(reject) => {
                    assert!((100..150).contains(&at), "row {at}: {reject}");
                    assert_eq!((reject.kind, reject.index), (RejectKind::Damaged, Some(at as u64)));
                }
            }
        }
        assert_eq!(rows.iter().filter(|row| row.is_err()).count(), 50);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_damage_ends_and_is_named(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5)) {
            let folder = tempfile::tempdir().unwrap();
            let path = groups(folder.path(), Compression::SNAPPY);
            let mut bytes = fs::read(&path).unwrap();
            for (at, byte) in flips {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            fs::write(&path, bytes).unwrap();
            let rows = read(&path);
            prop_assert!(rows.len() == 300 || (rows.len() < 300 && rows.iter().any(Result::is_err)), "{}", rows.len());
        }
    }

    #[test]
    fn a_file_too_short_to_be_one_is_no_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shard.parquet");
        for bytes in [&b"PA"[..], b"PAR1", b"PAR1 and no more"] {
            fs::write(&path, bytes).unwrap();
            let rows = read(&path);
            assert_eq!(rows.len(), 1);
            assert_eq!(rows[0].as_ref().unwrap_err().kind, RejectKind::Cut);
        }
    }

    #[test]
    fn a_cut_file_is_set_aside_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path());
        let bytes = fs::read(&path).unwrap();
        for len in [40, bytes.len() / 2, bytes.len() - 1] {
            fs::write(&path, &bytes[..len]).unwrap();
            let rows = read(&path);
            assert_eq!(rows.len(), 1, "{len}");
            assert_eq!(rows[0].as_ref().unwrap_err().kind, RejectKind::Cut, "{len}");
        }
    }
}
