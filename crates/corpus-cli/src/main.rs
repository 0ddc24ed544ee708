//! The command `corpus`.

use std::process::ExitCode;

fn main() -> ExitCode {
    corpus_cli::run(corpus_cli::registry())
}
