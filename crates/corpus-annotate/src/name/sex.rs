//! Sex: whether a person is "he" or "she", as far as titles, kin and given names tell.

use super::{NameKind, gazetteer::given_names};
use crate::{
    lexicon::Lexicon,
    page::Page,
    statement::word::Tags,
    token::{BuildKeyHasher, Key},
};
use std::{collections::HashMap, sync::LazyLock};

/// Whether somebody is spoken of as "he" or "she".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

/// Words before a name, or that stand for somebody, of a woman.
const OF_WOMEN: &str = "mrs ms miss madame madam dame lady queen princess sister baroness duchess countess empress frau \
    signora señora congresswoman councilwoman spokeswoman actress wife mother daughter widow girlfriend aunt niece \
    grandmother mum woman girl";
/// The same of a man.
const OF_MEN: &str = "mr sir lord king prince brother baron duke earl count emperor sultan emir herr monsieur signor señor \
    pope friar congressman councilman spokesman actor husband father son widower boyfriend uncle nephew grandfather \
    dad man boy";

static TITLES: LazyLock<Lexicon<Sex>> = LazyLock::new(|| {
    let of = |words: &'static str, sex| words.split(' ').map(move |word| (word, sex));
    Lexicon::new(of(OF_WOMEN, Sex::Female).chain(of(OF_MEN, Sex::Male)))
});

static GIVEN: LazyLock<HashMap<Key, Sex, BuildKeyHasher>> = LazyLock::new(|| {
    let known = |(name, sex): (&str, Option<&str>)| match sex? {
        "f" => Some((Key::of(name), Sex::Female)),
        _ => Some((Key::of(name), Sex::Male)),
    };
    given_names().filter_map(known).collect()
});

/// The sex that a pronoun says.
pub(crate) fn of_pronoun(word: &str) -> Option<Sex> {
    let is = |pronouns: &[&str]| pronouns.iter().any(|pronoun| word.eq_ignore_ascii_case(pronoun));
    match () {
        () if is(&["he", "his", "him"]) => Some(Sex::Male),
        () if is(&["she", "her"]) => Some(Sex::Female),
        () => None,
    }
}

/// The sex that a title or noun says: "Mrs", "spokesman", "wife".
pub(crate) fn of_noun(page: &Page<'_>, at: usize) -> Option<Sex> {
    TITLES.get(*page.tokens.get(at)?)
}

/// The sex of the people of a page, by their local ids: what their titles say, or else their given names.
pub(crate) fn of_people<'p>(page: &'p Page<'_>) -> HashMap<&'p str, Sex> {
    let mut titled: HashMap<&str, Option<Sex>> = HashMap::new();
    let mut given: HashMap<&str, Option<Sex>> = HashMap::new();
    for name in page.facts.names.iter().filter(|name| name.value.kind == NameKind::Per) {
        let tokens = page.tokens_in(name.span);
        let note = |known: &mut HashMap<&'p str, Option<Sex>>, sex: Option<Sex>| {
            let Some(sex) = sex else { return };
            let before = known.entry(&*name.value.entity).or_insert(Some(sex));
            *before = before.filter(|before| *before == sex);
        };
        // "Mr. Holm": the stop belongs to the title.
        let stop = tokens.start.checked_sub(1).filter(|&at| page.tokens[at].tags.has(Tags::STOP));
        let title = stop.unwrap_or(tokens.start).checked_sub(1);
        note(&mut titled, title.and_then(|at| of_noun(page, at)));
        if tokens.len() > 1 {
            let first = page.tokens[tokens.start];
            note(&mut given, GIVEN.get(&first.key).copied());
        }
    }
    let mut all: HashMap<&str, Sex> = HashMap::new();
    for (entity, sex) in given.into_iter().chain(titled) {
        match sex {
            Some(sex) => _ = all.insert(entity, sex),
            None => _ = all.remove(entity),
        }
    }
    all
}
