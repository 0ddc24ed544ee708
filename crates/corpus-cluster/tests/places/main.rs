//! The same rows wherever a pipeline runs, and after whatever ends there.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod bench;
mod cluster;
mod folder;
mod own;
mod process;
mod rows;
mod sql;
mod turns;
