//! Reading real files: built in temporary folders, good ones and every kind of bad one.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod any_bytes;
mod compressed;
mod folder;
mod folders;
mod json;
mod order;
mod pages;
mod sidecars;
mod streams;
