//! Expressions of time within one hyphenated word: "five-year", "mid-2011", "third-quarter", "North-2017".

use super::Reader;
use crate::{
    numeral,
    time::{
        expression::{Date, Expression, Field, Meaning, Year},
        vocabulary::{Unit, VOCABULARY, Word},
    },
    token::tokenise,
};
use corpus_core::Span;

impl Reader<'_> {
    /// What the parts of the hyphenated word at `at` say.
    pub(super) fn compound(&self, at: usize) -> Option<Expression> {
        let span = self.tokens[at].span();
        let word = &self.text[span];
        let cut = word.find(['-', '\u{2010}', '\u{2011}'])?;
        let hyphen = word[cut..].chars().next().map_or(1, char::len_utf8);
        let (left, right) = (&word[..cut], &word[cut + hyphen..]);
        let of = |end: usize, meaning, rule| {
            let span = Span::new(span.start, self.tokens[end - 1].end as usize);
            Some(Expression { tokens: at..end, span, meaning, rule })
        };
        let year = right.parse::<i32>().ok().filter(|year| right.len() == 4 && (1900..=2099).contains(year));
        let first = VOCABULARY.value(left);
        if let Some(year) = year {
            let date = Date::of(Field::Year).in_year(Year::Is(year));
            if let Some(Word::Portion(portion)) = first {
                return of(at + 1, Meaning::Date(Date { portion: Some(portion), ..date }), "time:date");
            }
            // "North-2017", "post-2013": the year alone.
            let span = Span::new(span.end - right.len(), span.end);
            let rule = if self.tokens[at].is_capitalised() { "time:in-name" } else { "time:date" };
            return Some(Expression { tokens: at..at + 1, span, meaning: Meaning::Date(date), rule });
        }
        if let (Some(Word::Portion(portion)), Some(decade)) = (first, decade(right)) {
            let date = Date { portion: Some(portion), ..Date::of(Field::Decade(decade)) };
            return of(at + 1, Meaning::Date(date), "time:date");
        }
        let second = VOCABULARY.value(right);
        match (first?, second) {
            (Word::Portion(portion), Some(Word::Month(month, _))) => {
                let (end, date) = self.with_year(at + 1, Date::of(Field::Month(month)));
                of(end, Meaning::Date(Date { portion: Some(portion), ..date }), "time:date")
            }
            (Word::Portion(portion), Some(Word::Season(season))) => {
                let (end, date) = self.with_year(at + 1, Date::of(Field::Season(season)));
                of(end, Meaning::Date(Date { portion: Some(portion), ..date }), "time:date")
            }
            (Word::Numeral, Some(Word::Unit(unit))) => {
                let mut tokens = Vec::new();
                tokenise(left, (0..left.len()).into(), &mut tokens);
                let number = numeral::read(left, &tokens, 0)?;
                of(at + 1, Meaning::Length(Some(number.value), unit), "time:length")
            }
            (Word::Ordinal(quarter), Some(Word::Unit(Unit::Quarter))) if (1..=4).contains(&quarter) => {
                let (end, date) = self.with_year(at + 1, Date::of(Field::Quarter(quarter)));
                of(end, Meaning::Date(date), "time:date")
            }
            (Word::Unit(Unit::Second), Some(Word::Unit(Unit::Quarter))) => {
                let (end, date) = self.with_year(at + 1, Date::of(Field::Quarter(2)));
                of(end, Meaning::Date(date), "time:date")
            }
            (Word::Ordinal(order), Some(Word::Unit(Unit::Century))) if order > 0 => {
                of(at + 1, Meaning::Date(Date::of(Field::Century(i32::from(order) - 1))), "time:date")
            }
            // "January-June 2016"
            (Word::Month(from, _), Some(Word::Month(to, _))) if from < to => {
                let (end, date) = self.with_year(at + 1, Date::of(Field::Months(from, to)));
                of(end, Meaning::Date(date), "time:date")
            }
            // "the year-end report"
            (Word::Unit(unit @ (Unit::Month | Unit::Quarter | Unit::Year)), Some(Word::Portion(_)))
                if right.eq_ignore_ascii_case("end") =>
            {
                let (end, date) = self.ended(at + 1, unit);
                of(end, Meaning::Date(date), "time:date")
            }
            (Word::Units(unit), None) if right.eq_ignore_ascii_case("long") => {
                of(at + 1, Meaning::Length(None, unit), "time:length")
            }
            (Word::Unit(unit), None) if right.eq_ignore_ascii_case("long") => {
                of(at + 1, Meaning::Length(Some(1.0), unit), "time:length")
            }
            _ => None,
        }
    }
}

/// The first three digits of a decade: "1980s".
fn decade(word: &str) -> Option<i32> {
    let digits = word.strip_suffix('s').filter(|digits| digits.len() == 4 && digits.ends_with('0'))?;
    digits.parse::<i32>().ok().filter(|year| year % 100 > 0).map(|year| year / 10)
}
