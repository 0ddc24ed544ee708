//! Transfer encodings of MIME: quoted-printable and base64.

use std::borrow::Cow;

/// The bytes that were sent in this encoding; those in another one are taken as they are.
pub(super) fn decode<'a>(encoding: &str, body: &'a [u8]) -> Cow<'a, [u8]> {
    if encoding.eq_ignore_ascii_case("quoted-printable") {
        Cow::Owned(quoted_printable(body))
    } else if encoding.eq_ignore_ascii_case("base64") {
        Cow::Owned(base64(body))
    } else {
        Cow::Borrowed(body)
    }
}

/// Decodes quoted-printable (RFC 2045, 6.7). An equals sign that introduces nothing stays.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        if let [high, low, after @ ..] = rest
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            decoded.push(high << 4 | low);
            rest = after;
            continue;
        }
        // A soft line break, with the blanks that some put before it; or the end, where the file is cut.
        let blanks = rest.iter().take_while(|&&byte| byte == b' ' || byte == b'\t').count();
        match &rest[blanks..] {
            [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => rest = after,
            [] => rest = &[],
            _ => decoded.push(b'='),
        }
    }
    decoded.extend_from_slice(rest);
    decoded
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Decodes base64 (RFC 2045, 6.8): what is no digit is passed over, and it ends at the first padding.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0_u32, 0);
    for &byte in body {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            decoded.push((bits >> n_bits) as u8);
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_is_read_leniently() {
        assert_eq!(quoted_printable(b"a=3Db =c3=A9= \r\n!=\n?=x =4"), "a=b \u{e9}!?=x =4".as_bytes());
        assert_eq!(quoted_printable(b"cut ="), b"cut ");
    }

    #[test]
    fn base64_is_read_leniently() {
        assert_eq!(base64(b"VGhl\r\nIGZl cnJ5Lg=="), b"The ferry.");
        assert_eq!(base64(b"VGhlI"), b"The");
        assert_eq!(base64(b"=="), b"");
    }
}
