//! The JSON values of an input: the elements of an array, or objects one after the other.

use crate::{
    input::{Fault, Input},
    lines::Piece,
    reject::{RejectKind, Spot},
};

/// The values of a JSON array, or of a sequence of values, cut by their brackets alone: whether they are JSON is for
/// [`Packed::unpack`](crate::Packed::unpack) to say. No value longer than `max` is held in memory.
pub(crate) struct Values {
    input: Input,
    max: u64,
    /// The place of the next byte.
    offset: u64,
    /// Its line; `None` behind damage, which may have held any number of them.
    line: Option<u64>,
    index: u64,
    /// Where the value begins that is read now.
    spot: Spot,
    value: Vec<u8>,
    len: u64,
    state: State,
    is_array: bool,
    is_done: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between two values.
    Between,
    /// In a number or another word without brackets.
    Word,
    /// Within so many brackets, not in a string.
    Brackets(u32),
    /// In a string within so many brackets; the flag tells whether the next byte is escaped.
    Text(u32, bool),
}

impl Values {
    pub(crate) fn new(mut input: Input, max: u64) -> Self {
        let mark = if input.head().starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        input.consume(mark);
        let head = input.head();
        let blank = head.len() - head.trim_ascii_start().len();
        let is_array = head.get(blank) == Some(&b'[');
        let line = 1 + count_lines(&head[..blank]);
        let skipped = if is_array { blank + 1 } else { 0 };
        input.consume(skipped);
        Values {
            input,
            max,
            offset: (mark + skipped) as u64,
            line: Some(if is_array { line } else { 1 }),
            index: 0,
            spot: Spot { index: 0, offset: 0, line: Some(1) },
            value: Vec::new(),
            len: 0,
            state: State::Between,
            is_array,
            is_done: false,
        }
    }

    fn finish(&mut self) -> Piece {
        let value = std::mem::take(&mut self.value);
        let len = std::mem::take(&mut self.len);
        self.state = State::Between;
        self.index += 1;
        if len > self.max {
            let reason = format!("the value has {len} bytes, more than the {} a record may have", self.max);
            return Err((Fault { kind: RejectKind::TooLong, reason }, self.spot));
        }
        Ok((value, self.spot))
    }

    /// Goes on behind damage that lies between two values, where that can be.
    fn fail(&mut self, fault: Fault) -> Option<Piece> {
        let here = Spot { index: self.index, offset: self.offset, line: self.line };
        let is_between = self.state == State::Between;
        self.is_done = !is_between || !self.input.recover();
        self.line = None;
        Some(Err((fault, if is_between { here } else { self.spot })))
    }

    fn end(&mut self) -> Option<Piece> {
        let reason = match self.state {
            State::Word => return Some(self.finish()),
            State::Between if !self.is_array => return None,
            State::Between => "the array is not closed",
            State::Brackets(_) | State::Text(..) => "the file ends within a value",
        };
        self.fail(Fault { kind: RejectKind::Json, reason: reason.to_owned() })
    }
}

