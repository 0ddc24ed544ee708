//! A corpus at rest: documents in a directory, or a few of them in memory.
//!
//! [`Corpus`] is how everything above reads documents, wherever they lie: it shows one snapshot and goes on showing
//! it while others write.
//!
//! ```
//! use corpus_core::{Parser, Record, text::Text};
//! use corpus_store::Corpus;
//!
//! let documents = Text::new().parse_all(&Record::new("a.txt", "The harbour froze.".as_bytes()));
//! let corpus = Corpus::memory(documents);
//! assert_eq!(corpus.n_documents(), 1);
//! for document in corpus.documents() {
//!     assert_eq!(document?.text, "The harbour froze.");
//! }
//! # Ok::<(), corpus_store::Error>(())
//! ```
//!
//! A directory is written by one [`Writer`] and read by any number of corpora. What was written is there with the next
//! commit, and a corpus that was opened before stays as it was:
//!
//! ```
//! use corpus_core::{Metadata, Parser, Record, text::Text};
//! use corpus_store::{Added, Corpus, Options, Writer};
//!
//! let page = |url: &str, text: &'static str| {
//!     let metadata = Metadata { url: Some(url.to_owned()), ..Metadata::default() };
//!     Text::new().parse_all(&Record::new("crawl.jsonl", text.as_bytes()).with_metadata(metadata))
//! };
//! let folder = tempfile::tempdir().unwrap();
//! let mut writer = Writer::open(folder.path(), Options::new())?;
//! writer.add(&page("https://a.example/ice", "The harbour froze."), None)?;
//! writer.finish()?;
//! let before = Corpus::open(folder.path())?;
//!
//! // A later build finds the page changed, under another way to write its address, and a second page.
//! let mut writer = Writer::open(folder.path(), Options::new())?;
//! let added = writer.add(&page("http://www.a.example/ice/#top", "The harbour is free of ice."), None)?;
//! assert_eq!(added, [Added::New { superseded: 1 }]);
//! writer.add(&page("https://a.example/toll", "The toll rises."), None)?;
//! writer.finish()?;
//!
//! fn texts(corpus: &Corpus) -> Result<Vec<String>, corpus_store::Error> {
//!     corpus.documents().map(|document| Ok(document?.text)).collect()
//! }
//! assert_eq!(texts(&before)?, ["The harbour froze."]);
//! let corpus = Corpus::open(folder.path())?;
//! assert_eq!(texts(&corpus)?, ["The harbour is free of ice.", "The toll rises."]);
//! let [id] = &corpus.named("https://a.example/ice", 2)?[..] else { panic!("one page has this address") };
//! assert_eq!(corpus.document(id)?.unwrap().text, "The harbour is free of ice.");
//! # Ok::<(), corpus_store::Error>(())
//! ```
//!
//! What this crate does not do: it reads no input and parses no page, it does not know what an annotation means, and
//! it leaves the full-text index, which is derived, to those who search.

mod added;
mod adding;
mod address;
mod anchor;
mod anew;
mod backup;
mod called;
mod compact;
mod corpus;
mod decision;
mod directory;
mod documents;
mod ephemeral;
mod error;
mod import;
mod layers;
mod links;
mod lock;
mod manifest;
mod memory;
mod mend;
mod moved;
mod options;
mod page;
mod punycode;
mod purge;
mod readdressed;
mod reader;
mod removal;
mod retold;
mod split;
mod taken_out;
mod verify;
mod writer;

pub use added::Added;
pub use anchor::Anchor;
pub use compact::Compacted;
pub use corpus::Corpus;
pub use corpus_format::{EntityRow, Layer, LinkRow, Part};
pub use decision::{Decision, Verdict};
pub use directory::is_corpus;
pub use documents::Documents;
pub use ephemeral::Ephemeral;
pub use error::{Error, ErrorKind};
pub use import::Imported;
pub use links::LinksAtRest;
pub use lock::IndexLock;
pub use mend::{Mended, restore_manifest};
pub use options::Options;
pub use removal::{Removed, TakenBack};
pub use taken_out::{Fate, TakenOut};
pub use verify::{Fault, Report, orphans, verify};
pub use writer::{Checkpoint, Checkpoints, Writer};
