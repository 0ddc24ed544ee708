//! What is removed is gone, from answers at once and from the disk when it is purged.

use crate::pages::{all, annotated, build, file, html, page, texts};
use corpus_core::{Parser, Record, html::Html};
use corpus_store::{Added, Checkpoint, Corpus, Options, TakenBack, Writer, verify};
use std::{fs, path::Path, slice::from_ref};

/// Whether some file of a folder holds these bytes; Parquet is compressed, so this asks the manifest and its copy only.
fn is_in_a_manifest(folder: &Path, needle: &str) -> bool {
    ["manifest.sqlite", "manifest.backup.sqlite"].iter().any(|name| {
        let bytes = fs::read(folder.join(name)).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
    })
}

#[test]
fn a_removed_document_is_gone_and_does_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let pages = [file("a.txt", "One."), file("b.txt", "Two.")];
    build(folder.path(), &pages);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    assert_eq!(writer.remove(from_ref(&pages[0].id)).unwrap().len(), 1);
    assert_eq!(writer.remove(from_ref(&pages[0].id)).unwrap(), []);
    assert_eq!(writer.add(&pages[..1], None).unwrap(), [Added::Removed]);
    writer.finish().unwrap();
    assert_eq!(texts(folder.path()), ["Two."]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    assert_eq!(writer.compact(true).unwrap().purged, 1);
    writer.finish().unwrap();
    build(folder.path(), &pages);
    assert_eq!(texts(folder.path()), ["Two."]);
    assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
}

#[test]
fn compaction_keeps_every_document_and_its_sources() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), Options::new().layer("time", 2)).unwrap();
    for n in 0..40 {
        let (document, bytes) = html(&format!("{n}.html"), &format!("Ferry {n} left at {n} past noon."));
        let document = annotated(document, &["name", "time"]);
        writer.add(from_ref(&document), Some(bytes.clone())).unwrap();
        let mut copy = document;
        copy.source.uri = format!("copies/{n}.html");
        writer.add(from_ref(&copy), Some(bytes)).unwrap();
        writer.commit().unwrap();
    }
    writer.finish().unwrap();
    let before = all(folder.path());
    let reader = Corpus::open(folder.path()).unwrap();
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let compacted = writer.compact(false).unwrap();
    assert_eq!((compacted.parts_before, compacted.parts_after), (160, 4));
    writer.finish().unwrap();
    assert_eq!(all(folder.path()), before);
    assert!(reader.documents().map(Result::unwrap).eq(before.iter().cloned()));
    drop(reader);
    drop(Writer::open(folder.path(), Options::new()).unwrap());
    assert_eq!(fs::read_dir(folder.path().join("documents")).unwrap().count(), 1);
    let corpus = Corpus::open(folder.path()).unwrap();
    assert!(before.iter().all(|document| corpus.source_bytes(&document.source).unwrap().is_some()));
    assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
}

#[test]
fn what_is_purged_leaves_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let secret = file("secret-minutes.txt", "The secret minutes.");
    build(folder.path(), &[file("a.txt", "One."), secret.clone()]);
    let mut copy = secret.clone();
    copy.source.uri = "copy-of-secret.txt".to_owned();
    build(folder.path(), &[copy]);
    assert!(is_in_a_manifest(folder.path(), "copy-of-secret"));
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.remove(&[secret.id]).unwrap();
    writer.compact(true).unwrap();
    writer.finish().unwrap();
    assert_eq!(texts(folder.path()), ["One."]);
    for gone in ["The secret minutes", "secret-minutes", "copy-of-secret"] {
        assert!(!is_in_a_manifest(folder.path(), gone), "{gone}");
    }
}

