//! The chores of this repository, one command each: checks, generated files, measurements, releases.
//!
//! [`run`] is the whole program; `main.rs` calls it. The rest is public so that a test can hold the repository to
//! the same rules as `cargo xtask tidy`.
//!
//! What this crate does not do: nothing here ships. No other crate but `tests` may depend on it.

mod args;
mod bench;
mod chore;
mod ci;
mod codegen;
mod crash;
mod dist;
mod eval;
pub mod fuzz;
mod gazetteers;
mod metadata;
mod new_parser;
mod process;
mod proof;
mod release;
mod seed;
pub mod tidy;
mod train;
mod workspace;

pub use chore::run;
pub use workspace::Workspace;

use std::io::Write;

/// Writes to standard output, quietly giving up where nobody reads it any more (`cargo xtask eval roles | head`).
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
