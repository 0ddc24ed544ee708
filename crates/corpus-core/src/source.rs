//! Where a document's bytes came from.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The bytes a document was parsed from: where they lie, what they are, what came along with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Source {
    /// Path or address of the file or container, as the user named it.
    pub uri: String,
    /// Media type of the record, such as `text/plain`.
    pub media_type: String,
    /// Length of the record in bytes.
    pub bytes: u64,
    /// BLAKE3 of the record's bytes, 64 hex digits.
    pub blake3: String,
    /// Place of the record in its container; `None` where the file is the record.
    pub record: Option<Place>,
    /// What the record says of itself.
    pub metadata: Metadata,
    /// When the bytes were fetched, as the container writes it (`WARC-Date`); `None` where it does not say. No date of
    /// the page: it anchors nothing, and it is no part of the document's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
}

impl Source {
    /// Where the record lies, as a person would find it again.
    pub fn located(&self) -> Located<'_> {
        let record = self.record.as_ref();
        Located {
            uri: &self.uri,
            index: record.map(|place| place.index),
            id: record.and_then(|place| place.id.as_deref()).or(self.metadata.id.as_deref()),
        }
    }
}

/// Where a record lies, as a person would find it again.
///
/// ```
/// use corpus_core::source::Located;
/// let located = Located { uri: "pages.jsonl", index: Some(17), id: Some("a-5") };
/// assert_eq!(located.to_string(), "pages.jsonl#17 (a-5)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located<'a> {
    /// Its file or container.
    pub uri: &'a str,
    /// In a container its number there, from 0.
    pub index: Option<u64>,
    /// What it calls itself.
    pub id: Option<&'a str>,
}

impl Located<'_> {
    /// A short name: the record's own id, else the file's name without its folders.
    ///
    /// ```
    /// use corpus_core::source::Located;
    /// let located = Located { uri: "news/pages.jsonl", index: Some(17), id: None };
    /// assert_eq!(located.name(), "pages.jsonl#17");
    /// ```
    pub fn name(self) -> String {
        let Located { uri, index, id } = self;
        match id {
            Some(id) => id.to_owned(),
            None => {
                let file = uri.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(uri);
                Located { uri: file, index, id: None }.to_string()
            }
        }
    }
}

impl fmt::Display for Located<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.uri)?;
        if let Some(index) = self.index {
            write!(f, "#{index}")?;
        }
        match self.id {
            Some(id) => write!(f, " ({id})"),
            None => Ok(()),
        }
    }
}

/// Place of a record in a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Number of the record, from 0.
    pub index: u64,
    /// Offset of the record in the container, decompressed where the container is compressed as a whole; of its gzip
    /// member or Zstandard frame in the file where a WARC is compressed record by record, as its index has it. Behind
    /// damage, what was lost is not counted.
    pub offset: u64,
    /// The container's own name for the record, such as `WARC-Record-ID`, or the item of a feed.
    pub id: Option<String>,
}

/// What a record says of itself beside its page. Every field is as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Metadata {
    /// The record's own id.
    pub id: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Date of the page, which anchors relative dates in its text.
    pub date: Option<String>,
}
