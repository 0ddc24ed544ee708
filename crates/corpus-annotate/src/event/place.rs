//! Places by the words before their names, one by one and in lists: "in Lima", "to Norway, Chile and Peru".

use crate::{
    name::{Name, NameKind, gazetteer::Traits},
    page::{Found, Page},
    statement::word::Tags,
    stretch::InOrder,
};
use corpus_core::Span;
use std::ops::Range;

/// Places of one list that are read.
const MOST: usize = 8;

/// Whether "in", "at", "to" or "near" stands before a name, or before the list of places that it stands in.
pub(super) fn is_located(page: &Page<'_>, span: Span) -> bool {
    let at = page.token_at(span.start);
    // "in US-China talks": no place, but one who talks.
    if page.tokens.get(at).is_none_or(|token| token.hyphenated && token.span().len() > span.len()) {
        return false;
    }
    is_led(page, at) || list_of(page, at).is_some_and(|list| is_led(page, page.token_at(list[0].span.start)))
}

fn is_led(page: &Page<'_>, at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |at| page.word(page.tokens[at]));
    let place = |word: &str| matches!(word, "in" | "at" | "near" | "to" | "In" | "At");
    place(before(1)) || place(before(2)) && before(1) == "the"
}

/// The places of the list that holds the name at a token, where it is one of three or more, or of two that a verb does
/// not follow: "Norway, Chile and Peru", but not "In Oslo, Norway and Chile signed". A country behind one of its towns is
/// part of that: "Lima, Peru, and Oslo, Norway".
pub(super) fn list_of<'p>(page: &'p Page<'_>, at: usize) -> Option<Vec<&'p Found<Name>>> {
    let names = &page.facts.names;
    let this = names.partition_point(|name| (name.span.end) <= page.tokens[at].start as usize);
    names.get(this).filter(|name| is_place(name))?;
    let joint = |n: usize| {
        let (one, other) = (names.get(n)?, names.get(n + 1)?);
        let between = page.token_at(one.span.end)..page.token_at(other.span.start);
        (is_place(one) && is_place(other)).then(|| joint(page, between)).flatten()
    };
    let (mut first, mut last, mut and) = (this, this, 0);
    while first > 0
        && this - first < MOST
        && let Some(is_and) = joint(first - 1)
    {
        first -= 1;
        and += usize::from(is_and);
    }
    while last - this < MOST
        && let Some(is_and) = joint(last)
    {
        last += 1;
        and += usize::from(is_and);
    }
    let behind = page.token_at(names[last].span.end);
    let goes_on = page.tokens.get(behind).is_some_and(|next| {
        let verb = next.tags.has(Tags::VERB | Tags::ANY_AUX) || page.word(*next).ends_with("ed");
        next.is_word() && verb
    });
    let list = &names[first..=last];
    let is_whole = |n: &usize| *n == 0 || !is_of_country(page, [&list[n - 1], &list[*n]]);
    let whole: Vec<_> = (0..list.len()).filter(is_whole).map(|n| &list[n]).collect();
    (whole.len() > 1 && and == 1 && !goes_on).then_some(whole)
}

/// Whether a name is the country behind one of its towns, and no more than part of it: "in Lima, Peru, on Monday", but
/// not "In Oslo, Norway and Chile signed".
pub(super) fn is_part_of_town(page: &Page<'_>, name: &Found<Name>) -> bool {
    let town = page.facts.names.before(name.span.start).last();
    let behind = page.tokens.get(page.token_at(name.span.end));
    is_place(name)
        && behind.is_none_or(|next| page.word(*next) != "and")
        && town.is_some_and(|town| is_place(town) && is_of_country(page, [town, name]))
}

/// Whether the second of two places is the country behind the first: "Lima, Peru".
fn is_of_country(page: &Page<'_>, [town, country]: [&Found<Name>; 2]) -> bool {
    let is_country = |name: &Found<Name>| {
        page.tokens[page.tokens_in(name.span)].iter().all(|token| token.traits.any(Traits::COUNTRY))
    };
    let between = page.token_at(town.span.end)..page.token_at(country.span.start);
    between.len() == 1
        && page.word(page.tokens[between.start]) == ","
        && is_country(country)
        && !is_country(town)
}

/// Whether tokens join two items of a list, and whether by "and".
fn joint(page: &Page<'_>, between: Range<usize>) -> Option<bool> {
    let word = |at: usize| page.word(page.tokens[at]);
    match (between.len(), between.clone().next().map(word), between.last().map(word)) {
        (1, Some(","), _) => Some(false),
        (1 | 2, Some("," | "and" | "then"), Some("and" | "then")) => Some(true),
        _ => None,
    }
}

fn is_place(name: &Found<Name>) -> bool {
    name.value.kind == NameKind::Loc
}
