//! A package comes back as it was, byte for byte, and every released version opens.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use corpus_core::{Annotation, Document, Parser, Record, Span, text::Text};
use corpus_format::{
    ClusterRow, EntityRow, ErrorKind, Layer, LinkRow,
    package::{Contents, DESCRIPTION, Package, PackageWriter},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn documents() -> Vec<Document> {
    let page = |number: usize| {
        let text = format!("Ferry {number}\n\nThe harbour froze, and no ferry left before day {number}.");
        let record = Record::new(format!("{number}.txt"), text.into_bytes());
        let mut document = Text::new().parse_all(&record).remove(0);
        for (n, layer) in ["name", "time", "name"].into_iter().enumerate() {
            document.annotations.push(Annotation {
                span: Span::new(n, n + 5),
                layer: layer.into(),
                value: serde_json::json!({ "entity": format!("e{n}"), "share": 0.25 }),
                rule: "test".into(),
                confidence: 0.75,
            });
        }
        document
    };
    (0..5).map(page).collect()
}

fn write(
    folder: &Path,
    layers: Vec<Layer>,
    documents: &[Document],
    links: &[LinkRow],
    entities: &[EntityRow],
    clusters: &[ClusterRow],
) -> Contents {
    let mut writer = PackageWriter::new(folder, layers);
    documents.iter().for_each(|document| writer.add(document).unwrap());
    writer.finish(links, entities, clusters).unwrap()
}

/// All files below a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
                }
            }
        }
    }
    files
}

#[test]
fn a_package_comes_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let documents = documents();
    let ids: Vec<_> = documents.iter().map(|document| document.id.to_string()).collect();
    let link = |id: &String| LinkRow {
        document: id.clone(),
        layer: "name".to_owned(),
        local_id: "e0".to_owned(),
        corpus_id: "E1".to_owned(),
    };
    let links: Vec<_> = ids.iter().map(link).collect();
    let entity = EntityRow {
        corpus_id: "E1".to_owned(),
        kind: "PER".to_owned(),
        name: "Ada Holm".to_owned(),
        variants: vec![("Ada Holm".to_owned(), 3), ("Holm".to_owned(), 2)],
        documents: 5,
        redirected_to: None,
    };
    let merged = EntityRow {
        corpus_id: "E2".to_owned(),
        kind: String::new(),
        name: String::new(),
        variants: Vec::new(),
        documents: 0,
        redirected_to: Some("E1".to_owned()),
    };
    let entities = vec![entity, merged];
    let member = |id: &String| ClusterRow {
        cluster: 1,
        survivor: ids[0].clone(),
        member: id.clone(),
        relation: "near".to_owned(),
        similarity: 0.875,
    };
    let clusters: Vec<_> = ids[..2].iter().map(member).collect();
    let layers = vec![Layer { name: "time".to_owned(), version: 3 }];
    let contents = write(&first, layers, &documents, &links, &entities, &clusters);
    assert_eq!(
        (contents.rows["documents"], contents.rows["annotations/name"], contents.rows["clusters"]),
        (5, 10, 2)
    );
    let package = Package::open(&first).unwrap();
    package.verify().unwrap();
    let read: Vec<_> = package.documents().map(Result::unwrap).collect();
    assert_eq!(read, documents);
    let found = (package.links().unwrap(), package.entities().unwrap(), package.clusters().unwrap());
    assert_eq!(found, (links, entities, clusters));
    write(&second, package.layers(), &read, &found.0, &found.1, &found.2);
    assert_eq!(files(&first), files(&second));
}

#[test]
fn a_damaged_or_newer_package_is_an_error_that_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Vec::new(), &documents(), &[], &[], &[]);
    let part = folder.path().join("documents/000001.parquet");
    let mut bytes = fs::read(&part).unwrap();
    bytes[100] ^= 1;
    fs::write(&part, bytes).unwrap();
    let error = Package::open(folder.path()).unwrap().verify().unwrap_err();
    assert_eq!((error.kind(), error.place()), (ErrorKind::Damaged, Some(&*part)));
    let description = folder.path().join(DESCRIPTION);
    let newer = fs::read_to_string(&description).unwrap().replace("\"format\": 1", "\"format\": 99");
    fs::write(&description, newer).unwrap();
    assert_eq!(Package::open(folder.path()).unwrap_err().kind(), ErrorKind::TooNew);
}

#[test]
fn a_number_of_rows_that_is_false_is_an_error_that_names_the_file_and_both_numbers() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Vec::new(), &documents(), &[], &[], &[]);
    let description = folder.path().join(DESCRIPTION);
    let mut described: serde_json::Value = serde_json::from_slice(&fs::read(&description).unwrap()).unwrap();
    let resources = described["resources"].as_array_mut().unwrap();
    let table = resources.iter_mut().find(|resource| resource["corpus"]["table"] == "documents").unwrap();
    table["corpus"]["rows"] = 7.into();
    fs::write(&description, described.to_string()).unwrap();
    let error = Package::open(folder.path()).unwrap().verify().unwrap_err();
    let part = folder.path().join("documents/000001.parquet");
    assert_eq!((error.kind(), error.place()), (ErrorKind::Damaged, Some(&*part)));
    assert!(error.to_string().ends_with("says that it has 7 rows, it has 5"), "{error}");
}

#[test]
fn every_released_version_opens() {
    let released = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released/1");
    let package = Package::open(&released).unwrap();
    package.verify().unwrap();
    let read: Vec<_> = package.documents().map(Result::unwrap).collect();
    assert_eq!(read.len(), 5);
    assert_eq!(read[4].text, "Ferry 4\n\nThe harbour froze, and no ferry left before day 4.");
    assert_eq!(read[4].annotations.len(), 3);
    assert_eq!(
        package.layers(),
        [Layer { name: "name".to_owned(), version: 1 }, Layer { name: "time".to_owned(), version: 1 }]
    );
}
