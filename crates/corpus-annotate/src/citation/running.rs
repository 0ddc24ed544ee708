//! Citations in the run of a sentence: "according to the daily Vesti", "told Reuters", "an article in The Hindu".

use super::{Citation, Outlet, outlet};
use crate::{
    lexicon::Lexicon,
    name::one_line,
    page::{Found, Page},
    statement::word::Tags,
    stretch::InOrder,
    token::{Case, Token, TokenKind},
};
use corpus_core::Span;
use std::{ops::Range, sync::LazyLock};

/// Nouns of outlets.
const OUTLET_NOUNS: &[&str] = &[
    "newspaper",
    "daily",
    "weekly",
    "magazine",
    "agency",
    "broadcaster",
    "channel",
    "website",
    "portal",
    "tabloid",
    "outlet",
    "station",
    "newswire",
    "publication",
    "journal",
    "site",
    "media",
];
/// Nouns of what outlets publish.
const PIECES: &[&str] = &[
    "article",
    "articles",
    "report",
    "interview",
    "op-ed",
    "editorial",
    "story",
    "piece",
    "column",
    "commentary",
];
/// Those of them that somebody writes for an outlet.
const WRITTEN: &[&str] = &["article", "op-ed", "editorial", "column", "commentary", "essay"];
/// Words that lead to an outlet which is cited.
const LEADS: &[&str] =
    &["to", "told", "by", "with", "in", "for", "citing", "quoting", "from", "on", "via", "informed"];
/// Verbs by which an outlet reports.
const REPORTS: &[&str] = &[
    "reported",
    "reports",
    "wrote",
    "writes",
    "quoted",
    "quotes",
    "published",
    "cited",
    "said",
    "says",
    "noted",
    "notes",
    "revealed",
    "claimed",
    "claims",
    "states",
    "stated",
    "reporting",
    "writing",
    "citing",
    "confessed",
    "asked",
    "asks",
    "suggested",
    "suggests",
    "called",
    "argued",
    "argues",
];
/// Words within the name of an outlet.
const CONNECTORS: &[&str] = &["of", "de", "da", "do", "del", "della", "di", "des", "du"];
/// Tokens behind an outlet in which its verb stands, where its noun says that it is one.
const FAR: usize = 24;
/// Tokens between a lead and the outlet that it cites.
const REACH: usize = 6;

/// The nouns at which a citation may begin.
static LEAD: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(OUTLET_NOUNS.iter().chain(WRITTEN).map(|&noun| (noun, ()))));

static NOUN: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(OUTLET_NOUNS.iter().map(|&noun| (noun, ()))));

static PIECE: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(WRITTEN.iter().map(|&noun| (noun, ()))));

/// The running citations of the tokens of one passage.
pub(super) fn find(page: &Page<'_>, tokens: Range<usize>, found: &mut Vec<Found<Citation>>) {
    let mut at = tokens.start;
    while at < tokens.end {
        let token = page.tokens[at];
        if !(token.is_capitalised() || token.kind == TokenKind::Number) && LEAD.get(token).is_none() {
            at += 1;
            continue;
        }
        let piece = piece_at(page, at, tokens.clone());
        let Some((name, usual)) = piece.clone().or_else(|| outlet_at(page, at, tokens.clone())) else {
            at += 1;
            continue;
        };
        let phrase = if piece.is_some() {
            let led = at > tokens.start && page.tokens[at - 1].tags.has(Tags::DET | Tags::POSSESSIVE);
            at - usize::from(led)..name.end
        } else {
            phrase(page, name.clone(), tokens.clone())
        };
        if piece.is_some() || is_cited(page, phrase.clone(), tokens.clone()) {
            let text = page.text();
            let comma = name.clone().find(|&at| page.word(page.tokens[at]) == ",");
            let name = name.start..comma.unwrap_or(name.end);
            let written =
                &text[page.tokens[name.start].start as usize..page.tokens[name.end - 1].end as usize];
            found.push(Found {
                span: Span::new(
                    page.tokens[phrase.start].start as usize,
                    page.tokens[phrase.end - 1].end as usize,
                ),
                value: Citation {
                    outlets: vec![Outlet {
                        name: one_line(written).into_owned(),
                        entity: Some(outlet::id(usual.unwrap_or(written))),
                        date: None,
                    }],
                },
                rule: if usual.is_some() { "running-known" } else { "running-noun" },
                confidence: if usual.is_some() { 0.75 } else { 0.7 },
            });
        }
        at = phrase.end.max(at + 1);
    }
}

