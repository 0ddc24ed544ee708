//! Files that are a page each.

use crate::folder::Folder;
use corpus_read::{Options, RejectKind, open};

#[test]
fn a_file_is_its_bytes_and_has_no_place() {
    let folder = Folder::with("page.txt", "A title\r\n\r\nText.\n");
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.pages(), ["A title\r\n\r\nText.\n"]);
    assert_eq!(outcome.records[0].place, None);
    assert_eq!(outcome.records[0].metadata, Default::default());
}

#[test]
fn the_media_type_comes_from_the_extension_and_is_open_without() {
    let folder = Folder::new();
    for name in ["a.txt", "b.HTML", "c.htm", "d.rss", "e.md", "f", "g.unknown", "h.xml", "i.html.gz"] {
        folder.write(name, "Some words.");
    }
    let outcome = folder.read(&Options::new());
    let types: Vec<_> = outcome.records.iter().map(|record| record.media_type.as_deref()).collect();
    let (text, html) = (Some("text/plain"), Some("text/html"));
    let (rss, markdown, xml) = (Some("application/rss+xml"), Some("text/markdown"), Some("application/xml"));
    assert_eq!(types, [text, html, html, rss, markdown, None, None, xml, html]);
}

#[test]
fn what_is_no_text_is_set_aside() {
    let folder = Folder::new();
    folder.write("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    folder.write("b.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3");
    folder.write("c", b"PK\x03\x04\x14\0");
    folder.write("d.bin", (0..=255_u8).cycle().take(5000).collect::<Vec<_>>());
    folder.write("e.jsonl", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    folder.write("z.txt", "Text after all.");
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.pages(), ["Text after all."]);
    assert_eq!(outcome.kinds(), [RejectKind::Binary; 5]);
    let reject = outcome.rejects[1].to_string();
    assert_eq!(reject, "b.txt: no text but a PDF document; extract its text first or exclude it");
}

#[test]
fn text_in_any_encoding_is_no_binary() {
    let folder = Folder::new();
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    folder.write("a.txt", utf_16("\u{feff}Überschrift und Text"));
    folder.write("b.txt", utf_16("Headline and text without a mark"));
    folder.write("c.txt", b"\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0");
    folder.write("d.txt", "多くの言葉");
    folder.write("e.txt", "one stray zero \0 in a longer line of text");
    assert_eq!(folder.read(&Options::new()).records.len(), 5);
}

#[test]
fn empty_and_oversized_files_are_named() {
    let folder = Folder::new();
    folder.write("a.txt", "");
    folder.write("b.txt", "x".repeat(1001));
    folder.write("c.txt.gz", crate::folder::gzip("x".repeat(1001)));
    folder.write("d.txt", "x".repeat(1000));
    folder.write("e.txt.gz", crate::folder::gzip("x".repeat(1000)));
    folder.write("f.jsonl", "");
    folder.write("g.jsonl", "\n \n");
    folder.write("h.json", "[ ]");
    let outcome = folder.read(&Options::new().max_record(1000));
    assert_eq!(outcome.uris(), ["d.txt", "e.txt.gz"]);
    let (empty, long) = (RejectKind::Empty, RejectKind::TooLong);
    assert_eq!(outcome.kinds(), [empty, long, long, empty, empty, empty]);
}

#[test]
fn a_page_larger_than_any_buffer_comes_out_whole() {
    let page = "Words of a long page. ".repeat(50_000);
    let folder = Folder::with("a.txt", &page);
    folder.write("b.txt.zst", crate::folder::zstd(&page));
    assert_eq!(folder.read(&Options::new()).pages(), [&*page, &*page]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_set_aside_and_the_rest_goes_on() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let folder = Folder::with("b.txt", "Good.");
    let path = folder.write("a.txt", "Locked.");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything (root) may read this file too: then a file that goes away does instead.
    let is_locked = fs::read(&path).is_err();
    let records = open(&[path.clone(), folder.path("b.txt")], &Options::new()).unwrap();
    if !is_locked {
        fs::remove_file(&path).unwrap();
    }
    let outcome = folder.outcome(records);
    assert_eq!(outcome.pages(), ["Good."]);
    assert_eq!((outcome.reject().kind, &*outcome.reject().uri), (RejectKind::Unreadable, "a.txt"));
}
