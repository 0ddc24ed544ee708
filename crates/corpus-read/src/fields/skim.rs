//! The quick way through a JSON record: what most records are made of, at the speed of searching for quotes.
//!
//! It answers only where it is sure to answer as the careful way does, and leaves everything else to that: white
//! space but blanks, escapes in names, objects that the mapping leads into, faults of any kind.

use super::{Entry, Fields, Plan, Slot, scalar};
use serde::de::{Deserialize, IgnoredAny};
use serde_json::value::RawValue;
use std::borrow::Cow;

impl Plan {
    /// The fields of the JSON object that `json` is; `None` where the careful way is to be taken.
    pub(super) fn skim<'a>(&self, json: &'a str) -> Option<Fields<'a>> {
        let json = json.trim_ascii_end();
        // A control character is a fault within a string. The loop has no early end so that it runs on vectors.
        if json
            .as_bytes()
            .chunks(4096)
            .any(|chunk| chunk.iter().fold(false, |found, &byte| found | (byte < b' ')))
        {
            return None;
        }
        let mut fields = Fields::default();
        let mut cursor = Cursor { json, at: 0 };
        cursor.expect(b'{')?;
        if cursor.peek()? == b'}' {
            cursor.at += 1;
            return cursor.is_at_end().then_some(fields);
        }
        loop {
            let name = cursor.string()?;
            if name.has_escapes {
                return None;
            }
            cursor.expect(b':')?;
            match self.objects[0].iter().find(|entry| *entry.name == *name.raw) {
                None => cursor.skip()?,
                Some(entry) => cursor.take(entry, &mut fields)?,
            }
            match cursor.peek()? {
                b',' => cursor.at += 1,
                b'}' => {
                    cursor.at += 1;
                    return cursor.is_at_end().then_some(fields);
                }
                _ => return None,
            }
        }
    }
}

/// What has been read of a JSON text up to `at`.
struct Cursor<'a> {
    json: &'a str,
    at: usize,
}

/// The content of a string as it lies in the JSON text. Its escapes are well formed.
struct RawString<'a> {
    raw: &'a str,
    has_escapes: bool,
}

impl<'a> Cursor<'a> {
    /// The next byte that is not blank.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.json.as_bytes();
        while *bytes.get(self.at)? == b' ' {
            self.at += 1;
        }
        Some(bytes[self.at])
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn is_at_end(&self) -> bool {
        self.at == self.json.len()
    }

    fn string(&mut self) -> Option<RawString<'a>> {
        self.expect(b'"')?;
        let start = self.at;
        let mut has_escapes = false;
        loop {
            let rest = &self.json.as_bytes()[self.at..];
            let step = memchr::memchr2(b'"', b'\\', rest)?;
            if rest[step] == b'"' {
                let raw = &self.json[start..self.at + step];
                self.at += step + 1;
                return Some(RawString { raw, has_escapes });
            }
            has_escapes = true;
            self.at += step
                + match *rest.get(step + 1)? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
                    b'u' if rest.get(step + 2..step + 6)?.iter().all(u8::is_ascii_hexdigit) => 6,
                    _ => return None,
                };
        }
    }

    /// Reads a value that is not a string.
    fn other<T: Deserialize<'a>>(&mut self) -> Option<T> {
        let mut values = serde_json::Deserializer::from_str(&self.json[self.at..]).into_iter();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    fn skip(&mut self) -> Option<()> {
        if self.peek()? == b'"' { self.string().map(drop) } else { self.other::<IgnoredAny>().map(drop) }
    }

    fn take(&mut self, entry: &Entry, fields: &mut Fields<'a>) -> Option<()> {
        if entry.object.is_some() {
            return None;
        }
        if self.peek()? != b'"' {
            let value = self.other::<&RawValue>()?.get();
            let holds_page = entry.slots.iter().any(|(slot, _)| matches!(slot, Slot::Html | Slot::Text));
            if value != "null" && holds_page {
                return None;
            }
            if holds_page {
                let is_wanted = |(slot, rank): &(Slot, usize)| {
                    !matches!(slot, Slot::Html | Slot::Text) || fields.wants(*slot, *rank)
                };
                if entry.slots.iter().any(is_wanted) {
                    fields.is_null();
                }
                return Some(());
            }
            if let Some(text) = scalar(value) {
                entry.slots.iter().for_each(|&(slot, rank)| fields.set(slot, rank, text.clone()));
            }
            return Some(());
        }
        let string = self.string()?;
        if !entry.slots.iter().any(|&(slot, rank)| fields.wants(slot, rank)) {
            return Some(());
        }
        let text =
            if string.has_escapes { Cow::Owned(unescape(string.raw)?) } else { Cow::Borrowed(string.raw) };
        match *entry.slots {
            [(slot, rank)] => fields.set(slot, rank, text),
            _ => entry.slots.iter().for_each(|&(slot, rank)| fields.set(slot, rank, text.clone())),
        }
        Some(())
    }
}

