//! An export that is one run of bytes: a file, compressed or not, or a stream.

use crate::{
    error::Error,
    format::Export,
    options::{Options, Parts},
    output::Output,
    report::{Report, Tally},
    selection::{Selected, Selection},
    target::Target,
};
use corpus_core::Document;
use std::io::{self, Write};

/// How a format of one run of bytes is written: what comes first, what of each document, what comes last.
pub trait Stream {
    /// What stands before the first document.
    ///
    /// # Errors
    /// When it cannot be written.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What a document gives; its rows are counted in `tally`.
    ///
    /// # Errors
    /// When it cannot be written.
    fn add(&mut self, document: &Selected<'_>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()>;

    /// What stands after the last document.
    ///
    /// # Errors
    /// When it cannot be written.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What a reader should know.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
}

/// An export of one run of bytes. [`Streamed::open`] is all that a format of one run of bytes needs.
#[derive(Debug)]
pub struct Streamed<'a, S> {
    output: Output<'a>,
    stream: S,
    selection: Selection,
    tally: Tally,
    report: Report,
}

impl<'a, S: Stream + 'a> Streamed<'a, S> {
    /// Begins to write `stream` to `target`. `nouns` are what is counted, even where there are none.
    ///
    /// # Errors
    /// When the file cannot be made or the first bytes cannot be written.
    pub fn open(
        mut stream: S,
        target: Target<'a>,
        options: &Options,
        default: Parts,
        nouns: &[&str],
    ) -> Result<Box<dyn Export + 'a>, Error> {
        let mut output = Output::open(target)?;
        let mut tally = Tally::default();
        for noun in nouns {
            tally.add(noun, 0);
        }
        stream.begin(&mut output).map_err(|cause| Error::write(output.path(), cause))?;
        let selection = Selection::new(options, default);
        Ok(Box::new(Streamed { output, stream, selection, tally, report: Report::default() }))
    }
}

impl<S: Stream> Export for Streamed<'_, S> {
    fn add(&mut self, document: &Document) -> Result<bool, Error> {
        let Some(selected) = self.selection.of(document) else {
            self.report.left_out += 1;
            return Ok(false);
        };
        self.report.documents += 1;
        match self.stream.add(&selected, &mut self.output, &mut self.tally) {
            Ok(()) => Ok(true),
            Err(cause) => Err(Error::write(self.output.path(), cause)),
        }
    }

    fn finish(self: Box<Self>) -> Result<Report, Error> {
        let Streamed { mut output, mut stream, tally, mut report, .. } = *self;
        stream.end(&mut output).map_err(|cause| Error::write(output.path(), cause))?;
        let path = output.finish()?;
        report.written = tally.written(path.as_deref());
        report.remarks = stream.remarks();
        Ok(report)
    }
}
