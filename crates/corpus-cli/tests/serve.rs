//! How a server ends: nobody new is let in, who is being answered gets the whole answer, and no build goes on.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "parity/pages.rs"]
mod pages;
#[path = "parity/server.rs"]
mod server;

use server::Server;
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

fn terminate(server: &Server) {
    let status = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[test]
fn what_is_read_and_that_it_was_read_is_told() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(["serve", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages"), "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let first = said.next().unwrap();
    assert!(first.starts_with("reading: ") && first.contains("/tests/pages;"), "{first}");
    assert_eq!(said.next().unwrap(), "done: 2 documents read");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_slow_reader_gets_the_whole_answer_though_the_server_is_told_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pages.jsonl");
    fs::write(&file, pages::json_lines(2500)).unwrap();
    let mut server = Server::start(&[file.to_str().unwrap()]);
    assert!(server.get("/healthz").contains("\"documents\":"));
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!("GET /v1/export.jsonl HTTP/1.1\r\nHost: {}\r\nTE: trailers\r\n\r\n", server.address);
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = vec![0; 1000];
    stream.read_exact(&mut answer).unwrap();
    terminate(&server);
    thread::sleep(Duration::from_millis(500));
    assert!(TcpStream::connect(&server.address).is_err(), "somebody is let in at the end");
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.len() > 12_000_000, "{} bytes lie in buffers and prove nothing", answer.len());
    let end = String::from_utf8_lossy(&answer[answer.len() - 200..]).into_owned();
    assert!(end.contains("x-corpus-documents: ") && end.ends_with("\r\n\r\n"), "{end}");
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn a_build_ends_with_its_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (directory, inbox) = (path("pages.corpus"), path("inbox"));
    let corpus = |arguments: &[&str]| {
        let status =
            Command::new(env!("CARGO_BIN_EXE_corpus")).args(arguments).arg("--quiet").status().unwrap();
        assert!(status.success(), "{arguments:?}");
    };
    corpus(&["build", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages"), "-o", &directory]);
    fs::create_dir(&inbox).unwrap();
    fs::write(folder.path().join("inbox/many.jsonl"), pages::json_lines(20_000)).unwrap();
    let mut server = Server::start(&[&directory, "--build", "--inbox", &inbox]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    write!(
        stream,
        "POST /v1/jobs?from=inbox HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        server.address
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(" 202 "), "{answer}");
    let builds = || {
        let processes = fs::read_dir("/proc").unwrap().map_while(Result::ok);
        let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
        lines
            .filter(|line| {
                let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
                words.contains(&&b"build"[..]) && words.contains(&directory.as_bytes())
            })
            .count()
    };
    let begun = (0..200).any(|_| {
        thread::sleep(Duration::from_millis(20));
        builds() == 1
    });
    assert!(begun, "no build has begun");
    terminate(&server);
    assert!(server.child.wait().unwrap().success());
    assert_eq!(builds(), 0, "a build goes on without its server");
    corpus(&["verify", &directory]);
}
