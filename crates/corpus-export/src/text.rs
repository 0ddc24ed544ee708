//! Small things about text that several formats need: white space, characters of XML, names of files.

use std::borrow::Cow;

/// The text on one line: each run of white space and control characters as one space, none at the ends.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let is_plain = !text.contains(|c: char| c.is_control() || (c.is_whitespace() && c != ' '))
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ');
    if is_plain {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Whether XML 1.0 can hold the character.
pub(crate) const fn is_xml(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

/// A name that is safe as a file's on any system: letters, digits, hyphens, apostrophes within words and single spaces of
/// `text`, cut to `length` characters; empty where nothing is left.
pub(crate) fn file_name(text: &str, length: usize) -> String {
    let mut name = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_within = name.ends_with(char::is_alphanumeric)
            && characters.peek().is_some_and(|next| next.is_alphanumeric());
        let character = match character {
            // Of the two, shells read no quotation mark in this one.
            '’' | '\'' if is_within => '’',
            '’' | '\'' => continue,
            _ if character.is_alphanumeric() || matches!(character, '-' | '_') => character,
            _ => ' ',
        };
        if character != ' ' || !(name.is_empty() || name.ends_with(' ')) {
            name.push(character);
        }
        if name.chars().count() >= length {
            break;
        }
    }
    name.truncate(name.trim_end().len());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_line_ends() {
        assert_eq!(one_line(" a\r\n b\u{1}c\u{a0}d "), "a b c d");
        assert!(matches!(one_line("plain words"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_file_name_is_safe() {
        assert_eq!(file_name("../ What’s “new” / here?", 40), "What’s new here");
        assert_eq!(file_name("'The crews' boat wasn't l'été's'", 40), "The crews boat wasn’t l’été’s");
        assert_eq!(file_name("::", 40), "");
    }
}
