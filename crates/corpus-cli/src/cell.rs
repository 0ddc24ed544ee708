//! Text in columns of a terminal: cut, padded, wrapped.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Number of columns that `text` takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` on one line: white space folded, control characters made visible, so that no text can steer the terminal.
pub(crate) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().map(visible));
    }
    line
}

/// `text`, on one line and in at most `columns` columns; what does not fit ends in "…".
pub(crate) fn cut(text: &str, columns: usize) -> String {
    let mut line = line(text);
    if width(&line) <= columns {
        return line;
    }
    let mut used = 0;
    let room = columns.saturating_sub(1);
    let end = line
        .char_indices()
        .find(|(_, character)| {
            used += character.width().unwrap_or(0);
            used > room
        })
        .map_or(line.len(), |(index, _)| index);
    line.truncate(end);
    line.truncate(line.trim_end().len());
    if columns > 0 {
        line.push('…');
    }
    line
}

/// `text`, on one line and in at most `columns` columns; what does not fit is left out of the middle, since the names of
/// records differ at the end.
pub(crate) fn cut_middle(text: &str, columns: usize) -> String {
    let line = line(text);
    if width(&line) <= columns {
        return line;
    }
    let tail_room = columns / 2;
    let mut used = 0;
    let tail = line
        .char_indices()
        .rev()
        .take_while(|(_, character)| {
            used += character.width().unwrap_or(0);
            used <= tail_room
        })
        .last()
        .map_or("", |(index, _)| &line[index..]);
    cut(&line, columns - width(tail)) + tail
}

/// `text` in lines of at most `columns` columns, broken between words, within a word only where it is too long.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut used = 0;
    for word in line(text).split(' ') {
        let word_width = width(word);
        if used > 0 && used + 1 + word_width > columns {
            lines.push(std::mem::take(&mut current));
            used = 0;
        }
        if used > 0 {
            current.push(' ');
            used += 1;
        }
        if word_width <= columns {
            current.push_str(word);
            used += word_width;
            continue;
        }
        for character in word.chars() {
            let character_width = character.width().unwrap_or(0);
            if used + character_width > columns && used > 0 {
                lines.push(std::mem::take(&mut current));
                used = 0;
            }
            current.push(character);
            used += character_width;
        }
    }
    lines.push(current);
    lines
}

/// `text` and the spaces that fill it up to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(text))));
    padded
}

/// Number of columns of the terminal, or of what stands in for one: `COLUMNS`, else the terminal, else 100.
pub(crate) fn columns() -> usize {
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    named
        .or_else(|| terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0)))
        .filter(|columns| *columns > 0)
        .unwrap_or(100)
        .clamp(20, 1000)
}

fn visible(character: char) -> char {
    match character {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        // The C1 controls, and what reorders a line or hides in it.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_fits_and_says_that_it_was_cut() {
        assert_eq!(cut("The harbour freezes", 40), "The harbour freezes");
        assert_eq!(cut("The harbour freezes", 12), "The harbour…");
        assert_eq!(cut("The harbour freezes", 5), "The…");
        assert_eq!(cut("The harbour", 0), "");
        assert_eq!(cut("港が凍る", 5), "港が…");
        assert_eq!(cut_middle("harbour-pages.jsonl#17", 12), "harbo…onl#17");
        assert_eq!(cut_middle("港が凍る", 5), "港…る");
    }

    #[test]
    fn wrapped_lines_fit_whatever_the_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(wrap("港が凍る", 4), ["港が", "凍る"]);
    }

    #[test]
    fn no_text_steers_the_terminal() {
        assert_eq!(line("a\x1b[31mb\n\u{9b}c\u{202e}d"), "a␛[31mb \u{fffd}c\u{fffd}d");
    }
}
