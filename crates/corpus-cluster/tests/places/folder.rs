//! What a run finds in its folders, and what it leaves there.

use crate::bench::{Bench, PROGRAM, assert_same, run_of, said};
use std::{collections::BTreeMap, fs, process::Command};

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
        (
            "[filter.length]\nmin_words = 9\nmax_words = 8\n",
            "line 5, filter.length.min_words: length.min_words is 9",
        ),
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
fn a_package_whose_work_folder_is_gone_is_made_again_and_what_is_not_its_own_is_left() {
    let bench = Bench::new(3, 8);
    let (output, work) = (bench.folder.path().join("out"), bench.folder.path().join("out.work"));
    let read = "[read]\npaths = [\"shards/shard-*.jsonl\"]\n";
    run_of(&bench, "out", &format!("{read}[filter.length]\nmin_words = 12\n[annotate]\n[statistics]\n"));
    fs::remove_dir_all(&work).unwrap();
    fs::write(output.join("notes.txt"), "mine").unwrap();
    fs::write(output.join("croissant.json"), "{}").unwrap();
    fs::write(output.join("report.html"), "mine").unwrap();
    let mut right = run_of(&bench, "fresh", &format!("{read}[deduplicate]\nkeep = \"list\"\n"));
    right.insert("notes.txt".to_owned(), b"mine".to_vec());
    right.insert("report.html".to_owned(), b"mine".to_vec());
    right.insert("croissant.json".to_owned(), b"{}".to_vec());
    assert_same(&right, &run_of(&bench, "out", &format!("{read}[deduplicate]\nkeep = \"list\"\n")));
    assert!(!output.join("dropped").exists(), "an empty folder is left");

    fs::remove_dir_all(&work).unwrap();
    fs::remove_file(output.join("run.json")).unwrap();
    let ended = bench.command("out", &[]).output().unwrap();
    assert_eq!(ended.status.code(), Some(4));
    assert!(said(&ended).contains("no run.json in it"), "{}", said(&ended));
    assert_eq!(bench.files("out").len(), 4);
}

#[test]
#[cfg(unix)]
fn a_file_put_in_the_place_of_another_is_read_though_it_looks_the_same() {
    let bench = Bench::new(1, 8);
    let sections = "[read]\npaths = [\"shards/shard-00.jsonl\"]\n";
    let before = run_of(&bench, "out", sections);
    let shard = bench.folder.path().join("shards/shard-00.jsonl");
    let text = fs::read_to_string(&shard).unwrap().replace("harbour", "HARBOUR");
    let modified = fs::metadata(&shard).unwrap().modified().unwrap();
    fs::write(&shard, text).unwrap();
    fs::File::options().write(true).open(&shard).unwrap().set_modified(modified).unwrap();
    let after = run_of(&bench, "out", sections);
    assert!(before["run.json"] != after["run.json"]);
    assert_same(&run_of(&bench, "again", sections), &run_of(&bench, "again", sections));
}

#[test]
fn a_folder_is_not_both_read_and_written() {
    let bench = Bench::new(1, 1);
    let folder = bench.folder.path();
    for (head, said_of) in [
        ("output = \"shards\"\n", "line 1, output: "),
        ("output = \".\"\n", "line 1, output: "),
        ("output = \"none/../shards/\"\n", "line 1, output: "),
        ("output = \"out\"\nwork = \"shards\"\n", "line 2, work: "),
        ("output = \"out\"\nwork = \"out\"\n", "line 2, work: "),
    ] {
        let path = folder.join("wrong.toml");
        fs::write(&path, format!("{head}[read]\npaths = [\"shards/*.jsonl\"]\n")).unwrap();
        let ended = Command::new(PROGRAM).arg("run").arg(&path).output().unwrap();
        assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
        assert!(said(&ended).contains(said_of), "{}", said(&ended));
        assert!(!folder.join("out").exists() && !folder.join("out.work").exists());
    }
}

#[test]
fn a_run_of_which_nothing_could_be_read_failed() {
    let bench = Bench::new(1, 1);
    let path = bench.folder.path().join("none.toml");
    let sections = "output = \"none\"\n[read]\npaths = [\"shards/cut.parquet\", \"shards/empty.jsonl\"]\n";
    fs::write(&path, sections).unwrap();
    let ended = Command::new(PROGRAM).arg("run").arg(&path).output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert_eq!(said(&ended).matches("set aside shards/").count(), 2, "{}", said(&ended));
}

#[test]
fn tables_and_other_names_of_fields_are_read() {
    let bench = Bench::new(1, 1);
    let folder = bench.folder.path();
    fs::write(folder.join("pages.csv"), "No,Body\n7,\"The ferry, they said, left.\"\n8,\"It came back.\"\n")
        .unwrap();
    fs::write(folder.join("pages.jsonl"), "{\"no\": 9, \"body\": \"The pier froze.\"}\n").unwrap();
    let sections = "[read]\npaths = [\"pages.*\"]\nmap = \"text=body,id=no\"\n[filter.length]\n";
    let files = run_of(&bench, "out", sections);
    let record: serde_json::Value = serde_json::from_slice(&files["run.json"]).unwrap();
    assert_eq!((&record["map"], &record["counts"]["documents"]), (&"text=body,id=no".into(), &3.into()));
}

#[test]
fn patterns_are_those_of_shells_and_names_may_hold_their_letters() {
    let bench = Bench::new(1, 1);
    let folder = bench.folder.path();
    for name in ["in/a.jsonl", "in/b/a.jsonl", "in/b/c/a.jsonl", "in/[d]/a*.jsonl", "in/b/a.txt"] {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), "{\"text\": \"The ferry left.\"}\n").unwrap();
    }
    for (pattern, n_files) in [
        ("in/*.jsonl", 1),
        ("in/*/*.jsonl", 2),
        ("in/**/*.jsonl", 4),
        ("in/b*", 3),
        ("in/[d]/a*.jsonl", 1),
        ("in/?/c/a.jsonl", 1),
    ] {
        let files = run_of(&bench, "o[1]*", &format!("[read]\npaths = [\"{pattern}\"]\n"));
        let record: serde_json::Value = serde_json::from_slice(&files["run.json"]).unwrap();
        assert_eq!(record["read"].as_array().unwrap().len(), n_files, "{pattern}: {}", record["read"]);
    }
}

#[test]
fn what_was_made_of_a_changed_work_file_is_made_again() {
    let bench = Bench::new(3, 20);
    let sections = "[read]\npaths = [\"shards/shard-*.jsonl\"]\n[deduplicate]\n";
    let right = run_of(&bench, "out", sections);
    let work = bench.folder.path().join("out.work");
    for name in ["parts/documents/000002.parquet", "tables/words/000002", "tables/bands/000001"] {
        let other = name.replace("000002", "000003").replace("000001", "000003");
        fs::copy(work.join(other), work.join(name)).unwrap();
        // What came of the foreign file must not stay when the file is made anew.
        fs::remove_dir_all(bench.folder.path().join("out/documents")).unwrap();
        assert_same(&right, &run_of(&bench, "out", sections));
    }
}
