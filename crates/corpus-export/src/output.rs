//! A run of bytes on its way to a stream or a file, compressed where the file's name says so.

use crate::{
    ending::{Compression, Ending},
    error::Error,
    target::{Target, stream_at},
    unfinished::Unfinished,
};
use flate2::write::GzEncoder;
use std::{
    fmt,
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

const BUFFER: usize = 1 << 18;

/// A run of bytes on its way to a stream or a file. A file is synced and gets its name in [`Output::finish`]; a device
/// or a pipe that stands where the file would, and standard output by any name, are written as they are.
pub struct Output<'a> {
    way: Way<'a>,
    to: To,
}

#[derive(Debug)]
enum To {
    Stream,
    /// A device, a pipe, or what was open already.
    Stands(PathBuf),
    File(Unfinished),
}

impl To {
    fn path(&self) -> Option<&Path> {
        match self {
            To::Stream => None,
            To::Stands(path) => Some(path),
            To::File(file) => Some(file.path()),
        }
    }
}

enum Way<'a> {
    Stream(BufWriter<&'a mut dyn Write>),
    Plain(BufWriter<File>),
    Gzip(BufWriter<GzEncoder<File>>),
    Zstandard(BufWriter<zstd::Encoder<'static, File>>),
}

impl fmt::Debug for Output<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output").field("to", &self.to).finish_non_exhaustive()
    }
}

impl Output<'static> {
    /// A way to the file at `path`, which is compressed where its name ends in `.gz` or `.zst`.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn to_file(path: &Path) -> Result<Self, Error> {
        Output::begin(path)
    }
}

impl<'a> Output<'a> {
    /// A way to `target`. A file whose name ends in `.gz` or `.zst` is compressed.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn open(target: Target<'a>) -> Result<Self, Error> {
        match target {
            Target::Stream(stream) => {
                Ok(Output { way: Way::Stream(BufWriter::with_capacity(BUFFER, stream)), to: To::Stream })
            }
            Target::Path(path) => Output::begin(path),
        }
    }

    fn begin(path: &Path) -> Result<Self, Error> {
        let (file, to) = match stream_at(path)? {
            Some(file) => (file, To::Stands(path.to_owned())),
            None => {
                let (unfinished, file) = Unfinished::file(path)?;
                (file, To::File(unfinished))
            }
        };
        let way = match Ending::of(path).compression() {
            Compression::Gzip => Way::Gzip(BufWriter::with_capacity(
                BUFFER,
                GzEncoder::new(file, flate2::Compression::default()),
            )),
            Compression::Zstandard => {
                let mut encoder =
                    zstd::Encoder::new(file, 3).map_err(|cause| Error::write(Some(path), cause))?;
                encoder.include_checksum(true).map_err(|cause| Error::write(Some(path), cause))?;
                Way::Zstandard(BufWriter::with_capacity(BUFFER, encoder))
            }
            Compression::Plain => Way::Plain(BufWriter::with_capacity(BUFFER, file)),
        };
        Ok(Output { way, to })
    }

    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        self.to.path()
    }

    /// Writes what is held back, and gives the file its name.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub fn finish(self) -> Result<Option<PathBuf>, Error> {
        let Output { way, to } = self;
        let written = match way {
            Way::Stream(mut stream) => stream.flush().map(|()| None),
            Way::Plain(writer) => whole(writer).map(Some),
            Way::Gzip(writer) => whole(writer).and_then(|encoder| encoder.finish()).map(Some),
            Way::Zstandard(writer) => whole(writer).and_then(|encoder| encoder.finish()).map(Some),
        };
        let settled = written.and_then(|file| match (file, &to) {
            (Some(file), To::File(_)) => file.sync_all(),
            _ => Ok(()),
        });
        settled.map_err(|cause| Error::write(to.path(), cause))?;
        match to {
            To::Stream => Ok(None),
            To::Stands(path) => Ok(Some(path)),
            To::File(file) => file.finish().map(Some),
        }
    }
}

fn whole<W: Write>(writer: BufWriter<W>) -> io::Result<W> {
    writer.into_inner().map_err(|error| error.into_error())
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.way {
            Way::Stream(writer) => writer.write(bytes),
            Way::Plain(writer) => writer.write(bytes),
            Way::Gzip(writer) => writer.write(bytes),
            Way::Zstandard(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.way {
            Way::Stream(writer) => writer.flush(),
            Way::Plain(writer) => writer.flush(),
            Way::Gzip(writer) => writer.flush(),
            Way::Zstandard(writer) => writer.flush(),
        }
    }
}
