//! The members of a gzip file or the frames of a Zstandard file, decompressed one after the other, and the way on
//! after a damaged one.

mod frame;
mod kept;

use self::{frame::Frames, kept::Kept};
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

pub(crate) use self::frame::{WINDOW_MAX, is_window_too_large};

/// What every gzip member begins with: the magic and the only method there is.
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
/// What every Zstandard frame that holds data begins with.
const ZSTANDARD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Decompresses one member after the other, and passes over zero bytes after the last gzip member, as tapes leave
/// them. No read crosses from one member into the next. After an error it is at its end, unless it
/// [recovers](Members::recover).
pub(crate) struct Members<R> {
    state: Option<State<R>>,
    /// What decompresses frames; `None` where the members are gzip's.
    frames: Option<Frames>,
    /// Offset in the file of the member that is read, until a byte of it has come.
    begun: Option<u64>,
    /// Offset in the file of the member that the last read began, if it began one.
    start: Option<u64>,
}

enum State<R> {
    Member(Box<GzDecoder<Kept<R>>>),
    Frame(Kept<R>),
    Between(Kept<R>),
    Broken(Kept<R>),
}

impl<R: Read> Members<R> {
    /// Those of a gzip file.
    pub(crate) fn gzip(raw: R) -> Self {
        Members { state: Some(State::Between(Kept::new(raw))), frames: None, begun: None, start: None }
    }

    /// The frames of a Zstandard file, with the dictionary that may stand before them.
    ///
    /// # Errors
    /// Where the dictionary cannot be read.
    pub(crate) fn zstandard(raw: R) -> io::Result<Self> {
        let mut raw = Kept::new(raw);
        let frames = Some(Frames::begin(&mut raw)?);
        Ok(Members { state: Some(State::Between(raw)), frames, begun: None, start: None })
    }

    /// Offset in the file of the member that the last read began; `None` where it went on with one.
    pub(crate) fn start(&self) -> Option<u64> {
        self.start
    }

    /// After an error, offset in the file of the member that is damaged, or of what should be one.
    pub(crate) fn broken(&self) -> Option<u64> {
        match &self.state {
            Some(State::Broken(raw)) => Some(raw.marked()),
            _ => None,
        }
    }

    /// After an error, whether some of what was read before it came from the member that is damaged.
    pub(crate) fn is_broken_within(&self) -> bool {
        self.begun.is_none() && matches!(self.state, Some(State::Broken(_)))
    }

    /// After the file has ended within a member, whether another one begins behind its first byte: then the end of the
    /// member is lost, not that of the file. Looked for as far as its bytes are kept.
    pub(crate) fn is_followed(&self) -> bool {
        let begins = if self.frames.is_some() { find_frame } else { find_gzip };
        matches!(&self.state, Some(State::Broken(raw)) if begins(raw.since_mark()).is_some())
    }

    /// After an error, goes on with the next member that can be found; false where there is none.
    ///
    /// It is looked for from the second byte of the damaged one, as far as its bytes are kept: what decodes wrongly
    /// can run on into the next member before it is noticed.
    pub(crate) fn recover(&mut self) -> io::Result<bool> {
        let Some(State::Broken(mut raw)) = self.state.take() else { return Ok(false) };
        raw.rewind();
        let begins = if self.frames.is_some() { find_frame } else { find_gzip };
        if !raw.find_member(begins)? {
            return Ok(false);
        }
        self.state = Some(State::Between(raw));
        Ok(true)
    }

    /// Begins with the member that lies here.
    ///
    /// # Errors
    /// Where none does.
    fn begin(&mut self, mut raw: Kept<R>, first: u8) -> io::Result<()> {
        self.begun = Some(raw.set_mark());
        let begun = match &mut self.frames {
            Some(frames) => frames.next(),
            None if first == GZIP[0] => Ok(()),
            None => Err(io::Error::new(io::ErrorKind::InvalidData, "no gzip member follows")),
        };
        self.state = Some(match (&begun, &self.frames) {
            (Err(_), _) => State::Broken(raw),
            (Ok(()), Some(_)) => State::Frame(raw),
            (Ok(()), None) => State::Member(Box::new(GzDecoder::new(raw))),
        });
        begun
    }
}

fn find_gzip(bytes: &[u8]) -> Option<usize> {
    // Flags, speeds and systems that no member has tell most chance finds from a member.
    memchr::memmem::find_iter(bytes, &GZIP).find(|&at| {
        let is = |nth: usize, may_be: fn(u8) -> bool| bytes.get(at + nth).is_none_or(|&byte| may_be(byte));
        is(3, |flags| flags & 0xe0 == 0)
            && is(8, |speed| matches!(speed, 0 | 2 | 4))
            && is(9, |system| matches!(system, 0..=13 | 255))
    })
}

fn find_frame(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, &ZSTANDARD)
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.start = None;
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let read = match self.state.take() {
                None => return Ok(0),
                Some(State::Broken(raw)) => {
                    self.state = Some(State::Broken(raw));
                    return Ok(0);
                }
                Some(State::Member(mut member)) => {
                    let read = member.read(buffer);
                    self.state = Some(match read {
                        Ok(0) => State::Between(member.into_inner()),
                        Ok(_) => State::Member(member),
                        Err(_) => State::Broken(member.into_inner()),
                    });
                    read
                }
                Some(State::Frame(mut raw)) => {
                    let read = self.frames.as_mut().map_or(Ok(0), |frames| frames.read(&mut raw, buffer));
                    self.state = Some(match read {
                        Ok(0) => State::Between(raw),
                        Ok(_) => State::Frame(raw),
                        Err(_) => State::Broken(raw),
                    });
                    read
                }
                Some(State::Between(mut raw)) => {
                    let chunk = raw.fill_buf()?;
                    if chunk.is_empty() {
                        continue;
                    }
                    let is_gzip = self.frames.is_none();
                    let zeros = chunk.iter().take_while(|&&byte| byte == 0 && is_gzip).count();
                    let next = chunk.get(zeros).copied();
                    raw.consume(zeros);
                    match next {
                        None => self.state = Some(State::Between(raw)),
                        Some(first) => self.begin(raw, first)?,
                    }
                    continue;
                }
            };
            match read? {
                0 => {}
                n => {
                    self.start = self.begun.take();
                    return Ok(n);
                }
            }
        }
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
        let mut members = Members::gzip(bytes);
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
        let bytes = [&GZIP[..], &[0; 8]].concat().repeat(50_000);
        assert!(members(&bytes).len() <= 50_000);
    }
}
