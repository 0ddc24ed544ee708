//! Load: searches by many clients at once on a server of the loopback address, for a bounded time.

use crate::{
    args::Args,
    proof::{self, web::Server},
    workspace::Workspace,
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

/// What is searched for, in turn: common and rare words, a phrase, a prefix, a condition.
const QUERIES: &[&str] = &[
    "government",
    "climate+change",
    "%22prime+minister%22",
    "econom*",
    "school+OR+teacher",
    "title%3Aelection",
    "harbour",
    "said+NOT+court",
];

/// Longest time for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Clients that send nothing but half of a request's head.
const STALLED: usize = 64;

/// `cargo xtask bench load [--beside FILE] CORPUS`; with a file, the server is told to build it into the corpus
/// meanwhile.
pub(super) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let seconds: u64 = args.option("--seconds")?.unwrap_or(60);
    let n_clients: usize = args.option("--clients")?.unwrap_or(64);
    let beside: Option<String> = args.option("--beside")?;
    let corpus = args.required("a corpus directory")?;
    args.finish()?;
    let program = proof::build(workspace, true)?;
    let begun = Instant::now();
    let inbox = beside.map(|input| Inbox::of(Path::new(&input))).transpose()?;
    let mut arguments = vec![corpus];
    if let Some(inbox) = &inbox {
        arguments.extend(["--build".to_owned(), "--inbox".to_owned(), inbox.folder.display().to_string()]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let server = Server::start(workspace, &program, &arguments)?;
    let Some(host) = server.address.strip_prefix("http://").map(str::to_owned) else {
        bail!("the server does not say where it listens");
    };
    let first = Client::connect(&host)?.get(&host, "/v1/search?q=government")?;
    let to_first = begun.elapsed();
    if first.0 != 200 {
        bail!("the first answer has status {}", first.0);
    }
    // Those who stall must not hold up those who ask.
    let stalled: Vec<TcpStream> = (0..STALLED)
        .filter_map(|_| {
            let mut stream = TcpStream::connect(&host).ok()?;
            stream.write_all(b"GET /v1/search?q=a HTTP/1.1\r\nHost: loc").ok()?;
            Some(stream)
        })
        .collect();
    let building = inbox.map(|inbox| Beside::start(&host, inbox)).transpose()?;
    let end = Instant::now() + Duration::from_secs(seconds);
    let turn = AtomicUsize::new(0);
    let (cpu, memory) = (cpu_seconds(server.id()), memory(server.id()));
    let begin = Instant::now();
    let mut took: Vec<Duration> = Vec::new();
    let mut faults = 0;
    thread::scope(|scope| {
        let clients: Vec<_> = (0..n_clients).map(|_| scope.spawn(|| client(&host, &turn, end))).collect();
        for client in clients {
            match client.join() {
                Ok((times, failed)) => {
                    took.extend(times);
                    faults += failed;
                }
                Err(_) => faults += 1,
            }
        }
    });
    let wall = begin.elapsed().as_secs_f64();
    drop(stalled);
    let built = building.map_or(Ok(String::new()), |building| building.end(&host))?;
    took.sort_unstable();
    let at = |share: f64| {
        let index = (took.len() as f64 * share) as usize;
        took.get(index.min(took.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    let mut report = format!(
        "first answer {:.0} ms after the start\n{} requests of {n_clients} clients in {wall:.1} s: {:.0} a second, {faults} faults\n\
         median {:.1} ms, 99th percentile {:.1} ms, longest {:.1} ms\n",
        to_first.as_secs_f64() * 1e3,
        took.len(),
        took.len() as f64 / wall,
        at(0.5),
        at(0.99),
        at(1.0),
    );
    if let (Some(before), Some(after)) = (cpu, cpu_seconds(server.id())) {
        let spent = after - before;
        let _ = writeln!(
            report,
            "{spent:.1} s of CPU time of the server: {:.2} ms a request, {:.0} requests a second of one core",
            spent * 1e3 / took.len().max(1) as f64,
            took.len() as f64 / spent.max(1e-9),
        );
    }
    if let (Some(before), Some(after)) = (memory, self::memory(server.id())) {
        let _ = writeln!(report, "{before:.0} MB of memory before, {after:.0} MB after");
    }
    report.push_str(&built);
    crate::print(&report);
    if faults > 0 {
        bail!("{faults} requests were not answered with 200");
    }
    Ok(())
}

/// A folder with the one file that is to be built; gone when it is dropped.
struct Inbox {
    folder: PathBuf,
}

impl Inbox {
    fn of(file: &Path) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("corpus-bench-load-{}", std::process::id()));
        let inbox = Inbox { folder };
        let name = file.file_name().with_context(|| format!("{} is no file", file.display()))?;
        fs::create_dir_all(&inbox.folder)
            .and_then(|()| fs::copy(file, inbox.folder.join(name)))
            .with_context(|| format!("failed to copy {} to {}", file.display(), inbox.folder.display()))?;
        Ok(inbox)
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        // What cannot be removed from the folder of temporary files may stay there.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A build into the corpus that is asked, while it is asked, by the server itself.
struct Beside {
    job: String,
    begun: Instant,
    _inbox: Inbox,
}

impl Beside {
    fn start(host: &str, inbox: Inbox) -> Result<Self> {
        let (status, body) = Client::connect(host)?.ask(host, "POST", "/v1/jobs?from=inbox")?;
        let shown: Value = serde_json::from_slice(&body).unwrap_or_default();
        match (status, shown["id"].as_str()) {
            (202, Some(job)) => {
                Ok(Beside { job: format!("/v1/jobs/{job}"), begun: Instant::now(), _inbox: inbox })
            }
            _ => bail!("the server does not build: {}", String::from_utf8_lossy(&body)),
        }
    }

    /// Ends the build, if it is not over: what it came to, in words.
    fn end(self, host: &str) -> Result<String> {
        let mut client = Client::connect(host)?;
        let mut state = || -> Result<String> {
            let (_, body) = client.ask(host, "GET", &self.job)?;
            let shown: Value =
                serde_json::from_slice(&body).context("failed to read what the server says of a job")?;
            Ok(shown["state"].as_str().unwrap_or_default().to_owned())
        };
        let over = state()?;
        let seconds = self.begun.elapsed().as_secs();
        if over != "running" {
            return Ok(format!("the build beside it was {over} within {seconds} s\n"));
        }
        Client::connect(host)?.ask(host, "DELETE", &self.job)?;
        let end = Instant::now() + PATIENCE;
        while state()? == "running" && Instant::now() < end {
            thread::sleep(Duration::from_millis(50));
        }
        Ok(format!("a build went on beside it for all {seconds} s\n"))
    }
}

/// Asks one question after the other until the end: how long each took, and how many failed.
fn client(host: &str, turn: &AtomicUsize, end: Instant) -> (Vec<Duration>, usize) {
    let (mut took, mut faults) = (Vec::new(), 0);
    let mut client = None;
    while Instant::now() < end {
        let query = QUERIES[turn.fetch_add(1, Ordering::Relaxed) % QUERIES.len()];
        let begin = Instant::now();
        let asked = match client.take() {
            Some(client) => Ok(client),
            None => Client::connect(host),
        };
        let answered = asked.and_then(|mut asked| {
            let answer = asked.get(host, &format!("/v1/search?q={query}"))?;
            Ok((asked, answer))
        });
        match answered {
            Ok((asked, (200, _))) => {
                took.push(begin.elapsed());
                client = Some(asked);
            }
            _ => faults += 1,
        }
    }
    (took, faults)
}

/// A connection that is kept.
struct Client {
    reader: BufReader<TcpStream>,
}

impl Client {
    fn connect(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).context("failed to connect")?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Client { reader: BufReader::new(stream) })
    }

    /// The status of the answer and its body.
    fn get(&mut self, host: &str, path: &str) -> Result<(u16, Vec<u8>)> {
        self.ask(host, "GET", path)
    }

    fn ask(&mut self, host: &str, method: &str, path: &str) -> Result<(u16, Vec<u8>)> {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n");
        self.reader.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if self.reader.read_line(&mut line)? == 0 {
                bail!("the connection was closed");
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest.split(' ').next().unwrap_or_default().parse()?;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        Ok((status, body))
    }
}

/// CPU time of a process so far, in seconds, where the system has /proc.
fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    // What Linux counts process times in, on every machine it runs on.
    const TICKS_A_SECOND: f64 = 100.0;
    Some(ticks as f64 / TICKS_A_SECOND)
}

/// Memory of a process now, in megabytes, where the system has /proc.
fn memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
