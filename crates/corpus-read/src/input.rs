//! An input: the decompressed bytes of a file, chunk by chunk.

use crate::{
    members::{self, Members},
    progress::Progress,
    reject::RejectKind,
};
use std::{
    collections::VecDeque,
    fs::File,
    io::{self, Cursor, Read},
    path::Path,
};

/// How much is read before the kind of a file is decided.
const HEAD: usize = 8 << 10;
/// How much is read at a time.
const CHUNK: usize = 256 << 10;
/// How much of a member is held back until its checksum is found right. Of a larger one the rest is not.
const HELD: usize = 8 << 20;

/// The decompressed bytes of a file. After a fault it answers with the same fault for ever, unless it
/// [recovers](Input::recover).
///
/// What a gzip member or Zstandard frame holds is handed out when its checksum is found right, so that nothing comes
/// of a damaged one, unless it is longer than 8 MiB. What came before a cut is handed out.
pub(crate) struct Input {
    reader: Reader,
    compression: Option<Compression>,
    fault: Option<Fault>,
    buffer: Vec<u8>,
    /// The bytes of `buffer` that are not consumed.
    start: usize,
    end: usize,
    /// The end of those that may be handed out.
    ready: usize,
    /// Whether the bytes of a member wait for its checksum.
    holds: bool,
    /// Offset in the file, decompressed, of the byte at `end`.
    offset: u64,
    is_ended: bool,
    /// Bytes on disk, where it is a file.
    size: Option<u64>,
    /// Where members begin: in the content, and in the file.
    members: VecDeque<(u64, u64)>,
    /// Offset in the content of the member that is read.
    member: u64,
}

/// Where the bytes come from.
enum Reader {
    Plain(Box<dyn Read + Send>),
    Members(Box<Members<Raw>>),
}

