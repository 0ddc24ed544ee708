//! Business: what is said of firms and of their products alone, beside a name that the model took for a person's.

use super::{
    NameKind,
    consistent::is_post,
    gazetteer::{Traits, gazetteer},
    tagger::Mention,
};
use crate::{
    lexicon::Lexicon,
    page::Page,
    token::{BuildKeyHasher, Case, Key, Token, TokenKind},
};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

/// What a name is by the words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A firm or another body.
    Firm,
    /// A product, which is no name of ours.
    Thing,
}
use Sort::{Firm, Thing};

/// Nouns right behind a name that is not in the possessive.
const BEHIND: &[(&str, Sort)] = &[
    ("shares", Firm),
    ("shareholders", Firm),
    ("shareholder", Firm),
    ("stockholders", Firm),
    ("stock", Firm),
    ("employees", Firm),
    ("employee", Firm),
    ("executives", Firm),
    ("executive", Firm),
    ("subsidiary", Firm),
    ("subsidiaries", Firm),
    ("unit", Firm),
    ("products", Firm),
    ("customers", Firm),
    ("dealers", Firm),
    ("dealerships", Firm),
    ("stores", Firm),
    ("outlets", Firm),
    ("users", Thing),
    ("server", Thing),
    ("servers", Thing),
    ("software", Thing),
    ("desktop", Thing),
    ("kernel", Thing),
    ("app", Thing),
    ("apps", Thing),
    ("plugin", Thing),
    ("plugins", Thing),
    ("package", Thing),
    ("packages", Thing),
    ("browser", Thing),
    ("distribution", Thing),
    ("distributions", Thing),
    ("distro", Thing),
    ("distros", Thing),
    ("repository", Thing),
    ("version", Thing),
    ("versions", Thing),
    ("API", Thing),
    ("code", Thing),
    ("database", Thing),
    ("container", Thing),
    ("containers", Thing),
    ("cluster", Thing),
    ("clusters", Thing),
];

/// Nouns that a firm has.
const OWNED: &[&str] = &[
    "shareholders",
    "stockholders",
    "employees",
    "customers",
    "subsidiary",
    "subsidiaries",
    "revenue",
    "revenues",
    "earnings",
    "headquarters",
    "board",
    "quarterly",
    "dividend",
    "workforce",
    "factories",
    "dealers",
    "workers",
    "CEO",
    "CFO",
    "products",
];

/// Nouns before "of" and a name.
const BEFORE: &[(&str, Sort)] = &[
    ("shares", Firm),
    ("stock", Firm),
    ("stake", Firm),
    ("shareholders", Firm),
    ("customers", Firm),
    ("employees", Firm),
    ("workers", Firm),
    ("subsidiary", Firm),
    ("unit", Firm),
    ("division", Firm),
    ("takeover", Firm),
    ("headquarters", Firm),
    ("CEO", Firm),
    ("CFO", Firm),
    ("executive", Firm),
    ("chairman", Firm),
    ("version", Thing),
    ("versions", Thing),
    ("users", Thing),
    ("installation", Thing),
    ("copy", Thing),
];

/// Verbs right before what is used.
const USED: &[&str] =
    &["install", "installing", "installed", "download", "downloading", "downloaded", "upgrade", "upgrading"];

/// Verbs of what a firm alone does.
const DOES: &[&str] = &["employs", "manufactures", "acquires", "acquired", "markets"];

/// Verbs that say who speaks: of a firm, where it speaks of itself.
const SAYS: &[&str] = &["said", "says", "announced", "reported", "expects", "plans"];

static BEHIND_IT: LazyLock<Lexicon<Sort>> = LazyLock::new(|| Lexicon::new(BEHIND.iter().copied()));
static BEFORE_IT: LazyLock<Lexicon<Sort>> = LazyLock::new(|| Lexicon::new(BEFORE.iter().copied()));
static OWNED_BY: LazyLock<Lexicon<()>> = LazyLock::new(|| words(OWNED));
static USED_AS: LazyLock<Lexicon<()>> = LazyLock::new(|| words(USED));
static DOES_SO: LazyLock<Lexicon<()>> = LazyLock::new(|| words(DOES));
static SAYS_SO: LazyLock<Lexicon<()>> = LazyLock::new(|| words(SAYS));

fn words(list: &[&str]) -> Lexicon<()> {
    Lexicon::new(list.iter().map(|&word| (word, ())))
}

/// Makes bodies of the people and places of which a page says what is said of firms, and drops products.
pub(super) fn settle(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let mut told: HashMap<Key, [usize; 2], BuildKeyHasher> = HashMap::default();
    let mut ends: HashSet<Key, BuildKeyHasher> = HashSet::default();
    let mut note = |tokens: &Range<usize>| {
        if let Some(sort) = sort(page, tokens) {
            let tokens = &page.tokens[tokens.clone()];
            told.entry(Key::of_all(tokens)).or_default()[sort as usize] += 1;
            ends.extend(tokens.last().map(|last| last.key));
        }
    };
    let mut words: HashSet<Key, BuildKeyHasher> = HashSet::default();
    for mention in mentions.iter().filter(|mention| is_open(page, mention)) {
        match mention.tokens.len() {
            1 => _ = words.insert(last(page, mention)),
            _ => note(&mention.tokens),
        }
    }
    // What is said of a word where it is no name is said of it all the same.
    if !words.is_empty() {
        let tokens = page.tokens.iter().enumerate();
        let named = tokens.filter(|(_, token)| token.is_capitalised() && words.contains(&token.key));
        named.for_each(|(at, _)| note(&(at..at + 1)));
    }
    let people: HashSet<Key, BuildKeyHasher> = mentions
        .iter()
        .filter(|mention| is_person(page, mention))
        .map(|mention| last(page, mention))
        .collect();
    mentions.retain_mut(|mention| {
        let end = last(page, mention);
        let is_told = ends.contains(&end) || is_coined(page, mention);
        if mention.kind == NameKind::Org || !is_told || !is_open(page, mention) || people.contains(&end) {
            return true;
        }
        let Some(&[n_firm, n_thing]) = told.get(&Key::of_all(&page.tokens[mention.tokens.clone()])) else {
            if mention.kind == NameKind::Per && is_coined(page, mention) {
                (mention.kind, mention.rule) = (NameKind::Org, "context");
            }
            return true;
        };
        // What may be somebody's name needs to be told twice.
        let traits = page.tokens[mention.tokens.end - 1].traits;
        let least = 1 + usize::from(traits.any(Traits::GIVEN.or(Traits::SURNAME)));
        if n_firm > 0 && n_firm >= n_thing {
            (mention.kind, mention.rule) = (NameKind::Org, "context");
        }
        n_firm >= n_thing || n_thing < least
    });
}

