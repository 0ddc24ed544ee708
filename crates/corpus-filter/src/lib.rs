//! Filters of documents: which are kept, which are changed, which are dropped, and why.
//!
//! A [`Config`] is one TOML file; [`Filters`] are made of it once and judge documents, on any thread. A [`Verdict`]
//! holds the text as it is left, every value that was measured, and the rule that was broken where the document is
//! dropped. The published filters (C4, Gopher, FineWeb) decide on the numbers of one pass over the text.
//!
//! ```
//! use corpus_filter::{Config, Decision, Filters, NoFiles, Subject};
//! let filters = Filters::new(&Config::fineweb(), &NoFiles)?;
//! let verdict = filters.judge(Subject::new("page-1", "Home | News | Contact"));
//! assert_eq!(verdict.decision(), Decision::Dropped);
//! assert_eq!(verdict.notes.reason.unwrap().to_string(), "gopher_repetition.max_top_2_gram: 0.2857 > 0.2");
//! # Ok::<(), corpus_filter::Error>(())
//! ```
//!
//! # What stays true
//!
//! The same text and the same configuration give the same verdict on any machine and any number of threads; chance is
//! a hash of the document's id. Any text is judged, in time linear in its length.
//!
//! What this crate does not do: it opens no file (lists and test sets come through a [`World`]), it ships no list of
//! words or addresses, and it judges no document by another; `corpus-dedup` does.

mod article;
mod bad_words;
mod c4;
mod class;
pub mod config;
mod contamination;
mod croissant;
mod error;
pub mod filters;
mod fineweb;
mod gopher;
mod hash;
mod list;
mod measure;
mod ngrams;
pub mod notes;
pub mod personal;
mod plot;
pub mod report;
pub mod sample;
mod seen;
pub mod statistics;
pub mod tally;
pub mod url;
mod words;
mod world;
mod written;

pub use config::Config;
pub use croissant::{Distribution, croissant};
pub use error::Error;
pub use filters::{Decision, Filters, Subject, Verdict};
pub use notes::Notes;
pub use report::Report;
pub use statistics::{Features, Statistics};
pub use tally::Tally;
pub use world::{NoFiles, World};
pub use written::{Decided, Written};
