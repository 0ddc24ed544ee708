//! Consistency: what a page says of a word in one place holds in the others.

use super::{
    NameKind,
    context::by_context,
    features::{head_of, may_begin},
    gazetteer::{KnownKind, Traits, gazetteer},
    headline, office,
    tagger::Mention,
};
use crate::{
    page::Page,
    stretch::InOrder,
    token::{BuildKeyHasher, Case, Key, Token, TokenKind},
};
use std::collections::HashMap;

/// Votes for a word being a name by itself, by kind.
#[derive(Clone, Copy, Debug, Default)]
struct Votes([f32; 3]);

impl Votes {
    /// The kind that the page is agreed on; a person needs less, since surnames stand alone after a full name.
    fn agreed(self) -> Option<NameKind> {
        let total: f32 = self.0.iter().sum();
        let kinds = [(NameKind::Per, 0.45, 0.9), (NameKind::Org, 0.6, 1.5), (NameKind::Loc, 0.6, 1.5)];
        kinds
            .into_iter()
            .find(|&(kind, share, least)| {
                let own = self.0[kind as usize];
                own >= least && own >= share * total
            })
            .map(|(kind, _, _)| kind)
    }
}

/// The mentions of a page made consistent: known phrases, given names before surnames, words named elsewhere.
pub(super) fn consistent(page: &Page<'_>, found: Vec<Mention>) -> Vec<Mention> {
    let mut found = found;
    found.iter_mut().for_each(|mention| cut(page, mention));
    // "Q4" of "Q3 and Q4 2013" is no name, nor is "CFA" of "300 CFA francs".
    found.retain(|mention| !is_time(page, mention) && !is_money(page, mention));
    let mut mentions = known(page, found);
    office::cut(page, &mut mentions);
    if mentions.iter().any(|mention| page.tokens[mention.tokens.start].hyphenated) {
        let parted = |mention: Mention| parts(page, &mention).unwrap_or_else(|| vec![mention]);
        mentions = mentions.into_iter().flat_map(parted).collect();
    }
    // What a body is for has become part of its name.
    let mut taken = 0;
    mentions.retain_mut(|mention| {
        let is_name = mention.start >= taken && settle(page, mention);
        taken = if is_name { mention.end } else { taken };
        is_name
    });
    headline::cut(page, &mut mentions);
    join_given_names(page, &mut mentions);
    by_context(page, &mut mentions);
    headline::add(page, &mut mentions);
    headline::drop_shouted(page, &mut mentions);
    let votes = votes(page, &mentions);
    for mention in &mut mentions {
        if mention.rule == "model" && mention.tokens.len() == 1 {
            let agreed = votes.get(&key(page, mention)).and_then(|votes| votes.agreed());
            // "Morenos’ hands": a possessive at the wrong place.
            let agreed = agreed.or_else(|| {
                let stem = page.text()[mention.start..mention.end].strip_suffix('s')?;
                let agreed = votes.get(&Key::of(stem)).and_then(|votes| votes.agreed());
                agreed.filter(|kind| *kind == NameKind::Per && mention.kind == NameKind::Loc)
            });
            if let Some(kind) = agreed.filter(|kind| *kind != mention.kind) {
                (mention.kind, mention.rule) = (kind, "elsewhere");
            }
        }
    }
    add_missed(page, mentions, &votes)
}

/// Whether a mention of one word lies in an expression of time that is no part of a name.
fn is_time(page: &Page<'_>, mention: &Mention) -> bool {
    let time = page.facts.times.over(mention.start);
    mention.tokens.len() == 1 && time.is_some_and(|time| mention.end <= time.span.end && !time.value.in_name)
}

/// Whether a mention lies in an amount of money.
fn is_money(page: &Page<'_>, mention: &Mention) -> bool {
    page.facts.money.over(mention.start).is_some_and(|amount| mention.end <= amount.span.end)
}

fn key(page: &Page<'_>, mention: &Mention) -> Key {
    page.tokens[mention.tokens.end - 1].key
}

