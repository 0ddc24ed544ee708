//! A page whose metadata come later, in a sidecar, or are others by then, is one document with what is known of it now.

use crate::pages::{BEFORE_7, all, build, texts};
use corpus_core::{Document, Metadata, Parser, Place, Record, Span, text::Text};
use corpus_store::{Added, Anchor, Corpus, Fate, Options, Verdict, Writer};
use rusqlite::Connection;
use std::{path::Path, slice::from_ref};

/// The file `a.txt` with metadata that are said of it.
fn told(url: Option<&str>, date: Option<&str>) -> Document {
    let [url, date] = [url, date].map(|said| said.map(str::to_owned));
    let record = Record::new("a.txt", "The toll rises.\n".as_bytes());
    Text::new().parse_all(&record.with_metadata(Metadata { id: None, url, date })).remove(0)
}

fn add(folder: &Path, document: &Document) -> Added {
    let mut writer = Writer::open(folder, Options::new()).unwrap();
    let added = writer.add(from_ref(document), None).unwrap().remove(0);
    writer.finish().unwrap();
    added
}

const NEW: Added = Added::New { superseded: 1 };

#[test]
fn metadata_that_come_later_are_those_of_the_page_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let plain = told(None, None);
    build(folder.path(), from_ref(&plain));
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let anchor = Anchor::of(&plain, "", Span::new(4, 8));
    writer.decide(&anchor, &Verdict::Note { text: "by a tenth".to_owned() }).unwrap();
    drop(writer);
    let url = Some("https://a.example/toll");
    let (known, moved) = (told(url, None), told(Some("https://b.example/toll"), Some("2020-01-07")));
    // Said, said otherwise, said as before; and what says nothing takes nothing away.
    for (document, becomes, stays) in [
        (&known, NEW, &known),
        (&plain, Added::Known, &known),
        (&moved, NEW, &moved),
        (&plain, Added::Known, &moved),
        (&known, NEW, &known),
        (&known, Added::Known, &known),
    ] {
        assert_eq!(add(folder.path(), document), becomes);
        assert_eq!(all(folder.path()), from_ref(stays));
    }
    let decided = Corpus::open(folder.path()).unwrap().decided_document(&plain.id).unwrap();
    assert_eq!(decided.map(|document| document.id), Some(known.id));
}

#[test]
fn records_are_told_by_their_names_and_by_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let record = |index, id: Option<&str>, url: &str| {
        let mut document = told(Some(url), None);
        document.source.record = Some(Place { index, offset: 0, id: id.map(str::to_owned) });
        document
    };
    let [one, two] = ["https://a.example/1", "https://a.example/2"];
    build(folder.path(), &[record(0, Some("p"), one)]);
    assert_eq!(add(folder.path(), &record(3, Some("p"), two)), NEW);
    // Records of one text that have no name are pages of their own, each at its URL.
    let other = tempfile::tempdir().unwrap();
    build(other.path(), &[record(0, None, one)]);
    assert_eq!(add(other.path(), &record(0, None, two)), Added::New { superseded: 0 });
    // So are two of one name.
    let third = tempfile::tempdir().unwrap();
    build(third.path(), &[record(0, Some("p"), one), record(1, Some("p"), two)]);
    let next = record(1, Some("p"), "https://a.example/3");
    assert_eq!(add(third.path(), &next), Added::New { superseded: 0 });
}

#[test]
fn a_removed_page_does_not_come_back_with_metadata() {
    let folder = tempfile::tempdir().unwrap();
    let plain = told(None, None);
    build(folder.path(), from_ref(&plain));
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    assert_eq!(writer.remove(from_ref(&plain.id)).unwrap()[0].fate, Fate::Removed);
    drop(writer);
    assert_eq!(add(folder.path(), &told(Some("https://a.example/toll"), None)), Added::Removed);
    assert!(texts(folder.path()).is_empty());
}

#[test]
fn an_older_corpus_learns_which_documents_are_made_of_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[told(None, None)]);
    let manifest = Connection::open(folder.path().join("manifest.sqlite")).unwrap();
    manifest.execute_batch(BEFORE_7).unwrap();
    drop(manifest);
    assert_eq!(texts(folder.path()).len(), 1, "an older corpus is read as it is");
    assert_eq!(add(folder.path(), &told(Some("https://a.example/toll"), None)), NEW);
}
