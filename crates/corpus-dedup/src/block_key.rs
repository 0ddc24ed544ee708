//! A block of a document, as far as it is compared with those of others.

use crate::text_key::TextKey;

/// Characters of the shortest block that is compared with others: what is shorter may well be written twice.
pub const LEAST_BLOCK: usize = 80;
/// Characters that are kept of a block, to show it.
const BEGINS: usize = 80;

/// A block, as far as it is compared with those of other documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BlockKey {
    /// Hash of its words.
    pub(crate) hash: u64,
    /// Number of characters.
    pub(crate) characters: u32,
    /// Its first characters, white space folded.
    pub(crate) begins: String,
}

impl BlockKey {
    /// The key of a block; `None` where it is too short.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let TextKey { hash, .. } = TextKey::of_block(text)?;
        let mut begins = String::new();
        for word in text.split_whitespace() {
            if begins.chars().count() >= BEGINS {
                break;
            }
            begins.extend((!begins.is_empty()).then_some(' '));
            begins.extend(word.chars().take(BEGINS));
        }
        let characters = text.chars().count().try_into().unwrap_or(u32::MAX);
        Some(BlockKey { hash, characters, begins })
    }

    /// The key as bytes: the hash, the characters, the length of what is kept of the text, that text.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.hash.to_le_bytes().to_vec();
        bytes.extend_from_slice(&self.characters.to_le_bytes());
        bytes.extend_from_slice(&(self.begins.len() as u32).to_le_bytes());
        bytes.extend_from_slice(self.begins.as_bytes());
        bytes
    }

    /// The keys whose bytes, one after the other, these are.
    pub(crate) fn all_from_bytes(mut bytes: &[u8]) -> Vec<Self> {
        let mut keys = Vec::new();
        while let Some((head, rest)) = bytes.split_at_checked(16) {
            let number =
                |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |sum, &byte| (sum << 8) | u64::from(byte));
            let (begins, rest) = rest.split_at(rest.len().min(number(&head[12..]) as usize));
            keys.push(BlockKey {
                hash: number(&head[..8]),
                characters: number(&head[8..12]) as u32,
                begins: String::from_utf8_lossy(begins).into_owned(),
            });
            bytes = rest;
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_from_their_bytes() {
        let long = "The  ferry left the harbour at nine in the morning and came back\nonly on Thursday, late in the día.";
        let keys = [BlockKey::of(long).unwrap(), BlockKey::of(&long.to_uppercase()).unwrap()];
        assert_eq!(keys[0].hash, keys[1].hash);
        assert!(keys[0].begins.starts_with("The ferry left"));
        let bytes: Vec<u8> = keys.iter().flat_map(BlockKey::to_bytes).collect();
        assert_eq!(BlockKey::all_from_bytes(&bytes), keys);
        assert_eq!(BlockKey::of("Too short."), None);
    }
}