/// The outlet of "their article for the Norden Council", at the word "article".
fn piece_at(
    page: &Page<'_>,
    at: usize,
    tokens: Range<usize>,
) -> Option<(Range<usize>, Option<&'static str>)> {
    if PIECE.get(page.tokens[at]).is_none() || page.tokens[at].case != Case::Lower {
        return None;
    }
    let word =
        |at: usize| page.tokens.get(at).filter(|_| at < tokens.end).map_or("", |token| page.word(*token));
    if !matches!(word(at + 1), "in" | "for") {
        return None;
    }
    let start = at + 2 + usize::from(word(at + 2) == "the");
    let end = name_end(page, start, tokens.end);
    let first = page.tokens.get(start)?;
    let name = page.facts.names.beginning_at(first.start as usize);
    let other = name.is_some_and(|name| name.value.kind != crate::name::NameKind::Org);
    let time = first.tags.has(Tags::TIME);
    (end > start && !time && !other).then(|| {
        let usual = outlet::known()
            .longest(&page.tokens[start..end])
            .filter(|(n, _)| start + n == end)
            .map(|(_, usual)| usual);
        (start..end, usual)
    })
}

/// The tokens of an outlet's name at `at`, and its usual name where it is known.
fn outlet_at(
    page: &Page<'_>,
    at: usize,
    tokens: Range<usize>,
) -> Option<(Range<usize>, Option<&'static str>)> {
    let token = page.tokens[at];
    if token.is_capitalised() || token.kind == TokenKind::Number {
        if let Some((n, usual)) = outlet::known().longest(&page.tokens[at..tokens.end])
            && !continues_name(page, at, at + n, &tokens)
        {
            return Some((at..at + n, Some(usual)));
        }
        // "the Severny Vestnik newspaper"
        let end = name_end(page, at, tokens.end);
        let ends_here = at > tokens.start && page.tokens[at - 1].is_capitalised() && page.tokens[at].spaced;
        if !ends_here && outlet::has_form(page, at..end) {
            return Some((at..end, None));
        }
        // "Severny Vestnik, a weekly of the north"
        if let Some(noun) = noun_in_apposition(page, end, tokens.end)
            && end > at
            && !token.tags.has(Tags::DET | Tags::PREP | Tags::TIME)
        {
            return Some((at..noun, None));
        }
        let behind = page.tokens.get(end).is_some_and(|next| end < tokens.end && is_noun(*next));
        let led = at > tokens.start && page.tokens[at - 1].tags.has(Tags::DET);
        return (behind && led).then_some((at..end, None));
    }
    // "the newspaper Severny Vestnik", "the newspaper “Vestnik”"
    if !is_noun(token) || token.is_capitalised() {
        return None;
    }
    let mut start = at + 1;
    let quoted =
        page.tokens.get(start).is_some_and(|next| start < tokens.end && is_open_quote(page.word(*next)));
    if quoted {
        start += 1;
    }
    let end = name_end(page, start, tokens.end);
    if end == start {
        return None;
    }
    let usual = outlet::known()
        .longest(&page.tokens[start..end])
        .filter(|(n, _)| start + n == end)
        .map(|(_, usual)| usual);
    Some((start..end, usual))
}

/// The end of ", a weekly" behind a name that ends before `end`.
fn noun_in_apposition(page: &Page<'_>, end: usize, limit: usize) -> Option<usize> {
    let word = |at: usize| page.tokens.get(at).filter(|_| at < limit).map_or("", |token| page.word(*token));
    if word(end) != "," || !matches!(word(end + 1), "a" | "an" | "the") {
        return None;
    }
    (end + 2..end + 6)
        .find(|&at| page.tokens.get(at).is_some_and(|token| at < limit && is_noun(*token)))
        .map(|at| at + 1)
}

/// Whether a known name is only part of a longer one: "AP Smith", "Time Warner".
fn continues_name(page: &Page<'_>, start: usize, end: usize, tokens: &Range<usize>) -> bool {
    let next = page.tokens.get(end).filter(|_| end < tokens.end);
    let before =
        start.checked_sub(1).filter(|&before| before >= tokens.start).map(|before| page.tokens[before]);
    next.is_some_and(|next| {
        next.is_capitalised() && !PIECES.iter().any(|piece| page.word(*next).eq_ignore_ascii_case(piece))
    }) || before.is_some_and(|before| {
        before.is_capitalised()
            && !before.tags.has(Tags::DET | Tags::PREP | Tags::AND | Tags::SUBORDINATE)
            && !page.tokens[start].spaced
    })
}

/// The end of a run of capitalised words from `start`.
fn name_end(page: &Page<'_>, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end && at < start + 6 {
        let token = page.tokens[at];
        if !token.is_capitalised() {
            if at == start {
                break;
            }
            let next = page.tokens.get(at + 1);
            let small = token.is_word()
                && next.is_some_and(|next| next.is_capitalised())
                && CONNECTORS.contains(&page.word(token));
            let joined = !token.spaced
                && next.is_some_and(|next| !next.spaced && next.is_word())
                && matches!(page.word(token), "." | "-" | "/");
            let site = !token.spaced && token.is_word() && page.word(page.tokens[at - 1]) == ".";
            if !(small || joined || site) {
                break;
            }
        }
        at += 1;
    }
    at
}

