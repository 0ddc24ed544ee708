//! The list of chores, and the one that was asked for.

use crate::{
    args::Args, bench, ci, codegen, crash, dist, eval, fuzz, gazetteers, new_parser, proof, release, seed,
    tidy, train, workspace::Workspace,
};
use anyhow::{Result, bail};
use std::{fmt::Write, process::ExitCode};

/// One command of `cargo xtask`.
struct Chore {
    name: &'static str,
    /// Its arguments, as help shows them.
    usage: &'static str,
    /// What it does, in one line.
    about: &'static str,
    run: fn(&Workspace, Args) -> Result<()>,
}

/// Every chore, in the order in which help lists them.
const CHORES: &[Chore] = &[
    Chore {
        name: "ci",
        usage: "[--only STEP]",
        about: "checks everything that must hold before a change is taken",
        run: ci::ci,
    },
    Chore {
        name: "lint",
        usage: "",
        about: "checks what is quick to check: format, tidy, clippy",
        run: ci::lint,
    },
    Chore {
        name: "tidy",
        usage: "",
        about: "checks the rules of the repository that no compiler checks",
        run: tidy::run,
    },
    Chore {
        name: "codegen",
        usage: "[--check]",
        about: "writes the files in docs that programs write",
        run: codegen::run,
    },
    Chore {
        name: "eval",
        usage: "roles|lines|extraction|cross|seeds [--data DIR] [--gold FILE] [--worst N] [--misses] [--page ID]\n              \
                [--confused GOLD:FOUND] [--against FILE] [--bless]",
        about: "measures the labeller on gold that lies beside the repository",
        run: eval::run,
    },
    Chore {
        name: "gazetteers",
        usage: "--sources DIR",
        about: "writes the gazetteers that are drawn from published packages",
        run: gazetteers::run,
    },
    Chore {
        name: "train",
        usage: "names|main-text [--data DIR] [--rounds N]",
        about: "trains the weights that ship, from data that lies beside the repository",
        run: train::run,
    },
    Chore {
        name: "bench",
        usage: "[parse [FILE] [--jobs N] [--data DIR]]\n              \
                [extraction [SET ...] [--only ENGINE] [--data DIR]]\n              \
                [load CORPUS [--seconds N] [--clients N]]\n              [search [FILE] [--data DIR]]",
        about: "measures speed: all benches, the program on a file, extraction and search beside others, a server",
        run: bench::run,
    },
    Chore {
        name: "crash",
        usage: "[FILE] [--kills N] [--seed N] [--part-size SIZE] [--data DIR]",
        about: "kills builds of a corpus at random moments, and checks that nothing is lost",
        run: crash::run,
    },
    Chore {
        name: "fuzz",
        usage: "text|html|facts [--minutes N] [--keep]",
        about: "breeds inputs that reach new code of parsers and annotators, and holds each to the laws",
        run: fuzz::run,
    },
    Chore {
        name: "proof",
        usage: "[--release] [PATH ...] | web [--release] [--only browser|api] [PATH]",
        about: "opens exports with tools of others, and the page with a browser; installs into target/proof",
        run: proof::run,
    },
    Chore {
        name: "new-parser",
        usage: "NAME [--media-type TYPE]",
        about: "writes a parser crate that compiles, with a seed and its snapshot",
        run: new_parser::run,
    },
    Chore {
        name: "seed",
        usage: "add FILE [--name NAME]",
        about: "adds a seed to tests/seeds",
        run: seed::run,
    },
    Chore {
        name: "dist",
        usage: "[--profile NAME]",
        about: "makes a release archive with checksums and a bill of materials",
        run: dist::run,
    },
    Chore {
        name: "release",
        usage: "VERSION [--dry-run]",
        about: "checks, then sets the version, commits and tags; pushes nothing",
        run: release::run,
    },
];

/// Runs the chore that `args` name; says on standard error why it failed.
pub fn run(args: impl IntoIterator<Item = String>) -> ExitCode {
    let mut args = args.into_iter();
    let name = args.next().unwrap_or_else(|| "help".to_owned());
    let rest = Args::new(args);
    let done = match name.as_str() {
        "help" | "--help" | "-h" => {
            crate::print(&help());
            Ok(())
        }
        _ => find(&name).and_then(|chore| (chore.run)(&Workspace::find()?, rest)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn find(name: &str) -> Result<&'static Chore> {
    match CHORES.iter().find(|chore| chore.name == name) {
        Some(chore) => Ok(chore),
        None => {
            let known: Vec<_> = CHORES.iter().map(|chore| chore.name).collect();
            bail!("unknown chore {name:?}; known chores: {}", known.join(", "))
        }
    }
}

fn help() -> String {
    let mut text = "The chores of this repository.\n\nusage: cargo xtask CHORE [ARGUMENTS]\n\n".to_owned();
    for chore in CHORES {
        let _ = writeln!(text, "  {:<11} {}", chore.name, chore.about);
    }
    text.push_str("\narguments:\n\n");
    for chore in CHORES.iter().filter(|chore| !chore.usage.is_empty()) {
        let _ = writeln!(text, "  {:<11} {}", chore.name, chore.usage);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_chore_answers_with_the_known_ones() {
        let message = find("evla").err().unwrap().to_string();
        assert!(message.starts_with("unknown chore \"evla\"; known chores: "), "{message}");
        assert!(CHORES.iter().all(|chore| message.contains(chore.name)), "{message}");
    }

    #[test]
    fn help_gives_each_chore_a_line() {
        let help = help();
        for chore in CHORES {
            assert!(help.contains(chore.about), "{}", chore.name);
        }
    }
}
