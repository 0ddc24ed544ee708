//! The outlets that are known by name.

use super::outlet_table::{FIRST_WORDS, LAST_WORDS, OUTLETS};
use crate::{lexicon::Lexicon, page::Page};
use std::{ops::Range, sync::LazyLock};

static LAST: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(LAST_WORDS.iter().map(|&word| (word, ()))));
static FIRST: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(FIRST_WORDS.iter().map(|&word| (word, ()))));

static LEXICON: LazyLock<Lexicon<&'static str>> = LazyLock::new(|| {
    Lexicon::new(OUTLETS.lines().flat_map(|line| {
        let usual = line.split('|').next().unwrap_or(line);
        line.split('|').map(move |name| (name, usual))
    }))
});

/// Known outlets: every name, with the usual one of its outlet.
pub(super) fn known() -> &'static Lexicon<&'static str> {
    &LEXICON
}

/// Whether a name has the form of an outlet's: "Korova Courier", "Gazeta de Korova".
pub(super) fn has_form(page: &Page<'_>, tokens: Range<usize>) -> bool {
    let is = |at: usize, lexicon: &Lexicon<()>| lexicon.get(page.tokens[at]).is_some();
    tokens.len() > 1 && (is(tokens.end - 1, &LAST) || is(tokens.start, &FIRST))
}

/// Local id of an outlet, from its name: lower-case words with hyphens.
pub(super) fn id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            id.push(letter);
        } else if !id.ends_with('-') && !id.is_empty() {
            id.push('-');
        }
    }
    while id.ends_with('-') {
        id.pop();
    }
    id.strip_prefix("the-").map(str::to_owned).unwrap_or(id)
}
