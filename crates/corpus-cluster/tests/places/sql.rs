//! Tables of SQL.

use crate::bench::{PROGRAM, said, words};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn sql(table: &Path, query: &str, place: &[&str]) -> Output {
    let table = format!("pages={}", table.display());
    Command::new(PROGRAM).args(["sql", "--table", &table, query]).args(place).output().unwrap()
}

#[test]
fn a_table_is_the_same_however_its_files_are_compressed() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..40)
        .map(|seed| format!("{{\"id\": \"p-{seed}\", \"text\": \"{}\"}}\n", words(seed, 60)))
        .collect();
    let query =
        "SELECT id, corpus_filter(text, id, '[gopher_quality]')['reason'] AS reason FROM pages ORDER BY id";
    let mut rows = Vec::new();
    for (ending, place) in [
        ("jsonl", ["--jobs", "2"].as_slice()),
        ("jsonl.gz", &["--jobs", "2"]),
        ("ndjson.zst", &["--jobs", "2"]),
        ("json", &["--standalone", "--jobs", "2"]),
    ] {
        let shards = folder.path().join(ending);
        fs::create_dir(&shards).unwrap();
        fs::write(shards.join("_SUCCESS"), "").unwrap();
        for (part, number) in lines.chunks(20).zip(1..) {
            let text = part.concat();
            let bytes = match ending {
                // Two members, as `cat` of two files makes them.
                "jsonl.gz" => {
                    let half = text.find("\n{").unwrap() + 1;
                    [gzip(&text[..half]), gzip(&text[half..])].concat()
                }
                "ndjson.zst" => zstd::encode_all(text.as_bytes(), 3).unwrap(),
                _ => text.into_bytes(),
            };
            fs::write(shards.join(format!("{number}.{ending}")), bytes).unwrap();
        }
        let ended = sql(&shards, query, place);
        assert!(ended.status.success(), "{ending}: {}", said(&ended));
        rows.push(ended.stdout);
    }
    assert_eq!(rows[0].iter().filter(|&&byte| byte == b'\n').count(), 40);
    assert!(rows.windows(2).all(|pair| pair[0] == pair[1]), "rows differ");

    let ended = sql(&folder.path().join("jsonl.gz"), query, &["--standalone"]);
    assert_eq!(ended.status.code(), Some(4));
    assert!(said(&ended).contains("a cluster reads no compressed files"), "{}", said(&ended));
    let ended = sql(folder.path(), query, &[]);
    assert_eq!(ended.status.code(), Some(4));
    assert!(said(&ended).contains("no file in it ends with"), "{}", said(&ended));
}

#[test]
fn what_is_null_gives_null_and_a_share_that_is_none_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("pages.jsonl");
    fs::write(&table, format!("{{\"a\": \"{}\", \"b\": \"{}\"}}\n", words(1, 60), words(2, 60))).unwrap();
    let rows = |call: &str| {
        let sketches = "SELECT corpus_sketch(a)['tokens'] AS a, corpus_sketch(b)['tokens'] AS b FROM pages";
        let ended = sql(&table, &format!("SELECT {call} AS found FROM ({sketches})"), &[]);
        (ended.status.code(), String::from_utf8_lossy(&ended.stdout).into_owned(), said(&ended))
    };
    let (code, found, _) = rows("corpus_likeness(a, a, 0.7, 0.5, 0.8)['relation']");
    assert_eq!((code, &*found), (Some(0), "{\"found\":\"near\"}\n"));
    for null in [
        "corpus_likeness(a, b, 0.7, 0.5, 0.8)",
        "corpus_likeness(a, b, NULL, 0.5, 0.8)",
        "corpus_likeness(a, NULL, 0.7, 0.5, 0.8)",
        "corpus_pairs(NULL, 3)",
        "corpus_pairs([a, b], NULL)",
    ] {
        let (code, found, said) = rows(null);
        assert_eq!((code, &*found), (Some(0), "{}\n"), "{null}: {said}");
    }
    let (code, _, said) = rows("corpus_likeness(a, b, 7.0, 0.5, 0.8)");
    assert!(code == Some(4) && said.contains("7 is no share from 0 to 1"), "{said}");
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}
