//! What is somebody's own, in the folders of a run and behind links in them, stays as it is.

#![cfg(unix)]

use crate::bench::{Bench, PROGRAM, assert_same, run_of, said};
use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Output},
};

const READ: &str = "[read]\npaths = [\"shards/shard-*.jsonl\"]\n";

/// Runs a pipeline that names its folders in `head`.
fn run(folder: &Path, head: &str) -> Output {
    let path = folder.join("own.toml");
    fs::write(&path, format!("{head}\n{READ}")).unwrap();
    Command::new(PROGRAM).arg("run").arg(&path).output().unwrap()
}

#[test]
fn nothing_is_taken_from_folders_that_no_run_has_made() {
    let bench = Bench::new(2, 8);
    let folder = bench.folder.path();
    let sections = "[read]\npaths = [\"shards/shard-*.jsonl\"]\n";
    run_of(&bench, "out", sections);
    // Behind a link, after a run that was cut off.
    let home = folder.join("home");
    fs::create_dir(&home).unwrap();
    fs::write(home.join("000001.parquet"), "mine").unwrap();
    symlink(&home, folder.join("out/documents/link")).unwrap();
    symlink(&home, folder.join("out/dropped")).unwrap();
    fs::write(folder.join("out/.turn"), "dead").unwrap();
    let path = folder.join("out.toml");
    let ended = Command::new(PROGRAM).arg("run").arg(&path).output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
    assert_eq!(fs::read(home.join("000001.parquet")).unwrap(), b"mine");
    // In the place of a package that was removed, and as a work folder.
    fs::remove_dir_all(folder.join("out")).unwrap();
    fs::create_dir_all(folder.join("out/documents")).unwrap();
    fs::write(folder.join("out/documents/000001.parquet"), "mine").unwrap();
    let ended = Command::new(PROGRAM).arg("run").arg(&path).output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert_eq!(fs::read(folder.join("out/documents/000001.parquet")).unwrap(), b"mine");
    fs::write(&path, format!("output = \"new\"\nwork = \"home\"\n{sections}")).unwrap();
    let ended = Command::new(PROGRAM).arg("run").arg(&path).output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert!(said(&ended).contains("name another as work"), "{}", said(&ended));
}

#[test]
fn a_work_folder_says_nothing_of_an_output_that_no_run_wrote_to() {
    let bench = Bench::new(2, 8);
    let folder = bench.folder.path();
    let ended = run(folder, "output = \"out\"\nwork = \"work\"");
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
    // As after a run that was cut off.
    fs::copy(folder.join("out/run.json"), folder.join("work/earlier.json")).unwrap();
    fs::rename(folder.join("out/run.json"), folder.join("out/.turn")).unwrap();
    fs::create_dir_all(folder.join("mine/documents")).unwrap();
    fs::write(folder.join("mine/documents/000001.parquet"), "mine").unwrap();
    let ended = run(folder, "output = \"mine\"\nwork = \"work\"");
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert_eq!(fs::read(folder.join("mine/documents/000001.parquet")).unwrap(), b"mine");
}

#[test]
fn a_folder_with_a_lock_of_somebody_else_is_no_work_folder() {
    let bench = Bench::new(2, 8);
    let folder = bench.folder.path();
    for name in ["lock", "turns/1", "done/read/000009.json"] {
        fs::create_dir_all(folder.join("mine").join(name).parent().unwrap()).unwrap();
        fs::write(folder.join("mine").join(name), "mine").unwrap();
    }
    let before = bench.files("mine");
    let ended = run(folder, "output = \"out\"\nwork = \"mine\"");
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert!(said(&ended).contains("name another as work"), "{}", said(&ended));
    assert_same(&before, &bench.files("mine"));
}

#[test]
fn nothing_is_written_through_a_link() {
    let bench = Bench::new(3, 8);
    let folder = bench.folder.path();
    let sections = format!("{READ}[deduplicate]\n[statistics]\n");
    let right = run_of(&bench, "out", &sections);
    let mine = folder.join("mine");
    fs::write(&mine, "mine").unwrap();
    let written = right.keys().map(String::as_str);
    for name in written.chain([".turn", "datapackage.json.tmp", "links/clusters-000001.parquet.tmp"]) {
        let path = folder.join("out").join(name);
        let _ = fs::remove_file(&path);
        symlink(&mine, &path).unwrap();
        assert_same(&right, &run_of(&bench, "out", &sections));
        assert_eq!(fs::read(&mine).unwrap(), b"mine", "{name}");
    }
}

#[test]
fn a_pipe_is_neither_waited_for_nor_read() {
    let bench = Bench::new(1, 8);
    let folder = bench.folder.path();
    let mkfifo = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    mkfifo(&folder.join("pipe.jsonl"));
    let path = folder.join("pipe.toml");
    fs::write(&path, "output = \"out\"\n[read]\npaths = [\"pipe.jsonl\"]\n").unwrap();
    let ended = Command::new(PROGRAM).arg("run").arg(&path).output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert!(said(&ended).contains("line 3, read.paths: "), "{}", said(&ended));
    let right = run_of(&bench, "out", READ);
    for name in ["run.json", ".turn"] {
        let _ = fs::remove_file(folder.join("out").join(name));
        mkfifo(&folder.join("out").join(name));
        assert_same(&right, &run_of(&bench, "out", READ));
    }
}
