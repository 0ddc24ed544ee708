//! `corpus filter` as a person or a script meets it: what is kept, what is dropped and why, and what is said of it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The command, in a folder of the test's own with these files in it.
struct Bench {
    folder: PathBuf,
}

impl Bench {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus-cli-filter").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        Bench { folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
        command.arg("filter").args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        for variable in ["CLICOLOR_FORCE", "CORPUS_JOBS", "CORPUS_MAX_RECORD"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn code(&self, arguments: &[&str]) -> i32 {
        self.run(arguments).status.code().unwrap()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// The documents in a file of JSON Lines.
    fn lines(&self, name: &str) -> Vec<Value> {
        self.read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

const PAGES: &str = r#"{"id":"p-1","url":"https://harbour.example/2021/ice","date":"2021-03-09","text":"The ice in the channel broke on Tuesday. Write to pilot@harbour.example for a berth."}
{"id":"p-2","url":"https://ads.example/","text":"Cheap berths, cheap berths, cheap berths in the harbour."}
{"id":"p-3","text":"Das Haus steht am Fluss, und der Garten ist nicht groß."}
{"id":"p-4","text":"The ferry office of Skagsund had expected the thaw four days later than it came."}
"#;
const CONFIG: &str = r#"[url]
domains = ["domains.txt"]
[language]
keep = ["en"]
[length]
min_words = 5
[personal]
[card]
name = "Ice"
license = "https://creativecommons.org/licenses/by/4.0/"
"#;
const FILES: &[(&str, &str)] =
    &[("pages.jsonl", PAGES), ("filter.toml", CONFIG), ("domains.txt", "ads.example # sells berths\n")];

fn ids(documents: &[Value]) -> Vec<&str> {
    documents.iter().map(|document| document["id"].as_str().unwrap()).collect()
}

#[test]
fn documents_go_where_they_are_told_with_reasons_and_values() {
    let bench = Bench::new("told", FILES);
    let arguments =
        ["pages.jsonl", "--config", "filter.toml", "-o", "kept.jsonl", "--dropped", "dropped.jsonl"];
    let output = bench.run(&arguments);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    let expected = "wrote: 2 documents to kept.jsonl\nwrote: 2 documents to dropped.jsonl\n\
                    wrote: 1 kept as they are, 1 changed, 2 dropped\n";
    assert_eq!(said, expected);
    let (kept, dropped) = (bench.lines("kept.jsonl"), bench.lines("dropped.jsonl"));
    assert_eq!((ids(&kept), ids(&dropped)), (vec!["p-1", "p-4"], vec!["p-2", "p-3"]));
    assert!(kept[0]["text"].as_str().unwrap().ends_with("Write to [email] for a berth."));
    assert_eq!(kept[0]["filter"]["changes"]["personal"]["email"], 1);
    assert_eq!(kept[0]["source"]["record"], 0);
    assert_eq!(dropped[0]["filter"]["reason"]["rule"], "domains");
    assert_eq!(dropped[1]["filter"]["reason"]["found"], "de");
    let again =
        ["pages.jsonl", "--config", "filter.toml", "-q", "-o", "kept.jsonl", "--changed", "changed.jsonl"];
    assert_eq!(bench.code(&again), 0);
    assert_eq!(ids(&bench.lines("kept.jsonl")), ["p-4"]);
    assert_eq!(ids(&bench.lines("changed.jsonl")), ["p-1"]);
}

#[test]
fn a_file_that_cannot_be_written_is_known_before_the_work() {
    let bench = Bench::new("nowhere", FILES);
    for option in ["--report", "--run", "--card"] {
        let output = bench.run(&["pages.jsonl", "-o", "kept.jsonl", option, "nowhere/about.json"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains("nowhere") && !said.contains("wrote"), "{said}");
        assert_eq!(bench.names(), ["domains.txt", "filter.toml", "pages.jsonl"], "{option}");
    }
}

#[test]
fn the_default_is_written_out_and_means_the_same() {
    let bench = Bench::new("default", FILES);
    let config = String::from_utf8(bench.run(&["--print-config"]).stdout).unwrap();
    fs::write(bench.folder.join("default.toml"), config).unwrap();
    let plain = bench.run(&["pages.jsonl", "-q"]).stdout;
    assert_eq!(bench.run(&["pages.jsonl", "-q", "--config", "default.toml"]).stdout, plain);
    assert_eq!(bench.code(&["pages.jsonl", "-q", "-o", "none.jsonl"]), 0, "nothing left is a result");
    assert_eq!(bench.read("none.jsonl"), "");
}

/// Records enough for several batches, some broken, some without a page.
fn many() -> String {
    let sentence = "The pilots of the harbour waited for the ice to break, and nobody sailed that day. ";
    (0..3000).fold(String::new(), |lines, nth| match nth % 100 {
        7 => lines + "{\"id\":\"broken\n",
        8 => lines + "{\"id\":\"no page\"}\n",
        _ => {
            lines
                + &format!(
                    "{{\"id\":\"p-{nth}\",\"text\":\"Number {nth}. {}\"}}\n",
                    sentence.repeat(nth % 13)
                )
        }
    })
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads_and_any_time() {
    let config =
        "[gopher_quality]\n[c4]\n[fineweb]\nmax_duplicate_line_characters = inf\n[sample]\nshare = 0.5\n";
    let bench = Bench::new("threads", &[("many.jsonl", &many()), ("filter.toml", config)]);
    let mut results = Vec::new();
    for jobs in ["1", "2", "8", "8"] {
        let arguments = [
            "many.jsonl",
            "--config",
            "filter.toml",
            "-q",
            "-j",
            jobs,
            "-o",
            "kept.jsonl",
            "--dropped",
            "dropped.jsonl",
            "--report",
            "report.html",
            "--run",
            "run.json",
            "--card",
            "card.json",
        ];
        assert_eq!(bench.code(&arguments), 3, "some records are set aside");
        let names = ["kept.jsonl", "dropped.jsonl", "report.html", "run.json", "card.json"];
        results.push(names.map(|name| bench.read(name)));
    }
    assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(results[0][0].lines().count() > 500);
    let run: Value = serde_json::from_str(&results[0][3]).unwrap();
    assert_eq!((&run["counts"]["documents"], &run["counts"]["set_aside"]), (&2940.into(), &60.into()));
    assert_eq!(run["read"][0]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!((&run["stages"][0]["stage"], &run["stages"][1]["stage"]), (&"text".into(), &"sample".into()));
}

#[test]
fn documents_are_shuffled_the_same_way_wherever_they_come_from() {
    let lines: Vec<String> =
        (0..50).map(|nth| format!("{{\"id\":\"p-{nth}\",\"text\":\"Page {nth}.\"}}")).collect();
    let turned: Vec<String> = lines.iter().rev().cloned().collect();
    let bench = Bench::new(
        "shuffle",
        &[
            ("a.jsonl", &lines.join("\n")),
            ("b.jsonl", &turned.join("\n")),
            ("filter.toml", "[shuffle]\nseed = 3\n"),
        ],
    );
    let shuffled = |file| {
        assert_eq!(bench.code(&[file, "--config", "filter.toml", "-q", "-o", "out.jsonl"]), 0);
        bench
            .lines("out.jsonl")
            .iter()
            .map(|document| document["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let one = shuffled("a.jsonl");
    assert_eq!(one, shuffled("b.jsonl"));
    assert_ne!(one, (0..50).map(|nth| format!("p-{nth}")).collect::<Vec<_>>());
    assert_eq!(one.len(), 50);
}

#[test]
fn an_article_is_kept_without_its_furniture() {
    let bench = Bench::new("article", &[("filter.toml", "[text]\nkeep = \"article\"\n")]);
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
    assert_eq!(bench.code(&[pages, "--config", "filter.toml", "-q", "-o", "kept.jsonl"]), 0);
    let kept = bench.lines("kept.jsonl");
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().any(|page| page["filter"]["changes"]["text"].is_object()), "{kept:?}");
}

#[test]
fn test_sets_and_lists_are_read_from_beside_the_configuration() {
    let bench = Bench::new("sets", FILES);
    fs::create_dir(bench.folder.join("lists")).unwrap();
    fs::write(
        bench.folder.join("lists/quiz.jsonl"),
        "{\"text\":\"The ferry office of Skagsund had expected what?\"}\n",
    )
    .unwrap();
    let config = "[contamination]\nsets = [\"quiz.jsonl\"]\nwords = 6\n";
    fs::write(bench.folder.join("lists/filter.toml"), config).unwrap();
    let arguments =
        ["pages.jsonl", "--config", "lists/filter.toml", "-q", "-o", "kept.jsonl", "--dropped", "d.jsonl"];
    assert_eq!(bench.code(&arguments), 0);
    let dropped = bench.lines("d.jsonl");
    assert_eq!(ids(&dropped), ["p-4"]);
    assert_eq!(dropped[0]["filter"]["values"]["contamination"]["runs"], 2);
}

#[test]
fn standard_input_is_read_and_standard_output_written() {
    let bench = Bench::new("stream", FILES);
    let mut command = bench.command(&["-", "--config", "filter.toml", "-q"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(PAGES.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stdout.iter().filter(|byte| **byte == b'\n').count()),
        (Some(0), 2)
    );
}

#[test]
fn what_cannot_be_meant_says_so_and_leaves_no_file() {
    let bench = Bench::new(
        "wrong",
        &[
            ("pages.jsonl", PAGES),
            ("typo.toml", "[gopher_quality]\nmin_word = 3\n"),
            ("list.toml", "[bad_words]\nlists = [\"missing.txt\"]\n"),
            ("words.toml", "[bad_words]\nlists = [\"words.txt\"]\n"),
            ("words.txt", "zeppelin\n"),
        ],
    );
    let failure = |arguments: &[&str]| {
        let output = bench.run(arguments);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = failure(&["pages.jsonl", "--config", "typo.toml", "-o", "out.jsonl"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("unknown field `min_word`") && said.contains("typo.toml"), "{said}");
    let (code, said) = failure(&["pages.jsonl", "--config", "list.toml", "-o", "out.jsonl"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("missing.txt"), "{said}");
    let (code, said) = failure(&["pages.jsonl", "-o", "out.jsonl", "--dropped", "out.jsonl"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("two results would go to out.jsonl"), "{said}");
    for other in [["--dropped", "./out.jsonl"], ["--rejects", "out.jsonl"]] {
        let (code, said) = failure(&[&["pages.jsonl", "-o", "out.jsonl"][..], &other].concat());
        assert_eq!(code, Some(2));
        assert!(said.contains(&format!("two results would go to {}", other[1])), "{said}");
    }
    assert_eq!(failure(&["pages.jsonl", "-o", "pages.jsonl"]).0, Some(2));
    for read in ["words.toml", "words.txt"] {
        let (code, said) =
            failure(&["pages.jsonl", "--config", "words.toml", "-o", "out.jsonl", "--run", read]);
        assert_eq!(code, Some(2));
        assert!(said.contains(&format!("{read} is both read and written")), "{said}");
    }
    assert_eq!(failure(&["no-such-file", "-o", "out.jsonl"]).0, Some(4));
    assert_eq!(failure(&["pages.jsonl", "--card", "card.json"]).0, Some(2), "a card needs a file");
    assert_eq!(bench.names(), ["list.toml", "pages.jsonl", "typo.toml", "words.toml", "words.txt"]);
}

#[cfg(unix)]
#[test]
fn what_goes_through_a_pipe_is_not_read_again_for_its_hash() {
    let bench = Bench::new("pipe", &[]);
    let pipe = bench.folder.join("pages.jsonl");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = std::thread::spawn(move || fs::write(pipe, PAGES).unwrap());
    let code = bench.code(&["pages.jsonl", "-o", "out.jsonl", "--run", "run.json"]);
    writer.join().unwrap();
    assert_eq!(code, 0);
    let run: Value = serde_json::from_str(&bench.read("run.json")).unwrap();
    assert!(run["read"][0]["sha256"].is_null(), "{run}");
}
