//! Citations in brackets: "(TASS, Interfax, September 14)", "(see EDM, September 10)".

use super::{Citation, Outlet, outlet};
use crate::{
    name::one_line,
    page::{Found, Page},
    statement::word::Tags,
    stretch::InOrder,
    token::{Token, TokenKind},
};
use corpus_core::{Edtf, Span};
use std::ops::Range;

/// Tokens that a citation in brackets may have.
const LONGEST: usize = 60;
/// Words that the name of an outlet may have.
const LONGEST_NAME: usize = 8;
/// Words that may stand before the outlets.
const LEADS: &[&str] = &[
    "see",
    "source",
    "sources",
    "via",
    "per",
    "from",
    "cf",
    "in",
    "by",
    "according",
    "to",
    "also",
    "quoted",
    "reported",
    "as",
    "citing",
    "photo",
];
/// Names of months, in full and cut short.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The citations in brackets of the tokens of one passage.
pub(super) fn find(page: &Page<'_>, tokens: Range<usize>, found: &mut Vec<Found<Citation>>) {
    let mut open = None;
    for at in tokens {
        let token = page.tokens[at];
        if token.kind != TokenKind::Mark {
            continue;
        }
        match page.first_char(token) {
            '(' | '[' => open = Some(at),
            ')' | ']' => {
                if let Some(first) = open.take()
                    && at - first <= LONGEST
                    && at > first + 1
                    && let Some(citation) = read(page, first + 1..at)
                {
                    found.push(Found {
                        span: Span::new(page.tokens[first].start as usize, token.end as usize),
                        rule: if citation.outlets.iter().any(|outlet| outlet.date.is_some()) {
                            "brackets-dated"
                        } else {
                            "brackets-known"
                        },
                        confidence: if citation.outlets.iter().any(|outlet| outlet.date.is_some()) {
                            0.95
                        } else {
                            0.85
                        },
                        value: citation,
                    });
                }
            }
            _ => {}
        }
    }
}

/// Reads what stands between two brackets.
fn read(page: &Page<'_>, inner: Range<usize>) -> Option<Citation> {
    let mut outlets = Vec::new();
    let mut start = inner.start;
    while start < inner.end {
        let end = (start..inner.end).find(|&at| page.word(page.tokens[at]) == ";").unwrap_or(inner.end);
        group(page, start..end, &mut outlets)?;
        start = end + 1;
    }
    (!outlets.is_empty()).then_some(Citation { outlets })
}

/// Reads names and the date behind them: "TASS, Interfax, September 14".
fn group(page: &Page<'_>, tokens: Range<usize>, outlets: &mut Vec<Outlet>) -> Option<()> {
    let Range { mut start, mut end } = tokens;
    while start < end && is_lead(page, page.tokens[start]) {
        start += 1;
    }
    let mut date = None;
    if let Some((first, found)) = date_at_end(page, start..end) {
        date = Some(found);
        end = first;
    }
    while end > start && matches!(page.word(page.tokens[end - 1]), "," | "on" | "of" | ".") {
        end -= 1;
    }
    if start >= end {
        return None;
    }
    let mut at = start;
    let mut n_names = 0;
    while at < end {
        let stop = (at..end)
            .find(|&at| matches!(page.word(page.tokens[at]), "," | "/" | "and" | "&") && !joins(page, at))
            .unwrap_or(end);
        let known = whole_name(page, at..stop);
        let named =
            known.is_some() || date.as_ref().is_some_and(|date| date.full) && looks_like_name(page, at..stop);
        if !named {
            return None;
        }
        let name = &page.text()[page.tokens[at].start as usize..page.tokens[stop - 1].end as usize];
        let name = one_line(name).into_owned();
        let entity = outlet::id(known.unwrap_or(&name));
        outlets.push(Outlet {
            name,
            entity: Some(entity),
            date: date.as_ref().map(|date| date.edtf.clone()),
        });
        n_names += 1;
        at = stop + 1;
    }
    (n_names > 0).then_some(())
}

/// Whether a slash belongs to a name, "RFE/RL", and does not part two.
fn joins(page: &Page<'_>, at: usize) -> bool {
    page.word(page.tokens[at]) == "/" && at > 0 && page.word(page.tokens[at - 1]) == "RFE"
        || page.word(page.tokens[at]) == "&"
}

fn is_lead(page: &Page<'_>, token: Token) -> bool {
    let word = page.word(token);
    word == ":" || word == "." || LEADS.iter().any(|lead| word.eq_ignore_ascii_case(lead))
}

