//! Character references: `&amp;`, `&#8211;`, `&#x2013;`.

use super::entity_table::{LEGACY, NAMED};
use std::borrow::Cow;

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// A named one: one character or two.
    Named(&'static str),
    /// A numeric one.
    Numeric(char),
}

/// The reference at the start of `text`, which begins with "&", and the number of bytes it takes; `None` where the
/// ampersand stands for itself. In an attribute an unfinished name before "=" or a letter is no reference.
pub(crate) fn read(text: &str, in_attribute: bool) -> Option<(Reference, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return read_numeric(bytes);
    }
    let run = bytes[1..].iter().take(32).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = &text[1..1 + run];
    if bytes.get(1 + run) == Some(&b';')
        && let Ok(i) = NAMED.binary_search_by_key(&name, |(name, _)| name)
    {
        return Some((Reference::Named(NAMED[i].1), run + 2));
    }
    let length = (2..=run.min(6)).rev().find(|&length| LEGACY.binary_search(&&name[..length]).is_ok())?;
    let next = bytes.get(1 + length);
    if in_attribute && next.is_some_and(|&byte| byte == b'=' || byte.is_ascii_alphanumeric()) {
        return None;
    }
    let i = NAMED.binary_search_by_key(&&name[..length], |(name, _)| name).ok()?;
    Some((Reference::Named(NAMED[i].1), 1 + length))
}

fn read_numeric(bytes: &[u8]) -> Option<(Reference, usize)> {
    let (start, radix) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (3, 16) } else { (2, 10) };
    let mut code = 0_u32;
    let mut end = start;
    while let Some(digit) = bytes.get(end).and_then(|&byte| char::from(byte).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    end += usize::from(bytes.get(end) == Some(&b';'));
    Some((Reference::Numeric(character(code)), end))
}

/// The character of a number as browsers read it: windows-1252 where C1 controls would be, U+FFFD for what is none.
fn character(code: u32) -> char {
    const WINDOWS_1252: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    let code = match code {
        0 => return char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => u32::from(WINDOWS_1252[code as usize - 0x80]),
        _ => code,
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// An attribute's value, or any other text, with its references read.
pub(crate) fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    let (mut copied, mut from) = (0, first);
    loop {
        if let Some((reference, length)) = read(&text[from..], in_attribute) {
            decoded.push_str(&text[copied..from]);
            match reference {
                Reference::Named(characters) => decoded.push_str(characters),
                Reference::Numeric(character) => decoded.push(character),
            }
            copied = from + length;
            from = copied;
        } else {
            from += 1;
        }
        match memchr::memchr(b'&', &text.as_bytes()[from..]) {
            Some(next) => from += next,
            None => break,
        }
    }
    decoded.push_str(&text[copied..]);
    Cow::Owned(decoded)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_read_as_browsers_read_them() {
        assert_eq!(decode("a &amp; b &lt;c&gt;", false), "a & b <c>");
        assert_eq!(decode("&#8211;&#x2014;&#150;", false), "–—–");
        assert_eq!(decode("&ampx &copy 2020 &notit;", false), "&x © 2020 ¬it;");
        assert_eq!(decode("&#0;&#xD800;&#99999999999;", false), "\u{FFFD}\u{FFFD}\u{FFFD}");
        assert_eq!(decode("&NotEqualTilde;", false), "≂\u{338}");
        assert_eq!(decode("& &; &# &#x; &unknown;", false), "& &; &# &#x; &unknown;");
    }

    #[test]
    fn an_address_keeps_its_ampersands() {
        assert_eq!(decode("?a=1&copy=2&lt", true), "?a=1&copy=2<");
    }
}
