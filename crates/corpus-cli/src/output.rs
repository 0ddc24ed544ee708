//! Where a command's result goes: standard output, or the file that `-o` names.

use crate::{failure::Failure, global::Color, signals};
use corpus_export::ending::Ending;
use std::{
    io::{self, BufWriter, IsTerminal, StdoutLock, Write},
    path::{Path, PathBuf},
};

/// Where the result goes. A reader that closes the pipe early, as `head` does, ends the command without an error.
pub(crate) struct Output {
    to: To,
    closed: bool,
}

enum To {
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A file, which gets its name, in the place of an old file of that name, when it is whole; `None` from then on.
    File(Option<Box<corpus_export::output::Output<'static>>>, PathBuf),
}

const BUFFER: usize = 1 << 18;

impl Output {
    /// Standard output, or the file at `path`, compressed where its name says so. It must not be, nor lie in, what is
    /// read.
    ///
    /// # Errors
    /// When the file would be read by the same command, or cannot be written.
    pub(crate) fn open(path: Option<&Path>, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let to = match path.filter(|path| *path != Path::new("-")) {
            None => To::Stdout(BufWriter::with_capacity(BUFFER, io::stdout().lock())),
            Some(path) => {
                refuse_input(path, inputs)?;
                signals::watch();
                // Now, and not when the answer is there: that may take its time, and be for nothing.
                let file = corpus_export::output::Output::to_file(path)?;
                To::File(Some(Box::new(file)), path.to_owned())
            }
        };
        Ok(Output { to, closed: false })
    }

    /// Whether the result goes to a person at a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        match &self.to {
            To::Stdout(_) => io::stdout().is_terminal(),
            To::File(..) => false,
        }
    }

    /// Whether to colour the result.
    pub(crate) fn is_coloured(&self, color: Color) -> bool {
        match &self.to {
            To::Stdout(_) => color.is_on(&io::stdout()),
            To::File(..) => color == Color::Always,
        }
    }

    /// Writes `bytes`; `false` once nobody reads any more.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<bool, Failure> {
        if self.closed {
            return Ok(false);
        }
        let written = match &mut self.to {
            To::Stdout(stdout) => stdout.write_all(bytes),
            To::File(Some(file), _) => file.write_all(bytes),
            To::File(None, path) => {
                return Err(Failure::new(format_args!("add to {}: it has its name already", path.display()))
                    .hint(
                        "this is a fault of corpus, and no file has come to harm; please report the command",
                    ));
            }
        };
        match written {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(self.close()),
            Err(error) => Err(match &self.to {
                To::Stdout(_) => Failure::write_stdout(&error),
                To::File(_, path) => Failure::write(path, &error),
            }),
        }
    }

    /// Writes `text` and a line end; `false` once nobody reads any more.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub(crate) fn line(&mut self, text: &str) -> Result<bool, Failure> {
        Ok(self.write(text.as_bytes())? && self.write(b"\n")?)
    }

    /// Writes what is still held back, which is the end of a file; `false` when nobody reads any more.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub(crate) fn flush(&mut self) -> Result<bool, Failure> {
        if self.closed {
            return Ok(false);
        }
        match &mut self.to {
            To::Stdout(stdout) => match stdout.flush() {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(self.close()),
                Err(error) => Err(Failure::write_stdout(&error)),
            },
            To::File(file, _) => match file.take().map(|file| file.finish()) {
                None | Some(Ok(_)) => Ok(true),
                Some(Err(error)) if error.kind() == corpus_export::ErrorKind::Closed => Ok(self.close()),
                Some(Err(error)) => Err(error.into()),
            },
        }
    }

    /// Nobody reads any more.
    fn close(&mut self) -> bool {
        self.closed = true;
        false
    }
}

/// Refuses a file to write that the same command reads: it would be emptied first, or grow while it is read.
///
/// # Errors
/// When `path` is one of `inputs` or lies in one of them.
pub(crate) fn refuse_input(path: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
    let Some(place) = place(path) else { return Ok(()) };
    match inputs.iter().find(|input| input.canonicalize().is_ok_and(|input| place.starts_with(input))) {
        None => Ok(()),
        Some(input) if input.is_dir() => {
            Err(Failure::usage(format_args!("{} lies in {}, which is read", path.display(), input.display()))
                .hint("write it to a folder that is not read"))
        }
        Some(_) => Err(Failure::usage(format_args!("{} is both read and written", path.display()))
            .hint("write to another file, then rename it")),
    }
}

/// Refuses a file whose name says that it holds something else than is written: its ending is none of `known`. Without
/// an ending, anything may be in it.
///
/// # Errors
/// When the ending is another.
pub(crate) fn refuse_ending(path: &Path, known: &[&str]) -> Result<(), Failure> {
    let Some(ending) = ending(path).filter(|ending| !known.contains(&&**ending)) else { return Ok(()) };
    let hint = match &*ending {
        "parquet" => {
            "`corpus build PATH -o DIR` and `corpus export DIR --to package -o FOLDER` write Parquet"
                .to_owned()
        }
        "sqlite" | "db" => "`corpus export PATH --to sqlite -o FILE` writes SQLite".to_owned(),
        "csv" => "`corpus export PATH --to csv -o FOLDER` writes tables of documents".to_owned(),
        _ => format!("what is written is called .{}", known.join(", .")),
    };
    Err(Failure::usage(format_args!("{} is not written as .{ending}", path.display())).hint(hint))
}

/// Whether a result that is JSON Lines or tab-separated values is the latter by the name of its file.
///
/// # Errors
/// When the name ends as neither does.
pub(crate) fn is_tabbed(path: Option<&Path>) -> Result<bool, Failure> {
    let Some(path) = path else { return Ok(false) };
    refuse_ending(path, &["jsonl", "ndjson", "json", "txt", "tsv"])?;
    Ok(ending(path).as_deref() == Some("tsv"))
}

/// The ending of a file's name, in small letters, without what says that it is compressed: `jsonl` of `pages.jsonl.gz`.
pub(crate) fn ending(path: &Path) -> Option<String> {
    Ending::of(path).format().map(str::to_owned)
}

/// Where a path leads; a file that is not there yet is known by its folder.
pub(crate) fn place(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().or_else(|| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    })
}
