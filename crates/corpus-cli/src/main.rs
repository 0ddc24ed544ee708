//! The command `corpus`.

use std::process::ExitCode;

/// A tenth of a build went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    corpus_cli::run(corpus_cli::registry())
}
