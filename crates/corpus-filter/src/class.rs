//! What the bytes of a text are.

/// An ASCII letter.
pub(crate) const LETTER: u8 = 1;
/// An ASCII digit.
pub(crate) const DIGIT: u8 = 2;
/// White space of ASCII.
pub(crate) const BLANK: u8 = 4;
/// Any other character of ASCII.
pub(crate) const MARK: u8 = 8;
/// A byte of a character beyond ASCII.
pub(crate) const BEYOND: u8 = 16;
/// An apostrophe, which is a mark as well.
pub(crate) const QUOTE: u8 = 32;
/// A full stop or a slash, which are marks as well.
pub(crate) const PATH: u8 = 64;
/// What may part two words though no blank does, or begins such a character beyond ASCII: dashes and pictures.
pub(crate) const JOINT: u8 = 128;

const CLASSES: [u8; 256] = {
    let mut table = [MARK; 256];
    let mut byte = 0;
    while byte < 256 {
        let character = byte as u8;
        table[byte] = match character {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b' ' | 0x09..=0x0d | 0x1c..=0x1f => BLANK,
            0xc2 | 0xe2 | 0xf0 => BEYOND | JOINT,
            0x80.. => BEYOND,
            b'\'' => MARK | QUOTE,
            b'.' | b'/' => MARK | PATH | JOINT,
            b'-' | b'~' | b'+' | b'*' | b'^' | b',' | b':' | b'<' | b'>' | b'=' => MARK | JOINT,
            _ => MARK,
        };
        byte += 1;
    }
    table
};

/// The class of a byte.
#[inline]
pub(crate) const fn of(byte: u8) -> u8 {
    CLASSES[byte as usize]
}

/// The classes of these bytes, together.
#[inline]
pub(crate) fn of_all(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |seen, &byte| seen | of(byte))
}
