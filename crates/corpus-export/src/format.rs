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
use std::{fmt, sync::Arc};

/// A format that documents are written in.
pub trait Format: Send + Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// What it is, in one line.
    fn description(&self) -> &'static str;

    /// The media type of what goes to a stream.
    fn media_type(&self) -> &'static str {
        "application/octet-stream"
    }

    /// How the name of a file of it ends, without the first dot; by default with the format's name.
    fn ending(&self) -> &'static str {
        self.name()
    }

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

/// A list of formats, ours and those of others.
#[derive(Clone, Default)]
pub struct Formats {
    formats: Vec<Arc<dyn Format>>,
}

impl Formats {
    /// The formats of this crate.
    pub fn core() -> Self {
        Formats::default()
            .with(JsonLines)
            .with(Csv)
            .with(Sqlite)
            .with(Tei)
            .with(Conllu)
            .with(WebAnnotation)
            .with(Markdown)
            .with(TimelineJs)
            .with(Ris)
    }

    /// The same list with one more format, at its end or in the place of one of its name.
    #[must_use]
    pub fn with(mut self, format: impl Format + 'static) -> Self {
        let format: Arc<dyn Format> = Arc::new(format);
        match self.formats.iter_mut().find(|known| known.name() == format.name()) {
            Some(known) => *known = format,
            None => self.formats.push(format),
        }
        self
    }

    /// The formats, in the order in which help lists them.
    pub fn formats(&self) -> impl Iterator<Item = &dyn Format> {
        self.formats.iter().map(AsRef::as_ref)
    }

    /// The format called `name`.
    ///
    /// # Errors
    /// When there is none; the error lists the formats.
    pub fn get(&self, name: &str) -> Result<&dyn Format, Error> {
        self.formats().find(|format| format.name() == name).ok_or_else(|| {
            let known: Vec<_> = self.formats().map(Format::name).collect();
            let what = format!("find a format {name:?}; known formats: {}", known.join(", "));
            Error::new(ErrorKind::Unknown, what)
        })
    }
}

impl fmt::Debug for Formats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.formats().map(Format::name)).finish()
    }
}
