//! Mentions: the names that the model finds in a page.

use super::{
    NameKind,
    features::{for_each_run, head_of, may_begin},
    model::{Lattice, Model, OUTSIDE, is_inner},
};
use crate::{page::Page, token::TokenKind};
use std::ops::Range;

/// A mention before it is known of whom.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention {
    /// Its tokens, in `Page::tokens`.
    pub(super) tokens: Range<usize>,
    /// Offset of its first byte, which may lie inside the first token: "Kremlin" of "pro-Kremlin".
    pub(super) start: usize,
    /// Offset after its last byte, which may lie inside the last token: "Moscow" of "Moscow-based".
    pub(super) end: usize,
    /// What it names.
    pub(super) kind: NameKind,
    /// How sure the model is, from 0 to 1.
    pub(super) confidence: f32,
    /// The rule that found it.
    pub(super) rule: &'static str,
}

/// All mentions of a page, in order.
pub(super) fn mentions(page: &Page<'_>, model: &Model) -> Vec<Mention> {
    let mut lattice = Lattice::default();
    let mut mentions: Vec<Mention> = Vec::new();
    for_each_run(page, |run| {
        model.label(run, &mut lattice);
        let mut open: Option<Mention> = None;
        for (offset, at) in run.tokens.clone().enumerate() {
            let label = lattice.labels[offset];
            if let Some(mention) = open.as_mut().filter(|_| is_inner(label)) {
                mention.tokens.end = at + 1;
                mention.confidence = mention.confidence.min(confidence(lattice.margin(offset)));
                continue;
            }
            mentions.extend(open.take().and_then(|mention| trimmed(page, mention)));
            if label != OUTSIDE {
                open = Some(Mention {
                    tokens: at..at + 1,
                    start: page.tokens[at].start as usize,
                    end: 0,
                    kind: kind(label),
                    confidence: confidence(lattice.margin(offset)),
                    rule: "model",
                });
            }
        }
        mentions.extend(open.and_then(|mention| trimmed(page, mention)));
    });
    mentions
}

/// The mention without what cannot end a name; nothing where nothing is left.
fn trimmed(page: &Page<'_>, mut mention: Mention) -> Option<Mention> {
    while let Some(last) = mention.tokens.clone().next_back() {
        let token = page.tokens[last];
        let ends = match token.kind {
            TokenKind::Word => may_begin(token),
            TokenKind::Number => true,
            TokenKind::Possessive => false,
            // The last point of "U.S.".
            TokenKind::Mark => page.word(token) == "." && !token.spaced && last >= mention.tokens.start + 3,
        };
        if ends {
            break;
        }
        mention.tokens.end = last;
    }
    let last = page.tokens[mention.tokens.clone().next_back()?];
    mention.end = last.start as usize + head_of(last, page.word(last)).len();
    Some(mention)
}

const fn kind(label: u8) -> NameKind {
    match label {
        1 | 2 => NameKind::Per,
        3 | 4 => NameKind::Org,
        _ => NameKind::Loc,
    }
}

/// A margin of the model as a number between one half and one.
fn confidence(margin: i32) -> f32 {
    let margin = margin.max(0) as f32;
    (0.5 + 0.5 * margin / (margin + 150.0)).min(0.99)
}
