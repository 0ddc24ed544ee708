//! Compaction: small parts become large ones, and what was removed leaves no byte behind.

use crate::{corpus::Corpus, error::Error, purge::Erased, writer::Writer};
use corpus_core::{Document, DocumentId};
use corpus_format::{Batch, Layer, Part, Table};
use rusqlite::params;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Bytes of text that a part has after compaction.
const PART_BYTES: u64 = 256 << 20;

/// What compaction did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Files before.
    pub parts_before: u64,
    /// Files after.
    pub parts_after: u64,
    /// Bytes of these files before.
    pub bytes_before: u64,
    /// Bytes of these files after.
    pub bytes_after: u64,
    /// Documents whose bytes are gone for good.
    pub purged: u64,
}

impl Writer {
    /// Writes all parts anew, as few and large ones, in one snapshot. With `purge`, documents that were removed or
    /// superseded leave no byte behind: no text, no name, no word that a decision keeps, no source that has text of
    /// theirs which no current document has. Entities have lost their names then; links are to be made anew.
    ///
    /// Files are taken away once no process reads the snapshots that have them.
    ///
    /// # Errors
    /// When the corpus cannot be read or written; it is as it was then.
    pub fn compact(&mut self, purge: bool) -> Result<Compacted, Error> {
        self.commit()?;
        let corpus = Corpus::open(self.directory())?;
        let rest = corpus.links()?;
        let sum = |parts: &[Part]| (parts.len() as u64, parts.iter().map(|part| part.bytes).sum::<u64>());
        let compacted = self.change(|writer, snapshot| {
            let before = writer.manifest().parts()?;
            let erased = if purge { writer.erase(&corpus, snapshot)? } else { Erased::default() };
            let mut packing = Packing::new(writer, Layers::default());
            packing.without = erased.sources;
            packing.pack_all(&corpus, &before, purge)?;
            let number = packing.number + 1;
            let mut parts = packing.finish()?;
            if purge && !rest.is_empty() {
                parts.extend(writer.links_without_names(&rest, number)?);
            }
            writer.forget_parts()?;
            let kept: Vec<Part> = writer.manifest().parts()?;
            let (parts_before, bytes_before) = sum(&before);
            let (parts_after, bytes_after) = sum(&parts);
            let (kept_parts, kept_bytes) = sum(&kept);
            parts.sort_by(|a, b| a.path.cmp(&b.path));
            let compacted = Compacted {
                parts_before,
                parts_after: parts_after + kept_parts,
                bytes_before,
                bytes_after: bytes_after + kept_bytes,
                purged: erased.n_documents,
            };
            Ok((compacted, parts))
        })?;
        drop(corpus);
        if purge {
            self.sweep()?;
        }
        Ok(compacted)
    }

    /// Takes all parts out of the manifest that hold documents, annotations or sources.
    pub(crate) fn forget_parts(&self) -> Result<(), Error> {
        let statement = "DELETE FROM parts WHERE kind NOT IN ('links', 'entities', 'clusters')";
        self.manifest().execute(statement, []).map(|_| ())
    }
}

/// The layers of these parts: each in its oldest version, since one file has one; and which of them all parts have.
pub(crate) fn layers_of(parts: &[Part]) -> Layers {
    let mut layers = Layers::default();
    let mut n_parts: HashMap<&str, usize> = HashMap::new();
    for Layer { name, version } in parts.iter().filter_map(|part| part.layer.as_ref()) {
        let known = layers.versions.entry(name.clone()).or_insert(*version);
        *known = (*known).min(*version);
        *n_parts.entry(name).or_default() += 1;
    }
    let n_documents = parts.iter().filter(|part| part.table == Table::Documents).count();
    let everywhere = n_parts.into_iter().filter(|(_, count)| *count >= n_documents);
    layers.everywhere = everywhere.map(|(name, _)| name.to_owned()).collect();
    layers
}

/// Layers that documents have.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Layers {
    /// The version of each.
    pub(crate) versions: HashMap<String, u32>,
    /// Those that each part has a file of.
    pub(crate) everywhere: BTreeSet<String>,
}

