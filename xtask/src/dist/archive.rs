//! A tar archive, compressed with gzip, that depends on nothing but its content.

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::{collections::BTreeMap, io::Write};

/// Files that will lie in one folder. They are written in order of their names.
#[derive(Debug)]
pub(super) struct Archive {
    folder: String,
    files: BTreeMap<String, Entry>,
}

#[derive(Debug)]
struct Entry {
    mode: u32,
    bytes: Vec<u8>,
}

/// Headers and content come in blocks of this many bytes.
const BLOCK: usize = 512;

impl Archive {
    /// An archive of one folder, still empty.
    pub(super) fn new(folder: &str) -> Self {
        Archive { folder: folder.to_owned(), files: BTreeMap::new() }
    }

    /// Adds a file.
    pub(super) fn file(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.insert(name.to_owned(), Entry { mode: 0o644, bytes });
    }

    /// Adds a file that can be run.
    pub(super) fn program(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.insert(name.to_owned(), Entry { mode: 0o755, bytes });
    }

    /// The archive's bytes.
    ///
    /// # Errors
    /// Where a name is longer than the form allows.
    pub(super) fn finish(self) -> Result<Vec<u8>> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        for (name, entry) in &self.files {
            let mut write = || -> Result<()> {
                gzip.write_all(&header(&format!("{}/{name}", self.folder), entry)?)?;
                gzip.write_all(&entry.bytes)?;
                let n_over = entry.bytes.len() % BLOCK;
                gzip.write_all(&[0; BLOCK][..(BLOCK - n_over) % BLOCK])?;
                Ok(())
            };
            write().with_context(|| format!("failed to archive {name}"))?;
        }
        gzip.write_all(&[0; 2 * BLOCK])?;
        Ok(gzip.finish()?)
    }
}

/// The header of a file in the form that POSIX calls ustar: no owner, no time.
fn header(path: &str, entry: &Entry) -> Result<[u8; BLOCK]> {
    let mut header = [0; BLOCK];
    if path.len() > 100 {
        bail!("{path} is longer than the 100 bytes of a tar name");
    }
    let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, path);
    put(100, &format!("{:07o}", entry.mode));
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{:011o}", entry.bytes.len()));
    put(136, "00000000000");
    // The sum of the header's bytes, counted with spaces in its own place.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar");
    put(263, "00");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_adding_does_not_show() {
        let archive = |names: [&str; 2]| {
            let mut archive = Archive::new("folder");
            names.iter().for_each(|name| archive.file(name, name.as_bytes().to_vec()));
            archive.finish().unwrap()
        };
        assert_eq!(archive(["a", "b"]), archive(["b", "a"]));
    }

    #[test]
    fn a_header_sums_to_what_it_says() {
        let entry = Entry { mode: 0o755, bytes: vec![1; 513] };
        let header = header("folder/corpus", &entry).unwrap();
        assert_eq!(&header[124..135], b"00000001001");
        let said = u32::from_str_radix(std::str::from_utf8(&header[148..154]).unwrap(), 8).unwrap();
        let without: u32 = header
            .iter()
            .enumerate()
            .filter(|(at, _)| !(148..156).contains(at))
            .map(|(_, b)| u32::from(*b))
            .sum();
        assert_eq!(said, without + 8 * u32::from(b' '));
        assert!(super::header(&"x".repeat(101), &entry).is_err());
    }
}
