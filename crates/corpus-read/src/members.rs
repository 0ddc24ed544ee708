//! The members of a gzip file, decompressed one after the other, and the way on after a damaged one.

use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// How much compressed data is read at a time.
const CHUNK: usize = 64 << 10;
/// How much compressed data of a member is kept, to look for the next one within it should it be damaged.
const KEPT: usize = 1 << 20;
/// What every member begins with: the magic and the only method there is.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// Decompresses one member after the other, and passes over zero bytes after the last, as tapes leave them. No read
/// crosses from one member into the next. After an error it is at its end, unless it [recovers](Members::recover).
pub(crate) struct Members<R> {
    state: Option<State<R>>,
    /// Offset in the file of the member that is read, until a byte of it has come.
    begun: Option<u64>,
    /// Offset in the file of the member that the last read began, if it began one.
    start: Option<u64>,
}

enum State<R> {
    Member(Box<GzDecoder<Kept<R>>>),
    Between(Kept<R>),
    Broken(Kept<R>),
}

impl<R: Read> Members<R> {
    pub(crate) fn new(raw: R) -> Self {
        let raw = Kept {
            inner: raw,
            buffer: Vec::new(),
            position: 0,
            mark: 0,
            marked: 0,
            is_marked: true,
            offset: 0,
            again: 0,
        };
        Members { state: Some(State::Member(Box::new(GzDecoder::new(raw)))), begun: Some(0), start: None }
    }

    /// Offset in the file of the member that the last read began; `None` where it went on with one.
    pub(crate) fn start(&self) -> Option<u64> {
        self.start
    }

    /// After an error, offset in the file of the member that is damaged, or of what should be one.
    pub(crate) fn broken(&self) -> Option<u64> {
        match &self.state {
            Some(State::Broken(raw)) => Some(raw.marked),
            _ => None,
        }
    }

    /// After an error, whether some of what was read before it came from the member that is damaged.
    pub(crate) fn is_broken_within(&self) -> bool {
        self.begun.is_none() && matches!(self.state, Some(State::Broken(_)))
    }

    /// After an error, goes on with the next member that can be found; false where there is none.
    ///
    /// It is looked for from the second byte of the damaged one, as far as its bytes are kept: what decodes wrongly
    /// can run on into the next member before it is noticed.
    pub(crate) fn recover(&mut self) -> io::Result<bool> {
        let Some(State::Broken(mut raw)) = self.state.take() else { return Ok(false) };
        raw.rewind();
        if !raw.find_member()? {
            return Ok(false);
        }
        self.begin(raw);
        Ok(true)
    }

    fn begin(&mut self, mut raw: Kept<R>) {
        self.begun = Some(raw.set_mark());
        self.state = Some(State::Member(Box::new(GzDecoder::new(raw))));
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.start = None;
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state.take() {
                None => return Ok(0),
                Some(State::Broken(raw)) => {
                    self.state = Some(State::Broken(raw));
                    return Ok(0);
                }
                Some(State::Member(mut member)) => match member.read(buffer) {
                    Ok(0) => self.state = Some(State::Between(member.into_inner())),
                    Ok(n) => {
                        self.start = self.begun.take();
                        self.state = Some(State::Member(member));
                        return Ok(n);
                    }
                    Err(error) => {
                        self.state = Some(State::Broken(member.into_inner()));
                        return Err(error);
                    }
                },
                Some(State::Between(mut raw)) => {
                    let chunk = raw.fill_buf()?;
                    if chunk.is_empty() {
                        continue;
                    }
                    let zeros = chunk.iter().take_while(|&&byte| byte == 0).count();
                    let next = chunk.get(zeros).copied();
                    raw.consume(zeros);
                    match next {
                        None => self.state = Some(State::Between(raw)),
                        Some(0x1f) => self.begin(raw),
                        Some(_) => {
                            self.begun = Some(raw.set_mark());
                            self.state = Some(State::Broken(raw));
                            return Err(io::Error::new(io::ErrorKind::InvalidData, "no gzip member follows"));
                        }
                    }
                }
            }
        }
    }
}

