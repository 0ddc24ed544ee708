//! A JSON object that ends in a list, written item by item.

use serde_json::Value;
use std::io::{self, Write};

/// Writes the items of a JSON list with commas between them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct JsonList {
    n_items: u64,
}

impl JsonList {
    /// Writes one more item.
    pub(crate) fn push(&mut self, item: &Value, mut out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.n_items == 0 { b"\n" } else { b",\n" })?;
        self.n_items += 1;
        serde_json::to_writer(&mut out, item)?;
        Ok(())
    }

    /// Number of items written.
    pub(crate) const fn len(self) -> u64 {
        self.n_items
    }
}
