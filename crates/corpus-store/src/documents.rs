//! The documents of a corpus, one after the other.

use crate::{
    error::Error,
    reader::{Reader, Spot},
};
use corpus_core::Document;
use corpus_format::{Joined, Part};
use std::vec;

/// The current documents of a corpus in the order in which they came, each read when it is asked for.
///
/// In a directory some 64 documents are in memory at a time. After an error there are no more.
pub struct Documents<'a> {
    way: Way<'a>,
    /// Layers of annotations that come along; all where it is `None`.
    layers: Option<&'static [&'static str]>,
    decided: bool,
    choice: Chosen,
}

/// Which documents of a directory.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Chosen {
    /// Snapshot after which they became current.
    pub(crate) since: u64,
    /// Whether those are wanted too that are not current, as long as their bytes are there.
    pub(crate) left: bool,
}

/// Where they come from.
enum Way<'a> {
    Memory(std::slice::Iter<'a, Document>),
    Directory { reader: &'a Reader, parts: vec::IntoIter<Part>, current: Option<Current> },
}

/// The part that is read now.
struct Current {
    documents: Joined,
    spots: vec::IntoIter<Spot>,
}

impl<'a> Documents<'a> {
    pub(crate) fn in_memory(documents: &'a [Document]) -> Self {
        Documents {
            way: Way::Memory(documents.iter()),
            layers: None,
            decided: true,
            choice: Chosen::default(),
        }
    }

    pub(crate) fn in_directory(reader: &'a Reader, parts: Vec<Part>) -> Self {
        let way = Way::Directory { reader, parts: parts.into_iter(), current: None };
        Documents { way, layers: None, decided: true, choice: Chosen::default() }
    }

    /// The same documents without their annotations, which need not be read then. By default they come along.
    pub const fn without_annotations(self) -> Self {
        self.with_layers(&[])
    }

    /// The same documents with annotations of these layers alone.
    pub const fn with_layers(mut self, layers: &'static [&'static str]) -> Self {
        self.layers = Some(layers);
        self
    }

    /// Only documents that became current after `snapshot`. By default all; in memory all whatever it says.
    pub const fn added_since(mut self, snapshot: u64) -> Self {
        self.choice.since = snapshot;
        self
    }

    /// As they were annotated, whatever was decided since.
    pub(crate) const fn undecided(mut self) -> Self {
        self.decided = false;
        self
    }

    /// Those too that are not current, where `left` says so.
    pub(crate) const fn with_left(mut self, left: bool) -> Self {
        self.choice.left = left;
        self
    }

    fn next_in_directory(&mut self) -> Result<Option<Document>, Error> {
        let Way::Directory { reader, parts, current } = &mut self.way else { return Ok(None) };
        loop {
            if let Some(current) = current
                && let Some(mut document) = current.next()?
            {
                if self.decided {
                    reader.decide(&mut document);
                }
                return Ok(Some(document));
            }
            let Some(part) = parts.next() else { return Ok(None) };
            *current = Some(Current::begin(reader, &part, self.choice, self.layers)?);
        }
    }
}

impl Current {
    fn begin(reader: &Reader, part: &Part, chosen: Chosen, layers: Option<&[&str]>) -> Result<Self, Error> {
        let spots = reader.spots(part.number, chosen)?;
        let rows: Vec<u32> = spots.iter().map(|spot| spot.row).collect();
        let rows = (rows.len() as u64 != part.rows).then_some(rows);
        let is_wanted = |part: &&Part| {
            let name = part.layer.as_ref().map_or("", |layer| &*layer.name);
            !spots.is_empty() && layers.is_none_or(|layers| layers.contains(&name))
        };
        let layers = reader
            .annotation_parts(part.number)
            .filter(is_wanted)
            .map(|part| Ok((part.layer.as_ref().map_or("", |layer| &*layer.name), reader.table(part)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        let layers = layers.iter().map(|(name, table)| (*name, &**table));
        Ok(Current {
            documents: Joined::open(&*reader.table(part)?, layers, rows)?,
            spots: spots.into_iter(),
        })
    }

    fn next(&mut self) -> Result<Option<Document>, Error> {
        let Some(document) = self.documents.next() else { return Ok(None) };
        let mut document = document?;
        if let Some(Spot { source, also, .. }) = self.spots.next() {
            document.source = source.unwrap_or(document.source);
            document.also.extend(also);
        }
        Ok(Some(document))
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Way::Memory(documents) = &mut self.way {
            let mut document = documents.next()?.clone();
            if let Some(layers) = self.layers {
                document.annotations.retain(|annotation| layers.contains(&&*annotation.layer));
            }
            return Some(Ok(document));
        }
        let next = self.next_in_directory();
        if next.is_err() {
            self.way = Way::Memory([].iter());
        }
        next.transpose()
    }
}

impl std::fmt::Debug for Documents<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents")
            .field("layers", &self.layers)
            .field("choice", &self.choice)
            .finish_non_exhaustive()
    }
}
