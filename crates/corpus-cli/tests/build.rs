//! `corpus build` as a program: interrupted at any moment, out of room, called twice.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use corpus_core::Document;
use corpus_store::{Corpus, verify};
use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

fn corpus(arguments: &[&str], input: &Path, directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.args(arguments).arg(input).arg("-o").arg(directory).stdin(Stdio::null());
    command
}

const BUILD: &[&str] = &["build", "--part-size", "64k", "--jobs", "2"];

fn build(input: &Path, directory: &Path) -> Output {
    corpus(BUILD, input, directory).output().unwrap()
}

/// What a build says it did. What its time went into is not the same twice.
fn summary(output: &Output) -> Value {
    let mut summary: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let stages = summary.as_object_mut().unwrap().remove("stages").unwrap();
    let shares = stages.as_array().unwrap().iter().map(|stage| stage["share"].as_f64().unwrap());
    assert!((shares.sum::<f64>() - 1.0).abs() < 0.01, "{stages}");
    summary
}

/// A file of pages, every tenth a copy of the one before with a word more, and one that is no JSON.
fn shard(folder: &Path, n_pages: usize) -> std::path::PathBuf {
    let mut lines = String::new();
    for n in 0..n_pages {
        let page = n - usize::from(n % 10 == 9);
        let more = if n == page { "" } else { " today" };
        let words = |from: usize| {
            let word = |place: usize| format!("w{} ", mixed(page * 1000 + place) % 50_000);
            (from..from + 60).map(word).collect::<String>()
        };
        let text = format!("Ferry {page}\n\n{}.\n\n{}{more}.", words(page), words(page + 60));
        lines.push_str(&serde_json::json!({ "id": format!("p{n}"), "text": text }).to_string());
        lines.push('\n');
        if n == n_pages / 2 {
            lines.push_str("{\"text\": \n");
        }
    }
    let path = folder.join("shard.jsonl");
    fs::write(&path, lines).unwrap();
    path
}

/// A number that looks random and is the same for the same one (SplitMix64).
fn mixed(number: usize) -> u64 {
    let mut mixed = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn documents(directory: &Path) -> Vec<Document> {
    Corpus::open(directory).unwrap().documents().map(Result::unwrap).collect()
}

#[test]
fn killed_at_any_moment_it_goes_on_and_ends_as_if_nothing_had_happened() {
    let folder = tempfile::tempdir().unwrap();
    let input = shard(folder.path(), 1500);
    let (whole, killed) = (folder.path().join("whole"), folder.path().join("killed"));
    let begun = Instant::now();
    let expected = summary(&build(&input, &whole));
    let took = begun.elapsed();
    assert_eq!((&expected["documents"], &expected["set_aside"]), (&1500.into(), &1.into()));
    assert_eq!(expected["copies"], 150);
    let expected_documents = documents(&whole);
    let mut committed = 0;
    for kill in 1..=6_u32 {
        let mut child =
            corpus(BUILD, &input, &killed).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(took.mul_f64(0.25) + Duration::from_millis(u64::from(kill * 37 % 50)));
        child.kill().unwrap();
        child.wait().unwrap();
        if killed.join("manifest.sqlite").exists()
            && let Ok(corpus) = Corpus::open(&killed)
        {
            let found: Vec<_> = corpus.documents().map(Result::unwrap).collect();
            assert!(found.len() >= committed, "{} documents, {committed} before", found.len());
            assert!(found[..] == expected_documents[..found.len()]);
            committed = found.len();
        }
    }
    let resumed = summary(&build(&input, &killed));
    for count in ["documents", "set_aside", "corpus", "clusters", "copies"] {
        assert_eq!(resumed[count], expected[count], "{count}");
    }
    assert!(documents(&killed) == expected_documents);
    assert_eq!(
        Corpus::open(&killed).unwrap().clusters().unwrap(),
        Corpus::open(&whole).unwrap().clusters().unwrap()
    );
    let report = verify(&killed, |_, _| ()).unwrap();
    assert!(report.is_whole() && report.orphans.is_empty(), "{report:?}");
}

#[test]
fn the_same_source_twice_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let input = shard(folder.path(), 30);
    let directory = folder.path().join("corpus");
    let first = summary(&build(&input, &directory));
    let second = summary(&build(&input, &directory));
    assert_eq!((&first["new"], &first["before"]), (&30.into(), &0.into()));
    assert_eq!((&second["new"], &second["before"], &second["corpus"]), (&0.into(), &30.into(), &30.into()));
    assert_eq!(second["set_aside"], 1);
}

