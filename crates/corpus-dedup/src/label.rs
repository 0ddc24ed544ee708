//! A label: what a document is called, and what decides which of several copies survives.

use corpus_core::{Document, Source};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a document is called. Labels take no part in finding copies; they decide, among copies, which survives.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Label {
    /// The document's id, as a person knows it. Ids should differ; where they do not, the place decides.
    pub id: String,
    /// Date of the document, as an ISO 8601 or EDTF string that sorts; `None` where it is not known.
    pub date: Option<String>,
    /// Where the document lies.
    pub place: String,
    /// The document's id as the program knows it; empty where nobody needs it. It decides where all else is the same.
    pub document: String,
}

impl Label {
    /// The label of a document that lies at `place`: the record's own id, else the file's name without its ending where
    /// the file is the record, else the document's id.
    pub fn of(document: &Document, place: String) -> Self {
        let Source { uri, record, metadata, .. } = &document.source;
        let id = metadata.id.as_deref().or(record.as_ref().and_then(|place| place.id.as_deref()));
        let id = id.or_else(|| if record.is_none() { stem(uri) } else { None });
        Label {
            id: id.unwrap_or(document.id.as_str()).to_owned(),
            date: metadata.date.clone(),
            place,
            document: document.id.as_str().to_owned(),
        }
    }

    /// The label as bytes: the lengths of id, date and place, then the four texts.
    pub fn to_bytes(&self) -> Vec<u8> {
        let date = self.date.as_deref().unwrap_or_default();
        // An absent date is not an empty one.
        let date_len = if self.date.is_some() { date.len() as u32 } else { u32::MAX };
        let lengths = [self.id.len() as u32, date_len, self.place.len() as u32];
        let mut bytes: Vec<u8> = lengths.iter().flat_map(|length| length.to_le_bytes()).collect();
        for text in [&*self.id, date, &*self.place, &*self.document] {
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes
    }

    /// The label that [`Label::to_bytes`] made these bytes of.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |sum, &byte| (sum << 8) | usize::from(byte));
        let (lengths, mut texts) = bytes.split_at(12.min(bytes.len()));
        let mut lengths = lengths.chunks(4);
        let mut next = |length: Option<usize>| {
            let (text, rest) = texts.split_at(length.unwrap_or(texts.len()).min(texts.len()));
            texts = rest;
            String::from_utf8_lossy(text).into_owned()
        };
        let mut length = || lengths.next().filter(|length| **length != [0xff; 4]).map(number);
        let id = next(length());
        let date = length().map(|length| next(Some(length)));
        let place = next(length());
        Label { id, date, place, document: next(None) }
    }
}

pub(crate) fn stem(uri: &str) -> Option<&str> {
    Path::new(uri).file_stem().and_then(|stem| stem.to_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_comes_back_from_its_bytes() {
        for date in [None, Some(String::new()), Some("2021-03".to_owned())] {
            let (id, place) = ("ä-1".to_owned(), "pages/a.txt".to_owned());
            let label = Label { id, date, place, document: "b3:0a".to_owned() };
            assert_eq!(Label::from_bytes(&label.to_bytes()), label);
        }
    }
}
