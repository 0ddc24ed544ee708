//! Documents joined with their annotations, as both lie in parts of one number.

use crate::{
    annotations::{LayerRow, annotations_of},
    documents::documents_of,
    error::Error,
    table_reader::{Choice, TableReader},
};
use corpus_core::{Annotation, Document};
use std::{iter::Peekable, vec};

/// Documents of one part joined with their annotations, in the order of their rows; a few are in memory at a time.
pub struct Joined {
    batches: Box<dyn Iterator<Item = Result<Vec<Document>, Error>> + Send>,
    documents: vec::IntoIter<Document>,
    rows: Rows,
    layers: Vec<Layer>,
}

/// The rows still to come.
enum Rows {
    All(std::ops::RangeFrom<u32>),
    Some(vec::IntoIter<u32>),
}

/// The annotations of one layer in a part, in the order of its documents.
type Layer = Peekable<Box<dyn Iterator<Item = Result<LayerRow, Error>> + Send>>;

impl Joined {
    /// The documents in these rows of `documents`, all where none are named, with the annotations in `layers`, each
    /// with the name of its layer.
    ///
    /// # Errors
    /// When a file cannot be opened.
    pub fn open<'a>(
        documents: &TableReader,
        layers: impl IntoIterator<Item = (&'a str, &'a TableReader)>,
        rows: Option<Vec<u32>>,
    ) -> Result<Self, Error> {
        let choice = rows.as_deref().map_or(Choice::All, Choice::Rows);
        let batches = documents.batches(choice, None)?;
        let layers = layers.into_iter().map(|(name, table)| layer(name, table)).collect::<Result<_, _>>()?;
        Ok(Joined {
            batches: Box::new(batches.map(|batch| documents_of(&batch?))),
            documents: Vec::new().into_iter(),
            rows: rows.map_or(Rows::All(0..), |rows| Rows::Some(rows.into_iter())),
            layers,
        })
    }

    fn next_document(&mut self) -> Result<Option<Document>, Error> {
        let mut document = loop {
            match self.documents.next() {
                Some(document) => break document,
                None => match self.batches.next() {
                    Some(documents) => self.documents = documents?.into_iter(),
                    None => return Ok(None),
                },
            }
        };
        let row = match &mut self.rows {
            Rows::All(rows) => rows.next(),
            Rows::Some(rows) => rows.next(),
        };
        let mut found = Vec::new();
        for layer in &mut self.layers {
            let is_due =
                |next: &Result<LayerRow, Error>| next.as_ref().map_or(true, |next| Some(next.row) <= row);
            while let Some(next) = layer.next_if(is_due) {
                let next = next?;
                if Some(next.row) == row {
                    found.push(next);
                }
            }
        }
        document.annotations = in_order(found);
        Ok(Some(document))
    }
}

impl Iterator for Joined {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_document().transpose()
    }
}

impl std::fmt::Debug for Joined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Joined").field("layers", &self.layers.len()).finish_non_exhaustive()
    }
}

fn layer(name: &str, table: &TableReader) -> Result<Layer, Error> {
    let name = name.to_owned();
    let rows = table.batches(Choice::All, None)?.flat_map(move |batch| {
        let (rows, error) = match batch.and_then(|batch| annotations_of(&batch, &name)) {
            Ok(rows) => (rows, None),
            Err(error) => (Vec::new(), Some(Err(error))),
        };
        rows.into_iter().map(Ok).chain(error)
    });
    let rows: Box<dyn Iterator<Item = _> + Send> = Box::new(rows);
    Ok(rows.peekable())
}

/// The annotations of one document in their order.
pub fn in_order(mut rows: Vec<LayerRow>) -> Vec<Annotation> {
    rows.sort_by_key(|row| row.n);
    rows.into_iter().map(|row| row.annotation).collect()
}
