//! What stays true of a corpus, whoever writes and reads.

use crate::pages::{all, annotated, build, file, html, page, texts};
use corpus_store::{Added, Checkpoint, Corpus, ErrorKind, Options, Writer};
use std::slice::from_ref;

#[test]
fn documents_come_back_in_their_order_whole_and_by_id() {
    let folder = tempfile::tempdir().unwrap();
    let documents: Vec<_> = (0..150)
        .map(|n| {
            annotated(
                file(&format!("{n}.txt"), &format!("Ferry {n} left.")),
                &["name", "time", "link", "name"],
            )
        })
        .collect();
    let mut writer = Writer::open(folder.path(), Options::new().part_bytes(500).layer("time", 3)).unwrap();
    for document in &documents {
        writer.add(from_ref(document), None).unwrap();
        if writer.is_full() {
            writer.commit().unwrap();
        }
    }
    writer.finish().unwrap();
    assert_eq!(all(folder.path()), documents);
    let corpus = Corpus::open(folder.path()).unwrap();
    assert_eq!(corpus.n_documents(), 150);
    assert_eq!(corpus.document(&documents[149].id).unwrap().as_ref(), Some(&documents[149]));
    assert_eq!(corpus.named("17", 9).unwrap(), [documents[17].id.clone()]);
    let runs: Vec<_> = corpus.runs().into_iter().flatten().map(Result::unwrap).collect();
    assert_eq!(runs, documents);
    assert!(
        corpus.documents().without_annotations().all(|document| document.unwrap().annotations.is_empty())
    );
    assert!(folder.path().join("annotations/time@3/000001.parquet").is_file());
}

#[test]
fn the_same_page_twice_is_one_document_that_names_both_places() {
    let folder = tempfile::tempdir().unwrap();
    let pages = [file("a.txt", "One."), file("b.txt", "Two."), file("c.txt", "One.")];
    build(folder.path(), &pages);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let added: Vec<_> = pages.iter().flat_map(|page| writer.add(from_ref(page), None).unwrap()).collect();
    assert_eq!(added, [Added::Known; 3]);
    assert_eq!(writer.add(&[file("d.txt", "One.")], None).unwrap(), [Added::Again]);
    writer.finish().unwrap();
    assert_eq!(texts(folder.path()), ["One.", "Two."]);
    let also: Vec<_> = all(folder.path())[0].also.iter().map(|source| source.uri.clone()).collect();
    assert_eq!(also, ["c.txt", "d.txt"]);
}

#[test]
fn new_bytes_at_a_known_url_supersede_and_readers_keep_their_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let first =
        build(folder.path(), &[page("https://a.example/1", "Old."), page("https://a.example/2", "Same.")]);
    let before = Corpus::open(folder.path()).unwrap();
    // Two texts at one URL in one build stand side by side: neither is older.
    let changed = [page("https://a.example/1", "New."), page("https://a.example/1", "Newer.")];
    let second = build(folder.path(), &changed);
    assert!(second > first);
    assert_eq!(texts(folder.path()), ["Same.", "New.", "Newer."]);
    let seen: Vec<_> = before.documents().map(|document| document.unwrap().text).collect();
    assert_eq!((seen, before.snapshot()), (vec!["Old.".to_owned(), "Same.".to_owned()], first));
    let after = Corpus::open(folder.path()).unwrap();
    let added: Vec<_> = after.documents().added_since(first).map(|document| document.unwrap().text).collect();
    assert_eq!(added, ["New.", "Newer."]);
    let old = page("https://a.example/1", "Old.").id;
    assert_eq!(after.left_since(first).unwrap(), std::slice::from_ref(&old));
    assert_eq!(after.document(&old).unwrap(), None);
    assert!(before.document(&old).unwrap().is_some());
}

#[test]
fn records_of_one_address_stay_when_their_file_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let url = "https://harbour.example/p";
    let (one, two) = (page(url, "The ferry left."), page(url, "The ferry came."));
    for _ in 0..4 {
        build(folder.path(), &[one.clone(), two.clone()]);
        assert_eq!(texts(folder.path()), ["The ferry left.", "The ferry came."]);
    }
    // One of them changes: the other is still there, whichever stands first.
    let changed = page(url, "The ferry sank.");
    build(folder.path(), &[one.clone(), changed.clone()]);
    assert_eq!(texts(folder.path()), ["The ferry left.", "The ferry sank."]);
    let anew = page(url, "The ferry rose.");
    build(folder.path(), &[anew, changed]);
    let mut left = texts(folder.path());
    left.sort();
    assert_eq!(left, ["The ferry rose.", "The ferry sank."]);
}

