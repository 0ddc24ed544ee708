//! Payment card numbers: ISO/IEC 7812.

/// Length of the card number that begins at `at`: 13 to 19 digits of a known issuer with a right check digit, whole or
/// in groups of at least three with one kind of mark between them. Groups behind it, a date of expiry, are no part of it.
pub(super) fn len(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    let mut digits = [0_u8; 19];
    let (mut n_digits, mut end, mut group) = (0, 0, 0);
    let mut mark = None;
    let mut longest = None;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'0'..=b'9' if n_digits == digits.len() => break,
            b'0'..=b'9' => {
                digits[n_digits] = byte - b'0';
                n_digits += 1;
                group += 1;
                let number = &digits[..n_digits];
                if !is_digit(bytes.get(end + 1)) && n_digits >= 13 && is_issued(number) && is_valid(number) {
                    longest = Some(end + 1);
                }
            }
            b' ' | b'-'
                if group >= 3 && mark.is_none_or(|mark| mark == byte) && is_digit(bytes.get(end + 1)) =>
            {
                mark = Some(byte);
                group = 0;
            }
            _ => break,
        }
        end += 1;
    }
    longest.filter(|end| super::stands_alone(text, at, at + end) && !text[..at].ends_with(['.', ',', '+']))
}

fn is_digit(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_digit)
}

/// Whether the number has the beginning and the length of an issuer's.
fn is_issued(digits: &[u8]) -> bool {
    let first = |n: usize| digits[..n].iter().fold(0_u32, |number, &digit| number * 10 + u32::from(digit));
    match digits.len() {
        13 | 19 if digits[0] == 4 => true,
        14 => matches!(first(2), 30 | 36 | 38 | 39),
        15 => matches!(first(2), 34 | 37),
        16 => {
            digits[0] == 4
                || matches!(first(2), 51..=55 | 60 | 62 | 65)
                || matches!(first(4), 2200..=2204 | 2221..=2720 | 3528..=3589)
        }
        17..=19 => first(2) == 62,
        _ => false,
    }
}

/// Whether the check digit is right: from the right every other digit is doubled, its digits summed, and the sum of
/// all is a multiple of ten (Luhn).
fn is_valid(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(nth, &digit)| match nth % 2 {
            0 => u32::from(digit),
            _ => u32::from(digit) * 2 - if digit > 4 { 9 } else { 0 },
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_needs_its_issuer_its_length_and_its_check_digit() {
        assert_eq!(len("4111111111111111", 0), Some(16));
        assert_eq!(len("4111-1111-1111-1111", 0), Some(19));
        assert_eq!(len("3782 822463 10005", 0), Some(17));
        assert_eq!(len("4111 1111-1111 1111", 0), None, "one kind of mark");
        assert_eq!(len("4111 1111 1111 1111 12/26", 0), Some(19));
        assert_eq!(len("4111 1111 1111 1111 1226 737", 0), Some(19));
        assert_eq!(len("41111111111111112", 0), None);
        assert_eq!(len("x4111111111111111", 1), None);
        assert_eq!(len("9111111111111119", 0), None, "no issuer");
        assert_eq!(len("0000000000000000", 0), None);
    }
}