#[test]
fn metadata_that_have_changed_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let (input, rows) = (folder.path().join("pages"), folder.path().join("rows.csv"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("ferry.txt"), "Ferry\n\nThe ferry left the harbour at noon.\n").unwrap();
    let directory = folder.path().join("corpus");
    let sidecar = ["build", "--sidecar", rows.to_str().unwrap()];
    let built = |date: &str| {
        fs::write(&rows, format!("file,date\nferry.txt,{date}\n")).unwrap();
        let summary = summary(&corpus(&sidecar, &input, &directory).output().unwrap());
        let dates: Vec<_> = documents(&directory)
            .into_iter()
            .map(|document| document.source.metadata.date.unwrap())
            .collect();
        (["new", "before", "superseded"].map(|name| summary[name].as_u64().unwrap()), dates)
    };
    assert_eq!(built("2019-05-01"), ([1, 0, 0], vec!["2019-05-01".to_owned()]));
    assert_eq!(built("2019-05-01"), ([0, 1, 0], vec!["2019-05-01".to_owned()]));
    assert_eq!(built("2018-05-01"), ([1, 0, 1], vec!["2018-05-01".to_owned()]));
}

#[test]
fn metadata_that_come_later_are_those_of_the_pages_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let (input, rows) = (folder.path().join("pages"), folder.path().join("rows.csv"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("ferry.txt"), "Ferry\n\nThe ferry left the harbour at noon.\n").unwrap();
    fs::write(&rows, "file,url\nferry.txt,https://harbour.example/ferry\n").unwrap();
    let directory = folder.path().join("corpus");
    let sidecar = ["build", "--sidecar", rows.to_str().unwrap()];
    let urls = |arguments: &[&str]| {
        summary(&corpus(arguments, &input, &directory).output().unwrap());
        let urls = documents(&directory).into_iter().map(|document| document.source.metadata.url);
        urls.collect::<Vec<_>>()
    };
    let told = [Some("https://harbour.example/ferry".to_owned())];
    assert_eq!(urls(BUILD), [None]);
    assert_eq!(urls(&sidecar), told);
    assert_eq!(urls(BUILD), told, "a build without a sidecar takes nothing away");
}

#[test]
fn a_file_that_was_renamed_is_the_same_document() {
    let folder = tempfile::tempdir().unwrap();
    let (input, directory) = (folder.path().join("pages"), folder.path().join("corpus"));
    fs::create_dir_all(input.join("inbox")).unwrap();
    fs::write(input.join("inbox/ferry.txt"), "Ferry\n\nThe ferry left the harbour at noon.\n").unwrap();
    fs::write(input.join("tide.txt"), "Tide\n\nThe tide is low, and the boats lie dry.\n").unwrap();
    summary(&build(&input, &directory));
    fs::rename(input.join("inbox"), input.join("read")).unwrap();
    let moved = summary(&build(&input, &directory));
    let counts = ["moved", "new", "again", "before", "corpus"].map(|name| moved[name].as_u64().unwrap());
    assert_eq!(counts, [1, 0, 0, 1, 2], "{moved}");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
        command.arg(arguments[0]).arg(&directory).args(&arguments[1..]).output().unwrap()
    };
    let lines = String::from_utf8(run(&["kwic", "noon", "--format", "jsonl"]).stdout).unwrap();
    let line: Value = serde_json::from_str(&lines).unwrap();
    assert!(line["uri"].as_str().unwrap().ends_with("pages/read/ferry.txt"), "{line}");
    let shown = run(&["show", "ferry.txt", "--text"]);
    assert!(shown.status.success() && String::from_utf8_lossy(&shown.stdout).contains("at noon"));
    // One name, one document: no need to say that several are meant.
    let removed = run(&["remove", "ferry.txt"]);
    assert!(removed.status.success(), "{}", String::from_utf8_lossy(&removed.stderr));
}

#[test]
fn the_counts_of_a_summary_add_up_and_what_was_set_aside_is_named_again() {
    let folder = tempfile::tempdir().unwrap();
    let (input, directory) = (shard(folder.path(), 40), folder.path().join("corpus"));
    let rejects = folder.path().join("rejects.jsonl");
    let with_rejects = || {
        let mut command = corpus(BUILD, &input, &directory);
        let output = command.arg("--rejects").arg(&rejects).output().unwrap();
        (summary(&output), String::from_utf8(output.stderr).unwrap(), fs::read_to_string(&rejects).unwrap())
    };
    let check = |summary: &Value, counts: [u64; 4]| {
        let found = ["new", "before", "known", "again"].map(|name| summary[name].as_u64().unwrap());
        assert_eq!(found, counts, "{summary}");
        assert_eq!(counts.iter().sum::<u64>(), summary["documents"].as_u64().unwrap(), "{summary}");
    };
    let (first, said, named) = with_rejects();
    check(&first, [40, 0, 0, 0]);
    assert!(said.contains("shard.jsonl:22") && named.lines().count() == 1, "{said}{named}");
    let (second, said, named) = with_rejects();
    check(&second, [0, 40, 0, 0]);
    assert_eq!((&second["set_aside"], named.lines().count()), (&1.into(), 1));
    assert!(said.contains("shard.jsonl:22"), "{said}");
    let mut lines = fs::read_to_string(&input).unwrap();
    lines.push_str("{\"id\": \"more\", \"text\": \"Ferry 99\\n\\nIt has left the old quay at last.\"}\n");
    fs::write(&input, lines).unwrap();
    let (third, ..) = with_rejects();
    check(&third, [1, 0, 40, 0]);
    assert_eq!(third["set_aside"], 1);
}

