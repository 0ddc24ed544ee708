//! The gazetteers: what is known of words and phrases before a text is read.

use super::abroad::TERRITORIES;
use crate::token::{BuildKeyHasher, Key, Token, tokenise};
use std::{collections::HashMap, sync::LazyLock};

const COUNTRIES: &str = include_str!("gazetteer/countries.tsv");
const REGIONS: &str = include_str!("gazetteer/regions.tsv");
const CITIES: &str = include_str!("gazetteer/cities.tsv");
const ORGANISATIONS: &str = include_str!("gazetteer/organisations.tsv");
const WORDS: &str = include_str!("gazetteer/words.tsv");
/// Given names, each with `f` or `m` where nearly all who bear it are women or men.
const GIVEN_NAMES: &str = include_str!("gazetteer/given.txt");
const SURNAMES: &str = include_str!("gazetteer/surnames.txt");

/// What is known of a single word, as a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(pub u32);

impl Traits {
    /// Nothing is known.
    pub const NONE: Traits = Traits(0);
    /// A given name.
    pub const GIVEN: Traits = Traits(1);
    /// A surname.
    pub const SURNAME: Traits = Traits(1 << 1);
    /// A word that names a city or a region by itself.
    pub const PLACE: Traits = Traits(1 << 2);
    /// An adjective of a country, or the name of its people.
    pub const ADJECTIVE: Traits = Traits(1 << 3);
    /// A word that heads the name of a body: "Ministry".
    pub const ORG_HEAD: Traits = Traits(1 << 4);
    /// A word that ends the name of a firm: "Ltd".
    pub const ORG_TAIL: Traits = Traits(1 << 5);
    /// A title before a person's name: "Mr", "General".
    pub const TITLE: Traits = Traits(1 << 6);
    /// A post or an occupation: "minister".
    pub const POST: Traits = Traits(1 << 7);
    /// A word before the name proper of a place: "Lake".
    pub const PLACE_HEAD: Traits = Traits(1 << 8);
    /// A word after the name proper of a place: "River".
    pub const PLACE_TAIL: Traits = Traits(1 << 9);
    /// A month, a day of the week, a feast.
    pub const DATE: Traits = Traits(1 << 10);
    /// A particle of a surname: "van".
    pub const PARTICLE: Traits = Traits(1 << 11);
    /// A lower-case word inside names: "of".
    pub const CONNECTOR: Traits = Traits(1 << 12);
    /// What heads the name of a treaty, an act, a contest: no person, body or place.
    pub const PRODUCT: Traits = Traits(1 << 13);
    /// A function word, which begins sentences.
    pub const FUNCTION: Traits = Traits(1 << 14);
    /// A country.
    pub const COUNTRY: Traits = Traits(1 << 15);
    /// A known body or outlet.
    pub const BODY: Traits = Traits(1 << 16);

    /// Whether any of `other` holds.
    pub const fn any(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    /// What holds in either.
    pub const fn or(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }
}

/// What a known phrase names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KnownKind {
    /// A country or a territory of its own.
    Country,
    /// A capital, which may stand for its government.
    Capital,
    /// A city.
    City,
    /// A region, a sea, a mountain, a square.
    Region,
    /// A building or street that stands for those who govern in it.
    Seat,
    /// An adjective or the name of a people; it names no place.
    Adjective,
    /// A body, a party, a firm.
    Organisation,
    /// An agency, a paper, a broadcaster, a site.
    Outlet,
}

/// A known phrase: what it names, and which entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it names.
    pub kind: KnownKind,
    /// Number of the entity: all variants of one name share it.
    pub entity: u32,
}

/// Which known phrases begin with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phrases(u32);

impl Phrases {
    /// None does.
    pub(crate) const NONE: Phrases = Phrases(0);
}

/// What is known of a word, and of the phrases that begin with it.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    traits: Traits,
    phrases: Phrases,
}

/// A known phrase without its first word.
#[derive(Clone, Copy, Debug)]
struct Rest {
    /// Where its words lie in `Gazetteer::rests`.
    start: u32,
    len: u32,
    known: Known,
}

/// All gazetteers.
#[derive(Debug)]
pub struct Gazetteer {
    words: HashMap<Key, Entry, BuildKeyHasher>,
    /// Where the phrases of each first word begin in `phrases`, by the number of `Phrases`; and where the last end.
    begins: Vec<u32>,
    /// All phrases, those of one first word together, the longest first.
    phrases: Vec<Rest>,
    /// The further words of all phrases.
    rests: Vec<Key>,
    /// The canonical name of each entity, by its number.
    names: Vec<&'static str>,
    /// The countries, by their codes.
    countries: HashMap<&'static str, Known>,
    /// The countries that single words name or are adjectives of.
    nations: HashMap<Key, Known, BuildKeyHasher>,
}

/// The gazetteers that ship with this crate, laid out on first use.
pub fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::shipped);
    &GAZETTEER
}

