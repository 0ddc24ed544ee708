//! Feeds as files: the list of parsers that ship gives one document an item.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::process::Command;

/// What `corpus parse` makes of a seed of the feed parser: the first line, the item and the parser's media type of
/// each document.
fn parse(seed: &str) -> Vec<[String; 3]> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus-feed/tests/seeds");
    let output = command.args(["parse", seed]).current_dir(folder).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let documents = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let text = |value: &Value| value.as_str().unwrap().lines().next().unwrap_or_default().to_owned();
    documents
        .map(|document| {
            let source = &document["source"];
            [text(&document["text"]), text(&source["record"]["id"]), text(&source["media_type"])]
        })
        .collect()
}

#[test]
fn a_file_gives_one_document_an_item() {
    let rss = "application/rss+xml";
    assert_eq!(
        parse("whole-content.rss"),
        [
            ["Lighthouse “opens” its doors & its lamp room", "gull-17", rss],
            ["Ferry late again", "https://gull.example/2019/05/16/ferry", rss],
        ]
    );
    let atom = "application/atom+xml";
    assert_eq!(
        parse("entries.atom"),
        [["On spring tides", "urn:uuid:9d1c-1", atom], ["Less < more", "urn:uuid:9d1c-2", atom],]
    );
}
