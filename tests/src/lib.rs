//! What the tests share: the laws every document keeps, and the view of a document that snapshots show.

use corpus_core::{Document, Part, PartKind, Record, Registry};
use std::fmt::Write;

/// Parses a page and holds the parse to the laws of DESIGN: same bytes, same document; every character that is not
/// white space in exactly one block; any prefix of the bytes survives.
///
/// # Panics
/// When a law is broken.
pub fn check(registry: &Registry, uri: &str, bytes: &[u8]) -> Vec<Document> {
    let documents = parse(registry, uri, bytes);
    assert_eq!(documents, parse(registry, uri, bytes), "same bytes, same document");
    documents.iter().for_each(check_laws);
    let step = (bytes.len() / 24).max(1);
    for end in (0..bytes.len()).step_by(step) {
        parse(registry, uri, &bytes[..end]).iter().for_each(check_laws);
    }
    documents
}

/// The documents of one page.
pub fn parse(registry: &Registry, uri: &str, bytes: &[u8]) -> Vec<Document> {
    registry.parse_all(&Record::new(uri.to_owned(), bytes.to_vec()))
}

/// Holds a document to the laws.
///
/// # Panics
/// When a law is broken.
pub fn check_laws(document: &Document) {
    let text = document.text.as_str();
    let mut end = 0;
    let mut rebuilt = String::with_capacity(text.len());
    for block in &document.blocks {
        let span = block.span;
        assert!(
            end <= span.start && span.start < span.end && span.end <= text.len(),
            "blocks are in order: {block:?}"
        );
        assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "spans lie on characters"
        );
        assert!(block.part < document.parts.len(), "a block belongs to a part: {block:?}");
        assert!((0.0..=1.0).contains(&block.confidence), "confidence is a share: {block:?}");
        assert!(!block.why.is_empty(), "a block says why: {block:?}");
        let gap = &text[end..span.start];
        assert!(gap.chars().all(char::is_whitespace), "no text between blocks: {gap:?}");
        for &cell in &block.cells {
            assert!(
                span.contains(cell) && text.is_char_boundary(cell.start) && text.is_char_boundary(cell.end)
            );
        }
        rebuilt.push_str(gap);
        rebuilt.push_str(document.slice(block));
        assert_eq!(
            document.slice(block),
            document.slice(block).trim(),
            "a block has no white space around it"
        );
        end = span.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "no text behind the last block");
    rebuilt.push_str(&text[end..]);
    assert_eq!(rebuilt, text, "blocks and gaps give the text back");
    for kind in [PartKind::Article, PartKind::Comments, PartKind::Furniture] {
        assert!(
            document.parts.iter().filter(|part| part.kind == kind).count() <= 1,
            "one part of kind {kind}"
        );
    }
}

/// Holds the facts of a document to the laws: each lies on characters of the text, is as sure as a share says, and stands
/// in order behind those of its layer.
///
/// # Panics
/// When a law is broken.
pub fn check_facts(document: &Document) {
    for found in &document.annotations {
        assert!(document.text.get(found.span.range()).is_some_and(|text| !text.is_empty()), "{found:?}");
        assert!((0.0..=1.0).contains(&found.confidence), "{found:?}");
    }
    for pair in document.annotations.windows(2) {
        assert!((&pair[0].layer, pair[0].span) <= (&pair[1].layer, pair[1].span), "{pair:?}");
    }
}

/// A document as people read it in review: its parts, then each block with line, role, part and what else is known.
pub fn view(document: &Document) -> String {
    let mut view = String::new();
    let language = document.language.as_deref().unwrap_or("?");
    let _ = writeln!(view, "language {language}");
    for (index, part) in document.parts.iter().enumerate() {
        let _ = writeln!(view, "part {index} {}", part_view(part));
    }
    for diagnostic in &document.diagnostics {
        let _ = writeln!(view, "{:?} {}: {}", diagnostic.severity, diagnostic.code, diagnostic.message);
    }
    view.push('\n');
    for block in &document.blocks {
        let line = document.text[..block.span.start].matches('\n').count() + 1;
        let slice = document.slice(block);
        let n_chars = slice.chars().count();
        let shown: String = slice.chars().take(84).map(visible).collect();
        let cut = if n_chars > 84 { format!(" … {n_chars}") } else { String::new() };
        let _ = writeln!(view, "{line:>4} {:<15} {} {shown}{cut}", block.role, block.part);
        let mut known = Vec::new();
        let mut note =
            |name: &str, value: Option<String>| known.extend(value.map(|value| format!("{name}={value}")));
        note("level", block.level.map(|level| level.to_string()));
        note("path", block.path.clone());
        note("depth", block.depth.map(|depth| depth.to_string()));
        note("ordinal", block.ordinal.map(|ordinal| ordinal.to_string()));
        note("author", block.author.as_ref().map(|author| format!("{author:?}")));
        note("timestamp", block.timestamp.as_ref().map(ToString::to_string));
        note("label", block.label.as_ref().map(|label| format!("{label:?}")));
        note("outlet", block.outlet.as_ref().map(|outlet| format!("{outlet:?}")));
        note("language", block.language.as_ref().map(ToString::to_string));
        note("truncated", block.truncated.then(|| "yes".to_owned()));
        let cells: Vec<_> = block.cells.iter().map(|&cell| format!("{:?}", &document.text[cell])).collect();
        note("cells", (!cells.is_empty()).then(|| cells.join(" ")));
        let _ = writeln!(
            view,
            "     {:.2} {}{}{}",
            block.confidence,
            block.why,
            if known.is_empty() { "" } else { " · " },
            known.join(" ")
        );
    }
    view
}

/// A character as it can be shown on one line.
fn visible(c: char) -> char {
    match c {
        '\n' => '⏎',
        '\t' => '⇥',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(c),
        '\x7f' => '␡',
        _ => c,
    }
}

fn part_view(part: &Part) -> String {
    let mut view = part.kind.to_string();
    if let Some(title) = &part.title {
        let _ = write!(view, " {title:?}");
    }
    if !part.authors.is_empty() {
        let _ = write!(view, " by {}", part.authors.join("; "));
    }
    for (name, date) in [("published", &part.published), ("modified", &part.modified)] {
        if let Some(date) = date {
            let _ = write!(view, " {name} {}", date.timestamp.as_ref().unwrap_or(&date.edtf));
        }
    }
    view
}
