//! FNV-1a of 32 bits: a hash of short texts that is the same on any machine and when the crate is compiled.

/// The hash of nothing.
pub(crate) const BEGIN: u32 = 0x811c_9dc5;

/// The hash of a text and one more byte.
pub(crate) const fn add(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, add};

    #[test]
    fn hashes_are_those_that_are_published() {
        let hash = |text: &str| text.bytes().fold(BEGIN, add);
        assert_eq!((hash("a"), hash("foobar")), (0xe40c_292c, 0xbf9c_f968));
    }
}
