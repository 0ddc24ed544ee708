//! The clean article of a document: title, standfirst, headings and body.

use crate::cell;
use corpus_core::{Block, Document, Published, Role, Source, part::PartKind};
use serde::Serialize;

/// The clean article of a document, with what a reader needs to cite it. All `null` but the id and the source where
/// the page has none.
#[derive(Debug, Serialize)]
pub(crate) struct Article<'a> {
    id: &'a str,
    uri: &'a str,
    /// The record's own id.
    record: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    authors: &'a [String],
    language: Option<&'a str>,
    published: Option<&'a Published>,
    text: Option<String>,
}

impl<'a> Article<'a> {
    /// The clean article of `document`.
    pub(crate) fn of(document: &'a Document) -> Self {
        let part = document.article();
        let Source { record, metadata, .. } = &document.source;
        Article {
            id: document.id.as_str(),
            uri: &document.source.uri,
            record: record.as_ref().and_then(|place| place.id.as_deref()).or(metadata.id.as_deref()),
            url: part.and_then(|part| part.url.as_deref()).or(metadata.url.as_deref()),
            title: part.and_then(|part| part.title.as_deref()),
            authors: part.map_or(&[], |part| &part.authors),
            language: document.language.as_deref(),
            published: part.and_then(|part| part.published.as_ref()),
            text: part.is_some().then(|| text(document)),
        }
    }
}

/// The clean article as plain text: a blank line between blocks, none between the items of a list or the rows of a
/// table. Empty where the page has no article.
pub(crate) fn text(document: &Document) -> String {
    let mut text = String::new();
    let mut previous = None;
    for block in blocks(document) {
        text.push_str(match previous {
            Some((Role::Code, end)) if block.role == Role::Code => between(document, end, block),
            _ => gap(previous.map(|(role, _)| role), block.role),
        });
        text.push_str(whole(document, block));
        previous = Some((block.role, block.span.end));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The text of a block; of a row of a table, with the tabs of the empty cells at its ends.
fn whole<'d>(document: &'d Document, block: &Block) -> &'d str {
    let text = document.text.as_str();
    if block.role != Role::Table {
        return document.slice(block);
    }
    let is_tab = |byte: &&u8| **byte == b'\t';
    let (before, behind) = (&text.as_bytes()[..block.span.start], &text.as_bytes()[block.span.end..]);
    let start = block.span.start - before.iter().rev().take_while(is_tab).count();
    &text[start..block.span.end + behind.iter().take_while(is_tab).count()]
}

/// The clean article for a reader at a terminal of so many columns: under a line with the document's name, wrapped.
pub(crate) fn page(document: &Document, columns: usize) -> String {
    let name = cell::cut(&document.source.located().to_string(), columns.saturating_sub(6));
    let mut page = format!("── {name} {}\n\n", "─".repeat(columns.saturating_sub(cell::width(&name) + 4)));
    let mut previous = None;
    for block in blocks(document) {
        page.push_str(gap(previous, block.role));
        let lines = document.slice(block).lines().map(|line| cell::wrap(line, columns.min(100)).join("\n"));
        page.push_str(&lines.collect::<Vec<_>>().join("\n"));
        previous = Some(block.role);
    }
    page.push_str(if previous.is_some() { "\n" } else { "(no article)\n" });
    page
}

fn blocks(document: &Document) -> impl Iterator<Item = &Block> {
    let is_text = |block: &&Block| block.role.is_text() && document.part_of(block).kind == PartKind::Article;
    document.blocks.iter().filter(is_text)
}

/// What stands between the code that ends at `end` and that of `block`: its blank lines and what sets it in, unless the
/// document has something else there.
fn between<'d>(document: &'d Document, end: usize, block: &Block) -> &'d str {
    let between = document.text.get(end..block.span.start).unwrap_or_default();
    if between.trim().is_empty() { between } else { "\n" }
}

fn gap(previous: Option<Role>, role: Role) -> &'static str {
    match (previous, role) {
        (None, _) => "",
        (Some(previous), Role::ListItem | Role::Table | Role::Code) if previous == role => "\n",
        _ => "\n\n",
    }
}
