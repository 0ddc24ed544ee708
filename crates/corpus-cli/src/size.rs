//! A number of bytes as people write it: `64MiB`, `500k`, `1048576`.

use std::str::FromStr;

/// A number of bytes. `k`, `M` and `G` are powers of 1024, with or without `iB` or `B`, in either case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) usize);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits =
            text.trim_end_matches(|character: char| character.is_ascii_alphabetic() || character == ' ');
        let unit = text[digits.len()..].trim().to_ascii_lowercase();
        let shift = match unit.as_str() {
            "" | "b" => 0,
            "k" | "kb" | "kib" => 10,
            "m" | "mb" | "mib" => 20,
            "g" | "gb" | "gib" => 30,
            _ => return Err(format!("unknown unit {unit:?}; known units: B, KiB, MiB, GiB")),
        };
        let number: usize = digits.parse().map_err(|_| "not a number of bytes, such as 64MiB".to_owned())?;
        number
            .checked_shl(shift)
            .filter(|bytes| bytes >> shift == number && *bytes > 0)
            .map(Size)
            .ok_or_else(|| "out of range".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_powers_of_1024_in_either_case() {
        for (text, bytes) in
            [("64MiB", 64 << 20), ("64 mb", 64 << 20), ("500k", 500 << 10), ("7", 7), ("2G", 2 << 30)]
        {
            assert_eq!(text.parse(), Ok(Size(bytes)), "{text}");
        }
    }

    #[test]
    fn what_is_no_size_says_what_one_looks_like() {
        for text in ["", "MiB", "-1", "3 parsecs", "0", "99999999999999999999", "18446744073709551615k"] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
