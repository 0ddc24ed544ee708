//! One run at a time writes to a folder, and what was begun for another comes to nothing.

use crate::{
    bench::{Bench, PIPELINE, PROGRAM, assert_same, run_of, said},
    process::{executor, port, scheduler, wait_for},
};
use std::{
    fs,
    process::{Child, Command, Stdio},
};

fn begin(bench: &Bench, output: &str, place: &[&str]) -> Child {
    let run = bench.command(output, place).stderr(Stdio::piped()).spawn().unwrap();
    wait_for("a task is done", || bench.n_done(output) > 0);
    run
}

/// The same pipeline with other layers, in the same folder: its name and its command.
fn other(bench: &Bench, output: &str, place: &[&str]) -> Command {
    let path = bench.folder.path().join("other.toml");
    let toml = PIPELINE.replace("OUTPUT", output).replace("\"sentence\", \"time\", \"name\"", "\"time\"");
    fs::write(&path, toml).unwrap();
    let mut command = Command::new(PROGRAM);
    command.arg("run").arg(path).args(place);
    command
}

#[test]
fn a_second_run_in_a_folder_is_refused_while_the_first_goes_on() {
    let bench = Bench::new(24, 100);
    let right = bench.run("right", &["--jobs", "2"]);
    let first = begin(&bench, "both", &["--jobs", "1"]);
    for mut second in [bench.command("both", &["--jobs", "1"]), other(&bench, "both", &["--jobs", "1"])] {
        let ended = second.output().unwrap();
        assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
        assert!(said(&ended).contains("another run is at work there"), "{}", said(&ended));
    }
    let ended = first.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{}", said(&ended));
    assert_same(&right, &bench.files("both"));
}

#[test]
fn a_package_is_not_marked_whole_while_it_is_made_anew() {
    let bench = Bench::new(24, 100);
    let place = ["--jobs", "1"];
    let right = bench.run("out", &place);
    let mut killed = other(&bench, "out", &place).stderr(Stdio::null()).spawn().unwrap();
    wait_for("the mark is gone", || !bench.folder.path().join("out/run.json").exists());
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(!bench.files("out").contains_key("datapackage.json"));
    assert_same(&right, &bench.run("out", &place));
    // The record, which names the description, is the first to go.
    let description = bench.folder.path().join("out/datapackage.json");
    fs::remove_file(&description).unwrap();
    fs::create_dir_all(description.join("mine")).unwrap();
    let ended = other(&bench, "out", &place).output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert!(!bench.folder.path().join("out/run.json").exists());
    fs::remove_dir_all(description).unwrap();
    // One that fails before it begins takes no mark away.
    assert_same(&right, &bench.run("out", &place));
    let nobody = format!("localhost:{}", port());
    let ended = other(&bench, "out", &["--scheduler", &nobody]).output().unwrap();
    assert_eq!(ended.status.code(), Some(4));
    assert!(said(&ended).contains("nobody listens there"), "{}", said(&ended));
    assert_same(&right, &bench.files("out"));
}

#[test]
fn a_list_that_changes_while_a_run_goes_on_ends_it() {
    let bench = Bench::new(24, 100);
    let list = bench.folder.path().join("words.txt");
    let sections = "[read]\npaths = [\"shards/shard-*.jsonl\"]\n[filter.bad_words]\nlists = [\"words.txt\"]\nkeep_share = 0.0\n";
    fs::write(&list, "zeppelin\n").unwrap();
    let right = run_of(&bench, "out", sections);
    fs::remove_dir_all(bench.folder.path().join("out.work")).unwrap();
    let mut run = Command::new(PROGRAM);
    run.arg("run").arg(bench.folder.path().join("out.toml")).args(["--jobs", "1"]);
    let run = run.stderr(Stdio::piped()).spawn().unwrap();
    wait_for("a task is done", || bench.n_done("out") > 0);
    fs::write(&list, "harbour\n").unwrap();
    let ended = run.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert!(said(&ended).contains("words.txt: it has changed"), "{}", said(&ended));
    // What was made by the other list is none of this one's.
    fs::write(&list, "zeppelin\n").unwrap();
    assert_same(&right, &run_of(&bench, "out", sections));
}