#[test]
fn compaction_keeps_the_version_that_each_layer_was_made_by() {
    let folder = tempfile::tempdir().unwrap();
    for version in [1, 2] {
        let mut writer = Writer::open(folder.path(), Options::new().layer("time", version)).unwrap();
        for n in 0..3 {
            let page = file(&format!("{version}-{n}.txt"), &format!("Ferry {n} of line {version} left."));
            writer.add(&[annotated(page, &["time"])], None).unwrap();
            writer.commit().unwrap();
        }
        writer.finish().unwrap();
    }
    let before = all(folder.path());
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.compact(false).unwrap();
    writer.finish().unwrap();
    assert_eq!(all(folder.path()), before);
    let corpus = Corpus::open(folder.path()).unwrap();
    let versions: Vec<u32> = corpus.layers().iter().map(|layer| layer.version).collect();
    assert_eq!(versions, [1, 2]);
    assert_eq!(fs::read_dir(folder.path().join("annotations/time@1")).unwrap().count(), 1);
}

#[test]
fn of_a_page_that_gave_several_documents_no_source_keeps_what_one_said() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = b"One. And two.".to_vec();
    let mut items = [file("feed.xml", "One."), file("feed.xml", "And two.")];
    let source = items[0].source.clone();
    items.iter_mut().for_each(|item| item.source = source.clone());
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.add(&items, Some(bytes.clone())).unwrap();
    writer.commit().unwrap();
    let kept = || Corpus::open(folder.path()).unwrap().source_bytes(&source).unwrap();
    writer.compact(true).unwrap();
    assert_eq!(kept(), Some(bytes));
    writer.remove(&[items[1].id.clone()]).unwrap();
    writer.compact(true).unwrap();
    assert_eq!(kept(), None);
    assert_eq!(texts(folder.path()), ["One."]);
}

/// A corpus of two pages at URLs of their own, the first of which was removed.
fn without_the_first(folder: &Path, is_purged: bool) {
    let pages = [page("https://a.example/theft", "Accused."), page("https://a.example/cold", "Cold.")];
    build(folder, &pages);
    let mut writer = Writer::open(folder, Options::new()).unwrap();
    writer.remove(&[pages[0].id.clone()]).unwrap();
    if is_purged {
        writer.compact(true).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn a_removed_page_stays_out_as_it_is_now() {
    for is_purged in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        without_the_first(folder.path(), is_purged);
        let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
        let changed = page("https://a.example/theft", "Accused, and more.");
        let elsewhere = page("http://www.a.example/theft#top", "Accused of theft.");
        let other = page("https://a.example/theft2", "Another.");
        assert_eq!(writer.add(&[changed], None).unwrap(), [Added::Removed]);
        assert_eq!(writer.add(&[elsewhere], None).unwrap(), [Added::Removed]);
        assert_eq!(writer.add(&[other], None).unwrap(), [Added::New { superseded: 0 }]);
        let colder = page("https://a.example/cold", "Colder.");
        assert_eq!(writer.add(&[colder], None).unwrap(), [Added::New { superseded: 1 }]);
        writer.finish().unwrap();
        assert_eq!(texts(folder.path()), ["Another.", "Colder."]);
        assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
    }
}

#[test]
fn what_a_page_calls_itself_is_known_again_in_another_file() {
    let page = |uri: &str, text: &str| {
        let head = "<link rel=canonical href='https://a.example/theft'><title>Theft</title>";
        let bytes = format!("<html><head>{head}</head><body><h1>Theft</h1><p>{text}</p></body></html>");
        Html.parse_all(&Record::new(uri.to_owned(), bytes.into_bytes())).remove(0)
    };
    let folder = tempfile::tempdir().unwrap();
    let first = page("monday.html", "He was accused of theft on Monday, police said.");
    build(folder.path(), &[first.clone(), file("a.txt", "One.")]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.remove(&[first.id]).unwrap();
    let again = page("tuesday.html", "He was accused of theft on Tuesday, police said.");
    assert_eq!(writer.add(&[again], None).unwrap(), [Added::Removed]);
    assert_eq!(writer.add(&[file("a.txt", "Two.")], None).unwrap(), [Added::New { superseded: 1 }]);
}

#[test]
fn an_earlier_state_of_a_removed_page_does_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let states = ["One.", "Two."].map(|text| page("https://a.example/ice", text));
    for state in &states {
        build(folder.path(), from_ref(state));
    }
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.remove(&[states[1].id.clone()]).unwrap();
    for state in &states {
        assert_eq!(writer.add(from_ref(state), None).unwrap(), [Added::Removed]);
    }
}

#[test]
fn of_two_pages_at_one_address_the_other_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let both = ["One.", "Two."].map(|text| page("https://a.example/ice", text));
    build(folder.path(), &both);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.remove(&[both[0].id.clone()]).unwrap();
    let next = page("https://a.example/ice", "Three.");
    assert_eq!(writer.add(&both, None).unwrap(), [Added::Removed, Added::Known]);
    assert_eq!(writer.add(&[next], None).unwrap(), [Added::New { superseded: 1 }]);
}