fn votes(page: &Page<'_>, mentions: &[Mention]) -> HashMap<Key, Votes, BuildKeyHasher> {
    let mut votes: HashMap<Key, Votes, BuildKeyHasher> = HashMap::default();
    for mention in mentions {
        let full = mention.kind == NameKind::Per && mention.tokens.len() > 1;
        if mention.tokens.len() == 1 || full {
            let sure = full || mention.rule == "context";
            let weight = mention.confidence + if sure { 1.0 } else { 0.0 };
            votes.entry(key(page, mention)).or_default().0[mention.kind as usize] += weight;
        } else if let Some(own) = own_word(page, mention) {
            votes.entry(own).or_default().0[NameKind::Org as usize] += mention.confidence + 1.0;
        }
    }
    votes
}

/// The one word that is a firm's own: "Korova" of "Korova Ltd".
fn own_word(page: &Page<'_>, mention: &Mention) -> Option<Key> {
    let [own, tails @ ..] = &page.tokens[mention.tokens.clone()] else { return None };
    let traits = |token: &Token| token.traits;
    let is_tail = |token: &Token| traits(token).any(Traits::ORG_TAIL) || !token.is_word();
    let is_own = mention.kind == NameKind::Org && traits(own) == Traits::default() && own.case == Case::Title;
    (is_own && !tails.is_empty() && tails.iter().all(is_tail)).then_some(own.key)
}

/// Puts known phrases in: a body or region of several words whole, an acronym or a country wherever it stands free.
fn known(page: &Page<'_>, found: Vec<Mention>) -> Vec<Mention> {
    let gazetteer = gazetteer();
    let mut out: Vec<Mention> = Vec::with_capacity(found.len() + 8);
    let mut found = found.into_iter().peekable();
    for sentence in &page.sentences {
        let tokens = &page.tokens[..sentence.tokens.end];
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let token = tokens[at];
            let open = found.peek().map(|mention| mention.tokens.clone()).filter(|open| open.start <= at);
            if !may_begin(token) {
                if open.is_some_and(|open| open.start == at) {
                    out.extend(found.next());
                }
                at += 1;
                continue;
            }
            let phrase = gazetteer.longest(&tokens[at..]);
            match (phrase, open) {
                // The mention that the model has found is as long, or longer: it stays, unless it cuts a known one.
                (Some((len, known)), Some(open))
                    if len > open.len() && whole(page, at, len) && kind_of(known.kind).is_some() =>
                {
                    while found.peek().is_some_and(|mention| mention.tokens.start < at + len) {
                        found.next();
                    }
                    out.extend(mention_of(page, at, len, known.kind));
                    at += len;
                }
                (Some((len, known)), None) if sure(page, at, len, known.kind) => {
                    let end = at + len;
                    // "Peru" of "Republic of Peru" is part of it.
                    while len > 1 && found.peek().is_some_and(|mention| mention.tokens.end <= end) {
                        found.next();
                    }
                    if found.peek().is_none_or(|mention| mention.tokens.start >= end) {
                        out.extend(mention_of(page, at, len, known.kind));
                        at = end;
                    } else {
                        at += 1;
                    }
                }
                (_, Some(open)) => {
                    at = open.end.max(at + 1);
                    out.extend(found.next());
                }
                _ => {
                    if token.hyphenated {
                        out.extend(hyphenated(page, at));
                    }
                    at += 1;
                }
            }
        }
    }
    out.extend(found);
    out
}

/// The mentions in a hyphenated word that the model passed over: the place of "Lima-based", both of "Peru-Chile".
fn hyphenated(page: &Page<'_>, at: usize) -> Vec<Mention> {
    let token = page.tokens[at];
    let word = page.word(token);
    let head = head_of(token, word);
    let whole = Mention {
        tokens: at..at + 1,
        start: token.start as usize,
        end: token.start as usize + head.len(),
        kind: NameKind::Loc,
        confidence: 0.9,
        rule: "gazetteer",
    };
    if head.len() < word.len() {
        let lies = word.ends_with("-based") && !is_adjective(head)
            || gazetteer().known(head).and_then(kind_of) == Some(NameKind::Loc);
        return if lies { vec![whole] } else { Vec::new() };
    }
    parts(page, &whole).unwrap_or_default()
}

