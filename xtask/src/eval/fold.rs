//! Texts made comparable: words, folded words, folded white space.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// The words of a text: runs of letters, numbers and underscores.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}

fn is_word(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || c == '_',
        false => {
            matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number)
        }
    }
}

/// The words of a text in compatibility form and lower case, joined by spaces.
pub(crate) fn fold(text: &str) -> String {
    let lower = text.nfkc().collect::<String>().to_lowercase();
    words(&lower).collect::<Vec<_>>().join(" ")
}

/// The text with each run of white space as one space, none at its ends.
pub(crate) fn space(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first day written as `YYYY-MM-DD`.
pub(crate) fn day(text: &str) -> Option<&str> {
    let is_day = |window: &[u8]| {
        window.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    let start = text.as_bytes().windows(10).position(is_day)?;
    Some(&text[start..start + 10])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_words_only() {
        assert_eq!(fold("  The ＡＢＣ — of_it, №1!"), "the abc of_it no1");
        assert_eq!(space(" a\u{a0}\n b\u{1f}c "), "a b c");
        assert_eq!(day("on 2021-03-04T05:06"), Some("2021-03-04"));
        assert_eq!(day("2021-3-4"), None);
    }
}