impl Iterator for Values {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.is_done {
            let chunk = match self.input.chunk() {
                Ok([]) => return self.end(),
                Ok(chunk) => chunk,
                Err(fault) => return self.fail(fault),
            };
            let mut kept = 0;
            let mut taken = 0;
            let mut counted = 0;
            let mut is_whole = false;
            let mut closes = false;
            while let Some(&byte) = chunk.get(taken) {
                if self.state == State::Between {
                    kept = taken;
                    closes = byte == b']' && self.is_array;
                    if byte.is_ascii_whitespace() || byte == b',' || closes {
                        taken += 1;
                        kept = taken;
                        if closes {
                            break;
                        }
                        continue;
                    }
                    self.line = self.line.map(|line| line + count_lines(&chunk[counted..taken]));
                    counted = taken;
                    let offset = self.offset + taken as u64;
                    self.spot = Spot { index: self.index, offset, line: self.line };
                }
                if self.state == State::Word && ends_word(byte) {
                    is_whole = true;
                    break;
                }
                if let State::Text(_, false) = self.state {
                    let rest = &chunk[taken..];
                    taken += memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                }
                let Some(&byte) = chunk.get(taken) else { break };
                self.state = self.state.after(byte);
                taken += 1;
                if self.state == State::Between {
                    is_whole = true;
                    break;
                }
            }
            self.line = self.line.map(|line| line + count_lines(&chunk[counted..taken]));
            let piece = &chunk[kept..taken];
            self.len += piece.len() as u64;
            if self.len > self.max {
                self.value = Vec::new();
            } else {
                self.value.extend_from_slice(piece);
            }
            self.offset += taken as u64;
            self.input.consume(taken);
            self.is_done = closes;
            if is_whole {
                return Some(self.finish());
            }
        }
        None
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

fn ends_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}' | b'{' | b'[')
}

impl State {
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (State::Between, b'{' | b'[') => State::Brackets(1),
            (State::Between, b'"') => State::Text(0, false),
            (State::Between, b'}' | b']') => State::Between,
            (State::Between | State::Word, _) => State::Word,
            (State::Brackets(depth), b'{' | b'[') => State::Brackets(depth.saturating_add(1)),
            (State::Brackets(1), b'}' | b']') | (State::Text(0, false), b'"') => State::Between,
            (State::Brackets(depth), b'}' | b']') => State::Brackets(depth - 1),
            (State::Brackets(depth), b'"') => State::Text(depth, false),
            (State::Brackets(_), _) => self,
            (State::Text(depth, false), b'"') => State::Brackets(depth),
            (State::Text(depth, false), b'\\') => State::Text(depth, true),
            (State::Text(depth, _), _) => State::Text(depth, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;
    use std::io::{Cursor, Read};

    /// Hands out one byte at a time.
    struct Drops(Cursor<Vec<u8>>);

    impl Read for Drops {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(&mut buffer[..1])
        }
    }

    /// The values, each with its offset and line; or the faults in angle brackets.
    fn values(json: &str) -> Vec<(String, u64, u64)> {
        let show = |piece: Piece| match piece {
            Ok((value, spot)) => (String::from_utf8(value).unwrap(), spot.offset, spot.line.unwrap()),
            Err((fault, spot)) => (format!("<{}>", fault.reason), spot.offset, spot.line.unwrap()),
        };
        // What lies before the head's end is read in one piece, what comes after drop by drop.
        let head = " ".repeat(9000);
        let long = Input::stream(
            Drops(Cursor::new(format!("[{head}{}", &json[1..]).into_bytes())),
            &Progress::default(),
        );
        let short = Input::stream(Cursor::new(json.as_bytes().to_vec()), &Progress::default());
        let short: Vec<_> = Values::new(short, 100).map(show).collect();
        if json.starts_with('[') {
            let long = Values::new(long, 100).map(show);
            let long: Vec<_> = long.map(|(value, offset, line)| (value, offset - 9000, line)).collect();
            assert_eq!(long, short);
        }
        short
    }

    fn value(json: &str, offset: u64, line: u64) -> (String, u64, u64) {
        (json.to_owned(), offset, line)
    }

    #[test]
    fn brackets_and_quotes_cut_the_values() {
        let json = "[\n{\"a\": \"]}\\\\\\\"\"},\n\n [1, {}],\"x, y\" ,5]";
        let expected = [
            value("{\"a\": \"]}\\\\\\\"\"}", 2, 2),
            value("[1, {}]", 21, 4),
            value("\"x, y\"", 29, 4),
            value("5", 37, 4),
        ];
        assert_eq!(values(json), expected);
    }

    #[test]
    fn values_may_follow_one_another() {
        assert_eq!(values("{}\n{\n}7"), [value("{}", 0, 1), value("{\n}", 3, 2), value("7", 6, 3)]);
        assert_eq!(values("{}]"), [value("{}", 0, 1), value("]", 2, 1)]);
    }

    #[test]
    fn an_end_too_early_is_a_fault() {
        assert_eq!(values("[1"), [value("1", 1, 1), value("<the array is not closed>", 2, 1)]);
        assert_eq!(values("[{\"a"), [value("<the file ends within a value>", 1, 1)]);
        assert_eq!(values("[]"), []);
    }
}
