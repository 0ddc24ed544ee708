//! Addresses and numbers of persons in a text: found by their form and check digits, masked, or a reason to drop.

mod card;
mod email;
mod iban;
mod ip;
mod phone;

use crate::{
    config::Personal,
    notes::{Found, Notes},
};
use corpus_core::Span;
use serde::{Deserialize, Serialize};

pub(crate) const NAME: &str = "personal";

/// A kind of address or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A bank account's international number (ISO 13616), with right check digits.
    Iban,
    /// A payment card's number (ISO/IEC 7812), with a right check digit.
    Card,
    /// An Internet address, version 4 or 6.
    Ip,
    /// A telephone number with its country or area code.
    Phone,
}

impl Kind {
    /// Every kind; where two would cover the same text, the earlier one is meant.
    pub const ALL: [Kind; 5] = [Kind::Email, Kind::Iban, Kind::Card, Kind::Ip, Kind::Phone];

    /// The name in the configuration and in a mask.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Email => "email",
            Kind::Iban => "iban",
            Kind::Card => "card",
            Kind::Ip => "ip",
            Kind::Phone => "phone",
        }
    }
}

/// What is done where one is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Something else is put in its place.
    #[default]
    Mask,
    /// The document is dropped.
    Drop,
    /// Nothing: it is counted.
    Count,
    /// Nothing: it is not looked for.
    Ignore,
}

/// The addresses and numbers in `text`, in order, none overlapping.
///
/// They are told by their form, so that a private number in words is missed, and a public one is found as well.
/// Addresses of private and reserved networks count where `private_ip` is on.
///
/// ```
/// use corpus_filter::personal::{Kind, find};
/// let text = "Write to pilot@harbour.example or call +47 22 12 34 56.";
/// let found: Vec<_> = find(text, false).into_iter().map(|(kind, span)| (kind, &text[span])).collect();
/// assert_eq!(found, [(Kind::Email, "pilot@harbour.example"), (Kind::Phone, "+47 22 12 34 56")]);
/// ```
pub fn find(text: &str, private_ip: bool) -> Vec<(Kind, Span)> {
    let mut found: Vec<(Kind, Span)> = email::find(text).map(|span| (Kind::Email, span)).collect();
    numbers(text, private_ip, &mut found);
    found.sort_by_key(|&(kind, span)| (span.start, kind));
    let mut end = 0;
    found.retain(|(_, span)| {
        let is_free = span.start >= end;
        end = if is_free { span.end } else { end };
        is_free
    });
    found
}

/// Finds what begins with a digit or has one: every kind but e-mail addresses.
fn numbers(text: &str, private_ip: bool, found: &mut Vec<(Kind, Span)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let may_begin = match byte {
            b'0'..=b'9' | b'+' | b'(' => true,
            b'a'..=b'f' | b':' => true,
            b'A'..=b'Z' | b'g'..=b'z' => bytes.get(at + 2).is_some_and(u8::is_ascii_digit),
            _ => false,
        };
        if !may_begin || (byte.is_ascii_alphanumeric() && at > 0 && bytes[at - 1].is_ascii_alphanumeric()) {
            at += 1;
            continue;
        }
        let here = match byte {
            b'A'..=b'Z' | b'a'..=b'z' => iban::len(&text[at..]).map(|len| (Kind::Iban, len)),
            b'+' | b'(' => phone::len(text, at).map(|len| (Kind::Phone, len)),
            b'0'..=b'9' => card::len(text, at).map(|len| (Kind::Card, len)).or_else(|| {
                let phone = || phone::len(text, at).map(|len| (Kind::Phone, len));
                ip::len(text, at, private_ip).map(|len| (Kind::Ip, len)).or_else(phone)
            }),
            _ => None,
        };
        let here = here.or_else(|| match byte {
            b':' | b'a'..=b'f' | b'A'..=b'F' => ip::len(text, at, private_ip).map(|len| (Kind::Ip, len)),
            _ => None,
        });
        match here {
            Some((kind, len)) => {
                found.push((kind, Span::new(at, at + len)));
                at += len;
            }
            // The rest of a run of letters and digits begins nothing.
            None if byte.is_ascii_alphanumeric() => {
                at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            }
            None => at += 1,
        }
    }
}

