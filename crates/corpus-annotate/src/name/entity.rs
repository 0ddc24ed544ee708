//! Entities: which mentions of a page name the same.

use super::{Name, tagger::Mention};
use crate::page::{Found, Page};
use corpus_core::Span;

/// The names of a page, each with the local id of what it names.
pub(super) fn resolve(page: &Page<'_>, mentions: Vec<Mention>) -> Vec<Found<Name>> {
    mentions
        .into_iter()
        .map(|mention| {
            let span = Span::new(page.tokens[mention.tokens.start].start as usize, mention.end);
            Found {
                span,
                value: Name { kind: mention.kind, entity: page.text()[span].to_owned(), metonym: false },
                rule: mention.rule,
                confidence: mention.confidence,
            }
        })
        .collect()
}