/// The usual name of a known outlet whose name is all of `tokens`.
fn whole_name(page: &Page<'_>, tokens: Range<usize>) -> Option<&'static str> {
    let len = tokens.len();
    outlet::known()
        .longest(&page.tokens[tokens.clone()])
        .filter(|(n, _)| *n == len)
        .map(|(_, usual)| usual)
        .filter(|_| {
            page.tokens[tokens.start].is_capitalised() || page.tokens[tokens.start].kind == TokenKind::Number
        })
}

/// Whether `tokens` look like the name of an outlet: capitalised words with small ones between, and no known place or
/// person.
fn looks_like_name(page: &Page<'_>, tokens: Range<usize>) -> bool {
    let _text = page.text();
    let words = &page.tokens[tokens.clone()];
    let Some(first) = words.first() else { return false };
    if words.len() > LONGEST_NAME {
        return false;
    }
    // "Tut.by", "gazeta.ru": a site.
    let site = words.len() >= 3
        && words.iter().any(|token| page.word(*token) == ".")
        && words.iter().all(|token| {
            token.kind != TokenKind::Mark || page.word(*token) == "." || page.word(*token) == "-"
        });
    let cased = words.iter().all(|token| match token.kind {
        TokenKind::Word => {
            token.is_capitalised()
                || token.case == crate::token::Case::Mixed
                || token.tags.has(Tags::PREP | Tags::DET | Tags::AND)
                || site
        }
        TokenKind::Number | TokenKind::Possessive => true,
        TokenKind::Mark => {
            matches!(page.word(*token), "." | "-" | "/" | "&" | "\u{2013}" | "!" | "+")
                || is_quote(page.word(*token))
        }
    });
    let begins = first.is_capitalised()
        || site
        || first.case == crate::token::Case::Mixed
        || is_quote(page.word(*first))
        || first.kind == TokenKind::Number && words.len() > 1;
    cased && begins && !is_place(page, words)
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\u{201c}" | "\u{201d}" | "\"" | "\u{ab}" | "\u{bb}" | "\u{2018}" | "\u{2019}" | "'")
}

/// Whether all of `words` is one place or one person.
fn is_place(page: &Page<'_>, words: &[Token]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    page.facts.names.beginning_at(first.start as usize).is_some_and(|name| {
        name.span.end == last.end as usize && name.value.kind == crate::name::NameKind::Loc
    })
}

/// A date, and whether it names a day or a month.
struct Date {
    edtf: Edtf,
    full: bool,
}

/// The date that ends `tokens` and its first token.
fn date_at_end(page: &Page<'_>, tokens: Range<usize>) -> Option<(usize, Date)> {
    let (first, month, day, year) = written_date(page, tokens.clone())?;
    let start = page.tokens[first].start as usize;
    // The layer of times knows the year that the text gives away.
    let end = page.tokens[tokens.end - 1].end as usize;
    let known = page.facts.times.touching(start..end + 1).first();
    let edtf = known.and_then(|time| time.value.edtf.clone()).or_else(|| match (year, day) {
        (Some(year), Some(day)) => Edtf::day(year, month, day),
        (Some(year), None) => Edtf::month(year, month),
        (None, Some(day)) => Edtf::yearless(month, day),
        (None, None) => None,
    })?;
    Some((first, Date { edtf, full: day.is_some() || year.is_some() }))
}

/// First token, month, day and year of a date at the end of `tokens`.
fn written_date(page: &Page<'_>, tokens: Range<usize>) -> Option<(usize, u8, Option<u8>, Option<i32>)> {
    let low = tokens.end.saturating_sub(6).max(tokens.start);
    let at = (low..tokens.end).rev().find(|&at| month(page.word(page.tokens[at])).is_some())?;
    let month = month(page.word(page.tokens[at]))?;
    let number = |at: usize| -> Option<i32> {
        let token = page.tokens.get(at).filter(|_| (tokens.start..tokens.end).contains(&at))?;
        let word = page.word(*token);
        word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).parse().ok()
    };
    let is_day = |number: &i32| (1..=31).contains(number);
    let is_year = |number: &i32| (1000..2200).contains(number);
    let mut next = at + 1;
    if page.tokens.get(next).is_some_and(|token| page.word(*token) == ".") && next < tokens.end {
        next += 1;
    }
    let mut first = at;
    let mut day = number(next).filter(is_day);
    if day.is_some() {
        next += 1;
        while next < tokens.end
            && page.word(page.tokens[next]).chars().all(char::is_alphabetic)
            && page.tokens[next].end - page.tokens[next].start == 2
        {
            next += 1;
        }
    } else if let Some(before) = at.checked_sub(1).and_then(number).filter(is_day) {
        day = Some(before);
        first = at - 1;
    }
    if next < tokens.end && page.word(page.tokens[next]) == "," {
        next += 1;
    }
    let year = number(next).filter(is_year);
    if year.is_some() {
        next += 1;
    }
    let rest = (next..tokens.end).all(|at| matches!(page.word(page.tokens[at]), "." | ","));
    rest.then_some((first, month, day.and_then(|day| u8::try_from(day).ok()), year))
}

/// The number of a month, by its name or its first three or four letters.
fn month(word: &str) -> Option<u8> {
    if word.len() < 3 || !word.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        return None;
    }
    let at = MONTHS.iter().position(|month| {
        month.eq_ignore_ascii_case(word)
            || word.len() <= 4 && month.get(..word.len()).is_some_and(|cut| cut.eq_ignore_ascii_case(word))
    })?;
    u8::try_from(at + 1).ok()
}
