//! A passage: blocks that stand, word for word, in several documents.

use crate::{
    block_key::BlockKey,
    error::Error,
    label::Label,
    parted::{Entry, Parted},
    spill::Spill,
};
use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    path::Path,
    sync::{Mutex, PoisonError},
};

/// Blocks that the same documents share, word for word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Passage {
    /// The documents, in the order of their labels.
    pub documents: Vec<Label>,
    /// Number of blocks.
    pub blocks: u64,
    /// Their characters, in the first document.
    pub characters: u64,
    /// The first characters of the block that comes first in the first document.
    pub begins: String,
}

/// The blocks of all documents, on disk; of each document 8 bytes stay in memory.
#[derive(Debug)]
pub(crate) struct Passages {
    /// Which document has which block.
    keys: Parted,
    blocks: Spill,
    /// Where the blocks of each document begin there.
    offsets: Vec<u64>,
}

impl Passages {
    pub(crate) fn new(folder: Option<&Path>) -> Result<Self, Error> {
        Ok(Passages { keys: Parted::new(folder)?, blocks: Spill::new(folder)?, offsets: Vec::new() })
    }

    /// Adds the blocks of the next document, which has this number.
    pub(crate) fn add(&mut self, document: u32, blocks: &[BlockKey]) -> Result<(), Error> {
        for block in blocks {
            self.keys.push((block.hash, document))?;
        }
        let bytes: Vec<u8> = blocks.iter().flat_map(BlockKey::to_bytes).collect();
        self.offsets.push(self.blocks.append(&bytes)?);
        Ok(())
    }

    /// What documents of more than one cluster share: `cluster_of` gives the cluster of a document, `label` its label.
    pub(crate) fn shared(
        self,
        threads: NonZeroUsize,
        cluster_of: impl Fn(u32) -> u32 + Sync,
        label: impl Fn(u32) -> Result<Label, Error>,
    ) -> Result<Vec<Passage>, Error> {
        let Passages { keys, mut blocks, mut offsets } = self;
        offsets.push(blocks.append(&[])?);
        blocks.flush()?;
        // The blocks that exactly these documents share.
        let shared: Mutex<BTreeMap<Vec<u32>, Vec<u64>>> = Mutex::default();
        keys.each_part(threads, |entries: &[Entry]| {
            for same in entries.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
                let mut documents: Vec<u32> = same.iter().map(|&(_, document)| document).collect();
                documents.dedup();
                let mut clusters = documents.iter().map(|&document| cluster_of(document));
                let first = clusters.next();
                if clusters.any(|cluster| Some(cluster) != first) {
                    let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
                    shared.entry(documents).or_default().push(same[0].0);
                }
            }
            Ok(())
        })?;
        let shared = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut passages = Vec::with_capacity(shared.len());
        for (documents, hashes) in shared {
            let labels = documents.iter().map(|&document| Ok((label(document)?, document)));
            let mut labels = labels.collect::<Result<Vec<_>, Error>>()?;
            labels.sort();
            let first = labels.first().map_or(0, |&(_, document)| document as usize);
            let mut bytes = Vec::new();
            blocks.read(offsets[first], (offsets[first + 1] - offsets[first]) as usize, &mut bytes)?;
            passages.push(passage(labels, &BlockKey::all_from_bytes(&bytes), &hashes));
        }
        passages.sort_by(|a, b| {
            let key = |passage: &Passage| std::cmp::Reverse((passage.characters, passage.blocks));
            key(a).cmp(&key(b)).then_with(|| a.documents.cmp(&b.documents))
        });
        Ok(passages)
    }
}

/// The passage of the blocks with these hashes; `blocks` are all that the first of the documents has.
fn passage(documents: Vec<(Label, u32)>, blocks: &[BlockKey], hashes: &[u64]) -> Passage {
    let mut passage = Passage {
        documents: documents.into_iter().map(|(label, _)| label).collect(),
        blocks: hashes.len() as u64,
        characters: 0,
        begins: String::new(),
    };
    let mut left = hashes.to_vec();
    for block in blocks {
        if let Some(place) = left.iter().position(|&hash| hash == block.hash) {
            // A block that stands twice in a document counts once.
            left.swap_remove(place);
            passage.characters += u64::from(block.characters);
            if passage.begins.is_empty() {
                passage.begins.clone_from(&block.begins);
            }
        }
    }
    passage
}
