//! The speed of the modules that look at every line or every document.
#![allow(missing_docs, reason = "criterion's macros")]

fn main() {}
