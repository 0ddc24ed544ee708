//! A package: a folder of tables with a `datapackage.json` that says what they are.
//!
//! The description follows the Data Package standard, version 2; each file is a resource with its checksum, and each
//! table's columns are described. Everything that reads Parquet reads the tables without it.
//!
//! ```
//! use corpus_core::{Parser, Record, text::Text};
//! use corpus_format::package::{Package, PackageWriter};
//!
//! let documents = Text::new().parse_all(&Record::new("a.txt", "The harbour froze.".as_bytes()));
//! let folder = tempfile::tempdir().unwrap();
//! let mut writer = PackageWriter::new(folder.path(), []);
//! documents.iter().try_for_each(|document| writer.add(document))?;
//! // Links, entities and clusters of copies, where there are any.
//! writer.finish(&[], &[], &[])?;
//!
//! let package = Package::open(folder.path())?;
//! package.verify()?;
//! assert_eq!(package.documents().collect::<Result<Vec<_>, _>>()?, documents);
//! # Ok::<(), corpus_format::Error>(())
//! ```

use crate::{
    batch::Batch,
    entities::{EntityRow, entities_of, entity_batch},
    error::Error,
    joined::Joined,
    links::{ClusterRow, LinkRow, cluster_batch, clusters_of, link_batch, links_of},
    part::{Layer, Part, part_name},
    table::Table,
    table_reader::{Choice, TableReader, checksum},
    table_writer::{TableWriter, begin},
    version::VERSION,
};
use arrow_schema::{DataType, Field};
use corpus_core::Document;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// The file that describes a package.
pub const DESCRIPTION: &str = "datapackage.json";

/// Bytes of text in a part.
const PART_BYTES: u64 = 256 << 20;

/// A package in the making. It is one only once [`finish`](PackageWriter::finish) has written its description.
#[derive(Debug)]
pub struct PackageWriter {
    folder: PathBuf,
    versions: BTreeMap<String, u32>,
    batch: Option<Batch>,
    number: u64,
    parts: Vec<Part>,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Rows of each table, by its name; of annotations by `annotations/LAYER`.
    pub rows: BTreeMap<String, u64>,
    /// Length of all files in bytes.
    pub bytes: u64,
}

impl PackageWriter {
    /// Begins a package in `folder`, whose layers have these versions, 1 where none is given.
    pub fn new(folder: &Path, layers: impl IntoIterator<Item = Layer>) -> Self {
        let versions = layers.into_iter().map(|layer| (layer.name, layer.version)).collect();
        PackageWriter { folder: folder.to_owned(), versions, batch: None, number: 1, parts: Vec::new() }
    }

    /// A package of parts that lie in `folder` already, to be finished.
    pub fn of_parts(folder: &Path, parts: Vec<Part>) -> Self {
        let number = parts.iter().map(|part| part.number + 1).max().unwrap_or(1);
        PackageWriter { folder: folder.to_owned(), versions: BTreeMap::new(), batch: None, number, parts }
    }

