//! A window on the input: the bytes of the record that is read, as many as it takes.

use crate::{
    headers::{self, next_line},
    input::{Fault, Input},
    reject::RejectKind,
};

/// What a version line begins with; a digit, a dot and a digit follow.
const VERSION: &[u8] = b"WARC/";
/// How many bytes tell a version line at most: from the line feed before it to the beginning of the next line.
const VERSION_LEN: usize = 17;

/// The bytes of an input from where we are, gathered as far as they are asked for.
pub(super) struct Window {
    input: Input,
    buffer: Vec<u8>,
    /// Where in `buffer` we are.
    start: usize,
    /// Offset in the content of where we are.
    offset: u64,
    /// Whether the byte before the first one is a line end, or nothing.
    is_line_start: bool,
    /// How the input ended, once it has.
    end: Option<Result<(), Fault>>,
}

impl Window {
    pub(super) fn new(input: Input) -> Self {
        Window { input, buffer: Vec::new(), start: 0, offset: 0, is_line_start: true, end: None }
    }

    /// The bytes gathered.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Offset of the first of them in the content.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Offset in the file of the gzip member that begins with the first of them, or would, were it not damaged.
    pub(super) fn member(&mut self) -> Option<u64> {
        match self.end {
            Some(Err(_)) if self.bytes().is_empty() => self.input.broken_member(),
            _ => self.input.member_at(self.offset),
        }
    }

    /// Whether a gzip member begins here, or the input has ended.
    pub(super) fn is_member_start(&mut self) -> bool {
        !self.fill(1) || self.member().is_some()
    }

    /// Gathers `n` bytes; false where there are fewer.
    pub(super) fn fill(&mut self, n: usize) -> bool {
        while self.buffer.len() - self.start < n {
            if self.end.is_some() {
                return false;
            }
            if self.start > self.buffer.len() / 2 {
                self.buffer.drain(..self.start);
                self.start = 0;
            }
            match self.input.chunk() {
                Ok([]) => self.end = Some(Ok(())),
                Ok(chunk) => {
                    let len = chunk.len();
                    self.buffer.extend_from_slice(chunk);
                    self.input.consume(len);
                }
                Err(fault) => self.end = Some(Err(fault)),
            }
        }
        true
    }

    /// How the input ended, where all of it is gathered.
    pub(super) fn end(&self) -> Option<&Result<(), Fault>> {
        self.end.as_ref()
    }

    /// The fault that says of the last bytes gathered that they are not what was written.
    pub(super) fn doubt(&self) -> Option<&Fault> {
        match &self.end {
            Some(Err(fault)) if fault.kind == RejectKind::Damaged && self.input.is_broken_within_member() => {
                Some(fault)
            }
            _ => None,
        }
    }

    /// After a fault, goes on with what can be read behind it; false where there is nothing.
    pub(super) fn recover(&mut self) -> bool {
        self.advance(usize::MAX);
        if !self.input.recover() {
            return false;
        }
        (self.end, self.is_line_start) = (None, true);
        true
    }

    /// Passes over `n` bytes, or all that are gathered.
    pub(super) fn advance(&mut self, n: usize) {
        let n = n.min(self.bytes().len());
        if n > 0 {
            self.is_line_start = self.bytes()[n - 1] == b'\n';
            self.start += n;
            self.offset += n as u64;
        }
    }

    /// Length of the header that begins here, the blank line included; `None` where it has more than `max` bytes.
    pub(super) fn find_header(&mut self, max: usize) -> Option<usize> {
        let mut n = 1 << 10;
        loop {
            self.fill(n.min(max));
            let bytes = self.bytes();
            if let Some(length) = headers::length(&bytes[..bytes.len().min(max)]) {
                return Some(length);
            }
            if n >= max || self.end.is_some() {
                return None;
            }
            n *= 4;
        }
    }

    /// Where the empty lines end that begin at `from`.
    pub(super) fn end_of_blank(&mut self, from: usize) -> usize {
        let mut at = from;
        while self.fill(at + 1) && matches!(self.bytes()[at], b'\r' | b'\n') {
            at += 1;
            // Any number of them may come: they are not gathered.
            if from == 0 && at == 1 << 10 {
                self.advance(at);
                at = 0;
            }
        }
        at
    }

    /// Whether a record may end at `at`: another one begins there, or nothing more comes.
    pub(super) fn is_boundary(&mut self, at: usize) -> bool {
        !self.fill(at + 1) || {
            self.fill(at + VERSION_LEN);
            is_version(&self.bytes()[at..])
        }
    }

    /// Where a line begins before `end`, of those gathered, that is a version line; from `from` on.
    pub(super) fn find_version_before(&self, end: usize, from: usize) -> Option<usize> {
        let bytes = self.bytes();
        let enough = (end + VERSION_LEN).min(bytes.len());
        find_version(&bytes[..enough], from).filter(|&at| at < end)
    }

    /// Where the next line begins that is a version line, from `from` on. Bytes passed are let go, unless the line is
    /// found among those gathered; only those gathered are searched once the input has ended.
    pub(super) fn find_version(&mut self, from: usize) -> Option<usize> {
        if from == 0 && self.is_line_start {
            self.fill(VERSION_LEN);
            if is_version(self.bytes()) {
                return Some(0);
            }
        }
        let mut from = from;
        loop {
            if let Some(at) = find_version(self.bytes(), from) {
                return Some(at);
            }
            if self.end.is_some() {
                return None;
            }
            // What is left may be the beginning of a version line.
            let passed = self.bytes().len().saturating_sub(VERSION_LEN);
            if passed > 0 {
                self.advance(passed);
                from = 0;
            }
            self.fill(self.bytes().len() + 1);
        }
    }
}

/// Whether `bytes` begin with a version line.
pub(super) fn is_version(bytes: &[u8]) -> bool {
    let version = bytes.strip_prefix(VERSION);
    matches!(version, Some([b'0'..=b'9', b'.', b'0'..=b'9', b'\r' | b'\n', ..]))
}

/// Where in `bytes` a version line begins, from `from` on: behind the end of another line, or, should that be damaged,
/// before a header of a record.
pub(super) fn find_version(bytes: &[u8], from: usize) -> Option<usize> {
    let is_whole_line = |at: usize| at.checked_sub(1).is_some_and(|before| bytes[before] == b'\n');
    let is_followed = |at: usize| next_line(&bytes[at..]).1.starts_with(b"WARC-");
    let mut found = memchr::memmem::find_iter(bytes.get(from..)?, VERSION).map(|at| from + at);
    found.find(|&at| is_version(&bytes[at..]) && (is_whole_line(at) || is_followed(at)))
}
