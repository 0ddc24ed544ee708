//! The tables of keys that a task writes, by which copies are found without their texts.

use crate::{
    error::Error,
    keys::{text_key, to_bytes},
    work::KEYS,
};
use corpus_dedup::{Label, Sketch};
use datafusion::{
    arrow::{
        array::{ArrayRef, BinaryBuilder, Int64Builder, RecordBatch, StringBuilder, UInt64Builder},
        datatypes::{DataType, Field, Schema, SchemaRef},
    },
    parquet::{
        arrow::ArrowWriter,
        basic::{Compression, ZstdLevel},
        file::properties::WriterProperties,
    },
};
use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Bytes of words that make a row group: what is held in memory.
const GROUP_BYTES: usize = 8 << 20;

/// The tables on their way into their files.
pub(super) struct KeyFiles {
    texts: (Writer, BinaryBuilder, BinaryBuilder, Int64Builder),
    bands: (Writer, UInt64Builder, BinaryBuilder),
    fingerprints: (Writer, UInt64Builder, BinaryBuilder),
    labels: (Writer, Labels),
    bytes: usize,
}

#[derive(Default)]
struct Labels {
    text: BinaryBuilder,
    words: Int64Builder,
    part: Int64Builder,
    row: Int64Builder,
    document: StringBuilder,
    id: StringBuilder,
    date: StringBuilder,
    place: StringBuilder,
}

fn schema(columns: &[(&str, DataType)]) -> SchemaRef {
    Arc::new(Schema::new(
        columns.iter().map(|(name, kind)| Field::new(*name, kind.clone(), true)).collect::<Vec<_>>(),
    ))
}

/// One file.
struct Writer {
    path: PathBuf,
    schema: SchemaRef,
    writer: ArrowWriter<File>,
}

impl Writer {
    fn create(folder: &Path, name: &str, columns: &[(&str, DataType)]) -> Result<Self, Error> {
        let path = folder.join(format!("{name}.parquet"));
        let schema = schema(columns);
        let file = File::create(&path).map_err(|cause| Error::io("write", &path, cause))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_dictionary_enabled(false)
            .build();
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))
            .map_err(|cause| Error::io("write", &path, cause))?;
        Ok(Writer { path, schema, writer })
    }

    fn write(&mut self, columns: Vec<ArrayRef>) -> Result<(), Error> {
        let failed = |cause: &dyn std::fmt::Display| Error::io("write", &self.path, cause);
        let batch =
            RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(|cause| failed(&cause))?;
        self.writer
            .write(&batch)
            .and_then(|()| self.writer.flush())
            .map_err(|cause| Error::io("write", &self.path, cause))
    }

    fn finish(self) -> Result<(), Error> {
        let Writer { path, writer, .. } = self;
        let file = writer.into_inner().map_err(|cause| Error::io("write", &path, cause))?;
        file.sync_all().map_err(|cause| Error::io("write", &path, cause))
    }
}

impl KeyFiles {
    /// Tables in `folder`, each in a file of its name.
    pub(super) fn create(folder: &Path) -> Result<Self, Error> {
        let [texts, bands, fingerprints, labels] = KEYS;
        let text = ("text", DataType::Binary);
        let keyed = [("key", DataType::UInt64), text.clone()];
        let of_texts = [text.clone(), ("tokens", DataType::Binary), ("fingerprints", DataType::Int64)];
        let of_labels = [
            text,
            ("words", DataType::Int64),
            ("part", DataType::Int64),
            ("row", DataType::Int64),
            ("document", DataType::Utf8),
            ("id", DataType::Utf8),
            ("date", DataType::Utf8),
            ("place", DataType::Utf8),
        ];
        Ok(KeyFiles {
            texts: (
                Writer::create(folder, texts, &of_texts)?,
                BinaryBuilder::new(),
                BinaryBuilder::new(),
                Int64Builder::new(),
            ),
            bands: (Writer::create(folder, bands, &keyed)?, UInt64Builder::new(), BinaryBuilder::new()),
            fingerprints: (
                Writer::create(folder, fingerprints, &keyed)?,
                UInt64Builder::new(),
                BinaryBuilder::new(),
            ),
            labels: (Writer::create(folder, labels, &of_labels)?, Labels::default()),
            bytes: 0,
        })
    }

    /// Adds the document in a row of a part.
    pub(super) fn add(
        &mut self,
        (part, row): (u64, u32),
        document: &str,
        label: &Label,
        sketch: &Sketch,
    ) -> Result<(), Error> {
        let text = text_key(sketch);
        let labels = &mut self.labels.1;
        labels.text.append_value(text);
        labels.words.append_value(i64::from(sketch.n_words()));
        labels.part.append_value(part.try_into().unwrap_or(i64::MAX));
        labels.row.append_value(i64::from(row));
        labels.document.append_value(document);
        labels.id.append_value(&label.id);
        labels.date.append_option(label.date.as_deref());
        labels.place.append_value(&label.place);
        self.bytes += 4 * sketch.words().len() + document.len() + label.id.len() + label.place.len();
        // Texts without words are copies of nothing.
        if sketch.n_words() > 0 {
            let (_, texts, tokens, counts) = &mut self.texts;
            texts.append_value(text);
            tokens.append_value(to_bytes(sketch.words()));
            counts.append_value(sketch.fingerprints().len().try_into().unwrap_or(i64::MAX));
            for ((_, keys, texts), of_text) in
                [(&mut self.bands, sketch.bands()), (&mut self.fingerprints, sketch.fingerprints())]
            {
                for key in of_text {
                    keys.append_value(*key);
                    texts.append_value(text);
                }
                self.bytes += 28 * of_text.len();
            }
        }
        if self.bytes > GROUP_BYTES { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let (writer, text, tokens, counts) = &mut self.texts;
        writer.write(vec![Arc::new(text.finish()), Arc::new(tokens.finish()), Arc::new(counts.finish())])?;
        for (writer, keys, texts) in [&mut self.bands, &mut self.fingerprints] {
            writer.write(vec![Arc::new(keys.finish()), Arc::new(texts.finish())])?;
        }
        let (writer, labels) = &mut self.labels;
        writer.write(vec![
            Arc::new(labels.text.finish()),
            Arc::new(labels.words.finish()),
            Arc::new(labels.part.finish()),
            Arc::new(labels.row.finish()),
            Arc::new(labels.document.finish()),
            Arc::new(labels.id.finish()),
            Arc::new(labels.date.finish()),
            Arc::new(labels.place.finish()),
        ])?;
        self.bytes = 0;
        Ok(())
    }

    /// Ends the files.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.flush()?;
        self.texts.0.finish()?;
        self.bands.0.finish()?;
        self.fingerprints.0.finish()?;
        self.labels.0.finish()
    }
}
