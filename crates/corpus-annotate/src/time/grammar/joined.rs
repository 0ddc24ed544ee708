//! Days of one month that words join: "25 and 26 May", "May 25, 26 and 27".

use super::Reader;
use crate::{
    time::{
        expression::{Date, Field},
        vocabulary::Word,
    },
    token::TokenKind,
};

/// The most days that are looked through for their month.
const MOST_JOINED: usize = 8;

impl Reader<'_> {
    /// The day at `at` of which a later day of the list names the month: "25" of "25 and 26 May 2019".
    pub(super) fn day_before(&self, at: usize) -> Option<(usize, Date)> {
        let (end, day) = self.day_number(at)?;
        let (mut next, mut earlier) = (end, day);
        for _ in 0..MOST_JOINED {
            let (joined, by_word) = self.joint(next)?;
            let (after, later) = self.day_number(joined).filter(|(_, later)| *later > earlier)?;
            if let Some((_, date)) = self.day_first(joined) {
                let Field::Day(month, _) = date.field else { return None };
                return by_word.then(|| (end, Date::of(Field::Day(month, day)).in_year(date.year)));
            }
            (next, earlier) = (after, later);
        }
        None
    }

    /// The day at `at` behind another of the month that is named before: "26" of "May 25 and 26".
    pub(super) fn day_behind(&self, at: usize) -> Option<(usize, Date)> {
        let (end, day) = self.day_number(at)?;
        let (mut start, mut later) = (at, day);
        let mut by_word = false;
        let mut month = None;
        for n_before in 0..MOST_JOINED {
            let (before, word) = self.joint_before(start)?;
            if n_before == 0 {
                by_word = word;
            } else if word {
                return None;
            }
            let first = if before > self.first && self.digits_ordinal(before - 1).is_some() { 1 } else { 0 };
            let first = before.checked_sub(first).filter(|first| *first >= self.first)?;
            let (_, earlier) = self.day_number(first).filter(|(_, earlier)| *earlier < later)?;
            let name = first.checked_sub(1)?;
            let name = if self.is(name, ".") { name.checked_sub(1)? } else { name };
            if let Some(Word::Month(found, _)) = self.word(name) {
                month = self.tokens[name].is_capitalised().then_some(found);
                break;
            }
            (start, later) = (first, earlier);
        }
        let (after, date) = self.with_year(end, Date::of(Field::Day(month?, day)));
        let goes_on = || self.joint(end).is_some_and(|(next, _)| self.day_behind(next).is_some());
        // "On May 25 and 26 people came", "on May 25, 26 of them"
        let sure = if by_word { after > end || self.stands_alone(end) } else { goes_on() };
        sure.then_some((after, date))
    }

    /// What joins the number before `at` to the one behind: where that begins, and whether a word joins them.
    fn joint(&self, at: usize) -> Option<(usize, bool)> {
        let comma = usize::from(self.is(at, ","));
        let word = usize::from(self.joins(at + comma));
        let the = usize::from(word == 1 && self.word(at + comma + word) == Some(Word::The));
        (comma + word > 0).then_some((at + comma + word + the, word == 1))
    }

    /// The last token of what is joined to the number at `at`, and whether a word joins them.
    fn joint_before(&self, at: usize) -> Option<(usize, bool)> {
        let before = |at: usize| at.checked_sub(1).filter(|before| *before >= self.first);
        let mut last = before(at)?;
        let by_word = self.joins(last);
        if by_word {
            last = before(last)?;
        }
        let comma = self.is(last, ",");
        if comma {
            last = before(last)?;
        }
        (by_word || comma).then_some((last, by_word))
    }

    fn joins(&self, at: usize) -> bool {
        self.is(at, "&") || self.says(at, "and") || self.says(at, "or")
    }

    /// Whether a number counts nothing: a mark or a small word that begins a phrase follows.
    fn stands_alone(&self, at: usize) -> bool {
        self.token(at).is_none_or(|next| match next.kind {
            TokenKind::Mark => matches!(self.string(at), "." | "," | ";" | ":" | ")" | "?" | "!" | "–" | "—"),
            TokenKind::Word => FOLLOWING.iter().any(|word| self.says(at, word)),
            _ => false,
        })
    }
}

/// Words behind a day of a month that is not counted with them.
const FOLLOWING: [&str; 28] = [
    "in", "at", "on", "to", "with", "for", "when", "where", "as", "by", "during", "because", "after",
    "before", "while", "though", "but", "is", "are", "was", "were", "will", "would", "has", "had", "have",
    "this", "last",
];
