//! Documents in a directory, as they are at one snapshot.

use crate::{
    decision::{Decision, Verdict},
    documents::Chosen,
    error::{Error, ErrorKind},
    links::LinksAtRest,
    lock::read_lock,
    manifest::{Manifest, document_id},
    split::split,
};
use corpus_core::{Document, DocumentId, Source};
use corpus_format::{
    Choice, ClusterRow, Layer, LayerRow, Part, Table, TableReader, annotations_of, clusters_of, documents_of,
    in_order, sources_of,
};
use std::{
    collections::{BTreeSet, HashMap},
    fs::File,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Descriptions of files that are kept in memory, at most.
const OPEN_TABLES: usize = 128;

/// Documents in a directory, as they are at one snapshot.
#[derive(Debug)]
pub(crate) struct Reader {
    directory: PathBuf,
    snapshot: u64,
    n_documents: u64,
    index_since: u64,
    parts: Vec<Part>,
    manifest: Mutex<Manifest>,
    tables: Mutex<HashMap<String, Arc<TableReader>>>,
    /// Decisions about annotations that are left out, certain or of another entity, by the document they are about now.
    decided: HashMap<DocumentId, Vec<Decision>>,
    lock: Option<Arc<File>>,
}

/// Where a current document lies, and what the manifest adds to it.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) row: u32,
    /// Where it lies now, where its file was moved since the row was written.
    pub(crate) source: Option<Source>,
    pub(crate) also: Vec<Source>,
}

impl Reader {
    pub(crate) fn open(directory: &Path) -> Result<Self, Error> {
        let lock = read_lock(directory);
        let manifest = Manifest::open_snapshot(directory)?;
        let mut decided: HashMap<DocumentId, Vec<Decision>> = HashMap::new();
        for decision in manifest.decisions()? {
            if matches!(decision.verdict, Verdict::Accept | Verdict::Reject | Verdict::Split)
                && let Some(document) = manifest.current(&decision.anchor.document)?
            {
                decided.entry(document).or_default().push(decision);
            }
        }
        Ok(Reader {
            directory: directory.to_owned(),
            snapshot: manifest.meta("snapshot")?,
            n_documents: manifest.one("SELECT count(*) FROM documents WHERE left IS NULL", [])?,
            index_since: manifest.index_since()?,
            parts: manifest.parts()?,
            manifest: Mutex::new(manifest),
            tables: Mutex::default(),
            decided,
            lock: lock.map(Arc::new),
        })
    }

    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    pub(crate) const fn snapshot(&self) -> u64 {
        self.snapshot
    }

    pub(crate) const fn n_documents(&self) -> u64 {
        self.n_documents
    }

    /// The snapshot that an index must be of at least.
    pub(crate) const fn index_since(&self) -> u64 {
        self.index_since
    }

