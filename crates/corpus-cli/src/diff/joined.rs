//! Two corpora or files of documents, joined document by document.

use super::spool;
use crate::{console::Console, failure::Failure};
use corpus_core::Document;
use std::{
    collections::HashMap,
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

/// A document of both files, or of one.
#[derive(Debug)]
pub(super) enum Pair {
    /// The same document, before and after.
    Both {
        /// Before.
        old: Box<Document>,
        /// After.
        new: Box<Document>,
    },
    /// A document that is there only before.
    Removed(Box<Document>),
    /// A document that is there only after.
    Added(Box<Document>),
}

impl Pair {
    /// The document, after where it is there.
    pub(super) fn document(&self) -> &Document {
        match self {
            Pair::Both { new, .. } => new,
            Pair::Removed(document) | Pair::Added(document) => document,
        }
    }
}

/// Two files of documents, joined by id, else by the place of the record.
///
/// As long as the files agree on the order they are read side by side. From the first difference on, the places of
/// the new documents that are left are indexed, and each old one looks up its partner.
pub(super) struct Joined {
    old: Documents,
    new: Documents,
    index: Option<Index>,
}

impl Joined {
    /// Opens both files.
    ///
    /// # Errors
    /// When one cannot be read.
    pub(super) fn open(old: &Path, new: &Path) -> Result<Self, Failure> {
        Ok(Joined { old: Documents::open(old)?, new: Documents::open(new)?, index: None })
    }

    /// Number of lines that hold no document.
    pub(super) const fn set_aside(&self) -> u64 {
        self.old.set_aside + self.new.set_aside
    }

    /// The next pair: in the order of the old file, then what only the new one has.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn next(&mut self, console: &Console) -> Result<Option<Pair>, Failure> {
        if self.index.is_none() {
            let begun = (self.old.offset, self.new.offset);
            let set_aside = (self.old.set_aside, self.new.set_aside);
            match (self.old.next(console)?, self.new.next(console)?) {
                (None, None) => return Ok(None),
                (Some(old), Some(new)) if are_same(&old, &new) => return Ok(Some(Pair::Both { old, new })),
                _ => {}
            }
            // Read again from here, this time through the index; the lines set aside were counted already.
            self.old.go_to(begun.0)?;
            self.new.go_to(begun.1)?;
            (self.old.set_aside, self.new.set_aside) = set_aside;
            self.index = Some(Index::of(&mut self.new, console)?);
        }
        let Some(index) = &mut self.index else { return Ok(None) };
        if let Some(old) = self.old.next(console)? {
            return Ok(Some(match index.take(&old) {
                None => Pair::Removed(old),
                Some(offset) => match self.new.at(offset)? {
                    Some(new) => Pair::Both { old, new },
                    None => Pair::Removed(old),
                },
            }));
        }
        match index.next_left() {
            None => Ok(None),
            Some(offset) => Ok(self.new.at(offset)?.map(Pair::Added)),
        }
    }
}

/// The keys a document can be found by: its id, else its place.
fn keys(document: &Document) -> [u64; 2] {
    let record = document.source.record.as_ref();
    [
        key(("id", document.id.as_str())),
        match &document.source.metadata.id {
            Some(id) => key(("own id", id)),
            None => key((
                "place",
                &document.source.uri,
                record.map(|place| place.index),
                record.map(|place| &place.id),
            )),
        },
    ]
}

