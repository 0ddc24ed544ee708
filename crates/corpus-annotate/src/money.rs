//! Money: an amount and its currency.

mod currency;
mod nation;
mod short;
mod status;

use crate::{
    annotator::Annotator,
    numeral,
    page::{Found, Page},
    token::{Case, Token, TokenKind},
};
use corpus_core::Span;
use currency::{CURRENCIES, Currency, Kind, Word};
use serde::Serialize;
use status::status;

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Money {
    /// The amount, in units of the currency.
    pub amount: Option<f64>,
    /// ISO 4217 code; `None` where the text does not say which dollar, pound or crown.
    pub currency: Option<&'static str>,
    /// What is said to have become of it.
    pub status: MoneyStatus,
}

/// What is said to have become of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MoneyStatus {
    /// Asked for.
    Asked,
    /// Promised or offered.
    Promised,
    /// Confirmed or agreed.
    Confirmed,
    /// Paid, lent or spent.
    Paid,
    /// None of these, or not said.
    Other,
}

/// Finds the facts of layer `money`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Amounts;

impl Annotator for Amounts {
    fn layer(&self) -> &'static str {
        "money"
    }
    fn version(&self) -> u32 {
        2
    }
    fn description(&self) -> &'static str {
        "amounts of money"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        let mut money = Vec::new();
        for passage in &page.passages {
            let reader = Reader {
                text: page.text(),
                tokens: &page.tokens[..passage.tokens.end],
                first: passage.tokens.start,
            };
            let mut sentence = passage.sentences.start;
            let mut done = passage.tokens.start;
            for at in passage.tokens.clone() {
                let token = reader.tokens[at];
                if at < done || token.kind == TokenKind::Possessive {
                    continue;
                }
                // Most tokens are words in small letters that are no word of money.
                if token.case == Case::Lower && token.spaced && CURRENCIES.get(token).is_none() {
                    continue;
                }
                let word = CURRENCIES.get(reader.tokens[at]).or_else(|| reader.glued(at));
                let read = word.and_then(|word| reader.read(at, word, done));
                let Some(amount) = read.or_else(|| reader.shortened(at)) else { continue };
                while sentence + 1 < passage.sentences.end && page.sentences[sentence].tokens.end <= at {
                    sentence += 1;
                }
                let bounds =
                    page.sentences.get(sentence).map_or(passage.tokens.clone(), |found| found.tokens.clone());
                done = amount.end.max(at + 1);
                let named = amount.kind.filter(|_| amount.code.is_none());
                let named = named.and_then(|kind| nation::meant(&page.tokens, kind));
                for amount in reader.shared(&amount, bounds.start).into_iter().chain([amount]) {
                    money.push(Found {
                        span: amount.span,
                        value: Money {
                            amount: amount.value,
                            currency: amount.code.or(named),
                            status: status(&page.tokens, bounds.clone(), amount.start..amount.end),
                        },
                        rule: amount.rule,
                        confidence: 0.95,
                    });
                }
            }
        }
        money.sort_by_key(|found: &Found<Money>| found.span);
        name_dollars(page.text(), &mut money);
        page.facts.money = money;
    }
}

/// Gives plain dollar signs the dollar that the page writes out, where it writes out one alone: "C$45,000 … $12,000".
fn name_dollars(text: &str, money: &mut [Found<Money>]) {
    const OTHERS: [&str; 6] = ["CAD", "AUD", "NZD", "HKD", "SGD", "TWD"];
    let is_plain = |found: &Found<Money>| text[found.span.range()].starts_with('$');
    let dollar = |code: &&str| *code == "USD" || OTHERS.contains(code);
    let mut named = money.iter().filter(|found| !is_plain(found)).filter_map(|found| found.value.currency);
    let Some(first) = named.clone().find(dollar).filter(|code| *code != "USD") else { return };
    if named.any(|code| dollar(&code) && code != first) {
        return;
    }
    for found in money.iter_mut().filter(|found| is_plain(found) && found.value.currency == Some("USD")) {
        found.value.currency = Some(first);
        found.rule = "money:same-dollar";
    }
}