/// Looks for addresses and numbers, and gives the text with those masked that are to be; `None` where none is.
pub(crate) fn mask(text: &str, config: &Personal, notes: &mut Notes) -> Option<String> {
    let found = find(text, config.private_ip);
    let mut notes = notes.stage(NAME);
    let mut counts = [0_u64; Kind::ALL.len()];
    let mut masked = String::new();
    let mut begun = 0;
    for (kind, span) in found {
        match config.action(kind) {
            Action::Ignore => continue,
            Action::Mask => {
                masked.push_str(&text[begun..span.start]);
                masked.push_str(&config.mask.replace("{kind}", kind.as_str()));
                begun = span.end;
            }
            Action::Drop | Action::Count => {}
        }
        counts[kind as usize] += 1;
    }
    for kind in Kind::ALL {
        let (action, count) = (config.action(kind), counts[kind as usize]);
        if action == Action::Ignore {
            continue;
        }
        notes.number(kind.as_str(), count as f64);
        match action {
            Action::Drop if count > 0 => notes.drop(kind.as_str(), Found::Number(count as f64), Some(0.0)),
            Action::Mask => notes.changed(kind.as_str(), count),
            _ => {}
        }
    }
    (begun > 0).then(|| masked + &text[begun..])
}

/// Whether no letter or digit stands before `at` and none at `end`.
fn stands_alone(text: &str, at: usize, end: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(Kind, &str)> {
        find(text, false).into_iter().map(|(kind, span)| (kind, &text[span])).collect()
    }

    #[test]
    fn each_kind_is_found_by_its_form() {
        assert_eq!(
            found("to a.pilot+ice@mail.harbour.example."),
            [(Kind::Email, "a.pilot+ice@mail.harbour.example")]
        );
        assert_eq!(
            found("to account DE89 3704 0044 0532 0130 00, please"),
            [(Kind::Iban, "DE89 3704 0044 0532 0130 00")]
        );
        assert_eq!(found("IBAN GB82WEST12345698765432"), [(Kind::Iban, "GB82WEST12345698765432")]);
        assert_eq!(found("card 4111 1111 1111 1111 expires"), [(Kind::Card, "4111 1111 1111 1111")]);
        assert_eq!(found("from 8.8.4.4, port 53"), [(Kind::Ip, "8.8.4.4")]);
        assert_eq!(found("the host (9.9.9.9) answers"), [(Kind::Ip, "9.9.9.9")]);
        assert_eq!(found("from 2001:4860:4860::8888."), [(Kind::Ip, "2001:4860:4860::8888")]);
        assert_eq!(found("call (212) 736-5000 now"), [(Kind::Phone, "(212) 736-5000")]);
        assert_eq!(found("call 212-736-5000"), [(Kind::Phone, "212-736-5000")]);
        assert_eq!(found("call +44 (0)20 7946 0018"), [(Kind::Phone, "+44 (0)20 7946 0018")]);
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for text in [
            "account DE89 3704 0044 0532 0130 01",
            "card 4111 1111 1111 1112",
            "version 1.2.3.4.5 and 300.1.2.3",
            "from 192.168.0.1, 127.0.0.1 and 10.0.0.8",
            "between 1990-1994, on 2014-09-16 at 12:30:45",
            "1,234,567,890 of 12 345 678 crowns",
            "the score was 3-2, the ratio 16:9",
            "an @ alone, a@b, @pilot and mail@",
            "std::vec, a::b, face: dead",
            "+1 for that, + 12 of them",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_masked_is_counted() {
        let mut notes = Notes::default();
        let config = Personal { ip: Action::Count, card: Action::Drop, ..Personal::default() };
        let text = "a@harbour.example, b@harbour.example, 8.8.4.4";
        assert_eq!(mask(text, &config, &mut notes).unwrap(), "[email], [email], 8.8.4.4");
        assert_eq!(notes.number(NAME, "ip"), Some(1.0));
        assert_eq!(notes.changes[0].count, 2);
        assert!(!notes.is_dropped());
        assert_eq!(mask("4111-1111-1111-1111", &config, &mut notes), None);
        assert_eq!(notes.reason.unwrap().to_string(), "personal.card: 1 > 0");
    }

    proptest! {
        #[test]
        fn any_text_has_spans_in_order_on_character_bounds(text in "[a-f0-9:.@+() \\-é/A-Z]{0,80}|\\PC{0,60}") {
            let mut end = 0;
            for (_, span) in find(&text, true) {
                prop_assert!(span.start >= end && span.start < span.end);
                prop_assert!(text.get(span.range()).is_some());
                end = span.end;
            }
        }
    }
}
