//! What is removed is gone, from answers at once and from the disk when it is purged.

use crate::pages::{all, annotated, build, file, html, texts};
use corpus_store::{Added, Corpus, Options, Writer, verify};
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
    assert_eq!(writer.remove(from_ref(&pages[0].id)).unwrap(), 1);
    assert_eq!(writer.remove(from_ref(&pages[0].id)).unwrap(), 0);
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
    assert!(!is_in_a_manifest(folder.path(), "The secret minutes"));
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
