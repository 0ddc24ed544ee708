//! A sketch: what is computed of one text, on any thread, before texts are compared.

use crate::{
    basis::Basis,
    block_key::BlockKey,
    fingerprints::fingerprints,
    fold::{Words, hash_of},
    shingles::each_shingle,
    signature::Signature,
    text_key::TextKey,
};
use corpus_core::{Block, Document};

/// What is computed of one text before texts are compared: its words, and the keys under which it meets others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Hash of all words.
    pub(crate) hash: u128,
    /// Number of words.
    pub(crate) n_words: u32,
    /// The words; none where only exact copies are wanted.
    pub(crate) words: Vec<u32>,
    /// Keys of the signature's bands.
    pub(crate) bands: Vec<u64>,
    /// Fingerprints, ascending.
    pub(crate) fingerprints: Vec<u64>,
    /// Keys of the blocks.
    pub(crate) blocks: Vec<BlockKey>,
}

impl Sketch {
    /// The sketch of a text that is these pieces, one after the other.
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        Sketch::of_words(Words::of_all(pieces))
    }

    /// The sketch of a document's whole text, and the [`TextKey`] of each of its blocks, which costs little beside it.
    pub fn of_page(document: &Document) -> (Self, Vec<TextKey>) {
        let spans = document.blocks.iter().map(|block| block.span);
        let (words, blocks) = Words::with_spans(&document.text, spans);
        (Sketch::of_words(words), blocks.into_iter().map(TextKey::from).collect())
    }

    fn of_words(Words { hashes, hash }: Words) -> Self {
        let mut shingles = Vec::with_capacity(hashes.len());
        each_shingle(&hashes, |shingle| shingles.push(shingle));
        Sketch {
            hash,
            n_words: hashes.len().try_into().unwrap_or(u32::MAX),
            bands: Signature::of(&shingles).iter().flat_map(Signature::bands).collect(),
            fingerprints: fingerprints(&shingles),
            words: hashes,
            blocks: Vec::new(),
        }
    }

    /// The sketch of a text of which only exact copies are wanted: faster, and a few bytes.
    pub fn exact<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let (hash, n_words) = hash_of(pieces);
        Sketch {
            hash,
            n_words: n_words.try_into().unwrap_or(u32::MAX),
            words: Vec::new(),
            bands: Vec::new(),
            fingerprints: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// Hash of all words: equal words, equal hash.
    pub const fn hash(&self) -> u128 {
        self.hash
    }

    /// The words, each a hash; none of a sketch for exact copies.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// Number of words.
    pub const fn n_words(&self) -> u32 {
        self.n_words
    }

    /// Keys of the signature's bands: texts that have one in common are compared.
    pub fn bands(&self) -> &[u64] {
        &self.bands
    }

    /// Fingerprints, ascending: clusters whose first texts have enough in common are compared.
    pub fn fingerprints(&self) -> &[u64] {
        &self.fingerprints
    }

    /// The sketch of a document: of the text that `basis` names, with the document's blocks.
    pub fn of_document(document: &Document, basis: Basis) -> Self {
        Sketch::of(basis.pieces(document)).blocks_of(document)
    }

    /// The same sketch with the blocks of body text of the document's articles.
    pub fn blocks_of(self, document: &Document) -> Self {
        let is_compared = |block: &&Block| block.role.is_body() && document.part_of(block).kind.is_article();
        document
            .blocks
            .iter()
            .filter(is_compared)
            .fold(self, |sketch, block| sketch.block(document.slice(block)))
    }

    /// The same sketch with a block of the document; blocks of fewer than [`LEAST_BLOCK`](crate::LEAST_BLOCK) characters are left out.
    pub fn block(mut self, text: &str) -> Self {
        self.blocks.extend(BlockKey::of(text));
        self
    }
}
