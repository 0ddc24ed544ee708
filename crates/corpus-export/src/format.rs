//! A format that documents are written in, and the list of those there are.

use crate::{
    conllu::Conllu,
    csv::Csv,
    error::{Error, ErrorKind},
    jsonl::JsonLines,
    markdown::Markdown,
    options::Options,
    report::Report,
    ris::Ris,
    sqlite::Sqlite,
    target::Target,
    tei::Tei,
    timelinejs::TimelineJs,
    web_annotation::WebAnnotation,
};
use corpus_core::Document;

/// A format that documents are written in.
pub trait Format: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// What it is, in one line.
    fn description(&self) -> &'static str;

    /// Whether it can go to a stream, and not only to a path.
    fn streams(&self, options: &Options) -> bool;

    /// Begins an export to `target`.
    ///
    /// # Errors
    /// When the target cannot be made, or cannot hold the format.
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error>;
}

/// An export under way. Dropped before [`Export::finish`] it leaves no file.
pub trait Export {
    /// Adds a document; `false` where nothing was taken of it.
    ///
    /// # Errors
    /// When it cannot be written. Nothing can be added after that.
    fn add(&mut self, document: &Document) -> Result<bool, Error>;

    /// Writes what is held back, gives the files their names, and says what was written.
    ///
    /// # Errors
    /// When the rest cannot be written.
    fn finish(self: Box<Self>) -> Result<Report, Error>;
}

/// Every format of this crate, in the order in which help lists them.
pub const FORMATS: &[&dyn Format] =
    &[&JsonLines, &Csv, &Sqlite, &Tei, &Conllu, &WebAnnotation, &Markdown, &TimelineJs, &Ris];

/// The format with this name.
///
/// # Errors
/// When there is none; the error lists the formats.
pub fn format(name: &str) -> Result<&'static dyn Format, Error> {
    FORMATS.iter().copied().find(|format| format.name() == name).ok_or_else(|| {
        let known: Vec<_> = FORMATS.iter().map(|format| format.name()).collect();
        let what = format!("find a format {name:?}; known formats: {}", known.join(", "));
        Error::new(ErrorKind::Unknown, what)
    })
}
