//! Zstandard data: its window, and the dictionary that archives put before it.

use std::io::{self, BufRead, Read};

/// Largest window of a frame: what `zstd` itself decompresses unless it is told otherwise.
pub(super) const WINDOW_MAX: u64 = 1 << WINDOW_LOG_MAX;
const WINDOW_LOG_MAX: u32 = 27;
/// The skippable frame in which a `.warc.zst` file keeps its dictionary.
const DICTIONARY_FRAME: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// What the dictionary begins with where it is compressed itself.
const COMPRESSED: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// Largest dictionary.
const DICTIONARY_MAX: u64 = 16 << 20;

/// Decompresses all frames, with the dictionary that may stand before the first.
pub(super) fn decoder(mut raw: impl BufRead + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let dictionary = dictionary(&mut raw)?;
    let mut decoder = zstd::stream::read::Decoder::with_dictionary(raw, &dictionary)?;
    decoder.window_log_max(WINDOW_LOG_MAX)?;
    Ok(Box::new(decoder))
}

/// Whether decompression failed for want of a larger window.
pub(super) fn is_window_too_large(error: &io::Error) -> bool {
    error.to_string().contains("requires too much memory")
}

/// The dictionary that the file begins with, read and passed over; empty where there is none.
fn dictionary(raw: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let head = raw.fill_buf()?;
    let Some((frame, rest)) = head.split_first_chunk::<4>() else { return Ok(Vec::new()) };
    let Some((size, _)) = rest.split_first_chunk::<4>() else { return Ok(Vec::new()) };
    let size = u64::from(u32::from_le_bytes(*size));
    if *frame != DICTIONARY_FRAME || size > DICTIONARY_MAX {
        return Ok(Vec::new());
    }
    raw.consume(8);
    let mut content = Vec::new();
    raw.take(size).read_to_end(&mut content)?;
    if content.starts_with(&COMPRESSED) {
        let decoder = zstd::stream::read::Decoder::with_buffer(&*content)?;
        let mut decompressed = Vec::new();
        decoder.take(DICTIONARY_MAX).read_to_end(&mut decompressed)?;
        content = decompressed;
    }
    Ok(content)
}
