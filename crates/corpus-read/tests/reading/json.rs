//! JSON Lines and JSON arrays: which fields are taken, and every kind of bad line.

use crate::folder::Folder;
use corpus_core::{Metadata, Place};
use corpus_read::{Mapping, Options, Reject, RejectKind};
use std::fmt::Write;

fn metadata(id: &str, url: &str, date: &str) -> Metadata {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Metadata { id: some(id), url: some(url), date: some(date) }
}

#[test]
fn html_goes_before_text_before_content_and_null_is_passed_over() {
    let folder = Folder::with(
        "a.jsonl",
        r#"{"content": "c", "text": "t", "html": "<p>h"}
{"text": "t", "content": "c", "html": null}
{"content": "c", "text": null}
{"html": "", "text": "t\u00e9\n"}
{"text": ["no"], "content": "c"}
"#,
    );
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.pages(), ["<p>h", "t", "c", "té\n", "c"]);
    let types: Vec<_> = outcome.records.iter().map(|record| record.media_type.as_deref().unwrap()).collect();
    assert_eq!(types, ["text/html", "text/plain", "text/plain", "text/plain", "text/plain"]);
}

#[test]
fn ids_addresses_and_dates_are_taken_as_written() {
    let folder = Folder::with(
        "a.jsonl",
        r#"{"text": "t", "id": 12345678901234567890123, "url": "https://example.org/a\/b", "date": "2020-09-14", "dct": "no"}
{"text": "t", "id": "x-1", "dct": "2020", "other": {"id": "inner"}, "url": ""}
{"text": "t", "id": true, "url": null, "date": {"$date": 1}}
{"text": "t", "id": 1.50, "id": -7}
"#,
    );
    let found: Vec<_> =
        folder.read(&Options::new()).records.into_iter().map(|record| record.metadata).collect();
    let expected = [
        metadata("12345678901234567890123", "https://example.org/a/b", "2020-09-14"),
        metadata("x-1", "", "2020"),
        metadata("", "", ""),
        metadata("-7", "", ""),
    ];
    assert_eq!(found, expected);
}

#[test]
fn fields_may_be_mapped_even_into_objects() {
    let folder = Folder::with(
        "a.jsonl",
        r#"{"body": "b", "text": "t", "meta": {"link": "https://example.org", "day": 2020, "more": [1]}, "doc_id": 7}
{"body": "b", "meta": null, "meta.link": "flat"}
{"body": "b", "meta": "word"}
"#,
    );
    let mapping: Mapping = "text=body,id=doc_id,url=meta.link,date=meta.day".parse().unwrap();
    let outcome = folder.read(&Options::new().mapping(mapping));
    assert_eq!(outcome.pages(), ["b", "b", "b"]);
    let found: Vec<_> = outcome.records.into_iter().map(|record| record.metadata).collect();
    let expected =
        [metadata("7", "https://example.org", "2020"), metadata("", "flat", ""), metadata("", "", "")];
    assert_eq!(found, expected);
}

#[test]
fn a_line_knows_its_place() {
    let folder =
        Folder::with("a.jsonl", "\u{feff}{\"text\":\"a\"}\r\n\r\n  {\"text\":\"b\"}\n{\"text\":\"c\"}");
    let outcome = folder.read(&Options::new());
    let places: Vec<_> = outcome.records.iter().map(|record| record.place.clone().unwrap()).collect();
    let place = |index, offset| Place { index, offset, id: None };
    assert_eq!(places, [place(0, 3), place(1, 19), place(2, 34)]);
    assert_eq!(outcome.pages(), ["a", "b", "c"]);
}

