//! What is taken of each document, and which documents.

use crate::selection::Filter;
use corpus_core::PartKind;
use std::{fmt, str::FromStr};

/// What is taken of each document, and which documents are taken at all.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub(crate) parts: Option<Parts>,
    pub(crate) layers: Option<Vec<String>>,
    pub(crate) table: Option<String>,
    pub(crate) excel: bool,
    pub(crate) filter: Filter,
}

impl Options {
    /// The format's own choice of parts, all layers, all documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only these kinds of parts. By default the format chooses: what is to be read leaves the furniture out, what
    /// is to be worked on keeps it.
    pub const fn parts(mut self, parts: Parts) -> Self {
        self.parts = Some(parts);
        self
    }

    /// Only annotations of these layers. By default all.
    pub fn layers(mut self, layers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.layers = Some(layers.into_iter().map(Into::into).collect());
        self
    }

    /// One table of a format that has several, which then is a single stream. By default all, each a file.
    pub fn table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// Whether CSV is written for a spreadsheet: a mark of UTF-8 first, and no text that would be taken for a formula. By
    /// default it is for programs, and every text stands as it is.
    pub const fn excel(mut self, excel: bool) -> Self {
        self.excel = excel;
        self
    }

    /// Only documents that the filter takes. By default all.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }
}

/// A set of kinds of parts.
///
/// ```
/// use corpus_export::Parts;
/// let parts: Parts = "article,embedded".parse()?;
/// assert_eq!(parts, Parts::ARTICLES);
/// # Ok::<(), corpus_export::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts(u8);

const NAMES: [(&str, Parts); 5] = [
    ("article", Parts(1)),
    ("embedded", Parts(2)),
    ("comments", Parts(4)),
    ("furniture", Parts(8)),
    ("all", Parts::ALL),
];

impl Parts {
    /// Articles, those that pages were published for and embedded ones.
    pub const ARTICLES: Parts = Parts(1 | 2);
    /// Everything but the furniture.
    pub const READ: Parts = Parts(1 | 2 | 4);
    /// Everything.
    pub const ALL: Parts = Parts(1 | 2 | 4 | 8);

    /// Whether parts of this kind are taken.
    pub const fn takes(self, kind: PartKind) -> bool {
        let bit = match kind {
            PartKind::Article => 1,
            PartKind::Embedded => 2,
            PartKind::Comments => 4,
            _ => 8,
        };
        self.0 & bit != 0
    }
}

impl FromStr for Parts {
    type Err = crate::Error;

    /// Names with commas between them: `article`, `embedded`, `comments`, `furniture`, `all`.
    fn from_str(text: &str) -> Result<Self, crate::Error> {
        let mut parts = Parts(0);
        for name in text.split(',').map(str::trim) {
            match NAMES.iter().find(|(known, _)| *known == name) {
                Some((_, kind)) => parts.0 |= kind.0,
                None => {
                    let known = NAMES.map(|(known, _)| known).join(", ");
                    let what = format!("find a part {name:?}; known parts: {known}");
                    return Err(crate::Error::new(crate::ErrorKind::Unknown, what));
                }
            }
        }
        Ok(parts)
    }
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Parts::ALL {
            return f.write_str("all");
        }
        let names = NAMES.iter().filter(|(name, kind)| *name != "all" && self.0 & kind.0 != 0);
        f.write_str(&names.map(|(name, _)| *name).collect::<Vec<_>>().join(","))
    }
}