    /// Adds a document with its annotations.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        let (folder, number) = (&self.folder, self.number);
        let batch = self.batch.get_or_insert_with(|| Batch::new(folder, number));
        batch.push(document, |layer| self.versions.get(layer).copied().unwrap_or(1))?;
        if batch.n_bytes() >= PART_BYTES {
            self.end_batch()?;
        }
        Ok(())
    }

    fn end_batch(&mut self) -> Result<(), Error> {
        if let Some(batch) = self.batch.take() {
            self.parts.extend(batch.finish()?);
            self.number += 1;
        }
        Ok(())
    }

    fn add_table<T>(
        &mut self,
        table: Table,
        rows: &[T],
        batch: impl Fn(&[T]) -> Result<arrow_array::RecordBatch, Error>,
    ) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut file = TableWriter::create(&self.folder.join(part_name(table, None, 1)), table)?;
        rows.chunks(1 << 16).try_for_each(|rows| file.write(&batch(rows)?))?;
        self.parts.push(Part::new(table, 1, None, file.finish()?));
        Ok(())
    }

    /// Adds links, what they point at, and clusters of copies, and writes the description: only now is it a package.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(
        mut self,
        links: &[LinkRow],
        entities: &[EntityRow],
        clusters: &[ClusterRow],
    ) -> Result<Contents, Error> {
        self.end_batch()?;
        self.add_table(Table::Links, links, link_batch)?;
        self.add_table(Table::Entities, entities, entity_batch)?;
        self.add_table(Table::Clusters, clusters, cluster_batch)?;
        self.parts.sort_by(|a, b| a.path.cmp(&b.path));
        let mut contents = Contents::default();
        for part in &self.parts {
            let layer = part.layer.as_ref().map(|layer| format!("/{}", layer.name)).unwrap_or_default();
            *contents.rows.entry(format!("{}{layer}", part.table.as_str())).or_default() += part.rows;
            contents.bytes += part.bytes;
        }
        let path = self.folder.join(DESCRIPTION);
        let write = |error| Error::io("write", &path, error);
        fs::create_dir_all(&self.folder).map_err(write)?;
        let mut text = serde_json::to_string_pretty(&describe(&self.parts)).map_err(Error::rows)?;
        text.push('\n');
        let temporary = self.folder.join(format!("{DESCRIPTION}.tmp"));
        let mut file = begin(&temporary).map_err(write)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(write)?;
        fs::rename(&temporary, &path).map_err(write)?;
        Ok(contents)
    }
}

/// The description of a package with these parts.
fn describe(parts: &[Part]) -> Value {
    let resources = parts.iter().map(|part| {
        let name: String = part.path.trim_end_matches(".parquet").to_lowercase();
        let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '-';
        let name: String = name.chars().map(|character| if is_plain(character) { character } else { '-' }).collect();
        let mut resource = json!({
            "name": name,
            "path": part.path,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "bytes": part.bytes,
            "hash": format!("blake3:{}", part.blake3),
            "description": part.table.description(),
            "schema": { "fields": part.table.schema().fields().iter().map(|field| column(field)).collect::<Vec<_>>() },
            "corpus": { "table": part.table.as_str(), "number": part.number, "rows": part.rows },
        });
        if let Some(layer) = &part.layer {
            resource["corpus"]["layer"] = json!(layer.name);
            resource["corpus"]["version"] = json!(layer.version);
        }
        resource
    });
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "corpus",
        "corpus": { "format": VERSION },
        "resources": resources.collect::<Vec<_>>(),
    })
}

/// A column as Table Schema has it; what lies in lists and structures is described beside it.
fn column(field: &Field) -> Value {
    let name = match field.data_type() {
        DataType::Utf8 => "string",
        DataType::Boolean => "boolean",
        DataType::UInt8 | DataType::UInt32 | DataType::UInt64 => "integer",
        DataType::Float32 | DataType::Float64 => "number",
        DataType::List(_) => "array",
        DataType::Struct(_) => "object",
        _ => "any",
    };
    let mut column = json!({ "name": field.name(), "type": name });
    if let Some(description) = field.metadata().get("description") {
        column["description"] = json!(description);
    }
    if !field.is_nullable() {
        column["constraints"] = json!({ "required": true });
    }
    let fields = match field.data_type() {
        DataType::Struct(fields) => Some(fields),
        DataType::List(item) => match item.data_type() {
            DataType::Struct(fields) => Some(fields),
            _ => None,
        },
        _ => None,
    };
    if let Some(fields) = fields {
        column["fields"] = fields.iter().map(|field| self::column(field)).collect();
    }
    column
}

