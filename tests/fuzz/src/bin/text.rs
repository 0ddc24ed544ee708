//! Any bytes as a page of text.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    corpus_fuzz::parse(bytes, false);
});
