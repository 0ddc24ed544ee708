//! Entries: what is kept of texts in so many bytes each, in files of them.

use crate::{error::Error, work::write_whole};
use corpus_dedup::{Likeness, Relation};
use std::{cmp::Reverse, fs, path::Path};

/// Something of a fixed number of bytes.
pub(crate) trait Entry: Sized {
    /// Its number of bytes.
    const BYTES: usize;

    /// Appends its bytes.
    fn put(&self, bytes: &mut Vec<u8>);

    /// That of these bytes, [`Entry::BYTES`] of them.
    fn get(bytes: Bytes<'_>) -> Self;
}

/// Bytes that are read from the left; where they end, there are zeros.
pub(crate) struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    #[inline]
    fn next<const N: usize>(&mut self) -> [u8; N] {
        let (next, rest) = self.0.split_first_chunk().map_or(([0; N], self.0), |(next, rest)| (*next, rest));
        self.0 = rest;
        next
    }

    #[inline]
    pub(crate) fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.next())
    }

    #[inline]
    pub(crate) fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.next())
    }

    #[inline]
    pub(crate) fn u128(&mut self) -> u128 {
        u128::from_le_bytes(self.next())
    }
}

/// The entries that these bytes are.
pub(crate) fn entries<E: Entry>(bytes: &[u8]) -> impl ExactSizeIterator<Item = E> {
    bytes.chunks_exact(E::BYTES).map(|bytes| E::get(Bytes(bytes)))
}

/// Writes a file of entries, which has its name only when it is whole.
pub(crate) fn write_entries<E: Entry>(path: &Path, entries: &[E]) -> Result<(), Error> {
    let mut bytes = Vec::with_capacity(entries.len() * E::BYTES);
    entries.iter().for_each(|entry| entry.put(&mut bytes));
    write_whole(path, &bytes)
}

/// The entries of a file.
pub(crate) fn read_entries<E: Entry>(path: &Path) -> Result<Vec<E>, Error> {
    let bytes = fs::read(path).map_err(|cause| Error::io("read", path, cause))?;
    Ok(entries(&bytes).collect())
}

/// Which text it is: that of a document in a row of the part that a file of the input makes. Where texts are the same,
/// the first is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TextId {
    pub(crate) part: u32,
    pub(crate) row: u32,
}

impl Entry for TextId {
    const BYTES: usize = 8;

    #[inline]
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.part.to_le_bytes());
        bytes.extend_from_slice(&self.row.to_le_bytes());
    }

    #[inline]
    fn get(mut bytes: Bytes<'_>) -> Self {
        TextId { part: bytes.u32(), row: bytes.u32() }
    }
}

/// A text in the order in which texts go before each other: the longest first, then by the hash of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ranked {
    pub(crate) n_words: Reverse<u32>,
    pub(crate) hash: u128,
    pub(crate) id: TextId,
}

impl Ranked {
    /// Whether both have the same words.
    pub(crate) fn is_copy_of(&self, other: &Ranked) -> bool {
        self.hash == other.hash && self.n_words == other.n_words
    }
}

impl Entry for Ranked {
    const BYTES: usize = 4 + 16 + TextId::BYTES;

    #[inline]
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.n_words.0.to_le_bytes());
        bytes.extend_from_slice(&self.hash.to_le_bytes());
        self.id.put(bytes);
    }

    #[inline]
    fn get(mut bytes: Bytes<'_>) -> Self {
        Ranked { n_words: Reverse(bytes.u32()), hash: bytes.u128(), id: TextId::get(bytes) }
    }
}

/// A key under which a text meets others: one of a band of its signature, or its own, under which exact copies meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Band {
    pub(crate) key: u64,
    pub(crate) text: Ranked,
}

impl Entry for Band {
    const BYTES: usize = 8 + Ranked::BYTES;

    #[inline]
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.key.to_le_bytes());
        self.text.put(bytes);
    }

    #[inline]
    fn get(mut bytes: Bytes<'_>) -> Self {
        Band { key: bytes.u64(), text: Ranked::get(bytes) }
    }
}

/// A fingerprint, and the first text of the cluster so far that has it, with its number of fingerprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Print {
    pub(crate) key: u64,
    pub(crate) text: TextId,
    pub(crate) n_fingerprints: u32,
}

impl Entry for Print {
    const BYTES: usize = 8 + TextId::BYTES + 4;

    #[inline]
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.key.to_le_bytes());
        bytes.extend_from_slice(&self.n_fingerprints.to_le_bytes());
        self.text.put(bytes);
    }

    #[inline]
    fn get(mut bytes: Bytes<'_>) -> Self {
        Print { key: bytes.u64(), n_fingerprints: bytes.u32(), text: TextId::get(bytes) }
    }
}

