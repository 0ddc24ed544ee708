//! An exchange: entries that tasks write in parts, each a file, and that other tasks read part by part from all of them.

use crate::{
    entry::{Band, Entry, Pair, Print, entries},
    error::Error,
};
use std::{
    fs::{self, File},
    io::{BufWriter, Read, Seek, SeekFrom, Write},
    ops::Range,
    path::{Path, PathBuf},
};

/// Number of parts: tasks of a stage, at most.
pub(crate) const PARTS: usize = 1024;
/// Bytes that a writer holds before it writes them as a run.
const RUN_BYTES: usize = 16 << 20;
/// Bytes that a reader brings back at once, unless one part has more.
const READ_BYTES: u64 = 32 << 20;
/// Bytes of an exchange for which there is a task of its own.
const TASK_BYTES: u64 = 16 << 20;

/// An entry that belongs into a part. Those that must meet are in the same.
pub(crate) trait Keyed: Entry + Ord {
    /// Whether an entry that meets no other is worth nothing.
    const MEETS: bool;

    /// Something that is equal where entries must meet.
    fn key(&self) -> u64;
}

/// The key, spread evenly. The least of several hashes, as fingerprints are, is not.
fn spread(entry: &impl Keyed) -> u64 {
    entry.key().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn part_of(entry: &impl Keyed) -> usize {
    (spread(entry) >> (u64::BITS - PARTS.ilog2())) as usize
}

impl Keyed for Band {
    const MEETS: bool = true;

    fn key(&self) -> u64 {
        self.key
    }
}

impl Keyed for Print {
    const MEETS: bool = true;

    fn key(&self) -> u64 {
        self.key
    }
}

impl Keyed for Pair {
    const MEETS: bool = false;

    /// What is compared with one text comes together, so that it is brought back once.
    fn key(&self) -> u64 {
        (u64::from(self.a.part) << 32) | u64::from(self.a.row)
    }
}

/// A file of an exchange in the making: runs, in each the entries of a part side by side; behind them for each run where
/// each part begins and the last one ends; and the number of runs.
pub(crate) struct Writer {
    path: PathBuf,
    file: BufWriter<File>,
    written: u64,
    parts: Vec<Vec<u8>>,
    held: usize,
    begins: Vec<u8>,
    n_runs: u64,
}

impl Writer {
    /// One at `path`.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let file = File::create(path).map_err(|cause| Error::io("write", path, cause))?;
        Ok(Writer {
            path: path.to_owned(),
            file: BufWriter::new(file),
            written: 0,
            parts: (0..PARTS).map(|_| Vec::with_capacity(RUN_BYTES / PARTS)).collect(),
            held: 0,
            begins: Vec::new(),
            n_runs: 0,
        })
    }

    /// Adds an entry.
    pub(crate) fn push<E: Keyed>(&mut self, entry: &E) -> Result<(), Error> {
        entry.put(&mut self.parts[part_of(entry)]);
        self.held += E::BYTES;
        if self.held >= RUN_BYTES { self.end_run() } else { Ok(()) }
    }

    fn end_run(&mut self) -> Result<(), Error> {
        for part in &mut self.parts {
            self.begins.extend_from_slice(&self.written.to_le_bytes());
            self.file.write_all(part).map_err(|cause| Error::io("write", &self.path, cause))?;
            self.written += part.len() as u64;
            part.clear();
        }
        self.begins.extend_from_slice(&self.written.to_le_bytes());
        self.held = 0;
        self.n_runs += 1;
        Ok(())
    }

    /// Ends the file.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.end_run()?;
        let Writer { path, mut file, begins, n_runs, .. } = self;
        let ended = file
            .write_all(&begins)
            .and_then(|()| file.write_all(&n_runs.to_le_bytes()))
            .and_then(|()| file.flush())
            .and_then(|()| file.get_ref().sync_all());
        ended.map_err(|cause| Error::io("write", &path, cause))
    }
}

/// The parts of all files of an exchange that one task reads.
pub(crate) struct Reader {
    runs: Vec<Run>,
    parts: Range<usize>,
}

/// A run: where in the file each of the parts begins that are read, and where the last one ends.
struct Run {
    path: PathBuf,
    begins: Vec<u64>,
}

impl Reader {
    /// What task `number`, from 1, of `n_tasks` reads of these files.
    pub(crate) fn open(
        files: impl IntoIterator<Item = PathBuf>,
        number: u64,
        n_tasks: u64,
    ) -> Result<Self, Error> {
        let bound = |number: u64| (number * PARTS as u64 / n_tasks.max(1)) as usize;
        let parts = bound(number.saturating_sub(1))..bound(number);
        let mut runs = Vec::new();
        for path in files {
            let begins = Run::begins(&path, &parts).map_err(|cause| Error::io("read", &path, cause))?;
            runs.extend(begins.into_iter().map(|begins| Run { path: path.clone(), begins }));
        }
        Ok(Reader { runs, parts })
    }

