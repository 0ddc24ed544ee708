//! The package format: documents, layers and links as Parquet that any tool reads as it lies.
//!
//! `docs/format.md` specifies it. A document is one row ([`DocumentRows`], [`documents_of`]), an annotation one row of
//! its layer's table ([`AnnotationRows`], [`annotations_of`]), a link and a member of a cluster of copies one row each.
//! [`Table`] names the tables with their schemas; [`TableWriter`] and [`TableReader`] write and read one file, [`Batch`]
//! and [`Joined`] documents with all that belongs to them. [`package`] describes a folder of such files with a `datapackage.json`.
//!
//! ```
//! use corpus_core::{Parser, Record, text::Text};
//! use corpus_format::{Choice, DocumentRows, Table, TableReader, TableWriter, documents_of};
//!
//! let page = |name, text: &'static str| Text::new().parse_all(&Record::new(name, text.as_bytes())).remove(0);
//! let documents = [page("a.txt", "The harbour froze."), page("b.txt", "The toll rises.")];
//! let folder = tempfile::tempdir().unwrap();
//! let path = folder.path().join("documents.parquet");
//!
//! let mut rows = DocumentRows::new();
//! documents.iter().try_for_each(|document| rows.push(document))?;
//! let mut file = TableWriter::create(&path, Table::Documents)?;
//! file.write(&rows.finish()?)?;
//! assert_eq!(file.finish()?.rows, 2);
//!
//! let mut read = Vec::new();
//! for batch in TableReader::open(&path, Table::Documents)?.batches(Choice::Rows(&[1]), None)? {
//!     read.extend(documents_of(&batch?)?);
//! }
//! assert_eq!(read, documents[1..]);
//! # Ok::<(), corpus_format::Error>(())
//! ```
//!
//! What stays true: a document becomes a row and the row the same document again; the same rows are the same bytes;
//! every version that was released opens.
//!
//! What this crate does not do: it decides nothing about what is current or removed, and it knows no other format.

mod annotations;
mod batch;
mod columns;
mod documents;
mod entities;
mod error;
mod fields;
mod joined;
mod links;
pub mod package;
mod part;
mod published;
mod schema;
mod source_bytes;
mod table;
mod table_reader;
mod table_writer;
mod version;

pub use annotations::{AnnotationRows, LayerRow, annotations_of};
pub use batch::Batch;
pub use documents::{DocumentRows, documents_of};
pub use entities::{EntityRow, entities_of, entity_batch};
pub use error::{Error, ErrorKind};
pub use joined::{Joined, in_order};
pub use links::{ClusterRow, LinkRow, cluster_batch, clusters_of, link_batch, links_of};
pub use part::{Layer, Part, part_name};
pub use source_bytes::{SourceRow, source_batch, sources_of};
pub use table::Table;
pub use table_reader::{Choice, TableReader, checksum};
pub use table_writer::{TableWriter, Written};
pub use version::VERSION;
