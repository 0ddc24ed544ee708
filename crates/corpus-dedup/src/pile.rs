//! A pile: the sketches of all documents, on disk, until the last one is there and they are compared.

use crate::{
    cluster::{Cluster, Member},
    error::Error,
    forest::Forest,
    label::Label,
    parted::{Entry, Parted},
    passage::{Passage, Passages},
    relation::{Likeness, Thresholds},
    shingles::Shingles,
    sketch::Sketch,
    spill::Spill,
};
use std::{
    cmp::Reverse,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// How copies are looked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    thresholds: Thresholds,
    folder: Option<PathBuf>,
}

impl Options {
    /// The defaults.
    pub fn new() -> Self {
        Options::default()
    }

    /// From when on two texts count as copies.
    pub const fn thresholds(mut self, thresholds: Thresholds) -> Self {
        self.thresholds = thresholds;
        self
    }

    /// The folder for temporary files; by default the system's.
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }
}

/// The sketches of all documents, until they are compared.
///
/// Of each document 48 bytes stay in memory; its words, keys and label go to temporary files: 4 bytes to a word, 12 to
/// each of 32 bands and to each fingerprint. While they are compared, each text takes some 28 bytes more, each thread
/// holds one of 256 parts of the keys, and each document that is in a cluster its label.
#[derive(Debug)]
pub struct Pile {
    options: Options,
    rows: Vec<Row>,
    words: Spill,
    labels: Spill,
    bands: Parted,
    fingerprints: Parted,
    passages: Passages,
}

/// What stays in memory of a document.
#[derive(Clone, Copy, Debug)]
struct Row {
    hash: u128,
    words_offset: u64,
    label_offset: u64,
    n_words: u32,
    label_len: u32,
    n_fingerprints: u32,
}

/// What was found: clusters of documents, and passages that documents share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Clusters of two or more documents, in the order of their survivors' ids.
    pub clusters: Vec<Cluster>,
    /// Blocks that stand in documents of more than one cluster, those with most characters first.
    pub passages: Vec<Passage>,
}

/// Neighbours that a text is compared with in a group that meets under a band's key: all where there are no more. They
/// stand in order of length, the longest first, then of hash.
pub const NEIGHBOURS: usize = 32;
/// Texts that meet under one fingerprint, at most, for it to say anything: a phrase that more have is a common one.
pub const RARE: usize = 16;
/// Share of the smaller text's fingerprints, one in so many, that two texts have in common to be compared.
pub const COMMON: usize = 8;

impl Pile {
    /// An empty pile.
    ///
    /// # Errors
    /// When there can be no temporary file.
    pub fn new(options: Options) -> Result<Self, Error> {
        let folder = options.folder.as_deref();
        Ok(Pile {
            rows: Vec::new(),
            words: Spill::new(folder)?,
            labels: Spill::new(folder)?,
            bands: Parted::new(folder)?,
            fingerprints: Parted::new(folder)?,
            passages: Passages::new(folder)?,
            options,
        })
    }

    /// Adds a document. The order in which documents come makes no difference to what is found.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    ///
    /// # Panics
    /// With more than 4 294 967 295 documents.
    pub fn add(&mut self, label: &Label, sketch: &Sketch) -> Result<(), Error> {
        let number = u32::try_from(self.rows.len()).expect("fewer documents than 2^32");
        let label = label.to_bytes();
        let mut words = Vec::with_capacity(4 * sketch.words.len());
        sketch.words.iter().for_each(|word| words.extend_from_slice(&word.to_le_bytes()));
        self.rows.push(Row {
            hash: sketch.hash,
            words_offset: self.words.append(&words)?,
            label_offset: self.labels.append(&label)?,
            n_words: sketch.n_words,
            label_len: label.len() as u32,
            n_fingerprints: sketch.fingerprints.len() as u32,
        });
        for &band in &sketch.bands {
            self.bands.push((band, number))?;
        }
        for &fingerprint in &sketch.fingerprints {
            self.fingerprints.push((fingerprint, number))?;
        }
        self.passages.add(number, &sketch.blocks)
    }

