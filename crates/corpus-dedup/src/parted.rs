//! Entries in parts: many small entries, kept on disk and brought back a part at a time, sorted.

use crate::{error::Error, spill::Spill};
use std::{
    num::NonZeroUsize,
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// A key, and what has it. Equal keys lie in one part.
pub(crate) type Entry = (u64, u32);

/// Number of parts.
const PARTS: usize = 256;
/// Entries of a part that are held before they are written.
const CHUNK: usize = 1024;
const ENTRY_BYTES: usize = 12;

/// Entries in 256 parts on disk. Memory does not grow with their number but for 16 bytes to each 1024; a part that
/// is read is held whole.
#[derive(Debug)]
pub(crate) struct Parted {
    spill: Spill,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, Default)]
struct Part {
    /// Offset and length of what is written.
    chunks: Vec<(u64, usize)>,
    held: Vec<u8>,
}

impl Parted {
    pub(crate) fn new(folder: Option<&Path>) -> Result<Self, Error> {
        Ok(Parted { spill: Spill::new(folder)?, parts: vec![Part::default(); PARTS] })
    }

    /// Adds an entry. The key is a hash: its highest bits choose the part.
    pub(crate) fn push(&mut self, (key, value): Entry) -> Result<(), Error> {
        let part = &mut self.parts[(key >> (u64::BITS - PARTS.ilog2())) as usize];
        part.held.extend_from_slice(&key.to_le_bytes());
        part.held.extend_from_slice(&value.to_le_bytes());
        if part.held.len() >= CHUNK * ENTRY_BYTES {
            part.write(&mut self.spill)?;
        }
        Ok(())
    }

    /// Does `work` on the sorted entries of each part, on several threads.
    pub(crate) fn each_part(
        mut self,
        threads: NonZeroUsize,
        work: impl Fn(&[Entry]) -> Result<(), Error> + Sync,
    ) -> Result<(), Error> {
        self.spill.flush()?;
        let Parted { spill, parts } = self;
        let next = AtomicUsize::new(0);
        let failure = Mutex::new(None);
        let serve = || {
            let mut bytes = Vec::new();
            let mut entries = Vec::new();
            while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
                let done = part.read(&spill, &mut bytes, &mut entries).and_then(|()| work(&entries));
                if let Err(error) = done {
                    failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    next.store(parts.len(), Ordering::Relaxed);
                }
            }
        };
        thread::scope(|scope| {
            (1..threads.get()).for_each(|_| {
                scope.spawn(serve);
            });
            serve();
        });
        failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }
}

impl Part {
    fn write(&mut self, spill: &mut Spill) -> Result<(), Error> {
        self.chunks.push((spill.append(&self.held)?, self.held.len()));
        self.held.clear();
        Ok(())
    }

    fn read(&self, spill: &Spill, bytes: &mut Vec<u8>, entries: &mut Vec<Entry>) -> Result<(), Error> {
        bytes.clear();
        for &(offset, len) in &self.chunks {
            spill.read(offset, len, bytes)?;
        }
        bytes.extend_from_slice(&self.held);
        entries.clear();
        entries.extend(bytes.chunks_exact(ENTRY_BYTES).map(|entry| {
            let (key, value) = entry.split_at(8);
            let number =
                |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |sum, &byte| (sum << 8) | u64::from(byte));
            (number(key), number(value) as u32)
        }));
        entries.sort_unstable();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::mix;

    #[test]
    fn what_was_added_comes_back_sorted_whatever_the_threads() {
        for threads in [1, 3] {
            let mut parted = Parted::new(None).unwrap();
            // More than a chunk for each part.
            let mut entries: Vec<Entry> = (0..400_000).map(|n| (mix(u64::from(n)), n)).collect();
            entries.iter().for_each(|&entry| parted.push(entry).unwrap());
            let seen = Mutex::new(Vec::new());
            let keep = |entries: &[Entry]| {
                assert!(entries.is_sorted());
                seen.lock().unwrap().extend_from_slice(entries);
                Ok(())
            };
            parted.each_part(NonZeroUsize::new(threads).unwrap(), keep).unwrap();
            let mut seen = seen.into_inner().unwrap();
            seen.sort_unstable();
            entries.sort_unstable();
            assert!(seen == entries);
        }
    }
}
