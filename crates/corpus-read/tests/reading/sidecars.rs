//! Sidecar metadata, by file and by id.

use crate::folder::Folder;
use corpus_read::{ErrorKind, Mapping, Options, open};

fn urls(folder: &Folder, options: Options) -> String {
    let show = |record: &corpus_core::Record<'_>| record.metadata.url.clone().unwrap_or_else(|| "-".into());
    folder.read(&options).records.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_file_is_joined_by_path_name_or_name_without_extension() {
    let folder = Folder::new();
    for name in ["a.txt", "b.txt.gz", "c/d.html", "c/e.html", "f.txt", "g.txt"] {
        folder.write(name, name);
    }
    let sidecar = folder.write(
        "meta.csv",
        "\u{feff}title,file,url,date\r\n\
         A,a.txt,u:a,2020\r\n\
         \"B, \"\"quoted\"\"\r\nin two lines\",b,u:b,\r\n\
         D,c\\d.html,u:d,\r\n\
         E,e.html,u:e\r\n\
         F,./f.txt,u:f,\r\n\
         again,a.txt,u:no,\r\n",
    );
    assert_eq!(urls(&folder, Options::new().sidecar(&sidecar)), "u:a u:b u:d u:e u:f -");
    let outcome = folder.read(&Options::new().sidecar(&sidecar));
    let titles: Vec<_> =
        outcome.records.iter().map(|record| record.title.as_deref().unwrap_or("-")).collect();
    assert_eq!(titles, ["A", "B, \"quoted\"\r\nin two lines", "D", "E", "F", "-"]);
    // Without being named it is data like any other file, a table without pages.
    assert_eq!(folder.read(&Options::new()).reject().uri, "meta.csv");
}

#[test]
fn a_record_is_joined_by_id_and_keeps_what_it_says_itself() {
    let folder = Folder::with(
        "a.jsonl",
        "{\"id\": 1, \"text\": \"a\"}\n{\"id\": \"x\", \"text\": \"b\", \"url\": \"u:own\"}\n{\"text\": \"c\"}\n",
    );
    let sidecar = folder.write(
        "meta.jsonl",
        "{\"id\": \"1\", \"url\": \"u:1\", \"date\": \"2020\"}\n{\"id\": \"x\", \"url\": \"u:x\", \"dct\": \"2021\"}\n",
    );
    let outcome = folder.read(&Options::new().sidecar(&sidecar));
    let found: Vec<_> = outcome.records.iter().map(|record| &record.metadata).collect();
    assert_eq!((found[0].url.as_deref(), found[0].date.as_deref()), (Some("u:1"), Some("2020")));
    assert_eq!((found[1].url.as_deref(), found[1].date.as_deref()), (Some("u:own"), Some("2021")));
    assert_eq!(*found[2], Default::default());
}

#[test]
fn a_file_is_joined_by_id_and_columns_may_be_mapped() {
    let folder = Folder::with("n-17.txt", "a");
    let sidecar = folder.write("meta.tsv.gz", crate::folder::gzip("doc\tlink\nn-17\tu:17\n"));
    let mapping: Mapping = "id=doc,url=link".parse().unwrap();
    assert_eq!(urls(&folder, Options::new().sidecar(sidecar).mapping(mapping)), "u:17");
}

#[test]
fn rows_that_match_nothing_are_told() {
    let folder = Folder::with("a.txt", "a");
    folder.write("b.jsonl", "{\"id\": 7, \"text\": \"b\"}\n{\"id\": 8, \"text\": \"c\"}\n");
    let sidecar =
        folder.write("meta.csv", "file,id,url\nz.txt,,u\na.txt,,u\na.txt,,again\n,7,u\n,9,u\n,,u\n");
    let records = open(&[folder.path("")], &Options::new().sidecar(&sidecar)).unwrap();
    let rows = records.sidecar_rows();
    assert_eq!(rows.unmatched().count(), 5);
    assert_eq!(folder.outcome(records).records.len(), 3);
    assert_eq!(rows.unmatched().collect::<Vec<_>>(), ["z.txt", "9", ""]);
}

#[test]
fn a_sidecar_that_cannot_be_used_is_an_error() {
    let folder = Folder::new();
    let error = |name: &str, bytes: &[u8]| {
        let path = folder.write(name, bytes);
        open(&[], &Options::new().sidecar(&path)).unwrap_err()
    };
    let no_key = error("a.csv", b"title,url\nA,u\n");
    assert_eq!(no_key.kind(), ErrorKind::Sidecar);
    assert!(no_key.to_string().ends_with("its columns are title, url"), "{no_key}");
    let bad_line = error("b.jsonl", b"{\"id\": 1}\nnonsense\n");
    assert!(bad_line.to_string().contains("b.jsonl: line 2: expected"), "{bad_line}");
    assert_eq!(error("c.csv", b"id,url\n1,\xff\n").kind(), ErrorKind::Sidecar);
    assert_eq!(error("d.csv.gz", &[0x1f, 0x8b]).kind(), ErrorKind::Sidecar);
    let missing = open(&[], &Options::new().sidecar(folder.path("none.csv"))).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
}
