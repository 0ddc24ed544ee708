//! What an interrupted writer leaves behind.

use crate::pages::{build, file, texts};
use corpus_store::{Corpus, Options, Writer};
use std::fs;

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
