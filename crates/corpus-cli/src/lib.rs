//! The command line of Corpus: arguments, exit codes and the terminal; everything else is done by the crates below.
//!
//! A command of your own with one more parser is three lines, and [`Program`] takes annotators and export formats too:
//!
//! ```no_run
//! # use corpus_core::{Document, Parser, Record};
//! # struct Wiki;
//! # impl Parser for Wiki {
//! #     fn name(&self) -> &'static str { "wiki" }
//! #     fn description(&self) -> &'static str { "wiki markup" }
//! #     fn media_types(&self) -> &'static [&'static str] { &["text/x-wiki"] }
//! #     fn sniff(&self, bytes: &[u8]) -> bool { bytes.starts_with(b"= ") }
//! #     fn parse(&self, _: &Record<'_>, _: &mut dyn FnMut(Document)) {}
//! # }
//! fn main() -> std::process::ExitCode {
//!     corpus_cli::run(corpus_cli::registry().with(Wiki))
//! }
//! ```
//!
//! What this crate does not do: it knows no format and no role rule; what it prints, the crates below have decided.

mod agreements;
mod annotate;
mod app;
mod argv;
mod ask;
mod build;
mod cell;
mod clean;
mod collocates;
mod compact;
mod completions;
mod console;
mod copies;
mod corpus;
mod dates;
mod decide;
mod diff;
mod dispersion;
mod dupes;
mod events;
mod explain;
mod export;
mod facts;
mod failure;
mod filter;
mod folder;
mod frequency;
mod global;
mod import;
mod ingest;
mod input;
mod keywords;
mod kwic;
mod languages;
mod linked;
mod man;
mod ngrams;
mod number;
mod outcome;
mod output;
mod paint;
mod parse;
mod parsers;
mod people;
mod program;
mod progress;
mod reference;
mod remove;
mod same_name;
mod scan;
mod schema;
mod search;
mod serve;
mod set_aside;
mod shipped;
mod show;
mod signals;
mod size;
mod stages;
mod statements;
mod stream;
mod table;
mod timeline;
mod verify;
mod words;

pub use app::run;
pub use program::Program;
pub use shipped::registry;