fn key(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn are_same(old: &Document, new: &Document) -> bool {
    old.id == new.id || keys(old)[1] == keys(new)[1]
}

/// Where the documents of a file lie, by each of their keys. The same page twice has its keys twice: the first
/// before is the first after.
#[derive(Debug, Default)]
struct Index {
    offsets: Vec<(u64, bool)>,
    by_key: HashMap<(u64, u32), usize>,
    seen: HashMap<u64, u32>,
    left: usize,
}

impl Index {
    fn of(documents: &mut Documents, console: &Console) -> Result<Self, Failure> {
        let mut index = Index::default();
        let mut seen: HashMap<u64, u32> = HashMap::new();
        loop {
            let Some(document) = documents.next(console)? else { return Ok(index) };
            for key in keys(&document) {
                let times = seen.entry(key).or_default();
                index.by_key.insert((key, *times), index.offsets.len());
                *times += 1;
            }
            index.offsets.push((documents.begun, false));
        }
    }

    /// The offset of the partner of `old`, which is taken by it.
    fn take(&mut self, old: &Document) -> Option<u64> {
        let found = keys(old).map(|key| {
            let times = self.seen.entry(key).or_default();
            let found = self.by_key.get(&(key, *times)).copied();
            *times += 1;
            found
        });
        let (offset, taken) = found
            .into_iter()
            .flatten()
            .find(|entry| !self.offsets[*entry].1)
            .map(|entry| &mut self.offsets[entry])?;
        *taken = true;
        Some(*offset)
    }

    /// The next document that no old one has taken.
    fn next_left(&mut self) -> Option<u64> {
        while let Some((offset, taken)) = self.offsets.get(self.left) {
            self.left += 1;
            if !taken {
                return Some(*offset);
            }
        }
        None
    }
}

/// The documents of a JSON Lines file.
struct Documents {
    path: PathBuf,
    reader: BufReader<File>,
    line: Vec<u8>,
    /// Offset of the next line.
    offset: u64,
    /// Offset of the line that was read last.
    begun: u64,
    set_aside: u64,
}

impl Documents {
    fn open(path: &Path) -> Result<Self, Failure> {
        let file = spool::open(path)?;
        let reader = BufReader::with_capacity(1 << 18, file);
        Ok(Documents { path: path.to_owned(), reader, line: Vec::new(), offset: 0, begun: 0, set_aside: 0 })
    }

    /// The next document; a line that holds none is named and set aside.
    fn next(&mut self, console: &Console) -> Result<Option<Box<Document>>, Failure> {
        loop {
            self.begun = self.offset;
            if !self.read_line()? {
                return Ok(None);
            }
            if self.line.trim_ascii().is_empty() {
                continue;
            }
            match parse(&self.line) {
                Ok(document) => return Ok(Some(document)),
                Err(reason) => {
                    self.set_aside += 1;
                    if self.set_aside <= 10 || console.is_verbose() {
                        let (path, offset) = (self.path.display(), self.begun);
                        console
                            .warning(format_args!("set aside {path}, the line at byte {offset}: {reason}"));
                    }
                }
            }
        }
    }

    /// The document on the line that begins at `offset`.
    fn at(&mut self, offset: u64) -> Result<Option<Box<Document>>, Failure> {
        self.go_to(offset)?;
        self.read_line()?;
        Ok(parse(&self.line).ok())
    }

    fn go_to(&mut self, offset: u64) -> Result<(), Failure> {
        // A seek relative to the current position keeps what is buffered where it can.
        let distance = offset.wrapping_sub(self.offset).cast_signed();
        self.reader.seek_relative(distance).map_err(|error| self.failed(&error))?;
        self.offset = offset;
        Ok(())
    }

    fn read_line(&mut self) -> Result<bool, Failure> {
        self.line.clear();
        match self.reader.read_until(b'\n', &mut self.line) {
            Ok(length) => {
                self.offset += length as u64;
                Ok(length > 0)
            }
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn failed(&self, error: &std::io::Error) -> Failure {
        Failure::new(format_args!("read {} at byte {}: {error}", self.path.display(), self.offset))
    }
}

/// The document that a line holds, if its spans and parts hold.
fn parse(line: &[u8]) -> Result<Box<Document>, String> {
    let document: Box<Document> = serde_json::from_slice(line).map_err(|error| {
        // The line and column of the message are those within this one line.
        let message = error.to_string();
        let reason = message.split(" at line ").next().unwrap_or(&message);
        format!("not a document of `corpus parse`: {reason}")
    })?;
    for block in &document.blocks {
        if document.text.get(block.span.range()).is_none() || block.part >= document.parts.len() {
            let span = block.span;
            return Err(format!("the block [{}, {}] does not fit its document", span.start, span.end));
        }
    }
    Ok(document)
}
