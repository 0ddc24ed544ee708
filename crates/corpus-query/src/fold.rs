//! Folding: the form of a word under which it is found, without case, typographic variants and diacritics.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The form under which `word` is found: lower case, plain apostrophes, no diacritics on Latin and Greek letters,
/// compatibility forms resolved, nothing invisible.
///
/// Marks that make another letter stay: `й` is not `и`, `が` is not `か`. `ё` is written `е` as often as not, and folds.
///
/// ```
/// use corpus_query::fold::fold;
/// assert_eq!(fold("Müßig"), "mussig");
/// assert_eq!(fold("don’t"), "don't");
/// assert_eq!(fold("Łódź"), "lodz");
/// assert_eq!(fold("Войной"), "войной");
/// ```
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Adds the folded form of `word` to `folded`.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    for character in word.chars() {
        fold_char(character, folded);
    }
}

/// Adds the folded form of a character to `folded`.
pub(crate) fn fold_char(character: char, folded: &mut String) {
    match character {
        '\0'..='\x7f' => folded.push(character.to_ascii_lowercase()),
        '‘' | '’' | 'ʼ' | '＇' => folded.push('\''),
        // What is not seen: soft hyphen, joiners, marks of direction, byte-order mark.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => {}
        // The letters of the Cyrillic alphabets are letters of their own, whatever they are composed of.
        'ё' | 'Ё' => folded.push('е'),
        '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' => folded.extend(character.to_lowercase()),
        '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => folded.push(character),
        _ => fold_decomposed(character, folded),
    }
}

fn fold_decomposed(character: char, folded: &mut String) {
    if is_dropped_mark(character) {
        return;
    }
    for part in std::iter::once(character).nfkd().filter(|&part| !is_dropped_mark(part)) {
        for lower in part.to_lowercase() {
            match lower {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' | 'ð' => folded.push('d'),
                'þ' => folded.push_str("th"),
                'ħ' => folded.push('h'),
                'ı' => folded.push('i'),
                'ς' => folded.push('σ'),
                lower if is_dropped_mark(lower) => {}
                lower => folded.push(lower),
            }
        }
    }
}

/// Whether a combining mark goes: accents, Hebrew points, Arabic vowel signs.
fn is_dropped_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
        && is_combining_mark(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_quotes_and_diacritics_fold() {
        for (written, found) in [
            ("Çà", "ca"),
            ("ÆØÅ", "aeoa"),
            ("ﬁn", "fin"),
            ("co\u{ad}operate", "cooperate"),
            ("İstanbul", "istanbul"),
            ("Ёлка", "елка"),
            ("Йод", "йод"),
            ("ΛΌΓΟΣ", "λογοσ"),
            ("שָׁלוֹם", "שלום"),
            ("e\u{301}", "e"),
            ("４２", "42"),
            ("が", "が"),
        ] {
            assert_eq!(fold(written), found, "{written}");
        }
    }

    proptest! {
        #[test]
        fn a_folded_word_folds_to_itself(word in r"\PC{0,12}") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
