//! The rows of a pipeline: the same everywhere, and all of them.

use crate::{
    bench::{Bench, PROGRAM, assert_same, names, said},
    process::{executor, port, scheduler},
};
use corpus_dedup::{Options, Pile, Sketch, label_of_plain, text_of_plain};
use std::{fmt::Write as _, fs, num::NonZeroUsize, path::Path, process::Command};

#[test]
fn the_rows_are_the_same_in_one_thread_in_many_and_on_clusters() {
    let bench = Bench::new(8, 20);
    let one = bench.run("one", &["--jobs", "1"]);
    assert!(one.keys().any(|name| name.starts_with("annotations/time@")), "{:?}", names(&one));
    assert!(one.contains_key("links/clusters-000001.parquet"), "{:?}", names(&one));
    assert_same(&one, &bench.run("many", &["--jobs", "8"]));
    assert_same(&one, &bench.run("standalone", &["--standalone", "--jobs", "2"]));
    let folder = bench.folder.path();
    let port = port();
    let _scheduler = scheduler(folder, port);
    let _first = executor(folder, "first", port);
    let _second = executor(folder, "second", port);
    assert_same(&one, &bench.run("cluster", &["--scheduler", &format!("localhost:{port}"), "--jobs", "4"]));
    // Again, and nothing is left to do.
    assert_same(&one, &bench.run("one", &["--jobs", "2"]));
}

/// Pages in files, of which each has every page in a way of its own: as it is, in capitals, with another word, cut, and
/// with every thirteenth word another.
fn copies(folder: &Path, n_pages: u64) {
    fs::create_dir_all(folder).unwrap();
    for file in 0..9 {
        let mut lines = String::new();
        for page in 0..n_pages {
            let mut words: Vec<String> =
                (0..130).map(|n| format!("w{}", (page * 131 + n * n * 17) % 5003)).collect();
            match file {
                2 | 7 => words[60] = "another".to_owned(),
                3 => words.truncate(88),
                4 => words.iter_mut().step_by(13).for_each(|word| *word = "another".to_owned()),
                // A page of its own.
                5 => words.iter_mut().for_each(|word| word.push_str("-5")),
                _ => {}
            }
            let text = words.join(" ");
            let text = if file == 1 { text.to_uppercase() } else { text };
            writeln!(lines, "{{\"id\": \"{file}-{page}\", \"text\": \"{text}\"}}").unwrap();
        }
        fs::write(folder.join(format!("pages-{file}.jsonl")), lines).unwrap();
    }
}

#[test]
fn the_list_of_copies_is_that_of_one_pile() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    copies(&folder.join("pages"), 40);
    let mut pile = Pile::new(Options::new()).unwrap();
    for packed in corpus_read::open(&[folder.join("pages")], &corpus_read::Options::new()).unwrap() {
        let packed = packed.unwrap();
        let record = packed.unpack().unwrap();
        let label = label_of_plain(&record, record.uri.clone().into_owned());
        pile.add(&label, &Sketch::of([&*text_of_plain(&record)])).unwrap();
    }
    let mut right = String::new();
    for (cluster, number) in pile.compare(NonZeroUsize::MIN).unwrap().clusters.iter().zip(1..) {
        for member in cluster.members() {
            let (id, relation) = (&member.label.id, member.relation);
            writeln!(right, "{id}\t{number}\t{relation}\t{:.4}", member.similarity).unwrap();
        }
    }
    for relation in ["exact", "near", "contains", "reworded"] {
        assert!(right.contains(&format!("\t{relation}\t")), "{right}");
    }
    for (output, place) in [("threads", "--jobs=3"), ("standalone", "--standalone")] {
        let path = folder.join(format!("{output}.toml"));
        let toml =
            format!("output = \"{output}\"\n[read]\npaths = [\"pages\"]\n[deduplicate]\nkeep = \"list\"\n");
        fs::write(&path, toml).unwrap();
        let ended = Command::new(PROGRAM).arg("run").arg(&path).arg(place).output().unwrap();
        assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
        let list = fs::read_to_string(folder.join(output).join("clusters.tsv")).unwrap();
        assert_eq!(list, right);
        assert!(!folder.join(output).join("datapackage.json").exists());
    }
}

#[test]
fn damage_is_named_and_every_good_record_comes_out() {
    let bench = Bench::new(3, 5);
    bench.run("out", &["--jobs", "2"]);
    let record: serde_json::Value = serde_json::from_slice(&bench.files("out")["run.json"]).unwrap();
    // The empty file, the Latin line, the long line, the cut Parquet file and the broken gzip file.
    assert_eq!(record["counts"]["set_aside"], 5, "{record}");
    assert_eq!(record["counts"]["documents"], 3 * 5 + 2, "{record}");
    assert_eq!(record["counts"]["filters"][0]["reasons"][0]["documents"], 3, "{record}");
    let report = String::from_utf8(bench.files("out")["report.html"].clone()).unwrap();
    let numbers = |name: &str| {
        let (_, row) = report.split_once(&format!("<td>{name}</td>")).unwrap();
        row.split_once("</tr>").unwrap().0.to_owned()
    };
    assert_eq!(numbers("tokens"), numbers("words"), "{report}");
    let rejects = bench.files("out").into_iter().filter(|(name, _)| name.starts_with("rejects/"));
    let mut text = String::new();
    for (_, bytes) in rejects {
        text += &String::from_utf8(zstd::decode_all(&*bytes).unwrap()).unwrap();
    }
    for name in ["empty.jsonl", "latin.jsonl", "long.jsonl", "cut.parquet", "damaged.jsonl.gz"] {
        assert!(text.contains(&format!("shards/{name}")), "{name} in {text}");
    }
}
