//! What is no name in texts of other languages than English, for which the model is not made: words that begin a
//! sentence, days and months, and the nouns of German, which have capitals.

use super::{
    NameKind, abroad,
    features::may_begin,
    gazetteer::{KnownKind, Traits, gazetteer},
    tagger::Mention,
};
use crate::{
    lexicon::Lexicon,
    page::Page,
    stretch::InOrder,
    token::{BuildKeyHasher, Case, Key, Token},
};
use corpus_core::{
    date::{is_month, is_mostly_date},
    language::is_common_word,
};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// Takes off the mentions of a page that is not in English what is no name there.
pub(super) fn settle(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let words = Words::of(page);
    let full = full_names(page, mentions);
    mentions.retain_mut(|mention| {
        let passage = page.passages.over(mention.start);
        let language = passage.and_then(|passage| page.language_of(passage));
        let Some(language) = language else { return true };
        words.strip(page, mention, language);
        if is_nobody(page, mention, language, &full) {
            return false;
        }
        let [token] = page.tokens[mention.tokens.clone()] else { return true };
        let word = page.word(token);
        let is_known = || gazetteer().longest(&[token]).is_some();
        let common = || is_common_word(word, language) && !is_known();
        let german = is_german(language);
        // "Julio" is a given name where months are written small.
        let month = || (german || !token.traits.any(Traits::GIVEN)) && is_month(word, language);
        if token.case != Case::Upper && (common() || month() || is_mostly_date(word)) {
            return false;
        }
        if words.is_opener(page, mention.tokens.start) {
            return false;
        }
        !german || full.contains(&token.key) || !words.is_noun(page, mention)
    });
    abroad::add(page, &words.small, mentions);
}

/// What the words of a page are beside names.
struct Words {
    /// Those that are written small somewhere.
    small: HashSet<Key, BuildKeyHasher>,
    /// How often each with a capital stands behind an article or the like, and how often at all.
    nouns: HashMap<Key, [u32; 2], BuildKeyHasher>,
}

impl Words {
    fn of(page: &Page<'_>) -> Self {
        let mut words = Words { small: HashSet::default(), nouns: HashMap::default() };
        for (at, token) in page.tokens.iter().enumerate().filter(|(_, token)| token.is_word()) {
            if token.case == Case::Lower {
                words.small.insert(token.key);
            } else {
                let led = at > 0 && token.spaced && DETERMINERS.get(page.tokens[at - 1]).is_some();
                let [n_led, n_all] = words.nouns.entry(token.key).or_default();
                (*n_led, *n_all) = (*n_led + u32::from(led), *n_all + 1);
            }
        }
        words
    }

    /// Takes the words that begin a sentence off a name of several: "Pour Ana Moreno".
    fn strip(&self, page: &Page<'_>, mention: &mut Mention, language: &str) {
        let is_known = gazetteer()
            .longest(&page.tokens[mention.tokens.clone()])
            .is_some_and(|(len, _)| len == mention.tokens.len());
        while mention.tokens.len() > 1 && !is_known {
            let first = mention.tokens.start;
            let common = begins(page, first)
                && (is_common_word(page.word(page.tokens[first]), language)
                    || is_german(language) && DETERMINERS.get(page.tokens[first]).is_some());
            if !common && !self.is_opener(page, first) || !may_begin(page.tokens[first + 1]) {
                break;
            }
            mention.tokens.start += 1;
            mention.start = page.tokens[first + 1].start as usize;
        }
    }

    /// Whether a word has its capital because it begins a sentence: the page writes it small elsewhere.
    fn is_opener(&self, page: &Page<'_>, at: usize) -> bool {
        let token = page.tokens[at];
        let name = Traits::GIVEN.or(Traits::COUNTRY).or(Traits::BODY).or(Traits::PLACE);
        token.case == Case::Title
            && !token.traits.any(name)
            && self.small.contains(&token.key)
            && begins(page, at)
    }

