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

/// The format of this crate with this name, as [`Formats::get`] has it.
///
/// # Errors
/// When there is none; the error lists the formats.
pub fn format(name: &str) -> Result<&'static dyn Format, Error> {
    find(FORMATS.iter().copied(), name)
}

/// A list of formats, ours and those of others.
#[derive(Clone, Default)]
pub struct Formats {
    formats: Vec<Arc<dyn Format>>,
}

impl Formats {
    /// The formats of this crate.
    pub fn core() -> Self {
        Formats { formats: FORMATS.iter().map(|format| Arc::new(Ours(*format)) as Arc<dyn Format>).collect() }
    }

    /// The same list with one more format at its end, in the place of one of its name if there is one.
    #[must_use]
    pub fn with(mut self, format: impl Format + 'static) -> Self {
        self.formats.retain(|known| known.name() != format.name());
        self.formats.push(Arc::new(format));
        self
    }

    /// The formats, in the order in which help lists them.
    pub fn formats(&self) -> impl Iterator<Item = &dyn Format> + Clone {
        self.formats.iter().map(AsRef::as_ref)
    }

    /// The format called `name`.
    ///
    /// # Errors
    /// When there is none; the error lists the formats.
    pub fn get(&self, name: &str) -> Result<&dyn Format, Error> {
        find(self.formats(), name)
    }
}

impl fmt::Debug for Formats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.formats().map(Format::name)).finish()
    }
}

fn find<'f>(
    mut formats: impl Iterator<Item = &'f dyn Format> + Clone,
    name: &str,
) -> Result<&'f dyn Format, Error> {
    let known = formats.clone();
    formats.find(|format| format.name() == name).ok_or_else(|| {
        let known: Vec<_> = known.map(Format::name).collect();
        let what = format!("find a format {name:?}; known formats: {}", known.join(", "));
        Error::new(ErrorKind::Unknown, what)
    })
}

/// One of this crate's, in a list.
struct Ours(&'static dyn Format);

impl Format for Ours {
    fn name(&self) -> &'static str {
        self.0.name()
    }
    fn description(&self) -> &'static str {
        self.0.description()
    }
    fn streams(&self, options: &Options) -> bool {
        self.0.streams(options)
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        self.0.open(target, options)
    }
}
