//! Where a document's bytes came from.

use serde::{Deserialize, Serialize};

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
