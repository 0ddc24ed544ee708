//! A corpus directory: what is written is read, by each reader as it was when the reader came.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod crashes;
mod damage;
mod kept_out;
mod laws;
mod moved;
mod pages;
mod removal;
mod retold;