/// Whether the words of a known phrase are written as a name: the last one large, or the phrase has several words.
fn whole(page: &Page<'_>, at: usize, len: usize) -> bool {
    len >= 2 && page.tokens[at..at + len].iter().filter(|token| may_begin(**token)).count() * 2 >= len
}

/// Whether a known phrase that the model has passed over is a name all the same.
fn sure(page: &Page<'_>, at: usize, len: usize, kind: KnownKind) -> bool {
    let token = page.tokens[at];
    let begins = at == 0 || !page.tokens[at - 1].is_word();
    let after = page.tokens.get(at + len);
    let goes_on = after.is_some_and(|token| may_begin(*token) && token.spaced);
    let text = page.text();
    let parenthesis = at > 0 && &text[page.tokens[at - 1].span()] == "(";
    match kind {
        KnownKind::Country | KnownKind::Capital | KnownKind::Seat => {
            let title = token.case == Case::Title
                || (token.case == Case::Upper && len == 1 && token.end - token.start <= 3);
            title && !goes_on && token.traits.0 & Traits::GIVEN.0 == 0
        }
        KnownKind::Organisation | KnownKind::Outlet => {
            let acronym = len == 1 && token.case == Case::Upper && token.end - token.start >= 2;
            let mixed = len == 1 && !begins && token.traits.0 == Traits::BODY.0;
            (len >= 2 && whole(page, at, len)) || (acronym && !goes_on) || (mixed && !goes_on) || parenthesis
        }
        KnownKind::Region => {
            let article = at > 0 && text[page.tokens[at - 1].span()].eq_ignore_ascii_case("the");
            (whole(page, at, len) || article) && !goes_on && token.case == Case::Title
        }
        KnownKind::City => !begins && !goes_on && len >= 2 && whole(page, at, len),
        KnownKind::Adjective => false,
    }
}

const fn kind_of(kind: KnownKind) -> Option<NameKind> {
    match kind {
        KnownKind::Organisation | KnownKind::Outlet => Some(NameKind::Org),
        KnownKind::Adjective => None,
        _ => Some(NameKind::Loc),
    }
}

fn mention_of(page: &Page<'_>, at: usize, len: usize, kind: KnownKind) -> Option<Mention> {
    Some(Mention {
        tokens: at..at + len,
        start: page.tokens[at].start as usize,
        end: page.tokens[at + len - 1].end as usize,
        kind: kind_of(kind)?,
        confidence: 0.9,
        rule: "gazetteer",
    })
}

/// The mentions in a mention of one word: of "Belarus-EU" both; nothing where one of its parts is unknown.
fn parts(page: &Page<'_>, mention: &Mention) -> Option<Vec<Mention>> {
    let text = &page.text()[mention.start..mention.end];
    if mention.tokens.len() > 1 || !page.tokens[mention.tokens.start].hyphenated || !text.contains('-') {
        return None;
    }
    let mut at = mention.start;
    let mut parts = Vec::new();
    for part in text.split('-') {
        let kind = gazetteer().known(part)?;
        let span = at..at + part.len();
        at = span.end + 1;
        if let Some(kind) = kind_of(kind) {
            parts.push(Mention {
                start: span.start,
                end: span.end,
                kind,
                rule: "gazetteer",
                ..mention.clone()
            });
        }
    }
    Some(parts)
}

