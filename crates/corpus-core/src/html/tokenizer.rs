//! The tokenizer: from the source of a page to text, start tags and end tags, in one pass.

use super::tag::Tag;
use crate::span::Span;
use memchr::{memchr, memchr2, memmem};

/// One piece of a page's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Characters, references in them not yet read.
    Text(Span),
    /// A start tag; its attributes are in [`Tokenizer::attributes`].
    Start {
        /// The element.
        tag: Tag,
        /// Its name in the source.
        name: Span,
        /// From "<" to ">".
        span: Span,
        /// Whether it ends in "/>".
        self_closing: bool,
    },
    /// An end tag.
    End {
        /// The element.
        tag: Tag,
        /// Its name in the source.
        name: Span,
        /// From "<" to ">".
        span: Span,
    },
}

/// An attribute: its name and its value in the source, references not yet read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// The name, in any case.
    pub(crate) name: Span,
    /// The value without its quotes; empty where there is none.
    pub(crate) value: Span,
}

/// Reads a page's source token by token, as the HTML Standard's tokenizer does.
///
/// It knows nothing of the tree: whoever builds it says where an element's content is raw ([`Tokenizer::raw`]) and
/// where character data sections may stand ([`Tokenizer::foreign`]).
pub(crate) struct Tokenizer<'a> {
    source: &'a str,
    bytes: &'a [u8],
    position: usize,
    /// Attributes of the last start tag, in order; the first of a name counts.
    pub(crate) attributes: Vec<Attribute>,
    /// Whether `<![CDATA[` begins characters here.
    pub(crate) foreign: bool,
}

impl<'a> Tokenizer<'a> {
    /// A tokenizer at the start of `source`.
    pub(crate) fn new(source: &'a str) -> Self {
        Tokenizer { source, bytes: source.as_bytes(), position: 0, attributes: Vec::new(), foreign: false }
    }

