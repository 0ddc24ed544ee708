//! ASCII letters and digits of a text, told eight bytes at once.
//!
//! Eight bytes are one number, the first of them the lowest, as [`u64::from_le_bytes`] makes it. What is said of them
//! is a number as well: the highest bit of each byte says whether it is so, and no other bit is set.
//!
//! ```
//! use corpus_core::ascii;
//! let eight = u64::from_le_bytes(*b"ice 1999");
//! assert_eq!(ascii::n_first(ascii::letters(eight)), 3);
//! assert_eq!(ascii::digits(eight).count_ones(), 4);
//! assert_eq!(ascii::run("harbours, ice".as_bytes(), ascii::letters), 8);
//! ```

/// One in each of eight bytes.
pub const EACH: u64 = 0x0101_0101_0101_0101;

/// The highest bit of each of eight bytes.
pub const HIGHEST: u64 = EACH << 7;

/// The bit that tells a small letter of ASCII from a capital, in each of eight bytes; digits have it too.
pub const SMALL: u64 = EACH << 5;

/// Which of eight bytes are letters of ASCII.
#[inline]
pub const fn letters(eight: u64) -> u64 {
    small_letters(eight | SMALL)
}

/// Which of eight bytes are small letters of ASCII.
#[inline]
pub const fn small_letters(eight: u64) -> u64 {
    between(eight, b'a', b'z')
}

/// Which of eight bytes are digits of ASCII.
#[inline]
pub const fn digits(eight: u64) -> u64 {
    between(eight, b'0', b'9')
}

/// Which of eight bytes are letters or digits of ASCII.
#[inline]
pub const fn letters_and_digits(eight: u64) -> u64 {
    letters(eight) | digits(eight)
}

/// The number of bytes, from the first on, of which all that is said is so.
#[inline]
pub const fn n_first(said: u64) -> usize {
    ((said ^ HIGHEST).trailing_zeros() / 8) as usize
}

/// The number of bytes, from the first on, of which `said` says that it is so; of a byte that is zero it must not.
#[inline]
pub fn run(bytes: &[u8], said: impl Fn(u64) -> u64) -> usize {
    let mut at = 0;
    while let Some(eight) = bytes[at..].first_chunk() {
        let len = n_first(said(u64::from_le_bytes(*eight)));
        at += len;
        if len < 8 {
            return at;
        }
    }
    let last = bytes[at..].iter().rev().fold(0, |before, &byte| before << 8 | u64::from(byte));
    at + n_first(said(last))
}

/// Which of eight bytes are from `first` to `last`, characters of ASCII.
#[inline]
const fn between(eight: u64, first: u8, last: u8) -> u64 {
    let plain = eight & !HIGHEST;
    // The highest bit of a byte is set in the first sum from `first` on, in the second behind `last`.
    let from = plain + EACH * (0x80 - first as u64);
    let behind = plain + EACH * (0x7f - last as u64);
    from & !(behind | eight) & HIGHEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is said of each byte, bit by bit.
    fn said(eight: [u8; 8], is_so: impl Fn(&u8) -> bool) -> u64 {
        u64::from_le_bytes(eight.map(|byte| u8::from(is_so(&byte)) << 7))
    }

    proptest! {
        #[test]
        fn eight_bytes_are_told_as_one_by_one(bytes: [u8; 8]) {
            let eight = u64::from_le_bytes(bytes);
            prop_assert_eq!(letters(eight), said(bytes, u8::is_ascii_alphabetic));
            prop_assert_eq!(small_letters(eight), said(bytes, u8::is_ascii_lowercase));
            prop_assert_eq!(digits(eight), said(bytes, u8::is_ascii_digit));
            prop_assert_eq!(letters_and_digits(eight), said(bytes, u8::is_ascii_alphanumeric));
        }

        #[test]
        fn a_run_ends_where_it_does_one_by_one(text in "[a-zA-Z]{0,20}(\\PC|\0|[a-z]){0,10}") {
            let bytes = text.as_bytes();
            let letter = |byte: &&u8| byte.is_ascii_alphabetic();
            prop_assert_eq!(run(bytes, letters), bytes.iter().take_while(letter).count());
        }
    }

    #[test]
    fn every_byte_is_told_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut bytes = [0xff; 8];
                bytes[at] = byte;
                let eight = u64::from_le_bytes(bytes);
                assert_eq!(letters_and_digits(eight), said(bytes, u8::is_ascii_alphanumeric), "{bytes:x?}");
            }
        }
    }
}