/// Ends a person's name before "of the", and begins a known name after "The".
fn cut(page: &Page<'_>, mention: &mut Mention) {
    let is = |at: usize, word: &str| page.word(page.tokens[at]) == word;
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    if mention.kind == NameKind::Per {
        if let Some(of) = (start + 1..end - 1).find(|&at| is(at, "of") && is(at + 1, "the")) {
            mention.tokens.end = of;
            mention.end = page.tokens[of - 1].end as usize;
        }
    } else if end - start > 2 && is(start, "The") {
        let rest = &page.tokens[start + 1..end];
        let known = gazetteer()
            .longest(rest)
            .is_some_and(|(len, known)| len == rest.len() && kind_of(known.kind).is_some());
        if known {
            mention.tokens.start += 1;
            mention.start = page.tokens[start + 1].start as usize;
        }
    }
}

/// Corrects the kind and the extent of a mention by its words; says whether it is a name at all.
fn settle(page: &Page<'_>, mention: &mut Mention) -> bool {
    let gazetteer = gazetteer();
    if mention.kind == NameKind::Per {
        // "Russian President Ito"
        let country = page.tokens[mention.tokens.start].traits.any(Traits::ADJECTIVE);
        if mention.tokens.len() > 2 && country && is_post(page, mention.tokens.start + 1) {
            mention.tokens.start += 1;
        }
        while mention.tokens.len() > 1 && is_post(page, mention.tokens.start) {
            mention.tokens.start += 1 + usize::from(page.word(page.tokens[mention.tokens.start + 1]) == ".");
            mention.tokens.start = mention.tokens.start.min(mention.tokens.end - 1);
            mention.start = page.tokens[mention.tokens.start].start as usize;
        }
    }
    if mention.kind == NameKind::Per && !office::behind_post(page, mention) {
        return false;
    }
    let tokens = &page.tokens[mention.tokens.clone()];
    if mention.kind == NameKind::Per {
        // "Peru Tin Ltd"
        let is_tail = |at: usize| tokens[at].traits.any(Traits::ORG_TAIL);
        if tokens.len() > 1 && is_tail(tokens.len() - 1) && !tokens[0].traits.any(Traits::GIVEN) {
            mention.kind = NameKind::Org;
        }
    }
    if tokens.len() == 1 && tokens[0].hyphenated && is_adjective(&page.text()[mention.start..mention.end]) {
        return false;
    }
    let known =
        gazetteer.longest(tokens).filter(|(len, _)| *len == tokens.len()).map(|(_, known)| known.kind);
    match known {
        Some(KnownKind::Adjective) => return false,
        // "the Chilean President"
        None if office::is_office(tokens) => return false,
        Some(KnownKind::Country | KnownKind::Seat) if mention.kind == NameKind::Org => {
            mention.kind = NameKind::Loc
        }
        _ => {}
    }
    let last = tokens[tokens.len() - 1].traits;
    if tokens.len() > 1 && last.any(Traits::ORG_HEAD) && mention.kind != NameKind::Per && known.is_none() {
        if !last.any(Traits::PLACE_TAIL) {
            mention.kind = NameKind::Org;
        }
        purpose(page, mention);
    }
    true
}

/// Whether the last part of a hyphenated word is the adjective of a country: "pro-Chilean".
fn is_adjective(word: &str) -> bool {
    let last = word.rsplit('-').next().unwrap_or(word);
    gazetteer().traits(Key::of(last)).any(Traits::ADJECTIVE)
}

/// Takes in what a body is for: "Centre" "for Strategic and Foreign Policy Studies".
fn purpose(page: &Page<'_>, mention: &mut Mention) {
    let tokens = &page.tokens;
    let is =
        |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| words.contains(&page.word(*token)));
    if !is(mention.tokens.end, &["for"]) {
        return;
    }
    let mut at = mention.tokens.end + 1;
    while let Some(token) = tokens.get(at).filter(|_| at < mention.tokens.end + MAX_PURPOSE) {
        if may_begin(*token) && token.spaced {
            mention.tokens.end = at + 1;
            mention.end = token.end as usize;
        } else if !is(at, &["and", "of", "the", "in"]) {
            break;
        }
        at += 1;
    }
}

/// The most tokens a purpose may have.
const MAX_PURPOSE: usize = 8;

