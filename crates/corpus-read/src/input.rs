//! An input: the decompressed bytes of a file, chunk by chunk.

mod zstandard;

use crate::{members::Members, progress::Progress, reject::RejectKind};
use std::{
    collections::VecDeque,
    fs::File,
    io::{self, BufReader, Cursor, Read},
    path::Path,
};

/// How much is read before the kind of a file is decided.
const HEAD: usize = 8 << 10;
/// How much is read at a time.
const CHUNK: usize = 256 << 10;
/// How much zstd data is read at a time.
const RAW_CHUNK: usize = 64 << 10;

/// The decompressed bytes of a file. After a fault it answers with the same fault for ever.
pub(crate) struct Input {
    reader: Reader,
    compression: Option<Compression>,
    fault: Option<Fault>,
    buffer: Vec<u8>,
    /// The bytes of `buffer` that are not consumed.
    start: usize,
    end: usize,
    /// Offset in the file, decompressed, of the byte at `end`.
    offset: u64,
    is_ended: bool,
    /// Bytes on disk, where it is a file.
    size: Option<u64>,
    /// Where gzip members begin: in the content, and in the file.
    members: VecDeque<(u64, u64)>,
    /// Whether `members` is kept up beyond the head.
    tracks_members: bool,
}

/// Where the bytes come from.
enum Reader {
    Other(Box<dyn Read + Send>),
    Gzip(Box<Members<Raw>>),
}

/// The file again, with what was read of it already put back.
type Raw = io::Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>;

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Reader::Other(reader) => reader.read(buffer),
            Reader::Gzip(members) => members.read(buffer),
        }
    }
}

/// Why no more bytes come.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: RejectKind,
    pub(crate) reason: String,
}

/// What the bytes are compressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
}

impl Compression {
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, ..] => Some(Compression::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Compression::Zstd),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        }
    }
}

impl Input {
    /// Opens a file and looks at its first bytes.
    pub(crate) fn open(path: &Path, progress: &Progress) -> Result<Self, Fault> {
        let open = || -> io::Result<(File, Option<u64>)> {
            let file = File::open(path)?;
            let metadata = file.metadata()?;
            Ok((file, metadata.is_file().then_some(metadata.len())))
        };
        let (file, size) = open().map_err(|error| Fault::of(&error, None, 0))?;
        let counted = Counted { inner: file, left: size.unwrap_or(0), progress: progress.clone() };
        Ok(Input { size, ..Input::new(Box::new(counted)) })
    }

    /// Takes a stream and looks at its first bytes.
    pub(crate) fn stream(inner: impl Read + Send + 'static, progress: &Progress) -> Self {
        Input::new(Box::new(Counted { inner, left: 0, progress: progress.clone() }))
    }

    /// Whether its bytes are not those of the file.
    pub(crate) const fn is_compressed(&self) -> bool {
        self.compression.is_some()
    }

    fn new(reader: Box<dyn Read + Send>) -> Self {
        let mut input = Input {
            reader: Reader::Other(reader),
            compression: None,
            fault: None,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            offset: 0,
            is_ended: false,
            size: None,
            members: VecDeque::new(),
            tracks_members: false,
        };
        input.read_head();
        if let Some(compression) = Compression::of(input.head()) {
            (input.start, input.offset) = (input.end, 0);
            if input.fault.is_none() {
                input.decompress(compression);
            }
        }
        input
    }

    /// Puts a decoder between the file and us, the head included.
    fn decompress(&mut self, compression: Compression) {
        self.buffer.truncate(self.end);
        let head = Cursor::new(std::mem::take(&mut self.buffer));
        let Reader::Other(file) = std::mem::replace(&mut self.reader, Reader::Other(Box::new(io::empty())))
        else {
            return;
        };
        let raw = head.chain(file);
        self.compression = Some(compression);
        (self.start, self.end, self.is_ended) = (0, 0, false);
        match compression {
            Compression::Gzip => self.reader = Reader::Gzip(Box::new(Members::new(raw))),
            Compression::Zstd => match zstandard::decoder(BufReader::with_capacity(RAW_CHUNK, raw)) {
                Ok(decoder) => self.reader = Reader::Other(decoder),
                Err(error) => return self.fail(&error),
            },
        }
        self.read_head();
    }

    fn read_head(&mut self) {
        self.buffer.resize(HEAD, 0);
        while self.end < HEAD && !self.is_ended && self.fault.is_none() {
            match self.reader.read(&mut self.buffer[self.end..]) {
                Ok(n) => {
                    self.note_member();
                    self.end += n;
                    self.offset += n as u64;
                    self.is_ended = n == 0;
                }
                Err(error) => self.fail(&error),
            }
        }
    }

    fn fail(&mut self, error: &io::Error) {
        self.fault = Some(Fault::of(error, self.compression, self.offset));
    }

    /// Notes where the gzip member begins that the last read began.
    fn note_member(&mut self) {
        if let Reader::Gzip(members) = &self.reader
            && let Some(start) = members.start()
        {
            self.members.push_back((self.offset, start));
        }
    }

