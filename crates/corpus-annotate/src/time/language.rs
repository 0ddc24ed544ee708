//! Dates in passages of other languages than English: those that are written out, and years.
//!
//! The words of months are those of `corpus_core::date`. Which way a date lies, "gestern", spans of time and times of
//! day are read in English alone.

use super::{
    expression::{Date, Expression, Field, Meaning, Year},
    grammar::Reader,
};
use crate::{
    language::is_english,
    lexicon::Lexicon,
    page::{Page, Passage},
    token::TokenKind,
};
use corpus_core::{
    Span,
    date::{Running, Stated, in_running_text},
};
use std::{iter::Peekable, sync::LazyLock};

/// The dates of one passage in another language.
pub(super) struct Written<'p> {
    page: &'p Page<'p>,
    /// Where the passage begins.
    start: usize,
    dates: Peekable<Running<'p>>,
    /// Where the name of a street ends that a date is part of.
    street_end: usize,
}

/// Words of other languages between which and a noun a round number of four digits is a year: "im Jahr 2000 wurde".
static IN_YEAR: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(
        [
            "in", "im", "jahr", "jahre", "en", "an", "année", "año", "em", "ano", "nel", "anno", "jaar", "w",
            "v", "u", "roku", "roce", "в", "у", "с", "i", "år", "vuonna",
        ]
        .map(|word| (word, ())),
    )
});

impl<'p> Written<'p> {
    /// The dates of a passage, if it is in another language than English.
    pub(super) fn of(page: &'p Page<'p>, passage: &Passage) -> Option<Self> {
        let language = page.language_of(passage)?;
        if is_english(language) {
            return None;
        }
        let dates = in_running_text(&page.document.text[passage.span], language).peekable();
        Some(Written { page, start: passage.span.start, dates, street_end: 0 })
    }

    /// The date that begins in token `at`; to be asked token by token, in their order.
    pub(super) fn read(&mut self, reader: &Reader<'_>, at: usize) -> Option<Expression> {
        let token = self.page.tokens[at];
        let starts = |date: &Stated| self.start + date.range.start < token.end as usize;
        if let Some(date) = self.dates.next_if(starts) {
            if date.is_street {
                self.street_end = self.start + date.range.end;
                return None;
            }
            let span = Span::new(self.start + date.range.start, self.start + date.range.end);
            let year = date.year.map_or(Year::Open, Year::Is);
            let field = match (date.month, date.day) {
                (Some(month), Some(day)) => match date.first_day {
                    Some(first) => Field::Days(month, first, day),
                    None => Field::Day(month, day),
                },
                (Some(month), None) => Field::Month(month),
                (None, _) => Field::Year,
            };
            let meaning = Meaning::Date(Date::of(field).in_year(year));
            let tokens = at..self.page.token_at(span.end);
            return Some(Expression { tokens, span, meaning, rule: "time:written" });
        }
        if token.kind != TokenKind::Number || (token.start as usize) < self.street_end || self.counts(at) {
            return None;
        }
        let (end, date) = reader.lone_year(at)?;
        let span = Span::new(token.start as usize, self.page.tokens[end - 1].end as usize);
        Some(Expression { tokens: at..end, span, meaning: Meaning::Date(date), rule: "time:written" })
    }

    /// Whether a round number counts the word behind it: "2000 Menschen".
    fn counts(&self, at: usize) -> bool {
        let tokens = &self.page.tokens;
        let round = self.page.word(tokens[at]).ends_with("00");
        let led = at > 0 && IN_YEAR.get(tokens[at - 1]).is_some();
        round && !led && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.spaced)
    }
}
