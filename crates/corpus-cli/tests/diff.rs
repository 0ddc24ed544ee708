//! `corpus diff` on documents made by hand, so that what is compared does not depend on any parser.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A document of three blocks: a title, a paragraph and a note.
fn document(number: u32, note_role: &str, note_part: usize) -> Value {
    let text = format!("Notice {number}\n\nThe ferry leaves at eight on weekdays.\n\nTell your friends.");
    let paragraph = text.find("The").unwrap();
    let note = text.find("Tell").unwrap();
    let block = |start: usize, end: usize, role: &str, part: usize, why: &str| json!({"span": [start, end], "role": role, "part": part, "confidence": 0.5, "why": why});
    json!({
        "id": format!("b3:{number:032x}"),
        "source": {"uri": format!("notices/{number}.txt"), "media_type": "text/plain", "bytes": text.len(),
                   "blake3": "", "record": null, "metadata": {"id": null, "url": null, "date": null}},
        "text": text, "language": "en",
        "parts": [{"kind": "article", "title": format!("Notice {number}"), "authors": [], "site": null, "url": null,
                   "topics": [], "modified": null, "published": null}, {"kind": "furniture"}],
        "blocks": [block(0, paragraph - 2, "title", 0, "first block"),
                   block(paragraph, note - 2, "paragraph", 0, "a whole sentence"),
                   block(note, text.len(), note_role, note_part, "a reason")],
        "annotations": [], "diagnostics": [],
    })
}

fn unchanged(number: u32) -> Value {
    document(number, "paragraph", 0)
}

fn file(name: &str, documents: &[Value]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus-cli-diff");
    fs::create_dir_all(&folder).unwrap();
    let lines: Vec<String> = documents.iter().map(|document| format!("{document}\n")).collect();
    let path = folder.join(name);
    fs::write(&path, lines.concat()).unwrap();
    path
}

fn diff(name: &str, old: &[Value], new: &[Value], arguments: &[&str]) -> Output {
    let (old, new) = (file(&format!("{name}-old.jsonl"), old), file(&format!("{name}-new.jsonl"), new));
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.arg("diff").args([old, new]).args(arguments).env("COLUMNS", "90").env_remove("CLICOLOR_FORCE");
    command.output().unwrap()
}

fn table(name: &str, old: &[Value], new: &[Value]) -> String {
    String::from_utf8(diff(name, old, new, &["--format", "table"]).stdout).unwrap()
}

fn totals(name: &str, old: &[Value], new: &[Value]) -> Value {
    let output = String::from_utf8(diff(name, old, new, &[]).stdout).unwrap();
    serde_json::from_str::<Value>(output.lines().last().unwrap()).unwrap()["totals"].take()
}

