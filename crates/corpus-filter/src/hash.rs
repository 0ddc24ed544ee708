//! Hashes by which words, lines and runs of words are compared: the same on every machine.

const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xd1b5_4a32_d192_ed03;

/// Hash of two hashes in this order.
#[inline]
pub(crate) fn both(one: u64, other: u64) -> u64 {
    fold(one ^ FIRST, other ^ SECOND)
}

/// Hash of the `len` bytes at `start`, which has room for eight bytes read at once where the text goes on.
#[inline]
pub(crate) fn word(bytes: &[u8], start: usize, len: usize) -> u64 {
    match bytes[start..].first_chunk::<8>() {
        Some(eight) if len <= 8 => {
            let mask = u64::MAX >> (64 - 8 * len.max(1));
            fold((u64::from_le_bytes(*eight) & mask) ^ FIRST, len as u64 ^ SECOND)
        }
        _ if len <= 8 => {
            let mut eight = [0; 8];
            eight[..len].copy_from_slice(&bytes[start..start + len]);
            fold(u64::from_le_bytes(eight) ^ FIRST, len as u64 ^ SECOND)
        }
        _ => text(&bytes[start..start + len]),
    }
}

/// Hash of a text of any length.
pub(crate) fn text(bytes: &[u8]) -> u64 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let begun = fold(bytes.len() as u64 ^ FIRST, u64::from_le_bytes(last) ^ SECOND);
    eights.iter().fold(begun, |hash, eight| fold(hash ^ FIRST, u64::from_le_bytes(*eight) ^ SECOND))
}

#[inline]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
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
