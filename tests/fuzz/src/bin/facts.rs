//! What any page of text says.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| corpus_fuzz::annotate(bytes));
