//! The gazetteers: what is known of words and phrases before a text is read.

use crate::{
    lexicon::{KeyFilter, Lexicon},
    token::{BuildKeyHasher, Key, Token, tokenise},
};
use std::{collections::HashMap, sync::LazyLock};

const COUNTRIES: &str = include_str!("gazetteer/countries.tsv");
const REGIONS: &str = include_str!("gazetteer/regions.tsv");
const CITIES: &str = include_str!("gazetteer/cities.tsv");
const ORGANISATIONS: &str = include_str!("gazetteer/organisations.tsv");
const WORDS: &str = include_str!("gazetteer/words.tsv");
const GIVEN_NAMES: &str = include_str!("gazetteer/given.txt");
const SURNAMES: &str = include_str!("gazetteer/surnames.txt");

/// What is known of a single word, as a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(pub u32);

impl Traits {
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

/// All gazetteers.
#[derive(Debug)]
pub struct Gazetteer {
    words: HashMap<Key, Traits, BuildKeyHasher>,
    /// The words that are posts, which are asked for at every word of a page.
    posts: KeyFilter,
    phrases: Lexicon<Known>,
    /// The canonical name of each entity, by its number.
    names: Vec<&'static str>,
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
        let mut words: HashMap<Key, Traits, BuildKeyHasher> =
            HashMap::with_capacity_and_hasher(n_names, BuildKeyHasher::default());
        let mut entries: Vec<(&'static str, Known)> = Vec::new();
        let mut names: Vec<&'static str> = Vec::new();
        let mut note = |word: &str, traits: Traits| {
            let slot = words.entry(Key::of(word)).or_default();
            *slot = slot.or(traits);
        };
        let mut known: HashMap<&'static str, Known> = HashMap::new();
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
        GIVEN_NAMES.lines().for_each(|name| note(name, Traits::GIVEN));
        SURNAMES.lines().for_each(|name| note(name, Traits::SURNAME));
        let posts: Vec<Key> =
            words.iter().filter(|(_, traits)| traits.any(Traits::POST)).map(|(key, _)| *key).collect();
        Gazetteer { words, posts: KeyFilter::new(posts.into_iter()), phrases: Lexicon::new(entries), names }
    }

    /// What is known of a word.
    pub fn traits(&self, key: Key) -> Traits {
        self.words.get(&key).copied().unwrap_or_default()
    }

    /// Whether a word is a post or an occupation.
    pub(crate) fn is_post(&self, key: Key) -> bool {
        self.posts.may_hold(key) && self.traits(key).any(Traits::POST)
    }

    /// The longest known phrase that `tokens` begin with, and its length in tokens.
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, Known)> {
        self.phrases.longest(tokens)
    }

    /// What a whole phrase of one word names.
    pub fn known(&self, word: &str) -> Option<KnownKind> {
        let mut tokens = Vec::new();
        tokenise(word, (0..word.len()).into(), &mut tokens);
        self.longest(&tokens).filter(|(len, _)| *len == tokens.len()).map(|(_, known)| known.kind)
    }

    /// The canonical name of what a phrase names as a whole.
    pub fn canonical(&self, phrase: &str) -> Option<&'static str> {
        let mut tokens = Vec::new();
        tokenise(phrase, (0..phrase.len()).into(), &mut tokens);
        self.longest(&tokens).filter(|(len, _)| *len == tokens.len()).map(|(_, known)| self.name(known))
    }

    /// The canonical name of a known entity.
    pub fn name(&self, known: Known) -> &'static str {
        self.names[known.entity as usize]
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
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
