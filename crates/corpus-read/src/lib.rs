//! Containers of records: folders, files, JSON Lines, CSV, Parquet, web archives, mails, compressed or not.
//!
//! [`open`] takes paths and gives [`Records`], an iterator of [`Packed`] records in a fixed order; a worker turns
//! each into the [`Record`](corpus_core::Record) a parser reads ([`Packed::unpack`]). What cannot be read is a
//! [`Reject`] that says what, where and what to do, and the rest goes on. [`in_order()`] does the work on several
//! threads and hands the results back in input order.
//!
//! ```no_run
//! use corpus_read::{Options, open};
//! for record in open(&["pages".into(), "shard.jsonl.zst".into()], &Options::new())? {
//!     match record.as_ref().map_err(Clone::clone).and_then(|packed| packed.unpack()) {
//!         Ok(record) => println!("{} {}", record.uri, record.bytes.len()),
//!         Err(reject) => eprintln!("{reject}"),
//!     }
//! }
//! # Ok::<(), corpus_read::Error>(())
//! ```
//!
//! Memory is bounded by the largest record allowed ([`Options::max_record`]), not by the input; only sidecar metadata
//! is held whole.
//!
//! What this crate does not do: it does not look into pages (`corpus-core` decodes and parses them), it does not
//! fetch anything, and it never writes.

pub mod error;
pub mod in_order;
pub mod mapping;
pub mod options;
pub mod packed;
pub mod progress;
pub mod records;
pub mod reject;
pub mod skip;

mod fields;
mod files;
mod headers;
mod http;
mod input;
mod kind;
mod lines;
mod mbox;
mod media_type;
mod members;
mod mhtml;
mod rows;
mod sidecar;
mod table;
mod values;
mod warc;

pub use error::{Error, ErrorKind};
pub use in_order::{in_order, map_in_order};
pub use kind::no_text;
pub use mapping::Mapping;
pub use options::Options;
pub use packed::Packed;
pub use progress::Progress;
pub use records::{Records, list, open, open_as, read};
pub use reject::{Reject, RejectKind};
pub use sidecar::SidecarRows;
pub use skip::Skip;
