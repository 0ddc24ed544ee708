//! Spans that have a name: sentences, quotations, passages by role, whatever an annotation covers.

use crate::{
    fact::Fact,
    part_text::{PartText, Passage},
};
use corpus_core::Span;
use unicode_segmentation::UnicodeSegmentation;

/// The facts that lie in one passage of a part after the other: each fact is looked at once, and again only in those
/// passages that it reaches into.
#[derive(Debug, Default)]
pub(crate) struct InSight {
    /// Places, among the facts of the part, of those that lie in the passage that was entered last.
    facts: Vec<usize>,
    next: usize,
}

impl InSight {
    /// Goes on to a passage, which comes after those before.
    pub(crate) fn enter(&mut self, part: &PartText, passage: &Passage) {
        self.facts.retain(|at| part.facts[*at].span.end > passage.span.start);
        while let Some(fact) = part.facts.get(self.next).filter(|fact| fact.span.start < passage.span.end) {
            if fact.span.end > passage.span.start {
                self.facts.push(self.next);
            }
            self.next += 1;
        }
    }

    /// The facts of a layer, cut to the passage.
    fn of_layer(&self, layer: &str, part: &PartText, passage: &Passage) -> Vec<Span> {
        self.that(|fact| fact.layer == layer, part, passage)
    }

    fn that(&self, is_wanted: impl Fn(&Fact) -> bool, part: &PartText, passage: &Passage) -> Vec<Span> {
        let facts = self.facts.iter().map(|at| &part.facts[*at]).filter(|fact| is_wanted(fact));
        facts.filter_map(|fact| inside(fact.span, passage)).collect()
    }
}

/// The spans of this name in a passage, in bytes of the passage, in order.
pub(crate) fn spans(name: &str, part: &PartText, passage: &Passage, in_sight: &InSight) -> Vec<Span> {
    let text = part.slice(passage);
    let all = || Span::new(0, text.len());
    match name {
        "s" | "sentence" => sentences(part, passage, in_sight),
        "p" | "passage" | "block" => vec![all()],
        "quote" | "quotation" => {
            let mut spans = in_sight.of_layer("quotation", part, passage);
            if spans.is_empty() {
                spans = quotations(text);
            }
            if passage.role.as_str() == "quote" {
                spans.push(all());
            }
            spans
        }
        "person" | "org" | "place" => {
            in_sight.that(|fact| fact.layer == "name" && fact.texts(name).next().is_some(), part, passage)
        }
        name if name == passage.role.as_str() || name == part.kind.as_str() => vec![all()],
        layer => in_sight.of_layer(layer, part, passage),
    }
}

/// The sentences of a passage: annotated ones, else those of UAX #29.
pub(crate) fn sentences(part: &PartText, passage: &Passage, in_sight: &InSight) -> Vec<Span> {
    let spans = in_sight.of_layer("sentence", part, passage);
    if !spans.is_empty() {
        return spans;
    }
    let text = part.slice(passage);
    text.split_sentence_bound_indices()
        .map(|(at, sentence)| Span::new(at, at + sentence.trim_end().len()))
        .filter(|span| !span.is_empty())
        .collect()
}

/// A span of the document, cut to the passage; `None` where they do not meet.
pub(crate) fn inside(span: Span, passage: &Passage) -> Option<Span> {
    let from = passage.span.start;
    let cut = || Span::new(span.start.max(from) - from, span.end.min(passage.span.end) - from);
    span.overlaps(passage.span).then(cut)
}

/// What stands between quotation marks, where no annotation says so.
fn quotations(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        match (open, character) {
            (Some((start, '"')), '"') | (Some((start, '“' | '„')), '”' | '“') | (Some((start, '«')), '»') =>
            {
                spans.push(Span::new(start, end));
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
        let found: Vec<&str> = quotations(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, ["“yes, „no“", "\"maybe\"", "«peut-être»"]);
    }
}
