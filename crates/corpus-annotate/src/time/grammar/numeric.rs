//! Dates that begin with a number, decades and centuries.

use super::Reader;
use crate::{
    statement::word::Tags,
    time::{
        expression::{Date, Field, Year},
        vocabulary::{Unit, Word},
    },
    token::{Case, Token, TokenKind},
};
use corpus_core::{date::Order, edtf::Day};

impl Reader<'_> {
    /// A date that begins with a number or an apostrophe.
    pub(super) fn numeric(&self, at: usize) -> Option<(usize, Date)> {
        let token = self.token(at)?;
        if token.kind == TokenKind::Mark {
            return self.decade(at).or_else(|| self.short_year(at));
        }
        if token.kind != TokenKind::Number || self.is_money(at) {
            return None;
        }
        self.written_out(at)
            .or_else(|| self.attack(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.day_before(at))
            .or_else(|| self.day_behind(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.century(at))
            .or_else(|| self.of_era(at))
            .or_else(|| self.early_span(at))
            .or_else(|| self.lone_early_year(at))
            .or_else(|| self.bare_year(at))
            .or_else(|| self.end_of_span(at))
    }

    /// A year by itself, or the second of a span of two.
    pub(in crate::time) fn lone_year(&self, at: usize) -> Option<(usize, Date)> {
        if self.is_money(at) { None } else { self.bare_year(at).or_else(|| self.end_of_span(at)) }
    }

    /// "9/11".
    fn attack(&self, at: usize) -> Option<(usize, Date)> {
        let apart = |at: usize| self.token(at).is_none_or(|token| token.spaced || !self.is_joint(at));
        let written = self.is(at, "9") && self.is(at + 1, "/") && self.is(at + 2, "11");
        let alone = (at == self.first || self.tokens[at].spaced || apart(at - 1)) && apart(at + 3);
        (written && alone).then(|| (at + 3, Date::of(Field::Day(9, 11)).in_year(Year::Is(2001))))
    }

    /// "2017-10-02", "2017/10/02", "02/10/2017", "2.10.2017", "2/Oct/2017".
    fn written_out(&self, at: usize) -> Option<(usize, Date)> {
        let word = self.string(at);
        let number = |word: &str| word.parse::<u16>().ok().map(|value| (value, word.len()));
        if word.matches('.').count() == 2 {
            let mut parts = word.split('.').map(number);
            let parts = [parts.next()??, parts.next()??, parts.next()??];
            // "PHP 7.4.33", "kernel 2.6.32": what stands behind a name is a version.
            if self.is_english && parts[2].1 == 2 && self.is_named(at) {
                return None;
            }
            // Where dots part the numbers, the day comes first everywhere.
            return Some((at + 1, day_of(parts, Order::DayFirst)?));
        }
        let mark = self.token(at + 1).filter(|mark| !mark.spaced && mark.kind == TokenKind::Mark)?;
        let sign = &self.text[mark.span()];
        if !matches!(sign, "-" | "/") || !self.is(at + 3, sign) {
            return None;
        }
        if let Some(Word::Month(month, _)) = self.word(at + 2) {
            let (end, year) = self.year(at + 4)?;
            let day = self.day_number(at)?.1;
            return Some((end, Date::of(Field::Day(month, day)).in_year(Year::Is(year))));
        }
        let parts = [number(word)?, number(self.string(at + 2))?, number(self.string(at + 4))?];
        Some((at + 5, day_of(parts, self.order.unwrap_or(Order::MonthFirst))?))
    }

    /// "30 May 1832", "the 21st of June", "5–6 September 2019".
    pub(super) fn day_first(&self, at: usize) -> Option<(usize, Date)> {
        let (mut next, first) = self.day_number(at)?;
        let mut last = None;
        let ranges = matches!(self.string(next), "-" | "–" | "—" | "/") || self.says(next, "to");
        let second = if ranges { self.day_number(next + 1) } else { None };
        if let Some((end, day)) = second.filter(|(_, day)| *day > first) {
            (next, last) = (end, Some(day));
        }
        if self.word(next) == Some(Word::Of) {
            next += 1;
        }
        let Some(Word::Month(month, short)) = self.word(next) else { return None };
        if !self.token(next)?.is_capitalised() && matches!(month, 3 | 5) && last.is_none() && first > 12 {
            return None;
        }
        next = self.after_stop(next + 1, short);
        let field = match last {
            Some(last) => Field::Days(month, first, last),
            None => Field::Day(month, first),
        };
        Some(self.with_year(next, Date::of(field)))
    }

    /// A day of a month: where its number ends, and the number.
    pub(super) fn day_number(&self, at: usize) -> Option<(usize, u8)> {
        if let Some(found) = self.digits_ordinal(at) {
            return (1..=31).contains(&found.1).then_some(found);
        }
        let word = self.string(at);
        if self.token(at)?.kind != TokenKind::Number || word.len() > 2 {
            return None;
        }
        let day = word.parse().ok().filter(|day| (1..=31).contains(day))?;
        Some((at + 1, day))
    }

    /// "21st": where it ends, and the number.
    pub(super) fn digits_ordinal(&self, at: usize) -> Option<(usize, u8)> {
        let ending = self.token(at + 1).filter(|ending| !ending.spaced && ending.kind == TokenKind::Word)?;
        let word = self.string(at);
        if ending.end - ending.start != 2 || word.len() > 2 || self.tokens[at].kind != TokenKind::Number {
            return None;
        }
        let ordinal = ["st", "nd", "rd", "th"].iter().any(|suffix| self.says(at + 1, suffix));
        ordinal.then(|| word.parse().ok()).flatten().map(|number| (at + 2, number))
    }

    /// The day or days after the name of a month: where they end, the first and the last.
    pub(super) fn day_of_month(&self, at: usize) -> Option<(usize, u8, Option<u8>)> {
        let at = at + usize::from(self.word(at) == Some(Word::The));
        let (end, first) = match self.word(at) {
            Some(Word::Ordinal(day)) if day > 0 => (at + 1, day),
            _ => self.day_number(at)?,
        };
        if self.clock(at).is_some() {
            return None;
        }
        if let Some(next) = self.token(end) {
            // "May 5%", "March 4x"
            if !next.spaced && (next.kind == TokenKind::Word || self.is(end, "%")) {
                return None;
            }
        }
        // "May 25/26", but "May 25/26/27" and "May 5/10 of"
        let slash = self.is(end, "/") && !self.is(end + 2, "/");
        let ranges = slash || matches!(self.string(end), "-" | "–" | "—");
        let second = if ranges { self.day_number(end + 1).filter(|(_, last)| *last > first) } else { None };
        Some(second.map_or((end, first, None), |(after, last)| (after, first, Some(last))))
    }

    /// "1990s", "90s", "'80s".
    pub(super) fn decade(&self, at: usize) -> Option<(usize, Date)> {
        let apostrophe = matches!(self.string(at), "'" | "’" | "‘");
        let number = at + usize::from(apostrophe);
        let token = self.token(number)?;
        let word = self.string(number);
        if token.kind != TokenKind::Number || (apostrophe && token.spaced) || !word.ends_with('0') {
            return None;
        }
        let ending = self.token(number + 1).filter(|ending| !ending.spaced)?;
        if ending.kind != TokenKind::Possessive && !self.is(number + 1, "s") {
            return None;
        }
        // "the plans of Vision 2030’s authors": a year, and what it has.
        let led = matches!(
            self.word(number.wrapping_sub(1)),
            Some(Word::The | Word::Portion(_) | Word::Preposition | Word::Of)
        );
        let has =
            ending.kind == TokenKind::Possessive && self.token(number + 2).is_some_and(|next| next.is_word());
        if word.len() == 4 && has && !led {
            return None;
        }
        let value: i32 = word.parse().ok()?;
        let field = match word.len() {
            // "the 2000s" are ten years, where "the 1900s" are a hundred.
            4 if word.ends_with("00") && value < 2000 => Field::Century(value / 100),
            4 => Field::Decade(value / 10),
            2 if (20..=90).contains(&value) && (apostrophe || !self.is_age(at)) => {
                Field::OpenDecade(value / 10)
            }
            _ => return None,
        };
        Some((number + 2, Date::of(field)))
    }

    /// "'71": a year of the last century, or of this one where small.
    fn short_year(&self, at: usize) -> Option<(usize, Date)> {
        let number = self.token(at + 1)?;
        let word = self.string(at + 1);
        let apostrophe = matches!(self.string(at), "'" | "’" | "‘") && self.tokens[at].spaced;
        let alone = self.token(at + 2).is_none_or(|next| next.spaced || next.kind == TokenKind::Mark);
        if !apostrophe || number.spaced || number.kind != TokenKind::Number || word.len() != 2 || !alone {
            return None;
        }
        let value: i32 = word.parse().ok()?;
        let year = if value < 30 { 2000 + value } else { 1900 + value };
        Some((at + 2, Date::of(Field::Year).in_year(Year::Is(year))))
    }

    /// "17th century", "nineteenth-century".
    pub(super) fn century(&self, at: usize) -> Option<(usize, Date)> {
        let Some((end, order)) = self.order(at) else { return self.hyphened_century(at) };
        let of = |order: u8| Date::of(Field::Century(i32::from(order) - 1));
        let hyphen = usize::from(self.is(end, "-"));
        if order > 0 && self.word(end + hyphen) == Some(Word::Unit(Unit::Century)) {
            return Some((end + hyphen + 1, of(order)));
        }
        // The last of several: "twelfth to sixteenth centuries".
        let before = at.checked_sub(1).filter(|before| *before > self.first);
        let several =
            before.is_some_and(|before| matches!(self.string(before), "to" | "and" | "or" | "through"));
        if order > 0 && several && self.word(end) == Some(Word::Units(Unit::Century)) {
            return Some((end + 1, of(order)));
        }
        // "from the 15th to the 19th century", "the twelfth and thirteenth centuries"
        let joined = matches!(self.string(end), "to" | "and" | "or" | "through" | "–" | "—");
        let (last_end, last) =
            self.order(end + 1 + usize::from(self.says(end + 1, "the"))).filter(|_| joined)?;
        let centuries = Some(Word::Unit(Unit::Century)) == self.word(last_end)
            || Some(Word::Units(Unit::Century)) == self.word(last_end);
        (centuries && (1..last).contains(&order)).then(|| (end, of(order)))
    }

    /// "17th", "nineteenth": where it ends, and the number.
    fn order(&self, at: usize) -> Option<(usize, u8)> {
        match self.word(at) {
            Some(Word::Ordinal(order)) if order > 0 => Some((at + 1, order)),
            _ => self.token(at).and_then(|_| self.digits_ordinal(at)),
        }
    }

    /// "17th-century", of which "th-century" is one word.
    fn hyphened_century(&self, at: usize) -> Option<(usize, Date)> {
        let ending = self.token(at + 1).filter(|ending| !ending.spaced && ending.hyphenated)?;
        let (suffix, noun) = self.text[ending.span()].split_once('-')?;
        let named = ["st", "nd", "rd", "th"].contains(&suffix) && noun.eq_ignore_ascii_case("century");
        let order: i32 = self.string(at).parse().ok().filter(|order| named && (1..=21).contains(order))?;
        Some((at + 2, Date::of(Field::Century(order - 1))))
    }

    /// The second of two years that is written by its last digits: "1892 – 94".
    fn end_of_span(&self, at: usize) -> Option<(usize, Date)> {
        let word = self.string(at);
        let first = at.checked_sub(2).filter(|first| *first >= self.first)?;
        let joined = word.len() == 2 && matches!(self.string(at - 1), "-" | "–" | "—" | "/");
        let (_, from) = self.year(first).filter(|_| joined)?;
        let year = from - from % 100 + word.parse::<i32>().ok()?;
        let alone = self.token(at + 1).is_none_or(|next| next.spaced || next.kind == TokenKind::Mark)
            && !matches!(self.string(at + 1), "-" | "/" | "%" | ":");
        (year > from && alone).then(|| (at + 1, Date::of(Field::Year).in_year(Year::Is(year))))
    }

    /// Whether a number of four digits counts the noun behind it: "about 1700 lawsuits".
    fn is_rough_count(&self, at: usize) -> bool {
        let noun = self.token(at + 1).filter(|noun| noun.spaced && noun.case == Case::Lower);
        let (Some(noun), true) = (noun, at > self.first) else { return false };
        let plural = noun.end - noun.start > 3 && self.string(at + 1).ends_with('s');
        match self.word(at - 1) {
            Some(Word::About | Word::Few) => plural && self.word(at + 1).is_none(),
            _ => ["than", "least", "most"].iter().any(|word| self.says(at - 1, word)) && plural,
        }
    }

    /// Whether a number of four digits behind a word that leads to no year counts the things behind it: "is 2048 pixels
    /// wide", but "won in 2016 votes", "the 2016 elections".
    fn is_count(&self, at: usize) -> bool {
        let noun = self.token(at + 1).filter(|noun| noun.spaced && noun.case == Case::Lower);
        let is_many = |noun: Token| {
            noun.end - noun.start > 3
                && self.string(at + 1).ends_with('s')
                && !self.string(at + 1).ends_with("ss")
        };
        let verb =
            || self.is_english && at > self.first && self.tokens[at - 1].tags.has(Tags::ANY_AUX | Tags::VERB);
        noun.is_some_and(is_many) && verb() && self.word(at + 1).is_none()
    }

    /// A year that stands alone.
    fn bare_year(&self, at: usize) -> Option<(usize, Date)> {
        let (end, year) = self.year(at).filter(|_| !self.is_rough_count(at) && !self.is_count(at))?;
        let before = if at > self.first { self.word(at - 1) } else { None };
        let led = matches!(
            before,
            Some(Word::Preposition | Word::Of | Word::Portion(_) | Word::The | Word::Later | Word::Earlier)
        );
        // A number that is part of a larger one: of a telephone number, an address, a sum.
        let glued = !self.tokens[at].spaced && at > self.first && self.is_joint(at - 1);
        let goes_on = self.is_joint(end)
            && !self.tokens[end].spaced
            && self.token(end + 1).is_some_and(|next| !next.spaced && next.kind != TokenKind::Mark);
        if (goes_on && !self.opens_span(end)) || (glued && !self.closes_span(at) && !self.hangs_on_name(at)) {
            return None;
        }
        let bracketed = at > self.first && self.is(at - 1, "(") && self.is(end, ")");
        if !(1500..=2099).contains(&year) && !led && !bracketed && !self.opens_span(end) {
            return None;
        }
        Some((end, Date::of(Field::Year).in_year(Year::Is(year))))
    }

    /// Whether a word that says nothing of when stands right before a number.
    fn is_named(&self, at: usize) -> bool {
        let before =
            at.checked_sub(1).filter(|before| *before >= self.first).map(|before| self.tokens[before]);
        let small = Tags::PREP | Tags::DET | Tags::TIME | Tags::ANY_AUX | Tags::AND | Tags::BUT;
        before.is_some_and(|before| {
            before.kind == TokenKind::Word && !before.tags.has(small) && self.word(at - 1).is_none()
        })
    }

    /// Whether a mark joins numbers to one.
    fn is_joint(&self, at: usize) -> bool {
        matches!(self.string(at), "-" | "." | "/" | "+" | "#" | "@" | "_" | "=" | ":" | ",")
            && !self.is_comma_spaced(at)
    }

    fn is_comma_spaced(&self, at: usize) -> bool {
        matches!(self.string(at), "," | "." | ":") && self.token(at + 1).is_none_or(|next| next.spaced)
    }

    /// Whether a mark stands between two years: "1992–95", "2012-2013".
    fn opens_span(&self, mark: usize) -> bool {
        let Some(next) = self.token(mark + 1) else { return false };
        matches!(self.string(mark), "-" | "–" | "—" | "/")
            && next.kind == TokenKind::Number
            && matches!(next.end - next.start, 2 | 4)
            && !self.is(mark + 2, self.string(mark))
    }

    /// Whether the year at `at` is the second of two.
    fn closes_span(&self, at: usize) -> bool {
        at >= self.first + 2
            && self.year(at - 2).is_some()
            && !self.is(at.wrapping_sub(3), self.string(at - 1))
    }

    /// Whether the number is hung on a name by a hyphen: "ITAR-2000".
    fn hangs_on_name(&self, at: usize) -> bool {
        self.is(at - 1, "-") && at >= self.first + 2 && self.tokens[at - 2].is_capitalised()
    }

    /// Whether a sign of money or of a number stands before it.
    fn is_money(&self, at: usize) -> bool {
        at > self.first
            && (matches!(self.string(at - 1), "$" | "€" | "£" | "¥" | "₽" | "₴" | "#" | "№")
                || ["usd", "eur", "gbp"].iter().any(|code| self.says(at - 1, code)))
    }
}

/// The day that three numbers write, each with its length: the year first, or last with the month before the day
/// unless only the other order is a date.
fn day_of(parts: [(u16, usize); 3], order: Order) -> Option<Date> {
    let [(first, first_len), (second, _), (third, third_len)] = parts;
    let (year, month, day) = match (first_len, third_len) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) => (third, first, second),
        (1 | 2, 2) => (2000 + third, first, second),
        _ => return None,
    };
    let is_day_first = first_len < 4 && order == Order::DayFirst && day <= 12;
    let (month, day) = if month > 12 || is_day_first { (day, month) } else { (month, day) };
    let (year, month, day) = (i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    Day::new(year, month, day)?;
    (1000..2200).contains(&year).then(|| Date::of(Field::Day(month, day)).in_year(Year::Is(year)))
}
