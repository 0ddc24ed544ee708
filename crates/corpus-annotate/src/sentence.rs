//! A sentence of a passage.

use crate::{
    annotator::Annotator,
    page::{Found, Page},
};
use corpus_core::Span;
use serde::{Serialize, Serializer};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A sentence, and where its tokens lie. As a fact it has no value: it serializes as `null`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it lies in the document's text, without the white space around it.
    pub span: Span,
    /// Its tokens, in `Page::tokens`.
    pub tokens: Range<usize>,
    /// Its passage, in `Page::passages`.
    pub passage: usize,
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// Cuts passages into sentences.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sentences;

impl Annotator for Sentences {
    fn layer(&self) -> &'static str {
        "sentence"
    }
    fn version(&self) -> u32 {
        1
    }
    fn description(&self) -> &'static str {
        "sentences"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        let text = page.text();
        for index in 0..page.passages.len() {
            let passage = &page.passages[index];
            let first = page.sentences.len();
            let mut token = passage.tokens.start;
            for (at, sentence) in text[passage.span].split_sentence_bound_indices() {
                let start = passage.span.start + at;
                let begin = start + sentence.len() - sentence.trim_start().len();
                let span = Span::new(begin, begin + sentence.trim().len());
                let first_token = token;
                while page.tokens.get(token).is_some_and(|token| (token.start as usize) < span.end) {
                    token += 1;
                }
                if token > first_token {
                    page.sentences.push(Sentence { span, tokens: first_token..token, passage: index });
                }
            }
            page.passages[index].sentences = first..page.sentences.len();
        }
        page.facts.sentences = page
            .sentences
            .iter()
            .map(|sentence| Found {
                span: sentence.span,
                value: sentence.clone(),
                rule: "uax29",
                confidence: 0.9,
            })
            .collect();
    }
}
