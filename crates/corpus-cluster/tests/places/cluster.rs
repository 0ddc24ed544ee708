//! What a run and its cluster say and do when a part of it is not there.

use crate::{
    bench::{Bench, PROGRAM, assert_same, said},
    process::{executor, port, scheduler, wait_for},
};
use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

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

#[test]
#[cfg(unix)]
fn a_scheduler_that_is_stopped_is_said_to_be_silent() {
    let bench = Bench::new(24, 100);
    let right = bench.run("right", &["--jobs", "2"]);
    let folder = bench.folder.path();
    let port = port();
    let address = format!("localhost:{port}");
    let scheduler = scheduler(folder, port);
    let _executor = executor(folder, "one", port);
    let signal = |name: &str| {
        assert!(Command::new("kill").args([name, &scheduler.0.id().to_string()]).status().unwrap().success());
    };
    let place = ["--scheduler", &*address, "--jobs", "24"];
    let mut run = bench.command("out", &place).stderr(Stdio::piped()).spawn().unwrap();
    wait_for("a task is done", || bench.n_done("out") > 0);
    signal("-STOP");
    let late = bench.command("late", &place).output().unwrap();
    assert_eq!(late.status.code(), Some(4), "{}", said(&late));
    assert!(said(&late).contains("who listens there does not answer"), "{}", said(&late));
    let mut lines = BufReader::new(run.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains(&format!("the scheduler at {address} does not answer"))));
    run.kill().unwrap();
    run.wait().unwrap();
    signal("-CONT");
    assert_same(&right, &bench.run("out", &["--jobs", "2"]));
}

#[test]
fn an_executor_waits_a_while_for_its_scheduler_and_then_ends() {
    let scheduler = format!("localhost:{}", port());
    let begin = || {
        let mut command = Command::new(PROGRAM);
        command.args(["executor", "--scheduler", &scheduler, "--port", &port().to_string()]);
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    let waits = begin();
    #[cfg(unix)]
    {
        let mut told = begin();
        let mut first = String::new();
        let mut lines = BufReader::new(told.stderr.take().unwrap());
        lines.read_line(&mut first).unwrap();
        assert!(first.contains(&format!("for the scheduler at {scheduler}")), "{first}");
        let kill = Command::new("kill").args(["-TERM", &told.id().to_string()]).status().unwrap();
        assert!(kill.success());
        assert_eq!(told.wait().unwrap().code(), Some(0));
        let mut rest = String::new();
        lines.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "");
    }
    let ended = waits.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{}", said(&ended));
    assert_eq!(said(&ended).lines().count(), 2, "{}", said(&ended));
    assert!(said(&ended).contains("nobody listens there"), "{}", said(&ended));
}
