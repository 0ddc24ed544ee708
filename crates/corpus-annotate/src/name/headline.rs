//! Headlines: names where every word has a capital, told from the words around them by what the text below says.

use super::{
    NameKind,
    features::{Casing, casing, may_begin},
    gazetteer::Traits,
    tagger::Mention,
};
use crate::{
    page::Page,
    sentence::Sentence,
    statement::word::Tags,
    token::{BuildKeyHasher, Case, Key, Token, TokenKind},
};
use corpus_core::Role;
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

type Keys = HashSet<Key, BuildKeyHasher>;

/// What is known to be a name by itself, whatever stands beside it.
const NAMED: Traits = Traits::GIVEN
    .or(Traits::PLACE)
    .or(Traits::COUNTRY)
    .or(Traits::BODY)
    .or(Traits::ORG_HEAD)
    .or(Traits::ORG_TAIL);

/// Cuts mentions of several words in headlines down to the name: to one that the text below has, or else to what is
/// no word that the page writes small and no verb.
pub(super) fn cut(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let mut at_mention = 0;
    let mut in_headlines: Vec<usize> = Vec::new();
    for sentence in &page.sentences {
        let end = sentence.tokens.end;
        let first = at_mention;
        while mentions.get(at_mention).is_some_and(|mention| mention.tokens.start < end) {
            at_mention += 1;
        }
        let long =
            (first..at_mention).filter(|&at| mentions[at].tokens.len() > 1 && mentions[at].rule == "model");
        let mut long = long.peekable();
        if long.peek().is_some() && is_headline(page, sentence) {
            in_headlines.extend(long);
        }
    }
    if in_headlines.is_empty() {
        return;
    }
    let small = written_small(page, in_headlines.iter().map(|&at| mentions[at].tokens.clone()));
    let asked = in_headlines.iter().flat_map(|&at| &page.tokens[mentions[at].tokens.clone()]);
    let below = Below::of(page, mentions, asked.map(|token| token.key), |at| {
        in_headlines.binary_search(&at).is_err()
    });
    for &at in &in_headlines {
        let tokens = mentions[at].tokens.clone();
        let trimmed = trimmed(page, tokens.clone(), &small);
        if trimmed == tokens {
            continue;
        }
        let kind = mentions[at].kind;
        let (found, kind) = below.longest(&page.tokens, &tokens).unwrap_or((trimmed, kind));
        let mention = &mut mentions[at];
        mention.kind = kind;
        if !found.is_empty() {
            mention.start = page.tokens[found.start].start as usize;
            mention.end = page.tokens[found.end - 1].end as usize;
            mention.rule = "headline";
        }
        mention.tokens = found;
    }
    mentions.retain(|mention| !mention.tokens.is_empty());
}

/// Adds the names of headlines that no mention holds and that the text below has.
pub(super) fn add(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let is_titled = |sentence: &&Sentence| {
        let role = page.passages[sentence.passage].role;
        matches!(role, Role::Title | Role::Heading | Role::Kicker) && is_headline(page, sentence)
    };
    let headlines: Vec<Range<usize>> =
        page.sentences.iter().filter(is_titled).map(|sentence| sentence.tokens.clone()).collect();
    if headlines.is_empty() {
        return;
    }
    let within = |tokens: &Range<usize>| {
        let after = headlines.partition_point(|headline| headline.end <= tokens.start);
        headlines.get(after).is_some_and(|headline| headline.start <= tokens.start)
    };
    let asked = headlines.iter().flat_map(|headline| &page.tokens[headline.clone()]).map(|token| token.key);
    let below = Below::of(page, mentions, asked, |at| !within(&mentions[at].tokens));
    let mut added: Vec<Mention> = Vec::new();
    for headline in &headlines {
        let mut at = headline.start;
        while at < headline.end {
            let first = mentions.partition_point(|mention| mention.tokens.end <= at);
            let free =
                mentions.get(first).map_or(headline.end, |mention| mention.tokens.start.min(headline.end));
            let found = if may_begin(page.tokens[at]) { below.begins(&page.tokens, at, free) } else { None };
            let Some((end, kind)) = found else {
                at += 1;
                continue;
            };
            added.push(Mention {
                tokens: at..end,
                start: page.tokens[at].start as usize,
                end: page.tokens[end - 1].end as usize,
                kind,
                confidence: 0.7,
                rule: "headline",
            });
            at = end;
        }
    }
    if !added.is_empty() {
        mentions.extend(added);
        mentions.sort_by_key(|mention| mention.tokens.start);
    }
}

/// Drops the people of headlines in capitals alone whom the text below knows by no word: "BOARD SEEKS LOAN" names
/// nobody.
pub(super) fn drop_shouted(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let is_shouted = |sentence: &&Sentence| {
        casing(&page.tokens[sentence.tokens.clone()]) == Casing::Upper && is_headline(page, sentence)
    };
    let shouted: Vec<Range<usize>> =
        page.sentences.iter().filter(is_shouted).map(|sentence| sentence.tokens.clone()).collect();
    // There has to be a text below.
    let has_text = page.sentences.len() > shouted.len();
    if shouted.is_empty() || !has_text {
        return;
    }
    let within = |mention: &Mention| {
        let after = shouted.partition_point(|headline| headline.end <= mention.tokens.start);
        shouted.get(after).is_some_and(|headline| headline.start <= mention.tokens.start)
    };
    let doubtful = |mention: &Mention| {
        let words = &page.tokens[mention.tokens.clone()];
        let known = |token: &Token| {
            let traits = token.traits;
            let verb = token.tags.has(Tags::VERB);
            traits.any(Traits::GIVEN) && !traits.any(Traits::ADJECTIVE.or(Traits::COUNTRY)) && !verb
        };
        mention.kind == NameKind::Per
            && within(mention)
            && words.iter().filter(|token| token.is_word()).all(|token| token.case == Case::Upper)
            && !(words.len() > 1 && words.iter().any(known))
    };
    if !mentions.iter().any(doubtful) {
        return;
    }
    let named: Keys = mentions
        .iter()
        .filter(|mention| !within(mention))
        .flat_map(|mention| &page.tokens[mention.tokens.clone()])
        .map(|token| token.key)
        .collect();
    mentions.retain(|mention| {
        let words = &page.tokens[mention.tokens.clone()];
        !doubtful(mention) || words.iter().any(|token| named.contains(&token.key))
    });
}

