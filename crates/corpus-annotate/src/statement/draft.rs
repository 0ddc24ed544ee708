//! A statement as it is read, in tokens, before it is tied to names, dates and outlets.

use super::Polarity;
use std::{iter, ops::Range};

/// A statement in tokens of its page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    /// The words that name the speaker.
    pub(super) speaker: Option<Range<usize>>,
    /// The words that say that it was said.
    pub(super) cue: Option<Range<usize>>,
    /// What was said.
    pub(super) content: Vec<Range<usize>>,
    /// How the speaker stands to it, as far as the verb itself says.
    pub(super) polarity: Polarity,
    /// All of it, as far as it was read: nothing else begins before this token.
    pub(super) until: usize,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
}

/// What was said in one piece.
pub(super) fn only(piece: Range<usize>) -> Vec<Range<usize>> {
    iter::once(piece).collect()
}