fn is_noun(token: Token) -> bool {
    // In lower case, as the list has them.
    token.case == Case::Lower && NOUN.get(token).is_some()
}

fn is_open_quote(word: &str) -> bool {
    matches!(word, "\u{201c}" | "\"" | "\u{ab}" | "\u{2018}" | "\u{201e}")
}

/// The noun phrase around the name: its article, adjectives and noun.
fn phrase(page: &Page<'_>, name: Range<usize>, tokens: Range<usize>) -> Range<usize> {
    let _text = page.text();
    let Range { mut start, mut end } = name;
    if page.tokens.get(end).is_some_and(|next| {
        end < tokens.end && matches!(page.word(*next), "\u{201d}" | "\"" | "\u{bb}" | "\u{2019}")
    }) && start > tokens.start
        && is_open_quote(page.word(page.tokens[start - 1]))
    {
        end += 1;
    }
    let mut pieces = 0;
    while end < tokens.end
        && pieces < 2
        && (is_noun(page.tokens[end])
            || PIECES.contains(&page.word(page.tokens[end]))
            || page.word(page.tokens[end]) == "news")
    {
        end += 1;
        pieces += 1;
    }
    let mut n_words = 0;
    while start > tokens.start && n_words < 6 {
        let before = page.tokens[start - 1];
        let tags = before.tags;
        if tags.has(Tags::DET | Tags::POSSESSIVE) && !tags.has(Tags::THAT) {
            start -= 1;
            break;
        }
        let adjective = before.kind == TokenKind::Word
            && !tags.has(
                Tags::PREP
                    | Tags::ANY_AUX
                    | Tags::VERB
                    | Tags::AND
                    | Tags::SUBORDINATE
                    | Tags::TO
                    | Tags::SUBJECT
                    | Tags::RELATIVE
                    | Tags::TIME,
            )
            || is_open_quote(page.word(before)) && n_words == 0;
        if !adjective {
            break;
        }
        start -= 1;
        n_words += 1;
    }
    // Without an article, adjectives of another word may have been taken: keep the noun of the outlet only.
    let led = page.tokens[start].tags.has(Tags::DET | Tags::POSSESSIVE);
    if !led {
        start = (start..name.start).find(|&at| is_noun(page.tokens[at])).unwrap_or(name.start);
    }
    start..end
}

/// Whether the outlet is cited there: it is told, quoted or read, or it reports.
fn is_cited(page: &Page<'_>, phrase: Range<usize>, tokens: Range<usize>) -> bool {
    let word_at = |at: usize| page.tokens.get(at).map_or("", |token| page.word(*token));
    let piece = |word: &str| PIECES.iter().any(|piece| word.eq_ignore_ascii_case(piece));
    if phrase.clone().any(|at| piece(word_at(at))) {
        return true;
    }
    let mut next = phrase.end;
    while next < tokens.end && next < phrase.end + 2 && page.tokens[next].tags.has(Tags::ADVERB | Tags::HAVE)
    {
        next += 1;
    }
    if next < tokens.end && REPORTS.contains(&word_at(next)) {
        return true;
    }
    // "the newspaper X was first: it published an article"
    let described = phrase.clone().any(|at| is_noun(page.tokens[at]));
    let reports = |at: usize| REPORTS.contains(&word_at(at)) || word_at(at) == "published";
    let opens = phrase.start <= tokens.start + 3 || page.tokens[phrase.start - 1].kind == TokenKind::Mark;
    if described
        && opens
        && (next..tokens.end.min(next + FAR)).take_while(|&at| word_at(at) != ".").any(reports)
    {
        return true;
    }
    let Some(lead) = phrase.start.checked_sub(1).filter(|&lead| lead >= tokens.start) else { return false };
    let before = |n: usize| lead.checked_sub(n).filter(|&at| at >= tokens.start).map_or("", word_at);
    if !LEADS.contains(&word_at(lead)) {
        return false;
    }
    match word_at(lead) {
        "told" | "citing" | "quoting" | "informed" | "via" => true,
        "to" => {
            before(1).eq_ignore_ascii_case("according")
                || (1..REACH).any(|n| {
                    matches!(
                        before(n),
                        "interview" | "speaking" | "statement" | "comments" | "spoke" | "comment"
                    )
                })
        }
        "by" => {
            (1..REACH).any(|n| REPORTS.contains(&before(n)) || piece(before(n)) || before(n) == "interviewed")
        }
        _ => (1..REACH).any(|n| {
            piece(before(n))
                || matches!(
                    before(n),
                    "published" | "wrote" | "writing" | "appeared" | "quoted" | "reported" | "interviewed"
                )
        }),
    }
}
