//! The chores of this repository: `cargo xtask help` lists them.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::run(std::env::args().skip(1))
}
