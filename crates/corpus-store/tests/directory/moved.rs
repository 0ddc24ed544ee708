//! A file that was moved is the same document at its new place.

use crate::pages::{all, file, texts};
use corpus_core::{Document, Metadata, Parser, Place, Record, text::Text};
use corpus_store::{Added, Checkpoint, Corpus, Options, Writer, verify};
use std::{fs, path::Path};

/// Builds a corpus of these files as a command does: each is noted as read.
fn read(corpus: &Path, documents: &[Document]) -> Vec<Added> {
    let mut writer = Writer::open(corpus, Options::new()).unwrap();
    let mut added = Vec::new();
    for document in documents {
        added.extend(writer.add(std::slice::from_ref(document), None).unwrap());
        let path = fs::canonicalize(&document.source.uri).unwrap();
        let checkpoint = Checkpoint { records: 1, documents: 1, set_aside: 0 };
        writer.set_checkpoint(path.to_str().unwrap(), "stamp", checkpoint);
    }
    writer.finish().unwrap();
    assert!(verify(corpus, |_, _| ()).unwrap().is_whole());
    added
}

/// A text in a file.
fn written(path: &Path, text: &str) -> Document {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    file(path.to_str().unwrap(), text)
}

fn places(corpus: &Path) -> Vec<(String, Vec<String>)> {
    let place = |document: Document| {
        (document.source.uri, document.also.into_iter().map(|source| source.uri).collect())
    };
    all(corpus).into_iter().map(place).collect()
}

#[test]
fn a_file_that_was_moved_is_one_document_at_its_new_place() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let corpus = at("corpus");
    let name = |path: &str| at(path).to_str().unwrap().to_owned();
    assert_eq!(
        read(&corpus, &[written(&at("old/quay.txt"), "The quay is closed.")]),
        [Added::New { superseded: 0 }]
    );
    let first = Corpus::open(&corpus).unwrap();
    fs::create_dir(at("new")).unwrap();
    fs::rename(at("old/quay.txt"), at("new/quay.txt")).unwrap();
    fs::remove_dir(at("old")).unwrap();
    assert_eq!(read(&corpus, &[file(&name("new/quay.txt"), "The quay is closed.")]), [Added::Moved]);
    assert_eq!(places(&corpus), [(name("new/quay.txt"), vec![])]);
    let now = Corpus::open(&corpus).unwrap();
    let ids = now.named("quay.txt", 9).unwrap();
    assert_eq!((ids.len(), now.n_documents()), (1, 1));
    assert_eq!(now.document(&ids[0]).unwrap().unwrap().source.uri, name("new/quay.txt"));
    // What is derived from the documents takes notice; who reads an earlier snapshot does not.
    assert_eq!(now.documents().added_since(first.snapshot()).count(), 1);
    assert_eq!(first.documents().next().unwrap().unwrap().source.uri, name("old/quay.txt"));
    drop((first, now));

    // What lies there later supersedes it, and what lies at the old place does not.
    let later =
        [written(&at("new/quay.txt"), "The quay is open."), written(&at("old/quay.txt"), "A list of quays.")];
    assert_eq!(read(&corpus, &later), [Added::New { superseded: 1 }, Added::New { superseded: 0 }]);
    assert_eq!(texts(&corpus), ["The quay is open.", "A list of quays."]);
    let mut writer = Writer::open(&corpus, Options::new()).unwrap();
    writer.compact(true).unwrap();
    writer.finish().unwrap();
    assert_eq!(places(&corpus), [(name("new/quay.txt"), vec![]), (name("old/quay.txt"), vec![])]);
}

#[test]
fn a_file_that_comes_back_is_at_its_first_place_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let corpus = at("corpus");
    read(&corpus, &[written(&at("a.txt"), "The quay is closed.")]);
    for (from, to) in [("a.txt", "b.txt"), ("b.txt", "a.txt"), ("a.txt", "b.txt")] {
        fs::rename(at(from), at(to)).unwrap();
        let path = at(to).to_str().unwrap().to_owned();
        let checkpoints = Writer::open(&corpus, Options::new()).unwrap().checkpoints().unwrap();
        assert_eq!(checkpoints.of(fs::canonicalize(&path).unwrap().to_str().unwrap(), "stamp"), None);
        assert_eq!(read(&corpus, &[file(&path, "The quay is closed.")]), [Added::Moved], "{to}");
        assert_eq!(places(&corpus), [(path, vec![])]);
    }
}