/// A file that keeps what was read of it since a mark, as long as that is not too much.
struct Kept<R> {
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
    /// Marks where we are, and says where that is in the file.
    fn set_mark(&mut self) -> u64 {
        (self.mark, self.is_marked) = (self.position, true);
        self.marked = self.offset + self.position as u64;
        self.marked
    }

    /// Goes back to the byte after the mark, where its bytes are kept; in all no further than was read, so that the
    /// time is linear whatever the file holds.
    fn rewind(&mut self) {
        let back = self.position.saturating_sub(self.mark + 1);
        let read = self.offset + self.position as u64 + KEPT as u64;
        if self.is_marked && self.again + back as u64 <= read {
            self.again += back as u64;
            self.position -= back;
        }
        self.is_marked = false;
    }

    /// Goes on to the next member; false where the file ends before one.
    fn find_member(&mut self) -> io::Result<bool> {
        loop {
            let rest = &self.buffer[self.position..];
            // Flags that no member has tell most chance finds from a member.
            let found = memchr::memmem::find_iter(rest, &MAGIC)
                .find(|&at| rest.get(at + MAGIC.len()).is_none_or(|flags| flags & 0xe0 == 0));
            if let Some(at) = found {
                self.position += at;
                return Ok(true);
            }
            self.position = self.position.max(self.buffer.len().saturating_sub(MAGIC.len() - 1));
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

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn member(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// The members that come out, each with its offset in the file.
    fn members(bytes: &[u8]) -> Vec<(u64, String)> {
        let mut members = Members::new(bytes);
        let mut found: Vec<(u64, String)> = Vec::new();
        let mut buffer = [0; 7];
        loop {
            match members.read(&mut buffer) {
                Ok(0) => return found,
                Ok(n) => {
                    let text = String::from_utf8_lossy(&buffer[..n]).into_owned();
                    match members.start() {
                        Some(start) => found.push((start, text)),
                        None => found.last_mut().unwrap().1 += &text,
                    }
                }
                Err(_) => {
                    if !members.recover().unwrap() {
                        return found;
                    }
                }
            }
        }
    }

    #[test]
    fn each_member_has_its_offset() {
        let [a, empty, b] = ["first of all", "", "second"].map(member);
        let second = (a.len() + empty.len()) as u64;
        let found = members(&[a, empty, b, vec![0; 600]].concat());
        assert_eq!(found, [(0, "first of all".to_owned()), (second, "second".to_owned())]);
    }

    #[test]
    fn the_next_member_is_found_after_any_damage() {
        let [a, b, c] = ["The first member.", "The second member, to be damaged.", "The third."].map(member);
        for at in a.len()..a.len() + b.len() {
            for byte in [0, 0x1f, 0xff] {
                let mut bytes = [&*a, &b, &c].concat();
                bytes[at] = byte;
                let found = members(&bytes);
                assert_eq!(found[0], (0, "The first member.".to_owned()));
                let last = found.last().unwrap();
                assert_eq!(last, &((a.len() + b.len()) as u64, "The third.".to_owned()), "{byte:#x} at {at}");
            }
        }
    }

    #[test]
    fn a_cut_member_does_not_hide_the_next() {
        let (a, b) = (member(&"A long first member. ".repeat(9)), member("The second."));
        for cut in 1..a.len() {
            let found = members(&[&a[..cut], &b].concat());
            assert_eq!(found.last().unwrap(), &(cut as u64, "The second.".to_owned()), "{cut}");
        }
    }

    #[test]
    fn a_file_of_beginnings_ends() {
        let bytes = [&MAGIC[..], &[0; 8]].concat().repeat(50_000);
        assert!(members(&bytes).len() <= 50_000);
    }
}
