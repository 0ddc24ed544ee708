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
//! What this crate does not do: it reads no input and parses no page, it does not know what an annotation means, and
//! it leaves the full-text index, which is derived, to those who search.

mod added;
mod address;
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
mod options;
mod page;
mod punycode;
mod purge;
mod reader;
mod removal;
mod verify;
mod writer;

pub use added::Added;
pub use compact::Compacted;
pub use corpus::Corpus;
pub use corpus_format::{EntityRow, Layer, LinkRow, Part};
pub use decision::{Anchor, Decision, Verdict};
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
pub use verify::{Fault, Report, orphans, verify};
pub use writer::{Checkpoint, Checkpoints, Writer};
