//! Blocks of body text that stand in more than one document.

use corpus_core::{Block, Document};
use corpus_dedup::TextKey;
use std::collections::{BTreeMap, HashMap, hash_map::Entry};

/// Number of blocks the index holds; what comes after it is full is compared but not added. About 120 MB.
const CAPACITY: usize = 7 << 19;

/// The key of a block's text and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    hash: u64,
    characters: u32,
}

/// The keys of a document's long blocks of body text, each once.
pub(super) fn keys(document: &Document) -> Vec<Key> {
    let is_body = |block: &&Block| block.role.is_body() && document.part_of(block).kind.is_article();
    let key = |block: &Block| {
        let text = document.slice(block);
        let characters = || text.chars().count().try_into().unwrap_or(u32::MAX);
        TextKey::of_block(text).map(|key| Key { hash: key.hash, characters: characters() })
    };
    let mut keys: Vec<Key> = document.blocks.iter().filter(is_body).filter_map(key).collect();
    keys.sort_unstable_by_key(|key| key.hash);
    keys.dedup_by_key(|key| key.hash);
    keys
}

/// Which document each block was first seen in. Its size is bounded, however many documents come.
#[derive(Debug, Default)]
pub(super) struct Shared {
    first: HashMap<u64, u64>,
    /// What was found again, in all documents.
    pub(super) again: Again,
    /// Blocks that were not added because the index was full.
    pub(super) left_out: u64,
}

/// Blocks that were found a second time, or a third.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Again {
    /// Number of blocks.
    pub(super) blocks: u64,
    /// Their characters.
    pub(super) characters: u64,
    /// Number of documents they were found in.
    pub(super) documents: u64,
}

impl Shared {
    /// Adds the blocks of the document with this number, and says how many it shares with which earlier documents.
    pub(super) fn add(&mut self, number: u64, keys: &[Key]) -> BTreeMap<u64, u64> {
        let mut with = BTreeMap::new();
        for key in keys {
            let full = self.first.len() >= CAPACITY;
            match self.first.entry(key.hash) {
                Entry::Occupied(entry) => {
                    *with.entry(*entry.get()).or_default() += 1;
                    self.again.blocks += 1;
                    self.again.characters += u64::from(key.characters);
                }
                Entry::Vacant(_) if full => self.left_out += 1,
                Entry::Vacant(entry) => {
                    entry.insert(number);
                }
            }
        }
        self.again.documents += u64::from(!with.is_empty());
        with
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{DocumentId, Part, Role, Source, Span, part::PartKind};

    fn document(text: &str) -> Document {
        let mut document =
            Document::new(DocumentId::of(&Source::default(), None), Source::default(), text.to_owned());
        document.parts.push(Part::new(PartKind::Article));
        let mut start = 0;
        for line in text.lines() {
            document.blocks.push(Block::new(Span::new(start, start + line.len()), Role::Paragraph));
            start += line.len() + 1;
        }
        document
    }

    const LONG: &str = "The harbour froze on Monday night, and “no ferry left” before the ice-breaker came through on Thursday.";

    #[test]
    fn case_quotes_and_white_space_make_no_difference() {
        let mut shared = Shared::default();
        assert!(shared.add(1, &keys(&document(LONG))).is_empty());
        let again = LONG.to_uppercase().replace(['“', '”'], "\"").replace(' ', "  ");
        assert_eq!(shared.add(2, &keys(&document(&again))), BTreeMap::from([(1, 1)]));
        assert_eq!((shared.again.blocks, shared.again.documents), (1, 1));
    }

    #[test]
    fn a_block_twice_in_one_document_is_not_shared_and_short_ones_never_are() {
        let mut shared = Shared::default();
        assert!(shared.add(1, &keys(&document(&format!("{LONG}\n{LONG}\nShort.")))).is_empty());
        assert!(shared.add(2, &keys(&document("Short."))).is_empty());
    }
}