/// The file again, with what was read of it already put back.
type Raw = io::Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>;

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Reader::Plain(reader) => reader.read(buffer),
            Reader::Members(members) => members.read(buffer),
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

    /// What one of the pieces is called that such a file is made of.
    fn member(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip member",
            Compression::Zstd => "zstd frame",
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
            reader: Reader::Plain(reader),
            compression: None,
            fault: None,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            ready: 0,
            holds: false,
            offset: 0,
            is_ended: false,
            size: None,
            members: VecDeque::new(),
            member: 0,
        };
        input.read_head();
        if let Some(compression) = Compression::of(input.head()) {
            input.offset = 0;
            if input.fault.is_none() {
                input.decompress(compression);
            } else {
                input.start = input.end;
            }
        }
        input
    }

    /// Puts a decoder between the file and us, the head included.
    fn decompress(&mut self, compression: Compression) {
        self.buffer.truncate(self.end);
        let head = Cursor::new(std::mem::take(&mut self.buffer));
        let Reader::Plain(file) = std::mem::replace(&mut self.reader, Reader::Plain(Box::new(io::empty())))
        else {
            return;
        };
        let raw = head.chain(file);
        self.compression = Some(compression);
        (self.start, self.end, self.ready) = (0, 0, 0);
        (self.holds, self.is_ended) = (true, false);
        let members = match compression {
            Compression::Gzip => Ok(Members::gzip(raw)),
            Compression::Zstd => Members::zstandard(raw),
        };
        match members {
            Ok(members) => self.reader = Reader::Members(Box::new(members)),
            Err(error) => return self.fail(&error),
        }
        self.read_head();
    }

    fn read_head(&mut self) {
        self.buffer.resize(HEAD, 0);
        while self.end < HEAD && !self.is_ended && self.fault.is_none() {
            self.read_more();
        }
    }

    /// Reads on behind `end`, once.
    fn read_more(&mut self) {
        match self.reader.read(&mut self.buffer[self.end..]) {
            Ok(n) => {
                self.note_member();
                self.end += n;
                self.offset += n as u64;
                self.is_ended = n == 0;
                if !self.holds || self.is_ended || self.is_let_go() || self.end - self.ready >= HELD {
                    self.ready = self.end;
                }
            }
            Err(error) => self.fail(&error),
        }
    }

    fn fail(&mut self, error: &io::Error) {
        let mut fault = Fault::of(error, self.compression, self.offset);
        if fault.kind == RejectKind::Cut
            && matches!(&self.reader, Reader::Members(members) if members.is_followed())
        {
            fault.kind = RejectKind::Damaged;
        }
        if fault.kind != RejectKind::Damaged || !self.is_broken_within_member() {
            self.ready = self.end;
        }
        self.fault = Some(fault);
    }

    /// Whether some of the member that is read was handed out before its checksum is known.
    fn is_let_go(&self) -> bool {
        self.offset - (self.end - self.ready) as u64 > self.member
    }

    /// The fault, and what became of the member that it befell.
    fn explained(&self, fault: &Fault) -> Fault {
        let is_explained = self.holds && matches!(fault.kind, RejectKind::Damaged | RejectKind::Cut);
        let Some(at) = self.broken_member().filter(|_| is_explained) else {
            return fault.clone();
        };
        let member = self.compression.map_or("member", Compression::member);
        let outcome = if !self.is_broken_within_member() {
            "nothing of it was read".to_owned()
        } else if fault.kind == RejectKind::Cut {
            format!("what was read from byte {} of the content on could not be checked", self.member)
        } else if self.is_let_go() {
            format!("what was read from byte {} of the content on may be wrong", self.member)
        } else {
            "nothing of it was kept".to_owned()
        };
        let reason = format!("{}; the {member} at byte {at} of the file: {outcome}", fault.reason);
        Fault { kind: fault.kind, reason }
    }

    /// Notes where the member begins that the last read began: what came before it is as it was written.
    fn note_member(&mut self) {
        if let Reader::Members(members) = &self.reader
            && let Some(start) = members.start()
        {
            (self.ready, self.member) = (self.end, self.offset);
            self.members.push_back((self.offset, start));
        }
    }

    /// From now on, hands out what a member holds before its checksum is known, and notes where members begin, for
    /// [`member_at`](Input::member_at).
    pub(crate) fn track_members(&mut self) {
        self.holds = false;
        self.ready = self.end;
    }

    /// Offset in the file of the gzip member whose content begins at this offset of all content; `None` where none
    /// does. What lies before that offset is not asked for again.
    pub(crate) fn member_at(&mut self, offset: u64) -> Option<u64> {
        while self.members.front().is_some_and(|&(begin, _)| begin < offset) {
            self.members.pop_front();
        }
        self.members.front().filter(|&&(begin, _)| begin == offset).map(|&(_, start)| start)
    }

    /// Offset in the file of the member that is cut or damaged.
    pub(crate) fn broken_member(&self) -> Option<u64> {
        match &self.reader {
            Reader::Members(members) => members.broken(),
            Reader::Plain(_) => None,
        }
    }

    /// After a fault, whether the last bytes before it came from the member that is cut or damaged.
    pub(crate) fn is_broken_within_member(&self) -> bool {
        matches!(&self.reader, Reader::Members(members) if members.is_broken_within())
    }

    /// After cut or damaged data, goes on with the next member that can be found; false where there is none.
    pub(crate) fn recover(&mut self) -> bool {
        let kind = self.fault.as_ref().map(|fault| fault.kind);
        let Reader::Members(members) = &mut self.reader else { return false };
        let is_passable = matches!(kind, Some(RejectKind::Cut | RejectKind::Damaged));
        if !is_passable || !members.recover().unwrap_or(false) {
            return false;
        }
        self.offset -= (self.end - self.ready) as u64;
        (self.end, self.fault, self.is_ended) = (self.ready, None, false);
        if self.end == 0 {
            self.read_head();
        }
        true
    }

    /// The first bytes, before any are passed over: up to 8 KiB, and more once they were [looked at](Input::look_ahead).
    pub(crate) fn head(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Reads on until `n` bytes can be seen of those that are left, as far as there are so many.
    pub(crate) fn look_ahead(&mut self, n: usize) {
        let end = self.start + n;
        if self.buffer.len() < end {
            self.buffer.resize(end, 0);
        }
        while self.end < end && !self.is_ended && self.fault.is_none() {
            self.read_more();
        }
    }

    /// The next bytes, at least one but at the end.
    pub(crate) fn chunk(&mut self) -> Result<&[u8], Fault> {
        while self.start >= self.ready {
            if let Some(fault) = &self.fault {
                return Err(self.explained(fault));
            }
            if self.is_ended {
                return Ok(&[]);
            }
            self.buffer.copy_within(self.ready..self.end, 0);
            self.start -= self.ready;
            self.end -= self.ready;
            self.ready = 0;
            if self.buffer.len() < self.end + CHUNK {
                self.buffer.resize(self.end + CHUNK, 0);
            }
            self.read_more();
            if self.holds {
                self.members.clear();
            }
        }
        Ok(&self.buffer[self.start..self.ready])
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
        if compression == Compression::Zstd && members::is_window_too_large(error) {
            let reason =
                format!("the zstd data needs a window of more than {} MiB", members::WINDOW_MAX >> 20);
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