    /// The next token; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.position;
            if start >= self.bytes.len() {
                return None;
            }
            // A "<" that opens nothing is a character of the text.
            let mut search = start;
            let open = loop {
                match memchr(b'<', &self.bytes[search..]) {
                    Some(offset) if self.opens_markup(search + offset) => break search + offset,
                    Some(offset) => search += offset + 1,
                    None => break self.bytes.len(),
                }
            };
            if open > start {
                self.position = open;
                return Some(Token::Text(Span::new(start, open)));
            }
            match self.bytes[start + 1] {
                b'!' => {
                    if self.foreign && self.bytes[start..].starts_with(b"<![CDATA[") {
                        let from = start + 9;
                        let end = memmem::find(&self.bytes[from..], b"]]>").map(|offset| from + offset);
                        self.position = end.map_or(self.bytes.len(), |end| end + 3);
                        let end = end.unwrap_or(self.bytes.len());
                        if end > from {
                            return Some(Token::Text(Span::new(from, end)));
                        }
                    } else {
                        self.skip_declaration();
                    }
                }
                b'?' => self.skip_to_close(),
                b'/' if !self.bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.skip_to_close()
                }
                b'/' => {
                    if let Some((tag, name, _)) = self.tag(start + 2) {
                        return Some(Token::End { tag, name, span: Span::new(start, self.position) });
                    }
                }
                _ => {
                    if let Some((tag, name, self_closing)) = self.tag(start + 1) {
                        let span = Span::new(start, self.position);
                        return Some(Token::Start { tag, name, span, self_closing });
                    }
                }
            }
        }
    }

    /// The characters up to the end tag of `tag`, which was just opened; the end tag is passed over.
    pub(crate) fn raw(&mut self, name: &[u8]) -> Span {
        let start = self.position;
        let script = name.eq_ignore_ascii_case(b"script");
        let plaintext = name.eq_ignore_ascii_case(b"plaintext");
        // Within "<!--" a script may hold "<script", whose end tag is not the script's own.
        let (mut escaped, mut twice) = (false, false);
        let mut at = if plaintext { self.bytes.len() } else { start };
        loop {
            let rest = &self.bytes[at..];
            let found = if escaped { memchr2(b'<', b'-', rest) } else { memchr(b'<', rest) };
            let Some(offset) = found else { break };
            at += offset;
            if self.bytes[at] == b'-' {
                if self.bytes[at..].starts_with(b"-->") {
                    (escaped, twice) = (false, false);
                }
                at += 1;
            } else if self.bytes.get(at + 1) == Some(&b'/') && self.names(at + 2, name) {
                if !twice {
                    let content = Span::new(start, at);
                    if self.tag(at + 2).is_none() {
                        self.position = self.bytes.len();
                    }
                    return content;
                }
                twice = false;
                at += 2;
            } else if script && self.bytes[at..].starts_with(b"<!--") {
                escaped = true;
                at += 2;
            } else {
                twice |= escaped && self.names(at + 1, name);
                at += 1;
            }
        }
        self.position = self.bytes.len();
        Span::new(start, self.position)
    }

    /// The value of the attribute called `name`, references not yet read.
    pub(crate) fn attribute(&self, name: &[u8]) -> Option<&'a str> {
        let attribute = self.attributes.iter().find(|attribute| {
            attribute.name.len() == name.len()
                && self.source[attribute.name].as_bytes().eq_ignore_ascii_case(name)
        })?;
        Some(&self.source[attribute.value])
    }

    /// Whether a tag, comment or declaration begins with the "<" at `at`.
    fn opens_markup(&self, at: usize) -> bool {
        match self.bytes.get(at + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/') => at + 2 < self.bytes.len(),
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
    }

    /// Whether `name` stands at `at`, and no longer name.
    fn names(&self, at: usize, name: &[u8]) -> bool {
        self.bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && self
                .bytes
                .get(at + name.len())
                .is_some_and(|&byte| is_space(byte) || byte == b'/' || byte == b'>')
    }

    fn skip_to_close(&mut self) {
        let rest = &self.bytes[self.position..];
        self.position += memchr(b'>', rest).map_or(rest.len(), |offset| offset + 1);
    }

    fn skip_declaration(&mut self) {
        let rest = &self.bytes[self.position..];
        if !rest.starts_with(b"<!--") {
            self.skip_to_close();
            return;
        }
        self.position += if rest.starts_with(b"<!-->") {
            5
        } else if rest.starts_with(b"<!--->") {
            6
        } else {
            let mut at = 4;
            loop {
                let Some(offset) = memmem::find(&rest[at..], b"--") else { break rest.len() };
                at += offset + 2;
                match (rest.get(at), rest.get(at + 1)) {
                    (Some(b'>'), _) => break at + 1,
                    (Some(b'!'), Some(b'>')) => break at + 2,
                    _ => at -= 1,
                }
            }
        };
    }

    /// The tag whose name begins at `at`: its name, where it stands, whether it closes itself. `None` where the page
    /// ends first.
    fn tag(&mut self, at: usize) -> Option<(Tag, Span, bool)> {
        let bytes = self.bytes;
        let mut i = at;
        while bytes.get(i).is_some_and(|&byte| !is_space(byte) && byte != b'/' && byte != b'>') {
            i += 1;
        }
        let name = Span::new(at, i);
        self.attributes.clear();
        let mut self_closing = false;
        loop {
            match bytes.get(i) {
                None => {
                    self.position = bytes.len();
                    return None;
                }
                Some(b'>') => break,
                Some(b'/') => {
                    self_closing = bytes.get(i + 1) == Some(&b'>');
                    i += 1;
                }
                Some(&byte) if is_space(byte) => i += 1,
                Some(_) => i = self.read_attribute(i),
            }
        }
        self.position = i + 1;
        Some((Tag::named(&bytes[name.range()]), name, self_closing))
    }

    /// Reads the attribute at `at`; returns where it ends.
    fn read_attribute(&mut self, at: usize) -> usize {
        let bytes = self.bytes;
        let mut i = at + 1;
        while bytes.get(i).is_some_and(|&byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'=')) {
            i += 1;
        }
        let name = Span::new(at, i);
        let mut value = Span::new(i, i);
        let mut next = i;
        while bytes.get(next).is_some_and(|&byte| is_space(byte)) {
            next += 1;
        }
        if bytes.get(next) == Some(&b'=') {
            next += 1;
            while bytes.get(next).is_some_and(|&byte| is_space(byte)) {
                next += 1;
            }
            match bytes.get(next) {
                Some(&quote @ (b'"' | b'\'')) => {
                    let start = next + 1;
                    let end = memchr(quote, &bytes[start..]).map_or(bytes.len(), |offset| start + offset);
                    value = Span::new(start, end);
                    i = (end + 1).min(bytes.len());
                }
                _ => {
                    let start = next;
                    while bytes.get(next).is_some_and(|&byte| !is_space(byte) && byte != b'>') {
                        next += 1;
                    }
                    value = Span::new(start, next);
                    i = next;
                }
            }
        }
        self.attributes.push(Attribute { name, value });
        i
    }
}

