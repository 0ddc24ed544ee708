//! A part: one file of a table, its name and what it holds.

use crate::{table::Table, table_writer::Written};

/// A layer of annotations, in the version of its annotator.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Version of what made it.
    pub version: u32,
}

/// One file of a table. Annotations and sources have the number of the documents they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its path below the folder of the corpus or package, with `/` between its folders.
    pub path: String,
    /// The table.
    pub table: Table,
    /// Its number, from 1.
    pub number: u64,
    /// The layer, of annotations.
    pub layer: Option<Layer>,
    /// Number of rows.
    pub rows: u64,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// BLAKE3 of the file, 64 hex digits.
    pub blake3: String,
}

impl Part {
    /// The part that was written.
    pub fn new(table: Table, number: u64, layer: Option<Layer>, written: Written) -> Self {
        let Written { rows, bytes, blake3 } = written;
        Part { path: part_name(table, layer.as_ref(), number), table, number, layer, rows, bytes, blake3 }
    }
}

/// The path of a part below the folder of its corpus or package: its number in the folder of its table, annotations in
/// one for each layer and version.
pub fn part_name(table: Table, layer: Option<&Layer>, number: u64) -> String {
    match (table, layer) {
        (Table::Annotations, Some(Layer { name, version })) => {
            format!("annotations/{}@{version}/{number:06}.parquet", safe(name))
        }
        (Table::Clusters | Table::Links | Table::Entities, _) => {
            format!("links/{}-{number:06}.parquet", table.as_str())
        }
        (table, _) => format!("{}/{number:06}.parquet", table.as_str()),
    }
}

/// The name of a layer as the name of a folder.
fn safe(name: &str) -> String {
    let is_safe = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
    name.chars().map(|character| if is_safe(character) { character } else { '_' }).collect()
}
