//! Metonyms: places that stand for those who govern there.

use super::gazetteer::KnownKind;
use crate::{page::Page, token::TokenKind};
use std::ops::Range;

/// Whether the place that `tokens` name stands for its government, by what it is and the words beside it.
pub(super) fn is_metonym(page: &Page<'_>, tokens: &Range<usize>, known: Option<KnownKind>) -> bool {
    let word =
        |at: Option<usize>| at.and_then(|at| page.tokens.get(at)).map_or("", |token| page.word(*token));
    let mut before = word(tokens.start.checked_sub(1)).to_lowercase();
    if before == "the" {
        before = word(tokens.start.checked_sub(2)).to_lowercase();
    }
    let lies = PHYSICAL.contains(&before.as_str());
    match known {
        Some(KnownKind::Seat) => !lies,
        Some(KnownKind::Capital) => {
            let after = page.tokens.get(tokens.end);
            let possessive = after.is_some_and(|token| token.kind == TokenKind::Possessive);
            let next = word(Some(tokens.end));
            let acts = ACTS.contains(&next) || (next.len() > 4 && next.ends_with("ed") && before.is_empty());
            !lies && (possessive || acts || ACTED_ON.contains(&before.as_str()))
        }
        _ => false,
    }
}

/// Words before a place where something lies or goes.
const PHYSICAL: &[&str] = &[
    "in", "at", "near", "outside", "inside", "around", "into", "through", "across", "visit", "visited",
    "visiting", "via", "downtown", "central", "arrived", "left", "reached",
];

/// Words before somebody who is dealt with.
const ACTED_ON: &[&str] = &[
    "with", "between", "against", "by", "toward", "towards", "that", "if", "when", "while", "because",
    "what", "whether", "on", "than", "as", "for", "and", "makes", "make", "made", "force", "forced", "give",
    "gives", "gave", "tell", "tells", "told", "urge", "urged", "accused", "accuse", "accuses", "blame",
    "blamed", "support", "supports", "official",
];

/// Words after somebody who acts.
const ACTS: &[&str] = &[
    "is",
    "was",
    "has",
    "had",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "does",
    "did",
    "do",
    "says",
    "said",
    "wants",
    "wanted",
    "needs",
    "sees",
    "hopes",
    "fears",
    "believes",
    "thinks",
    "expects",
    "insists",
    "refuses",
    "continues",
    "seeks",
    "tries",
    "plans",
    "intends",
    "decides",
    "demands",
    "uses",
    "views",
    "considers",
    "denies",
    "claims",
    "argues",
    "warns",
    "calls",
    "cannot",
    "itself",
    "also",
    "never",
    "already",
    "still",
    "now",
];
