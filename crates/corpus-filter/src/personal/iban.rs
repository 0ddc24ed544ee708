//! Bank account numbers: ISO 13616.

/// Number of characters by country, as the register of SWIFT has them.
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BI", 27),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DJ", 27),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FK", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"LY", 25),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MN", 20),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NI", 28),
    (b"NL", 18),
    (b"NO", 15),
    (b"OM", 23),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"RU", 33),
    (b"SA", 24),
    (b"SC", 31),
    (b"SD", 18),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"SO", 23),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
    (b"YE", 30),
];

/// Length of the account number that `text` begins with, written whole or in groups of four with blanks between them,
/// in capitals or not.
pub(super) fn len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let country = bytes.first_chunk::<2>()?.map(|byte| byte.to_ascii_uppercase());
    let wanted = LENGTHS.iter().find(|(known, _)| **known == country).map(|&(_, length)| length)?;
    let mut characters = Vec::with_capacity(wanted);
    let mut at = 0;
    while characters.len() < wanted {
        match *bytes.get(at)? {
            byte if byte.is_ascii_alphanumeric() => characters.push(byte.to_ascii_uppercase()),
            b' ' | b'-' if characters.len() % 4 == 0 => {}
            _ => return None,
        }
        at += 1;
    }
    let goes_on = text[at..].starts_with(char::is_alphanumeric);
    (!goes_on && is_valid(&characters)).then_some(at)
}

/// Whether the number that the characters stand for, the first four moved to the end, leaves 1 when divided by 97.
fn is_valid(characters: &[u8]) -> bool {
    let (check, account) = characters.split_at(4);
    let remainder = account.iter().chain(check).fold(0_u32, |rest, &byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    check[2..].iter().all(u8::is_ascii_digit) && remainder == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_needs_its_country_its_length_and_its_check_digits() {
        assert_eq!(len("NO93 8601 1117 947."), Some(18));
        assert_eq!(len("NO9386011117947"), Some(15));
        assert_eq!(len("no93 8601 1117 947."), Some(18));
        assert_eq!(len("NO93860111179471"), None);
        assert_eq!(len("NO93 8601 1117 948"), None);
        assert_eq!(len("XX93 8601 1117 947"), None);
        assert_eq!(len("NO"), None);
        assert!(LENGTHS.is_sorted());
    }
}
