//! Places in a text: lines, columns, and offsets in units other than bytes.

use serde::Serialize;

/// A span in three units, since readers arrive with any of them. Each is half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Spans {
    /// UTF-8 bytes.
    pub byte: [usize; 2],
    /// Characters (Unicode scalar values), as Python counts.
    pub char: [usize; 2],
    /// UTF-16 code units, as JavaScript and Java count.
    pub utf16: [usize; 2],
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Characters before it.
    pub(crate) chars: usize,
    /// UTF-16 code units before it.
    pub(crate) utf16: usize,
    /// Line, from 1: "\n", "\r\n" and a lone "\r" each end one.
    pub(crate) line: usize,
    /// Column in characters, from 1.
    pub(crate) column: usize,
}

/// Walks along a text and says where it is.
#[derive(Clone, Debug)]
pub(crate) struct Walker<'a> {
    text: &'a str,
    offset: usize,
    place: Place,
}

impl<'a> Walker<'a> {
    /// At the beginning of `text`.
    pub(crate) const fn new(text: &'a str) -> Self {
        Walker { text, offset: 0, place: Place { chars: 0, utf16: 0, line: 1, column: 1 } }
    }

    /// At a known place of a text: `text` is what follows it.
    pub(crate) const fn from(text: &'a str, place: Place) -> Self {
        Walker { text, offset: 0, place }
    }

    /// The byte that was asked for last.
    pub(crate) const fn offset(&self) -> usize {
        self.offset
    }

    /// The place of the byte at `offset`, which is not before the last one asked for.
    pub(crate) fn at(&mut self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let Some(passed) = self.text.get(self.offset..offset) else { return self.place };
        let (bytes, whole) = (passed.as_bytes(), self.text.as_bytes());
        let (n_chars, n_pairs) = match passed.is_ascii() {
            true => (passed.len(), 0),
            false => (passed.chars().count(), bytes.iter().filter(|byte| **byte >= 0xf0).count()),
        };
        self.place.chars += n_chars;
        self.place.utf16 += n_chars + n_pairs;
        let mut last_end = None;
        for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[end] == b'\n' || whole.get(self.offset + end + 1) != Some(&b'\n') {
                self.place.line += 1;
                last_end = Some(end);
            }
        }
        self.place.column = match last_end {
            Some(end) => passed[end + 1..].chars().count() + 1,
            None => self.place.column + n_chars,
        };
        self.offset = offset;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_counts_its_own() {
        let text = "aé🚢\r\nb\rc";
        let mut walker = Walker::new(text);
        let place = walker.at(text.find('b').unwrap());
        assert_eq!(place, Place { chars: 5, utf16: 6, line: 2, column: 1 });
        assert_eq!(walker.at(text.len()), Place { chars: 8, utf16: 9, line: 3, column: 2 });
    }
}