impl Gazetteer {
    fn shipped() -> Self {
        // A name and the end of its line have some eight bytes.
        let n_names = (GIVEN_NAMES.len() + SURNAMES.len() + CITIES.len()) / 8;
        let mut words: HashMap<Key, Entry, BuildKeyHasher> =
            HashMap::with_capacity_and_hasher(n_names, BuildKeyHasher::default());
        let mut entries: Vec<(&'static str, Known)> = Vec::new();
        let mut names: Vec<&'static str> = Vec::new();
        let mut note = |word: &str, traits: Traits| {
            let entry = words.entry(Key::of(word)).or_default();
            entry.traits = entry.traits.or(traits);
        };
        let mut known: HashMap<&'static str, Known, BuildKeyHasher> = HashMap::default();
        // A row whose first name is known already only adds spellings to it.
        let mut add = |variants: &'static str, kind: KnownKind| {
            let Some(first) = variants.split('|').next() else { return };
            let entity = *known.entry(first).or_insert_with(|| {
                names.push(first);
                Known { kind, entity: names.len() as u32 - 1 }
            });
            entries.extend(variants.split('|').map(|name| (name, entity)));
        };
        for row in rows(COUNTRIES) {
            let kinds = [
                (KnownKind::Country, Traits::COUNTRY),
                (KnownKind::Capital, Traits::PLACE),
                (KnownKind::Adjective, Traits::ADJECTIVE),
            ];
            for (cell, (kind, traits)) in row.split('\t').skip(1).zip(kinds) {
                for variants in cell.split(';').filter(|variants| !variants.is_empty()) {
                    add(variants, kind);
                    variants.split('|').for_each(|name| note(name, traits));
                }
            }
        }
        for row in rows(REGIONS).chain(rows(ORGANISATIONS)) {
            let Some((kind, variants)) = row.split_once('\t') else { continue };
            let (kind, traits) = match kind {
                "region" => (KnownKind::Region, Traits::PLACE),
                "seat" => (KnownKind::Seat, Traits::PLACE),
                "outlet" => (KnownKind::Outlet, Traits::BODY),
                _ => (KnownKind::Organisation, Traits::BODY),
            };
            add(variants, kind);
            variants.split('|').for_each(|name| note(name, traits));
        }
        for variants in rows(CITIES) {
            add(variants, KnownKind::City);
            variants.split('|').for_each(|name| note(name, Traits::PLACE));
        }
        for row in rows(WORDS) {
            let Some((kind, list)) = row.split_once('\t') else { continue };
            let traits = word_kind(kind);
            list.split(' ').for_each(|word| note(word.trim_end_matches('.'), traits));
        }
        given_names().for_each(|(name, _)| note(name, Traits::GIVEN));
        SURNAMES.lines().for_each(|name| note(name, Traits::SURNAME));
        let mut countries: HashMap<&'static str, Known> = HashMap::new();
        let mut nations: HashMap<Key, Known, BuildKeyHasher> = HashMap::default();
        for row in rows(COUNTRIES) {
            let mut cells = row.split('\t');
            let (code, names, adjectives) = (cells.next(), cells.next(), cells.nth(1));
            let first = names.and_then(|names| names.split(['|', ';']).next());
            let country = first.and_then(|first| known.get(first).copied());
            countries.extend(code.zip(country));
            let words = names.into_iter().chain(adjectives).flat_map(|cell| cell.split(['|', ';']));
            for (word, country) in words.zip(std::iter::repeat(country)) {
                nations.extend(country.map(|country| (Key::of(word), country)));
            }
        }
        abroad(&mut words, &mut entries, &countries);
        let mut gazetteer = Gazetteer {
            words,
            begins: Vec::new(),
            phrases: Vec::new(),
            rests: Vec::new(),
            names,
            countries,
            nations,
        };
        gazetteer.lay_out(&entries);
        gazetteer
    }

