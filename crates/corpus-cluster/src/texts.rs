//! Texts: what tasks keep of each document for the comparison, brought back by its id, whoever kept it.

use crate::{
    entry::{Band, Bytes, Entry, Ranked, TextId, entries},
    error::Error,
    exchange,
    work::Work,
};
use corpus_dedup::{Label, Sketch};
use std::{
    cmp::Reverse,
    collections::HashMap,
    fs::File,
    io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The files of a part: a row for each document, of so many bytes; its words and its label; its fingerprints.
pub(crate) const FILES: [&str; 3] = ["rows", "words", "fingerprints"];
/// The exchange by which texts meet first.
pub(crate) const BANDS: &str = "bands";

/// What is known of a text without bringing it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) text: Ranked,
    pub(crate) n_fingerprints: u32,
    /// Where the words are, four bytes each, and behind them the label.
    at: u64,
    label_len: u32,
}

impl Entry for Row {
    const BYTES: usize = 4 + 8 + 4 + Ranked::BYTES;

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.n_fingerprints.to_le_bytes());
        bytes.extend_from_slice(&self.at.to_le_bytes());
        bytes.extend_from_slice(&self.label_len.to_le_bytes());
        self.text.put(bytes);
    }

    fn get(mut bytes: Bytes<'_>) -> Self {
        let (n_fingerprints, at, label_len) = (bytes.u32(), bytes.u64(), bytes.u32());
        Row { n_fingerprints, at, label_len, text: Ranked::get(bytes) }
    }
}

/// The key under which a text meets its exact copies.
pub(crate) const fn own_key(text: &Ranked) -> u64 {
    text.hash as u64
}

/// The files of a part in the making.
pub(crate) struct Writer {
    part: u32,
    n_rows: u32,
    words_at: u64,
    files: [(PathBuf, BufWriter<File>); 3],
    bands: exchange::Writer,
    bytes: Vec<u8>,
}

impl Writer {
    /// Those of a part, in `folder`, each with its own name.
    pub(crate) fn create(folder: &Path, part: u32) -> Result<Self, Error> {
        let create = |name: &str| {
            let path = folder.join(name);
            let file = File::create(&path).map_err(|cause| Error::io("write", &path, cause))?;
            Ok((path, BufWriter::with_capacity(1 << 18, file)))
        };
        let [rows, words, fingerprints] = FILES;
        let files = [create(rows)?, create(words)?, create(fingerprints)?];
        let bands = exchange::Writer::create(&folder.join(BANDS))?;
        Ok(Writer { part, n_rows: 0, words_at: 0, files, bands, bytes: Vec::new() })
    }

    /// Adds the next document.
    pub(crate) fn add(&mut self, label: &Label, sketch: &Sketch) -> Result<(), Error> {
        let id = TextId { part: self.part, row: self.n_rows };
        let text = Ranked { n_words: Reverse(sketch.n_words()), hash: sketch.hash(), id };
        let label = label.to_bytes();
        let n_fingerprints = sketch.fingerprints().len() as u32;
        let row = Row { text, n_fingerprints, at: self.words_at, label_len: label.len() as u32 };
        let [rows, words, fingerprints] = &mut self.files;
        self.bytes.clear();
        row.put(&mut self.bytes);
        write(rows, &self.bytes)?;
        self.bytes.resize(4 * sketch.words().len(), 0);
        for (bytes, word) in self.bytes.as_chunks_mut().0.iter_mut().zip(sketch.words()) {
            *bytes = word.to_le_bytes();
        }
        self.bytes.extend_from_slice(&label);
        write(words, &self.bytes)?;
        self.words_at += self.bytes.len() as u64;
        self.bytes.resize(8 * sketch.fingerprints().len(), 0);
        for (bytes, key) in self.bytes.as_chunks_mut().0.iter_mut().zip(sketch.fingerprints()) {
            *bytes = key.to_le_bytes();
        }
        write(fingerprints, &self.bytes)?;
        self.n_rows += 1;
        // Texts without words are copies of nothing.
        if sketch.n_words() > 0 {
            for &key in sketch.bands().iter().chain([&own_key(&text)]) {
                self.bands.push(&Band { key, text })?;
            }
        }
        Ok(())
    }

