//! E-mail addresses.

use super::Span;

/// The addresses in `text`: a local part of letters, digits and the signs that RFC 5322 allows, then `@`, then a host
/// with a full stop in it.
pub(super) fn find(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let mut end = 0;
    memchr::memchr_iter(b'@', bytes).filter_map(move |at| {
        let local = bytes[end..at].iter().rev().take_while(|&&byte| is_local(byte)).count();
        // A full stop is neither first nor last; a sign before the first letter or digit stands about the address.
        let start = at - local + bytes[at - local..at].iter().position(u8::is_ascii_alphanumeric)?;
        let host = host_len(&bytes[at + 1..]);
        let is_local = bytes[at - 1] != b'.' && !text[start..at].contains("..");
        if host == 0 || !is_local {
            return None;
        }
        end = at + 1 + host;
        Some(Span::new(start, end))
    })
}

const fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'!'
                | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'/'
                | b'='
                | b'?'
                | b'^'
                | b'_'
                | b'`'
                | b'{'
                | b'|'
                | b'}'
                | b'~'
                | b'-'
        )
}

/// Length of the host that `bytes` begin with; 0 where it has no full stop inside.
fn host_len(bytes: &[u8]) -> usize {
    let (mut whole, mut labels, mut at) = (0, 0, 0);
    loop {
        let label =
            bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        let trimmed =
            bytes[at..at + label].iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |last| last + 1);
        if trimmed == 0 || bytes[at] == b'-' {
            break;
        }
        whole = at + trimmed;
        labels += 1;
        if trimmed < label || bytes.get(whole) != Some(&b'.') {
            break;
        }
        at = whole + 1;
    }
    if labels >= 2 { whole } else { 0 }
}
