//! The brackets of a row of Markdown: its links and pictures, and what a reader sees of them.

use std::ops::Range;

/// What stands between two brackets, and the address behind them.
struct Bracket<'r> {
    /// From the first sign, which is the "!" of a picture, to the last.
    whole: Range<usize>,
    /// What stands between the brackets.
    words: Range<usize>,
    /// Where it leads; `None` where no address stands behind the brackets.
    address: Option<&'r str>,
    is_picture: bool,
}

/// The brackets of a row, in the order in which they close: one lies within another or apart from it.
struct Brackets<'r> {
    row: &'r str,
    at: usize,
    /// The brackets that are open, the outermost first.
    open: Vec<usize>,
}

impl<'r> Brackets<'r> {
    fn of(row: &'r str) -> Self {
        Brackets { row, at: 0, open: Vec::new() }
    }

    /// What ends with the closing bracket at `close`, if one was open.
    fn closed(&mut self, close: usize) -> Option<Bracket<'r>> {
        let bytes = self.row.as_bytes();
        let open = self.open.pop()?;
        let address =
            (bytes.get(close + 1) == Some(&b'(')).then(|| close + 2..address_end(self.row, close + 2));
        if let Some(address) = &address {
            self.at = (address.end + 1).min(bytes.len());
        }
        let is_picture = open > 0 && bytes[open - 1] == b'!';
        Some(Bracket {
            whole: open - usize::from(is_picture)..self.at,
            words: open + 1..close,
            address: address.map(|address| self.row[address].split_whitespace().next().unwrap_or_default()),
            is_picture,
        })
    }
}

impl<'r> Iterator for Brackets<'r> {
    type Item = Bracket<'r>;

    fn next(&mut self) -> Option<Bracket<'r>> {
        let bytes = self.row.as_bytes();
        loop {
            let at = self.at + memchr::memchr3(b'[', b']', b'\\', &bytes[self.at..])?;
            self.at = at + 1;
            match bytes[at] {
                b'[' => self.open.push(at),
                b']' => {
                    if let Some(bracket) = self.closed(at) {
                        return Some(bracket);
                    }
                }
                // Behind a backslash a sign is none.
                _ => self.at += usize::from(bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation)),
            }
        }
    }
}

/// Where the address ends that begins at `start`: at its closing bracket, else at the end of the row, which may be cut.
/// An address may have brackets in pairs; where they do not pair, the last that closes ends it.
fn address_end(row: &str, start: usize) -> usize {
    let (mut depth, mut last) = (0_usize, None);
    for (at, byte) in row.bytes().enumerate().skip(start) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return at,
            b')' => {
                depth -= 1;
                last = Some(at);
            }
            // Behind the address stands its title, if anything.
            b' ' | b'\t' | b'[' => match last {
                Some(last) if depth > 0 => return last,
                _ => depth = 0,
            },
            _ => {}
        }
    }
    last.unwrap_or(row.len())
}

/// The links and pictures of a row whose addresses lead somewhere, by their addresses.
pub(crate) fn links(row: &str) -> impl Iterator<Item = &str> {
    Brackets::of(row).filter_map(|bracket| bracket.address).filter(|address| leads(address))
}

/// Whether an address leads somewhere: "[1](see below)" does not.
fn leads(address: &str) -> bool {
    address.starts_with("http")
        || address.starts_with(['/', '#', '.'])
        || address.starts_with("mailto:")
        || address.contains(['/', '.'])
}

/// What is left of a row without its links and pictures, those by reference too: without all that stands between brackets.
pub(crate) fn without_links(row: &str) -> String {
    without(row, Brackets::of(row).map(|bracket| bracket.whole).collect())
}

/// Whether a row is nothing but pictures, linked or not.
pub(super) fn is_picture(row: &str) -> bool {
    row.starts_with(['!', '[']) && row.contains("![") && without_links(row).trim().is_empty()
}

/// The words of a line as a reader sees them: without the marks of links and emphasis, without tags of HTML, and without
/// pictures; of pictures alone, what they show.
pub(crate) fn plain(line: &str) -> String {
    let mut words = shown(line, false);
    if !words.contains(char::is_alphanumeric) {
        words = shown(line, true);
    }
    for mark in ["**", "__", "`"] {
        words = words.replace(mark, "");
    }
    if words.matches('*').count().is_multiple_of(2) {
        words = words.replace('*', "");
    }
    // Between grave accents a tag is what the line is about.
    if words.contains('<') && !line.contains('`') { without_tags(&words) } else { words }
}

