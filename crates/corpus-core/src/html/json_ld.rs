//! JSON-LD: what schema.org data in a page's scripts say of the article, read tolerantly.

use std::borrow::Cow;

/// How deep values may lie in one another; what lies deeper is read as null.
const MAX_DEPTH: usize = 48;

/// Values of a script that are kept however short it is.
const MANY_VALUES: usize = 4096;

/// Least bytes of a longer script for each value that is kept; memory stays in proportion to the source.
const BYTES_A_VALUE: usize = 16;

/// A JSON value. Numbers and words stay as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// Null, or what could not be read.
    Null,
    /// A string.
    Text(Cow<'a, str>),
    /// A number, true or false.
    Literal(&'a str),
    /// An array.
    List(Vec<Value<'a>>),
    /// An object, its members in order.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The values of a script: mostly one. Line feeds in strings, comments, missing and superfluous commas and a
    /// missing end are put up with. Of a script that is little but brackets and commas the last values are left out.
    pub(crate) fn read(script: &'a str) -> Vec<Value<'a>> {
        let n_left = MANY_VALUES.max(script.len() / BYTES_A_VALUE);
        let mut reader = Reader { text: script, at: 0, n_left };
        let mut values = Vec::new();
        while reader.at < script.len() {
            let before = reader.at;
            let keeps = reader.keeps();
            match reader.value(0) {
                Some(value @ (Value::Object(_) | Value::List(_))) if keeps => values.push(value),
                _ => reader.at = reader.at.max(before + 1),
            }
            while !script.is_char_boundary(reader.at.min(script.len())) {
                reader.at += 1;
            }
        }
        values
    }

    /// The member called `name`, where this is an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Value<'a>> {
        match self {
            Value::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The string, or the first of a list of strings.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Value::List(values) => values.iter().find_map(Value::text),
            Value::Object(_) => self.get("@value").and_then(Value::text),
            _ => None,
        }
    }

    /// The values of a list, or the value itself.
    pub(crate) fn each(&self) -> &[Value<'a>] {
        match self {
            Value::List(values) => values,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// Whether one of its types, without a prefix such as "schema:", satisfies `is`.
    pub(crate) fn is_a(&self, is: impl Fn(&str) -> bool) -> bool {
        let Some(kinds) = self.get("@type") else { return false };
        kinds
            .each()
            .iter()
            .filter_map(Value::text)
            .any(|kind| is(kind.rsplit([':', '/', '#']).next().unwrap_or(kind)))
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// How many more values are kept.
    n_left: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte.is_ascii_whitespace() {
                self.at += 1;
            } else if self.text.as_bytes()[self.at..].starts_with(b"/*") {
                let rest = &self.text.as_bytes()[self.at..];
                self.at += memchr::memmem::find(rest, b"*/").map_or(rest.len(), |offset| offset + 2);
            } else {
                break;
            }
        }
    }

    /// Takes one from the values that are kept; whether there was one.
    fn keeps(&mut self) -> bool {
        let keeps = self.n_left > 0;
        self.n_left = self.n_left.saturating_sub(1);
        keeps
    }

    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        self.skip_space();
        match self.peek()? {
            b'{' => {
                self.at += 1;
                Some(self.object(depth + 1))
            }
            b'[' => {
                self.at += 1;
                Some(self.list(depth + 1))
            }
            b'"' => Some(Value::Text(self.string())),
            _ => {
                let start = self.at;
                while self
                    .peek()
                    .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.'))
                {
                    self.at += 1;
                }
                let word = &self.text[start..self.at];
                match word {
                    "" => None,
                    "null" => Some(Value::Null),
                    _ => Some(Value::Literal(word)),
                }
            }
        }
    }

    fn list(&mut self, depth: usize) -> Value<'a> {
        let mut values = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b'}' | b':') => break,
                Some(b',') => self.at += 1,
                Some(_) => {
                    let keeps = self.keeps();
                    match self.nested(depth) {
                        Some(value) if keeps => values.push(value),
                        Some(_) => {}
                        None => self.skip_character(),
                    }
                }
            }
        }
        Value::List(values)
    }

    fn object(&mut self, depth: usize) -> Value<'a> {
        let mut members = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => break,
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b']') => break,
                Some(b'"') => {
                    let key = self.string();
                    self.skip_space();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        let keeps = self.keeps();
                        if let Some(value) = self.nested(depth).filter(|_| keeps) {
                            members.push((key, value));
                        }
                    }
                }
                Some(_) => self.skip_character(),
            }
        }
        Value::Object(members)
    }

    /// A value inside another; too deep, its brackets are passed over one by one.
    fn nested(&mut self, depth: usize) -> Option<Value<'a>> {
        self.skip_space();
        if depth >= MAX_DEPTH && matches!(self.peek(), Some(b'{' | b'[')) {
            self.at += 1;
            return Some(Value::Null);
        }
        self.value(depth)
    }

    fn skip_character(&mut self) {
        self.at += self.text[self.at..].chars().next().map_or(1, char::len_utf8);
    }

    fn string(&mut self) -> Cow<'a, str> {
        self.at += 1;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut owned: Option<String> = None;
        let mut copied = start;
        loop {
            let Some(offset) = memchr::memchr2(b'"', b'\\', &bytes[self.at..]) else {
                self.at = bytes.len();
                break;
            };
            self.at += offset;
            if bytes[self.at] == b'"' {
                break;
            }
            let text = owned.get_or_insert_default();
            text.push_str(&self.text[copied..self.at]);
            self.at += 1;
            match bytes.get(self.at) {
                Some(b'n') => text.push('\n'),
                Some(b'r' | b't' | b'f') => text.push(' '),
                Some(b'b') | None => {}
                Some(b'u') => {
                    let (character, length) = self.unicode();
                    text.extend(character);
                    self.at += length;
                }
                Some(&byte) if byte.is_ascii() => text.push(char::from(byte)),
                // The character itself follows; nothing of it is passed over.
                Some(_) => self.at -= 1,
            }
            self.at = (self.at + 1).min(bytes.len());
            copied = self.at;
        }
        let end = self.at;
        self.at = (self.at + 1).min(bytes.len());
        match owned {
            Some(mut text) => {
                text.push_str(&self.text[copied..end]);
                Cow::Owned(text)
            }
            None => Cow::Borrowed(&self.text[start..end]),
        }
    }

    /// The character of `\uXXXX`, or of a pair of them, and the number of bytes after the "u" that it takes.
    fn unicode(&self) -> (Option<char>, usize) {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 4)?;
            digits
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit())
                .then(|| u32::from_str_radix(digits, 16).ok())
                .flatten()
        };
        let Some(first) = unit(self.at + 1) else { return (None, 0) };
        if (0xD800..0xDC00).contains(&first)
            && self.text.as_bytes()[self.at + 5..].starts_with(b"\\u")
            && let Some(second @ 0xDC00..=0xDFFF) = unit(self.at + 7)
        {
            return (char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)), 10);
        }
        (char::from_u32(first), 4)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    fn first(script: &str) -> Value<'_> {
        Value::read(script).swap_remove(0)
    }

    #[test]
    fn values_are_read() {
        let value = first(
            r#"{"@type": ["schema:NewsArticle"], "headline": "A \u201cB\u201d \ud83d\ude00", "n": 1.5}"#,
        );
        assert!(value.is_a(|kind| kind == "NewsArticle"));
        assert_eq!(value.get("headline").and_then(Value::text), Some("A “B” 😀"));
        assert_eq!(value.get("n"), Some(&Value::Literal("1.5")));
    }

    #[test]
    fn broken_json_is_read_as_far_as_it_goes() {
        assert_eq!(first("{\"a\": \"x\ny\", \"b\": [1, 2,], }").get("a").and_then(Value::text), Some("x\ny"));
        assert_eq!(first("<!-- {\"a\": \"b\" \"c\": \"d\"").get("c").and_then(Value::text), Some("d"));
        assert_eq!(
            first("{\"a\": {\"b\": \"c").get("a").and_then(|a| a.get("b")).and_then(Value::text),
            Some("c")
        );
    }

    #[test]
    fn of_countless_values_the_first_are_kept() {
        let many = format!("[{}{{\"@type\": \"Article\"}}]", "1,".repeat(100_000));
        let values = Value::read(&many);
        assert_eq!(values[0].each().len(), many.len() / super::BYTES_A_VALUE - 1);
    }

    #[test]
    fn deep_values_end_the_reading_and_nothing_else() {
        let deep = "[".repeat(100_000);
        assert!(!Value::read(&deep).is_empty());
        assert!(Value::read("\\\\\\").is_empty());
        assert!(Value::read("é").is_empty());
    }
}
