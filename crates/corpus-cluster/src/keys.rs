//! Keys and words of texts as bytes, which SQL can sort and join.

use corpus_dedup::Sketch;

/// Bytes of a [`text_key`].
pub const TEXT_KEY: usize = 20;

/// The key of a text: equal for equal words, and in byte order as texts go before each other, the longest first, then by
/// the hash of the words.
pub fn text_key(sketch: &Sketch) -> [u8; TEXT_KEY] {
    let mut key = [0; TEXT_KEY];
    key[..4].copy_from_slice(&(!sketch.n_words()).to_be_bytes());
    key[4..].copy_from_slice(&sketch.hash().to_be_bytes());
    key
}

/// The words of a text as bytes, four each.
pub fn to_bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// The words that [`to_bytes`] made these bytes of.
pub fn from_bytes(bytes: &[u8]) -> Vec<u32> {
    let (words, _) = bytes.as_chunks();
    words.iter().map(|word| u32::from_le_bytes(*word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_goes_first_and_equal_words_are_one_key() {
        let key = |text: &str| text_key(&Sketch::of([text]));
        assert_eq!(key("The harbour froze."), key("the HARBOUR froze"));
        assert!(key("The harbour froze again.") < key("The harbour froze."));
    }

    #[test]
    fn words_come_back_from_their_bytes() {
        let words = [0, 1, u32::MAX, 77];
        assert_eq!(from_bytes(&to_bytes(&words)), words);
    }
}
