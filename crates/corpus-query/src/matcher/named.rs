//! Spans that have a name: sentences, quotations, passages by role, whatever an annotation covers.

use crate::part_text::{PartText, Passage};
use corpus_core::Span;
use unicode_segmentation::UnicodeSegmentation;

/// The spans of this name in a passage, in bytes of the passage, in order.
pub(crate) fn spans(name: &str, part: &PartText, passage: &Passage) -> Vec<(usize, usize)> {
    let text = part.slice(passage);
    match name {
        "s" | "sentence" => sentences(part, passage),
        "p" | "passage" | "block" => vec![(0, text.len())],
        "quote" | "quotation" => {
            let mut spans = of_layer("quotation", part, passage);
            if spans.is_empty() {
                spans = quotations(text);
            }
            if passage.role.as_str() == "quote" {
                spans.push((0, text.len()));
            }
            spans
        }
        "person" | "org" | "place" => {
            let says = |fact: &&crate::fact::Fact| fact.layer == "name" && fact.texts(name).next().is_some();
            part.facts.iter().filter(says).filter_map(|fact| inside(fact.span, passage)).collect()
        }
        name if name == passage.role.as_str() || name == part.kind.as_str() => vec![(0, text.len())],
        layer => of_layer(layer, part, passage),
    }
}

/// The sentences of a passage: annotated ones, else those of UAX #29.
pub(crate) fn sentences(part: &PartText, passage: &Passage) -> Vec<(usize, usize)> {
    let spans = of_layer("sentence", part, passage);
    if !spans.is_empty() {
        return spans;
    }
    let text = part.slice(passage);
    text.split_sentence_bound_indices()
        .map(|(at, sentence)| (at, at + sentence.trim_end().len()))
        .filter(|(start, end)| start < end)
        .collect()
}

fn of_layer(layer: &str, part: &PartText, passage: &Passage) -> Vec<(usize, usize)> {
    let facts = part.facts.iter().filter(|fact| fact.layer == layer);
    facts.filter_map(|fact| inside(fact.span, passage)).collect()
}

/// A span of the document, cut to the passage; `None` where they do not meet.
pub(crate) fn inside(span: Span, passage: &Passage) -> Option<(usize, usize)> {
    let from = passage.span.start;
    span.overlaps(passage.span).then(|| (span.start.max(from) - from, span.end.min(passage.span.end) - from))
}

/// What stands between quotation marks, where no annotation says so.
fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        match (open, character) {
            (Some((start, '"')), '"') | (Some((start, '“' | '„')), '”' | '“') | (Some((start, '«')), '»') =>
            {
                spans.push((start, end));
                open = None;
            }
            (None, '"' | '“' | '„' | '«') => open = Some((at, character)),
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_pair_up() {
        let text = "He said “yes, „no“ and \"maybe\" – «peut-être»";
        let found: Vec<&str> = quotations(text).into_iter().map(|(start, end)| &text[start..end]).collect();
        assert_eq!(found, ["“yes, „no“", "\"maybe\"", "«peut-être»"]);
    }
}
