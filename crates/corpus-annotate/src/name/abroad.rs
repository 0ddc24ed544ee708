//! Countries by the names that they have in the language of a text: "Frankreich", "l’Allemagne", "в России".

use super::{
    NameKind,
    gazetteer::{Known, Traits, gazetteer, rows},
    tagger::Mention,
};
use crate::{
    page::Page,
    stretch::InOrder,
    token::{BuildKeyHasher, Case, Key, tokenise},
};
use corpus_core::language::is_common_word;
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// The rule of a mention that this file found.
pub(super) const RULE: &str = "abroad";

/// Names of countries by language: a row of a tag and `CODE=name,form,form|name` for each country. The row of "*" has
/// those that the gazetteer knows in texts of any.
pub(super) const TERRITORIES: &str = include_str!("gazetteer/territories.tsv");

/// Languages whose genitives end in an s that is written to the name: "Polens".
const WITH_GENITIVE: [&str; 8] = ["af", "da", "de", "lb", "nb", "nl", "nn", "sv"];

/// The longest article or preposition that is elided before a name, in bytes: "dell’Italia".
const LONGEST_ELIDED: usize = 5;

/// A name of a country in one language.
#[derive(Debug)]
struct Form {
    /// Number of the language.
    language: u8,
    /// Its further words.
    rest: Vec<Key>,
    known: Known,
}

/// The names of countries, by their first words.
#[derive(Debug, Default)]
struct Abroad {
    languages: Vec<&'static str>,
    forms: HashMap<Key, Vec<Form>, BuildKeyHasher>,
}

/// Where a name stands, and the country.
struct Reading {
    mention: Mention,
    known: Known,
}

static ABROAD: LazyLock<Abroad> = LazyLock::new(Abroad::shipped);

impl Abroad {
    fn shipped() -> Self {
        let mut abroad = Abroad::default();
        let mut tokens = Vec::new();
        for (tag, cells) in
            rows(TERRITORIES).filter_map(|row| row.split_once('\t')).filter(|(tag, _)| *tag != "*")
        {
            let language = abroad.languages.len() as u8;
            abroad.languages.push(tag);
            for (code, names) in cells.split('\t').filter_map(|cell| cell.split_once('=')) {
                let Some(known) = gazetteer().country(code) else { continue };
                for form in names.split(['|', ',']) {
                    tokens.clear();
                    tokenise(form, (0..form.len()).into(), &mut tokens);
                    let Some((first, rest)) = tokens.split_first() else { continue };
                    let rest = rest.iter().map(|token| token.key).collect();
                    abroad.forms.entry(first.key).or_default().push(Form { language, rest, known });
                }
            }
        }
        for forms in abroad.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        abroad
    }

    /// The number of a language, by its tag or the first part of it.
    fn language(&self, tag: &str) -> Option<u8> {
        let base = tag.split('-').next()?;
        let base = if base == "no" { "nb" } else { base };
        let at = self.languages.iter().position(|one| *one == tag || *one == base)?;
        u8::try_from(at).ok()
    }

    /// The name that begins in token `at`.
    fn read(&self, page: &Page<'_>, at: usize, language: u8) -> Option<Reading> {
        let token = page.tokens[at];
        if !token.is_word() || token.case == Case::Lower {
            return None;
        }
        let word = page.word(token);
        let is_large = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        if is_large(word)
            && let Some(found) = self.phrase(page, at, 0, token.key, language)
        {
            return Some(found);
        }
        // "l’Allemagne", "Almanya’nın"
        if let Some(cut) = word.find(['\'', '’']) {
            let mark = word[cut..].chars().next().map_or(1, char::len_utf8);
            let (before, behind) = (&word[..cut], &word[cut + mark..]);
            if before.len() <= LONGEST_ELIDED && is_large(behind) {
                return self.phrase(page, at, cut + mark, Key::of(behind), language);
            }
            return if is_large(before) { self.word(page, at, before, language) } else { None };
        }
        let genitive = word.strip_suffix('s').filter(|_| is_large(word))?;
        let has = WITH_GENITIVE.contains(&self.languages[language as usize]);
        if has { self.word(page, at, genitive, language) } else { None }
    }

    /// The longest name whose first word has `key` and begins `skipped` bytes into token `at`.
    fn phrase(&self, page: &Page<'_>, at: usize, skipped: usize, key: Key, language: u8) -> Option<Reading> {
        let following = &page.tokens[at + 1..];
        let forms = self.forms.get(&key)?.iter().filter(|form| form.language == language);
        let (form, end) = forms.filter(|form| form.rest.len() <= following.len()).find_map(|form| {
            let Some((last, inner)) = form.rest.split_last() else {
                return Some((form, page.tokens[at].end as usize));
            };
            let (last_token, _) = following[..form.rest.len()].split_last()?;
            let fits = inner.iter().zip(following).all(|(key, token)| *key == token.key);
            let whole = *last == last_token.key;
            // "Devletleri’nin"
            let head = page.word(*last_token).split(['\'', '’']).next().unwrap_or("");
            (fits && (whole || Key::of(head) == *last)).then(|| {
                let len = if whole { (last_token.end - last_token.start) as usize } else { head.len() };
                (form, last_token.start as usize + len)
            })
        })?;
        let last = at + form.rest.len();
        let start = page.tokens[at].start as usize + skipped;
        Some(Reading { mention: mention(at..last + 1, start, end), known: form.known })
    }