/// A package to read.
#[derive(Debug)]
pub struct Package {
    folder: PathBuf,
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Description {
    corpus: Format,
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
    bytes: u64,
    hash: String,
    corpus: Place,
}

#[derive(Deserialize)]
struct Place {
    table: String,
    number: u64,
    rows: u64,
    layer: Option<String>,
    version: Option<u32>,
}

impl Package {
    /// Opens the package in `folder`.
    ///
    /// # Errors
    /// When there is none, its description cannot be understood, or it has a newer version.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(DESCRIPTION);
        let text = fs::read(&path).map_err(|error| Error::io("open", &path, error))?;
        let description: Description =
            serde_json::from_slice(&text).map_err(|error| Error::damaged(&path, error))?;
        if description.corpus.format > VERSION {
            return Err(Error::too_new(&path, &description.corpus.format.to_string()));
        }
        let part = |resource: Resource| {
            let Resource { path: name, bytes, hash, corpus } = resource;
            let is_below =
                Path::new(&name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
            let table = Table::ALL.iter().copied().find(|table| table.as_str() == corpus.table);
            let (Some(table), true) = (table, is_below) else {
                return Err(Error::damaged(
                    &path,
                    format_args!("the resource {name:?} is no table of a corpus"),
                ));
            };
            let layer = corpus.layer.map(|name| Layer { name, version: corpus.version.unwrap_or(1) });
            let blake3 = hash.strip_prefix("blake3:").unwrap_or(&hash).to_owned();
            Ok(Part { path: name, table, number: corpus.number, layer, rows: corpus.rows, bytes, blake3 })
        };
        let mut parts = description.resources.into_iter().map(part).collect::<Result<Vec<_>, _>>()?;
        parts.sort_by(|a, b| (a.number, &a.path).cmp(&(b.number, &b.path)));
        Ok(Package { folder: folder.to_owned(), parts })
    }

    /// Its files.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Its layers, each once.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers: Vec<_> = self.parts.iter().filter_map(|part| part.layer.clone()).collect();
        layers.sort();
        layers.dedup();
        layers
    }

    /// Checks every file against its checksum and its number of rows.
    ///
    /// # Errors
    /// When one cannot be read, or holds other bytes or more or fewer rows than the description says.
    pub fn verify(&self) -> Result<(), Error> {
        for part in &self.parts {
            let path = self.folder.join(&part.path);
            if checksum(&path)? != part.blake3 {
                return Err(Error::damaged(
                    &path,
                    "its bytes are not those that were written: the checksum differs",
                ));
            }
            let n_rows = self.table(part)?.n_rows();
            if n_rows != part.rows {
                let reason =
                    format_args!("{DESCRIPTION} says that it has {} rows, it has {n_rows}", part.rows);
                return Err(Error::damaged(&path, reason));
            }
        }
        Ok(())
    }

    fn table(&self, part: &Part) -> Result<TableReader, Error> {
        TableReader::open(&self.folder.join(&part.path), part.table)
    }

    fn of(&self, table: Table) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.table == table)
    }

    /// The documents with their annotations, in their order, a few in memory at a time.
    pub fn documents(&self) -> impl Iterator<Item = Result<Document, Error>> + '_ {
        self.of(Table::Documents).flat_map(|part| {
            let (run, error) = match self.run(part) {
                Ok(run) => (Some(run), None),
                Err(error) => (None, Some(Err(error))),
            };
            run.into_iter().flatten().chain(error)
        })
    }

    fn run(&self, part: &Part) -> Result<Joined, Error> {
        let of_part = self.of(Table::Annotations).filter(|layer| layer.number == part.number);
        let layers = of_part
            .map(|layer| Ok((layer.layer.as_ref().map_or("", |layer| &*layer.name), self.table(layer)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        Joined::open(&self.table(part)?, layers.iter().map(|(name, table)| (*name, table)), None)
    }

    /// The links.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn links(&self) -> Result<Vec<LinkRow>, Error> {
        self.rows(Table::Links, links_of)
    }

    /// The entities that links point at, and the ids that were merged into others.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn entities(&self) -> Result<Vec<EntityRow>, Error> {
        self.rows(Table::Entities, entities_of)
    }

    /// The members of clusters of copies.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn clusters(&self) -> Result<Vec<ClusterRow>, Error> {
        self.rows(Table::Clusters, clusters_of)
    }

    fn rows<T>(
        &self,
        table: Table,
        read: impl Fn(&arrow_array::RecordBatch) -> Result<Vec<T>, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        for part in self.of(table) {
            for batch in self.table(part)?.batches(Choice::All, None)? {
                rows.extend(read(&batch?)?);
            }
        }
        Ok(rows)
    }
}
