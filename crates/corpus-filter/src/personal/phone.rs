//! Telephone numbers that are written with a country or an area code.

/// Length of the telephone number that begins at `at`: `+` or `00` and a country code with 8 to 15 digits (ITU-T E.164), or ten
/// digits in the North American groups of three, three and four.
pub(super) fn len(text: &str, at: usize) -> Option<usize> {
    let len = match text.as_bytes()[at] {
        b'+' => international(&text[at..]),
        // Groups of digits go on where others stand before them.
        b'0' if text[..at].trim_end_matches(' ').ends_with(|before: char| before.is_ascii_digit()) => None,
        b'0' => prefixed(&text[at..]),
        _ => american(text.as_bytes(), at),
    }?;
    let is_part = text[..at].ends_with(['-', '.', '/', '+', ',']);
    (!is_part && super::stands_alone(text, at, at + len)).then_some(len)
}

/// A number with `+`: digits in groups with a blank, hyphen, full stop or parentheses between them. Groups behind it that
/// would be too many, and a time of day, are no part of it.
fn international(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if !matches!(bytes.get(1), Some(b'1'..=b'9')) {
        return None;
    }
    let (mut n_digits, mut at) = (0, 1);
    let mut whole = None;
    let mut open = false;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        let is_before_digit = next.is_some_and(|next| next.is_ascii_digit());
        match byte {
            b'0'..=b'9' => {
                n_digits += 1;
                let is_hour = next == Some(b':') && bytes.get(at + 2).is_some_and(u8::is_ascii_digit);
                if !is_before_digit && !is_hour && (8..=15).contains(&n_digits) {
                    whole = Some(at + 1);
                }
            }
            b' ' | b'-' | b'.' if is_before_digit || (next == Some(b'(') && !open) => {}
            b'(' if !open && is_before_digit => open = true,
            b')' if open => open = false,
            _ => break,
        }
        at += 1;
    }
    whole
}

/// A number with `00` for `+`. Eight digits in one run behind it are rather some other number with leading zeros.
fn prefixed(text: &str) -> Option<usize> {
    let number = text.strip_prefix('0').filter(|number| number.starts_with('0'))?;
    let len = international(number)?;
    let digits = number[..len].bytes().filter(u8::is_ascii_digit).count() - 1;
    (digits >= 11 || digits + 1 < len).then_some(len + 1)
}

/// `(212) 736-5000`, `212-736-5000`, `212.736.5000`: area code and exchange do not begin with 0 or 1.
fn american(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    let digits = |end: usize, n: usize| {
        let group = bytes.get(end..end + n)?;
        group.iter().all(u8::is_ascii_digit).then_some(end + n)
    };
    let is_code = |end: usize| matches!(bytes.get(end), Some(b'2'..=b'9'));
    let mark = if bytes[at] == b'(' {
        end += 1;
        is_code(end).then_some(())?;
        end = digits(end, 3)?;
        (bytes.get(end) == Some(&b')')).then_some(())?;
        end += 1 + usize::from(bytes.get(end + 1) == Some(&b' '));
        None
    } else {
        is_code(end).then_some(())?;
        end = digits(end, 3)?;
        let mark = *bytes.get(end).filter(|mark| matches!(mark, b'-' | b'.'))?;
        end += 1;
        Some(mark)
    };
    is_code(end).then_some(())?;
    end = digits(end, 3)?;
    let second = *bytes.get(end)?;
    (mark.map_or(matches!(second, b'-' | b'.' | b' '), |mark| mark == second)).then_some(())?;
    end = digits(end + 1, 4)?;
    Some(end - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_code_and_enough_digits() {
        assert_eq!(len("+47 22 12 34 56", 0), Some(15));
        assert_eq!(len("+49 (30) 1234-5678 is", 0), Some(18));
        assert_eq!(len("+4722123456,", 0), Some(11));
        assert_eq!(len("+47 22 12 34 56 18:00 to 20:00", 0), Some(15));
        assert_eq!(len("+47 22 12 34 56 2014 2015 2016", 0), Some(20));
        assert_eq!(len("0049 30 1234567, daily", 0), Some(15));
        assert_eq!(len("00491701234567", 0), Some(14));
        assert_eq!(len("0012345678", 0), None);
        assert_eq!(len("000 49 30 1234567", 0), None);
        assert_eq!(len("+1 234", 0), None);
        assert_eq!(len("+012345678", 0), None);
        assert_eq!(len("+12345678901234567", 0), None);
        assert_eq!(len("(212) 736-5000", 0), Some(14));
        assert_eq!(len("212.736.5000", 0), Some(12));
        assert_eq!(len("212-736.5000", 0), None);
        assert_eq!(len("112-736-5000", 0), None);
        assert_eq!(len("(2014) 736-5000", 0), None);
    }
}