/// Two texts, the lower id first, that met once; and the fingerprints of the one that has fewer, where they must have met
/// often enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) a: TextId,
    pub(crate) b: TextId,
    pub(crate) least: u32,
}

impl Pair {
    pub(crate) fn of(a: TextId, b: TextId, least: u32) -> Self {
        Pair { a: a.min(b), b: a.max(b), least }
    }
}

impl Entry for Pair {
    const BYTES: usize = 2 * TextId::BYTES + 4;

    #[inline]
    fn put(&self, bytes: &mut Vec<u8>) {
        self.a.put(bytes);
        bytes.extend_from_slice(&self.least.to_le_bytes());
        self.b.put(bytes);
    }

    #[inline]
    fn get(mut bytes: Bytes<'_>) -> Self {
        let a = TextId { part: bytes.u32(), row: bytes.u32() };
        Pair { a, least: bytes.u32(), b: TextId::get(bytes) }
    }
}

/// A text, and the one for which it stands; none where it is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stands {
    pub(crate) text: TextId,
    pub(crate) for_text: Option<TextId>,
}

impl Entry for Stands {
    const BYTES: usize = 2 * TextId::BYTES;

    #[inline]
    fn put(&self, bytes: &mut Vec<u8>) {
        self.text.put(bytes);
        // There is no part 0.
        self.for_text.unwrap_or_default().put(bytes);
    }

    #[inline]
    fn get(mut bytes: Bytes<'_>) -> Self {
        let text = TextId { part: bytes.u32(), row: bytes.u32() };
        Stands { text, for_text: Some(TextId::get(bytes)).filter(|id| id.part > 0) }
    }
}

/// A text in a cluster: the first text of the cluster, and how it is related to the closest of the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Joined {
    pub(crate) text: Ranked,
    pub(crate) root: Ranked,
    pub(crate) closest: Likeness,
}

/// The relations, each told by its place here.
const RELATIONS: [Relation; 4] = [Relation::Exact, Relation::Near, Relation::Contains, Relation::Reworded];

impl Entry for Joined {
    const BYTES: usize = 2 * Ranked::BYTES + 4 + 8;

    #[inline]
    fn put(&self, bytes: &mut Vec<u8>) {
        let Likeness { relation, similarity } = self.closest;
        let place = RELATIONS.iter().position(|known| *known == relation).unwrap_or_default();
        bytes.extend_from_slice(&(place as u32).to_le_bytes());
        bytes.extend_from_slice(&similarity.to_bits().to_le_bytes());
        self.text.put(bytes);
        self.root.put(bytes);
    }

    #[inline]
    fn get(mut bytes: Bytes<'_>) -> Self {
        let relation = RELATIONS.get(bytes.u32() as usize).copied().unwrap_or(Relation::Exact);
        let closest = Likeness { relation, similarity: f64::from_bits(bytes.u64()) };
        let Bytes(texts) = bytes;
        let (text, root) = texts.split_at(Ranked::BYTES.min(texts.len()));
        Joined { text: Ranked::get(Bytes(text)), root: Ranked::get(Bytes(root)), closest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn comes_back<E: Entry + PartialEq + std::fmt::Debug>(entry: E) {
        let mut bytes = Vec::new();
        entry.put(&mut bytes);
        assert_eq!(bytes.len(), E::BYTES);
        assert_eq!(entries::<E>(&bytes).collect::<Vec<_>>(), [entry]);
    }

    #[test]
    fn an_entry_comes_back_from_its_bytes() {
        let (id, other) = (TextId { part: 3, row: 70_000 }, TextId { part: 1, row: 5 });
        let text = Ranked { n_words: Reverse(300), hash: u128::MAX / 7, id };
        let root = Ranked { n_words: Reverse(301), hash: 12, id: other };
        comes_back(Band { key: u64::MAX / 3, text });
        comes_back(Print { key: 9 << 40, text: id, n_fingerprints: 77 });
        comes_back(Pair::of(id, other, 11));
        comes_back(Stands { text: id, for_text: Some(other) });
        comes_back(Stands { text: id, for_text: None });
        for relation in RELATIONS {
            comes_back(Joined { text, root, closest: Likeness { relation, similarity: 0.915 } });
        }
    }

    #[test]
    fn the_longest_text_goes_first() {
        let text = |n_words| Ranked { n_words: Reverse(n_words), hash: 7, id: TextId::default() };
        assert!(text(9) < text(8));
    }
}
