//! Expressions of time read from tokens, by what each kind of word can begin.

mod clock;
mod compound;
mod era;
mod feast;
mod joined;
mod length;
mod numeric;

use super::{
    expression::{Clock, Date, Expression, Field, Meaning, Recurrence, Year},
    vocabulary::{COUNTED, Portion, Shift, Short, Unit, VOCABULARY, Word},
};
use crate::token::{Case, Key, Token, TokenKind};
use corpus_core::Span;

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
        Reader { text, tokens, words, first }
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
                Word::Of | Word::Preposition | Word::Ago | Word::Later => None,
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
            if self.is(next, "-") {
                next += 1;
            }
            let mut end = next;
            if self.word(end) == Some(Word::Of) {
                end += 1;
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
            let wide =
                !matches!(date.field, Field::Day(..) | Field::Days(..) | Field::Clock | Field::Ago(..));
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
            Word::Tens(tens) if at > self.first && matches!(self.word(at - 1), Some(Word::Portion(_))) => {
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
            Word::Shift(shift) => self.shifted(at, at + 1, shift),
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
        let sure = date.year != Year::Open
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

    /// Whether "May" or "March" stands where a month does.
    fn sure_month(&self, at: usize, end: usize) -> bool {
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
        ) || before == Some(Word::Compound);
        led && !self.token(end).is_some_and(|next| next.is_capitalised())
    }

    /// Whether a capitalised word belongs to a name: "April Byrne", "Ms June".
    fn is_name(&self, at: usize) -> bool {
        let next = self
            .token(at + 1)
            .is_some_and(|next| next.is_word() && next.case == Case::Title && self.word(at + 1).is_none());
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        let led = at > self.first && self.word(at - 1).is_some();
        next && !led && before.is_none_or(|before| before.kind == TokenKind::Mark)
    }

    /// Whether a word in title case stands before another one.
    fn opens_name(&self, at: usize) -> bool {
        self.tokens[at].case == Case::Title
            && self.token(at + 1).is_some_and(|next| next.is_word() && next.is_capitalised())
    }

    /// Whether a word in title case ends a name: "Delta Daily".
    fn ends_name(&self, at: usize) -> bool {
        self.tokens[at].case == Case::Title && self.follows_name(at) && self.tokens[at].spaced
    }

    /// Whether it is a paper that comes out so often: "the daily Vesti".
    fn is_paper(&self, at: usize) -> bool {
        let named = self.token(at + 1).is_some_and(|next| next.is_word() && next.case == Case::Title);
        named && at > self.first && self.word(at - 1) == Some(Word::The)
    }

    /// Whether the token before is a capitalised word that is no expression of time.
    fn follows_name(&self, at: usize) -> bool {
        at > self.first && {
            let before = self.tokens[at - 1];
            before.is_word() && before.is_capitalised() && self.word(at - 1).is_none()
        }
    }

    fn sure_season(&self, at: usize) -> bool {
        let word = self.string(at);
        if !word.eq_ignore_ascii_case("fall") && !word.eq_ignore_ascii_case("spring") {
            return !self.token(at + 1).is_some_and(|next| next.is_capitalised() && next.is_word());
        }
        at.checked_sub(1).is_some_and(|before| {
            matches!(self.word(before), Some(Word::Preposition | Word::Portion(_) | Word::Every))
        })
    }

    /// A day of the week, with the date that stands with it.
    fn weekday(&self, at: usize, day: u8, short: Short, weeks: Option<i32>) -> Option<(usize, Date)> {
        let end = self.after_stop(at + 1, short);
        let stopped = end > at + 1;
        // "Monday, 2 October 2017"
        let comma = usize::from(self.is(end, ","));
        for skip in [comma, comma + usize::from(self.says(end + comma, "the"))] {
            let dated = self.plain_month_day(end + skip);
            if let Some(found) = dated {
                return Some(found);
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

    /// "last year", "the next month", "this Friday", "the same day", "that summer".
    fn shifted(&self, at: usize, next: usize, shift: Shift) -> Option<(usize, Date)> {
        if shift == Shift::Recent {
            return None;
        }
        let definite = self.word(at) == Some(Word::The);
        let mut next = next;
        if matches!(shift, Shift::Last | Shift::This | Shift::Next) && self.says(next, "very") {
            next += 1;
        }
        let named = matches!(shift, Shift::Previous | Shift::Following | Shift::Same | Shift::That);
        let step = match shift {
            Shift::Last | Shift::Past | Shift::Recent | Shift::Previous => -1,
            Shift::This | Shift::Same | Shift::That => 0,
            Shift::Next | Shift::Coming | Shift::Following => 1,
        };
        match self.word(next)? {
            Word::Unit(unit) => {
                if unit == Unit::Second || (unit <= Unit::Hour && shift != Shift::Next) {
                    return None;
                }
                if unit == Unit::Day && matches!(shift, Shift::Last | Shift::Past | Shift::This) {
                    return None;
                }
                let field = if named { Field::FromNamed(unit, step) } else { Field::FromNow(unit, step) };
                let (end, date) = (next + 1, Date::of(field));
                // "the same month last year", "the same period a year ago"
                if shift == Shift::Same && definite {
                    return Some(self.with_year(end, date));
                }
                Some((end, date))
            }
            Word::Weekday(day, short) => {
                let weeks = (shift != Shift::Past).then_some(step);
                self.weekday(next, day, short, weeks)
            }
            Word::Month(month, Short::No)
                if !(matches!(month, 3 | 5) && self.tokens[next].case == Case::Lower) =>
            {
                Some((next + 1, Date::of(Field::MonthFromNow(month, step))))
            }
            Word::Season(season) => Some((next + 1, Date::of(Field::SeasonFromNow(season, step)))),
            Word::DayPart(part) => {
                let day = if shift == Shift::Last { -1 } else { 0 };
                let field =
                    if named { Field::FromNamed(Unit::Day, step) } else { Field::FromNow(Unit::Day, day) };
                Some((next + 1, Date { clock: Some(Clock::Part(part)), ..Date::of(field) }))
            }
            Word::Holiday(..) | Word::Feast(_) => {
                let (end, date) = self.feast(next)?;
                Some((end, date.in_year(Year::FromNow(step))))
            }
            _ if shift == Shift::Same && definite && self.says(next, "period") => {
                let (end, date) = self.with_year(next + 1, Date::of(Field::FromNamed(Unit::Month, 0)));
                (date.year != Year::Open).then_some((end, date))
            }
            _ => None,
        }
    }

    /// The date with the part of the day that follows.
    fn day_part(&self, at: usize, date: Date) -> (usize, Date) {
        let plural = self.string(at).ends_with('s');
        match self.word(at) {
            Some(Word::DayPart(part)) if !plural => (at + 1, Date { clock: Some(Clock::Part(part)), ..date }),
            _ => (at, date),
        }
    }

    /// The date with the year that follows: "2013", ", 2013", "of 2013", "last year", "of this year".
    fn with_year(&self, at: usize, date: Date) -> (usize, Date) {
        let shift = |at: usize| {
            let the = usize::from(self.word(at) == Some(Word::The));
            let Some(Word::Shift(shift)) = self.word(at + the) else { return None };
            if !matches!(self.word(at + the + 1), Some(Word::Unit(Unit::Year))) {
                return None;
            }
            let year = match shift {
                Shift::Last | Shift::Past | Shift::Recent => Year::FromNow(-1),
                Shift::This => Year::FromNow(0),
                Shift::Next | Shift::Coming => Year::FromNow(1),
                Shift::Previous => Year::FromNamed(-1),
                Shift::Following => Year::FromNamed(1),
                Shift::Same | Shift::That => Year::FromNamed(0),
            };
            Some((at + the + 2, year))
        };
        let ago = |at: usize| {
            let yes = self.word(at) == Some(Word::A)
                && self.word(at + 1) == Some(Word::Unit(Unit::Year))
                && self.word(at + 2) == Some(Word::Ago);
            yes.then_some((at + 3, Year::FromNow(-1)))
        };
        let skips = [0, usize::from(self.is(at, ",") || self.word(at) == Some(Word::Of))];
        let year = skips.into_iter().find_map(|skip| {
            let at = at + skip;
            let whole = self.year(at).or_else(|| self.spoken_year(at));
            let is = whole.or_else(|| self.early_year(at, date)).map(|(end, year)| (end, Year::Is(year)));
            let spoken = if skip == 1 && self.is(at - 1, ",") { None } else { shift(at).or_else(|| ago(at)) };
            is.or(spoken)
        });
        match year {
            Some((end, year)) => (end, date.in_year(year)),
            None => (at, date),
        }
    }

    /// A year of four digits right here.
    fn year(&self, at: usize) -> Option<(usize, i32)> {
        let token = self.token(at)?;
        if token.kind != TokenKind::Number || token.end - token.start != 4 {
            return None;
        }
        let year: i32 = self.string(at).parse().ok()?;
        ((1000..=2199).contains(&year) && !self.is_counted(at)).then_some((at + 1, year))
    }

    /// Whether the number counts what follows, or is part of a larger one.
    fn is_counted(&self, at: usize) -> bool {
        let Some(next) = self.token(at + 1) else { return false };
        if !next.spaced && next.kind == TokenKind::Word {
            return true;
        }
        match next.kind {
            TokenKind::Word => {
                let rough = self.says(at + 1, "or")
                    && ["so", "more", "fewer"].iter().any(|word| self.says(at + 2, word));
                rough || COUNTED.get(next).is_some() || clock::is_zone(self.string(at + 1))
            }
            TokenKind::Mark => {
                self.is(at + 1, "%")
                    || (!next.spaced && matches!(self.string(at + 1), "°" | "€" | "£" | "/" | "@" | "_"))
            }
            _ => false,
        }
    }

    /// A reference without a date.
    fn vague(&self, at: usize) -> Read {
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
    fn event_day(&self, at: usize) -> Read {
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
