//! Where a document lies, as a person would find it again.

use corpus_core::{Document, Record};
use std::fmt;

/// Where a document lies: its file, and in a container its number there.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    uri: &'a str,
    index: Option<u64>,
    id: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub(crate) const fn new(uri: &'a str, index: Option<u64>, id: Option<&'a str>) -> Self {
        Place { uri, index, id }
    }

    /// Where `document` lies.
    pub fn of(document: &'a Document) -> Self {
        let record = document.source.record.as_ref();
        Place {
            uri: &document.source.uri,
            index: record.map(|place| place.index),
            id: record.and_then(|place| place.id.as_deref()).or(document.source.metadata.id.as_deref()),
        }
    }

    /// Where the document of `record` lies.
    pub fn of_record(record: &'a Record<'_>) -> Self {
        let place = record.place.as_ref();
        Place {
            uri: &record.uri,
            index: place.map(|place| place.index),
            id: place.and_then(|place| place.id.as_deref()).or(record.metadata.id.as_deref()),
        }
    }

    /// A short name: the record's own id, else the file's name without its folders.
    pub fn name(self) -> String {
        match (self.id, self.index) {
            (Some(id), _) => id.to_owned(),
            (None, index) => {
                let file =
                    self.uri.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(self.uri);
                Place { uri: file, index, id: None }.to_string()
            }
        }
    }
}

impl fmt::Display for Place<'_> {
    /// `pages.jsonl#17 (a-5)`: the record with index 17, which calls itself a-5.
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
