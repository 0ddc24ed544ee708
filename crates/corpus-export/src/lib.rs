//! Every format but the package: JSON Lines, CSV, SQLite, TEI, CoNLL-U, Web Annotation, Markdown, TimelineJS, RIS.
//!
//! A [`Format`] opens an [`Export`] to a [`Target`]; documents are added one by one; [`Export::finish`] says what was
//! written to which file. Nothing has its final name before that: an export that is dropped, or that fails, leaves no
//! file that looks whole.
//!
//! ```
//! use corpus_core::{Record, Registry};
//! use corpus_export::{Options, Target, format};
//! let page = "A headline\n\nThe first paragraph says something. It has two sentences.";
//! let documents = Registry::core().parse_all(&Record::new("page.txt", page.as_bytes()));
//! let mut bytes = Vec::new();
//! let mut export = format("ris")?.open(Target::Stream(&mut bytes), &Options::new())?;
//! for document in &documents {
//!     export.add(document)?;
//! }
//! let report = export.finish()?;
//! assert_eq!(report.written[0].rows, 1);
//! assert!(String::from_utf8_lossy(&bytes).contains("TI  - A headline"));
//! # Ok::<(), corpus_export::Error>(())
//! ```
//!
//! What this crate does not do: it reads no file and finds no fact; it writes what documents hold.

mod columns;
pub mod conllu;
pub mod csv;
mod edtf;
pub mod ending;
mod entities;
pub mod error;
pub mod format;
mod json_list;
pub mod jsonl;
pub mod markdown;
pub mod options;
pub mod output;
pub mod report;
pub mod ris;
pub mod selection;
pub mod separated;
pub mod spreadsheet;
pub mod sqlite;
mod stream;
pub mod target;
pub mod tei;
mod text;
pub mod timelinejs;
pub mod unfinished;
pub mod web_annotation;

pub use error::{Error, ErrorKind};
pub use format::{Export, FORMATS, Format, format};
pub use options::{Options, Parts};
pub use report::{Report, Written};
pub use separated::Separated;
pub use target::Target;
