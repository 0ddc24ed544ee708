//! A document on its way into a corpus: whether it is new, known, moved, told otherwise or to be left out.

use crate::{
    added::Added,
    address::{address, address_of},
    error::{Error, ErrorKind},
    writer::Writer,
};
use corpus_core::{Document, Source};
use rusqlite::params;

/// A document that is being added.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival<'a> {
    pub(crate) document: &'a Document,
    pub(crate) is_one_of_several: bool,
    pub(crate) address: Option<[u8; 16]>,
    /// Number of its record in the file.
    pub(crate) place: Option<u64>,
}

impl<'a> Arrival<'a> {
    pub(crate) fn new(document: &'a Document, is_one_of_several: bool) -> Self {
        let place = document.source.record.as_ref().map(|place| place.index);
        Arrival { document, is_one_of_several, address: address(document, is_one_of_several), place }
    }

    /// What its record calls itself.
    pub(crate) fn name(&self) -> Option<&'a str> {
        let source = &self.document.source;
        let of_place = source.record.as_ref().and_then(|place| place.id.as_deref());
        source.metadata.id.as_deref().or(of_place)
    }
}

/// What the manifest has of a document with the same id.
#[derive(Clone, Copy, Debug)]
struct Known {
    n: u64,
    input: u64,
    place: Option<u64>,
    address: Option<[u8; 16]>,
    has_left: bool,
    is_superseded: bool,
    is_purged: bool,
}

impl Writer {
    pub(crate) fn add_one(&mut self, document: &Document, is_one_of_several: bool) -> Result<Added, Error> {
        self.begin()?;
        let arrival = Arrival::new(document, is_one_of_several);
        let known = self.known(document)?;
        // The file's name is noted only where something of it is kept.
        match known {
            Some(known) if known.has_left && !known.is_superseded => return Ok(Added::Removed),
            Some(known) if !known.has_left => {}
            _ if self.was_removed(document, arrival.address, is_one_of_several)? => {
                return Ok(Added::Removed);
            }
            _ => {}
        }
        let input = self.manifest().input(&document.source.uri)?;
        match known {
            Some(known) if known.has_left => self.add_left(known, input, arrival),
            Some(known) => self.add_current(known, input, arrival),
            None => self.add_new(input, arrival),
        }
    }

    fn known(&self, document: &Document) -> Result<Option<Known>, Error> {
        let query = "SELECT n, part, input, place, left, superseded_by, address FROM documents WHERE id = ?1";
        self.manifest().option(query, [document.id.as_str()], |row| {
            Ok(Known {
                n: row.get(0)?,
                is_purged: row.get::<_, Option<u64>>(1)?.is_none(),
                input: row.get(2)?,
                place: row.get(3)?,
                has_left: row.get::<_, Option<u64>>(4)?.is_some(),
                is_superseded: row.get::<_, Option<String>>(5)?.is_some(),
                address: row.get(6)?,
            })
        })
    }

