//! Items of answers as rows of tables: which columns there are, and what stands in each.
//!
//! The command line and the HTTP API both write their CSV and TSV of these, so a column has the same name and the same
//! meaning wherever it is read. JSON has all of an item.

use crate::{happenings::Mention, hit::Location};
use corpus_store::{Removed, TakenOut};

/// An item of an answer that has a row in a table.
///
/// ```
/// use corpus_query::{Ngram, Tabular};
///
/// let run = Ngram { words: "the ice".to_owned(), count: 3, per_million: 1500.0, documents: 2 };
/// let row: Vec<_> = Ngram::COLUMNS.iter().zip(run.cells()).collect();
/// assert_eq!(row[1], (&"count", "3".to_owned()));
/// ```
pub trait Tabular {
    /// Names of the columns: what a person looks for first, then what a program needs. A new one comes last.
    const COLUMNS: &'static [&'static str];

    /// What stands in the columns, one cell for each; an empty one where nothing is known.
    fn cells(&self) -> Vec<String>;
}

/// What stands in a cell of something that may not be known.
pub(crate) fn cell<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Names of the columns that say where something lies, as [`place_cells`] fills them.
macro_rules! with_place {
    ($($column:literal),+ $(,)?) => {
        &[$($column,)+ "uri", "document", "byte_start", "byte_end", "source_line", "source_start", "source_end"]
    };
}
pub(crate) use with_place;

/// Where a passage lies, as the columns from `document` to `byte_end` of what is found in one.
pub(crate) fn passage_cells(location: &Location) -> [String; 9] {
    let [start, end] = location.span.byte;
    [
        location.document.clone(),
        location.uri.clone(),
        cell(location.record.as_ref()),
        location.kind.to_string(),
        location.role.to_string(),
        location.line.to_string(),
        location.column.to_string(),
        start.to_string(),
        end.to_string(),
    ]
}

/// File, document and bytes of what lies at `location`, and [where its block stands](source_cells) in its source.
pub(crate) fn place_cells(location: Option<&Location>) -> [String; 7] {
    location.map_or_else(Default::default, |location| {
        let [start, end] = location.span.byte;
        let [source_line, source_start, source_end] = source_cells(location);
        [
            location.uri.clone(),
            location.document.clone(),
            start.to_string(),
            end.to_string(),
            source_line,
            source_start,
            source_end,
        ]
    })
}

/// Where the block of what lies at `location` stands in the page as it was stored: line, first byte, byte behind it; the
/// columns `source_line`, `source_start` and `source_end`. Empty where the text is that page.
pub(crate) fn source_cells(location: &Location) -> [String; 3] {
    let place = location.in_source.unwrap_or_default();
    let [start, end] = [place.byte.map(|byte| byte.start), place.byte.map(|byte| byte.end)];
    [cell(place.line.as_ref()), cell(start.as_ref()), cell(end.as_ref())]
}

/// Where something is told: file, record and line of each mention.
pub(crate) fn places(mentions: &[Mention]) -> String {
    let place = |mention: &Mention| format!("{}:{}", mention.location.place(), mention.location.cited_line());
    mentions.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// Where the first of some mentions lies.
pub(crate) fn first(mentions: &[Mention]) -> Option<&Location> {
    mentions.first().map(|mention| &mention.location)
}

impl Tabular for Removed {
    const COLUMNS: &'static [&'static str] = &["document", "name", "file", "snapshot", "purged"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.to_string(),
            cell(self.name.as_ref()),
            cell(self.uri.as_ref()),
            self.left.to_string(),
            self.is_purged.to_string(),
        ]
    }
}

impl Tabular for TakenOut {
    const COLUMNS: &'static [&'static str] = &["document", "fate", "url", "title", "name", "file"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.fate.as_str().to_owned(),
            cell(self.url.as_ref()),
            cell(self.title.as_ref()),
            cell(self.name.as_ref()),
            cell(self.uri.as_ref()),
        ]
    }
}
