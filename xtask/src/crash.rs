//! Crashes: builds of a corpus that are killed from outside at random moments, gone on with, and held to the law that
//! no committed document is lost.

use crate::{args::Args, eval::data::Data, process, workspace::Workspace};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// `cargo xtask crash [FILE] [--kills N] [--seed N] [--part-size SIZE]`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let data = Data::new(workspace, args.path("--data")?);
    let kills: u64 = args.option("--kills")?.unwrap_or(200);
    let seed: u64 = args.option("--seed")?.unwrap_or(1);
    let part_size = args.option("--part-size")?.unwrap_or_else(|| "4MiB".to_owned());
    let named = args.word().map(PathBuf::from);
    args.finish()?;
    let Some(input) = named.or_else(|| data.file("data/dedup/bench_en.jsonl.zst")) else { return Ok(()) };
    process::run(process::command(workspace, "cargo build --quiet --release --locked --package corpus-cli"))?;
    let folder = workspace.target("crash");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("failed to empty the folder of crashes")?;
    }
    fs::create_dir_all(&folder).context("failed to make a folder for crashes")?;
    let trial = Trial { program: workspace.target("release/corpus"), input, part_size, folder };
    let report = trial.run(kills, seed)?;
    crate::print(&report);
    Ok(())
}

/// What a build says it did.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Summary {
    corpus: u64,
    documents: u64,
    before: u64,
    set_aside: u64,
    clusters: u64,
    copies: u64,
}

struct Trial {
    program: PathBuf,
    input: PathBuf,
    part_size: String,
    folder: PathBuf,
}

impl Trial {
    fn run(&self, kills: u64, seed: u64) -> Result<String> {
        let begun = Instant::now();
        let whole = self.folder.join("whole");
        let expected = Summary { before: 0, ..self.finish(&whole)? };
        let took = begun.elapsed();
        let expected_lines = self.export(&whole)?;
        let mut random = Random(seed);
        let mut phases: BTreeMap<String, u64> = BTreeMap::new();
        let mut done = 0;
        let mut rounds = 0;
        while done < kills {
            rounds += 1;
            let directory = self.folder.join(format!("killed-{rounds}"));
            let mut committed = 0;
            loop {
                // A build that goes on has less to do: mostly soon, so that it is killed several times, and in its last steps.
                let wait = took.mul_f64(random.share() * random.share());
                let Some(phase) = self.kill_after(&directory, wait)? else { break };
                *phases.entry(phase).or_default() += 1;
                done += 1;
                let now = self.committed(&directory)?;
                ensure!(now >= committed, "{now} documents after a kill, {committed} before it");
                committed = now;
                if done >= kills {
                    break;
                }
            }
            let resumed = self.finish(&directory)?;
            ensure!(
                Summary { before: 0, ..resumed } == expected,
                "the totals of {} are not those of an uninterrupted build",
                directory.display()
            );
            self.verify(&directory)?;
            ensure!(
                self.export(&directory)? == expected_lines,
                "the documents of {} are not those of an uninterrupted build",
                directory.display()
            );
            fs::remove_dir_all(&directory).context("failed to remove a corpus")?;
            eprintln!("{done} kills in {rounds} builds");
        }
        let mut report = format!(
            "{done} kills in {rounds} builds of {} documents: none lost, all verified and equal\n",
            expected.documents
        );
        for (phase, count) in phases {
            let _ = writeln!(report, "{count:>6}  {phase}");
        }
        Ok(report)
    }

    fn build(&self, directory: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["build", "--layers", "none", "--format", "json", "--part-size", &self.part_size, "-v"]);
        command.arg(&self.input).arg("-o").arg(directory).stdin(Stdio::null());
        command
    }

    /// Builds to the end.
    fn finish(&self, directory: &Path) -> Result<Summary> {
        let output = self.build(directory).stderr(Stdio::null()).output().context("failed to run corpus")?;
        ensure!(
            output.status.code().is_some_and(|code| code == 0 || code == 3),
            "the build failed: {}",
            output.status
        );
        serde_json::from_slice(&output.stdout).context("failed to read the summary of a build")
    }

    /// Kills a build after a while; gives the phase it was in, `None` where it had come to its end.
    fn kill_after(&self, directory: &Path, wait: Duration) -> Result<Option<String>> {
        let mut command = self.build(directory);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().context("failed to run corpus")?;
        let phase = last_note(&mut child)?;
        let begun = Instant::now();
        while begun.elapsed() < wait {
            if child.try_wait().context("failed to wait for corpus")?.is_some() {
                return Ok(None);
            }
            thread::sleep(Duration::from_millis(1));
        }
        child.kill().context("failed to kill corpus")?;
        child.wait().context("failed to wait for corpus")?;
        let notes: Vec<String> = phase.iter().collect();
        let last = notes.iter().rev().find_map(|note| note.strip_prefix("note: ")).unwrap_or("beginning");
        let phase = if last.starts_with("snapshot") { "parsing and writing parts" } else { last };
        Ok(Some(phase.to_owned()))
    }

    /// Documents that are committed, by the number of lines that they are exported as.
    fn committed(&self, directory: &Path) -> Result<u64> {
        if !directory.join("manifest.sqlite").exists() {
            return Ok(0);
        }
        let mut command = Command::new(&self.program);
        command.args(["export", "-q", "--to", "jsonl"]).arg(directory).stdin(Stdio::null());
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("failed to run corpus")?;
        let Some(stdout) = child.stdout.take() else { bail!("corpus has no output") };
        let lines = BufReader::with_capacity(1 << 20, stdout).split(b'\n').count() as u64;
        child.wait().context("failed to wait for corpus")?;
        Ok(lines)
    }

    fn verify(&self, directory: &Path) -> Result<()> {
        let mut command = Command::new(&self.program);
        command.args(["verify", "-q"]).arg(directory).stdout(Stdio::null());
        let status = command.status().context("failed to run corpus")?;
        ensure!(status.success(), "{} does not verify: {status}", directory.display());
        Ok(())
    }

    /// The documents, as a file of lines that can be compared.
    fn export(&self, directory: &Path) -> Result<Vec<u8>> {
        let mut command = Command::new(&self.program);
        command.args(["export", "-q", "--to", "jsonl"]).arg(directory).stdin(Stdio::null());
        let output = command.stderr(Stdio::inherit()).output().context("failed to run corpus")?;
        ensure!(output.status.success(), "the export failed: {}", output.status);
        Ok(output.stdout)
    }
}

/// The lines that a program writes to standard error, read as they come.
fn last_note(child: &mut Child) -> Result<mpsc::Receiver<String>> {
    let Some(stderr) = child.stderr.take() else { bail!("corpus has no standard error") };
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    Ok(receiver)
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Random(u64);

impl Random {
    /// A number from 0 to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