#[test]
fn a_file_that_has_changed_supersedes_itself() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "Old."), file("b.txt", "Same.")]);
    build(folder.path(), &[file("a.txt", "New."), file("b.txt", "Same.")]);
    assert_eq!(texts(folder.path()), ["Same.", "New."]);
}

#[test]
fn source_bytes_are_kept_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let (document, bytes) = html("a.html", "The harbour froze.");
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.add(from_ref(&document), Some(bytes.clone())).unwrap();
    writer.finish().unwrap();
    let corpus = Corpus::open(folder.path()).unwrap();
    assert_eq!(corpus.source_bytes(&document.source).unwrap(), Some(bytes));
}

#[test]
fn one_writes_and_others_are_told_who() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Writer::open(folder.path(), Options::new()).unwrap();
    let error = Writer::open(folder.path(), Options::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
    drop(writer);
    Writer::open(folder.path(), Options::new()).unwrap();
}

#[test]
fn what_is_not_committed_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let checkpoint = Checkpoint { records: 1, documents: 1, set_aside: 0 };
    build(folder.path(), &[file("a.txt", "One.")]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.add(&[file("b.txt", "Two.")], None).unwrap();
    writer.set_checkpoint("/b.txt", "1", checkpoint);
    drop(writer);
    assert_eq!(texts(folder.path()), ["One."]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    assert!(writer.checkpoints().unwrap().is_empty());
    writer.add(&[file("b.txt", "Two.")], None).unwrap();
    writer.set_checkpoint("/b.txt", "1", checkpoint);
    writer.commit().unwrap();
    assert_eq!(writer.checkpoints().unwrap().of("/b.txt", "1"), Some(checkpoint));
    assert_eq!(texts(folder.path()), ["One.", "Two."]);
}

#[test]
fn a_page_that_is_as_it_was_before_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["Old.", "New.", "Old.", "New."] {
        build(folder.path(), &[file("a.txt", text)]);
        assert_eq!(texts(folder.path()), [text]);
    }
}

#[test]
fn a_text_that_lies_elsewhere_too_stays_when_one_place_changes() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "Same."), file("b.txt", "Same.")]);
    build(folder.path(), &[file("a.txt", "New."), file("b.txt", "Same.")]);
    let mut found = texts(folder.path());
    found.sort_unstable();
    assert_eq!(found, ["New.", "Same."]);
    build(folder.path(), &[file("a.txt", "Same."), file("b.txt", "Same.")]);
    assert_eq!(texts(folder.path()), ["Same."]);
}

#[test]
fn a_record_without_url_supersedes_by_its_id_in_its_own_file() {
    let folder = tempfile::tempdir().unwrap();
    let record = |uri: &str, id: &str, text: &str| {
        let mut document = file(uri, text);
        document.source.metadata.id = Some(id.to_owned());
        document.source.record = Some(corpus_core::Place { index: 0, offset: 0, id: None });
        document
    };
    build(folder.path(), &[record("a.jsonl", "7", "Old."), record("b.jsonl", "7", "Other.")]);
    build(folder.path(), &[record("a.jsonl", "7", "New.")]);
    assert_eq!(texts(folder.path()), ["Other.", "New."]);
    // Ids that several records have tell nothing: none of them is lost.
    build(folder.path(), &[record("c.jsonl", "x", "One."), record("c.jsonl", "x", "Two.")]);
    build(folder.path(), &[record("c.jsonl", "x", "Uno."), record("c.jsonl", "x", "Two.")]);
    assert_eq!(texts(folder.path()), ["Other.", "New.", "Two.", "Uno."]);
}

#[test]
fn a_decision_knows_which_of_two_equal_paragraphs_it_is_about() {
    let paragraph = "The ferry to Oslo is late again because of the ice in the harbour.";
    let text = format!("{paragraph}\n\n{paragraph}\n\n{paragraph}\n");
    let mut document = file("a.txt", &text);
    let starts: Vec<usize> = text.match_indices("ferry").map(|(at, _)| at).collect();
    for (n, start) in starts.iter().enumerate() {
        let mut annotated = annotated(file("b.txt", &text), &["name"]).annotations.remove(0);
        annotated.span = corpus_core::Span::new(*start, start + 5);
        annotated.value = serde_json::json!({ "n": n });
        document.annotations.push(annotated);
    }
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), from_ref(&document));
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    for n in [0, 1] {
        let anchor = corpus_store::Anchor::of(&document, "name", document.annotations[n].span);
        assert_eq!(anchor.home(&document), Some(document.annotations[n].span));
        writer.decide(&anchor, &corpus_store::Verdict::Reject).unwrap();
    }
    writer.finish().unwrap();
    let left: Vec<_> = all(folder.path()).remove(0).annotations.into_iter().map(|left| left.value).collect();
    assert_eq!(left, [serde_json::json!({ "n": 2 })]);
}
