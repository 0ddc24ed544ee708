//! Every format: what it writes of small documents made by hand, and that it holds for any document.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_document;
mod cells;
mod files;
mod fixture;
mod golden;
mod own;
mod tagged;