    fn add_new(&mut self, input: u64, arrival: Arrival<'_>) -> Result<Added, Error> {
        let Arrival { document, is_one_of_several, address, place } = arrival;
        let told = match self.told_before(input, &arrival)? {
            Some(_) if arrival.says_nothing() => return Ok(Added::Known),
            told => told,
        };
        if self.record_was_removed(input, &arrival)? {
            return Ok(Added::Removed);
        }
        let superseded = self.supersede(&arrival)? + self.supersede_told(told, document)?;
        let Some(row) = self.push(document)? else { return Ok(Added::Known) };
        self.manifest().execute(
            "INSERT INTO documents (id, part, row, input, place, name, address, run, added, content) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                document.id.as_str(),
                row.part,
                row.row,
                input,
                place,
                arrival.name(),
                address,
                self.run,
                self.snapshot() + 1,
                content(&document.source)
            ],
        )?;
        let n = self.manifest().one("SELECT n FROM documents WHERE id = ?1", [document.id.as_str()])?;
        self.note_pages(n, document, is_one_of_several)?;
        Ok(Added::New { superseded })
    }

    fn add_current(&mut self, known: Known, input: u64, arrival: Arrival<'_>) -> Result<Added, Error> {
        if known.address == arrival.address {
            self.confirm(known.n, arrival.address)?;
        } else if self.stands_from(input, arrival.address)? {
            self.supersede(&arrival)?;
        }
        if (known.input, known.place) == (input, arrival.place) {
            return Ok(Added::Known);
        }
        let is_moved = match input == known.input {
            true => self.is_displaced(known.n, input, (known.place, arrival.place))?,
            false => self.is_gone(known.input)?,
        };
        if is_moved {
            self.put(known.n, input, &arrival.document.source, arrival.address)?;
            let statement = "UPDATE documents SET added = ?1 WHERE n = ?2";
            self.manifest().execute(statement, params![self.snapshot() + 1, known.n])?;
            return Ok(Added::Moved);
        }
        self.add_source(known.n, input, arrival)
    }

    /// Adds a document that another had superseded. What is read again where it was is news only if the same input has
    /// said something else since, or says both now.
    fn add_left(&mut self, known: Known, input: u64, arrival: Arrival<'_>) -> Result<Added, Error> {
        let is_same_place = (known.input, known.place) == (input, arrival.place);
        let told = match self.told_before(input, &arrival)? {
            Some(_) if arrival.says_nothing() => return Ok(Added::Known),
            told => told,
        };
        let is_news = !is_same_place
            || told.is_some()
            || self.stands_from(input, arrival.address)?
            || self.stands_beside(known.n, input)?;
        if !is_news {
            return Ok(Added::Known);
        }
        let superseded = self.supersede(&arrival)? + self.supersede_told(told, arrival.document)?;
        self.revive(known, input, arrival)?;
        Ok(Added::New { superseded })
    }

    /// Whether the document that is current at an address came from this input in an earlier build.
    fn stands_from(&self, input: u64, address: Option<[u8; 16]>) -> Result<bool, Error> {
        let query = "SELECT count(*) FROM documents \
                     WHERE address = ?1 AND input = ?2 AND run < ?3 AND left IS NULL";
        let n: u64 = self.manifest().one(query, params![address, input, self.run])?;
        Ok(n > 0)
    }

    /// Takes note that a current document was read in this build too, where it shares its address with others: what
    /// the same input says at the same address supersedes it no more than they do.
    fn confirm(&self, n: u64, address: Option<[u8; 16]>) -> Result<(), Error> {
        let statement = "UPDATE documents SET run = ?1 WHERE n = ?2 AND run < ?1 AND EXISTS \
                         (SELECT 1 FROM documents WHERE address = ?3 AND n <> ?2 AND left IS NULL)";
        self.manifest().execute(statement, params![self.run, n, address]).map(|_| ())
    }

    /// Whether a document was superseded in this build by another record of the same input, and the input still has
    /// both: records may share an address.
    fn stands_beside(&self, n: u64, input: u64) -> Result<bool, Error> {
        let query = "SELECT count(*) FROM documents old JOIN documents new ON new.id = old.superseded_by \
                     WHERE old.n = ?1 AND old.input = ?2 AND new.input = ?2 AND new.run = ?3 AND new.left IS NULL";
        let n: u64 = self.manifest().one(query, params![n, input, self.run])?;
        Ok(n > 0)
    }

    /// Makes the documents of earlier builds at this address leave, but those that lie elsewhere too: they stay, at the
    /// other place.
    fn supersede(&mut self, arrival: &Arrival<'_>) -> Result<u64, Error> {
        // What the first build found is superseded by none of its own.
        let Some(address) = arrival.address.filter(|_| self.run > 1) else { return Ok(0) };
        let id = arrival.document.id.as_str();
        let elsewhere = "SELECT n, also.input, also.source FROM documents JOIN also ON document = n \
                         WHERE address = ?1 AND run < ?2 AND left IS NULL AND id <> ?3 \
                         ORDER BY n, also.input, also.place";
        let stay = self.manifest().all(elsewhere, params![address, self.run, id], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?, row.get::<_, String>(2)?))
        })?;
        let mut last = None;
        for (n, input, source) in stay {
            let Ok(source) = serde_json::from_str::<Source>(&source) else { continue };
            let other = address_of(&source, arrival.is_one_of_several);
            // At its URL a page lies once, in however many files it was found.
            if other != Some(address) && last != Some(n) {
                self.put(n, input, &source, other)?;
                last = Some(n);
            }
        }
        let statement = "UPDATE documents SET left = ?1, superseded_by = ?2 \
                         WHERE address = ?3 AND run < ?4 AND left IS NULL AND id <> ?2";
        let values = params![self.snapshot() + 1, id, address, self.run];
        Ok(self.manifest().execute(statement, values)? as u64)
    }

    /// Makes a document current again that another had superseded: the page is as it was before.
    fn revive(&mut self, known: Known, input: u64, arrival: Arrival<'_>) -> Result<(), Error> {
        let Arrival { document, address, is_one_of_several, place } = arrival;
        if known.is_purged {
            let Some(row) = self.push(document)? else { return Ok(()) };
            let values = params![row.part, row.row, arrival.name(), known.n];
            let statement = "UPDATE documents SET part = ?1, row = ?2, name = ?3 WHERE n = ?4";
            self.manifest().execute(statement, values)?;
        }
        if (known.input, known.place) != (input, place) {
            self.put(known.n, input, &document.source, address)?;
        }
        let statement = "UPDATE documents SET left = NULL, superseded_by = NULL, added = ?1, run = ?2, address = ?3 \
                         WHERE n = ?4";
        self.manifest().execute(statement, params![self.snapshot() + 1, self.run, address, known.n])?;
        self.note_pages(known.n, document, is_one_of_several)
    }

    fn add_source(&mut self, n: u64, input: u64, arrival: Arrival<'_>) -> Result<Added, Error> {
        let json = self.written(&arrival.document.source)?;
        let statement = "INSERT OR IGNORE INTO also VALUES (?1, ?2, ?3, ?4)";
        let n_new = self.manifest().execute(statement, params![n, input, in_also(arrival.place), json])?;
        Ok(if n_new > 0 { Added::Again } else { Added::Known })
    }

    /// A source as the manifest keeps it.
    pub(crate) fn written(&self, source: &Source) -> Result<String, Error> {
        serde_json::to_string(source)
            .map_err(|error| Error::new(ErrorKind::Io, self.manifest().path(), "write", error))
    }
}

/// Number of a record as the table of further sources has it.
pub(crate) fn in_also(place: Option<u64>) -> i64 {
    place.map_or(-1, |place| i64::try_from(place).unwrap_or(i64::MAX))
}

/// What tells that two documents were made of the same bytes.
pub(crate) fn content(source: &Source) -> Option<[u8; 16]> {
    u128::from_str_radix(source.blake3.get(..32)?, 16).ok().map(u128::to_be_bytes)
}
