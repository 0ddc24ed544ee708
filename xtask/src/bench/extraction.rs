//! Extraction side by side: articles that we and others draw from the same pages, in one table of quality and speed.

use crate::{
    args::Args,
    eval::{
        data::{Data, rows, set_name},
        extraction::{Article, Scores},
    },
    process,
    workspace::Workspace,
};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The sets that are read unless some are named.
const SETS: &[&str] = &["fundus-dev", "wcxb-dev", "segments-dev", "dates-dev"];

/// Who runs an engine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runner {
    /// `tests/peers/engines.rs`, built in release.
    Rust,
    /// `tests/peers/engine.py`, in a Python of its own.
    Python,
}

/// The engines, in order of the table.
const ENGINES: &[(&str, Runner)] = &[
    ("corpus", Runner::Rust),
    ("dom_smoothie", Runner::Rust),
    ("trafilatura-rs", Runner::Rust),
    ("rs-trafilatura", Runner::Rust),
    ("trafilatura-py", Runner::Python),
    ("resiliparse", Runner::Python),
    ("readability-lxml", Runner::Python),
];

/// The measures of the table, with their headings.
const COLUMNS: &[(&str, &str)] = &[
    ("text_precision", "text P"),
    ("text_recall", "text R"),
    ("text_f1", "text F1"),
    ("segments_f1", "segm F1"),
    ("title_exact", "title"),
    ("author_exact", "author"),
    ("date_correct", "date"),
    ("date_not_wrong", "not wrong"),
];

/// A page without its gold.
#[derive(Debug, Deserialize, Serialize)]
struct Page {
    id: String,
    url: Option<String>,
    html: Option<String>,
}

/// A row that an engine writes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Row {
    Spent {
        seconds: f64,
    },
    Drawn {
        id: String,
        #[serde(flatten)]
        article: Article,
    },
}

/// `bench extraction`.
pub(super) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let data = Data::new(workspace, args.path("--data")?);
    let only: Option<String> = args.option("--only")?;
    let named: Vec<String> = std::iter::from_fn(|| args.word()).collect();
    args.finish()?;
    let is_wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    let engines: Vec<_> = ENGINES.iter().copied().filter(|(name, _)| is_wanted(name)).collect();
    if engines.is_empty() {
        let known: Vec<_> = ENGINES.iter().map(|(name, _)| *name).collect();
        bail!("unknown engine {:?}; known: {}", only.unwrap_or_default(), known.join(", "));
    }
    let sets: Vec<&str> =
        if named.is_empty() { SETS.to_vec() } else { named.iter().map(String::as_str).collect() };
    let files = sets.iter().filter_map(|set| data.file(&format!("data/extraction/{set}.jsonl.zst")));
    let files: Vec<PathBuf> = files.collect();
    if files.is_empty() {
        return Ok(());
    }
    let bench = Bench::prepare(workspace, &engines)?;
    for file in files {
        crate::print(&bench.table(&file, &engines)?);
    }
    Ok(())
}

/// The programs that run the engines.
struct Bench {
    folder: PathBuf,
    python: PathBuf,
    engine: PathBuf,
    rust: PathBuf,
}

impl Bench {
    /// Builds and installs what the engines need, in `target/peers`.
    fn prepare(workspace: &Workspace, engines: &[(&str, Runner)]) -> Result<Bench> {
        let folder = workspace.target("peers");
        let program = |name: &str| format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let bench = Bench {
            python: folder.join(if cfg!(windows) {
                "python/Scripts/python.exe"
            } else {
                "python/bin/python"
            }),
            engine: workspace.path("tests/peers/engine.py"),
            rust: folder.join("build/release").join(program("engines")),
            folder,
        };
        fs::create_dir_all(&bench.folder)
            .with_context(|| format!("failed to make {}", bench.folder.display()))?;
        if engines.iter().any(|(_, runner)| *runner == Runner::Python) {
            bench.install(workspace)?;
        }
        if engines.iter().any(|(_, runner)| *runner == Runner::Rust) {
            bench.build(workspace)?;
        }
        Ok(bench)
    }

    /// A Python with the pinned packages; installed once for each list of them.
    fn install(&self, workspace: &Workspace) -> Result<()> {
        let wanted = workspace.read("tests/peers/requirements.txt")?;
        let stamp = self.folder.join("installed.txt");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && self.python.exists() {
            return Ok(());
        }
        let mut make = Command::new("python3");
        make.args(["-m", "venv", "--clear"]).arg(self.folder.join("python"));
        process::run(make)?;
        for package in wanted.lines().filter(|line| !line.starts_with('#')) {
            let mut install = Command::new(&self.python);
            install.args(["-m", "pip", "--disable-pip-version-check", "--quiet", "install", package]);
            process::run(install)?;
        }
        fs::write(&stamp, wanted).with_context(|| format!("failed to write {}", stamp.display()))
    }

