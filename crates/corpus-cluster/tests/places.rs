//! The same rows wherever a pipeline runs, and after whatever ends there.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use corpus_dedup::{Options, Pile, Sketch, label_of_plain, text_of_plain};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::Write,
    net::TcpListener,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_corpus-cluster");

const PIPELINE: &str = "\
output = \"OUTPUT\"
[read]
paths = [\"shards\"]
max_record = 65536
[filter.length]
min_words = 12
[filter.personal]
[filter.card]
name = \"harbour\"
[annotate]
layers = [\"sentence\", \"time\", \"name\"]
[deduplicate]
[statistics]
tokenizer = \"tokenizer.json\"
";

/// A tokenizer whose tokens are the words between blanks.
const TOKENIZER: &str = r#"{"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
    "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
    "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}}"#;

/// Words by a number, always the same.
fn words(seed: u64, n: usize) -> String {
    const WORDS: &[&str] = &[
        "harbour",
        "ferry",
        "council",
        "bridge",
        "winter",
        "minister",
        "said",
        "on",
        "the",
        "Thursday",
        "report",
        "of",
        "a",
        "new",
        "storm",
        "pier",
        "Oslo",
        "was",
        "closed",
        "after",
        "night",
        "before",
        "mayor",
        "Lindqvist",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        WORDS[(state % WORDS.len() as u64) as usize]
    };
    (0..n).map(|_| next()).collect::<Vec<_>>().join(" ")
}

/// Files with pages, copies of pages in other files, and damage of every kind.
fn shards(folder: &Path, n_files: u64, n_pages: u64) {
    fs::create_dir_all(folder).unwrap();
    for file in 0..n_files {
        let mut lines = Vec::new();
        for page in 0..n_pages {
            // Every fifth page is that of the first file, in capitals, or cut, or with one word more.
            let of = if page % 5 == 0 { page } else { file * 1000 + page };
            let text = words(of + 1, 60 + (of % 40) as usize);
            let text = match file % 4 {
                1 if page % 5 == 0 => text.to_uppercase(),
                2 if page % 5 == 0 => text[..text.len() * 4 / 5].to_owned(),
                3 if page % 5 == 0 => format!("{text} again"),
                _ => text,
            };
            let text = if page % 7 == 3 {
                "Too short.".to_owned()
            } else {
                format!("{text}. Write to a{file}@harbour.example.")
            };
            writeln!(
                lines,
                "{{\"id\": \"p-{file}-{page}\", \"date\": \"2021-03-0{}\", \"text\": \"{text}\"}}",
                1 + page % 9
            )
            .unwrap();
        }
        fs::write(folder.join(format!("shard-{file:02}.jsonl")), lines).unwrap();
    }
    let line = |text: &str| format!("{{\"text\": \"{text}\"}}\n");
    let good = line(&words(77_777, 80));
    fs::write(folder.join("empty.jsonl"), "").unwrap();
    fs::write(
        folder.join("latin.jsonl"),
        [b"{\"text\": \"\xe4\xf6\xfc\"}\n".as_slice(), good.as_bytes()].concat(),
    )
    .unwrap();
    fs::write(folder.join("long.jsonl"), line(&"word ".repeat(20_000)) + &good).unwrap();
    fs::write(folder.join("cut.parquet"), b"PAR1\x15\x04\x15\x10 and no more").unwrap();
    fs::write(folder.join("damaged.jsonl.gz"), b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03 no gzip follows")
        .unwrap();
}

/// A folder with shards, and pipelines in it.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new(n_files: u64, n_pages: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        shards(&folder.path().join("shards"), n_files, n_pages);
        fs::write(folder.path().join("tokenizer.json"), TOKENIZER).unwrap();
        Bench { folder }
    }

    fn pipeline(&self, output: &str) -> PathBuf {
        let path = self.folder.path().join(format!("{output}.toml"));
        fs::write(&path, PIPELINE.replace("OUTPUT", output)).unwrap();
        path
    }

    fn command(&self, output: &str, place: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("run").arg(self.pipeline(output)).args(place);
        command
    }

    fn run(&self, output: &str, place: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let ended = self.command(output, place).output().unwrap();
        assert_eq!(ended.status.code(), Some(3), "{}", said(&ended));
        self.files(output)
    }

    /// Every file of a package by its path.
    fn files(&self, output: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.folder.path().join(output);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// How many tasks of the first stage are done.
    fn n_done(&self, output: &str) -> usize {
        let folder = self.folder.path().join(format!("{output}.work/done/read"));
        fs::read_dir(folder).map_or(0, |entries| {
            entries
                .flatten()
                .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
                .count()
        })
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

#[track_caller]
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(names(one), names(other));
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{name} differs");
    }
}

/// A process that is ended with its owner.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn process(arguments: &[&str], folder: &Path) -> Process {
    fs::create_dir_all(folder).unwrap();
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    Process(command.spawn().unwrap())
}

/// A port that was free just now, and the one after it.
fn port() -> u16 {
    loop {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(180);
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn scheduler(folder: &Path, port: u16) -> Process {
    let scheduler = process(&["scheduler", "--port", &port.to_string()], &folder.join("scheduler"));
    wait_for("the scheduler listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
    scheduler
}

fn executor(folder: &Path, name: &str, scheduler: u16) -> Process {
    let (scheduler, port) = (format!("localhost:{scheduler}"), port());
    let arguments = ["executor", "--scheduler", &scheduler, "--port", &port.to_string(), "--tasks", "1"];
    let executor = process(&arguments, &folder.join(name));
    wait_for("the executor listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
    executor
}

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

#[test]
fn nothing_is_enough_and_what_a_run_wrote_is_not_read() {
    let bench = Bench::new(1, 1);
    let folder = bench.folder.path();
    for (name, paths, filter) in
        [("few", "[\".\"]", ""), ("none", "[\"shards\"]", "[filter.length]\nmin_words = 100000\n")]
    {
        let toml = format!(
            "output = \"{name}\"\n[read]\npaths = {paths}\ninclude = [\"*.jsonl\"]\n{filter}[deduplicate]\n"
        );
        let path = folder.join(format!("{name}.toml"));
        fs::write(&path, toml).unwrap();
        for place in [vec!["--jobs", "2"], vec!["--standalone", "--jobs", "2"]] {
            let ended = Command::new(PROGRAM).arg("run").arg(&path).args(&place).output().unwrap();
            assert_eq!(ended.status.code(), Some(3), "{}", said(&ended));
            let work = folder.join(format!("{name}.work/done/read"));
            assert_eq!(fs::read_dir(&work).unwrap().count(), 4, "shard, empty, latin and long");
            // The second place has all to do again.
            fs::remove_dir_all(work).unwrap();
        }
    }
}

/// Runs a pipeline of these sections in the folder of a bench, in this process; gives its files.
fn run_of(bench: &Bench, output: &str, sections: &str) -> BTreeMap<String, Vec<u8>> {
    let path = bench.folder.path().join(format!("{output}.toml"));
    fs::write(&path, format!("output = \"{output}\"\n{sections}")).unwrap();
    let ended = Command::new(PROGRAM).arg("run").arg(&path).args(["--jobs", "2"]).output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
    bench.files(output)
}

#[test]
fn a_run_leaves_what_the_last_pipeline_makes_and_nothing_of_the_ones_before() {
    let bench = Bench::new(4, 12);
    let few = "[read]\npaths = [\"shards/shard-00.jsonl\", \"shards/shard-02.jsonl\"]\n";
    let all = "[read]\npaths = [\"shards/shard-*.jsonl\"]\n";
    let plain = format!("{few}[annotate]\nlayers = [\"time\"]\n");
    let pipelines = [
        format!("{all}[filter.length]\nmin_words = 12\n[annotate]\n[deduplicate]\n[statistics]\n"),
        plain.clone(),
        format!("{few}[deduplicate]\nkeep = \"list\"\n"),
        format!("{few}[filter.length]\nmin_words = 1000\n"),
        format!("{all}[deduplicate]\nkeep = \"all\"\n"),
        plain.clone(),
    ];
    for (pipeline, number) in pipelines.iter().zip(1..) {
        let changed = run_of(&bench, "changed", pipeline);
        let fresh = run_of(&bench, &format!("fresh-{number}"), pipeline);
        // The card is called as its folder is.
        let named = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> { files.keys().cloned().collect() };
        assert_eq!(named(&changed), named(&fresh), "pipeline {number}");
        for (name, bytes) in
            fresh.iter().filter(|(name, _)| name.ends_with(".parquet") || name.ends_with(".zst"))
        {
            assert!(&changed[name] == bytes, "{name} of pipeline {number}");
        }
        let record: serde_json::Value = serde_json::from_slice(&changed["run.json"]).unwrap();
        let mut listed: Vec<_> = record["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file["path"].as_str().unwrap().to_owned())
            .collect();
        listed.push("run.json".to_owned());
        listed.sort();
        assert_eq!(listed, named(&changed), "pipeline {number}");
        assert!(
            record["counts"]["kept"].as_u64().unwrap() + record["counts"]["dropped"].as_u64().unwrap() > 0
        );
    }
}

#[test]
fn what_was_removed_or_damaged_is_made_again_and_nothing_else() {
    let bench = Bench::new(3, 8);
    let pipeline = "[read]\npaths = [\"shards/shard-*.jsonl\"]\n[filter.length]\nmin_words = 12\n[annotate]\nlayers = [\"time\"]\n";
    for copies in ["", "[deduplicate]\n"] {
        let sections = format!("{pipeline}{copies}");
        let right = run_of(&bench, "out", &sections);
        let folder = bench.folder.path().join("out");
        let time = |name: &str| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
        let last =
            right.keys().find(|name| name.starts_with("documents/") && name.contains("000003")).unwrap();
        for name in right.keys() {
            let (path, untouched) = (folder.join(name), time(last));
            fs::remove_file(&path).unwrap();
            assert_same(&right, &run_of(&bench, "out", &sections));
            let mut bytes = right[name].clone();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(&path, bytes).unwrap();
            assert_same(&right, &run_of(&bench, "out", &sections));
            if name.contains("000001") {
                assert_eq!(time(last), untouched, "after {name}");
            }
        }
    }
}

#[test]
fn another_list_is_another_run() {
    let bench = Bench::new(1, 8);
    let folder = bench.folder.path();
    let sections = "[read]\npaths = [\"shards/shard-*.jsonl\"]\n[filter.bad_words]\nlists = [\"words.txt\"]\nkeep_share = 0.0\n";
    fs::write(folder.join("words.txt"), "zeppelin\n").unwrap();
    let counts = |files: &BTreeMap<String, Vec<u8>>| {
        let record: serde_json::Value = serde_json::from_slice(&files["run.json"]).unwrap();
        assert_eq!(record["lists"][0]["path"], "words.txt");
        (
            record["counts"]["dropped"].as_u64().unwrap(),
            record["lists"][0]["blake3"].as_str().unwrap().to_owned(),
        )
    };
    let (none, before) = counts(&run_of(&bench, "out", sections));
    fs::write(folder.join("words.txt"), "harbour\n").unwrap();
    let (some, after) = counts(&run_of(&bench, "out", sections));
    assert!(none == 0 && some > 0 && before != after, "{none} {some}");
}

#[test]
fn what_cannot_be_meant_is_said_before_anything_is_read() {
    let bench = Bench::new(1, 1);
    let folder = bench.folder.path();
    for (sections, said_of) in [
        ("[annotate]\nlayers = [\"tune\"]\n", "line 5, annotate.layers: "),
        ("[statistics]\ntokenizer = \"none.json\"\n", "none.json"),
        ("[filter.bad_words]\nlists = [\"none.txt\"]\n", "none.txt"),
        ("[filter.language]\nkeep = [\"English\"]\n", "line 5, filter.language.keep"),
    ] {
        let path = folder.join("wrong.toml");
        fs::write(&path, format!("output = \"wrong\"\n[read]\npaths = [\"shards\"]\n{sections}")).unwrap();
        let ended = Command::new(PROGRAM).arg("run").arg(&path).output().unwrap();
        assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
        assert!(said(&ended).contains(said_of), "{}", said(&ended));
        assert!(!folder.join("wrong").exists() && !folder.join("wrong.work").exists());
    }
}

#[test]
fn a_cluster_says_what_it_lacks() {
    let bench = Bench::new(1, 2);
    let folder = bench.folder.path();
    let port = port();
    let address = format!("localhost:{port}");
    let first = scheduler(folder, port);
    let taken = Command::new(PROGRAM).args(["scheduler", "--port", &port.to_string()]).output().unwrap();
    assert_eq!(taken.status.code(), Some(4));
    assert!(said(&taken).contains("name another one with --port"), "{}", said(&taken));
    let mut run =
        bench.command("waiting", &["--scheduler", &address]).stderr(Stdio::piped()).spawn().unwrap();
    let lines = std::io::BufReader::new(run.stderr.take().unwrap());
    let hint = std::io::BufRead::lines(lines)
        .map(Result::unwrap)
        .find(|line| line.contains("is there an executor?"));
    assert!(hint.unwrap().contains(&format!("corpus-cluster executor --scheduler {address}")));
    let executor_port = self::port().to_string();
    let executor = Command::new(PROGRAM)
        .args(["executor", "--scheduler", &address, "--port", &executor_port, "--tasks", "1"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(3));
    drop(first);
    let ended = executor.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert!(said(&ended).contains("it is gone"), "{}", said(&ended));
}

#[test]
fn a_run_ends_right_when_an_executor_dies_and_goes_on_when_the_scheduler_does() {
    let bench = Bench::new(40, 300);
    let right = bench.run("right", &["--jobs", "2"]);
    let folder = bench.folder.path();
    let first_port = port();
    let address = format!("localhost:{first_port}");
    let mut first = scheduler(folder, first_port);
    let mut dying = executor(folder, "dying", first_port);
    let _living = executor(folder, "living", first_port);
    let run = bench
        .command("left", &["--scheduler", &address, "--jobs", "40"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for("a task is done", || bench.n_done("left") > 0);
    dying.0.kill().unwrap();
    let ended = run.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{}", said(&ended));
    assert_same(&right, &bench.files("left"));

    let run = bench
        .command("resumed", &["--scheduler", &address, "--jobs", "40"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for("a task is done", || bench.n_done("resumed") > 0);
    first.0.kill().unwrap();
    let ended = run.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert!(said(&ended).contains("the same command goes on from there"), "{}", said(&ended));
    assert!(said(&ended).contains(&format!("the scheduler at {address} is gone")), "{}", said(&ended));
    let done = bench.n_done("resumed");
    assert!(done > 0 && !bench.files("resumed").contains_key("datapackage.json"));
    assert_same(&right, &bench.run("resumed", &["--jobs", "2"]));
}