/// Documents on their way into new parts.
pub(crate) struct Packing<'a> {
    writer: &'a Writer,
    layers: Layers,
    number: u64,
    /// Sources, by their BLAKE3, that are left out.
    without: HashSet<String>,
    batch: Option<Batch>,
    parts: Vec<Part>,
}

impl<'a> Packing<'a> {
    /// None yet; they will have these layers.
    pub(crate) fn new(writer: &'a Writer, layers: Layers) -> Self {
        Packing {
            writer,
            layers,
            number: writer.next_part(),
            without: HashSet::new(),
            batch: None,
            parts: Vec::new(),
        }
    }

    /// Packs all documents that still have a row, current or not, part by part. Documents that have other layers, or
    /// layers of other versions, do not share a part.
    fn pack_all(&mut self, corpus: &Corpus, before: &[Part], purge: bool) -> Result<(), Error> {
        self.writer.manifest().execute("DELETE FROM sources", [])?;
        let numbers = before.iter().filter(|part| part.table == Table::Documents).map(|part| part.number);
        for (number, run) in numbers.zip(corpus.runs()) {
            let parts: Vec<Part> = before.iter().filter(|part| part.number == number).cloned().collect();
            let layers = layers_of(&parts);
            if layers != self.layers {
                self.end_batch()?;
                self.layers = layers;
            }
            for document in run.with_left(!purge).undecided() {
                self.pack(corpus, document?)?;
            }
        }
        Ok(())
    }

    /// Packs a document of the corpus, with its source where that is kept.
    pub(crate) fn pack(&mut self, corpus: &Corpus, mut document: Document) -> Result<(), Error> {
        let blake3 = &document.source.blake3;
        let source = match self.without.contains(blake3) || self.is_kept(blake3)? {
            true => None,
            false => corpus.source_bytes(&document.source)?,
        };
        let (directory, number, layers) = (self.writer.directory(), self.number, &self.layers);
        let version = |name: &str| layers.versions.get(name).copied().unwrap_or(1);
        let batch = self.batch.get_or_insert_with(|| {
            let layer = |name: &String| Layer { name: name.clone(), version: version(name) };
            Batch::new(directory, number).with_layers(layers.everywhere.iter().map(layer))
        });
        // What the manifest adds to a document stays in the manifest.
        let also = self.writer.manifest().one::<u64>(
            "SELECT count(*) FROM also a JOIN documents d ON d.n = a.document WHERE d.id = ?1",
            [document.id.as_str()],
        )?;
        let n_own = document.also.len().saturating_sub(usize::try_from(also).unwrap_or_default());
        document.also.truncate(n_own);
        let row = batch.push(&document, version)?;
        let source_row = source.map(|bytes| batch.push_source(&document.source.blake3, bytes)).transpose()?;
        self.place(&document.id, row)?;
        if let Some(row) = source_row {
            let statement = "INSERT INTO sources VALUES (?1, ?2, ?3)";
            self.writer.manifest().execute(statement, params![document.source.blake3, self.number, row])?;
        }
        if self.batch.as_ref().is_some_and(|batch| batch.n_bytes() >= PART_BYTES) {
            self.end_batch()?;
        }
        Ok(())
    }

    fn is_kept(&self, blake3: &str) -> Result<bool, Error> {
        let n: u64 =
            self.writer.manifest().one("SELECT count(*) FROM sources WHERE blake3 = ?1", [blake3])?;
        Ok(n > 0)
    }

    fn place(&self, id: &DocumentId, row: u32) -> Result<(), Error> {
        let statement = "UPDATE documents SET part = ?1, row = ?2 WHERE id = ?3";
        self.writer.manifest().execute(statement, params![self.number, row, id.as_str()]).map(|_| ())
    }

    fn end_batch(&mut self) -> Result<(), Error> {
        if let Some(batch) = self.batch.take() {
            self.parts.extend(batch.finish()?);
            self.number += 1;
        }
        Ok(())
    }

    /// The parts.
    pub(crate) fn finish(mut self) -> Result<Vec<Part>, Error> {
        self.end_batch()?;
        Ok(self.parts)
    }
}
