//! The outlets that are known by name.

use super::outlet_table::OUTLETS;
use crate::lexicon::Lexicon;
use std::sync::LazyLock;

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