    /// Lays the phrases out by their first words, which are numbered as they come; 0 stands for no phrase.
    fn lay_out(&mut self, entries: &[(&'static str, Known)]) {
        let mut tokens = Vec::new();
        let mut by_first: Vec<(u32, Rest)> = Vec::with_capacity(entries.len());
        let mut n_of_first: Vec<u32> = vec![0];
        for (phrase, known) in entries {
            tokens.clear();
            tokenise(phrase, (0..phrase.len()).into(), &mut tokens);
            let Some((first, rest)) = tokens.split_first() else { continue };
            let start = self.rests.len() as u32;
            let phrases = &mut self.words.entry(first.key).or_default().phrases;
            if *phrases == Phrases::NONE {
                *phrases = Phrases(n_of_first.len() as u32);
                n_of_first.push(0);
            }
            n_of_first[phrases.0 as usize] += 1;
            by_first.push((phrases.0, Rest { start, len: rest.len() as u32, known: *known }));
            self.rests.extend(rest.iter().map(|token| token.key));
        }
        let mut n_before = 0;
        self.begins.extend(n_of_first.iter().map(|n| {
            n_before += n;
            n_before - n
        }));
        self.begins.push(n_before);
        let Some(&(_, any)) = by_first.first() else { return };
        let mut next = self.begins.clone();
        self.phrases = vec![any; by_first.len()];
        for (number, rest) in by_first {
            let place = &mut next[number as usize];
            self.phrases[*place as usize] = rest;
            *place += 1;
        }
        for bounds in self.begins.windows(2).filter(|bounds| bounds[1] - bounds[0] > 1) {
            let of_first = &mut self.phrases[bounds[0] as usize..bounds[1] as usize];
            of_first.sort_by_key(|rest| std::cmp::Reverse(rest.len));
        }
    }

    /// Notes in a token what is known of it.
    #[inline]
    pub(crate) fn look_up(&self, token: &mut Token) {
        if let Some(entry) = self.words.get(&token.key) {
            (token.traits, token.phrases) = (entry.traits, entry.phrases);
        }
    }

    /// What is known of a word.
    pub fn traits(&self, key: Key) -> Traits {
        self.words.get(&key).map(|entry| entry.traits).unwrap_or_default()
    }

    /// The longest known phrase that the tokens of a page begin with, and its length in tokens.
    #[inline]
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, Known)> {
        let (first, rest) = tokens.split_first()?;
        if first.phrases == Phrases::NONE { None } else { self.longest_of(first.phrases, rest) }
    }

    fn longest_of(&self, first: Phrases, rest: &[Token]) -> Option<(usize, Known)> {
        let number = first.0 as usize;
        let (start, end) = (*self.begins.get(number)? as usize, *self.begins.get(number + 1)? as usize);
        let phrase = self.phrases[start..end].iter().find(|phrase| {
            let words = &self.rests[phrase.start as usize..][..phrase.len as usize];
            words.len() <= rest.len() && words.iter().zip(rest).all(|(key, token)| *key == token.key)
        })?;
        Some((phrase.len as usize + 1, phrase.known))
    }

    /// What a whole phrase of one word names.
    pub fn known(&self, word: &str) -> Option<KnownKind> {
        self.whole(word).map(|known| known.kind)
    }

    /// The canonical name of what a phrase names as a whole.
    pub fn canonical(&self, phrase: &str) -> Option<&'static str> {
        self.whole(phrase).map(|known| self.name(known))
    }

    /// What a phrase as a whole is known as.
    pub(super) fn whole(&self, phrase: &str) -> Option<Known> {
        let mut tokens = Vec::new();
        tokenise(phrase, (0..phrase.len()).into(), &mut tokens);
        self.look_up(tokens.first_mut()?);
        self.longest(&tokens).filter(|(len, _)| *len == tokens.len()).map(|(_, known)| known)
    }

    /// The country of a code of ISO 3166.
    pub(super) fn country(&self, code: &str) -> Option<Known> {
        self.countries.get(code).copied()
    }

    /// The canonical name of the country that a word names or is an adjective of.
    pub(crate) fn country_of(&self, word: &str) -> Option<&'static str> {
        self.nations.get(&Key::of(word)).map(|&known| self.name(known))
    }

    /// The canonical name of a known entity.
    pub fn name(&self, known: Known) -> &'static str {
        self.names[known.entity as usize]
    }
}

/// The given names, and of each whether nearly all who bear it are women, `f`, or men, `m`.
pub(super) fn given_names() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    GIVEN_NAMES.lines().map(|row| row.split_once('\t').map_or((row, None), |(name, sex)| (name, Some(sex))))
}

/// Adds the names of countries in other languages that are known in a text of any: those of one word of which nothing
/// else is known.
fn abroad(
    words: &mut HashMap<Key, Entry, BuildKeyHasher>,
    entries: &mut Vec<(&'static str, Known)>,
    countries: &HashMap<&'static str, Known>,
) {
    let everywhere = rows(TERRITORIES).find_map(|row| row.strip_prefix("*\t")).unwrap_or_default();
    for (code, names) in everywhere.split('\t').filter_map(|cell| cell.split_once('=')) {
        let Some(&known) = countries.get(code) else { continue };
        for name in names.split('|') {
            let key = Key::of(name);
            if !words.contains_key(&key) {
                words.entry(key).or_default().traits = Traits::COUNTRY;
                entries.push((name, known));
            }
        }
    }
}

pub(super) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|row| !row.is_empty() && !row.starts_with('#'))
}

fn word_kind(kind: &str) -> Traits {
    match kind {
        "title" => Traits::TITLE,
        "post" => Traits::POST,
        "org-head" => Traits::ORG_HEAD,
        "org-tail" => Traits::ORG_TAIL,
        "place-head" => Traits::PLACE_HEAD,
        "place-tail" => Traits::PLACE_TAIL,
        "date" => Traits::DATE,
        "particle" => Traits::PARTICLE,
        "connector" => Traits::CONNECTOR,
        "product" => Traits::PRODUCT,
        _ => Traits::FUNCTION,
    }
}
