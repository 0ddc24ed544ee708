//! Exact and near duplicates of documents and of blocks, and their clusters.
//!
//! A [`Sketch`] is what is computed of one text, on any thread. A [`Pile`] takes the sketches of all documents, keeps
//! them on disk, and compares them when the last one is there: [`Findings`] are [`Cluster`]s of documents, each member
//! with its [`Relation`] to the survivor, and [`Passage`]s that documents of different clusters share.
//!
//! ```
//! use corpus_dedup::{Label, Options, Pile, Relation, Sketch};
//! use std::num::NonZeroUsize;
//!
//! let text = "On Monday night the harbour froze, and no ferry left before the ice-breaker came on Thursday.";
//! let mut pile = Pile::new(Options::new())?;
//! for (id, text) in [("b", text.to_uppercase()), ("a", text.to_owned()), ("c", "The council met.".to_owned())] {
//!     pile.add(&Label { id: id.to_owned(), ..Label::default() }, &Sketch::of([&*text]))?;
//! }
//! let findings = pile.compare(NonZeroUsize::MIN)?;
//! let ids: Vec<_> = findings.clusters[0].members().iter().map(|member| &*member.label.id).collect();
//! assert_eq!(ids, ["a", "b"]);
//! assert_eq!(findings.clusters[0].survivor().relation, Relation::Exact);
//! # Ok::<(), corpus_dedup::Error>(())
//! ```
//!
//! # How copies are found
//!
//! 1. A text is folded to its [`Words`]: case, punctuation and layout go. Equal words are exact copies, and from here
//!    on one text stands for all of its exact copies.
//! 2. The [`Shingles`] of the words give a [`Signature`] of 128 hashes (Dahlgaard, Knudsen, Thorup 2017) in 32 bands of
//!    four. Texts that meet in a band are compared (Broder 1997; Leskovec, Rajaraman, Ullman, “Mining of massive
//!    datasets”, chapter 3), and joined where they are copies.
//! 3. Of each text some shingles are its fingerprints (Schleimer, Wilkerson, Aiken 2003). The first texts of the
//!    clusters so far are compared where they share an eighth of them, those left out that more than 16 share: so
//!    truncated and reworded copies meet.
//! 4. Each comparison is exact, by [`Thresholds`]: Jaccard similarity, then containment, then the longest common
//!    subsequence of the words. No estimate decides.
//!
//! # What stays true
//!
//! The findings are a function of the set of documents: the same, byte for byte, for any order in which they come and
//! any number of threads. Every tie is decided by what a document is, never by when it came.
//!
//! What this crate does not do: it deletes nothing, it reads no input, and it knows no format. It does not see
//! translations, summaries, or copies whose words come in another order.

mod alignment;
mod basis;
mod block_key;
mod cluster;
mod error;
mod fingerprints;
mod fold;
mod forest;
mod label;
mod parted;
mod passage;
mod pile;
mod plain;
mod relation;
mod shingles;
mod signature;
mod sketch;
mod spill;
mod spread;
mod text_key;

pub use basis::Basis;
pub use block_key::LEAST_BLOCK;
pub use cluster::{Cluster, Member};
pub use error::Error;
pub use fold::Words;
pub use label::Label;
pub use passage::Passage;
pub use pile::{COMMON, Findings, NEIGHBOURS, Options, Pile, RARE};
pub use plain::{label_of_plain, text_of_plain};
pub use relation::{Likeness, Relation, Thresholds};
pub use shingles::{SHINGLE, Shingles};
pub use signature::{BANDS, ROWS, SIGNATURE, Signature};
pub use sketch::Sketch;
pub use text_key::TextKey;
