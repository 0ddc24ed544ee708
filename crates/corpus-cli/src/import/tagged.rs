//! A CoNLL-U file whose documents are found in any order: where each begins in it.

use crate::failure::Failure;
use corpus_export::conllu::{Homeless, Reader, Tagged, new_document};
use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

/// A CoNLL-U file whose documents are found by their ids.
pub(super) struct TaggedFile {
    file: File,
    /// Where each document stands, in the order of the file.
    stretches: Vec<Stretch>,
    by_id: HashMap<String, Vec<usize>>,
    /// The document in which the file ends within a row: its id and the number of its first line.
    cut: Option<(String, u64)>,
    /// Whether an empty line stands behind the last sentence.
    is_closed: bool,
}

/// The lines of a document.
struct Stretch {
    id: String,
    /// Number of its first line, from 1.
    line: u64,
    start: u64,
    end: u64,
    found: bool,
}

impl TaggedFile {
    /// Opens the file at `path` and looks through it once; "-" is standard input, which is put into a temporary file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::read(path, &error);
        let file = if path == Path::new("-") {
            let mut file = tempfile::tempfile().map_err(failed)?;
            io::copy(&mut io::stdin().lock(), &mut file).map_err(failed)?;
            file.rewind().map_err(failed)?;
            file
        } else {
            File::open(path).map_err(failed)?
        };
        let mut tagged =
            TaggedFile { file, stretches: Vec::new(), by_id: HashMap::new(), cut: None, is_closed: true };
        tagged.look_through().map_err(failed)?;
        Ok(tagged)
    }

    fn look_through(&mut self) -> io::Result<()> {
        let mut lines = BufReader::with_capacity(1 << 16, &self.file);
        let (mut at, mut number) = (0, 0);
        let mut line = Vec::new();
        loop {
            line.clear();
            let n_bytes = lines.read_until(b'\n', &mut line)? as u64;
            if n_bytes == 0 {
                return Ok(());
            }
            number += 1;
            self.is_closed =
                line.trim_ascii().is_empty() || new_document(&String::from_utf8_lossy(&line)).is_some();
            if !line.ends_with(b"\n") && !self.is_closed {
                // What is behind is not known, so nothing of the document is taken for the whole of it.
                let last = self.stretches.pop();
                if let Some(Stretch { id, line, .. }) = last {
                    self.by_id.entry(id.clone()).and_modify(|of_id| of_id.truncate(of_id.len() - 1));
                    self.cut = Some((id, line));
                }
                return Ok(());
            }
            let id = if line.starts_with(b"#") {
                new_document(&String::from_utf8_lossy(&line)).map(str::to_owned)
            } else {
                // Tokens before any document is named are of one without a name.
                (self.stretches.is_empty() && !line.trim_ascii().is_empty()).then(String::new)
            };
            if let Some(id) = id {
                self.by_id.entry(id.clone()).or_default().push(self.stretches.len());
                self.stretches.push(Stretch { id, line: number, start: at, end: at, found: false });
            }
            at += n_bytes;
            if let Some(stretch) = self.stretches.last_mut() {
                stretch.end = at;
            }
        }
    }

    /// The document in which the file ends within a row, which is none of its documents: its id and the number of its
    /// first line.
    pub(super) fn cut(&self) -> Option<(&str, u64)> {
        self.cut.as_ref().map(|(id, line)| (&**id, *line))
    }

    /// Whether an empty line stands behind the last sentence, as the format demands.
    pub(super) const fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Number of documents of the file.
    pub(super) fn n_documents(&self) -> usize {
        self.stretches.len()
    }

    /// What the file has of the document with this id, each time it names it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn document(&mut self, id: &str) -> io::Result<Vec<Reading>> {
        let Some(stretches) = self.by_id.get(id) else { return Ok(Vec::new()) };
        let mut readings = Vec::new();
        for &index in stretches {
            let stretch = &mut self.stretches[index];
            stretch.found = true;
            self.file.seek(SeekFrom::Start(stretch.start))?;
            let lines = (&self.file).take(stretch.end - stretch.start);
            let mut reader = Reader::after(BufReader::new(lines), stretch.line - 1);
            let tagged = reader.next_document()?.unwrap_or_default();
            readings.push(Reading { tagged, unread: reader.unread });
        }
        Ok(readings)
    }

    /// The documents that nobody asked for: their ids and the numbers of their first lines.
    pub(super) fn left(&self) -> impl Iterator<Item = (&str, u64)> {
        let left = self.stretches.iter().filter(|stretch| !stretch.found);
        left.map(|stretch| (&*stretch.id, stretch.line))
    }
}

/// A document as the file has it.
pub(super) struct Reading {
    /// Its tokens.
    pub(super) tagged: Tagged,
    /// Lines that are no token.
    pub(super) unread: Vec<Homeless>,
}
