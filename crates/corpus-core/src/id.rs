//! The id of a document, made of its bytes.

use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of a document: `b3:` and 32 hex digits of a BLAKE3 hash.
///
/// It hashes the record's bytes, its own metadata and, where a record gives several documents, the item's locator;
/// never the path. The same page found twice has one id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct DocumentId(String);

impl DocumentId {
    /// The id of the document that `locator` names in the record that `source` describes; no locator where the
    /// record is the document.
    pub fn of(source: &Source, locator: Option<&str>) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(source.blake3.as_bytes());
        let metadata = &source.metadata;
        for field in [metadata.id.as_deref(), metadata.url.as_deref(), metadata.date.as_deref(), locator] {
            // A length before each field keeps ("ab", "c") apart from ("a", "bc"), and absent apart from empty.
            hasher.update(&field.map_or(u64::MAX, |value| value.len() as u64).to_le_bytes());
            hasher.update(field.unwrap_or_default().as_bytes());
        }
        let hex = hasher.finalize().to_hex();
        DocumentId(format!("b3:{}", &hex[..32]))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
