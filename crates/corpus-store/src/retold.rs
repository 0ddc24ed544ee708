//! Records that are told again: the same bytes at the same place, with other metadata than before.

use crate::{
    adding::{Arrival, content},
    called::Among,
    error::Error,
    writer::Writer,
};
use corpus_core::Document;
use rusqlite::params;

impl Arrival<'_> {
    /// Whether it has neither address nor date: it takes nothing away from what was said of the page before.
    pub(crate) fn says_nothing(&self) -> bool {
        let metadata = &self.document.source.metadata;
        let is_named = metadata.id.is_some() && self.place.is_none();
        metadata.url.is_none() && metadata.date.is_none() && !is_named
    }
}

impl Writer {
    /// The current document that an earlier build made of the same bytes of the same record: a sidecar gives it another
    /// address or date by now. The record is the file, or has a name in it; where several are called so, it is none.
    pub(crate) fn told_before(&self, input: u64, arrival: &Arrival<'_>) -> Result<Option<u64>, Error> {
        let found = self.told("left IS NULL", input, arrival)?;
        Ok(<[u64; 1]>::try_from(found).ok().map(|[n]| n))
    }

    /// Whether the same record with the same bytes was removed, when it had other metadata.
    pub(crate) fn record_was_removed(&self, input: u64, arrival: &Arrival<'_>) -> Result<bool, Error> {
        self.told(Among::Removed.condition(), input, arrival).map(|found| !found.is_empty())
    }

    fn told(&self, condition: &str, input: u64, arrival: &Arrival<'_>) -> Result<Vec<u64>, Error> {
        let Arrival { document, is_one_of_several, place, .. } = arrival;
        if self.run < 2 || *is_one_of_several || place.is_some() && arrival.name().is_none() {
            return Ok(Vec::new());
        }
        let record = if place.is_some() { "place IS NOT NULL AND name = ?3" } else { "place IS NULL" };
        let query = format!(
            "SELECT n FROM documents WHERE input = ?1 AND content = ?2 AND {record} AND {condition} \
             AND run < ?4 AND id <> ?5 LIMIT 2"
        );
        let content = content(&document.source);
        let values = params![input, content, arrival.name(), self.run, document.id.as_str()];
        self.manifest().all(&query, values, |row| row.get(0))
    }

    /// Makes a document leave whose record says more by now.
    pub(crate) fn supersede_told(&self, told: Option<u64>, by: &Document) -> Result<u64, Error> {
        let Some(n) = told else { return Ok(0) };
        let statement = "UPDATE documents SET left = ?1, superseded_by = ?2 WHERE n = ?3 AND left IS NULL";
        let values = params![self.snapshot() + 1, by.id.as_str(), n];
        Ok(self.manifest().execute(statement, values)? as u64)
    }
}
