//! Firms by their legal forms, and where they are named again without: "Korova Rail Inc", then "Korova Rail".

use super::{
    NameKind, business,
    features::{Casing, casing},
    form,
    gazetteer::Traits,
    tagger::Mention,
};
use crate::{
    page::Page,
    statement::word::Tags,
    token::{BuildKeyHasher, Case, Key, Token, TokenKind},
};
use std::{collections::HashMap, ops::Range};

/// The rule of a firm that is told by its form.
pub(super) const FORMED: &str = "firm";

/// Words that a name before its form has at the most.
const MOST_WORDS: usize = 7;

/// The mentions, with every run of capitals before a legal form as one firm, and with the same firms without it.
pub(super) fn firms(page: &Page<'_>, found: Vec<Mention>) -> Vec<Mention> {
    let formed = formed(page, &found);
    let merged = if formed.is_empty() { found } else { merged(found, formed) };
    let told = told(page, &merged);
    let merged = if told.is_empty() { merged } else { replaced(merged, told) };
    let stems = stems(page, &merged);
    if stems.is_empty() { merged } else { named_again(page, merged, &stems) }
}

/// The mentions with firms in the place of all that lies in them.
fn replaced(found: Vec<Mention>, firms: Vec<Mention>) -> Vec<Mention> {
    let mut found = found;
    found.retain(|mention| {
        let next = firms.partition_point(|firm| firm.tokens.end <= mention.tokens.start);
        firms.get(next).is_none_or(|firm| mention.tokens.end <= firm.tokens.start)
    });
    merged(found, firms)
}

/// Firms by what is said of them alone: "Old Korova said it", "Old Korova <KRV>".
fn told(page: &Page<'_>, found: &[Mention]) -> Vec<Mention> {
    const SAID: [Key; 2] = [Key::ascii("said"), Key::ascii("says")];
    let mut out = Vec::new();
    let word = |at: usize| page.tokens.get(at).map_or("", |token| page.word(*token));
    for sentence in &page.sentences {
        let tokens = sentence.tokens.clone();
        let mut cased = None;
        for at in tokens.start + 1..tokens.end.saturating_sub(1) {
            let token = page.tokens[at];
            let speaks = SAID.contains(&token.key) && matches!(word(at + 1), "it" | "its");
            let symbol = || {
                let upper = page.tokens[at + 1].case == Case::Upper;
                token.kind == TokenKind::Mark && word(at) == "<" && upper && matches!(word(at + 2), ">" | ".")
            };
            if !(speaks || symbol()) || !token.spaced {
                continue;
            }
            let is_cased =
                *cased.get_or_insert_with(|| casing(&page.tokens[tokens.clone()]) != Casing::Sentence);
            if is_cased {
                break;
            }
            out.extend(teller(page, found, tokens.start..at, !speaks));
        }
    }
    out
}

/// The capitals before `before.end` where they may be the name of a firm that the model has not found.
fn teller(page: &Page<'_>, found: &[Mention], before: Range<usize>, has_symbol: bool) -> Option<Mention> {
    let mut start = before.end;
    while start > before.start && before.end - start < MOST_WORDS && is_part(page, start - 1) {
        start -= 1;
    }
    while start < before.end && is_small(page.tokens[start]) {
        start += 1;
    }
    // "Moreno’s Mills <MMI>", "New Pictures <NPS>": the name may begin further back, but not before "Peru’s".
    let small = Tags::DET | Tags::PREP | Tags::AND | Tags::BUT | Tags::SUBORDINATE;
    let cut = start.checked_sub(1).filter(|&at| at >= before.start).is_some_and(|at| {
        let token = page.tokens[at];
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Word => token.is_capitalised() && !token.tags.has(small),
            TokenKind::Possessive => at == 0 || !page.tokens[at - 1].traits.any(Traits::COUNTRY),
            TokenKind::Mark => !token.spaced && page.word(token) != ",",
        }
    });
    if cut {
        return None;
    }
    let words = &page.tokens[start..before.end];
    let other = Traits::POST.or(Traits::TITLE).or(Traits::ADJECTIVE).or(Traits::COUNTRY);
    // A person has no symbol, but says that it rains.
    let person = Traits::GIVEN.or(Traits::SURNAME);
    let (first, last) = (words.first()?, words.last()?);
    if words.len() < 2
        || first.traits.any(Traits::POST.or(Traits::TITLE))
        || last.traits.any(other)
        || !has_symbol && (first.traits.any(Traits::GIVEN) || last.traits.any(person))
    {
        return None;
    }
    let next = found.partition_point(|mention| mention.tokens.end <= start);
    let is_open = |mention: &Mention| match mention.kind {
        NameKind::Org => false,
        NameKind::Per => has_symbol && mention.tokens.start >= start,
        NameKind::Loc => mention.tokens.start >= start && mention.tokens.end < before.end,
    };
    let mut beside = found[next..].iter().take_while(|mention| mention.tokens.start < before.end);
    beside.all(is_open).then_some(Mention {
        tokens: start..before.end,
        start: first.start as usize,
        end: last.end as usize,
        kind: NameKind::Org,
        confidence: 0.7,
        rule: "context",
    })
}

