//! Expressions of time read from tokens, by what each kind of word can begin.

mod clock;
mod compound;
mod definite;
mod era;
mod feast;
mod joined;
mod length;
mod named;
mod numeric;
mod reference;
mod relative;
mod year;

use super::{
    expression::{Clock, Date, Expression, Field, Meaning, Recurrence, Year},
    vocabulary::{Portion, Shift, Short, Unit, VOCABULARY, Word},
};
use crate::token::{Case, Key, Token, TokenKind};
use corpus_core::{Span, date::Order};

/// Where an expression ends, what it reads, and the rule that read it.
type Read = Option<(usize, Meaning, &'static str)>;

/// Reads the expressions of time of one passage.
pub(super) struct Reader<'p> {
    text: &'p str,
    /// The tokens of the page up to the end of the passage.
    tokens: &'p [Token],
    /// What each token of the passage is in an expression of time, from token `first` on.
    words: &'p [Option<Word>],
    first: usize,
    /// The order of day and month in the page's dates in figures, where they show one.
    order: Option<Order>,
    /// Whether the page tells of years before the year 1000.
    is_early: bool,
    /// Whether the passage is in English.
    is_english: bool,
}

/// What the tokens of a passage are in expressions of time.
pub(super) fn words(tokens: &[Token], words: &mut Vec<Option<Word>>) {
    words.clear();
    let vocabulary = &*VOCABULARY;
    words.extend(tokens.iter().map(|token| {
        if !token.is_word() {
            return None;
        }
        let word = vocabulary.get(*token);
        if word.is_none() && token.hyphenated { Some(Word::Compound) } else { word }
    }));
}

impl<'p> Reader<'p> {
    /// A reader of `page.tokens[first..end]`.
    pub(super) fn new(text: &'p str, tokens: &'p [Token], words: &'p [Option<Word>], first: usize) -> Self {
        Reader { text, tokens, words, first, order: None, is_early: false, is_english: true }
    }

    /// The same reader, of a page whose dates in figures have an order.
    pub(super) fn in_order(self, order: Option<Order>) -> Self {
        Reader { order, ..self }
    }

    /// The same reader, of a page that tells of years before the year 1000, or does not.
    pub(super) fn of_early_years(self, is_early: bool) -> Self {
        Reader { is_early, ..self }
    }

    /// The same reader, of a passage in English or in another language.
    pub(super) fn in_english(self, is_english: bool) -> Self {
        Reader { is_english, ..self }
    }

    /// The expression that begins at token `at`.
    pub(super) fn read(&self, at: usize) -> Option<Expression> {
        let token = self.tokens[at];
        let found = match token.kind {
            TokenKind::Number => self.counted(at).or_else(|| self.dated(at)),
            // Only an apostrophe begins a date: "'90s".
            TokenKind::Mark if matches!(self.string(at), "'" | "’" | "‘") => self.dated(at),
            TokenKind::Mark => None,
            TokenKind::Possessive => None,
            TokenKind::Word => match self.word(at)? {
                Word::Compound => return self.compound(at),
                Word::About | Word::More | Word::AtLeast => self.rough(at),
                Word::Numeral => self.counted(at).or_else(|| self.dated(at)),
                Word::A | Word::Half | Word::Few | Word::Couple | Word::Units(_) => self.counted(at),
                Word::Every => self.every(at),
                // "Daily Nation" is a name.
                Word::Recurring(_) if self.opens_name(at) || self.ends_name(at) || self.is_paper(at) => None,
                Word::Recurring(length) => {
                    Some((at + 1, Meaning::Every(Recurrence::Length(length)), "time:recurring"))
                }
                Word::Vague(_) => self.vague(at),
                Word::The if !self.leads(at) => None,
                Word::The => self
                    .event_day(at)
                    .or_else(|| self.to_now(at))
                    .or_else(|| self.dated(at))
                    .or_else(|| self.vague(at)),
                Word::Shift(_) => self.to_now(at).or_else(|| self.dated(at)),
                // "on Mondays"
                Word::Weekday(day, Short::No) if self.string(at).ends_with('s') => {
                    Some((at + 1, Meaning::Every(Recurrence::Weekday(day)), "time:recurring"))
                }
                Word::Months(month) if token.is_capitalised() => self.plural(at, Recurrence::Month(month)),
                Word::Months(_) => None,
                Word::Seasons(season) => self.plural(at, Recurrence::Season(season.codes().0)),
                Word::Of | Word::Preposition | Word::Ago => None,
                _ => self.dated(at),
            },
        };
        let (end, meaning, rule) = found?;
        let span = Span::new(token.start as usize, self.tokens[end - 1].end as usize);
        Some(Expression { tokens: at..end, span, meaning, rule })
    }

