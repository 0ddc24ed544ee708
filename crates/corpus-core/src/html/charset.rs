//! The character encoding that a page names in its first bytes.

use super::tokenizer::is_space;
use memchr::memmem;
use std::borrow::Cow;

/// Number of bytes looked at; browsers stop at 1024, but pages put more before it.
const WINDOW: usize = 8192;

/// The encoding that a `<meta>` or an XML declaration at the start of `bytes` names.
pub(crate) fn named(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let window = &bytes[..bytes.len().min(WINDOW)];
    if window.starts_with(b"<?xml") {
        let end = memmem::find(window, b"?>").unwrap_or(window.len());
        if let Some(label) = after(&window[..end], b"encoding") {
            return Some(label);
        }
    }
    let mut from = 0;
    while let Some(offset) = memchr::memchr(b'<', &window[from..]) {
        let rest = &window[from + offset..];
        if rest.starts_with(b"<!--") {
            from += offset + memmem::find(rest, b"-->").map_or(rest.len(), |end| end + 3);
            continue;
        }
        let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        if rest.get(1..5).is_some_and(|name| name.eq_ignore_ascii_case(b"meta"))
            && let Some(label) = after(&rest[..end], b"charset")
        {
            // A page that names UTF-16 in ASCII is not UTF-16.
            let is_wide = label.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("utf-16"));
            return Some(if is_wide { Cow::Borrowed("utf-8") } else { label });
        }
        from += offset + end.max(1);
        if from >= window.len() {
            break;
        }
    }
    None
}

/// The word that follows `name` and an equals sign, quoted or not.
fn after<'a>(tag: &'a [u8], name: &[u8]) -> Option<Cow<'a, str>> {
    let mut from = 0;
    while let Some(at) = tag[from..].windows(name.len()).position(|word| word.eq_ignore_ascii_case(name)) {
        from += at + name.len();
        let mut rest = tag[from..].trim_ascii_start();
        let Some(after_sign) = rest.strip_prefix(b"=") else { continue };
        rest = after_sign.trim_ascii_start();
        rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
        let is_end = |&byte: &u8| is_space(byte) || matches!(byte, b'"' | b'\'' | b';' | b'/' | b'>');
        let label = &rest[..rest.iter().position(is_end).unwrap_or(rest.len())];
        if !label.is_empty() {
            return Some(String::from_utf8_lossy(label));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_encoding_is_read_from_meta_and_xml() {
        assert_eq!(named(b"<html><META CharSet='windows-1251'>").as_deref(), Some("windows-1251"));
        let long = b"<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">";
        assert_eq!(named(long).as_deref(), Some("iso-8859-2"));
        assert_eq!(named(b"<?xml version='1.0' encoding='koi8-r'?><html>").as_deref(), Some("koi8-r"));
    }

    #[test]
    fn what_only_looks_like_it_is_passed_over() {
        assert_eq!(named(b"<!-- <meta charset=big5> --><p>charset=big5"), None);
        assert_eq!(named(b"<meta charset=utf-16le>").as_deref(), Some("utf-8"));
        assert_eq!(named(b"<meta name=description content='a charset is a set'><"), None);
    }
}