/// Whether a word may be part of a firm's name, the rest of which stands behind it.
fn is_part(page: &Page<'_>, at: usize) -> bool {
    let token = page.tokens[at];
    token.kind == TokenKind::Word
        && token.is_capitalised()
        && !token.traits.any(Traits::DATE)
        && page.tokens[at + 1].spaced
}

/// The mentions with firms between them: what lies in a firm is part of it.
fn merged(found: Vec<Mention>, firms: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(found.len() + firms.len());
    let mut firms = firms.into_iter().peekable();
    for mention in found {
        while let Some(firm) = firms.next_if(|firm| firm.tokens.start < mention.tokens.end) {
            out.push(firm);
        }
        if out.last().is_none_or(|last| last.tokens.end <= mention.tokens.start) {
            out.push(mention);
        }
    }
    out.extend(firms);
    out
}

/// The firms that a legal form ends, where the model has not found them whole.
fn formed(page: &Page<'_>, found: &[Mention]) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for sentence in &page.sentences {
        let tokens = sentence.tokens.clone();
        let is_form = |at: usize| is_form(page, at);
        let mut headline = None;
        let mut at = tokens.start;
        while at < tokens.end {
            if !is_form(at) {
                at += 1;
                continue;
            }
            let first_form = at;
            while at < tokens.end && is_form(at) {
                at += 1;
            }
            let cased =
                headline.get_or_insert_with(|| casing(&page.tokens[tokens.clone()]) != Casing::Sentence);
            if *cased {
                break;
            }
            let low = out.last().map_or(tokens.start, |last| last.tokens.end.max(tokens.start));
            out.extend(firm(page, found, low..first_form, at));
        }
    }
    out
}

fn is_form(page: &Page<'_>, at: usize) -> bool {
    let token = page.tokens[at];
    if !token.traits.any(Traits::ORG_TAIL) || !token.spaced || !form::is_sure(page.word(token)) {
        return false;
    }
    // "CC-BY SA" is no firm.
    token.end - token.start > 2
        || page.word(token) == "Co"
        || at.checked_sub(1).is_some_and(|before| page.tokens[before].case == Case::Title)
}

/// Whether a word is none of a name, though it begins a sentence.
fn is_small(token: Token) -> bool {
    let small =
        Tags::DET | Tags::PREP | Tags::AND | Tags::BUT | Tags::SUBORDINATE | Tags::SUBJECT | Tags::POSSESSIVE;
    token.tags.has(small) || token.traits.any(Traits::FUNCTION)
}

/// The firm whose form stands behind `before`, up to `end`.
fn firm(page: &Page<'_>, found: &[Mention], before: Range<usize>, end: usize) -> Option<Mention> {
    let is_part = |at: usize| is_part(page, at);
    let word = |at: usize| page.word(page.tokens[at]);
    let mut start = before.end;
    while start > before.start && before.end - start < MOST_WORDS {
        // "E. Korova Inc"
        let initial = start > before.start + 1
            && word(start - 1) == "."
            && !page.tokens[start - 1].spaced
            && page.tokens[start - 2].case == Case::Initial;
        start -= match () {
            () if initial => 2,
            () if is_part(start - 1) => 1,
            () => break,
        };
    }
    // "The", "But" at the beginning of the sentence.
    while start < before.end && is_small(page.tokens[start]) {
        start += 1;
    }
    // "Moreno & Diaz Inc"
    if start > before.start + 1 && word(start - 1) == "&" && is_part(start - 2) {
        start -= 2;
        start -= usize::from(start > before.start && is_part(start - 1));
    }
    let next = found.partition_point(|mention| mention.tokens.end < start);
    let beside: Vec<&Mention> = found[next..]
        .iter()
        .take_while(|mention| mention.tokens.start < end && mention.tokens.start < before.end)
        .collect();
    let whole = |mention: &&Mention| {
        mention.kind == NameKind::Org && mention.tokens.start <= start && mention.tokens.end >= end
            || mention.tokens.end > end
    };
    if beside.iter().any(whole) {
        return None;
    }
    // "U.S. Korova Corp", "Moreno and Diaz Inc": what the model has found reaches further back.
    let begins =
        beside.first().filter(|first| first.tokens.start >= before.start && first.tokens.end >= start);
    let joint = |mention: &&&Mention| {
        mention.tokens.end > start || mention.tokens.end == start && page.tokens[start].spaced
    };
    let start = begins.filter(joint).map_or(start, |first| first.tokens.start.min(start));
    if start >= before.end {
        return None;
    }
    // "and Diaz Inc" may be the last partner of a firm.
    let partner = start > before.start && word(start - 1) == "and";
    if partner && before.end - start == 1 && beside.is_empty() {
        return None;
    }
    Some(Mention {
        tokens: start..end,
        start: page.tokens[start].start as usize,
        end: page.tokens[end - 1].end as usize,
        kind: NameKind::Org,
        confidence: 0.9,
        rule: FORMED,
    })
}

