//! Inputs that fuzzing bred, each for code that no other reaches: the laws hold for all of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use corpus_annotate::Annotators;
use corpus_core::{Document, Record, Registry};
use corpus_tests::{check_facts, check_laws};
use std::{fs, path::Path};
use xtask::fuzz::bytes;

/// The documents of every kept input of a target.
fn documents(target: &str, media_type: &str) -> Vec<Document> {
    let registry = Registry::core();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(target).with_extension("jsonl");
    let text = fs::read_to_string(file).unwrap();
    let parse =
        |line| registry.parse_all(&Record::new("page", bytes(line).unwrap()).with_media_type(media_type));
    let documents: Vec<Document> = text.lines().flat_map(parse).collect();
    assert!(documents.len() > 100, "{} documents", documents.len());
    documents.iter().for_each(check_laws);
    documents
}

#[test]
fn pages_of_text() {
    documents("text", "text/plain");
}

#[test]
fn pages_of_html() {
    documents("html", "text/html");
}

#[test]
fn facts_of_text() {
    let annotators = Annotators::core();
    for mut document in documents("facts", "text/plain") {
        annotators.annotate(&mut document);
        check_facts(&document);
    }
}
