//! Reading real files: built in temporary folders, good ones and every kind of bad one.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod any_bytes;
mod archive;
mod compressed;
mod folder;
mod folders;
mod json;
mod mbox;
mod mhtml;
mod order;
mod pages;
mod sidecars;
mod streams;
mod tables;
mod warc;
