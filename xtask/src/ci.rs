//! Everything that must hold before a change is taken: one step after the other, none skipped, a table at the end.

use crate::{args::Args, codegen, new_parser, process, tidy, workspace::Workspace};
use anyhow::{Result, bail};
use std::{
    fmt::Write,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// One check.
struct Step {
    name: &'static str,
    check: Check,
    /// The command that mends what it finds, or shows it again.
    mend: &'static str,
}

/// How a step checks.
enum Check {
    /// A program with its arguments; its warnings are errors where it builds.
    Program(&'static str),
    /// The same, left out where the first program does not run.
    Where(&'static str, &'static str),
    /// A chore of ours.
    Chore(fn(&Workspace, Args) -> Result<()>),
}

/// What is cheap to check, before anything is built whole.
const LINT: &[Step] = &[
    Step { name: "format", check: Check::Program("cargo fmt --all --check"), mend: "cargo fmt --all" },
    Step { name: "tidy", check: Check::Chore(tidy::run), mend: "cargo xtask tidy" },
    Step {
        name: "clippy",
        check: Check::Program("cargo clippy --workspace --all-targets --locked -- -D warnings"),
        mend: "cargo clippy --workspace --all-targets --fix",
    },
];

/// What takes longer.
const REST: &[Step] = &[
    Step {
        name: "test",
        check: Check::Program("cargo test --workspace --locked --no-fail-fast"),
        mend: "cargo test --workspace",
    },
    Step {
        name: "docs",
        check: Check::Program("cargo doc --workspace --no-deps --locked --quiet"),
        mend: "cargo doc --workspace --no-deps",
    },
    Step { name: "codegen", check: Check::Chore(codegen::check), mend: "cargo xtask codegen" },
    Step {
        name: "new-parser",
        check: Check::Chore(new_parser::check),
        mend: "cargo xtask ci --only new-parser",
    },
    Step {
        name: "first-run",
        check: Check::Program("cargo run --release --locked --quiet -- scan seeds"),
        mend: "cargo run --release -- scan seeds",
    },
    Step {
        name: "proof",
        check: Check::Where("python3 -m venv --help", "cargo xtask proof --release"),
        mend: "cargo xtask proof",
    },
    Step {
        name: "deny",
        check: Check::Where("cargo deny --version", "cargo deny check bans licenses sources"),
        mend: "cargo deny check bans licenses sources",
    },
];

/// How a step ended.
enum Outcome {
    Passed,
    LeftOut(&'static str),
    Failed,
}

/// `cargo xtask ci`.
pub(crate) fn ci(workspace: &Workspace, mut args: Args) -> Result<()> {
    let only: Option<String> = args.option("--only")?;
    args.finish()?;
    let steps: Vec<_> = LINT.iter().chain(REST).collect();
    let known: Vec<_> = steps.iter().map(|step| step.name).collect();
    if let Some(name) = only.as_deref().filter(|name| !known.contains(name)) {
        bail!("unknown step {name:?}; known steps: {}", known.join(", "));
    }
    run(workspace, steps.into_iter().filter(|step| only.as_deref().is_none_or(|name| name == step.name)))
}

/// `cargo xtask lint`.
pub(crate) fn lint(workspace: &Workspace, args: Args) -> Result<()> {
    args.finish()?;
    run(workspace, LINT.iter())
}

fn run<'a>(workspace: &Workspace, steps: impl Iterator<Item = &'a Step>) -> Result<()> {
    let mut table = String::new();
    let mut failed = Vec::new();
    for step in steps {
        eprintln!("\n── {}", step.name);
        let begin = Instant::now();
        let outcome = take(workspace, step);
        let time = begin.elapsed();
        match outcome {
            Outcome::Passed => write_row(&mut table, step, "passed", time, ""),
            Outcome::LeftOut(why) => write_row(&mut table, step, "left out", time, why),
            Outcome::Failed => {
                write_row(&mut table, step, "FAILED", time, step.mend);
                failed.push(step.name);
            }
        }
    }
    crate::print(&format!("\n{table}"));
    if failed.is_empty() {
        return Ok(());
    }
    bail!("failed: {}; the last column of each is the command to go on with", failed.join(", "))
}

fn take(workspace: &Workspace, step: &Step) -> Outcome {
    let done = match &step.check {
        Check::Program(line) => process::run(strict(workspace, line)),
        Check::Where(probe, line) => {
            let found =
                process::command(workspace, probe).stdout(Stdio::null()).stderr(Stdio::null()).status();
            if !found.is_ok_and(|status| status.success()) {
                return Outcome::LeftOut("not installed");
            }
            process::run(strict(workspace, line))
        }
        Check::Chore(chore) => chore(workspace, Args::new([])),
    };
    match done {
        Ok(()) => Outcome::Passed,
        Err(error) => {
            eprintln!("{}: {error:#}", step.name);
            Outcome::Failed
        }
    }
}

/// A program that takes warnings of rustdoc for errors and writes no snapshot. Rustc's own warnings are clippy's
/// step: `RUSTFLAGS` would build everything twice.
fn strict(workspace: &Workspace, line: &str) -> Command {
    let mut command = process::command(workspace, line);
    command.env("INSTA_UPDATE", "no").env("CI", "true").env("RUSTDOCFLAGS", "-D warnings");
    command
}

fn write_row(table: &mut String, step: &Step, outcome: &str, time: Duration, note: &str) {
    let row = format!("{:<11} {outcome:<9} {:>6.1} s  {note}", step.name, time.as_secs_f64());
    let _ = writeln!(table, "{}", row.trim_end());
}