#[cfg(unix)]
#[test]
fn links_that_are_left_out_are_said_and_followed_on_request() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let folder = tempfile::tempdir().unwrap();
    let (input, elsewhere) = (folder.path().join("pages"), folder.path().join("elsewhere"));
    for folder in [&input, &elsewhere] {
        fs::create_dir(folder).unwrap();
    }
    fs::write(input.join("here.txt"), "Here\n\nThe ferry left the harbour at noon.\n").unwrap();
    fs::write(elsewhere.join("there.txt"), "There\n\nThe ferry reached the island at dusk.\n").unwrap();
    symlink(&elsewhere, input.join("linked")).unwrap();
    let _socket = UnixListener::bind(input.join("socket")).unwrap();
    let read = |name: &str, arguments: &[&str]| {
        let directory = folder.path().join(name);
        let output = corpus(arguments, &input, &directory).output().unwrap();
        let documents = summary(&output)["documents"].clone();
        (documents, String::from_utf8(output.stderr).unwrap())
    };
    let (documents, said) = read("one", BUILD);
    assert_eq!(documents, 1);
    assert!(said.contains("left out 1 link and 1 special file in folders"), "{said}");
    assert!(said.contains("--follow-links"), "{said}");
    let (documents, said) = read("two", &[BUILD, &["--follow-links"]].concat());
    assert_eq!(documents, 2);
    assert!(said.contains("left out 1 special file in folders") && !said.contains("link"), "{said}");
}

#[test]
fn a_folder_of_other_files_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let input = shard(folder.path(), 3);
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letters.txt"), "Dear").unwrap();
    let output = build(&input, &other);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("holds other files"));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}

/// The documents, packed, fit into files of 900 KB; their index does not.
#[cfg(target_os = "linux")]
#[test]
fn out_of_room_for_the_index_it_goes_on_without_one_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("pages.jsonl");
    let page = |n: usize| {
        let words: String = (0..4000).map(|place| format!("w{} ", mixed(n * 4000 + place))).collect();
        serde_json::json!({ "id": format!("p{n}"), "text": format!("Ferry {n}\n\n{words}.") }).to_string()
            + "\n"
    };
    let pages: String = (0..40).map(page).collect();
    fs::write(&input, pages).unwrap();
    let directory = folder.path().join("corpus");
    let script = "trap '' XFSZ; ulimit -f 1800; exec \"$@\"";
    let mut command = Command::new("sh");
    command.args([
        "-c",
        script,
        "sh",
        env!("CARGO_BIN_EXE_corpus"),
        "build",
        "--jobs",
        "1",
        "--part-size",
        "300k",
    ]);
    let output = command.args(["--layers", "none"]).arg(&input).arg("-o").arg(&directory).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{message}");
    assert!(message.contains("the index could not be written: File too large"), "{message}");
    assert_eq!(summary(&output)["corpus"], 40);
    assert!(!directory.join("index").exists());
    let question = ["search", directory.to_str().unwrap(), "ferry", "--limit", "0"];
    let found = Command::new(env!("CARGO_BIN_EXE_corpus")).args(question).output().unwrap();
    assert_eq!(found.status.code(), Some(0), "{}", String::from_utf8_lossy(&found.stderr));
    assert!(directory.join("index").exists() && verify(&directory, |_, _| ()).unwrap().is_whole());
}

/// A file that may not grow is what a full disk is to a program.
#[cfg(target_os = "linux")]
#[test]
fn out_of_room_it_says_so_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let input = shard(folder.path(), 600);
    let directory = folder.path().join("corpus");
    // A corpus that is there already, so that no temporary files for sketches come before its own.
    let page = folder.path().join("page.txt");
    fs::write(&page, "The harbour froze.").unwrap();
    summary(&build(&page, &directory));
    let script = "trap '' XFSZ; ulimit -f 200; exec \"$@\"";
    let limited = |part: &str| {
        let mut command = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_corpus");
        command.args(["-c", script, "sh", program, "build", "--jobs", "1", "--part-size", part]);
        command.arg(&input).arg("-o").arg(&directory).output().unwrap()
    };
    let output = limited("4M");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{message}");
    assert!(message.contains(".parquet") && message.contains("run the same command again"), "{message}");
    let resumed = summary(&build(&input, &directory));
    assert_eq!((&resumed["documents"], &resumed["corpus"]), (&600.into(), &601.into()));
    assert!(verify(&directory, |_, _| ()).unwrap().is_whole());
}
