//! A reject: a file or record that was set aside while the rest went on.

use serde::Serialize;
use std::fmt;

/// A file or record that was set aside: what, where, and why.
///
/// Its [`Display`](fmt::Display) says what to do next as well; as JSON it is a line of a rejects file. What does not
/// apply is `None` here and absent in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reject {
    /// Path of the file, as the user named it; `-` is standard input.
    pub uri: String,
    /// Number of the record in its container, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// Byte offset of the record in its container, as [`Place::offset`](corpus_core::Place::offset) counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// Number of the line where the record begins, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The kind of fault.
    pub kind: RejectKind,
    /// The fault, in a lower-case fragment.
    pub reason: String,
}

impl Reject {
    /// A reject of a whole file.
    pub fn new(uri: impl Into<String>, kind: RejectKind, reason: impl Into<String>) -> Self {
        Reject { uri: uri.into(), index: None, offset: None, line: None, kind, reason: reason.into() }
    }

    pub(crate) fn at(self, spot: Spot) -> Self {
        Reject { index: Some(spot.index), offset: Some(spot.offset), line: spot.line, ..self }
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.uri)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(offset) = self.offset {
            write!(f, " (byte {offset})")?;
        }
        write!(f, ": {}; {}", self.reason, self.kind.advice())
    }
}

impl std::error::Error for Reject {}

/// Where a record begins in its container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Number of the record, from 0.
    pub(crate) index: u64,
    /// Byte offset, decompressed.
    pub(crate) offset: u64,
    /// Number of the line, from 1; `None` where the container has no lines.
    pub(crate) line: Option<u64>,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $advice:literal,)+) => {
        /// The kind of fault that set a file or record aside. Its name is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum RejectKind {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl RejectKind {
            /// Every kind.
            pub const ALL: &'static [RejectKind] = &[$(RejectKind::$variant),+];

            /// The name in JSON and in summaries.
            pub const fn as_str(self) -> &'static str {
                match self { $(RejectKind::$variant => $name),+ }
            }

            /// What the user may do about it, in a lower-case fragment.
            pub const fn advice(self) -> &'static str {
                match self { $(RejectKind::$variant => $advice),+ }
            }
        }
    };
}

kinds! {
    /// The file or folder could not be opened or read.
    Unreadable "unreadable" "check that it exists and may be read",
    /// A symbolic link leads back to a folder that holds it.
    LinkLoop "link_loop" "remove the link or do not follow links",
    /// A file without bytes, a container without records, a record whose page is the empty string.
    Empty "empty" "nothing is lost by leaving it out",
    /// A corpus directory among the files of a folder.
    Corpus "corpus" "name it by itself to read its documents",
    /// No text: a picture, an archive, a program.
    Binary "binary" "extract its text first or exclude it",
    /// Larger than a record may be.
    TooLong "too_long" "raise --max-record (in a pipeline read.max_record) or split it",
    /// No JSON object.
    Json "json" "correct the record or write it again",
    /// Not the encoding that JSON has.
    Utf8 "utf8" "convert the file to UTF-8",
    /// A JSON object without a page.
    NoPage "no_page" "name what holds the page, such as --map text=body (in a pipeline read.map)",
    /// A row of a table with more or fewer values than its header.
    Columns "columns" "put what holds a separator, a quotation mark or a line break between quotation marks",
    /// A compressed file that ends too early, or a table within a value.
    Cut "cut" "fetch or compress the file again; what came before the cut was read",
    /// A record of an archive that is not as it should be.
    Malformed "malformed" "write the archive again; what lies around it was read",
    /// A page in a coding that is not read, or is not what it says.
    Coding "coding" "fetch the page again, or keep it decoded",
    /// A compressed file that takes too much memory to read.
    Window "window" "compress it again without --long, or with --long=27",
    /// A Parquet file in a compression that is not read.
    Compression "compression" "write the file again, compressed with Zstandard",
    /// A compressed file that is damaged.
    Damaged "damaged" "fetch or compress the file again; what lies around the damage was read",
}

impl fmt::Display for RejectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_where_and_what_to_do() {
        let reject = Reject::new("pages.jsonl", RejectKind::TooLong, "70 MB is more than 64 MiB").at(Spot {
            index: 2,
            offset: 4096,
            line: Some(4),
        });
        let shown = "pages.jsonl:4 (byte 4096): 70 MB is more than 64 MiB; raise --max-record \
                     (in a pipeline read.max_record) or split it";
        assert_eq!(reject.to_string(), shown);
    }

    #[test]
    fn the_name_in_json_is_the_name() {
        for kind in RejectKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
