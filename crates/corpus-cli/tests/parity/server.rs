//! A server of a corpus, and requests to it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// `corpus serve` on a free port, ended when it is dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    /// As `127.0.0.1:PORT`.
    pub(crate) address: String,
}

impl Server {
    /// Starts a server with these arguments, and waits until it listens.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_corpus"))
            .arg("serve")
            .args(arguments)
            .args(["--port", "0", "--time", "600", "--quiet"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("listening on http://").trim_end_matches('/');
        Server { child, address: address.to_owned() }
    }

    /// A connection on which a GET request was sent. The answer ends with the connection.
    pub(crate) fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address).unwrap();
        stream
    }

    /// The body of the answer to a GET request.
    pub(crate) fn get(&self, path: &str) -> String {
        let mut answer = Vec::new();
        self.ask(path).read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(" 200 "), "{path}: {head}\n{body}");
        body.to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
