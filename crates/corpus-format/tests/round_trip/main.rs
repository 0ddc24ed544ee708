//! A document becomes a row and the row the same document again, whatever it holds.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod arbitrary;

use corpus_core::{Annotation, Document, Parser, Record, text::Text};
use corpus_format::{
    AnnotationRows, Choice, ClusterRow, DocumentRows, ErrorKind, LinkRow, SourceRow, Table, TableReader,
    TableWriter, annotations_of, cluster_batch, clusters_of, documents_of, link_batch, links_of,
    source_batch, sources_of,
};
use proptest::prelude::*;
use std::{fs, path::Path};

/// Writes documents to a file, so many a row group.
fn write(path: &Path, documents: &[Document], group: usize) -> corpus_format::Written {
    let mut writer = TableWriter::create(path, Table::Documents).unwrap();
    for documents in documents.chunks(group) {
        let mut rows = DocumentRows::new();
        documents.iter().for_each(|document| rows.push(document).unwrap());
        writer.write(&rows.finish().unwrap()).unwrap();
    }
    writer.finish().unwrap()
}

fn read(path: &Path, choice: Choice<'_>) -> Vec<Document> {
    let reader = TableReader::open(path, Table::Documents).unwrap();
    reader.batches(choice, None).unwrap().flat_map(|batch| documents_of(&batch.unwrap()).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn documents_come_back_as_they_were(documents in prop::collection::vec(arbitrary::document(), 1..6)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("documents/000001.parquet");
        let written = write(&path, &documents, 2);
        prop_assert_eq!(written.rows, documents.len() as u64);
        prop_assert_eq!(written.bytes, fs::metadata(&path).unwrap().len());
        prop_assert_eq!(&written.blake3, &corpus_format::checksum(&path).unwrap());
        let expected: Vec<_> = documents
            .iter()
            .cloned()
            .map(|mut document| { document.annotations.clear(); document })
            .collect();
        prop_assert_eq!(read(&path, Choice::All), expected.clone());
        let last = documents.len() as u32 - 1;
        prop_assert_eq!(read(&path, Choice::Rows(&[last])), expected[last as usize..].to_vec());
        let again = write(&folder.path().join("again.parquet"), &documents, 2);
        prop_assert_eq!(again, written);
    }

    #[test]
    fn annotations_come_back_as_they_were(document in arbitrary::document()) {
        let mut rows = AnnotationRows::new();
        for (n, annotation) in document.annotations.iter().enumerate() {
            rows.push(&document.id, 7, n, annotation);
        }
        for (n, row) in annotations_of(&rows.finish().unwrap(), "name").unwrap().into_iter().enumerate() {
            prop_assert_eq!((row.row, row.n as usize, row.document.as_str()), (7, n, document.id.as_str()));
            let expected = Annotation { layer: "name".into(), ..document.annotations[n].clone() };
            prop_assert_eq!(row.annotation, expected);
        }
    }
}

#[test]
fn links_clusters_and_sources_come_back_as_they_were() {
    let text = |text: &str| text.to_owned();
    let links = [LinkRow {
        document: text("b3:1"),
        layer: text("name"),
        local_id: text("e1"),
        corpus_id: text("E7"),
    }];
    assert_eq!(links_of(&link_batch(&links).unwrap()).unwrap(), links);
    let (survivor, member) = (text("b3:1"), text("b3:2"));
    let clusters = [ClusterRow { cluster: 1, survivor, member, relation: text("near"), similarity: 0.91 }];
    assert_eq!(clusters_of(&cluster_batch(&clusters).unwrap()).unwrap(), clusters);
    let sources = [SourceRow { blake3: text("00"), bytes: vec![0, 159, 146, 150] }];
    assert_eq!(sources_of(&source_batch(&sources).unwrap()).unwrap(), sources);
}

#[test]
fn any_row_is_found_among_many() {
    let page = |number: usize| {
        let text =
            format!("Ferry {number}\n\n{}", "The harbour froze and no ferry left. ".repeat(number % 50));
        Text::new().parse_all(&Record::new(format!("{number}.txt"), text.into_bytes())).remove(0)
    };
    let documents: Vec<_> = (0..700).map(page).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.parquet");
    write(&path, &documents, 300);
    for rows in [&[0_u32, 1, 2][..], &[299, 300, 301], &[5, 250, 699], &[]] {
        let expected: Vec<_> = rows.iter().map(|&row| documents[row as usize].clone()).collect();
        assert_eq!(read(&path, Choice::Rows(rows)), expected);
    }
}

#[test]
fn a_cut_file_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.parquet");
    let document = Text::new().parse_all(&Record::new("a.txt", "The harbour froze.".as_bytes())).remove(0);
    write(&path, &[document], 1);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = TableReader::open(&path, Table::Documents).unwrap_err();
    assert_eq!((error.kind(), error.place()), (ErrorKind::Damaged, Some(&*path)));
    let error = TableReader::open(&folder.path().join("none.parquet"), Table::Documents).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn what_is_not_finished_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let writer = TableWriter::create(&folder.path().join("half.parquet"), Table::Links).unwrap();
    drop(writer);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