    /// Number of documents.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no document.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Compares the documents, on so many threads; their number makes no difference to what is found.
    ///
    /// # Errors
    /// When a temporary file cannot be read or written.
    pub fn compare(self, threads: NonZeroUsize) -> Result<Findings, Error> {
        let Pile { options, rows, mut words, mut labels, bands, fingerprints, passages } = self;
        words.flush()?;
        labels.flush()?;
        let texts = Texts { copies: copies(&rows), rows, words, thresholds: options.thresholds };
        let folder = options.folder.as_deref();
        let forest = Mutex::new(Forest::new(texts.rows.len() as u32));
        let near = texts.pairs(bands, threads, folder, |group, pairs| {
            texts.in_order(group);
            for (place, &text) in group.iter().enumerate() {
                let neighbours = group[place + 1..].iter().take(NEIGHBOURS);
                pairs.extend(neighbours.map(|&other| pair(text, other)));
            }
        })?;
        texts.join(near, threads, &forest, |_, _, _| true)?;
        let first = forest.into_inner().unwrap_or_else(PoisonError::into_inner);
        let roots: Vec<u32> = (0..texts.rows.len() as u32).map(|text| first.root(text)).collect();
        let related = texts.pairs(fingerprints, threads, folder, |group, pairs| {
            group.iter_mut().for_each(|text| *text = roots[*text as usize]);
            group.sort_unstable();
            group.dedup();
            if group.len() <= RARE {
                for (place, &text) in group.iter().enumerate() {
                    pairs.extend(group[place + 1..].iter().map(|&other| pair(text, other)));
                }
            }
        })?;
        drop(roots);
        let forest = Mutex::new(first);
        texts.join(related, threads, &forest, |a, b, common| {
            let least = texts.row(a).n_fingerprints.min(texts.row(b).n_fingerprints) as usize;
            common * COMMON >= least
        })?;
        let forest = forest.into_inner().unwrap_or_else(PoisonError::into_inner);
        let clusters = texts.clusters(&forest, &labels)?;
        let of = |text: u32| forest.root(texts.copies[text as usize]);
        let label = |text: u32| texts.label(text, &labels);
        let passages = passages.shared(threads, of, label)?;
        Ok(Findings { clusters, passages })
    }
}

/// The texts, and what comparing them takes.
struct Texts {
    rows: Vec<Row>,
    /// For each document one that has the same words and stands for all that have.
    copies: Vec<u32>,
    words: Spill,
    thresholds: Thresholds,
}

/// For each document one that has the same words, the same for all of these; itself where it has no words.
fn copies(rows: &[Row]) -> Vec<u32> {
    let mut by_hash: Vec<u32> = (0..rows.len() as u32).collect();
    by_hash.sort_unstable_by_key(|&text| (rows[text as usize].hash, text));
    let mut copies: Vec<u32> = (0..rows.len() as u32).collect();
    let same = |a: &u32, b: &u32| {
        let (a, b) = (&rows[*a as usize], &rows[*b as usize]);
        a.hash == b.hash && a.n_words > 0
    };
    for group in by_hash.chunk_by(same) {
        group.iter().for_each(|&text| copies[text as usize] = group[0]);
    }
    copies
}

/// Two different texts as a key. The lower number is turned round, so that its last bits choose the part.
const fn pair(a: u32, b: u32) -> u64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    ((low.reverse_bits() as u64) << 32) | high as u64
}

/// The two texts of a key.
const fn unpair(key: u64) -> (u32, u32) {
    (((key >> 32) as u32).reverse_bits(), key as u32)
}

impl Texts {
    fn row(&self, text: u32) -> &Row {
        &self.rows[text as usize]
    }

    /// What decides among texts with different words: the longer one goes first.
    fn rank(&self, text: u32) -> (Reverse<u32>, u128) {
        let row = self.row(text);
        (Reverse(row.n_words), row.hash)
    }

    fn in_order(&self, texts: &mut [u32]) {
        texts.sort_unstable_by_key(|&text| self.rank(text));
    }

