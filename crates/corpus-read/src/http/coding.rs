//! The codings of an HTTP body, taken off.

use crate::{kind::no_text, reject::RejectKind};
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use std::io::{self, Read};

/// How much brotli data is read at a time.
const BROTLI_BUFFER: usize = 4 << 10;
/// Largest window of a zstd body, as a power of two: RFC 9659 allows 8 MiB.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;

/// The body without its chunks; `None` where it does not begin with one. What a cut leaves of a chunk is kept.
pub(super) fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let (mut size, mut rest) = chunk_size(body)?;
    let mut joined = Vec::with_capacity(body.len());
    while size > 0 {
        let whole = usize::try_from(size).ok().filter(|&size| size <= rest.len());
        let (chunk, after) = rest.split_at(whole.unwrap_or(rest.len()));
        joined.extend_from_slice(chunk);
        let after = after.strip_prefix(b"\r").unwrap_or(after);
        let Some((next_size, next)) = chunk_size(after.strip_prefix(b"\n").unwrap_or(after)) else { break };
        (size, rest) = (next_size, next);
    }
    Some(joined)
}

/// The size in the line that a chunk begins with, and what comes after that line.
fn chunk_size(bytes: &[u8]) -> Option<(u64, &[u8])> {
    /// Longest line with the size of a chunk, its extensions included.
    const LONGEST: usize = 4096;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(LONGEST)])?;
    let digits = bytes[..end].split(|&byte| byte == b';').next()?.trim_ascii();
    let size = u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (digits[0] != b'+').then_some((size, &bytes[end + 1..]))
}

/// The body without the coding called `name`; `None` where it is to be taken as it is.
pub(super) fn decode(name: &str, body: &[u8], max: u64) -> Result<Option<Vec<u8>>, (RejectKind, String)> {
    let read = match name {
        "identity" | "none" => return Ok(None),
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => read_to(max, GzDecoder::new(body)),
        "deflate" if is_zlib(body) => read_to(max, ZlibDecoder::new(body)),
        "deflate" => read_to(max, DeflateDecoder::new(body)),
        "br" => read_to(max, brotli_decompressor::Decompressor::new(body, BROTLI_BUFFER)),
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => zstd(max, body),
        _ if no_text(body).is_none() => return Ok(None),
        _ => return Err((RejectKind::Coding, format!("the page is coded as {name:?}, which is not read"))),
    };
    match read {
        Ok(page) if page.len() as u64 > max => {
            let reason = format!("the page has more than the {max} bytes a record may have, once decoded");
            Err((RejectKind::TooLong, reason))
        }
        Ok(page) => Ok(Some(page)),
        Err(_) if no_text(body).is_none() => Ok(None),
        Err(error) => Err((RejectKind::Coding, format!("the page cannot be decoded as {name}: {error}"))),
    }
}

/// What the reader gives, one byte more than `max` at most; of a body that is cut, what comes before the cut.
fn read_to(max: u64, reader: impl Read) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    match reader.take(max.saturating_add(1)).read_to_end(&mut page) {
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof || page.is_empty() => Err(error),
        _ => Ok(page),
    }
}

fn zstd(max: u64, body: &[u8]) -> io::Result<Vec<u8>> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(body)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
    read_to(max, decoder)
}

/// Whether a zlib header stands at the beginning: servers send "deflate" with it, as the standard says, and without.
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [first, second, ..] if first & 0x0f == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{
        Compression,
        write::{DeflateEncoder, GzEncoder, ZlibEncoder},
    };
    use std::io::Write;

    const PAGE: &[u8] = b"<p>The tide tables are printed in spring, and again in autumn.</p>";
    /// "The ferry." in brotli, in one block that is not compressed.
    const BROTLI: &[u8] = b"\x8b\x04\x80The ferry.\x03";

    fn gzip(page: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(page).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_coding_comes_off() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(PAGE).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::best());
        raw.write_all(PAGE).unwrap();
        let zstd = zstd::encode_all(PAGE, 3).unwrap();
        for (name, body) in [
            ("gzip", gzip(PAGE)),
            ("x-gzip", gzip(PAGE)),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", raw.finish().unwrap()),
            ("zstd", zstd),
        ] {
            assert_eq!(decode(name, &body, 1000).unwrap().as_deref(), Some(PAGE), "{name}");
        }
        assert_eq!(decode("br", BROTLI, 1000).unwrap().as_deref(), Some(&b"The ferry."[..]));
        assert_eq!(decode("identity", PAGE, 1000), Ok(None));
    }

    #[test]
    fn a_bomb_is_too_long_and_a_cut_page_ends_early() {
        let zeros = gzip(&[b' '; 100_000]);
        assert_eq!(decode("gzip", &zeros, 99_999).unwrap_err().0, RejectKind::TooLong);
        let whole: Vec<u8> = (0..2000_u32).flat_map(|n| (n * n).to_string().into_bytes()).collect();
        let body = gzip(&whole);
        let page = decode("gzip", &body[..body.len() - 8], 1 << 20).unwrap().unwrap();
        assert!(whole.starts_with(&page) && page.len() > whole.len() / 2);
    }
}