/// An amount as it was read.
#[derive(Clone, Debug)]
struct Amount {
    /// Its tokens.
    start: usize,
    end: usize,
    span: Span,
    value: Option<f64>,
    code: Option<&'static str>,
    /// The kind of currency, where several nations have it.
    kind: Option<Kind>,
    rule: &'static str,
    /// What its unit multiplies a number by that shares it: "3 of the promised 15 billion dollars".
    scale: f64,
}

/// Reads the amounts of one passage.
struct Reader<'p> {
    text: &'p str,
    tokens: &'p [Token],
    first: usize,
}

impl<'p> Reader<'p> {
    /// The amount that the word of money at `at` belongs to; what lies before `done` is spoken for.
    fn read(&self, at: usize, word: Word, done: usize) -> Option<Amount> {
        match word {
            Word::Dollar => self
                .after_sign(at, at, "USD")
                .or_else(|| self.before_name(at, at + 1, Some("USD"), 1.0, done)),
            Word::Code(code) => {
                let sure = self.tokens[at].kind == TokenKind::Mark || self.tokens[at].case == Case::Upper;
                let start = if self.is(at + 1, "$") { at + 1 } else { at };
                self.after_sign(at, start, code)
                    .filter(|_| sure || start > at)
                    .or_else(|| self.before_name(at, at + 1, Some(code), 1.0, done))
            }
            // "gave us $5", "a $5 note": a prefix is written in capitals, or right before the sign.
            Word::Prefix(_) if self.tokens[at].case == Case::Lower && !self.is_glued_sign(at + 1) => None,
            Word::Prefix(code) => {
                let phrase = CURRENCIES.longest(&self.tokens[at..]).map_or(1, |(len, _)| len);
                // "A $40 million loan": one letter is a prefix where nothing stands between.
                let letter = self.tokens[at].end - self.tokens[at].start == 1;
                if letter && phrase == 1 && !self.is_glued_sign(at + 1) {
                    return None;
                }
                if self.is(at + phrase, "$") {
                    return self.after_sign(at, at + phrase, code);
                }
                // "10 US dollars", "5 billion U.S. dollars"
                let named = self.tokens.get(at + phrase).and_then(|token| CURRENCIES.get(*token));
                (named == Some(Word::Kind(Kind::Dollar)))
                    .then(|| self.before_name(at, at + phrase + 1, Some(code), 1.0, done))
                    .flatten()
            }
            Word::Nation(code, kind) => {
                let (len, _) = CURRENCIES.longest(&self.tokens[at..])?;
                let (named, word) = CURRENCIES.longest(&self.tokens[at + len..])?;
                let (code, worth) = match word {
                    Word::Kind(other) if other == kind || kind == Kind::Any => (Some(code), 1.0),
                    Word::Kind(other) => (other.usual(), 1.0),
                    // "Australian cents"
                    Word::Name(part) if part.worth < 1.0 && kind == Kind::Dollar => (Some(code), part.worth),
                    Word::Name(currency) => (currency.code, currency.worth),
                    _ => return None,
                };
                self.before_name(at, at + len + named, code, worth, done)
            }
            Word::Kind(kind) => self
                .before_name(at, at + 1, kind.usual(), 1.0, done)
                .map(|amount| Amount { kind: Some(kind), ..amount }),
            Word::Short(kind, code) => self.after_short(at, kind, code),
            Word::Name(Currency { code, worth }) => {
                let len = CURRENCIES.longest(&self.tokens[at..]).map_or(1, |(len, _)| len);
                self.before_name(at, at + len, code, worth, done)
            }
        }
    }