/// Words without the tags of HTML that may stand within a line; a line break is a space.
fn without_tags(words: &str) -> String {
    const NAMES: &[&str] = &[
        "a", "abbr", "b", "big", "br", "center", "cite", "code", "del", "em", "font", "i", "img", "ins",
        "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "tt", "u", "wbr",
    ];
    let mut rest = words;
    let mut shown = String::with_capacity(words.len());
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_known = NAMES.iter().any(|known| name[..length].eq_ignore_ascii_case(known))
            && name[length..].starts_with(['>', ' ', '/']);
        let end = tag.find('>').filter(|_| is_known);
        shown.push_str(&rest[..start]);
        match end {
            Some(_) if name[..length].eq_ignore_ascii_case("br") => shown.push(' '),
            Some(_) => {}
            None => shown.push('<'),
        }
        rest = end.map_or(tag, |end| &tag[end + 1..]);
    }
    shown.push_str(rest);
    shown
}

/// A line without the marks of its links, and with the words of its pictures or without.
fn shown(line: &str, has_pictures: bool) -> String {
    let mut cuts = Vec::new();
    for Bracket { whole, words, address, is_picture } in Brackets::of(line) {
        match address {
            Some(_) if is_picture && !has_pictures => cuts.push(whole),
            Some(address) if is_picture || leads(address) => {
                cuts.extend([whole.start..words.start, words.end..whole.end]);
            }
            _ => {}
        }
    }
    without(line, cuts)
}

/// A row without some ranges of it, which may lie within one another.
fn without(row: &str, mut cuts: Vec<Range<usize>>) -> String {
    cuts.sort_unstable_by_key(|cut| cut.start);
    let mut rest = String::with_capacity(row.len());
    let mut at = 0;
    for cut in cuts {
        rest.push_str(&row[at..cut.start.max(at)]);
        at = at.max(cut.end);
    }
    rest.push_str(&row[at..]);
    rest
}

#[cfg(test)]
mod tests {
    use super::{is_picture, links, plain, without_links};
    use proptest::{collection::vec, prelude::*, sample::select};

    #[test]
    fn a_link_may_stand_around_a_picture() {
        let badge = "[![Tides](https://ci.example/t.svg)](https://ci.example)";
        assert_eq!(links(badge).collect::<Vec<_>>(), ["https://ci.example/t.svg", "https://ci.example"]);
        assert!(is_picture(badge) && without_links(badge).is_empty());
        assert_eq!(plain(&format!("Harbour {badge}")), "Harbour ");
        assert_eq!(plain(badge), "Tides");
        assert_eq!(plain("![Harbour](logo.png)"), "Harbour");
    }

    #[test]
    fn words_of_links_are_shown_and_their_marks_are_not() {
        for (line, words) in [
            ("The [harbour](https://h.example) opens", "The harbour opens"),
            ("Ü[ber](/ü)ö", "Überö"),
            ("[a [b] c](/d)", "a [b] c"),
            ("[a [b](/c) d](/e)", "a b d"),
            ("[open [b](/c)", "[open b"),
            ("[Quay](https://w.example/Quay_(harbour)) opens", "Quay opens"),
            ("[Quay](https://w.example/Quay_(harbour \"Q\") opens (soon)", "Quay opens (soon)"),
            ("[a](/b \"c (d)\") e", "a e"),
            ("[1](see below)", "[1](see below)"),
            (r"\[a](/b)", r"\[a](/b)"),
            ("[a](/b", "a"),
            ("[a]", "[a]"),
            ("](/b)", "](/b)"),
            ("**A** `b` __c__ *d*", "A b c d"),
            ("The <em>old</em> <a href='/f'>ferry</a><br/>sails<wbr>", "The old ferry sails"),
            ("The `<em>` element", "The <em> element"),
            ("a < b, <c> and </ <emu>", "a < b, <c> and </ <emu>"),
            ("an open <em", "an open <em"),
        ] {
            assert_eq!(plain(line), words, "{line}");
        }
    }

    #[test]
    fn what_stands_behind_an_open_bracket_is_left() {
        assert_eq!(without_links("[Note: the [harbour](/h) opens"), "[Note: the  opens");
        assert_eq!(without_links("[Home](/) | [Tolls][1] | !"), " |  | !");
    }

    proptest! {
        #[test]
        fn any_signs_are_read(
            signs in vec(select(&["[", "]", "](", "(", ")", "!", "\\", "/", " ", "**", "*", "`", "a", "ü", "𝒳"][..]), 0..40),
        ) {
            let row = signs.concat();
            let (shown, rest) = (plain(&row), without_links(&row));
            prop_assert!(shown.len() <= row.len() && rest.len() <= row.len());
            prop_assert!(links(&row).all(|address| row.contains(address)));
            prop_assert!(row.contains('\\') || links(&rest).next().is_none());
        }
    }
}
