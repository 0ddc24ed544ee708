//! A key of a text: the one thing by which a text is told to be a copy of another, word for word.

use crate::{block_key::LEAST_BLOCK, fold::hash_of};
use corpus_core::Document;

/// The key of a text, equal for texts with the same words in the same order, whatever their case, punctuation and
/// layout. Wherever copied text is to count once, this says what is copied.
///
/// ```
/// use corpus_dedup::TextKey;
/// assert_eq!(TextKey::of("The “harbour” froze."), TextKey::of("the HARBOUR\nfroze"));
/// assert_eq!(TextKey::of("The harbour froze.").n_words, 3);
/// assert_eq!(TextKey::of_block("Read more"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TextKey {
    /// Hash of the words.
    pub hash: u64,
    /// Number of words.
    pub n_words: usize,
}

impl TextKey {
    /// The key of a text of any length.
    pub fn of(text: &str) -> Self {
        TextKey::from(hash_of([text]))
    }

    /// The keys of a document's blocks.
    pub fn of_blocks(document: &Document) -> Vec<Self> {
        document.blocks.iter().map(|block| TextKey::of(document.slice(block))).collect()
    }

    /// The key of a block by which it is told to be a copy all by itself; `None` where it has no words or fewer than
    /// [`LEAST_BLOCK`] characters, since what is shorter may well be written twice.
    pub fn of_block(text: &str) -> Option<Self> {
        if text.len() < LEAST_BLOCK || text.chars().count() < LEAST_BLOCK {
            return None;
        }
        Some(TextKey::of(text)).filter(|key| key.n_words > 0)
    }
}

/// The key of a text whose words have this hash and number.
impl From<(u128, usize)> for TextKey {
    fn from((hash, n_words): (u128, usize)) -> TextKey {
        TextKey { hash: (hash >> 64) as u64, n_words }
    }
}