#[test]
#[cfg(unix)]
fn what_a_run_that_was_ended_has_begun_on_a_cluster_comes_to_nothing() {
    let bench = Bench::new(24, 100);
    let folder = bench.folder.path();
    let right = bench.run("right", &["--jobs", "2"]);
    let first_port = port();
    let address = format!("localhost:{first_port}");
    let place = ["--scheduler", &*address, "--jobs", "24"];
    let _scheduler = scheduler(folder, first_port);
    let _executor = executor(folder, "one", first_port);
    let told = begin(&bench, "out", &place);
    let kill = Command::new("kill").args(["-TERM", &told.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let ended = told.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert!(said(&ended).contains("it was told to end"), "{}", said(&ended));

    let fresh = other(&bench, "fresh", &["--jobs", "2"]).output().unwrap();
    assert_eq!(fresh.status.code(), Some(3), "{}", said(&fresh));
    let ended = other(&bench, "out", &["--jobs", "1"]).output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{}", said(&ended));
    assert_same(&bench.files("fresh"), &bench.files("out"));

    let mut killed = begin(&bench, "out", &place);
    killed.kill().unwrap();
    killed.wait().unwrap();
    let ended = other(&bench, "out", &place).output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{}", said(&ended));
    assert_same(&bench.files("fresh"), &bench.files("out"));
    assert_same(&right, &bench.run("out", &place));
}

#[test]
fn what_runs_left_that_were_cut_off_is_no_part_of_the_package() {
    let bench = Bench::new(8, 20);
    let place = ["--jobs", "2"];
    let mut right = bench.run("out", &place);
    let output = bench.folder.path().join("out");
    // As after the death of a run with more files, other layers and another report.
    for name in ["documents/000099.parquet", "annotations/money@4/000002.parquet", "dropped/000077.jsonl.zst"]
    {
        let path = output.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "left").unwrap();
    }
    fs::write(output.join("clusters.tsv"), "left").unwrap();
    fs::write(output.join(".turn"), "dead").unwrap();
    for name in
        ["documents/notes.parquet", "documents/mine-000001.parquet", "documents/20240101.parquet", "mine.txt"]
    {
        fs::write(output.join(name), "mine").unwrap();
        right.insert(name.to_owned(), b"mine".to_vec());
    }
    assert_same(&right, &bench.run("out", &place));

    let plain = "[read]\npaths = [\"shards/shard-00.jsonl\"]\n";
    let right = run_of(&bench, "plain", plain);
    let output = bench.folder.path().join("plain");
    fs::create_dir(output.join("links")).unwrap();
    for name in [".turn", "links/clusters-000001.parquet.tmp", "datapackage.json.tmp", "report.12-345-6.tmp"]
    {
        fs::write(output.join(name), "left").unwrap();
    }
    assert_same(&right, &run_of(&bench, "plain", plain));
}

#[test]
#[cfg(unix)]
fn two_work_folders_of_one_package_take_turns_as_well() {
    let bench = Bench::new(24, 100);
    let folder = bench.folder.path();
    let first_port = port();
    let address = format!("localhost:{first_port}");
    let place = ["--scheduler", &*address, "--jobs", "24"];
    let _scheduler = scheduler(folder, first_port);
    let _executor = executor(folder, "one", first_port);
    let fresh = other(&bench, "fresh", &["--jobs", "2"]).output().unwrap();
    assert_eq!(fresh.status.code(), Some(3), "{}", said(&fresh));
    let mut killed = begin(&bench, "out", &place);
    killed.kill().unwrap();
    killed.wait().unwrap();
    // What the executor still does for it would go to the same package.
    let path = folder.join("other.toml");
    let toml = format!("work = \"elsewhere\"\n{}", fs::read_to_string(&path).unwrap());
    fs::write(&path, toml.replace("\"fresh\"", "\"out\"")).unwrap();
    let ended = Command::new(PROGRAM).arg("run").arg(&path).args(["--jobs", "1"]).output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{}", said(&ended));
    assert_same(&bench.files("fresh"), &bench.files("out"));
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_same(&bench.files("fresh"), &bench.files("out"));
}
