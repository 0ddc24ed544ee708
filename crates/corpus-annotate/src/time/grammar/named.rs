//! Words of time that are part of a name, or another word.

use super::Reader;
use crate::{
    time::vocabulary::Word,
    token::{Case, TokenKind},
};

impl Reader<'_> {
    /// Whether "May" or "March" stands where a month does.
    pub(super) fn sure_month(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.word(before));
        let led = matches!(
            before,
            Some(
                Word::Preposition
                    | Word::Of
                    | Word::Portion(_)
                    | Word::Shift(_)
                    | Word::Later
                    | Word::Earlier
            )
        ) || before == Some(Word::Compound)
            // "April and May of each year"
            || self.word(end) == Some(Word::Of) && self.word(end + 1) == Some(Word::Every);
        led && !self.token(end).is_some_and(|next| next.is_capitalised())
    }

    /// Whether a capitalised word belongs to a name: "April Byrne", "Ms June".
    pub(super) fn is_name(&self, at: usize) -> bool {
        let next = self
            .token(at + 1)
            .is_some_and(|next| next.is_word() && next.case == Case::Title && self.word(at + 1).is_none());
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        let led = at > self.first && self.word(at - 1).is_some();
        next && !led && before.is_none_or(|before| before.kind == TokenKind::Mark)
    }

    /// Whether a word in title case stands before another one.
    pub(super) fn opens_name(&self, at: usize) -> bool {
        self.tokens[at].case == Case::Title
            && self.token(at + 1).is_some_and(|next| next.is_word() && next.is_capitalised())
    }

    /// Whether a word in title case ends a name: "Delta Daily".
    pub(super) fn ends_name(&self, at: usize) -> bool {
        self.tokens[at].case == Case::Title && self.follows_name(at) && self.tokens[at].spaced
    }

    /// Whether it is a paper that comes out so often: "the daily Vesti".
    pub(super) fn is_paper(&self, at: usize) -> bool {
        let named = self.token(at + 1).is_some_and(|next| next.is_word() && next.case == Case::Title);
        named && at > self.first && self.word(at - 1) == Some(Word::The)
    }

    /// Whether the token before is a capitalised word that is no expression of time.
    pub(super) fn follows_name(&self, at: usize) -> bool {
        at > self.first && {
            let before = self.tokens[at - 1];
            before.is_word() && before.is_capitalised() && self.word(at - 1).is_none()
        }
    }

    pub(super) fn sure_season(&self, at: usize) -> bool {
        let word = self.string(at);
        if !word.eq_ignore_ascii_case("fall") && !word.eq_ignore_ascii_case("spring") {
            return !self.token(at + 1).is_some_and(|next| next.is_capitalised() && next.is_word());
        }
        at.checked_sub(1).is_some_and(|before| {
            matches!(self.word(before), Some(Word::Preposition | Word::Portion(_) | Word::Every))
        })
    }
}
