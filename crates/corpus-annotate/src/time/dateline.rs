//! Datelines of wires: "LUSAKA, 14 November 2022 (Wire) –", "Frankfurt, 15. März 2021 (dpa)".

use super::{
    Seen,
    expression::{Date, Field, Meaning, Year},
    reckon::Now,
};
use crate::{
    page::Page,
    token::{Case, Token},
};
use corpus_core::{Evidence, Method, Published, edtf::Day};
use std::ops::Range;

/// Tokens of a passage before the date of its dateline, and behind it to the dash that ends it.
const DATELINE: usize = 10;

/// The day that the dateline of a wire's report names with its year.
pub(super) fn published(page: &Page<'_>, seen: &Seen) -> Option<(Published, Now)> {
    let Meaning::Date(Date { field: Field::Day(month, day), year: Year::Is(year), .. }) =
        seen.expression.meaning
    else {
        return None;
    };
    let day = Day::new(year, month, day).filter(|_| ends_at(page, seen))?;
    let evidence = Evidence::Span { span: seen.expression.span };
    let published = Published::new(day.to_string().parse().ok()?, Method::Inferred, evidence);
    Some((published, Now { day: Some(day), year: Some(year) }))
}

/// Whether a day is that of a dateline: names alone before it, the name of an agency or a dash behind it.
pub(super) fn ends_at(page: &Page<'_>, seen: &Seen) -> bool {
    if !matches!(seen.expression.meaning, Meaning::Date(Date { field: Field::Day(..), .. })) {
        return false;
    }
    let passage = page.passages[seen.passage].tokens.clone();
    let Range { start, end } = seen.expression.tokens;
    let mut place = &page.tokens[passage.start..start];
    // "Paris, le 3 mars"
    if let Some((last, before)) = place.split_last()
        && seen.is_other
        && last.case == Case::Lower
        && page.word(*last).chars().count() <= 3
    {
        place = before;
    }
    let named = place.len() <= DATELINE
        && place.iter().find(|token| token.is_word()).is_some_and(|token| token.is_capitalised())
        && place.iter().all(|token| !token.is_word() || token.is_capitalised());
    let rest = &page.tokens[end..passage.end.min(end + DATELINE)];
    named && (ends_with_dash(page, rest) || begins_with_agency(page, rest) || is_signed(page, rest))
}

/// Whether nothing but names and marks stands before a dash between spaces.
fn ends_with_dash(page: &Page<'_>, rest: &[Token]) -> bool {
    rest.iter()
        .take_while(|token| !token.is_word() || token.is_capitalised())
        .any(|token| token.spaced && matches!(page.word(*token), "-" | "–" | "—"))
}

/// Whether an agency in capitals stands between full stops: "КИЇВ. 3 березня. УНН."
fn is_signed(page: &Page<'_>, rest: &[Token]) -> bool {
    let [stop, name, end, ..] = rest else { return false };
    name.case == Case::Upper && [stop, end].iter().all(|mark| page.word(**mark) == ".")
}

/// Whether the name of an agency comes next: "(dpa)", "(AFP)", "/ТАСС/", and not a weekday.
fn begins_with_agency(page: &Page<'_>, rest: &[Token]) -> bool {
    let rest = match rest {
        [stop, rest @ ..] if matches!(page.word(*stop), "." | ",") => rest,
        _ => rest,
    };
    let [open, name, close, ..] = rest else { return false };
    let n_letters = page.word(*name).chars().count();
    let agency = match name.case {
        Case::Upper | Case::Mixed => true,
        Case::Lower => n_letters <= 4,
        _ => false,
    };
    match (page.word(*open), page.word(*close)) {
        ("(", ")") => agency,
        ("/", "/") => name.is_word(),
        _ => false,
    }
}
