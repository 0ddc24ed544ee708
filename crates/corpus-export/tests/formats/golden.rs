//! What each format writes, for eyes.

use crate::fixture::{note, page, written};
use corpus_export::{Formats, Options, Target};
use rusqlite::Connection;
use std::{fmt::Write, fs, path::Path};

fn golden(name: &str, snapshot: &str, options: &Options) {
    let (text, report) = written(name, options, &[page(), note()]);
    let mut shown = text.replace('\r', "␍").replace('\u{1}', "␁");
    shown.push_str("\n---\n");
    for row in &report.written {
        let _ = writeln!(shown, "{row}");
    }
    for remark in &report.remarks {
        let _ = writeln!(shown, "{remark}");
    }
    insta::assert_snapshot!(snapshot, shown);
}

#[test]
fn jsonl() {
    golden("jsonl", "jsonl", &Options::new());
    golden("jsonl", "jsonl-comments", &Options::new().parts("comments".parse().unwrap()).layers(["time"]));
}

#[test]
fn csv() {
    let tables = [
        ("documents", "csv-documents"),
        ("parts", "csv-parts"),
        ("blocks", "csv-blocks"),
        ("annotations", "csv-annotations"),
    ];
    for (table, snapshot) in tables {
        golden("csv", snapshot, &Options::new().table(table));
    }
}

#[test]
fn tei() {
    golden("tei", "tei", &Options::new());
    golden("tei", "tei-all", &Options::new().parts("all".parse().unwrap()));
}

#[test]
fn conllu() {
    golden("conllu", "conllu", &Options::new());
}

#[test]
fn web_annotation() {
    golden("webannotation", "webannotation", &Options::new().layers(["name", "time"]));
    golden(
        "webannotation",
        "webannotation-blocks",
        &Options::new().layers(["block"]).parts("comments".parse().unwrap()),
    );
}

#[test]
fn timelinejs() {
    golden("timelinejs", "timelinejs", &Options::new());
}

#[test]
fn ris() {
    golden("ris", "ris", &Options::new());
}

#[test]
fn markdown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes");
    let mut export =
        Formats::core().get("markdown").unwrap().open(Target::Path(&path), &Options::new()).unwrap();
    for document in [page(), note()] {
        export.add(&document).unwrap();
    }
    assert_eq!(export.finish().unwrap().written[0].rows, 3);
    insta::assert_snapshot!("markdown", folder_shown(&path));
}

/// Every file of a folder, by name, with what it holds.
fn folder_shown(folder: &Path) -> String {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut shown = String::new();
    for path in names {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let _ = writeln!(shown, "=== {name}\n{}", fs::read_to_string(path).unwrap());
    }
    shown
}

#[test]
fn sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corpus.sqlite");
    let mut export =
        Formats::core().get("sqlite").unwrap().open(Target::Path(&path), &Options::new()).unwrap();
    for document in [page(), note()] {
        export.add(&document).unwrap();
    }
    let report = export.finish().unwrap();
    let mut shown = String::new();
    for row in &report.written {
        let _ = writeln!(shown, "{} {}", row.rows, row.noun);
    }
    let connection = Connection::open(&path).unwrap();
    for query in [
        "SELECT key, value FROM about WHERE key <> 'program' ORDER BY key",
        "SELECT number, uri, record_index, own_id, language, length(text) FROM documents",
        "SELECT document, part, kind, title, authors, published, timestamp, method, earliest, latest FROM parts",
        "SELECT document, block, part_kind, role, line, start, \"end\", start_char, end_char, cells, text FROM blocks",
        "SELECT block, text, value_type, value_edtf FROM layer_time",
        "SELECT text, value_entity FROM layer_name",
        "SELECT document, part, title, url, text FROM articles",
        "SELECT author, path, line, text FROM comments",
        "SELECT rowid, snippet(blocks_fts, 0, '[', ']', '…', 5) FROM blocks_fts WHERE blocks_fts MATCH 'tide' ORDER BY rowid",
        "SELECT count(*) FROM blocks, documents ON documents.number = blocks.document \
         WHERE substr(documents.text, start_char + 1, end_char - start_char) <> blocks.text",
        "PRAGMA integrity_check",
    ] {
        let _ = writeln!(shown, "\n> {query}");
        let mut statement = connection.prepare(query).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = (0..columns)
                .map(|column| match row.get_ref(column).unwrap() {
                    rusqlite::types::ValueRef::Null => "∅".to_owned(),
                    rusqlite::types::ValueRef::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
                    other => format!("{:?}", rusqlite::types::Value::try_from(other).unwrap()),
                })
                .collect();
            let _ = writeln!(shown, "{}", cells.join(" | "));
        }
    }
    insta::assert_snapshot!("sqlite", shown);
}