    pub(crate) fn manifest(&self) -> MutexGuard<'_, Manifest> {
        self.manifest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The parts of the documents table, in the order in which the documents came.
    pub(crate) fn document_parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.table == Table::Documents)
    }

    /// The parts that hold annotations of the documents of part `number`.
    pub(crate) fn annotation_parts(&self, number: u64) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.table == Table::Annotations && part.number == number)
    }

    /// The layers that some document has annotations of.
    pub(crate) fn layers(&self) -> BTreeSet<Layer> {
        self.parts.iter().filter_map(|part| part.layer.clone()).collect()
    }

    /// The file of a part, opened.
    pub(crate) fn table(&self, part: &Part) -> Result<Arc<TableReader>, Error> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = tables.get(&part.path) {
            return Ok(Arc::clone(table));
        }
        if tables.len() >= OPEN_TABLES {
            tables.clear();
        }
        let table = Arc::new(TableReader::open(&self.directory.join(&part.path), part.table)?);
        tables.insert(part.path.clone(), Arc::clone(&table));
        Ok(table)
    }

    fn part(&self, table: Table, number: u64) -> Result<&Part, Error> {
        let part = self.parts.iter().find(|part| part.table == table && part.number == number);
        part.ok_or_else(|| {
            let manifest = self.manifest().path().to_owned();
            Error::new(
                ErrorKind::Damaged,
                &manifest,
                "read",
                format!("there is no part {number} of {}", table.as_str()),
            )
        })
    }

    /// The documents of part `number` that are chosen, in the order of their rows.
    pub(crate) fn spots(&self, number: u64, chosen: Chosen) -> Result<Vec<Spot>, Error> {
        let manifest = self.manifest();
        let moved = manifest.moved()?;
        let query = format!(
            "SELECT row, {moved} FROM documents \
             WHERE part = ?1 AND added > ?2 AND (left IS NULL OR ?3) ORDER BY row"
        );
        let rows: Vec<(u32, Option<String>)> =
            manifest.all(&query, rusqlite::params![number, chosen.since, chosen.left], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let query = "SELECT d.row, a.source FROM also a JOIN documents d ON d.n = a.document \
                     WHERE d.part = ?1 ORDER BY d.row, a.input, a.place";
        let mut also: HashMap<u32, Vec<Source>> = HashMap::new();
        for (row, json) in manifest.all(query, [number], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))? {
            also.entry(row).or_default().push(source(&manifest, &json)?);
        }
        let spot = |(row, moved): (u32, Option<String>)| {
            let source = moved.map(|json| source(&manifest, &json)).transpose()?;
            Ok(Spot { row, source, also: also.remove(&row).unwrap_or_default() })
        };
        rows.into_iter().map(spot).collect()
    }

    /// Tells apart what was split in a document, and leaves all else as it was annotated.
    pub(crate) fn split(&self, document: &mut Document) {
        for Decision { anchor, verdict, .. } in self.decided.get(&document.id).into_iter().flatten() {
            if matches!(verdict, Verdict::Split) {
                split(document, anchor);
            }
        }
    }

    /// Leaves out what was rejected of a document, makes certain what was accepted, and tells apart what was split.
    pub(crate) fn decide(&self, document: &mut Document) {
        self.split(document);
        let decisions = self.decided.get(&document.id).into_iter().flatten();
        // All places first: what is taken out moves those behind it.
        let mut rejected = BTreeSet::new();
        let mut accepted = Vec::new();
        for Decision { anchor, verdict, .. } in decisions {
            match (anchor.place(document), verdict) {
                (Some(at), Verdict::Reject) => drop(rejected.insert(at)),
                (Some(at), Verdict::Accept) => accepted.push(at),
                _ => {}
            }
        }
        accepted.into_iter().for_each(|at| document.annotations[at].confidence = 1.0);
        for at in rejected.into_iter().rev() {
            document.annotations.remove(at);
        }
    }

    /// The current document with this id, as decisions have it.
    pub(crate) fn document(&self, id: &DocumentId) -> Result<Option<Document>, Error> {
        let mut document = self.document_undecided(id)?;
        document.iter_mut().for_each(|document| self.decide(document));
        Ok(document)
    }

    /// The current document with this id, as it was annotated.
    pub(crate) fn document_undecided(&self, id: &DocumentId) -> Result<Option<Document>, Error> {
        let manifest = self.manifest();
        let moved = manifest.moved()?;
        let query = format!("SELECT n, part, row, {moved} FROM documents WHERE id = ?1 AND left IS NULL");
        let found = manifest.option(&query, [id.as_str()], |row| {
            let moved: Option<String> = row.get(3)?;
            Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?, row.get::<_, u32>(2)?, moved))
        })?;
        let Some((n, number, row, moved)) = found else { return Ok(None) };
        let moved = moved.map(|json| source(&manifest, &json)).transpose()?;
        let query = "SELECT source FROM also WHERE document = ?1 ORDER BY input, place";
        let also = manifest.all(query, [n], |row| row.get::<_, String>(0))?;
        let also = also.iter().map(|json| source(&manifest, json)).collect::<Result<Vec<_>, _>>()?;
        drop(manifest);
        let part = self.part(Table::Documents, number)?;
        let mut documents = Vec::new();
        for batch in self.table(part)?.batches(Choice::Rows(&[row]), None)? {
            documents.extend(documents_of(&batch?)?);
        }
        let Some(mut document) = documents.pop() else {
            let reason = format!("it has no row {row}");
            return Err(Error::new(ErrorKind::Damaged, &self.directory.join(&part.path), "read", reason));
        };
        document.source = moved.unwrap_or(document.source);
        document.also.extend(also);
        let mut rows = Vec::new();
        for part in self.annotation_parts(number) {
            rows.extend(self.annotations_of_row(part, row)?);
        }
        document.annotations = in_order(rows);
        Ok(Some(document))
    }

    /// The annotations of one document in a part: its rows are found in the column of rows, then read alone.
    fn annotations_of_row(&self, part: &Part, wanted: u32) -> Result<Vec<LayerRow>, Error> {
        let table = self.table(part)?;
        let layer = part.layer.as_ref().map_or("", |layer| &layer.name);
        let mut rows = Vec::new();
        let mut place = 0;
        'column: for batch in table.batches(Choice::All, Some(&["row"]))? {
            let batch = batch?;
            let column = batch.column_by_name("row").and_then(|column| column.as_any().downcast_ref());
            let column: Option<&arrow_array::UInt32Array> = column;
            for row in column.into_iter().flat_map(|column| column.values().iter()) {
                match row.cmp(&wanted) {
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Equal => rows.push(place),
                    std::cmp::Ordering::Greater => break 'column,
                }
                place += 1;
            }
        }
        let mut found = Vec::with_capacity(rows.len());
        if !rows.is_empty() {
            for batch in table.batches(Choice::Rows(&rows), None)? {
                found.extend(annotations_of(&batch?, layer)?);
            }
        }
        Ok(found)
    }

    /// Ids of the documents that are no longer current but may have been at `snapshot`.
    pub(crate) fn left_since(&self, snapshot: u64) -> Result<Vec<DocumentId>, Error> {
        let manifest = self.manifest();
        let ids = manifest
            .all("SELECT id FROM documents WHERE left > ?1 ORDER BY n", [snapshot], |row| row.get(0))?;
        ids.iter().map(|id: &String| document_id(manifest.path(), id)).collect()
    }

    /// The untouched bytes of the record that `source` describes; `None` where they were not kept.
    pub(crate) fn source_bytes(&self, source: &Source) -> Result<Option<Vec<u8>>, Error> {
        let query = "SELECT part, row FROM sources WHERE blake3 = ?1";
        let found = self
            .manifest()
            .option(query, [&source.blake3], |row| Ok((row.get::<_, u64>(0)?, row.get(1)?)))?;
        let Some((number, row)) = found else { return Ok(None) };
        let part = self.part(Table::Sources, number)?;
        for batch in self.table(part)?.batches(Choice::Rows(&[row]), None)? {
            if let Some(source) = sources_of(&batch?)?.pop() {
                return Ok(Some(source.bytes));
            }
        }
        Ok(None)
    }

    /// The members of all clusters of copies.
    pub(crate) fn clusters(&self) -> Result<Vec<ClusterRow>, Error> {
        let mut rows = Vec::new();
        for part in self.parts.iter().filter(|part| part.table == Table::Clusters) {
            for batch in self.table(part)?.batches(Choice::All, None)? {
                rows.extend(clusters_of(&batch?)?);
            }
        }
        Ok(rows)
    }

    /// The links of all documents, to be read when they are asked for.
    pub(crate) fn links(&self) -> Result<LinksAtRest, Error> {
        let (next, is_current) = {
            let manifest = self.manifest();
            (manifest.one("SELECT coalesce(max(number), 0) + 1 FROM corpus_ids", [])?, manifest.has_links()?)
        };
        let parts = self.parts.iter().cloned();
        Ok(LinksAtRest::new(self.directory.clone(), parts, next, is_current, self.lock.clone()))
    }
}

fn source(manifest: &Manifest, json: &str) -> Result<Source, Error> {
    serde_json::from_str(json).map_err(|error| Error::new(ErrorKind::Damaged, manifest.path(), "read", error))
}
