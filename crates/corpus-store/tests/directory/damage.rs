//! Damage is found, named, and has a way out.

use crate::pages::{build, file, texts};
use corpus_store::{Corpus, ErrorKind, Options, Writer, restore_manifest, verify};
use std::{collections::BTreeSet, fs, path::Path};

fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_part_is_named_and_its_documents_are_built_again() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One."), file("b.txt", "Two.")]);
    build(folder.path(), &[file("c.txt", "Three.")]);
    let part = folder.path().join("documents/000001.parquet");
    damage(&part);
    let report = verify(folder.path(), |_, _| ()).unwrap();
    let faults: Vec<_> = report.faults.iter().map(|fault| (fault.path.clone(), fault.part)).collect();
    assert_eq!(faults, [(part, Some(1))]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let mended = writer.take_out(&BTreeSet::from([1])).unwrap();
    assert_eq!((mended.documents, mended.inputs), (2, vec!["a.txt".to_owned(), "b.txt".to_owned()]));
    writer.finish().unwrap();
    assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
    build(folder.path(), &[file("a.txt", "One."), file("b.txt", "Two."), file("c.txt", "Three.")]);
    assert_eq!(texts(folder.path()), ["Three.", "One.", "Two."]);
}

#[test]
fn a_cut_manifest_is_an_error_with_a_way_out() {
    for keep in [0, 1000, 6000] {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path(), &[file("a.txt", "One.")]);
        let manifest = folder.path().join("manifest.sqlite");
        let bytes = fs::read(&manifest).unwrap();
        fs::write(&manifest, &bytes[..keep]).unwrap();
        let error = Corpus::open(folder.path()).unwrap_err();
        assert_eq!((error.kind(), error.place()), (ErrorKind::Damaged, &*manifest), "{error}");
        assert!(Writer::open(folder.path(), Options::new()).is_err());
        restore_manifest(folder.path()).unwrap();
        assert_eq!(texts(folder.path()), ["One."]);
        assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
    }
}

#[test]
fn a_folder_without_corpus_says_so() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Corpus::open(folder.path()).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn a_missing_manifest_is_not_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One.")]);
    fs::remove_file(folder.path().join("manifest.sqlite")).unwrap();
    assert_eq!(Writer::open(folder.path(), Options::new()).unwrap_err().kind(), ErrorKind::Damaged);
    restore_manifest(folder.path()).unwrap();
    assert_eq!(texts(folder.path()), ["One."]);
}
