//! Schedulers and executors as processes.

use crate::bench::PROGRAM;
use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A process that is ended with its owner.
pub(crate) struct Process(pub(crate) Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn process(arguments: &[&str], folder: &Path) -> Process {
    fs::create_dir_all(folder).unwrap();
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    Process(command.spawn().unwrap())
}

/// A port that was free just now, and the one after it.
pub(crate) fn port() -> u16 {
    loop {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

pub(crate) fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(180);
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

pub(crate) fn scheduler(folder: &Path, port: u16) -> Process {
    let scheduler = process(&["scheduler", "--port", &port.to_string()], &folder.join("scheduler"));
    wait_for("the scheduler listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
    scheduler
}

pub(crate) fn executor(folder: &Path, name: &str, scheduler: u16) -> Process {
    let (scheduler, port) = (format!("localhost:{scheduler}"), port());
    let arguments = ["executor", "--scheduler", &scheduler, "--port", &port.to_string(), "--tasks", "1"];
    let executor = process(&arguments, &folder.join(name));
    wait_for("the executor listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
    executor
}
