//! Hashes by which words, lines and runs of words are compared: the same on every machine.

const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xd1b5_4a32_d192_ed03;

/// Hash of two hashes in this order.
#[inline]
pub(crate) fn both(one: u64, other: u64) -> u64 {
    fold(one ^ FIRST, other ^ SECOND)
}

/// Hash of the `len` bytes at `start`; that of eight or less is quick where the text goes on behind them.
#[inline]
pub(crate) fn word(bytes: &[u8], start: usize, len: usize) -> u64 {
    match bytes[start..].first_chunk::<8>() {
        Some(eight) if (1..=8).contains(&len) => {
            short(u64::from_le_bytes(*eight) & u64::MAX >> (64 - 8 * len), len)
        }
        _ => text(&bytes[start..start + len]),
    }
}

/// Hash of `len` bytes, eight at most, the first lowest and zeros behind them.
#[inline]
pub(crate) const fn short(bytes: u64, len: usize) -> u64 {
    fold(bytes ^ FIRST, len as u64 ^ SECOND)
}

/// Hash of a text of any length.
pub(crate) fn text(bytes: &[u8]) -> u64 {
    let len = bytes.len();
    if len <= 8 {
        return short(bytes.iter().rev().fold(0, |before, &byte| before << 8 | u64::from(byte)), len);
    }
    // The last eight bytes, and the eight before them, may be among those of the beginning.
    let begun = fold(eight(bytes, 0) ^ FIRST, eight(bytes, len - 8) ^ (len as u64).wrapping_mul(SECOND));
    if len <= 16 {
        return begun;
    }
    let (sixteens, _) = bytes.as_chunks::<16>();
    let hash = sixteens
        .iter()
        .fold(begun, |hash, sixteen| fold(eight(sixteen, 0) ^ FIRST, eight(sixteen, 8) ^ hash));
    fold(eight(bytes, len - 16) ^ FIRST, hash ^ SECOND)
}

/// The eight bytes at `at`; 0 where there are fewer.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
}

#[inline]
const fn fold(one: u64, other: u64) -> u64 {
    let product = one as u128 * other as u128;
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_hash_wherever_it_stands() {
        let bytes = b"ice on the harbour ice";
        assert_eq!(word(bytes, 0, 3), word(bytes, 19, 3));
        assert_ne!(word(bytes, 0, 3), word(bytes, 7, 3));
        assert_eq!(word(b"harbour", 0, 7), word(bytes, 11, 7));
        assert_eq!(word(bytes, 7, 15), word(b"the harbour ice", 0, 15));
    }
}