    /// The name that is the beginning of token `at`.
    fn word(&self, page: &Page<'_>, at: usize, word: &str, language: u8) -> Option<Reading> {
        let forms = self.forms.get(&Key::of(word))?;
        let form = forms.iter().find(|form| form.language == language && form.rest.is_empty())?;
        let start = page.tokens[at].start as usize;
        Some(Reading { mention: mention(at..at + 1, start, start + word.len()), known: form.known })
    }
}

fn mention(tokens: std::ops::Range<usize>, start: usize, end: usize) -> Mention {
    Mention { tokens, start, end, kind: NameKind::Loc, confidence: 0.9, rule: RULE }
}

/// The country that a mention of this file names.
pub(super) fn known(page: &Page<'_>, mention: &Mention) -> Option<Known> {
    let language = language_at(page, mention.tokens.start)?;
    ABROAD.read(page, mention.tokens.start, language).map(|reading| reading.known)
}

fn language_at(page: &Page<'_>, at: usize) -> Option<u8> {
    let passage = page.passages.over(page.tokens.get(at)?.start as usize)?;
    ABROAD.language(page.language_of(passage)?)
}

/// Adds the countries of a page that is not in English to its mentions; `small` are the words that the page writes
/// small somewhere.
pub(super) fn add(page: &Page<'_>, small: &HashSet<Key, BuildKeyHasher>, mentions: &mut Vec<Mention>) {
    let mut found: Vec<(Mention, &str)> = Vec::new();
    for passage in &page.passages {
        let Some(tag) = page.language_of(passage) else { continue };
        let Some(language) = ABROAD.language(tag) else { continue };
        let mut at = passage.tokens.start;
        while at < passage.tokens.end {
            let reading = ABROAD
                .read(page, at, language)
                .filter(|reading| reading.mention.tokens.end <= passage.tokens.end);
            let Some(Reading { mention, .. }) = reading.filter(|reading| is_sure(page, reading, small, tag))
            else {
                at += 1;
                continue;
            };
            at = mention.tokens.end;
            found.push((mention, tag));
        }
    }
    for (country, tag) in found {
        place(page, mentions, country, tag);
    }
}

/// Whether a name is that of a country, and no other word: one that the page writes small elsewhere, or a given name
/// before which nothing leads to a place.
fn is_sure(page: &Page<'_>, reading: &Reading, small: &HashSet<Key, BuildKeyHasher>, tag: &str) -> bool {
    let at = reading.mention.tokens.start;
    let token = page.tokens[at];
    if reading.mention.tokens.len() > 1 || reading.mention.start > token.start as usize {
        return true;
    }
    let before = at.checked_sub(1).map(|before| page.tokens[before]);
    let led =
        before.is_some_and(|before| before.case == Case::Lower && is_common_word(page.word(before), tag));
    !small.contains(&token.key) && (led || !token.traits.any(Traits::GIVEN))
}

/// Puts a country among the mentions: instead of one that is the same words or part of them, or of a longer one that a
/// word of the language joins ("Frankreich und Polen") or begins, or of a person who has no given name; a body of other
/// words keeps it.
fn place(page: &Page<'_>, mentions: &mut Vec<Mention>, country: Mention, tag: &str) {
    let from = mentions.partition_point(|mention| mention.tokens.end <= country.tokens.start);
    let to = from + mentions[from..].partition_point(|mention| mention.tokens.start < country.tokens.end);
    let within = |mention: &Mention| {
        mention.tokens.start >= country.tokens.start && mention.tokens.end <= country.tokens.end
    };
    if mentions[from..to].iter().all(within) {
        mentions.splice(from..to, [country]);
        return;
    }
    let [longer] = &mentions[from..to] else { return };
    let longer = longer.clone();
    // "Denn Spanien", "Islands Fischer"
    let others = || longer.tokens.clone().filter(|at| !country.tokens.contains(at)).map(|at| page.tokens[at]);
    let is_person = || others().any(|token| token.traits.any(Traits::GIVEN) || token.case == Case::Initial);
    if longer.kind == NameKind::Per && others().all(|token| token.case != Case::Lower) && !is_person() {
        mentions.splice(from..to, [country]);
        return;
    }
    let mut parts: Vec<Mention> = Vec::new();
    for at in longer.tokens.clone() {
        let token = page.tokens[at];
        let word = page.word(token);
        if token.case == Case::Lower && !is_and(word) {
            return;
        }
        let opens = at == longer.tokens.start && is_common_word(word, tag);
        let is_part = !opens && !is_and(word);
        match parts.last_mut().filter(|part| is_part && part.tokens.end == at) {
            Some(part) => (part.tokens.end, part.end) = (at + 1, token.end as usize),
            None if is_part => parts.push(Mention {
                tokens: at..at + 1,
                start: token.start as usize,
                end: token.end as usize,
                ..longer.clone()
            }),
            None => {}
        }
    }
    let is_country = |part: &Mention| {
        let language = ABROAD.language(tag);
        let read = language.and_then(|language| ABROAD.read(page, part.tokens.start, language));
        read.is_some_and(|reading| reading.mention.tokens == part.tokens)
    };
    let is_body = longer.kind == NameKind::Org && !parts.iter().all(is_country);
    if !is_body && parts.iter().any(within) {
        mentions.splice(from..to, parts);
        place(page, mentions, country, tag);
    }
}

/// Whether a word joins two names in some language.
fn is_and(word: &str) -> bool {
    const JOINING: [&str; 20] = [
        "und", "et", "y", "e", "i", "a", "og", "och", "en", "ja", "ve", "és", "și", "и", "і", "та", "και",
        "in", "un", "ir",
    ];
    JOINING.contains(&word)
}