#[test]
fn bad_lines_are_named_and_the_rest_goes_on() {
    let mut bytes = Vec::new();
    let bad: [(&[u8], RejectKind, &str); 9] = [
        (br#"{"text": "cut"#, RejectKind::Json, "EOF while parsing a string"),
        (br#"{"text": "a"} extra"#, RejectKind::Json, "trailing characters"),
        (br#"{"text": "a",}"#, RejectKind::Json, "trailing comma"),
        (b"just words", RejectKind::Json, "expected"),
        (b"[1, 2]", RejectKind::Json, "expected a JSON object"),
        (b"{\"text\": \"\xff\"}", RejectKind::Utf8, "not valid UTF-8 at byte 10 of the record"),
        (
            br#"{"title": "no page"}"#,
            RejectKind::NoPage,
            r#"in "html", "text", "content", found the fields "title""#,
        ),
        (br#"{"text": 5}"#, RejectKind::NoPage, "found a number"),
        (br#"{"text": ""}"#, RejectKind::Empty, "the page is empty"),
    ];
    let good = b"{\"text\": \"good\"}\n";
    for (line, ..) in bad {
        bytes.extend_from_slice(good);
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
    }
    let outcome = Folder::with("a.jsonl", bytes).read(&Options::new());
    assert_eq!(outcome.pages(), ["good"; 9]);
    let mut offset = 0;
    for (i, (reject, (line, kind, reason))) in outcome.rejects.iter().zip(bad).enumerate() {
        offset += good.len() as u64;
        assert_eq!((reject.kind, reject.offset), (kind, Some(offset)), "{reject}");
        assert_eq!((reject.index, reject.line), (Some(2 * i as u64 + 1), Some(2 * i as u64 + 2)), "{reject}");
        assert!(reject.reason.contains(reason), "{reject}");
        offset += line.len() as u64 + 1;
    }
    assert_eq!(outcome.rejects.len(), bad.len());
}

#[test]
fn half_a_character_does_not_lose_the_page() {
    let folder = Folder::with(
        "a.jsonl",
        r#"{"text": "cut \ud83d", "id": "a"}
{"text": "kept \ud83d\ude00, lone \ude00, plain \\ud83d"}
{"text": "cut \ud83d" broken}
"#,
    );
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.pages(), ["cut \u{fffd}", "kept \u{1f600}, lone \u{fffd}, plain \\ud83d"]);
    assert_eq!(outcome.reject().kind, RejectKind::Json);
}

#[test]
fn a_line_that_is_too_long_is_passed_over() {
    let mut text = String::from("{\"text\": \"before\"}\n");
    let long = "x".repeat(3_000_000);
    writeln!(text, "{{\"text\": \"{long}\"}}").unwrap();
    text += "{\"text\": \"after\"}\n";
    let outcome = Folder::with("a.jsonl", &text).read(&Options::new().max_record(1000));
    assert_eq!(outcome.pages(), ["before", "after"]);
    let Reject { kind, index, offset, line, reason, .. } = outcome.reject();
    assert_eq!((*kind, *index, *offset, *line), (RejectKind::TooLong, Some(1), Some(19), Some(2)));
    assert_eq!(reason, "the line has 3000012 bytes, more than the 1000 a record may have");
    assert_eq!(outcome.records[1].place.as_ref().unwrap().offset, 19 + 3_000_013);
}

#[test]
fn json_files_hold_an_array_lines_or_objects() {
    let folder = Folder::new();
    folder.write("a.json", " [\n {\"text\": \"a, ]\\\"}\"},\n\n{\"text\":\"b\"} , 5, \"word\"]\n");
    folder.write("b.json", "{\"text\": \"c\"}\n{\"text\": \"d\"}\nbroken\n");
    folder.write("c.json", "{\n  \"text\": \"e\",\n  \"more\": [{}]\n}\n{\n\"text\": \"f\"}");
    folder.write("d.json", "[{\"text\": \"g\"}, {\"text\": \"h");
    folder.write("e.json", "[{\"text\": \"i\"}");
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.pages(), ["a, ]\"}", "b", "c", "d", "e", "f", "g", "i"]);
    assert_eq!(outcome.kinds(), [RejectKind::Json; 5]);
    let place = outcome.records[1].place.clone().unwrap();
    assert_eq!((place.index, place.offset), (1, 26));
    let reasons: Vec<_> = outcome.rejects.iter().map(|reject| &*reject.reason).collect();
    assert!(reasons[0].contains("expected a JSON object"), "{reasons:?}");
    assert_eq!(reasons[3..], ["the file ends within a value", "the array is not closed"]);
}

#[test]
fn a_long_value_of_an_array_is_passed_over() {
    let long = "x".repeat(700_000);
    let folder = Folder::with("a.json", format!("[{{\"text\":\"{long}\"}},{{\"text\":\"b\"}}]"));
    let outcome = folder.read(&Options::new().max_record(1000));
    assert_eq!(outcome.pages(), ["b"]);
    assert_eq!((outcome.reject().kind, outcome.reject().offset), (RejectKind::TooLong, Some(1)));
}

#[test]
fn utf_16_is_named_once() {
    let utf_16: Vec<u8> = "\u{feff}{\"text\": \"a\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let outcome = Folder::with("a.jsonl", utf_16).read(&Options::new());
    assert_eq!(outcome.reject().kind, RejectKind::Utf8);
}

#[test]
fn a_page_that_is_null_is_said_to_be() {
    let lines = "{\"text\": null}\n{\"html\": null, \"text\": \"The ferry left.\"}\n";
    let outcome = Folder::with("a.jsonl", lines).read(&Options::new());
    assert_eq!(outcome.pages(), ["The ferry left."]);
    let reason = &outcome.reject().reason;
    assert!(reason.ends_with("found null"), "{reason}");
}
