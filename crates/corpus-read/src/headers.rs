//! Headers: names and values, one a line, as WARC, HTTP and MIME have them.

use std::borrow::Cow;

/// Headers in the order they stand.
///
/// A line ends in CR LF or in LF alone; one that begins with a blank goes on with the line before. What has no colon
/// is passed over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Headers<'a>(&'a [u8]);

impl<'a> Headers<'a> {
    /// The headers that `bytes` begin with, and what follows the blank line after them. Without such a line all of
    /// it is headers.
    pub(crate) fn split(bytes: &'a [u8]) -> (Self, &'a [u8]) {
        let (headers, rest) = bytes.split_at(length(bytes).unwrap_or(bytes.len()));
        (Headers(headers), rest)
    }

    /// The value of the first header of this name, in whatever case it is written; folded lines are joined by a
    /// space, bytes that are no UTF-8 replaced.
    pub(crate) fn get(self, name: &str) -> Option<Cow<'a, str>> {
        Some(match self.bytes(name)? {
            Cow::Borrowed(value) => String::from_utf8_lossy(value),
            Cow::Owned(value) => String::from_utf8_lossy(&value).into_owned().into(),
        })
    }

    /// As [`get`](Headers::get), the bytes as they stand there.
    pub(crate) fn bytes(self, name: &str) -> Option<Cow<'a, [u8]>> {
        let mut rest = self.0;
        while !rest.is_empty() {
            let (line, after) = next_line(rest);
            rest = after;
            let named =
                line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
            let value = named.then(|| line[name.len()..].trim_ascii_start().strip_prefix(b":")).flatten();
            let Some(value) = value else { continue };
            let mut value = Cow::Borrowed(value.trim_ascii());
            while rest.first().is_some_and(|&byte| byte == b' ' || byte == b'\t') {
                let (line, after) = next_line(rest);
                rest = after;
                let value = value.to_mut();
                value.push(b' ');
                value.extend_from_slice(line.trim_ascii());
            }
            return Some(value);
        }
        None
    }
}

/// Whether what `bytes` begin with is headers, as far as it goes: a name and a colon in each line, or what goes on with
/// the line before, to the blank line or to the last line that is whole.
pub(crate) fn are_headers(bytes: &[u8]) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let mut rest = bytes;
    let mut n_headers = 0;
    while memchr::memchr(b'\n', rest).is_some() {
        let (line, after) = next_line(rest);
        rest = after;
        let name = line.iter().take_while(|byte| is_name(byte)).count();
        match line.first() {
            None => break,
            Some(b' ' | b'\t') if n_headers > 0 => {}
            _ if name > 0 && line[name..].trim_ascii_start().starts_with(b":") => n_headers += 1,
            _ => return false,
        }
    }
    n_headers > 0
}

/// Length of the headers that `bytes` begin with, the blank line after them included; `None` where there is none.
pub(crate) fn length(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes) {
        if matches!(&bytes[start..end], b"" | b"\r") {
            return Some(end + 1);
        }
        start = end + 1;
    }
    None
}

/// The first line without its end, and what comes after it.
pub(crate) fn next_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match memchr::memchr(b'\n', bytes) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_case_and_lines_may_be_folded() {
        let bytes =
            b"HTTP/1.1 200 OK\r\ncontent-TYPE : text/html;\r\n\tcharset=utf-8 \r\nX: a\nx: b\r\n\r\nbody";
        let (headers, body) = Headers::split(bytes);
        assert_eq!(body, b"body");
        assert_eq!(headers.get("Content-Type").as_deref(), Some("text/html; charset=utf-8"));
        assert_eq!(headers.get("X").as_deref(), Some("a"));
        assert_eq!(headers.get("Content"), None);
    }

    #[test]
    fn without_a_blank_line_all_is_headers() {
        let (headers, body) = Headers::split(b"A: 1\nB: caf\xe9");
        assert_eq!((headers.get("b").as_deref(), body), (Some("caf\u{fffd}"), &b""[..]));
        assert_eq!(Headers::split(b"\r\nbody").1, b"body");
        assert_eq!(length(b"A: 1\r\n"), None);
    }

    #[test]
    fn headers_are_told_from_other_lines() {
        for headers in
            ["A: 1\nB-c:\n\ttwo: 2\n\nThe ferry left.\n", "A: 1\r\n B\r\nC", "A: 1\nWithout an end"]
        {
            assert!(are_headers(headers.as_bytes()), "{headers}");
        }
        for other in
            ["", "\nA: 1\n", "A: 1", " A: 1\nB: 2\n", "A: 1\nThe ferry left.\n", "{\"a\": 1}\n", "A b: 1\n"]
        {
            assert!(!are_headers(other.as_bytes()), "{other}");
        }
    }
}
