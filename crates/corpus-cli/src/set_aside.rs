//! What could not be read: named, counted, and written to the file that `--rejects` names.

use crate::{console::Console, failure::Failure, number::Counted};
use corpus_export::target::stream_at;
use serde::Serialize;
use std::{
    fmt,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// Number of records that are named on standard error unless more is asked for.
const NAMED: u64 = 10;

/// Records that could not be read, or rows that found no home.
#[derive(Debug)]
pub(crate) struct SetAside {
    noun: &'static str,
    count: u64,
    file: Option<(BufWriter<File>, PathBuf)>,
}

impl SetAside {
    /// No record yet. They will be written to `path`, where one is named, one JSON object a line.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub(crate) fn new(path: Option<&Path>) -> Result<Self, Failure> {
        SetAside::of("record", path)
    }

    /// As [`new`](SetAside::new), of what is called otherwise.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub(crate) fn of(noun: &'static str, path: Option<&Path>) -> Result<Self, Failure> {
        let file = path
            .map(|path| {
                let file = match stream_at(path)? {
                    Some(stream) => stream,
                    None => File::create(path).map_err(|error| Failure::write(path, &error))?,
                };
                Ok::<_, Failure>((BufWriter::new(file), path.to_owned()))
            })
            .transpose()?;
        Ok(SetAside { noun, count: 0, file })
    }

    /// Number of those set aside.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// Sets one more aside.
    ///
    /// # Errors
    /// When it cannot be written to the file.
    pub(crate) fn push(
        &mut self,
        reject: &(impl fmt::Display + Serialize),
        console: &Console,
    ) -> Result<(), Failure> {
        self.count += 1;
        if self.count <= NAMED || console.is_verbose() {
            console.warning(format_args!("set aside {reject}"));
        }
        if let Some((file, path)) = &mut self.file {
            let mut line = serde_json::to_vec(reject).map_err(|error| Failure::write(path, &error.into()))?;
            line.push(b'\n');
            file.write_all(&line).map_err(|error| Failure::write(path, &error))?;
        }
        Ok(())
    }

    /// Says how many there were beside those that gave `documents`, and writes what is still held back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn finish(&mut self, documents: u64, console: &Console) -> Result<(), Failure> {
        if let Some((file, path)) = &mut self.file {
            file.flush().map_err(|error| Failure::write(path, &error))?;
        }
        if self.count == 0 {
            return Ok(());
        }
        let rest = if documents == 0 { "nothing was read" } else { "the rest was read" };
        console.warning(format_args!("{} set aside; {rest}", Counted(self.count, self.noun)));
        match &self.file {
            Some((_, path)) => {
                console.hint(format_args!("{} names each with its place and reason", path.display()))
            }
            None if self.count > NAMED && !console.is_verbose() => {
                console.hint("--rejects FILE writes each with its place and reason");
            }
            None => {}
        }
        Ok(())
    }
}