/// Whether a post or a plain title stands before a name; "King" and the like belong to it.
pub(super) fn is_post(page: &Page<'_>, at: usize) -> bool {
    let token = page.tokens[at];
    let word = page.word(token);
    // "Presidents Ito and Diaz".
    let plural =
        || word.strip_suffix('s').is_some_and(|one| gazetteer().traits(Key::of(one)).any(Traits::POST));
    token.case == Case::Title
        && (token.traits.any(Traits::TITLE.or(Traits::POST)) || plural())
        && !BELONGING.contains(&word)
}

/// Titles that belong to a name.
const BELONGING: &[&str] = &["King", "Queen", "Prince", "Princess", "Pope", "Saint", "St", "Count", "Don"];

/// Takes the given name before a person's name into it, and makes a person of a given name with a word that is
/// nothing known.
fn join_given_names(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let gazetteer = gazetteer();
    let traits = |at: usize| page.tokens[at].traits;
    let is_given = |at: usize| {
        page.tokens[at].case == Case::Title
            && traits(at).any(Traits::GIVEN)
            && !traits(at).any(
                Traits::COUNTRY
                    .or(Traits::TITLE)
                    .or(Traits::POST)
                    .or(Traits::DATE)
                    .or(Traits::FUNCTION)
                    .or(Traits::ADJECTIVE),
            )
    };
    let mut out: Vec<Mention> = Vec::with_capacity(mentions.len());
    let mut rest = mentions.drain(..).peekable();
    while let Some(mut mention) = rest.next() {
        let start = mention.tokens.start;
        let other = mention.kind != NameKind::Per && mention.rule == "model";
        if other
            && mention.tokens.len() == 2
            && gazetteer.longest(&page.tokens[start..mention.tokens.end]).is_none_or(|(len, _)| len < 2)
        {
            let last = traits(start + 1);
            let common = Traits::ORG_HEAD.or(Traits::ORG_TAIL).or(Traits::PLACE_TAIL).or(Traits::PRODUCT);
            let is_surname = is_given(start) || has_surname_ending(page.word(page.tokens[start + 1]));
            if is_surname && page.tokens[start + 1].case == Case::Title && !last.any(common) {
                mention.kind = NameKind::Per;
                mention.rule = "given-name";
                if is_post(page, start) {
                    mention.tokens.start = start + 1;
                    mention.start = page.tokens[start + 1].start as usize;
                }
            }
        }
        if mention.kind == NameKind::Per
            && mention.tokens.len() == 1
            && start > 0
            && mention.start == page.tokens[start].start as usize
        {
            let free = out.last().is_none_or(|last: &Mention| last.tokens.end < start);
            let alone =
                out.last().is_some_and(|last| last.rule == "model" && last.tokens == (start - 1..start));
            if (free && is_first_name(page, start - 1)) || (alone && is_given(start - 1)) {
                if alone {
                    out.pop();
                }
                mention.tokens.start = start - 1;
                mention.start = page.tokens[start - 1].start as usize;
                mention.rule = "given-name";
            }
        }
        let next = mention.tokens.end;
        let free = rest.peek().is_none_or(|other: &Mention| other.tokens.start > next);
        if mention.kind == NameKind::Per
            && mention.tokens.len() == 1
            && mention.rule == "model"
            && free
            && is_last_name(page, next)
        {
            mention.tokens.end = next + 1;
            mention.end = page.tokens[next].end as usize;
        }
        out.push(mention);
    }
    drop(rest);
    *mentions = out;
}

/// Whether the word at `at` is the given name before a surname: capitalised, right before it, and nothing else known.
fn is_first_name(page: &Page<'_>, at: usize) -> bool {
    let token = page.tokens[at];
    let traits = token.traits;
    let adjacent = page.tokens.get(at + 1).is_some_and(|next| next.start == token.end + 1);
    let inside = at > 0 && page.tokens[at - 1].is_word();
    let other = Traits(!(Traits::GIVEN.0 | Traits::SURNAME.0));
    let place = Traits::PLACE.0;
    let named = traits.any(Traits::GIVEN) && traits.0 & other.0 & !place == 0;
    token.case == Case::Title && adjacent && !is_post(page, at) && (named || (inside && !traits.any(other)))
}

