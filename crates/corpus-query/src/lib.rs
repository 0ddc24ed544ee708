//! Answers from a corpus: what is in it, and where.
//!
//! Every answer is typed and names document and span; the command line and the HTTP API only render it.

pub mod line_number;
pub mod place;
pub mod scan;

pub use line_number::LineNumber;
pub use place::Place;