/// White space of HTML.
pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokenizer};
    use crate::html::tag::Tag;

    /// The tokens of `source`, written out.
    fn tokens(source: &str) -> Vec<String> {
        let mut tokenizer = Tokenizer::new(source);
        let mut tokens = Vec::new();
        while let Some(token) = tokenizer.next() {
            tokens.push(match token {
                Token::Text(span) => source[span].to_owned(),
                Token::Start { name, self_closing, tag, .. } => {
                    let attributes = tokenizer.attributes.iter();
                    let attributes: String = attributes
                        .map(|attribute| format!(" {}={}", &source[attribute.name], &source[attribute.value]))
                        .collect();
                    let token =
                        format!("<{}{attributes}{}>", &source[name], if self_closing { "/" } else { "" });
                    if matches!(tag, Tag::Script | Tag::Title | Tag::Style) {
                        let raw = tokenizer.raw(source[name].as_bytes());
                        format!("{token}[{}]", &source[raw])
                    } else {
                        token
                    }
                }
                Token::End { name, .. } => format!("</{}>", &source[name]),
            });
        }
        tokens
    }

    #[test]
    fn tags_and_attributes_are_read() {
        assert_eq!(
            tokens("a<p class=x id='y z' hidden data-v = \"1>2\">b</p >c"),
            ["a", "<p class=x id=y z hidden= data-v=1>2>", "b", "</p>", "c"]
        );
        assert_eq!(tokens("<br/><img src=a/>"), ["<br/>", "<img src=a/>"]);
        assert_eq!(tokens("<a href=x title=y=z>"), ["<a href=x title=y=z>"]);
        assert_eq!(tokens("<p =a><p a'b=1>"), ["<p =a=>", "<p a'b=1>"]);
    }

    #[test]
    fn a_lone_bracket_is_text() {
        assert_eq!(tokens("1 < 2 <3 and a<"), ["1 < 2 <3 and a<"]);
        assert_eq!(tokens("a</ b>c</>d"), ["a", "c", "d"]);
    }

    #[test]
    fn comments_and_declarations_are_passed_over() {
        assert_eq!(tokens("<!DOCTYPE html>a<!-- b > -- c -->d<?php e ?>f"), ["a", "d", "f"]);
        assert_eq!(tokens("a<!-->b<!--->c<!-- d --!>e<!-- f"), ["a", "b", "c", "e"]);
        assert_eq!(tokens("<![CDATA[a]]>b"), ["b"]);
    }

    #[test]
    fn raw_content_ends_at_its_own_end_tag() {
        assert_eq!(tokens("<script>a</b></scripts></script >c"), ["<script>[a</b></scripts>]", "c"]);
        assert_eq!(
            tokens("<script><!-- <script> </script> --> a</script>b"),
            ["<script>[<!-- <script> </script> --> a]", "b"]
        );
        assert_eq!(tokens("<title>a <b> c</TITLE>d"), ["<title>[a <b> c]", "d"]);
        assert_eq!(tokens("<style>a"), ["<style>[a]"]);
    }

    #[test]
    fn a_tag_cut_off_by_the_end_is_dropped() {
        assert_eq!(tokens("a<p class='b"), ["a"]);
        assert_eq!(tokens("a</p"), ["a"]);
    }
}
