//! Mails one after the other in one file (mbox), each below a line that says from whom and when it came (RFC 4155).

use crate::{
    headers::{are_headers, next_line},
    input::{Fault, Input},
    lines::Piece,
    reject::{RejectKind, Spot},
};
use std::borrow::Cow;

/// What a line is longer than that is no line between two mails.
const LINE_MAX: usize = 1 << 10;

/// The mails of a file, each with the line above it. No mail longer than `max` is held in memory.
pub(crate) struct Mbox {
    input: Input,
    max: u64,
    /// Where the mail begins that is read now.
    spot: Spot,
    /// What of it has been read so far; nothing once it is too long.
    mail: Vec<u8>,
    /// Its length so far.
    len: u64,
    /// The line that is read now, or what of it was not told from others yet.
    line: Vec<u8>,
    /// Whether `line` begins a line, and one that a mail may begin with.
    is_line_start: bool,
    is_after_blank: bool,
    /// Whether what comes belongs to a mail whose beginning is lost.
    is_torn: bool,
    is_done: bool,
}

impl Mbox {
    pub(crate) fn new(input: Input, max: u64) -> Self {
        Mbox {
            input,
            max,
            spot: Spot { index: 0, offset: 0, line: None },
            mail: Vec::new(),
            len: 0,
            line: Vec::new(),
            is_line_start: true,
            is_after_blank: true,
            is_torn: false,
            is_done: false,
        }
    }

    /// Goes on with what was read of a line, which `is_whole` or not; gives the mail that ends before it.
    fn end_line(&mut self, is_whole: bool) -> Option<Piece> {
        let line = std::mem::take(&mut self.line);
        let begins = self.is_line_start && self.is_after_blank && is_from_line(&line);
        let piece = if begins { self.finish() } else { None };
        self.is_torn &= !begins;
        self.is_after_blank = self.is_line_start && matches!(&*line, b"\n" | b"\r\n");
        self.is_line_start = is_whole;
        self.len += line.len() as u64;
        if self.len > self.max || self.is_torn {
            self.mail = Vec::new();
        } else {
            self.mail.extend_from_slice(&line);
        }
        piece
    }

    /// The mail that ends here, if there is one.
    fn finish(&mut self) -> Option<Piece> {
        let mail = std::mem::take(&mut self.mail);
        let (spot, len) = (self.spot, std::mem::take(&mut self.len));
        self.spot.offset += len;
        if self.is_torn || len == 0 {
            return None;
        }
        self.spot.index += 1;
        if len > self.max {
            let reason = format!("the mail has {len} bytes, more than the {} a record may have", self.max);
            return Some(Err((Fault { kind: RejectKind::TooLong, reason }, spot)));
        }
        Some(Ok((mail, spot)))
    }

    /// Goes on behind damage, with the next mail, where that can be. How many mails are lost nobody knows.
    fn fail(&mut self, fault: Fault) -> Piece {
        let spot = self.spot;
        self.is_done = !self.input.recover();
        self.spot.offset += std::mem::take(&mut self.len) + self.line.len() as u64;
        (self.mail, self.line) = (Vec::new(), Vec::new());
        (self.is_torn, self.is_line_start, self.is_after_blank) = (true, true, true);
        Err((fault, spot))
    }
}

impl Iterator for Mbox {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.is_done {
            let (n, is_whole) = match self.input.chunk() {
                Ok([]) => {
                    self.is_done = true;
                    let last = self.end_line(true);
                    // A line between two mails is none without what follows.
                    return last.or_else(|| self.finish());
                }
                Ok(chunk) => {
                    let end = memchr::memchr(b'\n', chunk).map(|end| end + 1);
                    let n = end.unwrap_or(chunk.len());
                    self.line.extend_from_slice(&chunk[..n]);
                    (n, end.is_some())
                }
                Err(fault) => {
                    // What came before the damage may be a whole mail.
                    let is_whole = self.line.is_empty() && self.is_after_blank;
                    let mail = if is_whole { self.finish() } else { None };
                    return mail.or_else(|| Some(self.fail(fault)));
                }
            };
            self.input.consume(n);
            if (is_whole || self.line.len() > LINE_MAX)
                && let Some(piece) = self.end_line(is_whole)
            {
                return Some(piece);
            }
        }
        None
    }
}

/// Whether a file begins as one of mails does: with the line above the first of them, and its headers.
pub(crate) fn begins(head: &[u8]) -> bool {
    let (line, after) = next_line(head);
    is_from_line(line) && are_headers(after)
}

/// The mail without the line above it, and with the lines in it as they were that begin with "From ".
pub(crate) fn mail(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (line, after) = next_line(bytes);
    let bytes = if is_from_line(line) { after } else { bytes };
    let is_quoted = |&at: &usize| {
        let before = &bytes[..at];
        let line = before.iter().rposition(|&byte| byte != b'>').map_or(0, |last| last + 1);
        line == 0 || bytes[line - 1] == b'\n'
    };
    let mut quoted = memchr::memmem::find_iter(bytes, b">From ").filter(is_quoted).peekable();
    if quoted.peek().is_none() {
        return Cow::Borrowed(bytes);
    }
    let mut mail = Vec::with_capacity(bytes.len());
    let mut start = 0;
    for at in quoted {
        mail.extend_from_slice(&bytes[start..at]);
        start = at + 1;
    }
    mail.extend_from_slice(&bytes[start..]);
    Cow::Owned(mail)
}

/// Whether a line says from whom a mail came and when: "From ada@quay.example Tue Mar  5 10:00:00 2019".
fn is_from_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ").filter(|rest| rest.len() <= LINE_MAX) else { return false };
    let is_digits = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_time = |word: &[u8]| {
        let mut parts = word.split(|&byte| byte == b':');
        let is_time = parts.by_ref().take(2).filter(|part| part.len() <= 2 && is_digits(part)).count() == 2;
        is_time && parts.all(is_digits)
    };
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).skip(1);
    words.any(is_time) && words.any(|word| word.len() == 4 && is_digits(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_between_mails_have_a_time_and_a_year() {
        for line in [
            "From ada@quay.example Tue Mar  5 10:00:00 2019",
            "From - Tue Mar 05 10:00:00 2019",
            "From 14@xxx Tue Mar 05 10:00:00 +0000 2019\r\n",
            "From ada Tue Mar  5 10:00 CET 2019 remote from quay",
        ] {
            assert!(is_from_line(line.as_bytes()), "{line}");
        }
        for line in [
            "From the quay the ferry left at 10:00",
            "From 10:00 on in 2019",
            "From: ada@quay.example Tue Mar  5 10:00:00 2019",
            ">From ada@quay.example Tue Mar  5 10:00:00 2019",
            "From ada@quay.example",
            "From ",
        ] {
            assert!(!is_from_line(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn quoted_lines_lose_one_mark() {
        let said = |bytes: &str| String::from_utf8(mail(bytes.as_bytes()).into_owned()).unwrap();
        assert_eq!(
            said("A: b\n\n>From here\n>>From there\n> >From\nx>From y\n"),
            "A: b\n\nFrom here\n>From there\n> >From\nx>From y\n"
        );
        assert_eq!(said("From - Tue Mar 05 10:00:00 2019\nA: b\n"), "A: b\n");
    }
}
