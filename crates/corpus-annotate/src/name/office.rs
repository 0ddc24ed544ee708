//! An office: what somebody is minister or head of, between the post and the name: "Minister of Roads Ada Korova".

use super::{NameKind, features::may_begin, gazetteer::Traits, tagger::Mention};
use crate::{
    page::Page,
    token::{Case, Key, Token},
};
use std::ops::Range;

/// The most tokens of an office and the name behind it.
const MAX_TOKENS: usize = 10;
/// The most words of the name.
const MAX_NAME: usize = 4;

const OF: Key = Key::ascii("of");
const FOR: Key = Key::ascii("for");

/// What no word of a person's name behind an office is.
const OTHER: Traits = Traits::ORG_HEAD
    .or(Traits::ORG_TAIL)
    .or(Traits::PLACE_TAIL)
    .or(Traits::PRODUCT)
    .or(Traits::FUNCTION)
    .or(Traits::DATE)
    .or(Traits::ADJECTIVE);

/// Takes offices off the names of people, and adds the people whom the model passed over behind an office.
pub(super) fn cut(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let tokens = &page.tokens;
    let mut added: Vec<Mention> = Vec::new();
    let mut n_dropped = 0;
    for sentence in &page.sentences {
        let Range { start, end } = sentence.tokens;
        for of in start + 1..end.max(start + 1) {
            let leads = tokens[of].key == OF || tokens[of].key == FOR;
            if !leads || tokens[of].case != Case::Lower || !is_head(page, of - 1) {
                continue;
            }
            let run = run(page, of + 1..end);
            if run.is_empty() {
                continue;
            }
            let holder = holder(page, &run);
            let first = mentions.partition_point(|mention| mention.tokens.end <= of);
            let next = mentions.get(first + 1).is_none_or(|next| next.tokens.start >= run.end);
            match mentions.get_mut(first).filter(|mention| mention.tokens.start < run.end) {
                None => added.extend(holder.map(|tokens| person(page, tokens))),
                Some(mention) if mention.kind == NameKind::Per && mention.rule == "model" => {
                    let open = mention.tokens.clone();
                    // "Ada Pope of Korova"
                    if open.start < of && tokens[open.start].traits.any(Traits::GIVEN) {
                        continue;
                    }
                    let large = || tokens[of + 1..open.end].iter().all(|token| may_begin(*token));
                    match holder.filter(|holder| open.start < holder.start && holder.start < open.end) {
                        Some(holder) => *mention = person(page, holder.start..open.end.max(holder.end)),
                        None if open.start > of => {}
                        // Of three words without a given name, the office has the first.
                        None if open.end > of + 3 && large() => {
                            *mention = person(page, open.end - 2..open.end);
                        }
                        None => {
                            mention.rule = DROPPED;
                            n_dropped += 1;
                        }
                    }
                }
                // Who is named is named, whatever the office is.
                Some(mention) => {
                    let behind = mention.tokens.end;
                    let holder = holder.filter(|holder| holder.start >= behind && next);
                    added.extend(holder.map(|tokens| person(page, tokens)));
                }
            }
        }
    }
    if n_dropped > 0 {
        mentions.retain(|mention| mention.rule != DROPPED);
    }
    if !added.is_empty() {
        mentions.extend(added);
        mentions.sort_by_key(|mention| mention.tokens.start);
    }
}

/// The mark of a mention that names nobody.
const DROPPED: &str = "no name";

/// Whether a post stands at `at`, large or small.
fn is_head(page: &Page<'_>, at: usize) -> bool {
    page.tokens[at].traits.any(Traits::POST)
}

/// The capitalised words that `tokens` begin with, and what joins them.
fn run(page: &Page<'_>, tokens: Range<usize>) -> Range<usize> {
    let start = tokens.start;
    let mut end = start;
    for at in tokens.take(MAX_TOKENS) {
        let token = page.tokens[at];
        if may_begin(token) && (token.spaced || at == start) {
            end = at + 1;
        } else if !matches!(page.word(token), "and" | "&" | "the") {
            break;
        }
    }
    start..end
}

/// The tokens of the name that ends a run, from the first given name behind a word of the office.
fn holder(page: &Page<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &page.tokens;
    let traits = |at: usize| tokens[at].traits;
    let given = |at: &usize| {
        let other = OTHER.or(Traits::COUNTRY).or(Traits::TITLE).or(Traits::POST);
        tokens[*at].case == Case::Title && traits(*at).any(Traits::GIVEN) && !traits(*at).any(other)
    };
    let start = (run.start + 1..run.end).find(given)?;
    let named = |at: &usize| may_begin(tokens[*at]) && !traits(*at).any(OTHER);
    let n_words = (start..run.end).take_while(named).count();
    let end = start + n_words;
    let all = (end == run.end || !may_begin(tokens[end])) && (2..=MAX_NAME).contains(&n_words);
    // "chairman of Ada Korova Foods": named after somebody.
    let office = !given(&run.start) || run.start + 1 < start;
    (all && office).then_some(start..end)
}

fn person(page: &Page<'_>, tokens: Range<usize>) -> Mention {
    Mention {
        start: page.tokens[tokens.start].start as usize,
        end: page.tokens[tokens.end - 1].end as usize,
        tokens,
        kind: NameKind::Per,
        confidence: 0.8,
        rule: "office",
    }
}

/// Takes the post off a person's name with what qualifies it: "Trade Secretary" of "Trade Secretary Ada Korova"; says
/// whether anybody is named at all.
pub(super) fn behind_post(page: &Page<'_>, mention: &mut Mention) -> bool {
    let tokens = &page.tokens[mention.tokens.clone()];
    let given = tokens[0].traits.any(Traits::GIVEN);
    let Some(post) = tokens.iter().rposition(|token| is_only_post(*token)).filter(|_| !given) else {
        return true;
    };
    // "Associate Professor": nobody is called so.
    if post + 1 == tokens.len() {
        return false;
    }
    if tokens[post].case != Case::Title {
        return true;
    }
    mention.tokens.start += post + 1;
    mention.start = page.tokens[mention.tokens.start].start as usize;
    true
}

/// Whether a word is a post or part of one and nobody’s name: "Chairman", "Vice" before "President".
pub(super) fn is_only_post(token: Token) -> bool {
    let traits = token.traits;
    let name = Traits::GIVEN.or(Traits::SURNAME);
    token.key == Key::ascii("vice") || traits.any(Traits::POST) && !traits.any(name)
}

/// Whether these words are the adjective of a country and a post: nobody's name.
pub(super) fn is_office(tokens: &[Token]) -> bool {
    let traits = |token: &Token| token.traits;
    let [country, office] = tokens else { return false };
    let other = Traits::GIVEN.or(Traits::ORG_HEAD);
    traits(country).any(Traits::ADJECTIVE) && traits(office).any(Traits::POST) && !traits(office).any(other)
}