    /// "US$ 14 billion", "€1.2m", "$99 (USD)", "$9.99 US dollars": the number after the sign at `sign`.
    fn after_sign(&self, at: usize, sign: usize, code: &'static str) -> Option<Amount> {
        let number =
            self.tokens.get(sign + 1).filter(|token| token.kind == TokenKind::Number || token.is_word())?;
        if number.is_word() && self.tokens[sign].kind == TokenKind::Mark {
            return None;
        }
        let read = numeral::read(self.text, self.tokens, sign + 1)?;
        let (mut end, value) = self.short_scale(read.end, read.value);
        let mut code = code;
        // The name may follow the sign: "$249 USD", "$5.9 billion dollars", "$9.99 US dollars".
        for _ in 0..2 {
            match self.tokens.get(end).and_then(|token| CURRENCIES.get(*token)) {
                Some(Word::Code(named)) if self.tokens[end].is_word() => {
                    (code, end) = (named, end + 1);
                }
                Some(Word::Prefix(named)) if self.names_dollars(end + 1) => (code, end) = (named, end + 2),
                Some(Word::Nation(named, Kind::Dollar)) if self.names_dollars(end + 1) => {
                    (code, end) = (named, end + 2)
                }
                Some(Word::Kind(Kind::Dollar)) if code == "USD" => end += 1,
                _ => break,
            }
        }
        Some(self.amount(at, end, value, Some(code), "money:sign", read.value))
    }

    fn is_glued_sign(&self, at: usize) -> bool {
        self.is(at, "$") && !self.tokens[at].spaced
    }

    fn names_dollars(&self, at: usize) -> bool {
        self.tokens.get(at).and_then(|token| CURRENCIES.get(*token)) == Some(Word::Kind(Kind::Dollar))
    }

    /// "15 billion dollars", "26 cents", "a million euros": the number before a name of tokens `name..end`.
    fn before_name(
        &self,
        name: usize,
        end: usize,
        code: Option<&'static str>,
        worth: f64,
        done: usize,
    ) -> Option<Amount> {
        if name <= done.max(self.first) || self.is_other_word(end - 1) {
            return None;
        }
        // "10-dollar": the hyphen stands between.
        let last = if self.is(name - 1, "-") && !self.tokens[name].spaced { name - 1 } else { name };
        if last <= done.max(self.first) {
            return None;
        }
        // "billions of dollars" has no number.
        if self.is(last - 1, "of") && last >= done.max(self.first) + 2 {
            let scale = self.word(last - 2);
            let vague = ["billions", "millions", "thousands", "hundreds", "trillions", "tens", "dozens"];
            if vague.iter().any(|word| scale.eq_ignore_ascii_case(word)) {
                let mut start = last - 2;
                while start >= done.max(self.first) + 2
                    && self.is(start - 1, "of")
                    && vague.contains(&self.word(start - 2))
                {
                    start -= 2;
                }
                return Some(self.amount(start, end, f64::NAN, code, "money:vague", 1.0));
            }
        }
        // The longest number that ends right before the name.
        let from = done.max(self.first).max(last.saturating_sub(8));
        let (start, value) = (from..last).find_map(|start| {
            let read = numeral::read(self.text, self.tokens, start)?;
            let (end, value) = self.short_scale(read.end, read.value);
            (end == last).then_some((start, value))
        })?;
        let first = numeral::read(self.text, self.tokens, start).map_or(value, |read| read.value);
        let number = self.tokens[start];
        let digits = if number.kind == TokenKind::Number {
            numeral::digits(&self.text[number.span()]).unwrap_or(first)
        } else {
            first
        };
        let scale = if digits == 0.0 { 1.0 } else { value / digits };
        let mut amount = self.amount(start, end, value * worth, code, "money:name", 1.0);
        amount.scale = scale * worth;
        Some(self.with_cents(amount))
    }

    /// Whether what would name a currency is part of a name or of another word: "50 Cent", "Million Dollar Baby", "real
    /// estate".
    fn is_other_word(&self, name: usize) -> bool {
        let million = || {
            let before =
                name.checked_sub(1).map(|at| self.tokens[at]).filter(|before| before.is_capitalised());
            numeral::scale(before).is_some()
        };
        match self.word(name) {
            "Cent" => true,
            "Dollar" => million(),
            "real" => self.is(name + 1, "estate") || self.is(name + 1, "terms") || self.is(name + 1, "time"),
            _ => false,
        }
    }

