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
    statement::word::Tags,
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
    ("analyst", Firm),
    ("analysts", Firm),
    ("economist", Firm),
    ("economists", Firm),
    ("strategist", Firm),
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

/// Tokens behind a comma among which what says who somebody is stands.
const APPOSITION: usize = 3;

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
            // Nobody has a symbol: that says as much as two.
            let weight = 1 + usize::from(has_symbol(page, tokens.end));
            let tokens = &page.tokens[tokens.clone()];
            told.entry(Key::of_all(tokens)).or_default()[sort as usize] += weight;
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
    let told = |mention: &Mention| {
        told.get(&Key::of_all(&page.tokens[mention.tokens.clone()])).copied().unwrap_or_default()
    };
    // What begins with a given name is a firm where the page says so twice, and tells of nobody of that name.
    let twice: Vec<&Mention> =
        mentions.iter().filter(|mention| is_given(page, mention) && told(mention)[0] > 1).collect();
    let met = if twice.is_empty() { HashSet::default() } else { people(page, mentions) };
    let firms: HashSet<usize> = twice
        .into_iter()
        .filter(|mention| !met.contains(&last(page, mention)))
        .map(|mention| mention.tokens.start)
        .collect();
    let people: HashSet<Key, BuildKeyHasher> = mentions
        .iter()
        .filter(|mention| is_person(page, mention) && !firms.contains(&mention.tokens.start))
        .map(|mention| last(page, mention))
        .collect();
    mentions.retain_mut(|mention| {
        let end = last(page, mention);
        let is_told = ends.contains(&end) || is_coined(page, mention);
        let is_open =
            is_open(page, mention) && (!is_given(page, mention) || firms.contains(&mention.tokens.start));
        if mention.kind == NameKind::Org || !is_told || !is_open || people.contains(&end) {
            return true;
        }
        let [n_firm, n_thing] = told(mention);
        if n_firm + n_thing == 0 {
            if mention.kind == NameKind::Per && is_coined(page, mention) {
                (mention.kind, mention.rule) = (NameKind::Org, "context");
            }
            return true;
        }
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
    // "traders at Korova Beach"
    let place = tokens.len() > 1
        && (tokens.last().is_some_and(|last| traits(last).any(Traits::PLACE_TAIL))
            || traits(&tokens[0]).any(Traits::PLACE_HEAD));
    mention.kind != NameKind::Org
        && matches!(mention.rule, "model" | "given-name")
        && !place
        && gazetteer().longest(tokens).is_none_or(|(len, _)| len < tokens.len())
}

/// Whether a mention of several words begins with a given name.
pub(super) fn is_given(page: &Page<'_>, mention: &Mention) -> bool {
    mention.tokens.len() > 1 && page.tokens[mention.tokens.start].traits.any(Traits::GIVEN)
}

/// The last words of those of whom the page tells as it does of people: behind a title or post, with an age, a post or
/// "who" behind the name, or speaking of himself or herself.
pub(super) fn people(page: &Page<'_>, mentions: &[Mention]) -> HashSet<Key, BuildKeyHasher> {
    let is_met = |mention: &&Mention| {
        let next = |n: usize| page.tokens.get(mention.tokens.end + n).copied();
        let is_comma = next(0).is_some_and(|token| page.word(token) == ",");
        let speaks_of_self = |verb: Option<Token>, who: Option<Token>| {
            verb.is_some_and(|verb| SAYS_SO.get(verb).is_some())
                && who.is_some_and(|who| matches!(page.word(who), "he" | "she"))
        };
        let is_described = |token: Token| {
            token.kind == TokenKind::Number
                || page.word(token) == "who"
                || token.traits.any(Traits::POST)
                || token.tags.has(Tags::PERSON)
        };
        mention.kind == NameKind::Per
            // "Moreno said she": a firm may be called by its last word too.
            && (speaks_of_self(next(0), next(1))
                || is_titled(page, mention.tokens.start)
                || is_comma && (1..=APPOSITION).filter_map(next).any(is_described))
    };
    mentions.iter().filter(is_met).map(|mention| last(page, mention)).collect()
}

/// Whether a title or post stands right before a token.
fn is_titled(page: &Page<'_>, start: usize) -> bool {
    start > 0 && is_post(page, start - 1)
        || start > 1 && page.word(page.tokens[start - 1]) == "." && is_post(page, start - 2)
}

/// Whether a mention is of a person by its given name or its title.
fn is_person(page: &Page<'_>, mention: &Mention) -> bool {
    mention.kind == NameKind::Per
        && (mention.rule != "model" || is_given(page, mention) || is_titled(page, mention.tokens.start))
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

/// Whether the symbol of a firm stands at a token: "Korova <KRV>", "Korova (NYSE: KRV)".
fn has_symbol(page: &Page<'_>, at: usize) -> bool {
    let word = |at: usize| page.tokens.get(at).map_or("", |token| page.word(*token));
    let upper = page.tokens.get(at + 1).is_some_and(|token| token.case == Case::Upper);
    upper && (word(at) == "<" || word(at) == "(" && word(at + 2) == ":")
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
        // A person may say that it rains, but of a name that begins with a given name once is not enough.
        let common = || {
            let given = tokens.len() > 1 && page.tokens[start].traits.any(Traits::GIVEN);
            given || !page.tokens[end - 1].traits.any(Traits::GIVEN.or(Traits::SURNAME))
        };
        let itself = || SAYS_SO.get(next).is_some() && matches!(word(end + 1), "it" | "its") && common();
        if DOES_SO.get(next).is_some() || itself() {
            return Some(Firm);
        }
    }
    // "Korova, based in Lima": of a person it is said seldom, and of whom a page tells more than that.
    if word(end) == "," && matches!(word(end + 1), "headquartered" | "based") && word(end + 2) == "in" {
        return Some(Firm);
    }
    if has_symbol(page, end) {
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
