//! An input: the decompressed bytes of a file, chunk by chunk.

use crate::{progress::Progress, reject::RejectKind};
use flate2::bufread::GzDecoder;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::Path,
};

/// How much is read before the kind of a file is decided.
const HEAD: usize = 8 << 10;
/// How much is read at a time.
const CHUNK: usize = 256 << 10;
/// How much compressed data is read at a time.
const RAW_CHUNK: usize = 64 << 10;
/// Largest window of a zstd frame, as a power of two: the largest there is. Memory is only taken as it fills.
const ZSTD_WINDOW_LOG_MAX: u32 = if usize::BITS < 64 { 30 } else { 31 };

/// The decompressed bytes of a file. After a fault it answers with the same fault for ever.
pub(crate) struct Input {
    reader: Box<dyn Read + Send>,
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

    fn new(reader: Box<dyn Read + Send>) -> Self {
        let mut input = Input {
            reader,
            compression: None,
            fault: None,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            offset: 0,
            is_ended: false,
            size: None,
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
        let file = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        let raw = BufReader::with_capacity(RAW_CHUNK, head.chain(file));
        self.compression = Some(compression);
        (self.start, self.end, self.is_ended) = (0, 0, false);
        match compression {
            Compression::Gzip => self.reader = Box::new(Members::new(raw)),
            Compression::Zstd => match zstd_decoder(raw) {
                Ok(decoder) => self.reader = Box::new(decoder),
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

fn zstd_decoder(raw: impl BufRead + Send + 'static) -> io::Result<impl Read + Send> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(raw)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
    Ok(decoder)
}

/// Decompresses one gzip member after the other, and passes over zero bytes after the last, as tapes leave them.
/// After an error it is at its end.
struct Members<R>(Option<State<R>>);

enum State<R> {
    Member(Box<GzDecoder<R>>),
    Between(R),
}

impl<R: BufRead> Members<R> {
    fn new(raw: R) -> Self {
        Members(Some(State::Member(Box::new(GzDecoder::new(raw)))))
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.0.take() {
                None => return Ok(0),
                Some(State::Member(mut member)) => {
                    let n = member.read(buffer)?;
                    if n > 0 {
                        self.0 = Some(State::Member(member));
                        return Ok(n);
                    }
                    self.0 = Some(State::Between(member.into_inner()));
                }
                Some(State::Between(mut raw)) => {
                    let chunk = raw.fill_buf()?;
                    if chunk.is_empty() {
                        continue;
                    }
                    let zeros = chunk.iter().take_while(|&&byte| byte == 0).count();
                    let next = chunk.get(zeros).copied();
                    raw.consume(zeros);
                    self.0 = Some(match next {
                        None => State::Between(raw),
                        Some(0x1f) => State::Member(Box::new(GzDecoder::new(raw))),
                        Some(_) => {
                            return Err(io::Error::new(io::ErrorKind::InvalidData, "no gzip member follows"));
                        }
                    });
                }
            }
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
