//! What a text of Markdown says of itself before it begins: fields between "---", or in comments.

use super::super::Row;
use std::ops::Range;

/// What a field says of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// Its summary.
    Summary,
    /// Who wrote it.
    Author,
    /// When it was published or changed.
    Date,
    /// Its topics.
    Topics,
    /// Where it was first published.
    Source,
    /// Anything else.
    Other,
}

/// The names of fields, as people and programs write them.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Title, &["title", "subject", "headline"]),
    (Field::Summary, &["description", "summary", "subtitle", "excerpt", "abstract", "lead"]),
    (Field::Author, &["author", "authors", "by", "byline", "writer"]),
    (
        Field::Date,
        &[
            "date",
            "published",
            "updated",
            "lastmod",
            "modified",
            "created",
            "pubdate",
            "last_modified",
            "publishdate",
            "published_at",
            "updated_at",
            "date_published",
            "last_updated",
        ],
    ),
    (Field::Topics, &["tags", "categories", "category", "keywords", "topics", "tag", "section"]),
    (Field::Source, &["source", "via", "url", "canonical", "canonical_url", "original", "link"]),
];

/// Most rows of fields.
const MOST: usize = 100;

/// The row behind the fields with which a text begins, between "---" and "---".
pub(super) fn end(text: &str, rows: &[Row]) -> Option<usize> {
    if &text[rows.first()?.span] != "---" {
        return None;
    }
    let is_mark = |row: &&Row| matches!(&text[row.span], "---" | "...");
    let end = 2 + rows[1..].iter().take(MOST).position(|row| is_mark(&row))?;
    let fields = &rows[1..end - 1];
    let is_field = |row: &Row| {
        row.indent > 0 || text[row.span].starts_with(['-', '#', ']', '}']) || key(&text[row.span]).is_some()
    };
    (!fields.is_empty() && fields.iter().all(is_field)).then_some(end)
}

/// Whether a row has a field whose name is known.
pub(super) fn is_known(row: &str) -> bool {
    key(row).is_some_and(|(key, _)| named(key).is_some())
}

/// The name of a row's field, and where its value begins.
fn key(row: &str) -> Option<(&str, usize)> {
    let (key, value) = row.split_once(':')?;
    let is_name = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    let is_value = value.is_empty() || value.starts_with([' ', '\t']);
    (is_name && !key.is_empty() && key.len() <= 40 && is_value)
        .then(|| (key, row.len() - value.trim_start().len()))
}

fn named(key: &str) -> Option<Field> {
    let key = key.to_ascii_lowercase().replace('-', "_");
    NAMES.iter().find(|(_, names)| names.contains(&key.as_str())).map(|(field, _)| *field)
}

/// The field of a row, `None` where it goes on with the one above, and its value without marks around it; the whole row
/// where that is what is read.
pub(super) fn field(row: &str) -> (Option<Field>, Range<usize>) {
    let Some((key, start)) = key(row).filter(|_| !row.starts_with('-')) else { return (None, 0..row.len()) };
    match named(key) {
        Some(field) => {
            let value = unquoted(row, start..row.len());
            (Some(field), if value.is_empty() { 0..row.len() } else { value })
        }
        None => (Some(Field::Other), 0..row.len()),
    }
}

/// The field of a comment, which Markdown writes as a definition that nothing refers to: "[#]: author: \"Ada Holm\"".
pub(super) fn commented(row: &str) -> Option<(Field, Range<usize>)> {
    let (mark, rest) = row.strip_prefix('[')?.split_once("]: ")?;
    if !matches!(mark, "#" | "//" | "comment" | "_") {
        return None;
    }
    let before = row.len() - rest.len();
    let (key, start) = key(rest)?;
    let field = named(key).unwrap_or(Field::Other);
    let value = unquoted(row, before + start..row.len());
    if value.is_empty() { Some((Field::Other, 0..row.len())) } else { Some((field, value)) }
}

/// What stands around values, in pairs.
const QUOTES: [(char, char); 3] = [('"', '"'), ('\'', '\''), ('(', ')')];

/// A range of a row without quotation marks, brackets and white space around all of it.
fn unquoted(row: &str, range: Range<usize>) -> Range<usize> {
    let mut bare = row[range.clone()].trim();
    let mut start = range.end - row[range].trim_start().len();
    let inner = |bare: &'_ str| {
        QUOTES.iter().find_map(|&(open, close)| {
            let inner = bare.strip_prefix(open)?.strip_suffix(close)?;
            // "(Late) ferries (again)"
            let is_pair = open == close || inner.find(close).is_none_or(|at| inner[..at].contains(open));
            is_pair.then_some(inner.len())
        })
    };
    for _ in 0..QUOTES.len() {
        let Some(len) = inner(bare) else { break };
        let inner = &bare[1..=len];
        start += 1 + inner.len() - inner.trim_start().len();
        bare = inner.trim();
    }
    start..start + bare.len()
}

#[cfg(test)]
mod tests {
    use super::{Field, commented, field};

    #[test]
    fn marks_around_a_value_are_none_of_it() {
        for (value, bare) in [
            ("A ferry", "A ferry"),
            ("\"A ferry\"", "A ferry"),
            ("' A ferry '  ", "A ferry"),
            ("(\"A ferry\")", "A ferry"),
            ("A ferry (late)", "A ferry (late)"),
            ("\"A ferry (late)\"", "A ferry (late)"),
            ("(Late) ferries (again)", "(Late) ferries (again)"),
            ("The crew's 'ferry'", "The crew's 'ferry'"),
        ] {
            let row = format!("title: {value}");
            let (kind, range) = field(&row);
            assert_eq!((kind, &row[range]), (Some(Field::Title), bare));
            let row = format!("[#]: {row}");
            let (kind, range) = commented(&row).unwrap();
            assert_eq!((kind, &row[range]), (Field::Title, bare));
        }
        for none in ["", "\"\"", "'", "()"] {
            let row = format!("title: {none}");
            assert!(!field(&row).1.is_empty(), "{row}");
        }
    }
}