    /// From now on, notes where gzip members begin, for [`member_at`](Input::member_at).
    pub(crate) fn track_members(&mut self) {
        self.tracks_members = true;
    }

    /// Offset in the file of the gzip member whose content begins at this offset of all content; `None` where none
    /// does. What lies before that offset is not asked for again.
    pub(crate) fn member_at(&mut self, offset: u64) -> Option<u64> {
        while self.members.front().is_some_and(|&(begin, _)| begin < offset) {
            self.members.pop_front();
        }
        self.members.front().filter(|&&(begin, _)| begin == offset).map(|&(_, start)| start)
    }

    /// Offset in the file of the gzip member that is cut or damaged.
    pub(crate) fn broken_member(&self) -> Option<u64> {
        match &self.reader {
            Reader::Gzip(members) => members.broken(),
            Reader::Other(_) => None,
        }
    }

    /// After a fault, whether the last bytes before it came from the gzip member that is cut or damaged.
    pub(crate) fn is_broken_within_member(&self) -> bool {
        matches!(&self.reader, Reader::Gzip(members) if members.is_broken_within())
    }

    /// After cut or damaged gzip data, goes on with the next member that can be found; false where there is none.
    pub(crate) fn recover(&mut self) -> bool {
        let is_gzip_fault = self.fault.as_ref().is_some_and(|fault| fault.kind != RejectKind::Unreadable);
        let Reader::Gzip(members) = &mut self.reader else { return false };
        if !is_gzip_fault || !members.recover().unwrap_or(false) {
            return false;
        }
        (self.fault, self.is_ended) = (None, false);
        true
    }

    /// The bytes that lie ready: at first the beginning of the file, up to 8 KiB.
    pub(crate) fn head(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// The next bytes, at least one but at the end.
    pub(crate) fn chunk(&mut self) -> Result<&[u8], Fault> {
        while self.start == self.end {
            if let Some(fault) = &self.fault {
                return Err(fault.clone());
            }
            if self.is_ended {
                return Ok(&[]);
            }
            self.buffer.resize(CHUNK, 0);
            match self.reader.read(&mut self.buffer) {
                Ok(n) => {
                    if self.tracks_members {
                        self.note_member();
                    }
                    (self.start, self.end) = (0, n);
                    self.offset += n as u64;
                    self.is_ended = n == 0;
                }
                Err(error) => self.fail(&error),
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Passes over bytes of the chunk.
    pub(crate) fn consume(&mut self, n: usize) {
        self.start = (self.start + n).min(self.end);
    }

    /// All bytes that are left; `None` where they are more than `max`.
    pub(crate) fn read_all(mut self, max: u64) -> Result<Option<Vec<u8>>, Fault> {
        let size = self.size.filter(|_| self.compression.is_none());
        if size.is_some_and(|size| size > max) {
            return Ok(None);
        }
        let size = size.and_then(|size| usize::try_from(size).ok()).unwrap_or_default();
        let mut bytes = Vec::with_capacity(size.max(self.end - self.start));
        bytes.extend_from_slice(self.head());
        if !self.is_ended && self.fault.is_none() {
            let room = max.saturating_add(1).saturating_sub(bytes.len() as u64);
            let read = (&mut self.reader).take(room).read_to_end(&mut bytes);
            self.offset = bytes.len() as u64;
            if let Err(error) = read {
                self.fail(&error);
            }
        }
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok((bytes.len() as u64 <= max).then_some(bytes)),
        }
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let chunk = self.chunk().map_err(|fault| io::Error::other(fault.reason))?;
        let n = chunk.len().min(buffer.len());
        buffer[..n].copy_from_slice(&chunk[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl Fault {
    fn of(error: &io::Error, compression: Option<Compression>, offset: u64) -> Self {
        let Some(compression) = compression.filter(|_| error.raw_os_error().is_none()) else {
            return Fault { kind: RejectKind::Unreadable, reason: error.to_string() };
        };
        let name = compression.name();
        if compression == Compression::Zstd && zstandard::is_window_too_large(error) {
            let reason =
                format!("the zstd data needs a window of more than {} MiB", zstandard::WINDOW_MAX >> 20);
            return Fault { kind: RejectKind::Window, reason };
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Fault {
                kind: RejectKind::Cut,
                reason: format!("the {name} data is cut after byte {offset} of its content"),
            },
            _ => Fault {
                kind: RejectKind::Damaged,
                reason: format!("the {name} data is damaged after byte {offset} of its content: {error}"),
            },
        }
    }
}

/// Counts the bytes read, and goes on where a signal interrupts; what is left of the file counts as read when it is
/// closed.
struct Counted<R> {
    inner: R,
    left: u64,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = loop {
            match self.inner.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.left = self.left.saturating_sub(n as u64);
        self.progress.add_bytes(n as u64);
        Ok(n)
    }
}

impl<R> Drop for Counted<R> {
    fn drop(&mut self) {
        self.progress.add_bytes(self.left);
    }
}
