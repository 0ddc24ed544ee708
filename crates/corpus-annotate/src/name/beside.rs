//! What stands beside words that the model passed over and says that they are a name all the same.

use super::{NameKind, features::may_begin, gazetteer::Traits, tagger::Mention};
use crate::{page::Page, token::Case};
use corpus_core::Role;
use std::ops::Range;

/// The most words of a name that is found so.
const MAX_WORDS: usize = 4;

/// Tokens between "a" and the post of an apposition.
const POST_REACH: usize = 5;

/// What makes a capitalised word something else than a name of its own.
const OTHER: Traits = Traits::FUNCTION
    .or(Traits::DATE)
    .or(Traits::ADJECTIVE)
    .or(Traits::TITLE)
    .or(Traits::POST)
    .or(Traits::PRODUCT);

/// Adds the names that the words beside them give away.
pub(super) fn add(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let mut added: Vec<Mention> = Vec::new();
    let free = |tokens: &Range<usize>| {
        let first = mentions.partition_point(|mention| mention.tokens.end <= tokens.start);
        mentions.get(first).is_none_or(|mention| mention.tokens.start >= tokens.end)
    };
    for passage in &page.passages {
        let in_byline = passage.role == Role::Byline;
        let mut at = passage.tokens.start;
        while at < passage.tokens.end {
            let Some(words) = words_from(page, at, passage.tokens.end) else {
                at += 1;
                continue;
            };
            at = words.end;
            let kind = if !free(&words) {
                None
            } else if in_byline {
                signed(page, &words)
            } else {
                apposed(page, &words).or_else(|| cited(page, &words)).or_else(|| located(page, &words))
            };
            added.extend(kind.map(|kind| Mention {
                start: page.tokens[words.start].start as usize,
                end: page.tokens[words.end - 1].end as usize,
                tokens: words,
                kind,
                confidence: 0.7,
                rule: "beside",
            }));
        }
    }
    if !added.is_empty() {
        mentions.extend(added);
        mentions.sort_by_key(|mention| mention.tokens.start);
    }
}

/// The run of capitalised words that begins at `at`, where a name may be made of it.
fn words_from(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if !may_begin(page.tokens[at]) || at > 0 && may_begin(page.tokens[at - 1]) && page.tokens[at].spaced {
        return None;
    }
    let is_word = |&next: &usize| next == at || may_begin(page.tokens[next]) && page.tokens[next].spaced;
    let n_words = (at..end).take_while(is_word).take(MAX_WORDS + 1).count();
    let words = at..at + n_words;
    let named = |token: &crate::Token| token.case == Case::Title && !token.traits.any(OTHER);
    (n_words <= MAX_WORDS && page.tokens[words.clone()].iter().all(named)).then_some(words)
}

fn word<'d>(page: &Page<'d>, at: Option<usize>) -> &'d str {
    at.and_then(|at| page.tokens.get(at)).map_or("", |token| page.word(*token))
}

/// "By Ada Korova and Ben Moreno": who wrote it.
fn signed(page: &Page<'_>, words: &Range<usize>) -> Option<NameKind> {
    let led = matches!(word(page, words.start.checked_sub(1)), "By" | "by" | "and" | "," | "&");
    let body =
        page.tokens[words.clone()].iter().any(|token| token.traits.any(Traits::ORG_HEAD.or(Traits::BODY)));
    (led && words.len() > 1 && !body).then_some(NameKind::Per)
}

/// "Ada Korova, an economist at the bank,": whom a post describes.
fn apposed(page: &Page<'_>, words: &Range<usize>) -> Option<NameKind> {
    let next = word(page, Some(words.end + 1));
    if words.len() < 2 || word(page, Some(words.end)) != "," || !matches!(next, "a" | "an" | "the" | "who") {
        return None;
    }
    let reach = words.end + 2..(words.end + 2 + POST_REACH).min(page.tokens.len());
    let described = page.tokens[reach.start.min(reach.end)..reach.end]
        .iter()
        .take_while(|token| token.is_word())
        .any(|token| token.case == Case::Lower && token.traits.any(Traits::POST));
    described.then_some(NameKind::Per)
}

/// "(Korova Wire, June 4)": what is cited with its date.
fn cited(page: &Page<'_>, words: &Range<usize>) -> Option<NameKind> {
    let open = matches!(word(page, words.start.checked_sub(1)), "(" | ";");
    (open && is_dated(page, words.end)).then_some(NameKind::Org)
}

/// Whether a comma and a date follow.
pub(super) fn is_dated(page: &Page<'_>, end: usize) -> bool {
    let Some(next) = page.tokens.get(end + 1).filter(|_| word(page, Some(end)) == ",") else { return false };
    page.facts.times.binary_search_by_key(&(next.start as usize), |time| time.span.start).is_ok()
}

/// "a monastery in Korova", "from “Lima": where something lies, in a word of which nothing is known but that it names
/// a place.
fn located(page: &Page<'_>, words: &Range<usize>) -> Option<NameKind> {
    let before = words.start.checked_sub(1)?;
    let quoted = matches!(word(page, Some(before)), "\u{201c}" | "\"");
    let before = if quoted { before.checked_sub(1)? } else { before };
    let traits = page.tokens[words.start].traits;
    let lies = match word(page, Some(before)) {
        "in" | "near" | "outside" => traits.0 & !Traits::PLACE.0 == 0,
        "from" | "to" | "at" => traits == Traits::PLACE,
        _ => false,
    };
    let closes = page.tokens.get(words.end).is_none_or(|next| !may_begin(*next));
    let plain = words.len() == 1 && !page.tokens[words.start].hyphenated;
    (lies && closes && plain).then_some(NameKind::Loc)
}
