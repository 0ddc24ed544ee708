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

/// Whatever is damaged of a manifest, its copy is not lost, and what is noticed is mended.
#[test]
fn a_manifest_damaged_anywhere_is_mended_by_its_copy() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One."), file("b.txt", "Two.")]);
    let (manifest, backup) =
        (folder.path().join("manifest.sqlite"), folder.path().join("manifest.backup.sqlite"));
    let (whole, copy) = (fs::read(&manifest).unwrap(), fs::read(&backup).unwrap());
    let mut n_noticed = 0;
    for at in (0..whole.len()).step_by(whole.len() / 150) {
        let mut bytes = whole.clone();
        let end = bytes.len().min(at + 100);
        bytes[at..end].iter_mut().for_each(|byte| *byte ^= 0x55);
        fs::write(&manifest, bytes).unwrap();
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("manifest.sqlite{end}")));
        }
        let is_noticed = match verify(folder.path(), |_, _| ()) {
            Ok(report) => report.is_manifest_damaged,
            Err(error) => {
                assert!(matches!(error.kind(), ErrorKind::Damaged | ErrorKind::TooNew), "{at}: {error}");
                error.kind() == ErrorKind::Damaged
            }
        };
        // A writer that does not notice must not copy it.
        let finished = Writer::open(folder.path(), Options::new()).and_then(Writer::finish);
        if is_noticed {
            n_noticed += 1;
            assert!(finished.is_err() || verify(folder.path(), |_, _| ()).is_ok(), "{at}");
            restore_manifest(folder.path()).unwrap_or_else(|error| panic!("{at}: {error}"));
            assert_eq!(texts(folder.path()), ["One.", "Two."], "{at}");
            assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole(), "{at}");
        }
        fs::write(&backup, &copy).unwrap();
    }
    assert!(n_noticed > 10, "{n_noticed}");
}

#[test]
fn a_damaged_copy_of_the_manifest_is_named_and_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One.")]);
    let backup = folder.path().join("manifest.backup.sqlite");
    fs::write(&backup, &fs::read(&backup).unwrap()[..100]).unwrap();
    let report = verify(folder.path(), |_, _| ()).unwrap();
    assert!(
        !report.is_manifest_damaged && report.faults.iter().all(|fault| fault.path == backup),
        "{report:?}"
    );
    assert!(!report.is_whole());
    Writer::open(folder.path(), Options::new()).unwrap().finish().unwrap();
    assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
}

#[test]
fn a_manifest_that_says_otherwise_than_its_copy_is_named() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One.")]);
    let (manifest, backup) =
        (folder.path().join("manifest.sqlite"), folder.path().join("manifest.backup.sqlite"));
    // The name of the file, in the table and in its index, so that SQLite finds nothing wrong.
    let mut bytes = fs::read(&manifest).unwrap();
    let places: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(b"a.txt")).collect();
    assert!(places.len() > 1);
    places.iter().for_each(|&at| bytes[at] = b'q');
    fs::write(&manifest, bytes).unwrap();
    let report = verify(folder.path(), |_, _| ()).unwrap();
    assert!(report.is_copy_damaged() && !report.is_manifest_damaged, "{report:?}");
    assert!(
        report.faults.iter().any(|fault| fault.path == backup && fault.what.contains("inputs")),
        "{report:?}"
    );
    let writer = Writer::open(folder.path(), Options::new()).unwrap();
    let copy = fs::read(&backup).unwrap();
    assert_eq!(fs::read(writer.set_copy_aside().unwrap()).unwrap(), copy);
    writer.finish().unwrap();
    assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
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
