//! Zstandard frames: their window, and the dictionary that archives put before them.

use super::{ZSTANDARD, kept::Kept};
use std::io::{self, BufRead, Read};
use zstd::stream::raw::{DParameter, Decoder, Operation};

/// Largest window of a frame: what `zstd` itself decompresses unless it is told otherwise.
pub(crate) const WINDOW_MAX: u64 = 1 << WINDOW_LOG_MAX;
const WINDOW_LOG_MAX: u32 = 27;
/// The skippable frame in which a `.warc.zst` file keeps its dictionary.
const DICTIONARY_FRAME: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// Largest dictionary.
const DICTIONARY_MAX: u64 = 16 << 20;

/// What decompresses one frame after the other, all with the same dictionary.
pub(super) struct Frames {
    decoder: Decoder<'static>,
    /// Whether the frame has ended.
    is_ended: bool,
}

impl Frames {
    /// Reads the dictionary that may stand before the first frame.
    pub(super) fn begin(raw: &mut impl BufRead) -> io::Result<Self> {
        let mut decoder = Decoder::with_dictionary(&dictionary(raw)?)?;
        decoder.set_parameter(DParameter::WindowLogMax(WINDOW_LOG_MAX))?;
        Ok(Frames { decoder, is_ended: true })
    }

    /// Begins with the next frame.
    pub(super) fn next(&mut self) -> io::Result<()> {
        self.is_ended = false;
        self.decoder.reinit()
    }

    /// Reads on in a frame; 0 where it has ended.
    pub(super) fn read<R: Read>(&mut self, raw: &mut Kept<R>, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.is_ended {
            let compressed = raw.fill_buf()?;
            let is_cut = compressed.is_empty();
            let status = self.decoder.run_on_buffers(compressed, buffer)?;
            raw.consume(status.bytes_read);
            self.is_ended = status.remaining == 0;
            if status.bytes_written > 0 {
                return Ok(status.bytes_written);
            }
            if is_cut && !self.is_ended {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(0)
    }
}

/// Whether decompression failed for want of a larger window.
pub(crate) fn is_window_too_large(error: &io::Error) -> bool {
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
    if content.starts_with(&ZSTANDARD) {
        let decoder = zstd::stream::read::Decoder::with_buffer(&*content)?;
        let mut decompressed = Vec::new();
        decoder.take(DICTIONARY_MAX).read_to_end(&mut decompressed)?;
        content = decompressed;
    }
    Ok(content)
}
