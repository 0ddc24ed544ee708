//! Speed: every criterion bench of the workspace in one table, and the whole program and its search on real input.

mod extraction;
mod load;

use crate::{args::Args, process, workspace::Workspace};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    fmt::Write,
    fs,
    io::{self, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// `cargo xtask bench [parse|extraction|load|search]`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    match args.word().as_deref() {
        None => criterion(workspace, args),
        Some("parse") => parse(workspace, args),
        Some("extraction") => extraction::run(workspace, args),
        Some("load") => load::run(workspace, args),
        Some("search") => search(workspace, args),
        Some(other) => {
            bail!(
                "unknown bench {other:?}; known: parse, extraction, load, search, and none for those of the crates"
            )
        }
    }
}

/// What criterion says of one bench.
#[derive(Debug, Deserialize)]
struct Bench {
    full_id: String,
    throughput: Option<Throughput>,
}

#[derive(Debug, Deserialize)]
struct Throughput {
    #[serde(rename = "Bytes")]
    bytes: Option<u64>,
}

/// What criterion measured, in nanoseconds a run.
#[derive(Debug, Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Debug, Deserialize)]
struct Estimate {
    point_estimate: f64,
}

fn criterion(workspace: &Workspace, args: Args) -> Result<()> {
    args.finish()?;
    let results = workspace.target("criterion");
    if results.exists() {
        fs::remove_dir_all(&results).context("failed to empty criterion's folder")?;
    }
    process::run(process::command(workspace, "cargo bench --workspace --bench *"))?;
    let mut table = format!("\n{:<44} {:>12} {:>9}\n", "bench", "µs a run", "MB/s");
    let mut names = Vec::new();
    if !results.exists() {
        bail!("no crate has a bench that uses criterion");
    }
    find(&results, "benchmark.json", &mut names)?;
    names.sort();
    for path in names.iter().filter(|path| path.parent().is_some_and(|folder| folder.ends_with("new"))) {
        let bench: Bench = read_json(path)?;
        let estimates: Estimates = read_json(&path.with_file_name("estimates.json"))?;
        let nanoseconds = estimates.median.point_estimate;
        // Bytes a nanosecond are gigabytes a second.
        let speed = bench
            .throughput
            .and_then(|throughput| throughput.bytes)
            .map_or(String::new(), |n_bytes| format!("{:.1}", n_bytes as f64 / nanoseconds * 1e3));
        let _ = writeln!(table, "{:<44} {:>12.1} {speed:>9}", bench.full_id, nanoseconds / 1e3);
    }
    crate::print(&table);
    Ok(())
}

fn read_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T> {
    let read = || format!("failed to read {}", path.display());
    serde_json::from_str(&fs::read_to_string(path).with_context(read)?).with_context(read)
}

fn find(folder: &Path, name: &str, found: &mut Vec<PathBuf>) -> Result<()> {
    let failed = || format!("failed to list {}", folder.display());
    for entry in fs::read_dir(folder).with_context(failed)? {
        let path = entry.with_context(failed)?.path();
        if path.is_dir() {
            find(&path, name, found)?;
        } else if path.ends_with(name) {
            found.push(path);
        }
    }
    Ok(())
}

/// Runs two hundred queries on a file beside SQLite's FTS5.
fn search(workspace: &Workspace, mut args: Args) -> Result<()> {
    let data = crate::eval::data::Data::new(workspace, args.path("--data")?);
    let named = args.word().map(PathBuf::from);
    args.finish()?;
    let Some(input) = named.or_else(|| data.file("data/dedup/bench_en.jsonl.zst")) else { return Ok(()) };
    let input = fs::canonicalize(&input).with_context(|| format!("failed to open {}", input.display()))?;
    let folder = workspace.target("bench");
    fs::create_dir_all(&folder).context("failed to make a folder for the corpus")?;
    let mut command =
        process::command(workspace, "cargo bench --quiet --locked --package corpus-cli --bench search --");
    command.arg(input).arg(folder);
    process::run(command)
}

/// Runs the release build of `corpus parse` on a file, its output thrown away.
fn parse(workspace: &Workspace, mut args: Args) -> Result<()> {
    let data = crate::eval::data::Data::new(workspace, args.path("--data")?);
    let jobs: usize = args.option("--jobs")?.unwrap_or(1);
    let named = args.word().map(PathBuf::from);
    args.finish()?;
    let Some(input) = named.or_else(|| data.file("data/dedup/bench_en.jsonl.zst")) else { return Ok(()) };
    process::run(process::command(workspace, "cargo build --quiet --release --locked --package corpus-cli"))?;
    let plain = unpacked(workspace, &input)?;
    let n_bytes = fs::metadata(&plain).with_context(|| format!("failed to open {}", plain.display()))?.len();
    let mut command = Command::new(workspace.target("release/corpus"));
    command.args(["parse", "-q", "--jobs", &jobs.to_string()]).arg(&plain).stdout(Stdio::null());
    let before = children_time();
    let begin = Instant::now();
    let mut child = command.spawn().context("failed to run the release build of corpus")?;
    let peak = watch(&mut child)?;
    let wall = begin.elapsed();
    let megabytes = n_bytes as f64 / 1e6;
    let mut report = format!(
        "{megabytes:.1} MB in {:.2} s: {:.1} MB/s\n",
        wall.as_secs_f64(),
        megabytes / wall.as_secs_f64()
    );
    match (before, children_time()) {
        (Some(before), Some(after)) => {
            let cpu = after - before;
            let _ = writeln!(report, "{cpu:.2} s of one core: {:.1} MB/s a core", megabytes / cpu);
        }
        _ => report.push_str("CPU time left out: this system has no /proc\n"),
    }
    if let Some(peak) = peak {
        let _ = writeln!(report, "{:.1} MB of memory at most", peak as f64 * 1024.0 / 1e6);
    }
    crate::print(&report);
    Ok(())
}

/// The input itself, or where it is compressed its content, kept in `target` for the next time.
fn unpacked(workspace: &Workspace, input: &Path) -> Result<PathBuf> {
    if input.extension().is_none_or(|extension| extension != "zst") {
        return Ok(input.to_owned());
    }
    let plain = workspace.target("bench").join(input.file_stem().unwrap_or_default());
    if plain.exists() {
        return Ok(plain);
    }
    fs::create_dir_all(workspace.target("bench")).context("failed to make a folder for the input")?;
    let unpack = || format!("failed to unpack {}", input.display());
    let mut reader = BufReader::with_capacity(1 << 20, crate::eval::data::open(input)?);
    let part = plain.with_extension("part");
    let mut file = fs::File::create(&part).with_context(unpack)?;
    io::copy(&mut reader, &mut file).with_context(unpack)?;
    fs::rename(&part, &plain).with_context(unpack)?;
    Ok(plain)
}

/// Waits for a program; gives the most memory it held, in KiB, where the system says.
fn watch(child: &mut Child) -> Result<Option<u64>> {
    let mut peak = None;
    loop {
        peak = resident(child.id()).max(peak);
        if let Some(status) = child.try_wait().context("failed to wait for corpus")? {
            if !status.success() {
                bail!("corpus parse failed: {status}");
            }
            return Ok(peak);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The most memory that a running program has held so far, in KiB.
fn resident(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Seconds of CPU time, user and system, of the programs that this one has waited for.
fn children_time() -> Option<f64> {
    /// Linux counts hundredths of a second here, whatever the machine's clock.
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in brackets, which may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_A_SECOND)
}