#[test]
fn a_removal_is_taken_back() {
    for is_purged in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        without_the_first(folder.path(), is_purged);
        let corpus = Corpus::open(folder.path()).unwrap();
        let removed = corpus.removed().unwrap();
        let cold = corpus.named("https://a.example/cold", 9).unwrap();
        assert_eq!(cold, [all(folder.path())[0].id.clone()]);
        assert!(corpus.named("https://a.example/theft", 9).unwrap().is_empty());
        let memory = Corpus::memory(all(folder.path()));
        assert_eq!(memory.named("https://a.example/cold", 9).unwrap(), cold);
        assert_eq!((removed.len(), removed[0].is_purged), (1, is_purged));
        assert_eq!(removed[0].uri.as_deref(), Some("shard.jsonl"));
        let ids = corpus.removed_named("https://a.example/theft", 9).unwrap();
        assert_eq!(ids, [removed[0].id.clone()]);
        assert!(corpus.removed_named("https://a.example/cold", 9).unwrap().is_empty());
        drop(corpus);
        let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
        writer.set_checkpoint("shard.jsonl", "stamp", Checkpoint::default());
        let taken = writer.take_back(&ids).unwrap();
        assert_eq!((taken.current, taken.purged), if is_purged { (0, 1) } else { (1, 0) });
        assert_eq!(writer.checkpoints().unwrap().of("shard.jsonl", "stamp"), None);
        assert_eq!(writer.take_back(&ids).unwrap(), TakenBack::default());
        writer.finish().unwrap();
        build(folder.path(), &[page("https://a.example/theft", "Accused, and more.")]);
        assert_eq!(texts(folder.path()), ["Cold.", "Accused, and more."]);
        assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
    }
}

#[test]
fn a_purge_leaves_no_path_and_knows_the_files_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let secret = file("minutes-of-archer.txt", "The secret minutes.");
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.add(from_ref(&secret), None).unwrap();
    writer.add(&[file("a.txt", "One.")], None).unwrap();
    let checkpoint = Checkpoint { records: 1, ..Checkpoint::default() };
    writer.set_checkpoint("/pages/minutes-of-archer.txt", "stamp", checkpoint);
    writer.finish().unwrap();
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    assert_eq!(writer.checkpoints().unwrap().of("/pages/minutes-of-archer.txt", "stamp"), Some(checkpoint));
    writer.remove(from_ref(&secret.id)).unwrap();
    writer.compact(true).unwrap();
    writer.finish().unwrap();
    assert!(!is_in_a_manifest(folder.path(), "archer"));
    assert!(is_in_a_manifest(folder.path(), "a.txt"));
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    assert_eq!(writer.add(from_ref(&secret), None).unwrap(), [Added::Removed]);
    let changed = file("minutes-of-archer.txt", "More minutes.");
    assert_eq!(writer.add(from_ref(&changed), None).unwrap(), [Added::Removed]);
    writer.finish().unwrap();
    assert!(!is_in_a_manifest(folder.path(), "archer"));
    let corpus = Corpus::open(folder.path()).unwrap();
    assert_eq!(corpus.removed_named("minutes-of-archer.txt", 9).unwrap(), [secret.id]);
}
