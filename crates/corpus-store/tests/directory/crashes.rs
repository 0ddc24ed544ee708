//! What an interrupted writer leaves behind.

use crate::pages::{build, file, page, texts};
use corpus_store::{Corpus, Options, Writer};
use std::{fs, path::Path};

#[test]
fn files_of_no_snapshot_are_cleared_away_by_the_next_writer_where_nobody_reads() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One.")]);
    let orphans = ["documents/000002.parquet", "documents/000003.parquet.tmp", "sources/000002.parquet"];
    fs::create_dir_all(folder.path().join("sources")).unwrap();
    orphans.iter().for_each(|orphan| fs::write(folder.path().join(orphan), "half").unwrap());
    let reader = Corpus::open(folder.path()).unwrap();
    drop(Writer::open(folder.path(), Options::new()).unwrap());
    assert!(orphans.iter().all(|orphan| folder.path().join(orphan).exists()));
    drop(reader);
    drop(Writer::open(folder.path(), Options::new()).unwrap());
    assert!(orphans.iter().all(|orphan| !folder.path().join(orphan).exists()));
    assert_eq!(texts(folder.path()), ["One."]);
}

#[test]
fn a_part_that_was_renamed_but_not_committed_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One.")]);
    fs::write(folder.path().join("documents/000002.parquet"), "not committed").unwrap();
    build(folder.path(), &[file("b.txt", "Two.")]);
    assert_eq!(texts(folder.path()), ["One.", "Two."]);
}

/// Begins a build of these files, and stops without its end after a commit.
fn interrupted(path: &Path, reads: &str, url: &str, text: &str) {
    let mut writer = Writer::open(path, Options::new().reads(reads)).unwrap();
    writer.add(&[page(url, text)], None).unwrap();
    writer.commit().unwrap();
}

#[test]
fn what_goes_on_where_a_build_stopped_supersedes_nothing_of_it_and_another_build_does() {
    let url = "https://a.example/1";
    let folder = tempfile::tempdir().unwrap();
    interrupted(folder.path(), "monday.jsonl", url, "One.");
    interrupted(folder.path(), "monday.jsonl", url, "Two.");
    assert_eq!(texts(folder.path()), ["One.", "Two."]);
    interrupted(folder.path(), "tuesday.jsonl", url, "Three.");
    assert_eq!(texts(folder.path()), ["Three."]);
}

#[test]
fn a_commit_that_fails_forgets_how_far_inputs_were_read() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One.")]);
    let documents = folder.path().join("documents");
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.add(&[file("b.txt", "Two.")], None).unwrap();
    writer.set_checkpoint("/b.txt", "1", corpus_store::Checkpoint { records: 1, documents: 1, set_aside: 0 });
    // A file in the place of the folder of parts: no part can be written.
    fs::rename(&documents, folder.path().join("elsewhere")).unwrap();
    fs::write(&documents, "").unwrap();
    writer.commit().unwrap_err();
    fs::remove_file(&documents).unwrap();
    fs::rename(folder.path().join("elsewhere"), &documents).unwrap();
    assert!(!writer.has_changes());
    writer.commit().unwrap();
    assert!(writer.checkpoints().unwrap().is_empty());
    assert_eq!(texts(folder.path()), ["One."]);
}