    /// Hands on the entries of some parts at a time, sorted. Those that must meet come together; most of those that meet
    /// no other are left out where they are worth nothing.
    pub(crate) fn each<E: Keyed>(
        &self,
        mut work: impl FnMut(&mut Vec<E>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (mut bytes, mut all) = (Vec::new(), Vec::new());
        let mut begin = 0;
        while begin < self.parts.len() {
            let mut end = begin + 1;
            while end < self.parts.len() && self.bytes(begin..end + 1) <= READ_BYTES {
                end += 1;
            }
            bytes.clear();
            for run in &self.runs {
                run.read(begin..end, &mut bytes).map_err(|cause| Error::io("read", &run.path, cause))?;
            }
            all.clear();
            if E::MEETS {
                let met = Met::of(entries::<E>(&bytes));
                all.extend(entries::<E>(&bytes).filter(|entry| met.has(entry)));
            } else {
                all.extend(entries::<E>(&bytes));
            }
            all.sort_unstable();
            work(&mut all)?;
            begin = end;
        }
        Ok(())
    }

    fn bytes(&self, parts: Range<usize>) -> u64 {
        self.runs.iter().map(|run| run.begins[parts.end] - run.begins[parts.start]).sum()
    }
}

impl Run {
    /// Those of the runs of a file.
    fn begins(path: &Path, parts: &Range<usize>) -> std::io::Result<Vec<Vec<u64>>> {
        const NUMBER: usize = 8;
        const INDEX: u64 = ((PARTS + 1) * NUMBER) as u64;
        let mut file = File::open(path)?;
        let end = file.seek(SeekFrom::End(-(NUMBER as i64)))?;
        let mut number = [0; NUMBER];
        file.read_exact(&mut number)?;
        let n_runs = u64::from_le_bytes(number);
        let index = n_runs.checked_mul(INDEX).and_then(|bytes| end.checked_sub(bytes));
        let index = index.ok_or_else(|| std::io::Error::other("this is no file of an exchange"))?;
        let mut runs = Vec::new();
        for run in 0..n_runs {
            let mut begins = vec![0; (parts.len() + 1) * NUMBER];
            file.seek(SeekFrom::Start(index + run * INDEX + (parts.start * NUMBER) as u64))?;
            file.read_exact(&mut begins)?;
            let (begins, _) = begins.as_chunks();
            runs.push(begins.iter().map(|begin| u64::from_le_bytes(*begin)).collect());
        }
        Ok(runs)
    }

    /// Appends the bytes of some of the parts.
    fn read(&self, parts: Range<usize>, bytes: &mut Vec<u8>) -> std::io::Result<()> {
        let (begin, end) = (self.begins[parts.start], self.begins[parts.end]);
        if begin < end {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(begin))?;
            let n = file.take(end - begin).read_to_end(bytes)? as u64;
            if n < end - begin {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }
}

/// Which entries meet others: those that do, and some more. Few do, and to sort all of them takes much longer.
struct Met {
    once: Vec<u64>,
    again: Vec<u64>,
    shift: u32,
}

impl Met {
    fn of<E: Keyed>(entries: impl ExactSizeIterator<Item = E>) -> Self {
        // Eight bits for an entry.
        let n_words = (entries.len() / 8).next_power_of_two().max(2);
        let (once, again) = (vec![0; n_words], vec![0; n_words]);
        let mut met = Met { once, again, shift: u64::BITS - n_words.ilog2() };
        for entry in entries {
            let (word, bit) = met.place(&entry);
            met.again[word] |= met.once[word] & bit;
            met.once[word] |= bit;
        }
        met
    }

    fn has(&self, entry: &impl Keyed) -> bool {
        let (word, bit) = self.place(entry);
        self.again[word] & bit != 0
    }

    /// The word, and the bit in it. What says the part says nothing here.
    fn place(&self, entry: &impl Keyed) -> (usize, u64) {
        let spread = spread(entry) << PARTS.ilog2();
        ((spread >> self.shift) as usize, 1 << ((spread << (u64::BITS - self.shift)) >> (u64::BITS - 6)))
    }
}

/// The number of tasks that read these files: it depends on what is in them, not on where tasks run.
pub(crate) fn n_tasks(files: impl IntoIterator<Item = PathBuf>) -> Result<u64, Error> {
    let mut bytes = 0;
    for path in files {
        bytes += fs::metadata(&path).map_err(|cause| Error::io("read", &path, cause))?.len();
    }
    Ok(bytes.div_ceil(TASK_BYTES).clamp(1, PARTS as u64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::TextId;

    #[test]
    fn what_tasks_wrote_comes_back_once_and_what_must_meet_comes_together() {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = (0..3).map(|n| folder.path().join(format!("{n}"))).collect();
        let n_prints = 400_000_u32;
        let print = |n: u32| Print {
            key: u64::from(n % 100_000) << 30,
            text: TextId { part: 1 + n % 3, row: n },
            n_fingerprints: n,
        };
        for (number, path) in paths.iter().enumerate() {
            let mut writer = Writer::create(path).unwrap();
            // Each file has two runs, and the last one nothing in them.
            for half in [0..n_prints / 2, n_prints / 2..n_prints] {
                let mine = half.filter(|n| usize::from(*n % 8 == 0) == number);
                mine.for_each(|n| writer.push(&print(n)).unwrap());
                writer.end_run().unwrap();
            }
            writer.finish().unwrap();
        }
        for n_tasks in [1, 3, PARTS as u64] {
            let mut seen = Vec::new();
            for number in 1..=n_tasks {
                let reader = Reader::open(paths.clone(), number, n_tasks).unwrap();
                let keep = |prints: &mut Vec<Print>| {
                    assert!(prints.is_sorted());
                    let groups = prints.chunk_by(|a, b| a.key == b.key);
                    groups.for_each(|group| assert_eq!(group.len(), 4));
                    seen.append(prints);
                    Ok(())
                };
                reader.each(keep).unwrap();
            }
            seen.sort_unstable();
            let mut all: Vec<Print> = (0..n_prints).map(print).collect();
            all.sort_unstable();
            assert!(seen == all, "{n_tasks}");
        }
        assert_eq!(n_tasks(paths).unwrap(), 1);
    }
}