    /// "thirteen dollars forty-five cents", "15 dollars and 50 cents".
    fn with_cents(&self, mut amount: Amount) -> Amount {
        let and = usize::from(self.is(amount.end, "and"));
        let Some(cents) = numeral::read(self.text, self.tokens, amount.end + and) else { return amount };
        let named = self.tokens.get(cents.end).and_then(|token| CURRENCIES.get(*token));
        let Some(Word::Name(Currency { worth, .. })) = named else { return amount };
        if let Some(value) = amount.value.filter(|_| worth < 1.0 && cents.value < 100.0) {
            amount.value = Some(value + worth * cents.value);
            amount.end = cents.end + 1;
            amount.span = Span::new(amount.span.start, self.tokens[amount.end - 1].end as usize);
        }
        amount
    }

    /// The number with a letter for its scale: "1.2m", "5bn", "30k".
    fn short_scale(&self, end: usize, value: f64) -> (usize, f64) {
        let Some(token) = self.tokens.get(end).filter(|token| token.is_word()) else { return (end, value) };
        let scale = match self.word(end) {
            "m" | "M" | "mm" | "mn" | "MM" => 1e6,
            "b" | "B" => 1e9,
            "k" | "K" => 1e3,
            "t" | "T" | "trn" => 1e12,
            _ => return (end, value),
        };
        let letter = token.end - token.start == 1;
        if letter && token.spaced && !matches!(self.word(end), "m" | "M" | "B") {
            return (end, value);
        }
        (end + 1, scale * value)
    }

    /// "115.5USD", "30MUSD" and "usd$" are one token with what stands beside them: none of the words of money.
    fn glued(&self, at: usize) -> Option<Word> {
        let token = self.tokens[at];
        (token.kind == TokenKind::Word && token.end - token.start == 4 && !token.spaced)
            .then(|| self.word(at).strip_prefix('M').and_then(|code| CURRENCIES.value(code)))
            .flatten()
    }

    /// The number that shares the unit of an amount: "3 of the promised 15 billion dollars", "$199 and $249 USD" not.
    fn shared(&self, amount: &Amount, first: usize) -> Option<Amount> {
        if amount.rule != "money:name" || amount.scale == 1.0 && amount.value.is_none() {
            return None;
        }
        let mut at = amount.start;
        for _ in 0..4 {
            if at <= first.max(self.first) {
                return None;
            }
            at -= 1;
            let token = self.tokens[at];
            if self.is(at, "of")
                || self.is(at, "to")
                || self.is(at, "or")
                || self.is(at, "-")
                || self.is(at, "–")
            {
                let before = at.checked_sub(1).filter(|before| *before >= first)?;
                let start = before;
                let read = numeral::read(self.text, self.tokens, start).filter(|read| read.end == at)?;
                // A hyphen or "to" joins a range, which stands right before.
                if !self.is(at, "of") && at + 1 != amount.start {
                    return None;
                }
                let value = read.value * if read.value < 1000.0 { amount.scale } else { 1.0 };
                return Some(self.amount(start, at, value, amount.code, "money:shared", 1.0));
            }
            if !token.is_word() || token.is_capitalised() {
                return None;
            }
        }
        None
    }

    fn amount(
        &self,
        start: usize,
        end: usize,
        value: f64,
        code: Option<&'static str>,
        rule: &'static str,
        scale: f64,
    ) -> Amount {
        let span = Span::new(self.tokens[start].start as usize, self.tokens[end - 1].end as usize);
        // Sums of floating point numbers are not round: a hundred-thousandth is more than any text says.
        let value =
            value.is_finite().then(|| if value < 1e9 { (value * 1e6).round() / 1e6 } else { value.round() });
        Amount { start, end, span, value, code, kind: None, rule, scale }
    }

    fn word(&self, at: usize) -> &'p str {
        self.tokens.get(at).map_or("", |token| &self.text[token.span()])
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }
}
