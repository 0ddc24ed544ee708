//! The lines of an input, one copy each.

use crate::{
    input::{Fault, Input},
    reject::{RejectKind, Spot},
};

/// The lines of an input that are not blank. No line longer than `max` is held in memory.
pub(crate) struct Lines {
    input: Input,
    max: u64,
    /// Where the line begins that is read now.
    spot: Spot,
    /// What of it has been read so far; nothing once it is too long.
    line: Vec<u8>,
    /// Its length so far.
    len: u64,
    /// Whether what comes belongs to a line whose beginning is lost.
    is_torn: bool,
    is_done: bool,
}

/// A piece of a container, and where it begins; or why it is none.
pub(crate) type Piece = Result<(Vec<u8>, Spot), (Fault, Spot)>;

impl Lines {
    pub(crate) fn new(mut input: Input, max: u64) -> Self {
        let mark = if input.head().starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        input.consume(mark);
        let spot = Spot { index: 0, offset: mark as u64, line: Some(1) };
        Lines { input, max, spot, line: Vec::new(), len: 0, is_torn: false, is_done: false }
    }

    fn extend(&mut self, n: usize) -> Result<(), Fault> {
        self.len += n as u64;
        if self.len > self.max {
            self.line = Vec::new();
        } else {
            self.line.extend_from_slice(&self.input.chunk()?[..n]);
        }
        Ok(())
    }

    /// Goes on behind damage, where that can be. How many lines are lost nobody knows.
    fn fail(&mut self, fault: Fault) -> Piece {
        let spot = self.spot;
        self.is_done = !self.input.recover();
        self.is_torn = self.len > 0;
        self.line = Vec::new();
        self.spot.offset += std::mem::take(&mut self.len);
        self.spot.line = None;
        Err((fault, spot))
    }

    /// The line that ends here, unless it is blank; the next one begins after `terminator` bytes more.
    fn finish(&mut self, terminator: u64) -> Option<Piece> {
        let line = std::mem::take(&mut self.line);
        let spot = self.spot;
        let len = std::mem::take(&mut self.len);
        self.spot.line = self.spot.line.map(|line| line + 1);
        self.spot.offset += len + terminator;
        if len > self.max {
            self.spot.index += 1;
            let reason = format!("the line has {len} bytes, more than the {} a record may have", self.max);
            return Some(Err((Fault { kind: RejectKind::TooLong, reason }, spot)));
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        self.spot.index += 1;
        Some(Ok((line, spot)))
    }
}

impl Iterator for Lines {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.is_done {
            let (n, is_whole) = match self.input.chunk() {
                Ok([]) => {
                    self.is_done = true;
                    return self.finish(0);
                }
                Ok(chunk) => match memchr::memchr(b'\n', chunk) {
                    Some(n) => (n, true),
                    None => (chunk.len(), false),
                },
                Err(fault) => return Some(self.fail(fault)),
            };
            if self.is_torn {
                self.is_torn = !is_whole;
                self.spot.offset += (n + usize::from(is_whole)) as u64;
                self.input.consume(n + usize::from(is_whole));
                continue;
            }
            if let Err(fault) = self.extend(n) {
                return Some(self.fail(fault));
            }
            self.input.consume(n + usize::from(is_whole));
            if is_whole && let Some(piece) = self.finish(1) {
                return Some(piece);
            }
        }
        None
    }
}