    /// Ends the files.
    pub(crate) fn finish(self) -> Result<(), Error> {
        for (path, mut file) in self.files {
            let ended = file.flush().and_then(|()| file.get_ref().sync_all());
            ended.map_err(|cause| Error::io("write", &path, cause))?;
        }
        self.bands.finish()
    }
}

fn write((path, file): &mut (PathBuf, BufWriter<File>), bytes: &[u8]) -> Result<(), Error> {
    file.write_all(bytes).map_err(|cause| Error::io("write", path, cause))
}

/// Texts of any part.
pub(crate) struct Texts<'a> {
    work: &'a Work,
    open: HashMap<u32, [(PathBuf, File); 2]>,
    bytes: Vec<u8>,
}

/// Parts whose files are open at a time.
const OPEN: usize = 128;

impl<'a> Texts<'a> {
    pub(crate) fn of(work: &'a Work) -> Self {
        Texts { work, open: HashMap::new(), bytes: Vec::new() }
    }

    /// What is known of a text.
    pub(crate) fn row(&mut self, id: TextId) -> Result<Row, Error> {
        self.read(id.part, 0, u64::from(id.row) * Row::BYTES as u64, Row::BYTES)?;
        let missing = || Error::File {
            what: format!("find row {} of part {}", id.row, id.part),
            cause: "the file ends before".to_owned(),
        };
        entries(&self.bytes).next().ok_or_else(missing)
    }

    /// Its words.
    pub(crate) fn words(&mut self, row: &Row) -> Result<Vec<u32>, Error> {
        self.read(row.text.id.part, 1, row.at, row.words_len())?;
        let (words, _) = self.bytes.as_chunks();
        Ok(words.iter().map(|word| u32::from_le_bytes(*word)).collect())
    }

    /// What the document is called.
    pub(crate) fn label(&mut self, row: &Row) -> Result<Label, Error> {
        self.read(row.text.id.part, 1, row.at + row.words_len() as u64, row.label_len as usize)?;
        Ok(Label::from_bytes(&self.bytes))
    }

    /// Brings `len` bytes back of one of the files of a part.
    fn read(&mut self, part: u32, file: usize, at: u64, len: usize) -> Result<(), Error> {
        if !self.open.contains_key(&part) && self.open.len() >= OPEN {
            self.open.clear();
        }
        let [rows, words, _] = FILES;
        let (path, file) = match self.open.entry(part) {
            std::collections::hash_map::Entry::Occupied(open) => &mut open.into_mut()[file],
            std::collections::hash_map::Entry::Vacant(none) => {
                let open = |name| {
                    let path = self.work.table(name, u64::from(part));
                    let file = File::open(&path).map_err(|cause| Error::io("read", &path, cause))?;
                    Ok((path, file))
                };
                &mut none.insert([open(rows)?, open(words)?])[file]
            }
        };
        self.bytes.resize(len, 0);
        file.seek(SeekFrom::Start(at))
            .and_then(|_| file.read_exact(&mut self.bytes))
            .map_err(|cause| Error::io("read", path, cause))
    }
}

impl Row {
    const fn words_len(&self) -> usize {
        4 * self.text.n_words.0 as usize
    }
}

/// Hands on the texts of a part in their order, each with its fingerprints.
pub(crate) fn each_fingerprinted(
    work: &Work,
    part: u64,
    mut sink: impl FnMut(&Row, &[u64]) -> Result<(), Error>,
) -> Result<(), Error> {
    let [rows, _, fingerprints] = FILES;
    let open = |name| {
        let path = work.table(name, part);
        let file = File::open(&path).map_err(|cause| Error::io("read", &path, cause))?;
        Ok((path, BufReader::with_capacity(1 << 18, file)))
    };
    let (rows_path, mut rows) = open(rows)?;
    let (path, mut fingerprints) = open(fingerprints)?;
    let mut row = [0; Row::BYTES];
    let (mut bytes, mut keys) = (Vec::new(), Vec::new());
    loop {
        match rows.read_exact(&mut row) {
            Err(cause) if cause.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read.map_err(|cause| Error::io("read", &rows_path, cause))?,
        }
        for row in entries::<Row>(&row) {
            bytes.resize(8 * row.n_fingerprints as usize, 0);
            fingerprints.read_exact(&mut bytes).map_err(|cause| Error::io("read", &path, cause))?;
            keys.clear();
            keys.extend(bytes.as_chunks().0.iter().map(|key| u64::from_le_bytes(*key)));
            sink(&row, &keys)?;
        }
    }
}
