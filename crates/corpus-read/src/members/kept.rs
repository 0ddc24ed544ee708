//! A file that can be gone back in, as far as its last mark.

use std::io::{self, BufRead, Read};

/// How much compressed data is read at a time.
const CHUNK: usize = 64 << 10;
/// How much compressed data of a member is kept, to look for the next one within it should it be damaged.
const KEPT: usize = 1 << 20;
/// Length of the longest magic that a member is looked for by.
const MAGIC_MAX: usize = 4;

/// A file that keeps what was read of it since a mark, as long as that is not too much.
pub(super) struct Kept<R> {
    inner: R,
    buffer: Vec<u8>,
    /// The first byte of `buffer` that is not consumed.
    position: usize,
    /// Where in `buffer` the mark is.
    mark: usize,
    /// Offset in the file of the mark.
    marked: u64,
    /// Whether the bytes since the mark are still there.
    is_marked: bool,
    /// Offset in the file of the beginning of `buffer`.
    offset: u64,
    /// How many bytes were gone back so far.
    again: u64,
}

impl<R: Read> Kept<R> {
    pub(super) fn new(inner: R) -> Self {
        Kept {
            inner,
            buffer: Vec::new(),
            position: 0,
            mark: 0,
            marked: 0,
            is_marked: true,
            offset: 0,
            again: 0,
        }
    }

    /// Offset in the file of the mark.
    pub(super) const fn marked(&self) -> u64 {
        self.marked
    }

    /// Marks where we are, and says where that is in the file.
    pub(super) fn set_mark(&mut self) -> u64 {
        (self.mark, self.is_marked) = (self.position, true);
        self.marked = self.offset + self.position as u64;
        self.marked
    }

    /// What was read behind the byte at the mark; nothing where that is not kept.
    pub(super) fn since_mark(&self) -> &[u8] {
        self.buffer.get(self.mark + 1..).filter(|_| self.is_marked).unwrap_or_default()
    }

    /// Goes back to the byte after the mark, where its bytes are kept; in all no further than was read, so that the
    /// time is linear whatever the file holds.
    pub(super) fn rewind(&mut self) {
        // A decoder may have taken nothing: what it did not begin with is not begun with again.
        self.position = self.position.max(self.mark + 1).min(self.buffer.len());
        let back = self.position.saturating_sub(self.mark + 1);
        let read = self.offset + self.position as u64 + KEPT as u64;
        if self.is_marked && self.again + back as u64 <= read {
            self.again += back as u64;
            self.position -= back;
        }
        self.is_marked = false;
    }

    /// Goes on to the next member, as `begins` finds one in the bytes that are there; false where the file ends before.
    pub(super) fn find_member(&mut self, begins: fn(&[u8]) -> Option<usize>) -> io::Result<bool> {
        loop {
            if let Some(at) = begins(&self.buffer[self.position..]) {
                self.position += at;
                return Ok(true);
            }
            self.position = self.position.max(self.buffer.len().saturating_sub(MAGIC_MAX - 1));
            if !self.read_more()? {
                return Ok(false);
            }
        }
    }

    /// Reads on behind what is in the buffer; false at the end of the file.
    fn read_more(&mut self) -> io::Result<bool> {
        self.is_marked &= self.buffer.len() - self.mark <= KEPT;
        let kept = if self.is_marked { self.mark } else { self.position };
        if kept >= self.buffer.len() / 2 {
            self.buffer.drain(..kept);
            self.offset += kept as u64;
            self.position -= kept;
            self.mark = self.mark.saturating_sub(kept);
        }
        let len = self.buffer.len();
        self.buffer.resize(len + CHUNK, 0);
        let read = self.inner.read(&mut self.buffer[len..]);
        self.buffer.truncate(len + *read.as_ref().unwrap_or(&0));
        Ok(read? > 0)
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut chunk = self.fill_buf()?;
        let n = chunk.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Kept<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.position == self.buffer.len() {
            self.read_more()?;
        }
        Ok(&self.buffer[self.position..])
    }

    fn consume(&mut self, n: usize) {
        self.position = (self.position + n).min(self.buffer.len());
    }
}