    /// The pairs that `meet` makes of the texts that have a key in common, exact copies counted once.
    fn pairs(
        &self,
        keys: Parted,
        threads: NonZeroUsize,
        folder: Option<&Path>,
        meet: impl Fn(&mut Vec<u32>, &mut Vec<u64>) + Sync,
    ) -> Result<Parted, Error> {
        let all = Mutex::new(Parted::new(folder)?);
        keys.each_part(threads, |entries| {
            let mut group: Vec<u32> = Vec::new();
            let mut pairs: Vec<u64> = Vec::new();
            for same in entries.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
                group.clear();
                group.extend(same.iter().map(|&(_, text)| self.copies[text as usize]));
                group.sort_unstable();
                group.dedup();
                if group.len() > 1 {
                    meet(&mut group, &mut pairs);
                }
                if pairs.len() > 1 << 16 {
                    push_all(&all, &mut pairs)?;
                }
            }
            push_all(&all, &mut pairs)
        })?;
        Ok(all.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Compares the texts of each pair that is `worth` it, given how often the pair was made, and joins the copies.
    fn join(
        &self,
        pairs: Parted,
        threads: NonZeroUsize,
        forest: &Mutex<Forest>,
        worth: impl Fn(u32, u32, usize) -> bool + Sync,
    ) -> Result<(), Error> {
        pairs.each_part(threads, |entries| {
            let mut left = Open::default();
            let mut right = Open::default();
            for same in entries.chunk_by(|a, b| a.0 == b.0) {
                let (a, b) = unpair(same[0].0);
                let lengths = (self.row(a).n_words as usize, self.row(b).n_words as usize);
                if !worth(a, b, same.len()) || !self.thresholds.may_be_copies(lengths.0, lengths.1) {
                    continue;
                }
                left.open(a, self)?;
                right.open(b, self)?;
                let likeness = self
                    .thresholds
                    .compare_shingled((&left.words, &left.shingles), (&right.words, &right.shingles));
                if let Some(likeness) = likeness {
                    let goes_before = |a, b| self.rank(a) < self.rank(b);
                    let mut forest = forest.lock().unwrap_or_else(PoisonError::into_inner);
                    forest.join(a, b, likeness, goes_before);
                }
            }
            Ok(())
        })
    }

    fn words(&self, text: u32) -> Result<Vec<u32>, Error> {
        let row = self.row(text);
        let mut bytes = Vec::new();
        self.words.read(row.words_offset, 4 * row.n_words as usize, &mut bytes)?;
        let word = |word: &[u8]| word.iter().rev().fold(0, |sum, &byte| (sum << 8) | u32::from(byte));
        Ok(bytes.chunks_exact(4).map(word).collect())
    }

    fn label(&self, text: u32, labels: &Spill) -> Result<Label, Error> {
        let row = self.row(text);
        let mut bytes = Vec::new();
        labels.read(row.label_offset, row.label_len as usize, &mut bytes)?;
        Ok(Label::from_bytes(&bytes))
    }

    /// The clusters of the forest, exact copies with them, each with its survivor.
    fn clusters(&self, forest: &Forest, labels: &Spill) -> Result<Vec<Cluster>, Error> {
        let mut by_root: Vec<(u32, u32)> =
            self.copies.iter().zip(0..).map(|(&copy, text)| (forest.root(copy), text)).collect();
        by_root.sort_unstable();
        let mut clusters = Vec::new();
        for group in by_root.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let mut members = Vec::with_capacity(group.len());
            for &(_, text) in group {
                let row = self.row(text);
                members.push((Reverse(row.n_words), self.label(text, labels)?, row.hash, text));
            }
            members.sort_by(|a, b| {
                let key = |(words, label, hash, _): &(Reverse<u32>, Label, u128, u32)| {
                    (
                        *words,
                        label.date.is_none(),
                        label.date.clone(),
                        label.id.clone(),
                        *hash,
                        label.place.clone(),
                        label.document.clone(),
                    )
                };
                key(a).cmp(&key(b))
            });
            clusters.push(self.cluster(members, forest)?);
        }
        clusters.sort_by(|a, b| {
            let key = |cluster: &Cluster| {
                let survivor = cluster.survivor();
                (survivor.label.id.clone(), survivor.label.place.clone())
            };
            key(a).cmp(&key(b))
        });
        Ok(clusters)
    }

    /// The cluster of these members, the survivor first.
    fn cluster(
        &self,
        members: Vec<(Reverse<u32>, Label, u128, u32)>,
        forest: &Forest,
    ) -> Result<Cluster, Error> {
        let (survivor, survivor_hash) = members.first().map_or((0, 0), |member| (member.3, member.2));
        let mut survivors = Open::default();
        let mut copy = Open::default();
        let mut texts: Vec<u32> = members.iter().map(|member| self.copies[member.3 as usize]).collect();
        texts.sort_unstable();
        texts.dedup();
        let are_two = texts.len() == 2;
        let mut cluster = Cluster { members: Vec::with_capacity(members.len()) };
        for (place, (Reverse(words), label, hash, text)) in members.into_iter().enumerate() {
            let stands_for = self.copies[text as usize];
            let closest = || forest.closest(stands_for).unwrap_or(Likeness::EXACT);
            let likeness = if hash == survivor_hash {
                Likeness::EXACT
            } else if are_two {
                // Whatever joined the two is how they are related.
                closest()
            } else {
                survivors.open(survivor, self)?;
                copy.open(stands_for, self)?;
                self.thresholds
                    .compare_shingled((&survivors.words, &survivors.shingles), (&copy.words, &copy.shingles))
                    .unwrap_or_else(closest)
            };
            let Likeness { relation, similarity } = likeness;
            cluster.members.push(Member { label, words, relation, similarity, is_survivor: place == 0 });
        }
        // The survivor is told by its closest copy, not by itself.
        let closest = cluster.members[1..].iter().map(|member| (member.relation, member.similarity));
        let closest = closest.min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        if let (Some((relation, similarity)), Some(survivor)) = (closest, cluster.members.first_mut()) {
            (survivor.relation, survivor.similarity) = (relation, similarity);
        }
        Ok(cluster)
    }
}

fn push_all(all: &Mutex<Parted>, pairs: &mut Vec<u64>) -> Result<(), Error> {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    pairs.drain(..).try_for_each(|pair| {
        let entry: Entry = (pair, 0);
        all.push(entry)
    })
}

/// A text brought back from disk.
#[derive(Default)]
struct Open {
    text: Option<u32>,
    words: Vec<u32>,
    shingles: Shingles,
}

impl Open {
    /// Brings `text` back, unless it is the one that is here.
    fn open(&mut self, text: u32, texts: &Texts) -> Result<(), Error> {
        if self.text != Some(text) {
            self.words = texts.words(text)?;
            self.shingles = Shingles::of_hashes(&self.words);
            self.text = Some(text);
        }
        Ok(())
    }
}
