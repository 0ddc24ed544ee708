//! Every format but the package: JSON Lines, CSV, SQLite, TEI, CoNLL-U, Web Annotation, Markdown, TimelineJS, RIS.
//!
//! A [`Format`] opens an [`Export`] to a [`Target`]; documents are added one by one; [`Export::finish`] says what was
//! written to which file. Nothing has its final name before that: an export that is dropped, or that fails, leaves no
//! file that looks whole.
//!
//! ```
//! use corpus_core::{Record, Registry};
//! use corpus_export::{Formats, Options, Target};
//! let page = "A headline\n\nThe first paragraph says something. It has two sentences.";
//! let documents = Registry::core().parse_all(&Record::new("page.txt", page.as_bytes()));
//! let mut bytes = Vec::new();
//! let mut export = Formats::core().get("ris")?.open(Target::Stream(&mut bytes), &Options::new())?;
//! for document in &documents {
//!     export.add(document)?;
//! }
//! let report = export.finish()?;
//! assert_eq!(report.written[0].rows, 1);
//! assert!(String::from_utf8_lossy(&bytes).contains("TI  - A headline"));
//! # Ok::<(), corpus_export::Error>(())
//! ```
//!
//! A format of your own implements [`Format`], most easily by a [`stream::Stream`], and joins the list of [`Formats`]:
//!
//! ```
//! use corpus_export::{
//!     Error, Export, Format, Formats, Options, Parts, Target,
//!     report::Tally,
//!     selection::Selected,
//!     stream::{Stream, Streamed},
//! };
//! use std::io::{self, Write};
//!
//! struct Titles;
//!
//! impl Format for Titles {
//!     fn name(&self) -> &'static str { "titles" }
//!     fn description(&self) -> &'static str { "the title of each article, one a line" }
//!     fn streams(&self, _: &Options) -> bool { true }
//!     fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
//!         Streamed::open(Lines, target, options, Parts::ARTICLES, &["titles"])
//!     }
//! }
//!
//! struct Lines;
//!
//! impl Stream for Lines {
//!     fn add(&mut self, taken: &Selected<'_>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
//!         for part in taken.document.parts.iter().filter(|part| taken.takes(part.kind)) {
//!             writeln!(out, "{}", part.title.as_deref().unwrap_or("-"))?;
//!             tally.add("titles", 1);
//!         }
//!         Ok(())
//!     }
//! }
//!
//! let formats = Formats::core().with(Titles);
//! # use corpus_core::{Record, Registry};
//! let page = "A headline\n\nThe first paragraph says something. It has two sentences.";
//! let mut bytes = Vec::new();
//! let mut export = formats.get("titles")?.open(Target::Stream(&mut bytes), &Options::new())?;
//! for document in Registry::core().parse_all(&Record::new("page.txt", page.as_bytes())) {
//!     export.add(&document)?;
//! }
//! assert_eq!(export.finish()?.written[0].to_string(), "1 titles");
//! assert_eq!(bytes, b"A headline\n");
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
pub mod stream;
pub mod target;
pub mod tei;
mod text;
pub mod timelinejs;
pub mod unfinished;
pub mod web_annotation;

pub use error::{Error, ErrorKind};
pub use format::{Export, Format, Formats};
pub use options::{Options, Parts};
pub use report::{Report, Written};
pub use separated::Separated;
pub use target::Target;