#[test]
fn nothing_changed() {
    let documents = [unchanged(1), unchanged(2)];
    insta::assert_snapshot!(table("same", &documents, &documents), @"
    documents   2 documents · 0 changed · 0 added · 0 removed
    characters  0 of 110 with another role or part (0%)
    ");
    assert_eq!(diff("same", &documents, &documents, &["--exit-code"]).status.code(), Some(0));
}

#[test]
fn confidence_and_reasons_are_not_compared() {
    let mut other = unchanged(1);
    other["blocks"][1]["confidence"] = json!(0.9);
    other["blocks"][1]["why"] = json!("another reason");
    assert_eq!(totals("reasons", &[unchanged(1)], &[other])["changed"], 0);
}

#[test]
fn a_block_of_another_role_is_shown_and_counted() {
    let (old, new) = ([unchanged(1), unchanged(2)], [unchanged(1), document(2, "promo", 1)]);
    insta::assert_snapshot!("diff-role", table("role", &old, &new));
    let output = diff("role", &old, &new, &["--exit-code"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("diff-role-jsonl", String::from_utf8(output.stdout).unwrap());
}

#[test]
fn blocks_that_were_joined_or_split_are_compared_character_by_character() {
    let mut joined = unchanged(1);
    let end = joined["blocks"][2]["span"][1].clone();
    joined["blocks"][0]["span"][1] = end;
    joined["blocks"].as_array_mut().unwrap().truncate(1);
    let totals = totals("joined", &[unchanged(1)], &[joined]);
    assert_eq!(
        totals["confusions"],
        json!([{"old": "article paragraph", "new": "article title", "blocks": 2, "characters": 48}])
    );
    assert_eq!(totals["fields"], json!({"block spans": 1}));
}

#[test]
fn documents_that_came_went_or_changed_places_find_their_partner() {
    let old = [unchanged(1), unchanged(2), unchanged(3), unchanged(4)];
    let new = [unchanged(1), document(4, "legal", 1), unchanged(5), unchanged(2)];
    insta::assert_snapshot!("diff-order", table("order", &old, &new));
}

#[test]
fn the_same_page_twice_is_compared_twice() {
    let old = [unchanged(1), unchanged(1), unchanged(2)];
    let new = [unchanged(2), unchanged(1), document(1, "promo", 1)];
    let totals = totals("twice", &old, &new);
    assert_eq!((&totals["documents"], &totals["changed"]), (&json!(3), &json!(1)));
    assert_eq!((&totals["added"], &totals["removed"]), (&json!(0), &json!(0)));
}

#[test]
fn another_text_is_joined_by_what_its_blocks_read() {
    let mut other = document(1, "promo", 1);
    other["text"] = json!(other["text"].as_str().unwrap().replace("leaves at eight", "leaves at seven"));
    insta::assert_snapshot!("diff-text", table("text", &[unchanged(1)], &[other]));
}

#[test]
fn fields_that_differ_are_named() {
    let mut other = unchanged(1);
    other["language"] = json!("sv");
    other["parts"][0]["title"] = Value::Null;
    other["blocks"][2]["author"] = json!("The harbour office");
    let totals = totals("fields", &[unchanged(1)], &[other]);
    assert_eq!(totals["fields"], json!({"block author": 1, "language": 1, "title": 1}));
}

#[test]
fn facts_are_compared_layer_by_layer() {
    let fact = |span: [u32; 2], layer: &str, value: &str| json!({"span": span, "layer": layer, "value": {"type": value}, "rule": "r", "confidence": 0.5});
    let mut old = unchanged(1);
    old["annotations"] =
        json!([fact([0, 6], "name", "PER"), fact([10, 13], "name", "LOC"), fact([14, 19], "time", "DATE")]);
    let mut new = unchanged(1);
    new["annotations"] =
        json!([fact([0, 6], "name", "ORG"), fact([14, 19], "name", "PER"), fact([14, 19], "time", "DATE")]);
    new["annotations"][2]["confidence"] = json!(0.9);
    let totals = totals("facts", &[old], &[new]);
    assert_eq!(totals["layers"], json!({"name": {"added": 1, "removed": 1, "changed": 1}}));
    assert_eq!(totals["fields"], json!({"annotations": 1}));
}

#[test]
fn compressed_files_are_compared_as_plain_ones() {
    let plain = file("packed.jsonl", &[unchanged(1), unchanged(2)]);
    let gzip = plain.with_extension("jsonl.gz");
    let mut encoder =
        flate2::write::GzEncoder::new(fs::File::create(&gzip).unwrap(), flate2::Compression::fast());
    encoder.write_all(&fs::read(&plain).unwrap()).unwrap();
    encoder.finish().unwrap();
    let zstandard = plain.with_extension("jsonl.zst");
    fs::write(&zstandard, zstd::encode_all(fs::File::open(&plain).unwrap(), 1).unwrap()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .arg("diff")
        .args([&gzip, &zstandard])
        .arg("--exit-code")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("\"documents\":2,\"changed\":0"));
}

#[test]
fn a_line_that_holds_no_document_is_set_aside() {
    let mut unfit = unchanged(2);
    unfit["blocks"][2]["span"] = json!([0, 4000]);
    let documents = [json!("no document"), unchanged(1), unfit];
    let output = diff("unfit", &documents, &[unchanged(1)], &["--format", "table"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("documents   1 document · 0 changed"));
    assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 3);
}
