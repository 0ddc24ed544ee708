//! A run of bytes on its way to a stream or a file, compressed where the file's name says so.

use crate::{
    error::Error,
    target::{Target, Unfinished},
};
use flate2::write::GzEncoder;
use std::{
    fmt,
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

const BUFFER: usize = 1 << 18;

/// A run of bytes on its way to a stream or a file. A file is synced and gets its name in [`Output::finish`].
pub struct Output<'a> {
    way: Way<'a>,
    file: Option<Unfinished>,
}

enum Way<'a> {
    Stream(BufWriter<&'a mut dyn Write>),
    Plain(BufWriter<File>),
    Gzip(BufWriter<GzEncoder<File>>),
    Zstandard(BufWriter<zstd::Encoder<'static, File>>),
}

impl fmt::Debug for Output<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output").field("file", &self.file).finish_non_exhaustive()
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
                Ok(Output { way: Way::Stream(BufWriter::with_capacity(BUFFER, stream)), file: None })
            }
            Target::Path(path) => Output::begin(path),
        }
    }

    fn begin(path: &Path) -> Result<Self, Error> {
        let unfinished = Unfinished::new(path)?;
        let file = unfinished.create()?;
        let way = match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Way::Gzip(BufWriter::with_capacity(
                BUFFER,
                GzEncoder::new(file, flate2::Compression::default()),
            )),
            Some("zst") => {
                let mut encoder =
                    zstd::Encoder::new(file, 3).map_err(|cause| Error::write(Some(path), cause))?;
                encoder.include_checksum(true).map_err(|cause| Error::write(Some(path), cause))?;
                Way::Zstandard(BufWriter::with_capacity(BUFFER, encoder))
            }
            _ => Way::Plain(BufWriter::with_capacity(BUFFER, file)),
        };
        Ok(Output { way, file: Some(unfinished) })
    }

    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(Unfinished::path)
    }

    /// Writes what is held back, and gives the file its name.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub fn finish(self) -> Result<Option<PathBuf>, Error> {
        let Output { way, file } = self;
        let path = file.as_ref().map(|file| file.path().to_owned());
        let settle = |done: io::Result<()>| done.map_err(|cause| Error::write(path.as_deref(), cause));
        settle(match way {
            Way::Stream(mut stream) => stream.flush(),
            Way::Plain(writer) => whole(writer).and_then(|file| file.sync_all()),
            Way::Gzip(writer) => {
                whole(writer).and_then(|encoder| encoder.finish()).and_then(|file| file.sync_all())
            }
            Way::Zstandard(writer) => {
                whole(writer).and_then(|encoder| encoder.finish()).and_then(|file| file.sync_all())
            }
        })?;
        file.map(Unfinished::finish).transpose()
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