    /// Whether a mention of one word is a noun of German: one that has an article or a number before it somewhere on
    /// the page, or ends as abstractions do.
    fn is_noun(&self, page: &Page<'_>, mention: &Mention) -> bool {
        let at = mention.tokens.start;
        let token = page.tokens[at];
        if token.case != Case::Title || mention.rule == "title" || mention.rule == "context" {
            return false;
        }
        let known = gazetteer().longest(&page.tokens[at..=at]).map(|(_, known)| known.kind);
        match known {
            Some(KnownKind::City | KnownKind::Outlet) | None => {
                let name = Traits::GIVEN.or(Traits::SURNAME).or(Traits::PLACE);
                let abstraction = || {
                    !token.traits.any(name) && ENDINGS.iter().any(|ending| page.word(token).ends_with(ending))
                };
                let counted = at > 0 && is_number(page.tokens[at - 1]);
                // "das Russland der Zaren" is said once among many.
                let [n_led, n_all] = self.nouns.get(&token.key).copied().unwrap_or_default();
                let least = if token.traits.any(Traits::GIVEN) { n_all / 2 } else { n_all / 5 };
                !token.hyphenated && (n_led > least || counted || abstraction())
            }
            Some(_) => false,
        }
    }
}

/// Whether nothing but a capital makes a person of a mention: no word of it is known as a name, no post or title stands
/// beside it, the page names nobody so in full, and a capital says little where it stands.
fn is_nobody(
    page: &Page<'_>,
    mention: &Mention,
    language: &str,
    full: &HashSet<Key, BuildKeyHasher>,
) -> bool {
    let tokens = &page.tokens[mention.tokens.clone()];
    let is_given = |token: &Token| token.traits.any(Traits::GIVEN) && token.is_capitalised();
    // The surname is the last word: "von" is one too.
    let is_surname = |token: &Token| token.traits.any(Traits::SURNAME) || full.contains(&token.key);
    let is_known = tokens.iter().any(|token| is_given(token) || token.case == Case::Upper)
        || tokens.last().is_some_and(is_surname);
    let says_little = is_german(language) || tokens.len() == 1 && begins(page, mention.tokens.start);
    mention.kind == NameKind::Per
        && says_little
        && !matches!(mention.rule, "title" | "context")
        && !is_known
        && gazetteer().longest(tokens).is_none()
}

/// Whether a language has its nouns in capitals.
fn is_german(language: &str) -> bool {
    matches!(language.split('-').next(), Some("de" | "lb"))
}

/// The last words of the people whom a page gives in full.
fn full_names(page: &Page<'_>, mentions: &[Mention]) -> HashSet<Key, BuildKeyHasher> {
    let full = mentions.iter().filter(|mention| {
        let first = page.tokens[mention.tokens.start];
        mention.kind == NameKind::Per && mention.tokens.len() > 1 && first.traits.any(Traits::GIVEN)
    });
    full.map(|mention| page.tokens[mention.tokens.end - 1].key).collect()
}

/// Whether a token begins a sentence, or stands behind the mark that begins one within it.
fn begins(page: &Page<'_>, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| {
        let token = page.tokens[before];
        !token.is_word()
            && !is_number(token)
            && !matches!(page.word(token), "," | "(" | "/" | "-" | "–" | "&")
    })
}

fn is_number(token: Token) -> bool {
    token.kind == crate::token::TokenKind::Number
}

/// Articles and the like of German, behind which nouns stand.
static DETERMINERS: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(DETERMINING.split(' ').map(|word| (word, ()))));

/// The words of [`DETERMINERS`].
const DETERMINING: &str = "der die das dem den des ein eine einen einem einer eines kein keine keinen keinem keiner keines mein \
     meine meinen meinem meiner sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres \
     unser unsere unseren unserem unserer dieser diese dieses diesen diesem jeder jede jedes jeden jedem \
     jener jene jenes welche welcher welches solche solcher alle allen aller viele vielen vieler mehrere \
     mehreren einige einigen beide beiden manche manchen wenige wenigen zum zur im am vom beim ins ans \
     aufs fürs zwei drei vier fünf sechs sieben acht neun zehn zwölf mehr weniger pro viel etwas";

/// Endings of German nouns of what cannot be touched.
const ENDINGS: [&str; 10] =
    ["ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "ismus", "tionen"];