/// Whether the word at `at` is a surname after a given name: capitalised, right after it, and nothing else known.
fn is_last_name(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.tokens.get(at).filter(|token| token.case == Case::Title) else { return false };
    let other = Traits(!(Traits::GIVEN.0 | Traits::SURNAME.0));
    page.tokens[at - 1].end + 1 == token.start && !token.traits.any(other)
}

/// Whether a word ends as surnames of eastern Europe and the Caucasus do.
fn has_surname_ending(word: &str) -> bool {
    word.len() >= 6 && SURNAME_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

const SURNAME_ENDINGS: &[&str] = &[
    "enko", "enka", "ovych", "evych", "ovich", "evich", "owicz", "ewicz", "shvili", "adze", "idze", "ovsky",
    "evsky", "insky", "ensky", "tsky", "skaya", "ovskiy", "evskiy", "owski", "ewski", "chuk", "nyuk", "kov",
    "nov", "lov", "rov", "sov", "tov", "nev", "yev", "kova", "nova", "lova", "rova", "yeva", "anyan",
    "osyan", "enyan", "escu", "oglu",
];

/// Adds the single words that no mention holds and that the page names elsewhere.
fn add_missed(
    page: &Page<'_>,
    mentions: Vec<Mention>,
    votes: &HashMap<Key, Votes, BuildKeyHasher>,
) -> Vec<Mention> {
    if votes.is_empty() {
        return mentions;
    }
    let mut out = Vec::with_capacity(mentions.len() + 8);
    let mut mentions = mentions.into_iter().peekable();
    for (at, token) in page.tokens.iter().enumerate() {
        if token.kind != TokenKind::Word
            || !matches!(token.case, Case::Title | Case::Upper)
            || token.end - token.start < 3
        {
            continue;
        }
        while let Some(mention) = mentions.next_if(|mention| mention.tokens.end <= at) {
            out.push(mention);
        }
        if mentions.peek().is_some_and(|mention| mention.tokens.start <= at) {
            continue;
        }
        let inside = at > 0 && page.tokens[at - 1].is_word();
        let traits = token.traits;
        let agreed = votes.get(&token.key).and_then(|votes| votes.agreed());
        let by_ending = inside
            && token.case == Case::Title
            && traits.0 & !Traits::SURNAME.0 == 0
            && has_surname_ending(page.word(*token));
        let (kind, rule) = match agreed {
            Some(kind) => (kind, "elsewhere"),
            None if by_ending => (NameKind::Per, "surname-ending"),
            None => continue,
        };
        let next = page.tokens.get(at + 1).filter(|next| may_begin(**next) && next.start == token.end + 1);
        if next.is_some()
            || traits.any(Traits::ADJECTIVE.or(Traits::TITLE).or(Traits::DATE).or(Traits::FUNCTION))
        {
            continue;
        }
        let mut mention = Mention {
            tokens: at..at + 1,
            start: token.start as usize,
            end: token.end as usize,
            kind,
            confidence: 0.7,
            rule,
        };
        if at > 0 && may_begin(page.tokens[at - 1]) && page.tokens[at - 1].end + 1 == token.start {
            let taken = out.last().is_some_and(|last: &Mention| last.tokens.end >= at);
            let before = page.tokens[at - 1].traits;
            if kind == NameKind::Per && !taken && is_first_name(page, at - 1) {
                mention.tokens.start = at - 1;
                mention.start = page.tokens[at - 1].start as usize;
            } else if !taken
                && !before.any(
                    Traits::ADJECTIVE
                        .or(Traits::TITLE)
                        .or(Traits::POST)
                        .or(Traits::FUNCTION)
                        .or(Traits::DATE),
                )
            {
                continue;
            }
        }
        out.push(mention);
    }
    out.extend(mentions);
    out
}
