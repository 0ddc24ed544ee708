//! References that give no date of their own: "recently", "the day before the visit".

use super::{Read, Reader};
use crate::{
    time::{
        expression::Meaning,
        vocabulary::{Shift, Unit, Word},
    },
    token::TokenKind,
};

impl Reader<'_> {
    /// A reference without a date.
    pub(super) fn vague(&self, at: usize) -> Read {
        let the = usize::from(self.word(at) == Some(Word::The));
        let near = usize::from(
            the == 1 && ["near", "distant", "foreseeable"].iter().any(|word| self.says(at + 1, word)),
        );
        let end = at + the + near + 1;
        let value = match self.word(end - 1)? {
            Word::Vague("FUTURE_REF") if self.says(end - 1, "future") => (the == 1
                && !self
                    .token(end)
                    .is_some_and(|next| next.is_word() && self.word(end).is_none() && near == 0))
            .then_some("FUTURE_REF"),
            Word::Vague(value) => (the == 0).then_some(value),
            Word::Shift(Shift::Past) if the == 1 => {
                let alone = self.token(end).is_none_or(|next| next.kind == TokenKind::Mark);
                alone.then_some("PAST_REF")
            }
            _ => None,
        }?;
        Some((end, Meaning::Vague(value), "time:vague"))
    }

    /// "the day before the visit": the day, and the words of the event.
    pub(super) fn event_day(&self, at: usize) -> Read {
        if self.word(at + 1) != Some(Word::Unit(Unit::Day)) {
            return None;
        }
        let days = match self.word(at + 2)? {
            Word::Earlier => -1,
            Word::Later => 1,
            _ => return None,
        };
        // The noun phrase that names the event: up to twelve words, to its last noun before a verb or a mark.
        let event = at + 3;
        let mut end = event;
        let mut possessive = false;
        while end < event + 8 {
            let Some(token) = self.token(end) else { break };
            match token.kind {
                TokenKind::Possessive => possessive = true,
                TokenKind::Word if token.is_capitalised() => {}
                TokenKind::Word
                    if end == event
                        && matches!(self.string(end), "the" | "his" | "her" | "their" | "its") => {}
                TokenKind::Word => {
                    // One noun in lower case ends it.
                    return (possessive || end > event).then_some((
                        end + 1,
                        Meaning::FromEvent { days, event },
                        "time:event",
                    ));
                }
                _ => break,
            }
            end += 1;
        }
        None
    }
}