#[test]
fn of_a_file_that_may_be_there_both_places_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let corpus = at("corpus");
    let one = written(&at("a.txt"), "The quay is closed.");
    // It was never read at a place that can be seen from here.
    let unseen = file("elsewhere/c.txt", "The lock is closed.");
    let mut writer = Writer::open(&corpus, Options::new()).unwrap();
    writer.add(&[one], None).unwrap();
    writer.add(&[unseen], None).unwrap();
    writer.finish().unwrap();
    let copies = [written(&at("b.txt"), "The quay is closed."), written(&at("d.txt"), "The lock is closed.")];
    assert_eq!(read(&corpus, &copies), [Added::Again, Added::Again]);
    assert_eq!(all(&corpus).iter().map(|document| document.also.len()).sum::<usize>(), 2);
    // A name that two files have is that of one document.
    assert_eq!(Corpus::open(&corpus).unwrap().named("b", 9).unwrap().len(), 1);
}

#[test]
fn a_document_in_two_files_of_one_name_is_named_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let pages = ["one/ice.txt", "two/ice.txt"].map(|path| written(&at(path), "The ice is thick."));
    read(&at("corpus"), &pages);
    assert_eq!(Corpus::open(&at("corpus")).unwrap().named("ice.txt", 9).unwrap(), [pages[0].id.clone()]);
}

#[test]
fn the_records_of_a_renamed_file_are_the_same_documents() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let record = |path: &Path, index: u64, text: &str| {
        fs::write(path, "records").unwrap();
        let metadata = Metadata { url: Some(format!("https://a.example/{text}")), ..Metadata::default() };
        let record = Record::new(path.to_str().unwrap().to_owned(), text.as_bytes().to_vec());
        let mut document = Text::new().parse_all(&record.with_metadata(metadata)).remove(0);
        document.source.record = Some(Place { index, offset: 9 * index, id: None });
        document
    };
    let records = |path: &str| [0, 1].map(|index| record(&at(path), index, ["ice", "thaw"][index as usize]));
    read(&at("corpus"), &records("pages.jsonl"));
    fs::remove_file(at("pages.jsonl")).unwrap();
    assert_eq!(read(&at("corpus"), &records("2024.jsonl")), [Added::Moved, Added::Moved]);
    let sources: Vec<_> = all(&at("corpus")).into_iter().map(|document| document.source).collect();
    assert_eq!(sources, records("2024.jsonl").map(|document| document.source));
    let corpus = Corpus::open(&at("corpus")).unwrap();
    assert_eq!(corpus.named("2024.jsonl#1", 9).unwrap().len(), 1);
    assert!(corpus.named("pages.jsonl#1", 9).unwrap().is_empty());
}

#[test]
fn records_that_stand_elsewhere_in_their_file_are_named_by_where_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let record = |index: usize, text: &str| {
        let mut document = crate::pages::page(&format!("https://a.example/{text}"), text);
        document.source.record = Some(Place { index: index as u64, offset: 9 * index as u64, id: None });
        document
    };
    let numbers = |texts: &[&str]| {
        let records: Vec<Document> = texts.iter().enumerate().map(|(n, text)| record(n, text)).collect();
        crate::pages::build(folder.path(), &records);
        let number = |source: &corpus_core::Source| source.record.as_ref().unwrap().index;
        let all = all(folder.path()).into_iter();
        let all = all.map(|page| (page.text, number(&page.source), page.also.iter().map(number).collect()));
        all.collect::<Vec<(String, u64, Vec<u64>)>>()
    };
    let at = |text: &str, number, also: &[u64]| (text.to_owned(), number, also.to_vec());
    let (ice, thaw, flood) = ("ice", "thaw", "flood");
    assert_eq!(numbers(&[ice, thaw, ice]), [at(ice, 0, &[2]), at(thaw, 1, &[])]);
    assert_eq!(numbers(&[ice, thaw, ice, thaw]), [at(ice, 0, &[2]), at(thaw, 1, &[3])]);
    let other = tempfile::tempdir().unwrap();
    let numbers = |texts: &[&str]| {
        let records: Vec<Document> = texts.iter().enumerate().map(|(n, text)| record(n, text)).collect();
        crate::pages::build(other.path(), &records);
        all(other.path())
            .into_iter()
            .map(|page| (page.text, page.source.record.unwrap().index))
            .collect::<Vec<_>>()
    };
    let at = |text: &str, number| (text.to_owned(), number);
    numbers(&[ice, thaw]);
    assert_eq!(numbers(&[flood, ice, thaw]), [at(ice, 1), at(thaw, 2), at(flood, 0)]);
    assert_eq!(numbers(&[ice, thaw]), [at(ice, 0), at(thaw, 1), at(flood, 0)]);
}

#[test]
fn a_page_in_two_crawls_is_superseded_by_what_a_third_says_at_its_url() {
    let folder = tempfile::tempdir().unwrap();
    let crawl = |file: &str, text: &str| {
        let mut document = crate::pages::page("https://a.example/ice", text);
        document.source.uri = file.to_owned();
        document
    };
    for (file, text) in [("1.jsonl", "Thick ice."), ("2.jsonl", "Thick ice."), ("3.jsonl", "Thin ice.")] {
        crate::pages::build(folder.path(), &[crawl(file, text)]);
    }
    assert_eq!(texts(folder.path()), ["Thin ice."]);
}