/// The string that `raw` stands for; `None` where half a surrogate pair stands alone.
fn unescape(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let escaped = rest.as_bytes()[at + 1];
        rest = &rest[at + 2..];
        text.push(match escaped {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = u16::from_str_radix(rest.get(..4)?, 16).ok()?;
                rest = &rest[4..];
                match char::from_u32(unit.into()) {
                    Some(char) => char,
                    None => {
                        let low = rest.strip_prefix("\\u")?;
                        let low = u16::from_str_radix(low.get(..4)?, 16).ok()?;
                        rest = &rest[6..];
                        char::decode_utf16([unit, low]).next()?.ok()?
                    }
                }
            }
            literal => char::from(literal),
        });
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::Mapping;
    use proptest::prelude::*;

    fn shown(fields: Fields<'_>) -> String {
        format!("{fields:?}")
    }

    /// The quick way answers as the careful way does, or not at all. Only half a surrogate pair in a string that nobody
    /// wants makes a difference: the careful way fails, and reads the record again once it is mended.
    fn agrees(json: &str) -> bool {
        let mapping: Mapping = "id=id,id=text,date=meta.d".parse().unwrap();
        for plan in [Plan::new(&Mapping::default()), Plan::new(&mapping)] {
            if let Some(quick) = plan.skim(json) {
                let mended = crate::fields::mend_surrogates(json);
                let careful = plan
                    .read_carefully(mended.as_deref().unwrap_or(json))
                    .map(shown)
                    .map_err(|error| error.to_string());
                assert_eq!(Ok(shown(quick)), careful, "{json}");
            }
        }
        Plan::new(&Mapping::default()).skim(json).is_some()
    }

    #[test]
    fn common_records_take_the_quick_way() {
        assert!(agrees(
            r#"{"id": 7, "text": "a \"b\" \u00e9\ud83d\ude00\n\/", "x": [1, {"y": null}], "html": null}"#
        ));
        assert!(agrees(r#"{"url":"https:\/\/example.org","date":-1.5e3,"content":"as it is","ok":true}  "#));
        assert!(agrees("{}"));
    }

    #[test]
    fn odd_records_take_the_careful_way() {
        for json in [
            "",
            "{",
            "{}}",
            "{} x",
            "[]",
            "{\"text\": \"a\tb\"}",
            "{\"text\": \"a\",}",
            "{\"text\" \"a\"}",
            r#"{"te\u0078t": "a"}"#,
            r#"{"text": "\ud83d"}"#,
            r#"{"text": "\x"}"#,
            r#"{"x": "\u00g0"}"#,
            r#"{"x": 01}"#,
            r#"{"x": 1 2}"#,
            r#"{"text": 5}"#,
            r#"{"x": tru}"#,
            r#"{"text": "a"#,
            r#"{"text": "a\"#,
        ] {
            assert!(!agrees(json), "{json}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_ways_agree(
            fields in prop::collection::vec((
                "(html|text|content|id|url|date|dct|meta|x|\\\\u0069d)",
                prop_oneof![
                    "\"([ -~é€😀]|\\\\[nrtbf/u\\\\\"]|\\\\u[0-9a-f]{4}|\\\\ud83d\\\\ude00){0,6}\"",
                    "-?[0-9]{1,3}(\\.[0-9])?([eE][0-9])?",
                    "(null|true|false|\\[\\]|\\{\\}|\\[1, *\"a\"\\]|\\{\"d\": *\"e\"\\}|nul|)",
                ],
            ), 0..6),
            blank in " {0,2}",
            end in "( |\\}|,|\r|\t|x)?",
        ) {
            let fields: Vec<_> = fields.iter().map(|(name, value)| format!("\"{name}\":{blank}{value}{blank}")).collect();
            agrees(&format!("{{{blank}{}}}{end}", fields.join(&format!("{blank},{blank}"))));
        }
    }
}
