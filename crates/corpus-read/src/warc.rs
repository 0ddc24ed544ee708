//! The records of a WARC file that are pages, each cut by the length its header states.

mod record;
mod window;

pub(crate) use self::record::WarcRecord;
use self::window::Window;
use crate::{
    input::{Fault, Input},
    lines::Piece,
    progress::Progress,
    reject::{RejectKind, Spot},
    skip::Skip,
};

/// Longest header of a record, and longest header of the response in it.
const HEADER_MAX: usize = 64 << 10;

/// The records of a WARC or WET file that are pages, whole, with header and block; the others are counted.
///
/// A record that is cut or malformed is a fault at its place, and reading goes on at the next version line, or with
/// the next gzip member. No record longer than `max` is held in memory. Time is linear in the input.
pub(crate) struct Warc {
    window: Window,
    max: u64,
    progress: Progress,
    /// Number of the next record.
    index: u64,
    /// Whether every record so far lay in gzip members of its own.
    is_alone: bool,
    /// Whether the next record must be looked for.
    is_lost: bool,
    is_done: bool,
}

impl Warc {
    pub(crate) fn new(mut input: Input, max: u64, progress: &Progress) -> Self {
        input.track_members();
        Warc {
            window: Window::new(input),
            max,
            progress: progress.clone(),
            index: 0,
            is_alone: true,
            is_lost: false,
            is_done: false,
        }
    }

    /// The record that begins here: a page, or why it is none.
    fn cut(&mut self) -> Result<Result<Vec<u8>, Skip>, Fault> {
        let malformed = |reason: String| Fault { kind: RejectKind::Malformed, reason };
        self.is_lost = true;
        if !window::is_version(self.window.bytes()) {
            return Err(malformed("no WARC record begins here".to_owned()));
        }
        let Some(header) = self.window.find_header(HEADER_MAX) else {
            return Err(match self.window.end() {
                Some(_) => self.end_fault("the file ends within the record's header".to_owned()),
                None => malformed(format!("the record's header has more than {HEADER_MAX} bytes")),
            });
        };
        if window::find_version(&self.window.bytes()[..header], 1).is_some() {
            return Err(malformed("the record is cut within its header".to_owned()));
        }
        let record = WarcRecord::parse(&self.window.bytes()[..header]);
        let Some(length) = record.length() else {
            return Err(malformed("the record's header states no length".to_owned()));
        };
        let whole = (header as u64).saturating_add(length);
        if whole > self.max {
            let enough = (header + HEADER_MAX).min(usize::try_from(whole).unwrap_or(usize::MAX));
            self.window.fill(enough);
            let bytes = self.window.bytes();
            let record = WarcRecord::parse(&bytes[..bytes.len().min(enough)]);
            return match record.skip(length) {
                Some(skip) => Ok(Err(skip)),
                None => {
                    let max = self.max;
                    let reason =
                        format!("the record has {whole} bytes, more than the {max} a record may have");
                    Err(Fault { kind: RejectKind::TooLong, reason })
                }
            };
        }
        let whole = usize::try_from(whole).unwrap_or(usize::MAX);
        if !self.window.fill(whole) {
            return Err(match self.window.find_version(header) {
                Some(next) => malformed(short(length, next - header)),
                None => {
                    let n = self.window.bytes().len() - header;
                    self.end_fault(format!("the file ends after {n} of the record's {length} bytes"))
                }
            });
        }
        let end = self.window.end_of_blank(whole);
        let is_boundary = self.window.is_boundary(end);
        if !is_boundary && let Some(next) = self.window.find_version_before(whole, header) {
            return Err(malformed(short(length, next - header)));
        }
        // All of the record is there, but a checksum may say that it is not what was written.
        if end == self.window.bytes().len()
            && let Some(fault) = self.window.doubt()
        {
            return Err(fault.clone());
        }
        self.is_lost = false;
        let bytes = &self.window.bytes()[..whole];
        let page = match WarcRecord::parse(bytes).skip(length) {
            Some(skip) => Err(skip),
            None => Ok(bytes.to_vec()),
        };
        self.window.advance(end);
        self.is_alone &= !is_boundary || self.window.is_member_start();
        Ok(page)
    }

    /// Why the record ends too early: what is wrong with the compressed data, else `reason`.
    fn end_fault(&self, reason: String) -> Fault {
        match self.window.end() {
            Some(Err(fault)) => fault.clone(),
            _ => Fault { kind: RejectKind::Cut, reason },
        }
    }

    /// Goes on behind the damage; false where nothing is left.
    fn go_on(&mut self) -> bool {
        let is_ended = self.window.end().is_some();
        self.is_done = is_ended && !self.window.recover();
        !self.is_done
    }

    /// Goes to the next version line, from the byte after the one where we are, or from the next gzip member.
    fn find_record(&mut self) {
        self.is_lost = false;
        let mut from = 1;
        loop {
            match self.window.find_version(from) {
                Some(next) => return self.window.advance(next),
                None => self.window.advance(usize::MAX),
            }
            if !self.go_on() {
                return;
            }
            from = 0;
        }
    }
}

fn short(length: u64, n: usize) -> String {
    format!("the record is cut: its header states {length} bytes, but the next record begins after {n}")
}

impl Iterator for Warc {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.is_done {
            if self.is_lost {
                self.find_record();
                continue;
            }
            let blank = self.window.end_of_blank(0);
            self.window.advance(blank);
            let in_file = self.window.member().filter(|_| self.is_alone);
            let offset = in_file.unwrap_or_else(|| self.window.offset());
            let spot = Spot { index: self.index, offset, line: None };
            if self.window.bytes().is_empty() {
                let fault = match self.window.end() {
                    Some(Err(fault)) => Some(fault.clone()),
                    _ => None,
                };
                self.go_on();
                match fault {
                    Some(fault) => return Some(Err((fault, spot))),
                    None => continue,
                }
            }
            self.index += 1;
            match self.cut() {
                Ok(Ok(bytes)) => return Some(Ok((bytes, spot))),
                Ok(Err(skip)) => self.progress.add_passed_over(skip),
                Err(fault) => return Some(Err((fault, spot))),
            }
        }
        None
    }
}

/// Whether the first bytes of a file are those of a WARC record.
pub(crate) fn begins(head: &[u8]) -> bool {
    window::is_version(head.trim_ascii_start())
}
