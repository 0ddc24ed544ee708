//! Where a document lies, as a person would find it again.

use corpus_core::{Document, Record, source::Located};
use std::fmt;

/// Where a document lies: its file, and in a container its number there.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a>(Located<'a>);

impl<'a> Place<'a> {
    pub(crate) const fn new(uri: &'a str, index: Option<u64>, id: Option<&'a str>) -> Self {
        Place(Located { uri, index, id })
    }

    /// Where `document` lies.
    pub fn of(document: &'a Document) -> Self {
        Place(document.source.located())
    }

    /// Where the document of `record` lies.
    pub fn of_record(record: &'a Record<'_>) -> Self {
        let place = record.place.as_ref();
        let id = place.and_then(|place| place.id.as_deref()).or(record.metadata.id.as_deref());
        Place::new(&record.uri, place.map(|place| place.index), id)
    }

    /// A short name: the record's own id, else the file's name without its folders.
    pub fn name(self) -> String {
        let Located { uri, index, id } = self.0;
        match id {
            Some(id) => id.to_owned(),
            None => {
                let file = uri.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(uri);
                Located { uri: file, index, id: None }.to_string()
            }
        }
    }
}

impl fmt::Display for Place<'_> {
    /// `pages.jsonl#17 (a-5)`: the record with index 17, which calls itself a-5.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
