//! JSON Lines: one document a line, as `corpus parse` writes it.

use crate::{
    error::Error,
    format::{Export, Format},
    options::{Options, Parts},
    report::Tally,
    selection::Selected,
    stream::{Stream, Streamed},
    target::Target,
};
use std::io::{self, Write};

/// JSON Lines: one document a line, as `corpus parse` writes it; compressed to `.jsonl.gz` and `.jsonl.zst`.
///
/// Where only some parts or layers are taken, the other blocks and annotations are left out; the text stays whole, so
/// that every offset holds.
#[derive(Clone, Copy, Debug)]
pub struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }
    fn description(&self) -> &'static str {
        "JSON Lines, one document a line; .jsonl.gz and .jsonl.zst are compressed"
    }
    fn media_type(&self) -> &'static str {
        "application/jsonl"
    }
    fn streams(&self, _options: &Options) -> bool {
        true
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        Streamed::open(Lines, target, options, Parts::ALL, &["documents"])
    }
}

struct Lines;

impl Stream for Lines {
    fn add(&mut self, selected: &Selected<'_>, mut out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
        if selected.is_whole() {
            serde_json::to_writer(&mut out, selected.document)?;
        } else {
            let mut document = selected.document.clone();
            document.blocks = selected.blocks().map(|(_, block)| block.clone()).collect();
            document.annotations = selected.annotations().cloned().collect();
            serde_json::to_writer(&mut out, &document)?;
        }
        tally.add("documents", 1);
        out.write_all(b"\n")
    }
}
