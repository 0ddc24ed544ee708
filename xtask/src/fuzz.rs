//! Fuzzing: inputs that reach new code are bred from those before, and the laws hold for each of them.

use crate::{args::Args, process, workspace::Workspace};
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What can be fuzzed: the programs of `tests/fuzz`.
const TARGETS: &[&str] = &["text", "html", "facts"];

/// What the compiler puts into the program so that the fuzzer sees which code an input reaches and what it is compared
/// with; see <https://llvm.org/docs/LibFuzzer.html>. Works with the stable toolchain.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1 \
    -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Longest input, in bytes: what a rule looks at is short.
const LONGEST: usize = 512;

/// `cargo xtask fuzz TARGET [--minutes N] [--keep]`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let minutes: u64 = args.option("--minutes")?.unwrap_or(10);
    let keep = args.flag("--keep");
    let target = args.required("what to fuzz")?;
    args.finish()?;
    ensure!(
        TARGETS.contains(&&*target),
        "nothing to fuzz is called {target:?}; known: {}",
        TARGETS.join(", ")
    );
    let program = build(workspace, &target)?;
    let folder = workspace.target("fuzz").join(&target);
    let (inputs, faults) = (folder.join("inputs"), folder.join("faults"));
    for folder in [&inputs, &faults] {
        fs::create_dir_all(folder).with_context(|| format!("failed to make {}", folder.display()))?;
    }
    let kept = PathBuf::from(format!("tests/fuzz/{target}.jsonl"));
    unpack(workspace, &kept, &inputs)?;
    let words = folder.join("words.txt");
    fs::write(&words, dictionary(&workspace.read("tests/pieces.jsonl")?)?)
        .context("failed to write the words to breed from")?;
    if minutes > 0 {
        let mut fuzz = Command::new(&program);
        fuzz.arg(format!("-max_total_time={}", minutes * 60)).arg(format!("-max_len={LONGEST}"));
        fuzz.arg("-timeout=10").arg("-rss_limit_mb=2048").arg("-print_final_stats=1");
        fuzz.arg(format!("-dict={}", words.display()));
        fuzz.arg(format!("-artifact_prefix={}/", faults.display())).arg(&inputs);
        process::run(fuzz).with_context(|| format!("the input at fault lies in {}", faults.display()))?;
    }
    if keep {
        pack(workspace, &program, &folder, &kept)?;
    }
    Ok(())
}

/// Builds the program of a target.
fn build(workspace: &Workspace, target: &str) -> Result<PathBuf> {
    let about = process::output(process::command(workspace, "rustc -vV"))?;
    let Some(host) = about.lines().find_map(|line| line.strip_prefix("host: ")) else {
        bail!("rustc does not say what it compiles for");
    };
    // With a target named, the flags are for what it runs alone, not for what builds it.
    let line = format!(
        "cargo build --quiet --release --manifest-path tests/fuzz/Cargo.toml --bin {target} --target {host}"
    );
    let mut build = process::command(workspace, &line);
    build.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", workspace.target("fuzz/build"));
    process::run(build)?;
    Ok(workspace.target("fuzz/build").join(host).join("release").join(target))
}

/// Writes each kept input to a file of its own.
fn unpack(workspace: &Workspace, kept: &Path, folder: &Path) -> Result<()> {
    if !workspace.root().join(kept).exists() {
        return Ok(());
    }
    for (number, line) in workspace.read(kept)?.lines().enumerate() {
        let file = folder.join(format!("kept-{number}"));
        fs::write(&file, bytes(line)?).with_context(|| format!("failed to write {}", file.display()))?;
    }
    Ok(())
}

/// Keeps as few inputs as reach all code that any of them reaches, one a line.
fn pack(workspace: &Workspace, program: &Path, folder: &Path, kept: &Path) -> Result<()> {
    let fewest = folder.join("fewest");
    if fewest.exists() {
        fs::remove_dir_all(&fewest).context("failed to empty the folder of inputs to keep")?;
    }
    fs::create_dir_all(&fewest).context("failed to make the folder of inputs to keep")?;
    let mut merge = Command::new(program);
    merge.args(["-set_cover_merge=1", "-use_counters=0"]).arg(format!("-max_len={LONGEST}"));
    merge.arg(&fewest).arg(folder.join("inputs"));
    process::run(merge)?;
    let mut lines = Vec::new();
    for entry in fs::read_dir(&fewest).context("failed to list the inputs to keep")? {
        let path = entry.context("failed to list the inputs to keep")?.path();
        let input = fs::read(&path).with_context(|| format!("failed to read {}", path.display()))?;
        let letters: String = input.into_iter().map(char::from).collect();
        lines.push(serde_json::to_string(&letters)? + "\n");
    }
    lines.sort_by(|one, other| one.len().cmp(&other.len()).then_with(|| one.cmp(other)));
    workspace.write(kept, lines.concat())
}

/// The bytes of a kept input: a JSON string with a letter from U+0000 to U+00FF for each.
///
/// # Errors
/// When the line is none.
pub fn bytes(line: &str) -> Result<Vec<u8>> {
    let letters: String = serde_json::from_str(line).context("a kept input is no JSON string")?;
    letters
        .chars()
        .map(|letter| u8::try_from(letter).context("a letter of a kept input is no byte"))
        .collect()
}

/// Pieces of pages that rules look for, in the form that the fuzzer reads.
fn dictionary(pieces: &str) -> Result<String> {
    let escaped = |piece: &str| {
        let piece: String = serde_json::from_str(piece).context("a piece of a page is no JSON string")?;
        let bytes = piece.bytes().map(|byte| match byte {
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02X}"),
        });
        Ok(format!("\"{}\"\n", bytes.collect::<String>()))
    };
    pieces.lines().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_escaped_for_the_fuzzer() {
        assert_eq!(dictionary("\"<a>\"\n\"\\n…\"\n").unwrap(), "\"<a>\"\n\"\\x0A\\xE2\\x80\\xA6\"\n");
        assert!(dictionary("bare").is_err());
    }

    #[test]
    fn a_kept_input_is_bytes_again() {
        assert_eq!(bytes("\"a\\u0000\u{ff}\"").unwrap(), [b'a', 0, 255]);
        assert!(bytes("\"\u{100}\"").is_err());
    }
}
