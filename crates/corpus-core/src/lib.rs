//! The document model of Corpus, its parsers and the labeller of block roles.
//!
//! A [`Record`] is the bytes of one page; a [`Parser`] makes [`Document`]s of it; a [`Registry`] chooses the parser.
//! A document is a text, the [`Part`]s of the page and the [`Block`]s of the text, each with a [`Role`].
//!
//! ```
//! use corpus_core::{Record, Registry};
//! let page = "A headline\n\nThe first paragraph says something. It has two sentences.";
//! let documents = Registry::core().parse_all(&Record::new("page.txt", page.as_bytes()));
//! assert_eq!(documents[0].slice(&documents[0].blocks[0]), "A headline");
//! ```
//!
//! What this crate does not do: it opens no file and no socket, reads no clock and no environment, starts no thread
//! and keeps no state. Containers are `corpus-read`'s; facts are an annotator's.

pub mod annotation;
pub mod ascii;
mod assemble;
pub mod block;
mod byline;
mod class;
pub mod cue;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod edtf;
pub mod encoding;
mod fnv;
mod headline;
pub mod host;
pub mod html;
pub mod id;
mod in_source;
pub mod label;
pub mod language;
pub mod layout;
mod names;
pub mod offsets;
pub mod parser;
pub mod part;
pub mod published;
pub mod record;
mod reference;
pub mod registry;
pub mod role;
#[cfg(feature = "schema")]
pub mod schema;
pub mod sequence;
pub mod source;
pub mod span;
mod stamp;
pub mod text;
pub mod trees;
mod word_table;

pub use annotation::Annotation;
pub use block::Block;
pub use diagnostic::{Diagnostic, Severity};
pub use document::Document;
pub use edtf::{Edtf, EdtfError};
pub use id::DocumentId;
pub use in_source::InSource;
pub use offsets::Offsets;
pub use parser::Parser;
pub use part::{Part, PartKind};
pub use published::{Evidence, Method, Published};
pub use record::Record;
pub use registry::{Registry, UnknownParser};
pub use role::Role;
pub use source::{Metadata, Place, Source};
pub use span::Span;
