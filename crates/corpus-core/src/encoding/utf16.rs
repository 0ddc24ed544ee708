//! UTF-16 without a byte-order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// The byte order of UTF-16, where `bytes` look like it: nearly every letter of ASCII text has a zero byte, all on one
/// side. A label that says UTF-16 is believed of other text if it can be.
pub(super) fn detect(bytes: &[u8], labelled: Option<&'static Encoding>) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (pairs, _) = sample.as_chunks::<2>();
    let [even, odd] = match memchr::memchr(0, sample) {
        None => [0, 0],
        Some(_) => pairs.iter().fold([0, 0], |[even, odd], pair| {
            [even + usize::from(pair[0] == 0), odd + usize::from(pair[1] == 0)]
        }),
    };
    let (zeros, strays, encoding) = if odd >= even { (odd, even, UTF_16LE) } else { (even, odd, UTF_16BE) };
    if zeros >= (pairs.len() * 2 / 5).max(2) && strays * 20 <= zeros {
        return Some(encoding);
    }
    labelled.filter(|encoding| {
        (*encoding == UTF_16LE || *encoding == UTF_16BE)
            && (zeros > 0 || std::str::from_utf8(bytes).is_err())
            && has_no_lone_surrogate(pairs, encoding)
    })
}

/// Bytes looked at.
const SAMPLE: usize = 4096;

fn has_no_lone_surrogate(pairs: &[[u8; 2]], encoding: &'static Encoding) -> bool {
    let order = if encoding == UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
    let n_pairs = pairs.len();
    char::decode_utf16(pairs.iter().map(|pair| order(*pair)))
        .enumerate()
        .all(|(place, letter)| letter.is_ok() || place + 1 >= n_pairs)
}