/// The words of a firm without its form.
struct Stem {
    words: Vec<Key>,
    /// Whether the first is a given name: then only all of them together are the firm.
    is_given: bool,
}

/// The words of firms without their forms, by the first of them.
type Stems = HashMap<Key, Vec<Stem>, BuildKeyHasher>;

fn stems(page: &Page<'_>, mentions: &[Mention]) -> Stems {
    let mut stems = Stems::default();
    let is_formed = |firm: &&Mention| firm.kind == NameKind::Org && is_form(page, firm.tokens.end - 1);
    let mut people = None;
    for firm in mentions.iter().filter(is_formed) {
        let words = firm.tokens.clone().filter(|&at| !is_form(page, at));
        let stem: Vec<Key> = words.map(|at| page.tokens[at].key).collect();
        let [first, .., last] = stem[..] else { continue };
        // Of a firm that is called as a person of the page is, the person may be meant.
        let is_given = page.tokens[firm.tokens.start].traits.any(Traits::GIVEN);
        if is_given && people.get_or_insert_with(|| business::people(page, mentions)).contains(&last) {
            continue;
        }
        let known = stems.entry(first).or_default();
        if known.len() < MOST_STEMS && !known.iter().any(|known| known.words == stem) {
            known.push(Stem { words: stem, is_given });
        }
    }
    stems
}

/// Firms whose names begin with the same word that are told apart.
const MOST_STEMS: usize = 8;

/// Makes firms of the names, and of the words that are none yet, by which firms of the page are called without their form.
fn named_again(page: &Page<'_>, found: Vec<Mention>, stems: &Stems) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(found.len());
    let mut found = found.into_iter().peekable();
    let mut at = 0;
    while at < page.tokens.len() {
        let token = page.tokens[at];
        let stem = if matches!(token.case, Case::Title | Case::Upper) { stems.get(&token.key) } else { None };
        let Some(len) = stem.and_then(|stems| called(page, at, stems)) else {
            at += 1;
            continue;
        };
        while let Some(mention) = found.next_if(|mention| mention.tokens.end <= at) {
            out.push(mention);
        }
        let words = at..at + len;
        at += len;
        let is_other =
            |mention: &Mention| mention.tokens.start < words.start || mention.tokens.end > words.end;
        let is_firm = |mention: &Mention| mention.kind == NameKind::Org && mention.tokens == words;
        if found.peek().is_some_and(|mention| {
            mention.tokens.start < words.end && (is_other(mention) || is_firm(mention))
        }) {
            continue;
        }
        while found.next_if(|mention| mention.tokens.start < words.end).is_some() {}
        out.push(Mention {
            start: page.tokens[words.start].start as usize,
            end: page.tokens[words.end - 1].end as usize,
            tokens: words,
            kind: NameKind::Org,
            confidence: 0.8,
            rule: FORMED,
        });
    }
    out.extend(found);
    out
}

/// How many words of a firm's name stand at `at`, two at least, and no other capital behind them.
fn called(page: &Page<'_>, at: usize, stems: &[Stem]) -> Option<usize> {
    let matching = |stem: &Stem| {
        let here = page.tokens[at..].iter().take(stem.words.len()).zip(&stem.words);
        let len = here.take_while(|(token, key)| token.key == **key && token.is_capitalised()).count();
        if stem.is_given && len < stem.words.len() { 0 } else { len }
    };
    let len = stems.iter().map(matching).max()?;
    let goes_on = page.tokens.get(at + len).is_some_and(|next| next.is_word() && next.is_capitalised());
    let inner = at
        .checked_sub(1)
        .map(|before| page.tokens[before])
        .is_some_and(|before| before.is_word() && before.is_capitalised() && !is_small(before));
    (len >= 2 && !goes_on && !inner).then_some(len)
}
