//! Links at rest: what local ids of documents stand for, and the entities they point at.

use crate::{error::Error, writer::Writer};
use corpus_format::{
    Choice, EntityRow, LinkRow, Part, Table, TableReader, TableWriter, entities_of, entity_batch, link_batch,
    links_of,
};
use rusqlite::params;
use std::{fs::File, path::PathBuf, sync::Arc};

/// Rows that are written at a time.
const ROWS: usize = 1 << 16;

/// The links of one snapshot, to be read when they are asked for, whatever others write meanwhile.
#[derive(Clone, Debug, Default)]
pub struct LinksAtRest {
    directory: PathBuf,
    parts: Vec<Part>,
    next: u64,
    is_current: bool,
    _lock: Option<Arc<File>>,
}

impl LinksAtRest {
    pub(crate) fn new(
        directory: PathBuf,
        parts: impl Iterator<Item = Part>,
        next: u64,
        is_current: bool,
        lock: Option<Arc<File>>,
    ) -> Self {
        let parts = parts.filter(|part| matches!(part.table, Table::Links | Table::Entities)).collect();
        LinksAtRest { directory, parts, next, is_current, _lock: lock }
    }

    /// Whether they are those of the documents as they are now. Else there are documents without links, or links of
    /// documents that are gone.
    pub const fn is_current(&self) -> bool {
        self.is_current
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The number of the next new corpus-wide id; none below it is ever given again.
    pub const fn next_number(&self) -> u64 {
        if self.next == 0 { 1 } else { self.next }
    }

    /// Hands each link to `sink`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn each(&self, mut sink: impl FnMut(LinkRow)) -> Result<(), Error> {
        for part in self.parts.iter().filter(|part| part.table == Table::Links) {
            let table = TableReader::open(&self.directory.join(&part.path), part.table)?;
            for batch in table.batches(Choice::All, None)? {
                links_of(&batch?)?.into_iter().for_each(&mut sink);
            }
        }
        Ok(())
    }

    /// The links of all documents.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn all(&self) -> Result<Vec<LinkRow>, Error> {
        let mut rows = Vec::new();
        self.each(|row| rows.push(row))?;
        Ok(rows)
    }

    /// The entities that links point at, and the ids that were merged into others.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn entities(&self) -> Result<Vec<EntityRow>, Error> {
        let mut rows = Vec::new();
        for part in self.parts.iter().filter(|part| part.table == Table::Entities) {
            let table = TableReader::open(&self.directory.join(&part.path), part.table)?;
            for batch in table.batches(Choice::All, None)? {
                rows.extend(entities_of(&batch?)?);
            }
        }
        Ok(rows)
    }
}

impl Writer {
    /// Whether the links are those of the documents and decisions as they are now.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn has_links(&self) -> Result<bool, Error> {
        self.manifest().has_links()
    }

    /// Puts these links and entities in the place of those before, and takes note of each id, so that none is given
    /// again.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn set_links(
        &mut self,
        links: impl Iterator<Item = LinkRow>,
        entities: impl Iterator<Item = EntityRow>,
    ) -> Result<(), Error> {
        self.change(|writer, snapshot| {
            let mut parts =
                writer.replace(Table::Links, |file| write(file, links, link_batch, |_| Ok(())))?;
            let manifest = writer.manifest();
            let note = |row: &EntityRow| {
                let Some((kind, number)) = letter_and_number(&row.corpus_id) else { return Ok(()) };
                let to = row.redirected_to.as_deref().and_then(letter_and_number).map(|(_, number)| number);
                let statement = "INSERT OR REPLACE INTO corpus_ids VALUES (?1, ?2, ?3)";
                manifest.execute(statement, params![number, kind, to]).map(|_| ())
            };
            let number = parts.first().map_or(writer.next_part(), |part| part.number);
            parts.extend(
                writer
                    .replace_as(Table::Entities, number, |file| write(file, entities, entity_batch, note))?,
            );
            manifest.set_meta("links", snapshot)?;
            writer.ids_are_given_back()?;
            Ok(((), parts))
        })
    }
}

/// Writes rows, some at a time; each is shown to `note` first.
pub(crate) fn write<T>(
    file: &mut TableWriter,
    mut rows: impl Iterator<Item = T>,
    batch: impl Fn(&[T]) -> Result<arrow_array::RecordBatch, corpus_format::Error>,
    note: impl Fn(&T) -> Result<(), Error>,
) -> Result<(), Error> {
    loop {
        let some: Vec<T> = rows.by_ref().take(ROWS).collect();
        if some.is_empty() {
            return Ok(());
        }
        some.iter().try_for_each(&note)?;
        file.write(&batch(&some)?)?;
    }
}

/// The letter of a corpus-wide id and its number.
fn letter_and_number(id: &str) -> Option<(&str, u64)> {
    let (letter, number) = id.split_at_checked(1)?;
    Some((letter, number.parse().ok()?))
}
