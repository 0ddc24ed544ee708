//! Small things about text that several formats need: offsets in other units, white space, characters of XML.

use std::borrow::Cow;

/// Code points and lines before a byte of a text, for bytes asked for in rising order: each call goes on where the
/// last one stood, and begins anew where it must.
#[derive(Clone, Debug)]
pub(crate) struct Offsets<'t> {
    text: &'t str,
    byte: usize,
    characters: usize,
    lines: usize,
}

impl<'t> Offsets<'t> {
    /// At the start of `text`.
    pub(crate) const fn new(text: &'t str) -> Self {
        Offsets { text, byte: 0, characters: 0, lines: 1 }
    }

    /// Code points before `byte`, which lies on a character bound.
    pub(crate) fn characters(&mut self, byte: usize) -> usize {
        self.go(byte);
        self.characters
    }

    /// Number of the line in which `byte` lies, from 1.
    pub(crate) fn line(&mut self, byte: usize) -> usize {
        self.go(byte);
        self.lines
    }

    fn go(&mut self, byte: usize) {
        let from = if byte < self.byte {
            (self.characters, self.lines) = (0, 1);
            0
        } else {
            self.byte
        };
        for &unit in &self.text.as_bytes()[from..byte.min(self.text.len())] {
            // Every byte but those that go on a character.
            self.characters += usize::from(unit & 0xc0 != 0x80);
            self.lines += usize::from(unit == b'\n');
        }
        self.byte = byte;
    }
}

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

/// A name that is safe as a file's on any system: letters, digits, hyphens and single spaces of `text`, cut to
/// `length` characters; empty where nothing is left.
pub(crate) fn file_name(text: &str, length: usize) -> String {
    let mut name = String::new();
    for character in text.chars() {
        let character = match character {
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
    fn code_points_and_lines_are_counted_forth_and_back() {
        let text = "a\né𐍈\nz";
        let mut offsets = Offsets::new(text);
        assert_eq!((offsets.characters(8), offsets.line(8)), (4, 2));
        assert_eq!((offsets.characters(2), offsets.line(2)), (2, 2));
        assert_eq!((offsets.characters(9), offsets.line(9)), (5, 3));
    }

    #[test]
    fn a_line_has_no_line_ends() {
        assert_eq!(one_line(" a\r\n b\u{1}c\u{a0}d "), "a b c d");
        assert!(matches!(one_line("plain words"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_file_name_is_safe() {
        assert_eq!(file_name("../ What’s “new” / here?", 40), "Whats new here");
        assert_eq!(file_name("::", 40), "");
    }
}