    /// The program with ours and the engines in Rust: a package of its own, outside the workspace.
    fn build(&self, workspace: &Workspace) -> Result<()> {
        let core = workspace.path("crates/corpus-core");
        let manifest = workspace.read("tests/peers/manifest.toml")?;
        let ours = format!("[dependencies]\ncorpus-core = {{ path = {:?} }}", core.display().to_string());
        let package = self.folder.join("rust");
        let write = |name: &str, content: String| {
            let path = package.join(name);
            fs::write(&path, content).with_context(|| format!("failed to write {}", path.display()))
        };
        fs::create_dir_all(&package).with_context(|| format!("failed to make {}", package.display()))?;
        write("Cargo.toml", manifest.replacen("[dependencies]", &ours, 1))?;
        write("engines.rs", workspace.read("tests/peers/engines.rs")?)?;
        let mut build = process::command(workspace, "cargo build --quiet --release --manifest-path");
        build.arg(package.join("Cargo.toml")).arg("--target-dir").arg(self.folder.join("build"));
        process::run(build)
    }

    /// What the engines reach on a set, and how fast.
    fn table(&self, file: &Path, engines: &[(&str, Runner)]) -> Result<String> {
        let set = set_name(file);
        let (input, n_pages, n_bytes) = self.input(file, &set)?;
        let megabytes = n_bytes as f64 / 1e6;
        let mut lines = Vec::new();
        for &(name, runner) in engines {
            let (mut articles, seconds) = self.draw(name, runner, &input)?;
            let measures = Scores::of(file, |id| articles.remove(id))?.measures(&set);
            let speeds = [format!("{:.0}", n_pages as f64 / seconds), format!("{:.1}", megabytes / seconds)];
            lines.push((name, speeds, measures));
        }
        let columns: Vec<_> = COLUMNS
            .iter()
            .filter(|(column, _)| lines.iter().any(|(.., measures)| measures.get(column).is_some()))
            .collect();
        let mut table = format!("\n{set}: {n_pages} pages, {megabytes:.1} MB, CPU time of one core\n");
        let _ = write!(table, "{:<17} {:>8} {:>7}", "engine", "pages/s", "MB/s");
        columns.iter().for_each(|(_, heading)| {
            let _ = write!(table, " {heading:>9}");
        });
        table.push('\n');
        for (name, [pages, speed], measures) in &lines {
            let _ = write!(table, "{name:<17} {pages:>8} {speed:>7}");
            for (column, _) in &columns {
                // What an engine does not draw is 0 for all pages.
                let value = measures.get(column).filter(|&value| value > 0.0);
                let value = value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"));
                let _ = write!(table, " {value:>9}");
            }
            table.push('\n');
        }
        Ok(table)
    }

    /// The pages of a set without their gold, as a file; their number, and the bytes of their HTML.
    fn input(&self, file: &Path, set: &str) -> Result<(PathBuf, usize, usize)> {
        let path = self.folder.join(format!("{set}.jsonl"));
        let write = || format!("failed to write {}", path.display());
        let mut out = BufWriter::new(fs::File::create(&path).with_context(write)?);
        let (mut n_pages, mut n_bytes) = (0, 0);
        for page in rows::<Page>(file)? {
            let page = page?;
            let Some(html) = &page.html else { continue };
            n_pages += 1;
            n_bytes += html.len();
            serde_json::to_writer(&mut out, &page).with_context(write)?;
            out.write_all(b"\n").with_context(write)?;
        }
        out.flush().with_context(write)?;
        Ok((path, n_pages, n_bytes))
    }

    /// The articles that an engine draws, by the ids of their pages, and its seconds of CPU time.
    fn draw(&self, name: &str, runner: Runner, input: &Path) -> Result<(HashMap<String, Article>, f64)> {
        let mut command = match runner {
            Runner::Rust => Command::new(&self.rust),
            Runner::Python => {
                let mut python = Command::new(&self.python);
                python.arg(&self.engine);
                python
            }
        };
        let file = fs::File::open(input).with_context(|| format!("failed to open {}", input.display()))?;
        command.arg(name).stdin(file).stdout(Stdio::piped());
        let output = process::output(command)?;
        let mut articles = HashMap::new();
        let mut spent = None;
        for line in output.lines() {
            match serde_json::from_str(line).with_context(|| format!("failed to read what {name} wrote"))? {
                Row::Spent { seconds } => spent = Some(seconds),
                Row::Drawn { id, article } => {
                    articles.insert(id, article);
                }
            }
        }
        match spent {
            Some(seconds) => Ok((articles, seconds)),
            None => bail!("{name} did not say how long it took"),
        }
    }
}
