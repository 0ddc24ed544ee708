//! The HTTP API of Corpus and its web page.
//!
//! [`Server`] answers questions about one corpus: what the command line prints, as JSON and as pages to read. It
//! listens on the loopback address unless told otherwise, and then only with a token.
//!
//! What this crate does not do: no path from a request reaches the file system, nothing is fetched from elsewhere, and
//! no answer is made here: `corpus-query` gives them, here they are only rendered.

mod answered;
mod app;
mod arriving;
mod bounded;
mod compare;
mod concordance;
mod connections;
mod counts;
mod documents;
mod dupes;
mod export;
mod facts;
mod form;
mod guard;
mod health;
mod jobs;
mod metrics;
mod once;
mod openapi;
mod page;
mod pages;
mod parameters;
mod parse;
mod patient;
mod problem;
mod question;
mod route;
mod scan;
mod search;
mod served;
mod server;
mod snapshot;
mod streamed;

pub use jobs::{Annotated, Builder, Decision};
pub use server::{Error, Options, Server};
