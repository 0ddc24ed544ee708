//! Damage is found, named, and has a way out.

use crate::pages::{all, annotated, build, file, html, texts};
use corpus_core::Span;
use corpus_store::{
    Anchor, Corpus, ErrorKind, Options, Part, Report, Verdict, Writer, restore_manifest, verify,
};
use std::{fs, path::Path};

fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(path, bytes).unwrap();
}

fn damaged(report: &Report) -> Vec<Part> {
    report.faults.iter().filter_map(|fault| fault.part.clone()).collect()
}

#[test]
fn steps_of_a_check_are_counted_to_the_last() {
    let folder = tempfile::tempdir().unwrap();
    for n in ["1", "2"] {
        build(folder.path(), &[annotated(file(n, &format!("The ferry {n} left.")), &["name"])]);
    }
    let mut steps = Vec::new();
    verify(folder.path(), |done, of| steps.push((done, of))).unwrap();
    // Four files, two of them with documents.
    let of = 6;
    assert_eq!(steps.first(), Some(&(1, of)));
    assert_eq!(steps.last(), Some(&(of, of)));
    assert!(steps.is_sorted() && steps.iter().all(|step| step.1 == of), "{steps:?}");
}

#[test]
fn what_is_damaged_beside_documents_takes_none_of_them_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let (page, bytes) =
        html("a.html", "The ferry left the harbour at nine with the mail and twelve passengers.");
    writer.add(&[annotated(page.clone(), &["name", "time"])], Some(bytes.clone())).unwrap();
    writer.finish().unwrap();
    let text = page.text.clone();
    let below = |place: &str| {
        let entries = fs::read_dir(folder.path().join(place)).unwrap();
        entries.map(|entry| entry.unwrap().path()).next().unwrap()
    };
    let layer = fs::read_dir(folder.path().join("annotations")).unwrap();
    let layer = layer.map(|entry| entry.unwrap().path()).find(|path| path.to_string_lossy().contains("name"));
    let layer = fs::read_dir(layer.unwrap()).unwrap().next().unwrap().unwrap().path();
    for file in [layer, below("sources")] {
        damage(&file);
        let report = verify(folder.path(), |_, _| ()).unwrap();
        assert!(report.faults.iter().all(|fault| fault.path == file) && !report.is_whole(), "{report:?}");
        let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
        let mended = writer.take_out(&damaged(&report)).unwrap();
        let is_layer = file.parent().unwrap().to_string_lossy().contains("annotations");
        assert_eq!(mended.documents, 0);
        assert_eq!(mended.layers.contains("name"), is_layer);
        assert_eq!(mended.inputs, if is_layer { vec![] } else { vec!["a.html".to_owned()] });
        writer.finish().unwrap();
        assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole());
        assert_eq!(texts(folder.path()), std::slice::from_ref(&text));
    }
    let left = all(folder.path()).remove(0).annotations;
    assert_eq!(left.iter().map(|annotation| &*annotation.layer).collect::<Vec<_>>(), ["time"]);
    // The bytes come back with the next build of the same page.
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.add(std::slice::from_ref(&page), Some(bytes.clone())).unwrap();
    writer.finish().unwrap();
    let corpus = Corpus::open(folder.path()).unwrap();
    assert_eq!(corpus.source_bytes(&page.source).unwrap(), Some(bytes));
}

#[test]
fn a_manifest_that_says_what_cannot_be_is_mended_by_its_copy() {
    for change in [
        "UPDATE parts SET kind = 'annotation0' WHERE kind = 'documents'",
        "DELETE FROM meta WHERE name = 'snapshot'",
        "UPDATE documents SET row = 0",
        "UPDATE documents SET row = 9 WHERE n = 1",
        "UPDATE documents SET part = 7 WHERE n = 1",
        "UPDATE documents SET left = 99 WHERE n = 1",
        "UPDATE documents SET input = 99 WHERE n = 1",
        "UPDATE decisions SET verdict = '{' ",
        "ALTER TABLE documents RENAME COLUMN run TO rxn",
        "UPDATE parts SET path = CAST(x'ff' AS TEXT) WHERE kind = 'documents'",
    ] {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path(), &[file("a.txt", "One."), file("b.txt", "Two.")]);
        let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
        let anchor = Anchor::of(&file("a.txt", "One."), "", Span::new(0, 3));
        writer.decide(&anchor, &Verdict::Note { text: "a number".to_owned() }).unwrap();
        writer.finish().unwrap();
        rusqlite::Connection::open(folder.path().join("manifest.sqlite"))
            .unwrap()
            .execute(change, [])
            .unwrap();
        let is_noticed = match verify(folder.path(), |_, _| ()) {
            Ok(report) => report.is_manifest_damaged,
            Err(error) => error.kind() == ErrorKind::Damaged,
        };
        assert!(is_noticed, "{change}");
        restore_manifest(folder.path()).unwrap_or_else(|error| panic!("{change}: {error}"));
        assert_eq!(texts(folder.path()), ["One.", "Two."], "{change}");
        assert!(verify(folder.path(), |_, _| ()).unwrap().is_whole(), "{change}");
    }
}

#[test]
fn a_damaged_part_is_named_and_its_documents_are_built_again() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[file("a.txt", "One."), file("b.txt", "Two.")]);
    build(folder.path(), &[file("c.txt", "Three.")]);
    let part = folder.path().join("documents/000001.parquet");
    damage(&part);
    let report = verify(folder.path(), |_, _| ()).unwrap();
    assert_eq!(report.faults.iter().map(|fault| &fault.path).collect::<Vec<_>>(), [&part]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let mended = writer.take_out(&damaged(&report)).unwrap();
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
    for at in (0..whole.len()).step_by(300) {
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
