//! Numbers as people read them: thousands apart, shares in per cent.

use std::{fmt, num::NonZeroUsize};

/// A count with a comma between thousands.
///
/// Pads like a string, so that it can stand in a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count(pub(crate) u64);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad(&text)
    }
}

/// A count with its noun, in the plural where it is not one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted(pub(crate) u64, pub(crate) &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0 == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", Count(self.0), self.1)
    }
}

/// `part` of `whole` in per cent, with one decimal below ten so that little is not shown as nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) part: u64,
    pub(crate) whole: u64,
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.whole == 0 {
            return f.pad("-");
        }
        let share = 100.0 * self.part as f64 / self.whole as f64;
        let exact = self.part == 0 || self.part == self.whole;
        let decimals = usize::from(!exact && !(10.0..99.95).contains(&share));
        // What is not all of it must not be rounded up to all of it, nor what is something down to nothing.
        let shown = if exact { share } else { share.clamp(0.1, 99.9) };
        f.pad(&format!("{shown:.decimals$}%"))
    }
}

/// A number of rows that are wanted.
///
/// # Errors
/// When it is no number, or zero; only commands that count by themselves take that.
pub(crate) fn at_least_one(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "not a whole number from 1 on".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_no_number_of_rows() {
        assert_eq!(at_least_one("7").map(NonZeroUsize::get), Ok(7));
        for text in ["0", "-1", "many", ""] {
            assert_eq!(at_least_one(text), Err("not a whole number from 1 on".to_owned()), "{text}");
        }
    }

    #[test]
    fn thousands_stand_apart() {
        let shown = [0, 7, 999, 1000, 123_456, 1_234_567].map(|count| Count(count).to_string());
        assert_eq!(shown, ["0", "7", "999", "1,000", "123,456", "1,234,567"]);
        assert_eq!(Counted(1, "document").to_string(), "1 document");
        assert_eq!(Counted(0, "document").to_string(), "0 documents");
    }

    #[test]
    fn a_little_is_not_nothing_and_nearly_all_is_not_all() {
        let share = |part, whole| Share { part, whole }.to_string();
        assert_eq!(share(0, 5), "0%");
        assert_eq!(share(5, 5), "100%");
        assert_eq!(share(1, 100_000), "0.1%");
        assert_eq!(share(99_999, 100_000), "99.9%");
        assert_eq!(share(1, 3), "33%");
        assert_eq!(share(1, 30), "3.3%");
        assert_eq!(share(0, 0), "-");
    }
}
