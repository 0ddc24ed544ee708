//! E-mail addresses.

use super::Span;

/// The addresses in `text`: a local part of letters, digits and the signs that RFC 5322 allows, then `@`, then a host
/// with a full stop in it. Letters beyond ASCII (RFC 6531) are those of alphabets: scripts that write no blanks between
/// words would draw in the words before.
pub(super) fn find(text: &str) -> impl Iterator<Item = Span> {
    let mut end = 0;
    memchr::memchr_iter(b'@', text.as_bytes()).filter_map(move |at| {
        let local: usize =
            text[end..at].chars().rev().take_while(|&letter| is_local(letter)).map(char::len_utf8).sum();
        // A full stop is neither first nor last; a sign before the first letter or digit stands about the address.
        let start = at - local + text[at - local..at].find(is_letter)?;
        let host = host_len(&text[at + 1..]);
        let is_local = !text[start..at].ends_with('.') && !text[start..at].contains("..");
        if host == 0 || !is_local {
            return None;
        }
        end = at + 1 + host;
        Some(Span::new(start, end))
    })
}

/// A letter or digit of an address.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || (!letter.is_ascii() && letter < '\u{e00}' && letter.is_alphanumeric())
}

fn is_local(letter: char) -> bool {
    is_letter(letter) || ".!#$%&'*+/=?^_`{|}~-".contains(letter)
}

/// Length of the host that `text` begins with; 0 where it has no full stop inside.
fn host_len(text: &str) -> usize {
    let (mut whole, mut labels, mut at) = (0, 0, 0);
    loop {
        let rest = &text[at..];
        let label = rest.find(|letter| !is_letter(letter) && letter != '-').unwrap_or(rest.len());
        let trimmed = rest[..label].trim_end_matches('-').len();
        if trimmed == 0 || rest.starts_with('-') {
            break;
        }
        whole = at + trimmed;
        labels += 1;
        if trimmed < label || !text[whole..].starts_with('.') {
            break;
        }
        at = whole + 1;
    }
    if labels >= 2 { whole } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_alphabets_belong_to_an_address() {
        let found = |text: &str| find(text).map(|span| text[span].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("an jürgen@müller.example,"), ["jürgen@müller.example"]);
        assert_eq!(found("почта иван@пример.example."), ["иван@пример.example"]);
        assert_eq!(found("请联系pilot@harbour.example"), ["pilot@harbour.example"]);
        assert_eq!(found("a..b@x.example .@x.example -@-x.example"), Vec::<String>::new());
    }
}
