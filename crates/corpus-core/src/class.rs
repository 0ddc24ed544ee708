//! Classes of bytes, laid out so that many are looked at together.

/// Bytes looked at together. The loops over them have no branch, so that the compiler uses the wide registers of any
/// machine.
pub(crate) const LANES: usize = 16;

/// White space.
pub(crate) const SPACE: u8 = 1;
/// A tab, which is white space as well.
pub(crate) const TAB: u8 = SPACE | STOP;
/// A capital letter of ASCII.
pub(crate) const UPPER: u8 = 2;
/// A small letter of ASCII.
pub(crate) const LOWER: u8 = 4;
/// A digit of ASCII.
pub(crate) const DIGIT: u8 = 8;
/// A full stop, question mark or exclamation mark.
pub(crate) const STOP: u8 = 16;
/// Opens or closes: brackets and quotation marks.
pub(crate) const PAIR: u8 = 32;
/// A character that program text is full of.
pub(crate) const CODE: u8 = 64;
/// A byte of a character that is not ASCII.
pub(crate) const WIDE: u8 = 128;

/// What a byte is.
pub(crate) const fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}

const CLASS: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\n'..=b'\r' => SPACE,
            b'\t' => TAB,
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'0'..=b'9' => DIGIT,
            b'.' | b'!' | b'?' => STOP,
            b'"' | b'\'' | b'(' | b')' | b'[' | b']' => PAIR,
            b'{' | b'|' | b'}' | b';' | b'<' | b'=' | b'>' | b'\\' | b'_' | b'`' | b'#' | b'$' => CODE,
            0x80..=0xFF => WIDE,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// The classes of up to `ROOM - LANES` bytes, with white space before and behind them.
pub(crate) struct Classes<const ROOM: usize> {
    classes: [u8; ROOM],
}

/// White space before the first byte.
const MARGIN: usize = 4;

impl<const ROOM: usize> Classes<ROOM> {
    /// The classes of `bytes`.
    ///
    /// # Panics
    /// When there are more than `ROOM - LANES` bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        assert!(bytes.len() + LANES <= ROOM, "the bytes fit into the room");
        let mut classes = [SPACE; ROOM];
        for (class_of, &byte) in classes[MARGIN..].iter_mut().zip(bytes) {
            *class_of = class(byte);
        }
        Classes { classes }
    }

    /// The class of the byte `offset` from `at`.
    pub(crate) fn at(&self, at: usize, offset: isize) -> u8 {
        self.classes[(MARGIN + at).wrapping_add_signed(offset)]
    }

    /// The classes of the `LANES` bytes from `offset` from `start` on.
    pub(crate) fn lanes(&self, start: usize, offset: isize) -> &[u8; LANES] {
        let from = (MARGIN + start).wrapping_add_signed(offset);
        self.classes[from..].first_chunk().unwrap_or(&[SPACE; LANES])
    }
}