    /// Whether "the" at `at` stands before what an expression may go on with.
    fn leads(&self, at: usize) -> bool {
        const FURTHER: [Key; 4] =
            [Key::ascii("very"), Key::ascii("near"), Key::ascii("distant"), Key::ascii("foreseeable")];
        self.word(at + 1).is_some()
            || self.token(at + 1).is_some_and(|next| !next.is_word() || FURTHER.contains(&next.key))
    }

    fn dated(&self, at: usize) -> Read {
        let (end, date) = self.date(at)?;
        Some((end, Meaning::Date(date), "time:date"))
    }

    /// What token `at` is, `None` beyond the passage too.
    fn word(&self, at: usize) -> Option<Word> {
        *self.words.get(at.checked_sub(self.first)?)?
    }

    fn token(&self, at: usize) -> Option<Token> {
        if at < self.first { None } else { self.tokens.get(at).copied() }
    }

    /// The text of token `at`, empty beyond the passage.
    fn string(&self, at: usize) -> &'p str {
        self.token(at).map_or("", |token| &self.text[token.span()])
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.string(at) == text
    }

    /// Whether token `at` is this word, in any case.
    fn says(&self, at: usize, word: &str) -> bool {
        self.string(at).eq_ignore_ascii_case(word)
    }

    /// A date with its year, portion and time of day.
    fn date(&self, at: usize) -> Option<(usize, Date)> {
        if let Some((end, clock)) = self.clock(at) {
            return Some(self.date_after_clock(end, clock));
        }
        let (end, date) = self.portioned(at).or_else(|| self.plain(at))?;
        Some(self.with_clock(end, date))
    }

    /// A date before which a portion is named: "the second half of December 2012", "early 2009", "the end of the year".
    fn portioned(&self, at: usize) -> Option<(usize, Date)> {
        let mut next = at;
        if self.word(next) == Some(Word::The) {
            next += 1;
        }
        if self.says(next, "very") {
            next += 1;
        }
        if let Some(Word::Portion(portion)) = self.word(next) {
            next += 1;
            let portion_word = self.string(next - 1);
            if self.is(next, "-") {
                next += 1;
            }
            let mut end = next;
            let of = self.word(end) == Some(Word::Of);
            if of {
                end += 1;
            }
            // "early in the year"
            if matches!(portion_word, "early" | "Early" | "late" | "Late")
                && let Some((end, date)) = self.in_the(end)
            {
                return Some((end, Date { portion: Some(portion), ..date }));
            }
            if portion == Portion::Whole {
                // "the entire year" is the year spoken of.
                return match (self.word(at), self.word(end)) {
                    (Some(Word::The), Some(Word::Unit(unit))) if unit >= Unit::Day => {
                        let date = Date::of(Field::FromNamed(unit, 0));
                        Some((end + 1, Date { portion: Some(Portion::Whole), ..date }))
                    }
                    _ => None,
                };
            }
            let (end, date) = self.plain(end).or_else(|| self.definite(end))?;
            let wide = match date.field {
                Field::Day(..) | Field::Days(..) | Field::Clock | Field::Ago(..) => false,
                // "classes start Monday"
                Field::Weekday(..) => {
                    of || matches!(portion_word, "early" | "Early" | "late" | "Late" | "mid")
                }
                _ => true,
            };
            return wide.then_some((end, Date { portion: Some(portion), ..date }));
        }
        let order = self.ordinal(next)?;
        let after = next + 1;
        let (end, date) = match self.word(after)? {
            Word::Half => {
                let of = after + 1 + usize::from(self.word(after + 1) == Some(Word::Of));
                let portion = if order == 1 { Portion::FirstHalf } else { Portion::SecondHalf };
                let (end, date) = self.plain(of).or_else(|| self.definite(of))?;
                return Some((end, Date { portion: Some(portion), ..date }));
            }
            Word::Unit(Unit::Quarter) => {
                let quarter = if order == 0 { 4 } else { order };
                let (end, date) = self.with_year(after + 1, Date::of(Field::Quarter(quarter)));
                // "the last quarter" is the one before this.
                (quarter <= 4 && (order > 0 || date.year != Year::Open)).then_some((end, date))?
            }
            Word::Unit(Unit::Week) if self.word(after + 1) == Some(Word::Of) => {
                let (end, date) = self.plain(after + 2)?;
                let Field::Month(month) = date.field else { return None };
                (end, Date { field: Field::WeekOf(month, order), ..date })
            }
            Word::Unit(Unit::Century) if order > 0 => {
                (after + 1, Date::of(Field::Century(i32::from(order) - 1)))
            }
            _ => return None,
        };
        Some((end, date))
    }

    /// "the year", "the month" after a portion: the one spoken of.
    fn definite(&self, at: usize) -> Option<(usize, Date)> {
        if self.word(at) != Some(Word::The) {
            return None;
        }
        let fiscal = ["fiscal", "financial"].iter().any(|word| self.says(at + 1, word));
        let next = at + 1 + usize::from(fiscal);
        match self.word(next)? {
            Word::Unit(
                unit @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century),
            ) => Some((next + 1, Date::of(Field::FromNow(unit, 0)))),
            Word::Season(season) => Some(self.with_year(next + 1, Date::of(Field::Season(season)))),
            _ => None,
        }
    }

    /// Whether a word is an ordinal, "last" and "final" being 0.
    fn ordinal(&self, at: usize) -> Option<u8> {
        match self.word(at)? {
            Word::Ordinal(order) => Some(order),
            Word::Unit(Unit::Second) => Some(2),
            Word::Shift(Shift::Last) => Some(0),
            _ => None,
        }
        .or_else(|| self.digits_ordinal(at).map(|(_, order)| order))
    }

    /// A date without portion and time of day.
    fn plain(&self, at: usize) -> Option<(usize, Date)> {
        let token = self.token(at)?;
        if token.kind != TokenKind::Word {
            return self.numeric(at);
        }
        match self.word(at)? {
            Word::Month(month, short) => self.month(at, month, short),
            Word::Weekday(day, short) => self.weekday(at, day, short, None),
            Word::Quarter(quarter) => Some(self.with_year(at + 1, Date::of(Field::Quarter(quarter)))),
            Word::HalfYear(half) => {
                let (end, date) = self.with_year(at + 1, Date::of(Field::Half(half)));
                (date.year != Year::Open).then_some((end, date))
            }
            Word::Season(season) => {
                let (end, date) = self.with_year(at + 1, Date::of(Field::Season(season)));
                // "fall" and "spring" are verbs too.
                let sure = date.year != Year::Open || self.sure_season(at);
                sure.then_some((end, date))
            }
            Word::Holiday(..) | Word::Feast(_) | Word::Holy(..) | Word::New => self.feast(at),
            Word::Numeral => {
                let (end, year) = self.spoken_year(at)?;
                Some((end, Date::of(Field::Year).in_year(Year::Is(year))))
            }
            Word::Era => self.after_era(at),
            // "the late sixties"
            Word::Tens(tens) if self.is_late_decade(at) => {
                Some((at + 1, Date::of(Field::OpenDecade(i32::from(tens)))))
            }
            // "Nordic Today" is a name.
            Word::Day(0) if token.is_capitalised() && self.follows_name(at) => None,
            Word::Day(days) => {
                let date = Date::of(Field::FromNow(Unit::Day, i32::from(days)));
                Some(self.day_part(at + 1, date))
            }
            Word::Tonight => {
                let date = Date::of(Field::FromNow(Unit::Day, 0));
                Some((at + 1, Date { clock: Some(Clock::Part("NI")), ..date }))
            }
            Word::Earlier if matches!(self.word(at + 1), Some(Word::Day(0) | Word::Shift(Shift::This))) => {
                self.plain(at + 1)
            }
            Word::Earlier | Word::Later => self.in_the(at + 1),
            Word::Unit(unit) if unit != Unit::Second => self.end_of_unit(at, unit),
            Word::Shift(shift) => self.shifted(at, at + 1, shift),
            Word::The if self.definite_date(at).is_some() => self.definite_date(at),
            Word::The => match self.word(at + 1)? {
                Word::Tens(tens) => Some((at + 2, Date::of(Field::OpenDecade(i32::from(tens))))),
                Word::Shift(shift) => self.shifted(at, at + 2, shift),
                Word::Season(season) if !self.says(at + 2, "of") || self.numeric(at + 3).is_some() => {
                    Some(self.with_year(at + 2, Date::of(Field::Season(season))))
                }
                Word::Unit(Unit::Year) if self.says(at + 2, "previous") || self.says(at + 2, "before") => {
                    Some((at + 3, Date::of(Field::FromNamed(Unit::Year, -1))))
                }
                Word::Ordinal(_) | Word::Unit(Unit::Second) => {
                    self.century(at + 1).or_else(|| self.ordinal_day(at + 1))
                }
                Word::Feast(_) | Word::Holy(..) => self.feast(at + 1),
                _ => self.decade(at + 1),
            },
            Word::Ordinal(_) | Word::Unit(Unit::Second) => self.century(at).or_else(|| self.ordinal_day(at)),
            _ => None,
        }
    }

    /// A month, with the day and the year that stand with it.
    fn month(&self, at: usize, month: u8, short: Short) -> Option<(usize, Date)> {
        let token = self.tokens[at];
        let end = self.after_stop(at + 1, short);
        let day = self.day_of_month(end);
        if let Some((after, first, last)) = day {
            let field = match last {
                Some(last) => Field::Days(month, first, last),
                None => Field::Day(month, first),
            };
            return Some(self.with_year(after, Date::of(field)));
        }
        let (after, date) = self.with_year(end, Date::of(Field::Month(month)));
        // "may", "march" and "mar" are other words in lower case, and names before names.
        let verb = matches!(month, 3 | 5) || short == Short::Yes;
        // "in the middle of Feb."
        let stopped = end > at + 1 && at > self.first && matches!(self.word(at - 1), Some(Word::Of));
        let sure = date.year != Year::Open
            || stopped
            || match token.case {
                Case::Lower => !verb,
                Case::Title if verb => self.sure_month(at, end),
                _ => !self.is_name(at),
            };
        sure.then_some((after, date))
    }

    /// The token after the full stop of an abbreviation.
    fn after_stop(&self, at: usize, short: Short) -> usize {
        at + usize::from(short == Short::Yes && self.is(at, ".") && !self.tokens[at].spaced)
    }

    /// A day of the week, with the date that stands with it.
    fn weekday(&self, at: usize, day: u8, short: Short, weeks: Option<i32>) -> Option<(usize, Date)> {
        let end = self.after_stop(at + 1, short);
        let stopped = end > at + 1;
        if self.is_named_day(at) {
            return None;
        }
        // "Monday, 2 October 2017"
        let comma = usize::from(self.is(end, ","));
        for skip in [comma, comma + usize::from(self.says(end + comma, "the"))] {
            let dated = self.plain_month_day(end + skip);
            if let Some((end, date)) = dated {
                return Some((end, Date { weekday: Some(day), ..date }));
            }
        }
        if short == Short::Yes && !(stopped && self.tokens[at].case == Case::Title) {
            return None;
        }
        let date = Date::of(Field::Weekday(day, weeks));
        Some(self.day_part(end, date))
    }

    /// A day of a month, in either order.
    fn plain_month_day(&self, at: usize) -> Option<(usize, Date)> {
        let found = match self.word(at) {
            Some(Word::Month(month, short)) => self.month(at, month, short),
            _ => self.numeric(at),
        };
        found.filter(|(_, date)| matches!(date.field, Field::Day(..)))
    }

    /// The date with the part of the day that follows.
    fn day_part(&self, at: usize, date: Date) -> (usize, Date) {
        let plural = self.string(at).ends_with('s');
        match self.word(at) {
            Some(Word::DayPart(part)) if !plural => (at + 1, Date { clock: Some(Clock::Part(part)), ..date }),
            _ => (at, date),
        }
    }
}
