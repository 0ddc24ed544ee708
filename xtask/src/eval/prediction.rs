//! What a document says of each line of its text: the role and part of the block that covers most of it.

use corpus_core::{Block, Document, PartKind, Span};
use std::{borrow::Cow, ops::Range};

/// The lines of a text that are not blank, each with its number from 1 and its byte range.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, Range<usize>)> {
    let mut start = 0;
    text.split('\n').enumerate().filter_map(move |(index, line)| {
        let range = start..start + line.len();
        start = range.end + 1;
        (!trim(line).is_empty()).then_some((index + 1, range))
    })
}

/// The text without white space at its ends; the separators U+001C to U+001F count as such here.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

/// The block that covers most bytes of a line, the first where several cover as many.
pub(super) fn block_of<'a>(document: &'a Document, line: &Range<usize>) -> Option<&'a Block> {
    let covered = |span: Span| span.end.min(line.end).saturating_sub(span.start.max(line.start));
    let first = document.blocks.partition_point(|block| block.span.end <= line.start);
    let mut best: Option<&Block> = None;
    for block in document.blocks[first..].iter().take_while(|block| block.span.start < line.end) {
        if covered(block.span) > best.map_or(0, |best| covered(best.span)) {
            best = Some(block);
        }
    }
    best
}

/// The names that gold gives the parts of a document: `article`, `embedded-1`, `embedded-2` …
pub(super) fn part_names(document: &Document) -> Vec<Cow<'static, str>> {
    let mut embedded = 0;
    let name = |kind: PartKind| match kind {
        PartKind::Embedded => {
            embedded += 1;
            format!("embedded-{embedded}").into()
        }
        other => other.as_str().into(),
    };
    document.parts.iter().map(|part| part.kind).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_counted_but_not_given() {
        let found: Vec<_> = lines("a\n\n \t\u{a0}\nb c\n").collect();
        assert_eq!(found, [(1, 0..1), (4, 8..11)]);
    }
}