/// Whether a sentence is a headline: of words with capitals, without a stop, alone in its passage or in that of a title.
fn is_headline(page: &Page<'_>, sentence: &Sentence) -> bool {
    let passage = &page.passages[sentence.passage];
    let titled = matches!(passage.role, Role::Title | Role::Heading | Role::Kicker);
    let stops = page.tokens[sentence.tokens.clone()].last().is_some_and(|last| page.word(*last) == ".");
    (titled || passage.sentences.len() == 1 && !stops)
        && casing(&page.tokens[sentence.tokens.clone()]) != Casing::Sentence
}

/// The words of these mentions that the page writes small somewhere.
fn written_small(page: &Page<'_>, mentions: impl Iterator<Item = Range<usize>>) -> Keys {
    let asked: Keys = mentions.flat_map(|tokens| &page.tokens[tokens]).map(|token| token.key).collect();
    let is_small = |token: &&Token| token.case == Case::Lower && asked.contains(&token.key);
    page.tokens.iter().filter(is_small).map(|token| token.key).collect()
}

/// A mention without the words at its ends that the page writes small and the verbs of which it is made.
fn trimmed(page: &Page<'_>, tokens: Range<usize>, small: &Keys) -> Range<usize> {
    let is_common = |at: usize| {
        let token = page.tokens[at];
        if token.kind != TokenKind::Word || token.traits.any(NAMED) {
            return false;
        }
        let verb = Tags::VERB | Tags::ANY_AUX | Tags::SUBJECT | Tags::PREP | Tags::SUBORDINATE | Tags::AND;
        small.contains(&token.key) || (at > tokens.start && token.tags.has(verb))
    };
    // What stands behind a verb is no longer the same name.
    let Range { mut start, mut end } = tokens.clone();
    while start < end && (is_common(start) || !may_begin(page.tokens[start])) {
        start += 1;
    }
    if let Some(verb) = (start..end).find(|&at| is_common(at) && may_begin(page.tokens[at])) {
        end = verb;
    }
    while start < end && !may_begin(page.tokens[end - 1]) && page.tokens[end - 1].kind != TokenKind::Number {
        end -= 1;
    }
    start..end
}

/// The names of what is no headline: the words of each, and its kind, by its first word.
struct Below(HashMap<Key, Vec<(Vec<Key>, NameKind)>, BuildKeyHasher>);

impl Below {
    /// The names of the mentions that `is_below` takes and that begin with one of the words that are asked for.
    fn of(
        page: &Page<'_>,
        mentions: &[Mention],
        asked: impl Iterator<Item = Key>,
        is_below: impl Fn(usize) -> bool,
    ) -> Self {
        let mut names: HashMap<Key, Vec<(Vec<Key>, NameKind)>, BuildKeyHasher> =
            asked.map(|key| (key, Vec::new())).collect();
        for (_, mention) in mentions.iter().enumerate().filter(|(at, _)| is_below(*at)) {
            let tokens = &page.tokens[mention.tokens.clone()];
            let whole: Vec<Key> = tokens.iter().map(|token| token.key).collect();
            let mut add = |keys: &[Key]| {
                if let Some(of_first) = names.get_mut(&keys[0])
                    && !of_first.iter().any(|(known, _)| known == keys)
                {
                    of_first.push((keys.to_vec(), mention.kind));
                }
            };
            add(&whole);
            // A person of two words is known by the last one.
            if mention.kind == NameKind::Per && whole.len() > 1 {
                add(&whole[whole.len() - 1..]);
            }
        }
        Below(names)
    }

    /// The longest of the names that stands among these tokens, the first of equals.
    fn longest(&self, tokens: &[Token], among: &Range<usize>) -> Option<(Range<usize>, NameKind)> {
        let found = among.clone().filter_map(|start| {
            let (end, kind) = self.begins(tokens, start, among.end)?;
            Some((start..end, kind))
        });
        found.rev().max_by_key(|(found, _)| found.len())
    }

    /// The end and the kind of the longest of the names that begins at `start` and ends before `limit`.
    fn begins(&self, tokens: &[Token], start: usize, limit: usize) -> Option<(usize, NameKind)> {
        let names = self.0.get(&tokens[start].key)?;
        let stands = |keys: &[Key]| {
            start + keys.len() <= limit
                && tokens[start..start + keys.len()].iter().map(|token| token.key).eq(keys.iter().copied())
        };
        let found = names.iter().filter(|(keys, _)| stands(keys)).max_by_key(|(keys, _)| keys.len())?;
        Some((start + found.0.len(), found.1))
    }
}
