//! Where documents go: a file that gets its name when it is whole, or standard output; in input order, or shuffled.

use crate::{failure::Failure, signals};
use corpus_export::{ErrorKind, output::Output};
use corpus_filter::sample;
use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// A file or standard output on its way.
pub(super) struct Sink {
    path: Option<PathBuf>,
    way: Way,
    lines: u64,
    shuffled: Option<Shuffled>,
}

enum Way {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    File(Box<Output<'static>>),
}

/// What was written.
#[derive(Debug)]
pub(super) struct Written {
    /// The file; `None` where it was standard output.
    pub(super) path: Option<PathBuf>,
    /// Number of documents.
    pub(super) lines: u64,
}

/// Lines that wait for their turn: in a nameless file, with 32 bytes of memory for each.
struct Shuffled {
    seed: u64,
    file: BufWriter<File>,
    end: u64,
    places: Vec<Place>,
}

/// The turn of a line, and where it lies.
struct Place {
    turn: u64,
    start: u64,
    len: u64,
}

impl Sink {
    /// A way to the file, or to standard output; with a seed, documents wait until the last is there and go in the
    /// order of their ids' hashes.
    pub(super) fn new(path: Option<&Path>, seed: Option<u64>) -> Result<Self, Failure> {
        let path = path.filter(|path| *path != Path::new("-")).map(Path::to_owned);
        let way = match &path {
            None => Way::Stdout(BufWriter::with_capacity(1 << 18, io::stdout().lock())),
            Some(path) => {
                signals::watch();
                Way::File(Box::new(Output::to_file(path)?))
            }
        };
        let shuffled = |seed| {
            let file = tempfile::tempfile().map_err(|cause| temporary(&cause))?;
            Ok::<_, Failure>(Shuffled { seed, file: BufWriter::new(file), end: 0, places: Vec::new() })
        };
        Ok(Sink { path, way, lines: 0, shuffled: seed.map(shuffled).transpose()? })
    }

    /// Writes a line; `false` once nobody reads any more.
    pub(super) fn write(&mut self, id: &str, line: &[u8]) -> Result<bool, Failure> {
        self.lines += 1;
        if let Some(shuffled) = &mut self.shuffled {
            shuffled.file.write_all(line).map_err(|cause| temporary(&cause))?;
            let (turn, len) = (sample::place(id, shuffled.seed), line.len() as u64);
            shuffled.places.push(Place { turn, start: shuffled.end, len });
            shuffled.end += len;
            return Ok(true);
        }
        self.settle(|way| way.write_all(line))
    }

    /// Writes what is held back, and gives the file its name.
    pub(super) fn finish(mut self) -> Result<Written, Failure> {
        if let Some(shuffled) = self.shuffled.take() {
            self.write_shuffled(shuffled)?;
        }
        let Sink { path, way, lines, .. } = self;
        match way {
            Way::Stdout(mut stdout) => match stdout.flush() {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    return Err(Failure::write_stdout(&error));
                }
                _ => {}
            },
            Way::File(output) => match output.finish() {
                Err(error) if error.kind() != ErrorKind::Closed => return Err(error.into()),
                _ => {}
            },
        }
        Ok(Written { path, lines })
    }

    fn write_shuffled(&mut self, shuffled: Shuffled) -> Result<(), Failure> {
        let Shuffled { file, mut places, .. } = shuffled;
        let file = file.into_inner().map_err(|error| temporary(error.error()))?;
        let mut file = BufReader::new(file);
        // Documents of one name stay in input order.
        places.sort_by_key(|place| (place.turn, place.start));
        let mut line = Vec::new();
        for Place { start, len, .. } in places {
            line.clear();
            (file.seek(SeekFrom::Start(start)))
                .and_then(|_| (&mut file).take(len).read_to_end(&mut line))
                .map_err(|cause| temporary(&cause))?;
            if !self.settle(|way| way.write_all(&line))? {
                break;
            }
        }
        Ok(())
    }

    fn settle(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<bool, Failure> {
        let done = match &mut self.way {
            Way::Stdout(stdout) => write(stdout),
            Way::File(output) => write(output),
        };
        match done {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            Err(error) => Err(match &self.path {
                Some(path) => Failure::write(path, &error),
                None => Failure::write_stdout(&error),
            }),
        }
    }
}

/// A file about the whole, which is opened before the work and written after it: that it cannot be written is better
/// known at once. It gets its name when it is whole.
pub(super) struct Whole {
    path: PathBuf,
    output: Output<'static>,
}

impl Whole {
    /// The file at `path`, if one is wanted.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn open(path: Option<&Path>) -> Result<Option<Self>, Failure> {
        let open = |path: &Path| Ok(Whole { path: path.to_owned(), output: Output::to_file(path)? });
        path.map(open).transpose()
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.output.write_all(bytes).map_err(|error| Failure::write(&self.path, &error))?;
        Ok(self.output.finish().map(drop)?)
    }
}

fn temporary(cause: &io::Error) -> Failure {
    Failure::new(format_args!("keep documents in a temporary file: {cause}"))
        .hint("[shuffle] needs as much room as the result; TMPDIR names the folder")
}