/// Whether only the model says what a mention is.
fn is_open(page: &Page<'_>, mention: &Mention) -> bool {
    let tokens = &page.tokens[mention.tokens.clone()];
    let traits = |token: &Token| token.traits;
    let given = tokens.len() > 1 && traits(&tokens[0]).any(Traits::GIVEN);
    // "traders at Korova Beach"
    let place = tokens.len() > 1
        && (tokens.last().is_some_and(|last| traits(last).any(Traits::PLACE_TAIL))
            || traits(&tokens[0]).any(Traits::PLACE_HEAD));
    mention.kind != NameKind::Org
        && mention.rule == "model"
        && !given
        && !place
        && gazetteer().longest(tokens).is_none_or(|(len, _)| len < tokens.len())
}

/// Whether a mention is of a person by its given name or its title.
fn is_person(page: &Page<'_>, mention: &Mention) -> bool {
    let start = mention.tokens.start;
    mention.kind == NameKind::Per
        && (mention.rule != "model"
            || mention.tokens.len() > 1 && page.tokens[start].traits.any(Traits::GIVEN)
            || start > 0 && is_post(page, start - 1)
            || start > 1 && page.word(page.tokens[start - 1]) == "." && is_post(page, start - 2))
}

/// Whether a mention is one word with a capital inside, as nobody is called: "KorovaSoft", but "McKorova".
fn is_coined(page: &Page<'_>, mention: &Mention) -> bool {
    const PREFIXES: [&str; 12] = ["Mc", "Mac", "De", "Di", "Da", "Du", "Le", "La", "Van", "Von", "O", "Fitz"];
    let word = page.word(page.tokens[mention.tokens.start]);
    let inner = word.char_indices().skip(1).find(|(_, letter)| letter.is_uppercase()).map(|(at, _)| at);
    mention.tokens.len() == 1
        && word.contains(char::is_lowercase)
        && !word.contains(['-', '\'', '’', '.'])
        && inner.is_some_and(|at| !PREFIXES.contains(&&word[..at]))
}

fn last(page: &Page<'_>, mention: &Mention) -> Key {
    page.tokens[mention.tokens.end - 1].key
}

/// What the words beside a name say that it is.
fn sort(page: &Page<'_>, tokens: &Range<usize>) -> Option<Sort> {
    let &Range { start, end } = tokens;
    let token = |at: usize| page.tokens.get(at).copied();
    let word = |at: usize| page.tokens.get(at).map_or("", |token| page.word(*token));
    let small = |token: &Token| token.case == Case::Lower;
    let next = token(end)?;
    if next.kind == TokenKind::Possessive {
        return token(end + 1).and_then(|owned| OWNED_BY.get(owned)).map(|()| Firm);
    }
    if (small(&next) || word(end) == "API") && next.spaced {
        if let Some(sort) = BEHIND_IT.get(next) {
            return Some(sort);
        }
        let common = || !page.tokens[end - 1].traits.any(Traits::GIVEN.or(Traits::SURNAME));
        let itself = || SAYS_SO.get(next).is_some() && matches!(word(end + 1), "it" | "its") && common();
        if DOES_SO.get(next).is_some() || itself() {
            return Some(Firm);
        }
    }
    // "Korova, based in Lima": of a person it is said seldom, and of whom a page tells more than that.
    if word(end) == "," && matches!(word(end + 1), "headquartered" | "based") && word(end + 2) == "in" {
        return Some(Firm);
    }
    // "Korova <KRV>", "Korova (NYSE: KRV)"
    let symbol = token(end + 1).is_some_and(|token| token.case == Case::Upper);
    if symbol && (word(end) == "<" || word(end) == "(" && word(end + 2) == ":") {
        return Some(Firm);
    }
    // "Korova 20.04"
    if next.kind == TokenKind::Number && next.spaced && word(end).contains('.') {
        return Some(Thing);
    }
    let before = start.checked_sub(1).and_then(token).filter(|token| token.is_word())?;
    let led = page.word(before);
    if before.hyphenated && led.ends_with("-based") {
        return Some(Firm);
    }
    if USED_AS.get(before).is_some() {
        return Some(Thing);
    }
    let noun = start.checked_sub(2).and_then(token)?;
    match led {
        "of" => BEFORE_IT.get(noun),
        "in" => matches!(page.word(noun), "shares" | "stake" | "stock").then_some(Firm),
        // "analysts at Korova"
        "at" | "with" if small(&noun) => {
            let one = page.word(noun).strip_suffix('s').map(Key::of);
            let is_post = |key: Key| gazetteer().traits(key).any(Traits::POST);
            (noun.traits.any(Traits::POST) || one.is_some_and(is_post)).then_some(Firm)
        }
        _ => None,
    }
}
